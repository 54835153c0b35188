package org.diapason.steps.units;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import org.diapason.volume.Tags;

/** Dates and times of DICOM (PS3.5 6.2) as seconds on the scanner's own clock. */
final class Clock {
    static final double DAY = 86400;

    private Clock() {}

    /**
     * Returns seconds from 1970-01-01 to midnight of a date YYYYMMDD, or YYYY.MM.DD as old files
     * write it.
     */
    static double date(Series series, String label, String text) {
        if (text.matches("\\d{8}|\\d{4}\\.\\d\\d\\.\\d\\d")) {
            String digits = text.replace(".", "");
            try {
                return LocalDate.of(
                                        Integer.parseInt(digits.substring(0, 4)),
                                        Integer.parseInt(digits.substring(4, 6)),
                                        Integer.parseInt(digits.substring(6)))
                                .toEpochDay()
                        * DAY;
            } catch (DateTimeException e) {
                // falls through to the message below, which says what was found
            }
        }
        throw series.failed(label + " is not a date YYYYMMDD: found " + Tags.quote(text) + ".");
    }

    /** Returns seconds since midnight of HHMMSS.FFFFFF, HHMMSS, HHMM or HH. */
    static double time(Series series, String label, String text) {
        String digits = text.replace(":", "");
        if (!digits.matches("([01]\\d|2[0-3])([0-5]\\d(([0-5]\\d|60)(\\.\\d*)?)?)?")) {
            throw series.failed(label + " is not a time HHMMSS: found " + Tags.quote(text) + ".");
        }
        String whole = digits.split("\\.", 2)[0];
        double seconds = 3600.0 * Integer.parseInt(whole.substring(0, 2));
        if (whole.length() >= 4) {
            seconds += 60.0 * Integer.parseInt(whole.substring(2, 4));
        }
        return whole.length() == 6 ? seconds + Double.parseDouble(digits.substring(4)) : seconds;
    }

    /**
     * Returns seconds since 1970-01-01 of YYYYMMDDHHMMSS.FFFFFF, with or without an offset from
     * UTC.
     *
     * <p>The other times of a series have no offset of their own; they are in the zone of
     * TimezoneOffsetFromUTC (0008,0201). Where the file says that zone, the time is moved into it;
     * where it does not, the offset is left aside and that is said.
     */
    static double dateTime(Series series, String label, String text) {
        String local = text.split("[+-]", 2)[0];
        if (local.length() < 10) {
            throw series.failed(label + " has no time of day: found " + Tags.quote(text) + ".");
        }
        double seconds =
                date(series, label, local.substring(0, 8))
                        + time(series, label, local.substring(8));
        if (local.length() == text.length()) {
            return seconds;
        }
        Optional<String> zone = series.optional("TimezoneOffsetFromUTC", "(0008,0201)");
        if (zone.isEmpty()) {
            series.warn(
                    "the time zone of "
                            + label
                            + " was left aside; all times were taken from one clock.");
            return seconds;
        }
        return seconds
                - offset(series, label, text.substring(local.length()))
                + offset(series, "TimezoneOffsetFromUTC (0008,0201)", zone.get());
    }

    private static double offset(Series series, String label, String text) {
        if (!text.matches("[+-]\\d{4}")) {
            throw series.failed(
                    label
                            + " has no offset from UTC of the form +HHMM: found "
                            + Tags.quote(text)
                            + ".");
        }
        double seconds =
                3600.0 * Integer.parseInt(text.substring(1, 3))
                        + 60.0 * Integer.parseInt(text.substring(3));
        return text.startsWith("-") ? -seconds : seconds;
    }
}
