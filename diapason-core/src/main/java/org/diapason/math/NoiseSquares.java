package org.diapason.math;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.volume.Geometry;

/**
 * Squares of even tissue within slices, and the power of the noise in them.
 *
 * <p>{@code NPS(fx, fy) = Δx Δy/(Nx Ny) · mean |DFT(I − trend)|²}; the trend is a polynomial fitted
 * to each square, whose loss of degrees of freedom is not made up for.
 */
public final class NoiseSquares {
    private static final double LIKE_THE_MOST = 0.25;

    private final Geometry g;
    private final int size;
    private final List<double[]> sums = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>();

    /**
     * Adds up the power of squares, slice by slice.
     *
     * @param corners first voxel i, j, k of each, in the order of slices
     * @param size edge in voxels; 8 or more
     * @param detrend order of the polynomial taken off: 0 mean, 1 plane, 2 quadric
     */
    public NoiseSquares(Geometry g, float[] values, List<int[]> corners, int size, int detrend) {
        if (size < 8 || detrend < 0 || detrend > 2) {
            throw new IllegalArgumentException(
                    "a noise spectrum needs squares of 8 voxels or more and detrend 0, 1 or 2, got "
                            + size
                            + " and "
                            + detrend);
        }
        this.g = g;
        this.size = size;
        int slice = -1;
        for (int[] at : corners) {
            if (at[2] != slice) {
                slice = at[2];
                sums.add(new double[size * size]);
                counts.add(0);
            }
            double[] re = cut(g, values, at, size);
            flatten(re, size, detrend);
            double[] im = new double[re.length];
            Fft.forward(re, im, size, size, 1);
            double[] sum = sums.get(sums.size() - 1);
            for (int n = 0; n < re.length; n++) {
                sum[n] += re[n] * re[n] + im[n] * im[n];
            }
            counts.set(counts.size() - 1, counts.get(counts.size() - 1) + 1);
        }
    }

    /** Returns how many slices have a square. */
    public int slices() {
        return sums.size();
    }

    /** Returns the spectrum of all squares. */
    public NoisePower spectrum() {
        int[] each = new int[slices()];
        Arrays.setAll(each, n -> n);
        return spectrum(each);
    }

    /** Returns the spectrum of the squares in some of the slices, by their place from 0 on. */
    public NoisePower spectrum(int[] some) {
        double[] plane = new double[size * size];
        double count = 0;
        for (int s : some) {
            count += counts.get(s);
            double[] one = sums.get(s);
            for (int n = 0; n < plane.length; n++) {
                plane[n] += one[n];
            }
        }
        for (int n = 0; n < plane.length; n++) {
            plane[n] *= g.spacing(0) * g.spacing(1) / ((double) size * size * count);
        }
        return NoisePower.of(g, size, plane);
    }

    /**
     * Returns the squares that lie in a mask and hold no NaN: they overlap by half, one of them in
     * the middle of the mask's box in each slice.
     */
    public static List<int[]> inside(Geometry g, float[] values, boolean[] mask, int size) {
        List<int[]> corners = new ArrayList<>();
        int step = Math.max(1, size / 2);
        for (int k = 0; k < g.nk(); k++) {
            int[] from = first(g, mask, k, size, step);
            for (int j = from[1]; j + size <= g.nj(); j += step) {
                for (int i = from[0]; i + size <= g.ni(); i += step) {
                    if (isInside(g, values, mask, i, j, k, size)) {
                        corners.add(new int[] {i, j, k});
                    }
                }
            }
        }
        return corners;
    }

