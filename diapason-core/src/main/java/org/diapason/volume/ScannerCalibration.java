package org.diapason.volume;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a phantom scan says about a scanner: how sharp it is and how its scale is off.
 *
 * <p>{@code measured = gain · true + offset}.
 *
 * @param scanner the scanner's name
 * @param date the day of the phantom scan, ISO 8601
 * @param fwhmMm resolution along i, j, k in mm, 2.3548 times the standard deviation of the
 *     line-spread function; three positive numbers
 * @param gain slope of the measured over the true scale; positive
 * @param offset measured value where the true one is 0, in the image's unit
 * @param inserts measured mean per insert, by its nominal value as text
 * @param mtfPerMm frequencies of the modulation transfer functions in 1/mm, rising from 0, where
 *     they were measured
 * @param mtfInPlane contrast kept at each frequency within the slice (i and j)
 * @param mtfThroughPlane contrast kept at each frequency across the slices (k)
 * @param validUntil last day, ISO 8601, on which the scanner may be taken to be as it was; absent
 *     for no end
 */
public record ScannerCalibration(
        String scanner,
        String date,
        Numbers fwhmMm,
        double gain,
        double offset,
        SortedMap<String, Double> inserts,
        Optional<Numbers> mtfPerMm,
        Optional<Numbers> mtfInPlane,
        Optional<Numbers> mtfThroughPlane,
        Optional<String> validUntil) {
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    public ScannerCalibration {
        if (fwhmMm.size() != 3
                || !(fwhmMm.get(0) > 0 && fwhmMm.get(1) > 0 && fwhmMm.get(2) > 0)
                || Double.isInfinite(fwhmMm.max())) {
            throw new IllegalArgumentException(
                    "fwhmMm needs three positive widths in mm, got " + fwhmMm);
        }
        if (!(gain > 0) || Double.isInfinite(gain)) {
            throw new IllegalArgumentException("gain must be positive, got " + gain);
        }
        if (!Double.isFinite(offset)) {
            throw new IllegalArgumentException("offset must be finite, got " + offset);
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
                fwhmMm,
                gain,
                offset,
                new TreeMap<>(inserts),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
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
                validUntil);
    }

    /** Returns the same calibration of images that were blurred since: no transfer functions. */
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
                validUntil);
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
                day);
    }

    /** Returns the same calibration of images whose scale was put right: gain 1 and offset 0. */
    public ScannerCalibration withScaleRight() {
        TreeMap<String, Double> right = new TreeMap<>(inserts);
        right.replaceAll((nominal, mean) -> (mean - offset) / gain);
        return new ScannerCalibration(
                scanner,
                date,
                fwhmMm,
                1,
                0,
                right,
                mtfPerMm,
                mtfInPlane,
                mtfThroughPlane,
                validUntil);
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
