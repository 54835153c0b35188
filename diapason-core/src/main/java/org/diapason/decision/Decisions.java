package org.diapason.decision;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.diapason.stats.Logistic;
import org.diapason.volume.RefusedException;

/**
 * The rows of a plan decided by each of its rules.
 *
 * <p>What is learned (the worth of experts, how far they repeat each other, the probability that
 * belongs to what a rule says) is learned on the calibration half alone; the rows that judge were
 * never looked at.
 */
public final class Decisions {
    private final DecisionPlan plan;
    private final Readings readings;
    private final boolean[] calibrating;
    private final Panel panel;
    private final SortedMap<String, Decided> decided = new TreeMap<>();
    private final double[] conflict;

    /**
     * What one rule says.
     *
     * @param score a number that rises with the evidence; NaN where unknown or refused
     * @param probability of the finding, NaN where unknown, refused, or not to be had
     * @param answer of each row
     * @param reason why a row is unknown or refused, else null
     * @param masses belief of each row, null where there is none; empty where the rule has none
     * @param weights of the experts in rows that have all
     * @param calibration how the score became a probability; empty where it is the rule's own
     */
    public record Decided(
            double[] score,
            double[] probability,
            Answer[] answer,
            String[] reason,
            Optional<Mass[]> masses,
            Map<String, Double> weights,
            Optional<Evidence> calibration) {

        /** Returns how many rows have an answer. */
        public int count(Answer wanted) {
            int count = 0;
            for (Answer a : answer) {
                count += a == wanted ? 1 : 0;
            }
            return count;
        }
    }

    private Decisions(DecisionPlan plan, Readings readings, Decisions teacher) {
        this.plan = plan;
        this.readings = readings;
        calibrating = new boolean[readings.size()];
        if (plan.truth().isPresent() && teacher == null) {
            DecisionPlan.Truth truth = plan.truth().get();
            List<String> patients = readings.patients();
            boolean[] chosen =
                    Halves.calibrating(
                            readings.truth().toArray(new Answer[0]),
                            patients.isEmpty() ? null : patients,
                            truth.share(),
                            truth.seed());
            System.arraycopy(chosen, 0, calibrating, 0, chosen.length);
        }
        int[] rows = IntStream.range(0, calibrating.length).filter(r -> calibrating[r]).toArray();
        panel = new Panel(plan, readings, rows, teacher == null ? null : teacher.panel);
        conflict = new double[readings.size()];
    }

    /**
     * Decides all rows.
     *
     * @throws IllegalArgumentException if the plan lacks what a rule needs
     * @throws RefusedException if experts of different findings would be put together, or one is
     *     not calibrated and cannot be
     */
    public static Decisions of(DecisionPlan plan, Readings readings) {
        Decisions all = new Decisions(plan, readings, null);
        plan.rules()
                .forEach(
                        (name, rule) -> {
                            Combined c = rule.over(all.panel);
                            all.decided.put(name, all.decide(c, all.learned(name, c)));
                        });
        all.contradict();
        return all;
    }

    /**
     * Decides other rows by what was learned on these; nothing is learned on the others, whether
     * they have a truth or not. Only reads from this, so that threads may share it.
     */
    public Decisions on(Readings others) {
        Decisions all = new Decisions(plan, others, this);
        plan.rules()
                .forEach(
                        (name, rule) ->
                                all.decided.put(
                                        name,
                                        all.decide(
                                                rule.over(all.panel),
                                                decided.get(name).calibration())));
        all.contradict();
        return all;
    }

    private void contradict() {
        for (int r = 0; r < conflict.length; r++) {
            conflict[r] = conflictOf(r);
        }
    }

    /**
     * Learns the probability that belongs to what a rule says, where there are rows for it; a rule
     * that answers by itself can do without.
     */
    private Optional<Evidence> learned(String name, Combined c) {
        if (!panel.learns()) {
            return Optional.empty();
        }
        EvidenceFit fit = panel.fit("rule " + name, c.score());
        return c.answer().isPresent() && !fit.teaches()
                ? Optional.empty()
                : Optional.of(fit.fitted(false, OptionalDouble.empty(), 0));
    }

    private Decided decide(Combined c, Optional<Evidence> calibration) {
        double[] p = new double[readings.size()];
        Answer[] answers = new Answer[p.length];
        for (int r = 0; r < p.length; r++) {
            int row = r;
            double own = c.probability().map(q -> q[row]).orElse(Double.NaN);
            p[r] =
                    Double.isNaN(c.score()[r])
                            ? Double.NaN
                            : calibration
                                    .map(e -> e.likelihood().of(c.score()[row]) + panel.logPrior())
                                    .map(Logistic::probability)
                                    .orElse(own);
            answers[r] =
                    c.refused()[r]
                            ? Answer.REFUSED
                            : c.answer().isPresent()
                                    ? c.answer().get()[r]
                                    : c.reason()[r] != null
                                            ? Answer.UNKNOWN
                                            : Answer.of(p[r] >= plan.threshold());
        }
        return new Decided(c.score(), p, answers, c.reason(), c.masses(), c.weights(), calibration);
    }

    private double conflictOf(int row) {
        Mass all = Mass.VACUOUS;
        boolean any = false;
        for (String name : panel.learned().keySet()) {
            double ratio = panel.ratios(name)[row];
            if (!Double.isNaN(ratio)) {
                all = all.and(Mass.of(ratio));
                any = true;
            }
        }
        return any ? all.conflict() : Double.NaN;
    }

    /** Returns what every rule says, by its name. */
    public SortedMap<String, Decided> decided() {
        return java.util.Collections.unmodifiableSortedMap(decided);
    }

    /** Returns what the words of the experts are worth that a rule asked for. */
    public SortedMap<String, Evidence> evidence() {
        return panel.learned();
    }

    /** Returns whether a row calibrates. */
    public boolean calibrates(int row) {
        return calibrating[row];
    }

    /** Returns the rows that judge: those with a truth that did not calibrate. */
    public int[] judging() {
        return IntStream.range(0, readings.truth().size())
                .filter(r -> readings.truth().get(r).known() && !calibrating[r])
                .toArray();
    }

    /**
     * Returns how far experts contradict each other in a row: the conflict mass K of their
     * evidence, before any is discounted; NaN where none is heard.
     */
    public double conflict(int row) {
        return conflict[row];
    }

    /** Returns the experts that say nothing in a row. */
    public List<String> missing(int row) {
        return panel.missing(row);
    }

    /** Returns what an expert says, high for the finding; do not write to it. */
    public double[] said(String expert) {
        return panel.said(expert);
    }

    public DecisionPlan plan() {
        return plan;
    }

    public Readings readings() {
        return readings;
    }

    /** Returns the probability of the finding where the decisions hold. */
    public double prior() {
        return Logistic.probability(panel.logPrior());
    }
}