    /**
     * Returns the squares, side by side, that look like even tissue: their mean lies between two
     * values, and their standard deviation about a plane within a quarter of the one that most have
     * (the half-sample mode; Robertson and Cryer 1974, JASA 69(348):1012–1016,
     * doi:10.1080/01621459.1974.10480246). Edges and texture have more; squares without any noise
     * or with NaN do not count.
     */
    public static List<int[]> even(
            Geometry g, float[] values, int size, double least, double most) {
        List<int[]> corners = new ArrayList<>();
        List<Double> deviations = new ArrayList<>();
        for (int k = 0; k < g.nk(); k++) {
            for (int j = 0; j + size <= g.nj(); j += size) {
                for (int i = 0; i + size <= g.ni(); i += size) {
                    int[] at = {i, j, k};
                    double[] square = cut(g, values, at, size);
                    double mean = Arrays.stream(square).sum() / square.length;
                    if (!(mean >= least && mean <= most)) {
                        continue;
                    }
                    flatten(square, size, 1);
                    double sum = 0;
                    for (double v : square) {
                        sum += v * v;
                    }
                    if (sum > 1e-12 * square.length * mean * mean) {
                        corners.add(at);
                        deviations.add(Math.sqrt(sum / square.length));
                    }
                }
            }
        }
        double usual = mode(deviations.stream().mapToDouble(d -> d).sorted().toArray());
        List<int[]> out = new ArrayList<>();
        for (int n = 0; n < corners.size(); n++) {
            if (Math.abs(deviations.get(n) - usual) <= LIKE_THE_MOST * usual) {
                out.add(corners.get(n));
            }
        }
        return out;
    }

    /** Returns the middle of the densest half of the densest half … of sorted values. */
    private static double mode(double[] sorted) {
        int from = 0;
        int many = sorted.length;
        while (many > 3) {
            int half = (many + 1) / 2;
            int best = from;
            for (int n = from; n + half <= from + many; n++) {
                double width = sorted[n + half - 1] / sorted[n];
                best = width < sorted[best + half - 1] / sorted[best] ? n : best;
            }
            from = best;
            many = half;
        }
        return many == 0 ? Double.NaN : sorted[from + many / 2];
    }

    private static double[] cut(Geometry g, float[] values, int[] at, int size) {
        double[] square = new double[size * size];
        for (int n = 0; n < square.length; n++) {
            square[n] = values[g.index(at[0] + n % size, at[1] + n / size, at[2])];
        }
        return square;
    }

    /** Returns the first corner of the lattice that has a square in the middle of the mask. */
    private static int[] first(Geometry g, boolean[] in, int k, int size, int step) {
        int[] low = {g.ni(), g.nj()};
        int[] high = {-1, -1};
        for (int j = 0; j < g.nj(); j++) {
            for (int i = 0; i < g.ni(); i++) {
                if (in[g.index(i, j, k)]) {
                    low[0] = Math.min(low[0], i);
                    low[1] = Math.min(low[1], j);
                    high[0] = Math.max(high[0], i);
                    high[1] = Math.max(high[1], j);
                }
            }
        }
        int[] from = new int[2];
        for (int a = 0; a < 2; a++) {
            int middle = (low[a] + high[a] + 1 - size) / 2;
            from[a] = middle - Math.max(0, (middle - low[a]) / step) * step;
            from[a] = Math.max(0, from[a]);
        }
        return from;
    }

    private static boolean isInside(
            Geometry g, float[] values, boolean[] in, int i, int j, int k, int size) {
        for (int b = 0; b < size; b++) {
            for (int a = 0; a < size; a++) {
                int v = g.index(i + a, j + b, k);
                if (!in[v] || values[v] != values[v]) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Takes the polynomial off; its terms are independent on a square grid about its middle. */
    private static void flatten(double[] v, int size, int detrend) {
        double square = (size * (double) size - 1) / 12;
        int terms = detrend == 0 ? 1 : detrend == 1 ? 3 : 6;
        for (int t = 0; t < terms; t++) {
            double dot = 0;
            double norm = 0;
            for (int n = 0; n < v.length; n++) {
                double b = term(t, n, size, square);
                dot += b * v[n];
                norm += b * b;
            }
            for (int n = 0; n < v.length; n++) {
                v[n] -= dot / norm * term(t, n, size, square);
            }
        }
    }

    private static double term(int t, int n, int size, double square) {
        double x = n % size - (size - 1) / 2.0;
        double y = n / size - (size - 1) / 2.0;
        return switch (t) {
            case 0 -> 1;
            case 1 -> x;
            case 2 -> y;
            case 3 -> x * x - square;
            case 4 -> y * y - square;
            default -> x * y;
        };
    }
}
