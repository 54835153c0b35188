package org.diapason.decision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.math.Parallel;
import org.diapason.step.Spelling;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Voxels that a plan decides where experts speak voxel by voxel: a map of probabilities, scores or
 * labels (1 and 0) each, on one grid; NaN where one says nothing. Slices are decided one by one, so
 * that memory holds the maps and a few slices. Same bits on any number of threads.
 */
public final class DecidedMaps {
    private final DecisionPlan plan;
    private final String rule;
    private final SortedMap<String, float[]> maps;
    private final float[] probability;
    private final float[] answer;
    private final float[] conflict;
    private final int[][] counts;

    private DecidedMaps(
            DecisionPlan plan, String rule, SortedMap<String, float[]> maps, int slices) {
        this.plan = plan;
        this.rule = rule;
        this.maps = maps;
        int size = maps.get(maps.firstKey()).length;
        probability = new float[size];
        answer = new float[size];
        conflict = new float[size];
        counts = new int[slices][];
    }

    /**
     * Returns the rule that decides maps.
     *
     * @param asked its name; may be left out where the plan has one rule
     * @throws IllegalArgumentException if there is none of that name, or several and none was asked
     *     for
     */
    public static String rule(DecisionPlan plan, Optional<String> asked) {
        List<String> known = List.copyOf(plan.rules().keySet());
        if (asked.isEmpty() && known.size() == 1) {
            return known.get(0);
        }
        if (asked.isEmpty()) {
            throw new IllegalArgumentException(
                    "maps are decided by one rule; say which: --rule "
                            + String.join(" or ", known));
        }
        if (!known.contains(asked.get())) {
            throw new IllegalArgumentException(
                    "--rule "
                            + asked.get()
                            + ": there is no such rule; "
                            + Spelling.hint(asked.get(), known));
        }
        return asked.get();
    }

    /** Returns the experts of a plan that have no map among those of these names. */
    public static List<String> without(DecisionPlan plan, Map<String, ?> maps) {
        List<String> without = new ArrayList<>(plan.experts().keySet());
        without.removeAll(maps.keySet());
        return without;
    }

    /**
     * Decides every voxel.
     *
     * @param rule its name in the plan
     * @param maps by the names of experts, and of what a rule compares; of one size, kept: do not
     *     write to them
     * @param slices how many slices a map has
     * @param learned what a table taught; empty where everything is stated
     */
    public static DecidedMaps of(
            DecisionPlan plan,
            String rule,
            SortedMap<String, float[]> maps,
            int slices,
            Optional<Decisions> learned) {
        DecidedMaps all = new DecidedMaps(plan, rule, maps, slices);
        int slice = all.answer.length / slices;
        DecisionPlan only = all.only();
        Parallel.forEach(
                slices,
                k -> {
                    Readings voxels = all.readings(k * slice, slice);
                    Decisions d =
                            learned.map(l -> l.on(voxels))
                                    .orElseGet(() -> Decisions.of(only, voxels));
                    all.keep(d, k * slice, k);
                });
        return all;
    }

    /** The plan with the one rule that is asked for. */
    private DecisionPlan only() {
        return new DecisionPlan(
                plan.finding(),
                plan.truth(),
                plan.prior(),
                plan.threshold(),
                plan.conflict(),
                plan.experts(),
                new TreeMap<>(Map.of(rule, plan.rules().get(rule))));
    }

    private Readings readings(int from, int size) {
        Map<String, double[]> said = new HashMap<>();
        Map<String, String[]> problems = new HashMap<>();
        for (String name : plan.experts().keySet()) {
            float[] map = maps.get(name);
            double[] own = new double[size];
            String[] why = new String[size];
            boolean label = plan.experts().get(name) instanceof Expert.Label;
            for (int v = 0; v < size; v++) {
                own[v] = map[from + v];
                why[v] = label ? problem(own[v]) : null;
            }
            said.put(name, own);
            problems.put(name, why);
        }
        return new Readings(size, said, problems, List.of(), List.of(), v -> new Voxel(from + v));
    }

    private static String problem(double label) {
        return Double.isNaN(label) || label == 0 || label == 1
                ? null
                : "says " + Numbers.plain(label) + ", which is neither 1 nor 0";
    }

    /** A voxel by the names of the maps. */
    private final class Voxel implements Row {
        private final int at;

        Voxel(int at) {
            this.at = at;
        }

        @Override
        public double number(String name) {
            return maps.get(name)[at];
        }

        @Override
        public String text(String name) {
            return "";
        }

        @Override
        public Answer answer(String name) {
            double label = number(name);
            String why = problem(label);
            if (why != null) {
                throw new RefusedException(name + " " + why);
            }
            return Double.isNaN(label) ? Answer.UNKNOWN : Answer.of(label == 1);
        }
    }

    private void keep(Decisions d, int from, int k) {
        Decisions.Decided own = d.decided().get(rule);
        counts[k] = new int[Answer.values().length + 1];
        for (int v = 0; v < own.answer().length; v++) {
            Answer a = own.answer()[v];
            answer[from + v] = a.known() ? a == Answer.YES ? 1 : 0 : Float.NaN;
            probability[from + v] = (float) own.probability()[v];
            conflict[from + v] = (float) d.conflict(v);
            counts[k][a.ordinal()]++;
            counts[k][Answer.values().length] += d.conflict(v) >= plan.conflict() ? 1 : 0;
        }
    }

    /** Says whether the rule gives a probability anywhere. */
    public boolean probable() {
        for (float p : probability) {
            if (!Float.isNaN(p)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the rule that decided. */
    public String rule() {
        return rule;
    }

    /** Returns the probability of the finding, NaN where it is not to be had; not a copy. */
    public float[] probability() {
        return probability;
    }

    /** Returns 1 for yes, 0 for no, NaN for unknown and refused; not a copy. */
    public float[] answer() {
        return answer;
    }

    /** Returns how far experts contradict each other, NaN where none is heard; not a copy. */
    public float[] conflict() {
        return conflict;
    }

    /** Returns how many voxels have an answer. */
    public int count(Answer answer) {
        return sum(answer.ordinal());
    }

    /** Returns in how many voxels experts conflict. */
    public int conflicting() {
        return sum(Answer.values().length);
    }

    private int sum(int which) {
        return Arrays.stream(counts).mapToInt(c -> c[which]).sum();
    }
}
