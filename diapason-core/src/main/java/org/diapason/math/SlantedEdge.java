package org.diapason.math;

import java.util.Arrays;

/**
 * Finds a straight edge that runs steeply through a patch, and the distance of every pixel from it.
 *
 * <p>In each row the edge stands at the centroid of its derivative within a window around a robust
 * line; the sum by parts of that centroid needs no difference: {@code x = first − ½ + Σ (v −
 * high)/(low − high)}. The line through the rows' places is the median of pairwise slopes (Theil
 * and Sen), then least squares over rows within 3 robust standard deviations. An angle of 2° to 8°
 * to the columns spreads the pixels over distances finer than their spacing.
 *
 * <p>Method: Judy 1976, Medical Physics 3(4):233–236, doi:10.1118/1.594283; Samei, Flynn and
 * Reimann 1998, Medical Physics 25(1):102–113, doi:10.1118/1.598165.
 *
 * @param firstPixels where the edge crosses row 0, in pixels
 * @param pixelsPerRow how far it moves from row to row
 * @param distanceMm signed distance of every pixel's centre, i fastest; kept, do not write to it
 */
public record SlantedEdge(double firstPixels, double pixelsPerRow, double[] distanceMm) {
    private static final int ROUNDS = 3;
    private static final int LEAST_WINDOW = 6;
    private static final double WINDOW_SIGMAS = 6;
    private static final double MAD_TO_SD = 1.4826;

    /**
     * Returns the edge of a patch.
     *
     * @param patch values, i fastest; both plateaus and one edge between them; not modified
     * @param siMm spacing along i
     * @param sjMm spacing along j
     */
    public static SlantedEdge of(double[] patch, int ni, int nj, double siMm, double sjMm) {
        if (ni < 2 * LEAST_WINDOW || nj < 3 || patch.length != ni * nj) {
            throw new IllegalArgumentException(
                    "an edge needs a patch of 12 × 3 pixels or more, got " + ni + " × " + nj);
        }
        double[] place = new double[nj];
        for (int j = 0; j < nj; j++) {
            place[j] = place(patch, j * ni, 0, ni);
        }
        double[] line = line(place);
        for (int round = 0; round < ROUNDS; round++) {
            double[] distance = distances(line, ni, nj, siMm, sjMm);
            double sigma =
                    LineSpread.edge(distance, patch, siMm / 4).halfMaximumFwhmMm()
                            / Gauss.FWHM_PER_SIGMA
                            / siMm;
            int window = Math.max(LEAST_WINDOW, (int) Math.ceil(WINDOW_SIGMAS * sigma));
            for (int j = 0; j < nj; j++) {
                int middle = (int) Math.rint(line[0] + line[1] * j);
                int from = Math.max(0, Math.min(ni - 1, middle - window));
                int end = Math.min(ni, Math.max(1, middle + window + 1));
                place[j] = end - from < LEAST_WINDOW ? Double.NaN : place(patch, j * ni, from, end);
            }
            line = line(place);
        }
        return new SlantedEdge(line[0], line[1], distances(line, ni, nj, siMm, sjMm));
    }

    /** Returns the angle to the columns in degrees. */
    public double degrees(double siMm, double sjMm) {
        return StrictMath.toDegrees(StrictMath.atan(pixelsPerRow * siMm / sjMm));
    }

    private static double place(double[] v, int row, int from, int end) {
        int flat = Math.max(1, (end - from) / 6);
        double low = 0;
        double high = 0;
        for (int x = 0; x < flat; x++) {
            low += v[row + from + x] / flat;
            high += v[row + end - 1 - x] / flat;
        }
        double sum = 0;
        for (int x = from; x < end; x++) {
            sum += (v[row + x] - high) / (low - high);
        }
        return from - 0.5 + sum;
    }

    private static double[] distances(double[] line, int ni, int nj, double si, double sj) {
        double slope = line[1] * si / sj;
        double cosine = 1 / Math.sqrt(1 + slope * slope);
        double[] mm = new double[ni * nj];
        for (int n = 0; n < mm.length; n++) {
            mm[n] = (n % ni - line[0] - line[1] * (n / ni)) * si * cosine;
        }
        return mm;
    }

    /**
     * Returns level and slope of the robust line through values at 0, 1, 2, …; NaN are left out.
     */
    static double[] line(double[] y) {
        int n = y.length;
        if (n == 1) {
            return new double[] {y[0], 0};
        }
        double[] slopes = new double[n * (n - 1) / 2];
        int at = 0;
        for (int a = 0; a < n; a++) {
            for (int b = a + 1; b < n; b++) {
                slopes[at++] = (y[b] - y[a]) / (b - a);
            }
        }
        double slope = median(slopes);
        double[] off = new double[n];
        for (int a = 0; a < n; a++) {
            off[a] = y[a] - slope * a;
        }
        double level = median(off);
        for (int a = 0; a < n; a++) {
            off[a] = Math.abs(off[a] - level);
        }
        double limit = 3 * MAD_TO_SD * median(off) + 1e-9;
        double count = 0;
        double sx = 0;
        double sy = 0;
        for (int a = 0; a < n; a++) {
            if (off[a] <= limit) {
                count++;
                sx += a;
                sy += y[a];
            }
        }
        double xx = 0;
        double xy = 0;
        for (int a = 0; a < n; a++) {
            if (off[a] <= limit) {
                xx += (a - sx / count) * (a - sx / count);
                xy += (a - sx / count) * (y[a] - sy / count);
            }
        }
        double best = xx > 0 ? xy / xx : 0;
        return new double[] {(sy - best * sx) / count, best};
    }

    private static double median(double[] values) {
        double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
}
