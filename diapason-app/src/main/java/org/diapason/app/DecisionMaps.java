package org.diapason.app;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.decision.Answer;
import org.diapason.decision.DecisionPlan;
import org.diapason.decision.Decisions;
import org.diapason.decision.Readings;
import org.diapason.decision.Row;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.math.Parallel;
import org.diapason.step.Spelling;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Experts that speak voxel by voxel: a map of probabilities, scores or labels (1 and 0) each, on
 * one grid; NaN where one says nothing. Slices are decided one by one, so that memory holds the
 * maps and a few slices.
 */
final class DecisionMaps {
    private final DecisionPlan plan;
    private final String rule;
    private final SortedMap<String, float[]> maps = new TreeMap<>();
    private final Geometry grid;
    private final float[] probability;
    private final float[] answer;
    private final float[] conflict;
    private final int[][] counts;

    /**
     * Reads the maps.
     *
     * @param files of maps by the names of experts, or of what a rule compares
     * @throws IllegalArgumentException if an expert has no map, or the rule is not there
     * @throws DataException if the maps are not on one grid
     */
    DecisionMaps(DecisionPlan plan, Map<String, Path> files, String asked) {
        this.plan = plan;
        rule = rule(plan, asked);
        for (String name : plan.experts().keySet()) {
            if (!files.containsKey(name)) {
                throw new IllegalArgumentException(
                        "--maps has no map of the expert "
                                + name
                                + "; add "
                                + name
                                + "=FILE, or take the expert out of the plan");
            }
        }
        DecisionNames.check(plan, files.keySet(), "map");
        Geometry first = null;
        for (Map.Entry<String, Path> file : new TreeMap<>(files).entrySet()) {
            Volume map = Images.read(file.getValue()).volume();
            first = first == null ? map.geometry() : first;
            if (!map.geometry().isClose(first, 1e-3)) {
                throw new DataException(
                        InputFile.name(file.getValue())
                                + ": lies on another grid than the map before it. Bring the maps to"
                                + " one grid: diapason warp.");
            }
            maps.put(file.getKey(), map.values());
        }
        grid = first;
        probability = new float[grid.voxels()];
        answer = new float[grid.voxels()];
        conflict = new float[grid.voxels()];
        counts = new int[grid.nk()][];
    }

    private static String rule(DecisionPlan plan, String asked) {
        if (asked == null && plan.rules().size() == 1) {
            return plan.rules().firstKey();
        }
        if (asked == null || !plan.rules().containsKey(asked)) {
            throw new IllegalArgumentException(
                    asked == null
                            ? "maps are decided by one rule; say which: --rule "
                                    + String.join(" or ", plan.rules().keySet())
                            : "--rule "
                                    + asked
                                    + ": there is no such rule; "
                                    + Spelling.hint(asked, plan.rules().keySet()));
        }
        return asked;
    }

    /**
     * Decides every voxel.
     *
     * @param learned what a table taught; null where everything is stated
     */
    void decide(Decisions learned) {
        int slice = grid.ni() * grid.nj();
        Parallel.forEach(
                grid.nk(),
                k -> {
                    Readings voxels = readings(k * slice, slice);
                    Decisions d =
                            learned == null ? Decisions.of(only(), voxels) : learned.on(voxels);
                    keep(d, k * slice, k);
                });
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
            boolean label = plan.experts().get(name) instanceof org.diapason.decision.Expert.Label;
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

    private boolean probable() {
        for (float p : probability) {
            if (!Float.isNaN(p)) {
                return true;
            }
        }
        return false;
    }

    /** Writes the probability, or the answers of a rule that has none; beside it the rest. */
    void write(Path out) {
        put(out, probable() ? probability : answer);
        put(Outputs.named(out, ".answer"), answer);
        put(Outputs.named(out, ".conflict"), conflict);
    }

    private void put(Path file, float[] values) {
        Images.write(file, Image.of(Volume.of(grid, values, Quantity.UNKNOWN)));
    }

    private int count(int which) {
        return Arrays.stream(counts).mapToInt(c -> c[which]).sum();
    }

    /** Returns how many voxels have which answer. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rule", rule);
        fields.put("voxels", grid.voxels());
        for (Answer a : Answer.values()) {
            fields.put(a.word(), count(a.ordinal()));
        }
        fields.put("conflicting", count(Answer.values().length));
        return fields;
    }

    String line() {
        StringBuilder text = new StringBuilder("rule " + rule + ", " + grid.voxels() + " voxels: ");
        for (Answer a : Answer.values()) {
            text.append(count(a.ordinal())).append(' ').append(a.word()).append(", ");
        }
        return text + "in " + count(Answer.values().length) + " experts conflict";
    }

    boolean refused() {
        return count(Answer.REFUSED.ordinal()) > 0;
    }
}
