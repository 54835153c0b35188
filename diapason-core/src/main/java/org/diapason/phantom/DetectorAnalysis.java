package org.diapason.phantom;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.math.Parallel;
import org.diapason.math.StraightPieces;
import org.diapason.volume.DataException;
import org.diapason.volume.DetectorCalibration;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * From dark and flat frames of a detector to its calibration; every slice of a volume is a frame.
 *
 * <p>Dark and flat are the means of their frames, made linear first. A pixel is dead where its dark
 * signal, or its response flat − dark over that of the pixels around it, lies more than 6 robust
 * standard deviations (1.4826 times the median absolute deviation) from the median of the 5 × 5
 * pixels around it, and by at least 0.1 % (dark) or 1 % (response) of the mean response; and where
 * the response is not positive. Dead pixels have no say in the mean response.
 *
 * <p>The linearity curve, where flats of several levels are given, joins the median signal of the
 * dark frames and of each level to the straight line through dark and the level of the flat.
 */
public final class DetectorAnalysis {
    private static final int REACH = 2;
    private static final double FAR = 6 * 1.4826;
    private static final double LEAST_DARK = 1e-3;
    private static final double LEAST_RESPONSE = 1e-2;
    private static final double MOST_DEAD = 0.05;

    private DetectorAnalysis() {}

    /**
     * What is known of the frames beside their pixels.
     *
     * @param detector the detector's name
     * @param date the day of the frames, ISO 8601
     * @param expires the last day on which the calibration may be used, ISO 8601
     * @param exposureMs exposure in ms, where known
     */
    public record Circumstances(
            String detector, String date, String expires, OptionalDouble exposureMs) {}

    /**
     * Analyses frames.
     *
     * @param flatLevel the dose of the flat frames, in any unit; only where there are levels
     * @param levels flats of other doses, by dose in the same unit; may be empty
     * @throws DataException if sizes differ, frames are missing or more than 5 % of pixels are dead
     */
    public static DetectorCalibration analyse(
            List<Volume> darks,
            List<Volume> flats,
            double flatLevel,
            SortedMap<Double, Volume> levels,
            Circumstances known) {
        if (darks.isEmpty() || flats.isEmpty()) {
            throw new DataException(
                    "a calibration needs dark and flat frames, got "
                            + darks.size()
                            + " and "
                            + flats.size()
                            + " files. Name both.");
        }
        int columns = darks.get(0).geometry().ni();
        int rows = darks.get(0).geometry().nj();
        TreeMap<Double, Double> curve = new TreeMap<>();
        if (!levels.isEmpty()) {
            double none = median(mean(darks, columns, rows, null));
            double full = median(mean(flats, columns, rows, null));
            requireDose("flat-level", flatLevel);
            curve.put(none, none);
            point(curve, full, full);
            levels.forEach(
                    (dose, volume) -> {
                        requireDose("level", dose);
                        point(
                                curve,
                                median(mean(List.of(volume), columns, rows, null)),
                                none + (full - none) * dose / flatLevel);
                    });
        }
        Numbers measured = Numbers.of(curve.keySet().stream().mapToDouble(d -> d).toArray());
        Numbers linear = Numbers.of(curve.values().stream().mapToDouble(d -> d).toArray());
        StraightPieces straighten = curve.isEmpty() ? null : rising(measured, linear);
        double[] dark = mean(darks, columns, rows, straighten);
        double[] response = mean(flats, columns, rows, straighten);
        for (int p = 0; p < dark.length; p++) {
            response[p] -= dark[p];
        }
        double typical = median(response);
        if (!(typical > 0)) {
            throw new DataException(
                    "the flat frames are no brighter than the dark ones (by "
                            + Numbers.fixed(typical, 3)
                            + "). Check which are which.");
        }
        boolean[] dead = far(dark, columns, rows, typical, LEAST_DARK, false);
        boolean[] uneven = far(response, columns, rows, typical, LEAST_RESPONSE, true);
        int count = 0;
        double sum = 0;
        for (int p = 0; p < dead.length; p++) {
            dead[p] |= uneven[p] || !(response[p] > LEAST_RESPONSE * typical);
            count += dead[p] ? 1 : 0;
            sum += dead[p] ? 0 : response[p];
        }
        if (count > MOST_DEAD * dead.length) {
            throw new DataException(
                    count
                            + " of "
                            + dead.length
                            + " pixels are dead, more than "
                            + Numbers.fixed(100 * MOST_DEAD, 0)
                            + " %. Check that the flat frames show nothing but the open field.");
        }
        double mean = sum / (dead.length - count);
        double[] places = new double[count];
        int n = 0;
        for (int p = 0; p < dead.length; p++) {
            response[p] = dead[p] ? 1 : response[p] / mean;
            if (dead[p]) {
                dark[p] = Double.isFinite(dark[p]) ? dark[p] : 0;
                places[n++] = p;
            }
        }
        return new DetectorCalibration(
                known.detector(),
                known.date(),
                known.expires(),
                known.exposureMs(),
                columns,
                rows,
                Numbers.of(dark),
                Numbers.of(response),
                Numbers.of(places),
                measured,
                linear);
    }

