package org.diapason.volume;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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
        Optional<Numbers> mtfThroughPlane) {

    public ScannerCalibration {
        if (fwhmMm.size() != 3 || !(fwhmMm.get(0) > 0 && fwhmMm.get(1) > 0 && fwhmMm.get(2) > 0)) {
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
                throughPlane);
    }
}
