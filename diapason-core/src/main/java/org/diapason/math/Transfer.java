package org.diapason.math;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.diapason.volume.Geometry;

/**
 * Filters a volume by a transfer function of the frequency within slices and another across them.
 *
 * <p>Slices are multiplied by {@code H(sqrt(f_i² + f_j²))} in the Fourier domain, then columns by
 * {@code H_k(|f_k|)}; H(0) = 1 keeps the mean. Both are continued beyond their ends by the border
 * voxel, as far as asked, before the other end follows. NaN means no measurement: the result is
 * {@code H∗(m x)/H∗m} with m = 0 there (Knutsson and Westin 1993, CVPR,
 * doi:10.1109/CVPR.1993.341081), and NaN stays NaN. Double within a line, float between; the same
 * bits on any number of threads.
 */
public final class Transfer {
    private static final int COLUMNS = 32;

    /** A filter with negative side lobes may find next to nothing measured around a voxel. */
    private static final float LEAST_MEASURED = 0.05f;

    private Transfer() {}

    /**
     * Returns the filtered values; does not modify its input.
     *
     * @param inPlane transfer by frequency in 1/mm along i and j; null leaves them
     * @param across transfer by frequency in 1/mm along k; null leaves it
     * @param reachMm how far the filter reaches
     */
    public static float[] filter(
            Geometry g,
            float[] values,
            DoubleUnaryOperator inPlane,
            DoubleUnaryOperator across,
            double reachMm) {
        boolean gaps = false;
        for (float v : values) {
            gaps |= v != v;
        }
        if (!gaps) {
            return measured(g, values.clone(), inPlane, across, reachMm);
        }
        float[] zeroed = values.clone();
        float[] known = new float[values.length];
        for (int v = 0; v < values.length; v++) {
            known[v] = values[v] == values[v] ? 1 : 0;
            zeroed[v] = values[v] == values[v] ? values[v] : 0;
        }
        float[] out = measured(g, zeroed, inPlane, across, reachMm);
        known = measured(g, known, inPlane, across, reachMm);
        for (int v = 0; v < values.length; v++) {
            boolean is = values[v] == values[v];
            out[v] = !is ? Float.NaN : known[v] > LEAST_MEASURED ? out[v] / known[v] : values[v];
        }
        return out;
    }

    /**
     * Returns the share of the standard deviation of white noise that the filter keeps: the root of
     * the mean of {@code |H|²} over the frequencies the grid can carry.
     */
    public static double noiseKept(
            Geometry g, DoubleUnaryOperator inPlane, DoubleUnaryOperator across) {
        int n = 128;
        double sum = 0;
        double along = 0;
        for (int a = 0; a < n; a++) {
            double fa = (a + 0.5) / n / 2;
            for (int b = 0; inPlane != null && b < n; b++) {
                double fi = fa / g.spacing(0);
                double fj = (b + 0.5) / n / 2 / g.spacing(1);
                double h = inPlane.applyAsDouble(Math.sqrt(fi * fi + fj * fj));
                sum += h * h / n / n;
            }
            double h = across == null ? 1 : across.applyAsDouble(fa / g.spacing(2));
            along += h * h / n;
        }
        return Math.sqrt((inPlane == null ? 1 : sum) * along);
    }

    private static float[] measured(
            Geometry g,
            float[] values,
            DoubleUnaryOperator inPlane,
            DoubleUnaryOperator across,
            double reachMm) {
        if (inPlane != null && g.ni() * g.nj() > 1) {
            slices(g, values, inPlane, reachMm);
        }
        if (across != null && g.nk() > 1) {
            columns(g, values, across, reachMm);
        }
        return values;
    }

    private static int padded(int n, double spacing, double reachMm) {
        return n == 1 ? 1 : Fft.fastLength(n + 2 * (int) Math.ceil(reachMm / spacing));
    }

    /** Where a padded line continues: its last voxel, then from the middle on its first. */
    private static int nearest(int at, int n, int room) {
        return at < n ? at : at < n + (room - n) / 2 ? n - 1 : 0;
    }

    private static double frequency(int at, int room, double spacing) {
        return Math.min(at, room - at) / (room * spacing);
    }

    private static void slices(Geometry g, float[] values, DoubleUnaryOperator h, double reachMm) {
        int ri = padded(g.ni(), g.spacing(0), reachMm);
        int rj = padded(g.nj(), g.spacing(1), reachMm);
        int half = Fft.half(ri);
        double[] transfer = new double[half * rj];
        for (int n = 0; n < transfer.length; n++) {
            double fi = frequency(n % half, ri, g.spacing(0));
            double fj = frequency(n / half, rj, g.spacing(1));
            transfer[n] = h.applyAsDouble(Math.sqrt(fi * fi + fj * fj));
        }
        Parallel.forEach(
                g.nk(),
                k -> {
                    double[] slice = new double[ri * rj];
                    for (int n = 0; n < slice.length; n++) {
                        int i = nearest(n % ri, g.ni(), ri);
                        int j = nearest(n / ri, g.nj(), rj);
                        slice[n] = values[g.index(i, j, k)];
                    }
                    double[] re = new double[half * rj];
                    double[] im = new double[half * rj];
                    Fft.realForward(slice, ri, rj, 1, re, im);
                    for (int n = 0; n < re.length; n++) {
                        re[n] *= transfer[n];
                        im[n] *= transfer[n];
                    }
                    Fft.realInverse(re, im, ri, rj, 1, slice);
                    for (int j = 0; j < g.nj(); j++) {
                        for (int i = 0; i < g.ni(); i++) {
                            values[g.index(i, j, k)] = (float) slice[i + ri * j];
                        }
                    }
                });
    }

    private static void columns(Geometry g, float[] values, DoubleUnaryOperator h, double reachMm) {
        int room = padded(g.nk(), g.spacing(2), reachMm);
        double[] transfer = new double[room];
        for (int n = 0; n < room; n++) {
            transfer[n] = h.applyAsDouble(frequency(n, room, g.spacing(2)));
        }
        int plane = g.ni() * g.nj();
        FftLines kind = new FftLines(room, 1);
        Parallel.forEach(
                (plane + COLUMNS - 1) / COLUMNS,
                b -> {
                    int first = b * COLUMNS;
                    int count = Math.min(COLUMNS, plane - first);
                    FftLines lines = kind.more(count);
                    for (int n = 0; n < room; n++) {
                        int k = nearest(n, g.nk(), room);
                        for (int c = 0; c < count; c++) {
                            lines.re[n * count + c] = values[k * plane + first + c];
                        }
                    }
                    Arrays.fill(lines.im, 0);
                    lines.forward();
                    for (int n = 0; n < room; n++) {
                        for (int c = 0; c < count; c++) {
                            lines.re[n * count + c] *= transfer[n];
                            lines.im[n * count + c] *= transfer[n];
                        }
                    }
                    lines.inverse();
                    for (int k = 0; k < g.nk(); k++) {
                        for (int c = 0; c < count; c++) {
                            values[k * plane + first + c] = (float) lines.re[k * count + c];
                        }
                    }
                });
    }
}
