package org.diapason.steps.units;

import java.util.Arrays;
import java.util.Optional;
import org.diapason.volume.Numbers;

/**
 * When a PET series was injected, when its slices were acquired, and what its activity is meant
 * for. Times are seconds since 1970-01-01 on the scanner's clock, or since some midnight where no
 * date is known.
 *
 * @param injection the injection
 * @param acquisitions the start of the acquisition of every slice
 * @param reference by the order of the QIBA profile: the series time when it is not later than the
 *     first acquisition (some scanners rewrite it for every reformatted series), else GE's own scan
 *     time, else the first acquisition
 * @param rule which tags decided
 */
record PetTimes(double injection, double[] acquisitions, double reference, String rule) {
    private static final double MOST_HALF_LIVES = 10;
    private static final double SAME_CLOCK = 60;
    private static final String CONSEQUENCE = "so the dose cannot be decayed to the scan. ";
    private static final Series.Column INJECTED =
            new Series.Column("injectionDateTime", "the time of injection as YYYYMMDDHHMMSS");
    private static final Series.Column ACQUIRED =
            new Series.Column("acquisitionDateTime", "the start of the scan as YYYYMMDDHHMMSS");

    static PetTimes of(Series series, int slices, double halfLifeSeconds) {
        // 10 half-lives bound the time from injection to scan: if they are less than a day, a time
        // of day alone says which day it was
        boolean dayIsKnown = MOST_HALF_LIVES * halfLifeSeconds < Clock.DAY;
        Scan scan = Scan.of(series, slices, !dayIsKnown);
        Injection injected = Injection.of(series, !dayIsKnown);
        double first = scan.first();
        double injection = injected.seconds();
        double shift = 0;
        if (!dayIsKnown && !(injected.dated() && scan.dated())) {
            throw series.refused(
                    (injected.dated() ? "the scan" : "the injection")
                            + " has a time without a date, and at a half-life of "
                            + Numbers.fixed(halfLifeSeconds, 0)
                            + " s days may lie between injection and scan. "
                            + (injected.dated() ? ACQUIRED : INJECTED));
        }
        if (!injected.dated()) {
            injection += Math.floor(first / Clock.DAY) * Clock.DAY;
            injection -= injection > first ? Clock.DAY : 0;
        } else if (!scan.dated()) {
            double midnight = Math.floor(injection / Clock.DAY) * Clock.DAY;
            shift = midnight + (midnight + first < injection ? Clock.DAY : 0);
        }
        double moved = shift;
        return new PetTimes(
                injection,
                Arrays.stream(scan.acquisitions()).map(a -> a + moved).toArray(),
                scan.reference() + moved,
                scan.rule() + " less " + injected.rule());
    }

    /** Returns seconds from the injection to the reference time; fails the exam if impossible. */
    double secondsTo(Series series, double time, double halfLifeSeconds, String how) {
        double seconds = time - injection;
        double most = MOST_HALF_LIVES * halfLifeSeconds;
        if (seconds >= 0 && seconds <= most) {
            return seconds;
        }
        throw series.failed(
                "the scan starts "
                        + Numbers.fixed(seconds, 0)
                        + " s after the injection ("
                        + how
                        + "), expected 0 to "
                        + Numbers.fixed(most, 0)
                        + " s (10 half-lives). Correct dates and times of the series.");
    }

    private record Injection(double seconds, boolean dated, String rule) {
        private static final String START = "RadiopharmaceuticalStartDateTime (0018,1078)";
        private static final String TIME = "RadiopharmaceuticalStartTime (0018,1072)";

        static Injection of(Series series, boolean dateNeeded) {
            Optional<String> time = series.optional("RadiopharmaceuticalStartTime", "(0018,1072)");
            Optional<String> both =
                    series.optional("RadiopharmaceuticalStartDateTime", "(0018,1078)");
            if (both.isPresent()) {
                double seconds = Clock.dateTime(series, START, both.get());
                time.ifPresent(t -> compare(series, seconds, Clock.time(series, TIME, t)));
                return new Injection(seconds, true, "injection date and time");
            }
            Optional<String> ge = series.optional("GEAdministrationDateTime", "(0009,xx3B)");
            if (ge.isPresent() && (time.isEmpty() || dateNeeded)) {
                String label = "GE administration time (0009,xx3B)";
                return new Injection(
                        Clock.dateTime(series, label, ge.get()), true, "GE's injection time");
            }
            Optional<String> stated =
                    time.isPresent() && dateNeeded
                            ? series.column(
                                    "RadiopharmaceuticalStartDateTime", "(0018,1078)", INJECTED)
                            : Optional.empty();
            if (time.isPresent() && stated.isEmpty()) {
                return new Injection(Clock.time(series, TIME, time.get()), false, "injection time");
            }
            String text =
                    stated.or(
                                    () ->
                                            series.column(
                                                    "RadiopharmaceuticalStartTime",
                                                    "(0018,1072)",
                                                    INJECTED))
                            .orElseThrow(() -> none(series));
            return new Injection(
                    Clock.dateTime(series, "column injectionDateTime", text),
                    true,
                    "column injectionDateTime");
        }

