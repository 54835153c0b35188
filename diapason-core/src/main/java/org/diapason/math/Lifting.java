package org.diapason.math;

/**
 * A biorthogonal wavelet by lifting: odd voxels are predicted from even ones, even ones updated
 * from odd ones, in turn; n voxels have ⌈n/2⌉ low and ⌊n/2⌋ high coefficients. Lines go on as their
 * mirror image about the outermost centres.
 *
 * <p>Scaled and signed as PyWavelets' {@code bior2.2} and {@code bior4.4}, whose coefficients these
 * are away from the ends: JPEG 2000 has low / √2 and −high √2 (5/3), −high / √2 (9/7, Nyquist gain
 * 2). Daubechies and Sweldens 1998, J. Fourier Anal. Appl. 4(3):247–269, doi:10.1007/BF02476026,
 * sections 7.5 and 7.6.
 */
final class Lifting implements WaveletLines {
    private static final double SCALE = 1.230174104914001;

    static final Lifting CDF_5_3 = new Lifting(Math.sqrt(2), -1 / Math.sqrt(2), -0.5, 0.25);

    static final Lifting CDF_9_7 =
            new Lifting(
                    Math.sqrt(2) / SCALE,
                    -SCALE / Math.sqrt(2),
                    -1.586134342059924,
                    -0.052980118572961,
                    0.882911075530934,
                    0.443506852043971);

    private final double lowGain;
    private final double highGain;
    private final double[] steps;

    /** Takes steps that change odd, even, odd … voxels, then the gains. */
    private Lifting(double lowGain, double highGain, double... steps) {
        this.lowGain = lowGain;
        this.highGain = highGain;
        this.steps = steps;
    }

    @Override
    public int low(int n) {
        return (n + 1) / 2;
    }

    @Override
    public int high(int n) {
        return n / 2;
    }

    @Override
    public float[][] split(int[] size, boolean[] axes, float[] values) {
        float[][] bands = {values};
        boolean[] halved = new boolean[3];
        for (int axis = 0; axis < 3; axis++) {
            if (axes[axis]) {
                float[][] next = new float[2 * bands.length][];
                for (int b = 0; b < bands.length; b++) {
                    int[] one = sizes(size, halved, b);
                    int n = size[axis];
                    int[] to = {low(n), high(n)};
                    int across = one[0] * one[1] * one[2] / n;
                    next[2 * b] = new float[across * to[0]];
                    next[2 * b + 1] = new float[across * to[1]];
                    float[][] out = {next[2 * b], next[2 * b + 1]};
                    float[][] in = {bands[b]};
                    Panels.along(
                            one, axis, in, new int[] {n}, out, to, (x, y, w) -> split(x, n, y, w));
                }
                bands = next;
                halved[axis] = true;
            }
        }
        return bands;
    }

    @Override
    public float[] merge(int[] size, boolean[] axes, float[][] all) {
        float[][] bands = all;
        boolean[] halved = axes.clone();
        for (int axis = 2; axis >= 0; axis--) {
            if (axes[axis]) {
                halved[axis] = false;
                float[][] next = new float[bands.length / 2][];
                for (int b = 0; b < next.length; b++) {
                    int[] one = sizes(size, halved, b);
                    int n = size[axis];
                    int[] from = {low(n), high(n)};
                    next[b] = new float[one[0] * one[1] * one[2]];
                    float[][] in = {bands[2 * b], bands[2 * b + 1]};
                    float[][] out = {next[b]};
                    Panels.along(
                            one,
                            axis,
                            in,
                            from,
                            out,
                            new int[] {n},
                            (x, y, w) -> merge(x, n, y, w));
                }
                bands = next;
            }
        }
        return bands[0];
    }

    /** Returns the sizes of a band of those axes that are halved. */
    private int[] sizes(int[] size, boolean[] halved, int band) {
        int[] one = size.clone();
        int bits = band;
        for (int axis = 2; axis >= 0; axis--) {
            if (halved[axis]) {
                one[axis] = bits % 2 == 0 ? low(size[axis]) : high(size[axis]);
                bits /= 2;
            }
        }
        return one;
    }

    private void split(double[][] in, int n, double[][] out, int width) {
        for (int s = 0; s < steps.length; s++) {
            step(in, n, (s + 1) % 2, steps[s], width);
        }
        for (int x = 0; x < n; x++) {
            double gain = x % 2 == 0 ? lowGain : highGain;
            scale(in[x], gain, out[x % 2 == 0 ? x / 2 : low(n) + x / 2], width);
        }
    }

    private void merge(double[][] in, int n, double[][] out, int width) {
        for (int x = 0; x < n; x++) {
            double gain = x % 2 == 0 ? lowGain : highGain;
            scale(in[x % 2 == 0 ? x / 2 : low(n) + x / 2], 1 / gain, out[x], width);
        }
        for (int s = steps.length - 1; s >= 0; s--) {
            step(out, n, (s + 1) % 2, -steps[s], width);
        }
    }

    private static void step(double[][] rows, int n, int parity, double weight, int width) {
        for (int x = parity; x < n; x += 2) {
            double[] a = rows[Panels.mirror(x - 1, n)];
            double[] b = rows[Panels.mirror(x + 1, n)];
            double[] to = rows[x];
            for (int i = 0; i < width; i++) {
                to[i] += weight * (a[i] + b[i]);
            }
        }
    }

    private static void scale(double[] in, double gain, double[] out, int width) {
        for (int i = 0; i < width; i++) {
            out[i] = gain * in[i];
        }
    }
}
