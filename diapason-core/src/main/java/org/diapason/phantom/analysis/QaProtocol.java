package org.diapason.phantom.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.diapason.volume.Numbers;

/**
 * Limits of a quality test, as a person writes them: baseline, tolerance and action level per
 * metric, or a range; the machine says ok, tolerance or action.
 *
 * <p>Off the baseline by more than {@code action}, or outside {@code low} to {@code high}: action.
 * Off by more than {@code tolerance}: tolerance. A metric without its figure is missing, and that
 * counts as action.
 *
 * @param name of the protocol
 * @param source where its limits come from; a reader must be able to check them
 * @param limits one per metric
 * @param validDays how many days a calibration measured by it may be used; without end where absent
 */
public record QaProtocol(String name, String source, List<Limit> limits, OptionalInt validDays) {

    /**
     * The limits of one metric.
     *
     * @param metric as the figures name it
     * @param baseline the accepted figure, from which tolerance and action count
     * @param tolerance how far off the baseline is fine
     * @param action how far off the baseline something must be done
     * @param low least figure
     * @param high largest figure
     */
    public record Limit(
            String metric,
            OptionalDouble baseline,
            OptionalDouble tolerance,
            OptionalDouble action,
            OptionalDouble low,
            OptionalDouble high) {
        public Limit {
            boolean off = tolerance.isPresent() || action.isPresent();
            if (off && baseline.isEmpty()
                    || !off && low.isEmpty() && high.isEmpty()
                    || tolerance.orElse(0) < 0
                    || action.orElse(tolerance.orElse(0)) < tolerance.orElse(0)
                    || low.orElse(0) > high.orElse(Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "limit of "
                                + metric
                                + ": it needs low or high, or a baseline with 0 <= tolerance <="
                                + " action");
            }
        }

        Level level(double value) {
            double off = Math.abs(value - baseline.orElse(value));
            boolean inside = value >= low.orElse(value) && value <= high.orElse(value);
            if (!inside || !(off <= action.orElse(off))) {
                return Level.ACTION;
            }
            return off <= tolerance.orElse(off) ? Level.OK : Level.TOLERANCE;
        }

        /** Returns the limits in words: {@code 0 ± 5, action ± 7}. */
        public String text() {
            StringBuilder text = new StringBuilder();
            baseline.ifPresent(b -> text.append(Numbers.plain(b)));
            tolerance.ifPresent(t -> text.append(" ± ").append(Numbers.plain(t)));
            action.ifPresent(a -> text.append(", action ± ").append(Numbers.plain(a)));
            low.ifPresent(l -> text.append(" from ").append(Numbers.plain(l)));
            high.ifPresent(h -> text.append(" to ").append(Numbers.plain(h)));
            return text.toString().strip();
        }
    }

    /** How a figure stands. */
    public enum Level {
        OK,
        TOLERANCE,
        ACTION,
        MISSING
    }

    /**
     * What was said of one metric.
     *
     * @param limit its limits
     * @param figure what was measured; none where it is missing
     * @param level how it stands
     */
    public record Verdict(Limit limit, Optional<Measured> figure, Level level) {}

    public QaProtocol {
        limits = List.copyOf(limits);
        Set<String> seen = new HashSet<>();
        for (Limit limit : limits) {
            if (!seen.add(limit.metric())) {
                throw new IllegalArgumentException(
                        "protocol " + name + ": " + limit.metric() + " has two limits; keep one");
            }
        }
        if (limits.isEmpty() || source.isBlank() || validDays.orElse(1) < 1) {
            throw new IllegalArgumentException(
                    "protocol "
                            + name
                            + ": it needs a source, one limit or more, and valid-days of 1 or more");
        }
    }

    /** Returns a verdict for every limit, in their order. */
    public List<Verdict> judge(List<Measured> figures) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Limit limit : limits) {
            Optional<Measured> figure =
                    figures.stream().filter(f -> f.metric().equals(limit.metric())).findFirst();
            Level level = figure.map(f -> limit.level(f.value())).orElse(Level.MISSING);
            verdicts.add(new Verdict(limit, figure, level));
        }
        return verdicts;
    }

    /** Says whether something must be done: a figure beyond its action level, or missing. */
    public static boolean mustAct(List<Verdict> verdicts) {
        return verdicts.stream().anyMatch(v -> v.level == Level.ACTION || v.level == Level.MISSING);
    }
}
