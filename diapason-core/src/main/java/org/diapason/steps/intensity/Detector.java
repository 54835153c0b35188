package org.diapason.steps.intensity;

import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.math.Parallel;
import org.diapason.math.StraightPieces;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.DetectorCalibration;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;

/**
 * Takes dark signal, unequal gain, dead pixels and a bent response of a detector out of its frames:
 * {@code corrected = (raw − dark) / (flat − dark) · mean(flat − dark)}, with raw made linear first.
 *
 * <p>Dead pixels become the mean of the live ones around them, of 3 × 3 pixels or of the smallest
 * wider square, up to 17 × 17, that holds three; NaN where none does. Every slice is a frame of the
 * detector. It stands first in the line, before values get their unit; the image is then marked as
 * corrected, so that it is not done twice. NaN stays NaN.
 *
 * <p>The calibration comes from {@code diapason detector-fit}, column {@code detectorCalibration}
 * of the cohort table. Refused: no calibration; another size; another exposure by the tags (more
 * than 1 %); an image taken after the calibration expired; values that are not raw any more (HU,
 * SUV, mapped).
 *
 * <p>Method: Seibert, Boone and Lindfors 1998, SPIE Medical Imaging 3336:348–354,
 * doi:10.1117/12.317034 (flat-field correction).
 *
 * @param image which images, a pattern on their names
 */
public record Detector(@Default("*") String image) implements Step<Exam> {
    private static final double SAME_EXPOSURE = 0.01;
    private static final int ENOUGH = 3;

    /** In pixels: what lies farther from live ones is not made up. */
    private static final int FARTHEST = 8;

    /** What a detector does is no difference between scanners: raw features are measured after. */
    @Override
    public boolean harmonizes() {
        return false;
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        return Globs.mapImages(exam, image, (name, one) -> corrected(exam, name, one, trace));
    }

