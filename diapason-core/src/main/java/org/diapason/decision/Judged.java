package org.diapason.decision;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.stats.Calibration;
import org.diapason.stats.Clusters;
import org.diapason.stats.DeLong;

/**
 * Experts and rules against the truth, on rows that nothing was learned from. Rows of one patient
 * belong together in every interval.
 *
 * @param experts the area under the curve of each, over the rows in which it speaks; absent where
 *     these are all of one kind
 * @param rules the same of each rule
 */
public record Judged(SortedMap<String, DeLong> experts, SortedMap<String, OfRule> rules) {

    /**
     * A rule judged.
     *
     * @param area under the curve of its score, over the rows that it decides
     * @param calibration of its probabilities; empty where it has none
     * @param hits rows with the finding that it answers by yes
     * @param misses rows with the finding that it answers by no
     * @param rejections rows without that it answers by no
     * @param falseAlarms rows without that it answers by yes
     * @param undecided rows that it does not decide
     * @param against its area less that of each expert, over the rows that both have
     */
    public record OfRule(
            DeLong area,
            Optional<Calibration> calibration,
            int hits,
            int misses,
            int rejections,
            int falseAlarms,
            int undecided,
            SortedMap<String, DeLong.Pair> against) {}

    /** Judges decisions; empty where no row has a truth that was not learned from. */
    public static Judged of(Decisions decisions) {
        Judge judge = new Judge(decisions);
        SortedMap<String, DeLong> experts = new TreeMap<>();
        for (String name : decisions.plan().experts().keySet()) {
            if (judge.comparable(name)) {
                judge.area(decisions.said(name)).ifPresent(a -> experts.put(name, a));
            }
        }
        SortedMap<String, OfRule> rules = new TreeMap<>();
        decisions
                .decided()
                .forEach(
                        (name, d) ->
                                judge.rule(d, experts.keySet()).ifPresent(j -> rules.put(name, j)));
        return new Judged(experts, rules);
    }

    /** The rows that judge, and their truth. */
    private record Judge(Decisions decisions, List<Answer> truth, int[] rows) {
        Judge(Decisions decisions) {
            this(decisions, decisions.readings().truth(), decisions.judging());
        }

        /** An expert on another finding has no truth here. */
        boolean comparable(String expert) {
            DecisionPlan plan = decisions.plan();
            return plan.experts().get(expert).finding().equals(plan.finding());
        }

        /** Returns the rows in which all say something, none where these are of one kind. */
        int[] shared(double[]... said) {
            int[] own =
                    Arrays.stream(rows)
                            .filter(r -> Arrays.stream(said).noneMatch(s -> Double.isNaN(s[r])))
                            .toArray();
            long events = Arrays.stream(own).filter(r -> truth.get(r) == Answer.YES).count();
            return events == 0 || events == own.length ? new int[0] : own;
        }

        boolean[] event(int[] of) {
            boolean[] event = new boolean[of.length];
            for (int n = 0; n < of.length; n++) {
                event[n] = truth.get(of[n]) == Answer.YES;
            }
            return event;
        }

        static double[] some(double[] values, int[] of) {
            return Arrays.stream(of).mapToDouble(r -> values[r]).toArray();
        }

        Clusters clusters(int[] of) {
            List<String> patients = decisions.readings().patients();
            return patients.isEmpty()
                    ? Clusters.single(of.length)
                    : Clusters.of(Arrays.stream(of).mapToObj(patients::get).toList());
        }

        Optional<DeLong> area(double[] said) {
            int[] of = shared(said);
            return of.length == 0
                    ? Optional.empty()
                    : Optional.of(DeLong.of(some(said, of), event(of), clusters(of)));
        }

        Optional<OfRule> rule(Decisions.Decided d, Iterable<String> experts) {
            Optional<DeLong> area = area(d.score());
            if (area.isEmpty()) {
                return Optional.empty();
            }
            SortedMap<String, DeLong.Pair> against = new TreeMap<>();
            for (String name : experts) {
                double[] said = decisions.said(name);
                int[] of = shared(d.score(), said);
                if (of.length > 0) {
                    against.put(
                            name,
                            DeLong.compare(
                                    some(d.score(), of), some(said, of), event(of), clusters(of)));
                }
            }
            int[] of = shared(d.probability());
            Optional<Calibration> calibration =
                    of.length == 0
                            ? Optional.empty()
                            : Optional.of(
                                    Calibration.of(
                                            some(d.probability(), of),
                                            event(of),
                                            clusters(of),
                                            0,
                                            1));
            int[] counts = new int[5];
            for (int r : rows) {
                boolean finding = truth.get(r) == Answer.YES;
                boolean yes = d.answer()[r] == Answer.YES;
                counts[d.answer()[r].known() ? (finding ? 0 : 2) + (yes == finding ? 0 : 1) : 4]++;
            }
            return Optional.of(
                    new OfRule(
                            area.get(),
                            calibration,
                            counts[0],
                            counts[1],
                            counts[2],
                            counts[3],
                            counts[4],
                            against));
        }
    }
}