        private static RuntimeException none(Series series) {
            return series.refused(
                    series.missing("RadiopharmaceuticalStartTime", "(0018,1072)")
                            + ", nor RadiopharmaceuticalStartDateTime (0018,1078), "
                            + CONSEQUENCE
                            + INJECTED);
        }

        private static void compare(Series series, double seconds, double ofDay) {
            double apart = seconds - ofDay;
            if (Math.abs(apart - Math.rint(apart / Clock.DAY) * Clock.DAY) > SAME_CLOCK) {
                series.warn(
                        START + " and " + TIME + " are not the same time; the first was taken.");
            }
        }
    }

    private record Scan(double[] acquisitions, boolean dated, double reference, String rule) {

        double first() {
            return Arrays.stream(acquisitions).min().getAsDouble();
        }

        static Scan of(Series series, int slices, boolean dateNeeded) {
            Optional<Double> seriesDay = day(series, "SeriesDate", "(0008,0021)");
            double[] acquired = new double[slices];
            boolean dated = true;
            if (series.tags().slices("AcquisitionSeconds").isPresent()) {
                acquired =
                        series.perSlice(
                                "AcquisitionSeconds",
                                "(0008,0022 and 0032)",
                                slices,
                                CONSEQUENCE + ACQUIRED);
            } else if (series.tags().slices("AcquisitionSecondsOfDay").isPresent()) {
                dated = seriesDay.isPresent();
                acquired = ofDay(series, slices, seriesDay.orElse(0.0));
            } else {
                Optional<String> time = series.optional("AcquisitionTime", "(0008,0032)");
                Optional<Double> known =
                        day(series, "AcquisitionDate", "(0008,0022)").or(() -> seriesDay);
                double day = known.orElse(0.0);
                dated = time.isEmpty() || known.isPresent();
                double seconds =
                        time.map(t -> day + Clock.time(series, "AcquisitionTime (0008,0032)", t))
                                .orElseGet(() -> column(series));
                Arrays.fill(acquired, seconds);
            }
            Optional<String> start =
                    dated || !dateNeeded
                            ? Optional.empty()
                            : series.column("AcquisitionDate", "(0008,0022)", ACQUIRED);
            if (start.isPresent()) {
                // what the table dates is the first slice; the others keep their distance from it
                double moved =
                        Clock.dateTime(series, "column acquisitionDateTime", start.get())
                                - Arrays.stream(acquired).min().getAsDouble();
                acquired = Arrays.stream(acquired).map(a -> a + moved).toArray();
                dated = true;
            }
            return referred(series, acquired, dated, seriesDay);
        }

        private static Scan referred(
                Series series, double[] acquired, boolean dated, Optional<Double> seriesDay) {
            double first = Arrays.stream(acquired).min().getAsDouble();
            Optional<String> text = series.optional("SeriesTime", "(0008,0031)");
            if (text.isPresent()) {
                double day = seriesDay.orElse(Math.floor(first / Clock.DAY) * Clock.DAY);
                double started = day + Clock.time(series, "SeriesTime (0008,0031)", text.get());
                if (started <= first) {
                    return new Scan(acquired, dated, started, "series time");
                }
            }
            Optional<String> ge = series.optional("GEScanDateTime", "(0009,xx0D)");
            if (ge.isPresent()) {
                double started = Clock.dateTime(series, "GE scan time (0009,xx0D)", ge.get());
                double moved =
                        dated ? started : started - Math.floor(started / Clock.DAY) * Clock.DAY;
                return new Scan(acquired, dated, moved, "GE's scan time");
            }
            return new Scan(acquired, dated, first, "first acquisition");
        }

        /** Times of day on one clock that may have passed midnight once. */
        private static double[] ofDay(Series series, int slices, double day) {
            double[] times =
                    series.perSlice(
                            "AcquisitionSecondsOfDay",
                            "(0008,0032)",
                            slices,
                            CONSEQUENCE + ACQUIRED);
            double last = Arrays.stream(times).max().getAsDouble();
            return Arrays.stream(times)
                    .map(t -> day + t + (t < last - Clock.DAY / 2 ? Clock.DAY : 0))
                    .toArray();
        }

        private static double column(Series series) {
            String text = series.text("AcquisitionTime", "(0008,0032)", ACQUIRED, CONSEQUENCE);
            return Clock.dateTime(series, "column acquisitionDateTime", text);
        }

        private static Optional<Double> day(Series series, String keyword, String tag) {
            return series.optional(keyword, tag)
                    .map(t -> Clock.date(series, keyword + " " + tag, t));
        }
    }
}
