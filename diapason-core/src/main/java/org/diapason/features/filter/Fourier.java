package org.diapason.features.filter;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.diapason.math.Boundary;
import org.diapason.math.Cosines;
import org.diapason.math.Fft;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;

/**
 * Filters given by their gain at each frequency: {@code Π_a (−i ν_a/|ν|)^l_a · gain(|ν|²)}, ν in
 * parts of the highest frequency of an axis.
 *
 * <p>Their kernels have no end, so the image is continued without end: by itself (periodic) with
 * the Fourier transform; by its mirror image with cosine transforms, which need no room for it;
 * zeros and the border voxel fill a box twice as long along each axis, mirrored beyond.
 */
final class Fourier {
    private final DoubleUnaryOperator gain;
    private final int[] orders;
    private final double[] scale;
    private final Frequencies frequencies;

    /**
     * @param gain the gain at the square of the frequency
     * @param orders l along i, j, k
     * @param scale by what frequencies along i, j, k are multiplied
     * @param frequencies exact, or for periodic images otherwise
     */
    Fourier(DoubleUnaryOperator gain, int[] orders, double[] scale, Frequencies frequencies) {
        this.gain = gain;
        this.orders = orders;
        this.scale = scale;
        this.frequencies = frequencies;
    }

    /** Returns the filter that depends only on how high a frequency is. */
    static Fourier radial(DoubleUnaryOperator gain, Frequencies frequencies) {
        return new Fourier(gain, new int[3], new double[] {1, 1, 1}, frequencies);
    }

    /** Returns the response; the values are not modified. */
    float[] respond(Geometry g, float[] values, Space space, Boundary boundary) {
        int plane = g.ni() * g.nj();
        if (space == Space.VOLUME || g.nk() == 1 && orders[2] == 0) {
            int[] size = {g.ni(), g.nj(), g.nk()};
            return box(values, size, space.axes(), boundary);
        }
        float[] out = new float[values.length];
        Parallel.forEach(
                g.nk(),
                k -> {
                    float[] slice = Arrays.copyOfRange(values, k * plane, (k + 1) * plane);
                    int[] size = {g.ni(), g.nj(), 1};
                    System.arraycopy(box(slice, size, 2, boundary), 0, out, k * plane, plane);
                });
        return out;
    }

    private float[] box(float[] values, int[] size, int axes, Boundary boundary) {
        if (boundary == Boundary.PERIODIC) {
            return periodic(values, size);
        }
        if (boundary == Boundary.MIRROR) {
            float[] out = values.clone();
            mirrored(out, size, axes);
            return out;
        }
        int[] first = new int[3];
        int[] wide = size.clone();
        for (int a = 0; a < axes; a++) {
            wide[a] = Fft.fastLength(2 * size[a]);
            first[a] = (wide[a] - size[a]) / 2;
        }
        int[] minus = {-first[0], -first[1], -first[2]};
        float[] padded = cut(values, size, minus, wide, boundary);
        mirrored(padded, wide, axes);
        return cut(padded, wide, first, size, boundary);
    }

    /** Returns the box of another size that starts at a voxel of the first or beside it. */
    private static float[] cut(
            float[] from, int[] size, int[] first, int[] wanted, Boundary boundary) {
        float[] out =
                new float[Math.multiplyExact(Math.multiplyExact(wanted[0], wanted[1]), wanted[2])];
        int at = 0;
        for (int k = 0; k < wanted[2]; k++) {
            int fk = boundary.at(first[2] + k, size[2]);
            for (int j = 0; j < wanted[1]; j++) {
                int fj = boundary.at(first[1] + j, size[1]);
                for (int i = 0; i < wanted[0]; i++) {
                    int fi = boundary.at(first[0] + i, size[0]);
                    boolean zero = (fi | fj | fk) < 0;
                    out[at++] = zero ? 0 : from[fi + size[0] * (fj + size[1] * fk)];
                }
            }
        }
        return out;
    }

    private void mirrored(float[] box, int[] n, int axes) {
        for (int a = 0; a < axes; a++) {
            Cosines.forward(box, n[0], n[1], n[2], a);
        }
        // (−i)^l: even, odd, minus even, minus odd
        int sign = 1;
        for (int l : orders) {
            sign = l % 4 < 2 ? sign : -sign;
        }
        double factor = sign;
        Parallel.forEach(
                n[1] * n[2],
                row -> {
                    double fj = row % n[1] / (double) n[1];
                    double fk = row / n[1] / (double) n[2];
                    for (int i = 0; i < n[0]; i++) {
                        box[row * n[0] + i] *= (float) (factor * at(i / (double) n[0], fj, fk));
                    }
                });
        for (int a = 0; a < axes; a++) {
            Cosines.inverse(box, n[0], n[1], n[2], a, orders[a] % 2 == 1);
        }
    }

    private float[] periodic(float[] values, int[] n) {
        int half = Fft.half(n[0]);
        float[] re = new float[half * n[1] * n[2]];
        float[] im = new float[re.length];
        Fft.realForward(values, n[0], n[1], n[2], re, im);
        int quarter = (orders[0] + orders[1] + orders[2]) % 4;
        Parallel.forEach(
                n[1] * n[2],
                row -> {
                    int v = signed(row % n[1], n[1]);
                    int w = signed(row / n[1], n[2]);
                    for (int u = 0; u < half; u++) {
                        int at = row * half + u;
                        float x = re[at];
                        float y = im[at];
                        float h = (float) at(signed(u, n[0]), v, w, n);
                        // times h (−i)^quarter
                        re[at] = h * (quarter == 0 ? x : quarter == 1 ? y : quarter == 2 ? -x : -y);
                        im[at] = h * (quarter == 0 ? y : quarter == 1 ? -x : quarter == 2 ? -y : x);
                    }
                });
        float[] out = new float[values.length];
        Fft.realInverse(re, im, n[0], n[1], n[2], out);
        return out;
    }

    private static int signed(int u, int n) {
        return u < (n + 1) / 2 ? u : u - n;
    }

    /** Mean of both signs of the frequency: what the real part of the response keeps. */
    private double at(int u, int v, int w, int[] n) {
        int[] sample = {u, v, w};
        for (int a = 0; a < 3; a++) {
            if (orders[a] % 2 == 1 && 2 * sample[a] == -n[a]) {
                return 0;
            }
        }
        double plus = at(place(u, n[0]), place(v, n[1]), place(w, n[2]));
        if (frequencies == Frequencies.EXACT) {
            return plus;
        }
        double minus =
                at(
                        place(back(u, n[0]), n[0]),
                        place(back(v, n[1]), n[1]),
                        place(back(w, n[2]), n[2]));
        return (plus + minus) / 2;
    }

    private double place(int u, int n) {
        return frequencies.at(u, n);
    }

    private static int back(int u, int n) {
        return 2 * u == -n ? u : -u;
    }

    private double at(double fi, double fj, double fk) {
        double x = fi * scale[0];
        double y = fj * scale[1];
        double z = fk * scale[2];
        double square = x * x + y * y + z * z;
        int order = orders[0] + orders[1] + orders[2];
        if (order == 0) {
            return gain.applyAsDouble(square);
        }
        if (square == 0) {
            return 0;
        }
        double product = power(x, orders[0]) * power(y, orders[1]) * power(z, orders[2]);
        return gain.applyAsDouble(square) * product / power(Math.sqrt(square), order);
    }

    private static double power(double x, int n) {
        double product = 1;
        for (int q = 0; q < n; q++) {
            product *= x;
        }
        return product;
    }
}