    private static Image corrected(Exam exam, String name, Image one, Trace trace) {
        String who = "exam " + exam.id() + ", image " + name;
        DetectorCalibration frames =
                one.detector()
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                who
                                                        + ": the detector has no calibration, or it"
                                                        + " was applied already. Make one with"
                                                        + " diapason detector-fit, name it in the"
                                                        + " cohort table, column"
                                                        + " detectorCalibration, and put detector"
                                                        + " first."));
        requireRaw(who, one.volume().quantity());
        requireSize(who, frames, one.volume().geometry());
        requireExposure(who, name, frames, one, trace);
        requireDay(who, frames, one, trace);
        trace.note(name + ".detector", frames.detector());
        trace.note(name + ".calibrated", frames.date());
        trace.note(name + ".deadPixels", frames.dead().size());
        float[] values = one.volume().values();
        float[] linear =
                frames.measured().size() == 0
                        ? values
                        : StraightPieces.of(frames.measured(), frames.linear()).apply(values);
        float[] out = new float[values.length];
        int plane = frames.columns() * frames.rows();
        Parallel.forEach(
                values.length / plane,
                k -> {
                    for (int p = 0; p < plane; p++) {
                        double signal = linear[k * plane + p] - frames.dark().get(p);
                        out[k * plane + p] = (float) (signal / frames.gain().get(p));
                    }
                });
        fill(values, out, frames);
        return one.withVolume(one.volume().withValues(out)).withDetector(Optional.empty());
    }

    private static void fill(float[] raw, float[] out, DetectorCalibration frames) {
        int plane = frames.columns() * frames.rows();
        boolean[] dead = new boolean[plane];
        for (int d = 0; d < frames.dead().size(); d++) {
            dead[(int) frames.dead().get(d)] = true;
        }
        Parallel.forEach(
                out.length / plane,
                k -> {
                    for (int d = 0; d < frames.dead().size(); d++) {
                        int p = (int) frames.dead().get(d);
                        // a voxel without a measurement is not invented
                        if (!Float.isNaN(raw[k * plane + p])) {
                            out[k * plane + p] = around(out, k * plane, p, dead, frames);
                        }
                    }
                });
    }

    private static float around(
            float[] out, int start, int p, boolean[] dead, DetectorCalibration frames) {
        int i = p % frames.columns();
        int j = p / frames.columns();
        for (int reach = 1; reach <= FARTHEST; reach++) {
            double sum = 0;
            int live = 0;
            for (int b = Math.max(0, j - reach); b <= Math.min(frames.rows() - 1, j + reach); b++) {
                for (int a = Math.max(0, i - reach);
                        a <= Math.min(frames.columns() - 1, i + reach);
                        a++) {
                    int q = a + b * frames.columns();
                    if (!dead[q] && Math.abs(out[start + q]) <= Float.MAX_VALUE) {
                        sum += out[start + q];
                        live++;
                    }
                }
            }
            if (live >= ENOUGH) {
                return (float) (sum / live);
            }
        }
        return Float.NaN;
    }

    private static void requireRaw(String who, Quantity quantity) {
        boolean raw =
                quantity == Quantity.STORED
                        || quantity == Quantity.PICTURE
                        || quantity == Quantity.UNKNOWN;
        if (!raw) {
            throw new RefusedException(
                    who
                            + ": the quantity is "
                            + quantity.label()
                            + ", and a detector is corrected on the values as they left it. Put"
                            + " detector first, before units.");
        }
    }

    private static void requireSize(String who, DetectorCalibration frames, Geometry grid) {
        if (grid.ni() != frames.columns() || grid.nj() != frames.rows()) {
            throw new RefusedException(
                    who
                            + ": it has "
                            + grid.ni()
                            + " × "
                            + grid.nj()
                            + " pixels and the calibration of "
                            + frames.detector()
                            + " "
                            + frames.columns()
                            + " × "
                            + frames.rows()
                            + ". Calibrate in the same read-out mode, without cropping.");
        }
    }

    private static void requireExposure(
            String who, String name, DetectorCalibration frames, Image one, Trace trace) {
        OptionalDouble series = one.tags().number("ExposureTime");
        double[] own =
                series.isPresent()
                        ? new double[] {series.getAsDouble()}
                        : one.tags()
                                .slices("ExposureTime")
                                .map(Numbers::toArray)
                                .orElse(new double[] {Double.NaN});
        double dark = frames.exposureMs().orElse(Double.NaN);
        for (double ms : own) {
            if (Double.isNaN(ms) || Double.isNaN(dark)) {
                trace.note(name + ".exposure", "not known, taken for that of the calibration");
            } else if (Math.abs(ms - dark) > SAME_EXPOSURE * dark) {
                throw new RefusedException(
                        who
                                + ": it was exposed for "
                                + Numbers.fixed(ms, 1)
                                + " ms (ExposureTime) and the dark frames of "
                                + frames.detector()
                                + " for "
                                + Numbers.fixed(dark, 1)
                                + " ms, and the dark signal grows with it. Calibrate at the same"
                                + " exposure.");
            }
        }
    }

    private static void requireDay(String who, DetectorCalibration frames, Image one, Trace trace) {
        String day =
                one.tags()
                        .text("AcquisitionDate")
                        .or(() -> one.tags().text("SeriesDate"))
                        .orElse("")
                        .strip();
        if (!day.matches("\\d{8}")) {
            trace.warn(
                    who
                            + ": its day is not known, so nobody can say whether the calibration of "
                            + frames.detector()
                            + ", which expires on "
                            + frames.expires()
                            + ", holds for it.");
        } else if (day.compareTo(frames.expires().replace("-", "")) > 0) {
            throw new RefusedException(
                    who
                            + ": it was taken after the calibration of "
                            + frames.detector()
                            + " expired on "
                            + frames.expires()
                            + ". Calibrate anew.");
        }
    }
}
