package org.diapason.steps.fuse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.diapason.decision.Answer;
import org.diapason.decision.DecidedMaps;
import org.diapason.decision.DecisionNames;
import org.diapason.decision.DecisionPlan;
import org.diapason.step.Recipe;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Puts together, voxel by voxel, what several maps of an exam say of one finding (probabilities or
 * labels of models, say): by Bayes, votes, belief or a rule in words.
 *
 * <p>Everything is stated in the plan, since an exam has no truth to learn from: the sensitivity
 * and specificity of labels, and of probabilities the prior and where their calibration was shown.
 * What is to be learned from a table is for the command, {@code diapason decide --cohort --maps}.
 *
 * <p>Refused: maps on several grids, or that carry a transform which no grid step has applied;
 * labels that are neither 1 nor 0; names that are taken.
 *
 * @param maps by the names of experts, and of what a rule compares: the names of images
 * @param plan the finding, the experts and the rules
 * @param rule which rule, where the plan has several
 * @param into name of the map of the probability, or of the answers of a rule that has none
 * @param mask name of a mask of the voxels whose answer is yes; without it there is none
 */
public record Decide(
        SortedMap<String, String> maps,
        DecisionPlan plan,
        Optional<String> rule,
        String into,
        Optional<String> mask)
        implements Step<Exam> {
    private static final double SAME_GRID_VOXELS = 1e-3;

    public Decide {
        maps = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(maps));
        if (maps.isEmpty()) {
            throw new IllegalArgumentException(
                    "maps must name an image of each expert, as in maps: {pet: pet-probability}");
        }
        maps.values().forEach(name -> Inputs.requirePlain("maps", name));
        Inputs.requireNew("into", into, List.copyOf(maps.values()));
        mask.ifPresent(name -> Inputs.requirePlain("mask", name));
        if (plan.truth().isPresent()) {
            throw new IllegalArgumentException(
                    "the plan learns from the column \""
                            + plan.truth().get().column()
                            + "\", and maps of an exam have none. State what each expert is worth"
                            + " and leave truth out, or use diapason decide with --cohort and"
                            + " --maps");
        }
        List<String> without = DecidedMaps.without(plan, maps);
        if (!without.isEmpty()) {
            throw new IllegalArgumentException(
                    "maps has no image of the expert "
                            + without.get(0)
                            + "; add it, or take the expert out of the plan");
        }
        DecisionNames.check(plan, maps.keySet(), "map");
        DecidedMaps.rule(plan, rule);
    }

    @Override
    public Set<String> images() {
        return new TreeSet<>(maps.values());
    }

    @Override
    public Set<String> madeMasks() {
        return mask.map(Set::of).orElse(Set.of());
    }

    @Override
    public Optional<String> source(String made) {
        return made.equals(into) ? Optional.of(maps.get(maps.firstKey())) : Optional.empty();
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        Inputs.requireFree(exam, into);
        mask.ifPresent(m -> Inputs.requireFree(exam, "a mask", m, exam.masks(), "mask"));
        Inputs from = new Inputs("decide", List.copyOf(maps.values()));
        List<Volume> volumes = from.volumes(exam);
        Geometry grid = volumes.get(0).geometry();
        SortedMap<String, float[]> said = new TreeMap<>();
        List<String> names = new ArrayList<>(maps.keySet());
        try {
            for (int n = 0; n < names.size(); n++) {
                if (!grid.isClose(volumes.get(n).geometry(), SAME_GRID_VOXELS)) {
                    throw new RefusedException(
                            "image "
                                    + maps.get(names.get(n))
                                    + " lies on another grid than "
                                    + maps.get(names.get(0))
                                    + ". Put common-grid before decide.");
                }
                said.put(names.get(n), volumes.get(n).values());
            }
            String by = DecidedMaps.rule(plan, rule);
            DecidedMaps decided = DecidedMaps.of(plan, by, said, grid.nk(), Optional.empty());
            requireUsable(decided);
            note(decided, trace);
            return decided(exam, from, grid, decided);
        } catch (RefusedException | IllegalArgumentException e) {
            throw new RefusedException("exam " + exam.id() + ": " + e.getMessage());
        }
    }

    private static void requireUsable(DecidedMaps decided) {
        int refused = decided.count(Answer.REFUSED);
        if (refused > 0) {
            throw new RefusedException(
                    refused
                            + " voxels cannot be decided: an expert that says yes or no says"
                            + " neither 1 nor 0 there. Give labels as 1, 0 and NaN.");
        }
    }

    private void note(DecidedMaps decided, Trace trace) {
        trace.note(into + ".finding", plan.finding());
        trace.note(into + ".rule", decided.rule());
        for (Answer a : List.of(Answer.YES, Answer.NO, Answer.UNKNOWN)) {
            trace.note(into + "." + a.word(), decided.count(a));
        }
        trace.note(into + ".conflicting", decided.conflicting());
        trace.note(
                Recipe.notQuantitative(into),
                (decided.probable() ? "the probability of \"" : "an answer on \"")
                        + plan.finding()
                        + "\"");
    }

    private Exam decided(Exam exam, Inputs from, Geometry grid, DecidedMaps decided) {
        float[] values = decided.probable() ? decided.probability() : decided.answer();
        Exam after = from.with(exam, into, Volume.of(grid, values, Quantity.UNKNOWN));
        if (mask.isEmpty()) {
            return after;
        }
        boolean[] yes = new boolean[values.length];
        for (int v = 0; v < yes.length; v++) {
            yes[v] = decided.answer()[v] == 1;
        }
        SortedMap<String, Mask> masks = new TreeMap<>(after.masks());
        masks.put(mask.get(), Mask.of(grid, yes));
        return after.withMasks(masks);
    }
}
