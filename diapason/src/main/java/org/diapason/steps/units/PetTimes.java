package org.diapason.steps.units;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.diapason.volume.Numbers;

/**
 * How long after the injection the activity of a series is meant.
 *
 * <p>The reference time is the series time when it is not later than the first acquisition (some
 * scanners rewrite it for every reformatted series), else the first acquisition. The injection is
 * taken from its date and time; where only its time is known it is the last such time before the
 * reference, so that a scan after midnight is right. Times are seconds since 1970-01-01 on the
 * scanner's clock, or since some midnight where no date is known.
 *
 * @param secondsFromInjection from the injection to the reference time, in s
 * @param rule which tags decided
 * @param warnings whole sentences for the trace
 */
record PetTimes(double secondsFromInjection, String rule, List<String> warnings) {
    private static final double DAY = 86400;
    private static final String CONSEQUENCE =
            "so the dose cannot be decayed to the scan. Restore the tag.";

    static PetTimes of(Series series) {
        Optional<String> start = series.optional("RadiopharmaceuticalStartDateTime", "(0018,1078)");
        return start.isPresent() ? fromDateTime(series, start.get()) : fromTime(series);
    }

    private static PetTimes fromDateTime(Series series, String text) {
        String name = "RadiopharmaceuticalStartDateTime (0018,1078)";
        String local = text.split("[+-]", 2)[0];
        if (local.length() < 10) {
            throw series.failed(name + " has no time of day: found \"" + text + "\".");
        }
        double injectionDay = date(series, name, local.substring(0, 8));
        double injection = injectionDay + time(series, name, local.substring(8));
        Scan scan = Scan.of(series, injectionDay);
        boolean pastMidnight = !scan.dated() && scan.reference() < injection;
        List<String> warnings =
                local.length() == text.length()
                        ? List.of()
                        : List.of(
                                series.who()
                                        + ": the time zone of "
                                        + name
                                        + " was left aside; all times were taken from one clock.");
        return new PetTimes(
                scan.reference() + (pastMidnight ? DAY : 0) - injection,
                scan.rule() + " less injection date and time",
                warnings);
    }

    private static PetTimes fromTime(Series series) {
        String text =
                series.text(
                        "RadiopharmaceuticalStartTime",
                        "(0018,1072)",
                        "nor RadiopharmaceuticalStartDateTime (0018,1078), " + CONSEQUENCE);
        double injection = time(series, "RadiopharmaceuticalStartTime (0018,1072)", text);
        Scan scan = Scan.of(series, 0);
        double ofDay = scan.reference() - Math.floor(scan.reference() / DAY) * DAY;
        double seconds = ofDay - injection;
        return new PetTimes(
                seconds < 0 ? seconds + DAY : seconds,
                scan.rule() + " less injection time",
                List.of());
    }

    /** The reference time of a scan, in the order of preference of the QIBA profile. */
    private record Scan(double reference, boolean dated, String rule) {

        static Scan of(Series series, double dayWhereUnknown) {
            Optional<Double> acquisitionDay = day(series, "AcquisitionDate", "(0008,0022)");
            Optional<Double> seriesDay = day(series, "SeriesDate", "(0008,0021)");
            Optional<Numbers> perSlice = series.tags().slices("AcquisitionSeconds");
            double day = acquisitionDay.or(() -> seriesDay).orElse(dayWhereUnknown);
            double acquisition;
            if (perSlice.isPresent()) {
                int slices = perSlice.get().size();
                acquisition =
                        Arrays.stream(
                                        series.perSlice(
                                                "AcquisitionSeconds",
                                                "(0008,0022 and 0032)",
                                                slices,
                                                CONSEQUENCE))
                                .min()
                                .getAsDouble();
                day = Math.floor(acquisition / DAY) * DAY;
            } else {
                String text = series.text("AcquisitionTime", "(0008,0032)", CONSEQUENCE);
                acquisition = day + time(series, "AcquisitionTime (0008,0032)", text);
            }
            boolean dated =
                    perSlice.isPresent() || acquisitionDay.isPresent() || seriesDay.isPresent();
            Optional<String> text = series.optional("SeriesTime", "(0008,0031)");
            if (text.isPresent()) {
                double started =
                        seriesDay.orElse(day) + time(series, "SeriesTime (0008,0031)", text.get());
                if (started <= acquisition) {
                    return new Scan(started, dated, "series time");
                }
            }
            return new Scan(acquisition, dated, "first acquisition");
        }
    }

    private static Optional<Double> day(Series series, String keyword, String tag) {
        return series.optional(keyword, tag).map(t -> date(series, keyword + " " + tag, t));
    }

    private static double date(Series series, String name, String text) {
        if (text.matches("\\d{8}")) {
            try {
                return LocalDate.of(
                                        Integer.parseInt(text.substring(0, 4)),
                                        Integer.parseInt(text.substring(4, 6)),
                                        Integer.parseInt(text.substring(6)))
                                .toEpochDay()
                        * DAY;
            } catch (DateTimeException e) {
                // falls through to the message below, which says what was found
            }
        }
        throw series.failed(name + " is not a date YYYYMMDD: found \"" + text + "\".");
    }

    /** Returns seconds since midnight of HHMMSS.FFFFFF, HHMMSS, HHMM or HH (PS3.5 6.2). */
    private static double time(Series series, String name, String text) {
        String digits = text.replace(":", "");
        if (!digits.matches("([01]\\d|2[0-3])([0-5]\\d([0-5]\\d|60)?)?(\\.\\d*)?")) {
            throw series.failed(name + " is not a time HHMMSS: found \"" + text + "\".");
        }
        String whole = digits.split("\\.", 2)[0];
        double seconds = 3600.0 * Integer.parseInt(whole.substring(0, 2));
        if (whole.length() >= 4) {
            seconds += 60.0 * Integer.parseInt(whole.substring(2, 4));
        }
        return whole.length() == 6 ? seconds + Double.parseDouble(digits.substring(4)) : seconds;
    }
}
