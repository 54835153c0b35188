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
 * zeros and the border voxel fill a box twice as long along each axis, mirrored beyond. Beside the
 * image and its response no more than one array of their size is needed.
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

    /** Turns values into the response, in place, and returns them. */
    float[] inPlace(Geometry g, float[] values, Space space, Boundary boundary) {
        if (space == Space.VOLUME || g.nk() == 1) {
            box(values, new int[] {g.ni(), g.nj(), g.nk()}, space.axes(), boundary);
            return values;
        }
        int plane = g.ni() * g.nj();
        Parallel.forEach(
                g.nk(),
                k -> {
                    float[] slice = Arrays.copyOfRange(values, k * plane, (k + 1) * plane);
                    box(slice, new int[] {g.ni(), g.nj(), 1}, 2, boundary);
                    System.arraycopy(slice, 0, values, k * plane, plane);
                });
        return values;
    }

    private void box(float[] values, int[] size, int axes, Boundary boundary) {
        switch (boundary) {
            case PERIODIC -> periodic(values, size);
            case MIRROR -> mirrored(values, size[0], size[1], size[2], axes);
            case ZERO, NEAREST -> continued(values, size, axes, boundary);
        }
    }

    /**
     * Continues and transforms along k first, then plane by plane along j and i: what is added
     * beside the values is one more box of their size, not seven.
     */
    private void continued(float[] values, int[] size, int axes, Boundary boundary) {
        int plane = size[0] * size[1];
        int wide = axes == 3 ? Fft.fastLength(2 * size[2]) : 1;
        float[] more = new float[Math.multiplyExact(plane, wide - size[2])];
        if (axes == 3) {
            Cosines.forwardContinued(values, more, plane, boundary);
        }
        Parallel.forEach(
                wide,
                k -> {
                    boolean first = k < size[2];
                    int at = (first ? k : k - size[2]) * plane;
                    double fk = k / (double) wide;
                    continuedPlane(first ? values : more, at, size[0], size[1], fk, boundary);
                });
        if (axes == 3) {
            Cosines.inverseContinued(values, more, plane, orders[2] % 2 == 1);
        }
    }

    private void continuedPlane(
            float[] values, int at, int ni, int nj, double fk, Boundary boundary) {
        int wi = Fft.fastLength(2 * ni);
        int wj = Fft.fastLength(2 * nj);
        int i0 = (wi - ni) / 2;
        int j0 = (wj - nj) / 2;
        float[] box = new float[Math.multiplyExact(wi, wj)];
        for (int j = 0; j < wj; j++) {
            int fj = boundary.at(j - j0, nj);
            for (int i = 0; i < wi; i++) {
                int fi = boundary.at(i - i0, ni);
                box[j * wi + i] = (fi | fj) < 0 ? 0 : values[at + fj * ni + fi];
            }
        }
        Cosines.forward(box, wi, wj, 1, 0);
        Cosines.forward(box, wi, wj, 1, 1);
        weigh(box, 0, wi, wj, fk);
        Cosines.inverse(box, wi, wj, 1, 0, orders[0] % 2 == 1);
        Cosines.inverse(box, wi, wj, 1, 1, orders[1] % 2 == 1);
        for (int j = 0; j < nj; j++) {
            System.arraycopy(box, (j + j0) * wi + i0, values, at + j * ni, ni);
        }
    }

    private void mirrored(float[] box, int ni, int nj, int nk, int axes) {
        for (int a = 0; a < axes; a++) {
            Cosines.forward(box, ni, nj, nk, a);
        }
        Parallel.forEach(nk, k -> weigh(box, k * ni * nj, ni, nj, k / (double) nk));
        for (int a = 0; a < axes; a++) {
            Cosines.inverse(box, ni, nj, nk, a, orders[a] % 2 == 1);
        }
    }

    /** Multiplies one plane of cosine coefficients by the gain; (−i)^l is a sign there. */
    private void weigh(float[] box, int from, int ni, int nj, double fk) {
        double sign = 1;
        for (int l : orders) {
            sign = l % 4 < 2 ? sign : -sign;
        }
        for (int j = 0; j < nj; j++) {
            double fj = j / (double) nj;
            int row = from + j * ni;
            for (int i = 0; i < ni; i++) {
                box[row + i] *= (float) (sign * at(i / (double) ni, fj, fk));
            }
        }
    }

    private void periodic(float[] values, int[] n) {
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
        Fft.realInverse(re, im, n[0], n[1], n[2], values);
    }

    private static int signed(int u, int n) {
        return u < (n + 1) / 2 ? u : u - n;
    }

    /** Mean of both signs of the frequency: what the real part of the response keeps. */
    private double at(int u, int v, int w, int[] n) {
        if (lost(u, 0, n) || lost(v, 1, n) || lost(w, 2, n)) {
            return 0;
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

    /** Says whether both signs of the highest frequency stand here, and an odd gain cancels. */
    private boolean lost(int u, int axis, int[] n) {
        return orders[axis] % 2 == 1 && 2 * u == -n[axis];
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
