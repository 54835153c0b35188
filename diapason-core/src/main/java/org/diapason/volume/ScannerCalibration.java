package org.diapason.volume;

import java.util.Collections;
import java.util.Map;
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
 */
public record ScannerCalibration(
        String scanner,
        String date,
        Numbers fwhmMm,
        double gain,
        double offset,
        SortedMap<String, Double> inserts) {

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
                (SortedMap<String, Double>) new TreeMap<>(inserts));
    }
}
