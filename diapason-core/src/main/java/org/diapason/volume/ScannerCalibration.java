package org.diapason.volume;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a phantom scan says about a scanner: how sharp it is, how its scale is off, how noisy it is.
 *
 * <p>{@code measured = gain · true + offset}. What the phantom could not show is absent, and a step
 * that needs it refuses.
 *
 * @param scanner the scanner's name
 * @param date the day of the phantom scan, ISO 8601
 * @param fwhmMm resolution along i, j, k in mm, 2.3548 times the standard deviation of the
 *     line-spread function, or of the Gaussian that keeps half the contrast where the scanner does;
 *     three positive numbers
 * @param gain slope of the measured over the true scale; positive
 * @param offset measured value where the true one is 0, in the image's unit; present where gain is
 * @param inserts measured mean per insert, by its nominal value as text
 * @param mtfPerMm frequencies of the modulation transfer functions in 1/mm, rising from 0, where
 *     they were measured
 * @param mtfInPlane contrast kept at each frequency within the slice (i and j)
 * @param mtfThroughPlane contrast kept at each frequency across the slices (k)
 * @param validUntil last day, ISO 8601, on which the scanner may be taken to be as it was; absent
 *     for no end
 * @param noiseSd standard deviation of the noise in an even part of the phantom, in the image's
 *     unit
 */
public record ScannerCalibration(
        String scanner,
        String date,
        Optional<Numbers> fwhmMm,
        OptionalDouble gain,
        OptionalDouble offset,
        SortedMap<String, Double> inserts,
        Optional<Numbers> mtfPerMm,
        Optional<Numbers> mtfInPlane,
        Optional<Numbers> mtfThroughPlane,
        Optional<String> validUntil,
        OptionalDouble noiseSd) {
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    public ScannerCalibration {
        fwhmMm.ifPresent(ScannerCalibration::checkWidths);
        double slope = gain.orElse(1);
        if (!(slope > 0) || Double.isInfinite(slope)) {
            throw new IllegalArgumentException("gain must be positive, got " + slope);
        }
        if (!Double.isFinite(offset.orElse(0)) || gain.isPresent() != offset.isPresent()) {
            throw new IllegalArgumentException(
                    "offset must be finite and stand beside a gain, got " + offset);
        }
        if (!(noiseSd.orElse(0) >= 0) || Double.isInfinite(noiseSd.orElse(0))) {
            throw new IllegalArgumentException(
                    "noiseSd must not be negative, got " + noiseSd.getAsDouble());
        }
        inserts = Collections.unmodifiableSortedMap(new TreeMap<>(inserts));
        int frequencies = mtfPerMm.map(Numbers::size).orElse(0);
        if (mtfInPlane.map(Numbers::size).orElse(frequencies) != frequencies
                || mtfThroughPlane.map(Numbers::size).orElse(frequencies) != frequencies) {
            throw new IllegalArgumentException(
                    "mtfInPlane and mtfThroughPlane need one value for each of the "
                            + frequencies
                            + " frequencies of mtfPerMm");
        }
        if (validUntil.isPresent() && !DAY.matcher(validUntil.get()).matches()) {
            throw new IllegalArgumentException(
                    "validUntil needs a day such as 2026-11-20, got " + validUntil.get());
        }
    }

    public ScannerCalibration(
            String scanner,
            String date,
            Numbers fwhmMm,
            double gain,
            double offset,
            Map<String, Double> inserts) {
        this(
                scanner,
                date,
                Optional.of(fwhmMm),
                OptionalDouble.of(gain),
                OptionalDouble.of(offset),
                new TreeMap<>(inserts),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty());
    }

    private static void checkWidths(Numbers mm) {
        if (mm.size() != 3
                || !(mm.get(0) > 0 && mm.get(1) > 0 && mm.get(2) > 0)
                || Double.isInfinite(mm.max())) {
            throw new IllegalArgumentException(
                    "fwhmMm needs three positive widths in mm, got " + mm);
        }
    }

    /** Returns the same calibration with its transfer functions stated. */
    public ScannerCalibration withMtf(
            Numbers perMm, Optional<Numbers> inPlane, Optional<Numbers> throughPlane) {
        return new ScannerCalibration(
                scanner,
                date,
                fwhmMm,
                gain,
                offset,
                inserts,
                Optional.of(perMm),
                inPlane,
                throughPlane,
                validUntil,
                noiseSd);
    }

    /** Returns the same calibration of images blurred since: no transfer functions, no noise. */
    public ScannerCalibration withoutMtf() {
        return new ScannerCalibration(
                scanner,
                date,
                fwhmMm,
                gain,
                offset,
                inserts,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                validUntil,
                OptionalDouble.empty());
    }

    /** Returns the same calibration with its last day stated. */
    public ScannerCalibration withValidUntil(Optional<String> day) {
        return new ScannerCalibration(
                scanner,
                date,
                fwhmMm,
                gain,
                offset,
                inserts,
                mtfPerMm,
                mtfInPlane,
                mtfThroughPlane,
                day,
                noiseSd);
    }

    /** Returns the same calibration of images whose scale was put right: gain 1 and offset 0. */
    public ScannerCalibration withScaleRight() {
        double slope = gain.orElse(1);
        double zero = offset.orElse(0);
        TreeMap<String, Double> right = new TreeMap<>(inserts);
        right.replaceAll((nominal, mean) -> (mean - zero) / slope);
        return new ScannerCalibration(
                scanner,
                date,
                fwhmMm,
                OptionalDouble.of(1),
                OptionalDouble.of(0),
                right,
                mtfPerMm,
                mtfInPlane,
                mtfThroughPlane,
                validUntil,
                noiseSd.isPresent() ? OptionalDouble.of(noiseSd.getAsDouble() / slope) : noiseSd);
    }

    /**
     * Refuses the calibration of an image that was acquired after its last day. Where the image
     * does not say when it was acquired, or the calibration has no end, there is nothing to refuse.
     *
     * @param who the image, for the message
     * @param tags of the image's series
     * @throws RefusedException if the calibration had expired
     */
    public void requireValid(String who, Tags tags) {
        Optional<String> day =
                tags.text("AcquisitionDate")
                        .or(() -> tags.text("SeriesDate"))
                        .or(() -> tags.text("StudyDate"))
                        .map(d -> d.strip().replaceAll("[-.]", ""))
                        .filter(d -> d.matches("\\d{8}"));
        if (validUntil.isPresent()
                && day.isPresent()
                && day.get().compareTo(validUntil.get().replace("-", "")) > 0) {
            throw new RefusedException(
                    who
                            + ": it was acquired after "
                            + validUntil.get()
                            + ", the last day of the calibration of scanner "
                            + scanner
                            + " (phantom scan of "
                            + date
                            + "). Scan the phantom again and give its new calibration.");
        }
    }
}