    private static void requireDose(String setting, double dose) {
        if (!(dose > 0 && Double.isFinite(dose))) {
            throw new IllegalArgumentException(
                    setting + " must be a positive dose, got " + Numbers.fixed(dose, 3));
        }
    }

    /** Adds a point to the curve: two doses with one signal, as of saturation, are no curve. */
    private static void point(TreeMap<Double, Double> curve, double measured, double linear) {
        Double other = curve.putIfAbsent(measured, linear);
        if (other != null && other != linear) {
            throw notRising(measured, Math.max(other, linear));
        }
    }

    private static DataException notRising(double measured, double expected) {
        return new DataException(
                "the signal does not rise with the dose: "
                        + Numbers.fixed(measured, 3)
                        + " was measured where "
                        + Numbers.fixed(expected, 3)
                        + " was expected. Check the doses of the levels, and leave saturated ones"
                        + " out.");
    }

    private static StraightPieces rising(Numbers measured, Numbers linear) {
        for (int k = 1; k < linear.size(); k++) {
            if (!(linear.get(k) > linear.get(k - 1))) {
                throw notRising(measured.get(k), linear.get(k));
            }
        }
        return StraightPieces.of(measured, linear);
    }

    /** Returns the mean of all frames per pixel. */
    private static double[] mean(
            List<Volume> volumes, int columns, int rows, StraightPieces straighten) {
        double[] sum = new double[columns * rows];
        int frames = 0;
        for (Volume volume : volumes) {
            if (volume.geometry().ni() != columns || volume.geometry().nj() != rows) {
                throw new DataException(
                        "a frame has "
                                + volume.geometry().ni()
                                + " × "
                                + volume.geometry().nj()
                                + " pixels and the first one "
                                + columns
                                + " × "
                                + rows
                                + ". Give frames of one read-out mode.");
            }
            float[] values =
                    straighten == null ? volume.values() : straighten.apply(volume.values());
            for (int v = 0; v < values.length; v++) {
                sum[v % sum.length] += values[v];
            }
            frames += volume.geometry().nk();
        }
        for (int p = 0; p < sum.length; p++) {
            sum[p] /= frames;
        }
        return sum;
    }

    /** Says of each pixel whether it lies far from those around it. */
    private static boolean[] far(
            double[] x, int columns, int rows, double typical, double least, boolean relative) {
        double[] away = new double[x.length];
        Parallel.forEach(
                rows,
                j -> {
                    for (int i = 0; i < columns; i++) {
                        double around = around(x, i, j, columns, rows);
                        int p = i + j * columns;
                        away[p] = relative ? x[p] / around - 1 : (x[p] - around) / typical;
                    }
                });
        double[] size = new double[x.length];
        for (int p = 0; p < x.length; p++) {
            size[p] = Math.abs(away[p]);
        }
        double limit = Math.max(FAR * median(size), least);
        boolean[] far = new boolean[x.length];
        for (int p = 0; p < x.length; p++) {
            far[p] = !(size[p] <= limit);
        }
        return far;
    }

    private static double around(double[] x, int i, int j, int columns, int rows) {
        double[] near = new double[(2 * REACH + 1) * (2 * REACH + 1)];
        int n = 0;
        for (int b = Math.max(0, j - REACH); b <= Math.min(rows - 1, j + REACH); b++) {
            for (int a = Math.max(0, i - REACH); a <= Math.min(columns - 1, i + REACH); a++) {
                near[n++] = x[a + b * columns];
            }
        }
        return median(Arrays.copyOf(near, n));
    }

    private static double median(double[] values) {
        double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
}
