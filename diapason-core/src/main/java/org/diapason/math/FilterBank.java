package org.diapason.math;

/**
 * A wavelet by the filters of an orthogonal one, on lines that go on as their mirror image half a
 * voxel beyond the ends: the coefficients of PyWavelets' {@code dwt} in mode {@code symmetric}.
 *
 * <p>{@code low[k] = Σ_j h[L−1−j] x[2k+1−j]}, ⌊(n + L − 1)/2⌋ of them and as many high ones: more
 * than n/2, so that every line is found again. Mallat 1989, IEEE Trans. Pattern Anal.
 * 11(7):674–693, doi:10.1109/34.192463.
 */
final class FilterBank implements WaveletLines {
    private final double[] low;
    private final double[] high;

    /** Takes the low pass of synthesis, of an even number of weights. */
    FilterBank(double[] scaling) {
        low = scaling.clone();
        high = new double[low.length];
        for (int j = 0; j < low.length; j++) {
            high[j] = (j % 2 == 0 ? 1 : -1) * low[low.length - 1 - j];
        }
    }

    @Override
    public int low(int n) {
        return (n + low.length - 1) / 2;
    }

    @Override
    public int high(int n) {
        return low(n);
    }

    @Override
    public void split(double[][] in, int n, double[][] out, int width) {
        int last = low.length - 1;
        int m = low(n);
        for (int k = 0; k < m; k++) {
            for (int j = 0; j < low.length; j += 2) {
                double[] a = in[Boundary.MIRROR.at(2 * k + 1 - j, n)];
                double[] b = in[Boundary.MIRROR.at(2 * k - j, n)];
                put(a, b, low[last - j], low[last - j - 1], out[k], j > 0, width);
                put(a, b, high[last - j], high[last - j - 1], out[m + k], j > 0, width);
            }
        }
    }

    @Override
    public void merge(double[][] in, int n, double[][] out, int width) {
        int m = low(n);
        for (int x = 0; x < n; x++) {
            int first = x % 2;
            for (int j = first; j < low.length; j += 2) {
                int k = (x + low.length - 2 - j) / 2;
                put(in[k], in[m + k], low[j], high[j], out[x], j > first, width);
            }
        }
    }

    /** Writes {@code p a + q b}, or adds it. */
    private static void put(
            double[] a, double[] b, double p, double q, double[] out, boolean add, int width) {
        if (add) {
            for (int i = 0; i < width; i++) {
                out[i] += p * a[i] + q * b[i];
            }
        } else {
            for (int i = 0; i < width; i++) {
                out[i] = p * a[i] + q * b[i];
            }
        }
    }
}
