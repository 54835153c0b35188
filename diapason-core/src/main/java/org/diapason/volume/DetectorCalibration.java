package org.diapason.volume;

import java.util.OptionalDouble;

/**
 * What dark and flat frames say about a detector, for every pixel.
 *
 * <p>With the raw value made linear, {@code corrected = (linear − dark) / gain}.
 *
 * @param detector the detector's name
 * @param date the day of the frames, ISO 8601
 * @param expires the last day on which it may be used, ISO 8601
 * @param exposureMs exposure of the frames in ms, where known: the dark signal grows with it
 * @param columns pixels along i
 * @param rows pixels along j
 * @param dark signal without radiation, after it was made linear; i fastest
 * @param gain response of each pixel over the mean response; 1 for a dead one
 * @param dead places of dead pixels, rising: i + j · columns
 * @param measured raw values of a linearity curve, rising; empty where the response is linear
 * @param linear what they would be if the response were linear; rising
 */
public record DetectorCalibration(
        String detector,
        String date,
        String expires,
        OptionalDouble exposureMs,
        int columns,
        int rows,
        Numbers dark,
        Numbers gain,
        Numbers dead,
        Numbers measured,
        Numbers linear) {

    private static final String DAY = "\\d{4}-\\d{2}-\\d{2}";

    public DetectorCalibration {
        if (!date.matches(DAY) || !expires.matches(DAY) || expires.compareTo(date) < 0) {
            throw new IllegalArgumentException(
                    "date and expires must be days like 2026-11-20, expires not before date, got \""
                            + date
                            + "\" and \""
                            + expires
                            + "\"");
        }
        long pixels = (long) columns * rows;
        if (columns < 1 || rows < 1 || dark.size() != pixels || gain.size() != pixels) {
            throw new IllegalArgumentException(
                    columns
                            + " × "
                            + rows
                            + " pixels need as many values of dark and gain, got "
                            + dark.size()
                            + " and "
                            + gain.size());
        }
        for (int p = 0; p < pixels; p++) {
            if (!Double.isFinite(dark.get(p)) || !(gain.get(p) > 0) || gain.get(p) > 1e6) {
                throw new IllegalArgumentException(
                        "pixel "
                                + p
                                + " has the dark signal "
                                + Numbers.fixed(dark.get(p), 3)
                                + " and the gain "
                                + Numbers.fixed(gain.get(p), 3)
                                + "; dark must be finite and gain above 0 and at most 1e6");
            }
        }
        for (int d = 0; d < dead.size(); d++) {
            double place = dead.get(d);
            if (place != Math.rint(place)
                    || !(place >= 0 && place < pixels)
                    || d > 0 && place <= dead.get(d - 1)) {
                throw new IllegalArgumentException(
                        "dead must be rising places of pixels below "
                                + pixels
                                + ", got "
                                + Numbers.fixed(place, 3));
            }
        }
        if (measured.size() != linear.size() || measured.size() == 1) {
            throw new IllegalArgumentException(
                    "a linearity curve needs two points or more, as many measured as linear, got "
                            + measured.size()
                            + " and "
                            + linear.size());
        }
        requireRising("measured", measured);
        requireRising("linear", linear);
        if (exposureMs.isPresent()
                && !(exposureMs.getAsDouble() > 0 && Double.isFinite(exposureMs.getAsDouble()))) {
            throw new IllegalArgumentException(
                    "exposure-ms must be positive, got "
                            + Numbers.fixed(exposureMs.getAsDouble(), 3)
                            + " ms");
        }
    }

    private static void requireRising(String name, Numbers curve) {
        for (int k = 0; k < curve.size(); k++) {
            if (!Double.isFinite(curve.get(k)) || k > 0 && !(curve.get(k) > curve.get(k - 1))) {
                throw new IllegalArgumentException(
                        name
                                + " must be finite and rise from point to point of the linearity"
                                + " curve, got "
                                + Numbers.fixed(curve.get(k), 3)
                                + " at point "
                                + (k + 1));
            }
        }
    }
}
