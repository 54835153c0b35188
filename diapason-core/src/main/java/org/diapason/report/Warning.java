package org.diapason.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.step.Recipe;
import org.diapason.step.Run;
import org.diapason.step.Trace;
import org.diapason.steps.resolution.CoarsestFwhm;
import org.diapason.steps.resolution.MatchFwhm;
import org.diapason.steps.resolution.ResolutionPlan;

/**
 * A warning, with all that differ from it only in numbers and the name of the exam.
 *
 * @param operation who warned
 * @param message the first of them, as it was written
 * @param exams the exams it was said of; empty where it was said of the cohort
 * @param count how often it was said
 */
public record Warning(String operation, String message, List<String> exams, long count) {
    private static final String UNMATCHED =
            "resolution was not matched: the recipe has no resolution step, so each image keeps the"
                    + " sharpness of its scanner, and texture follows it.";

    static List<Warning> of(Recipe recipe, Run.Result result) {
        Map<String, List<String[]>> groups = new LinkedHashMap<>();
        collect(result.cohortTrace(), "", "", groups);
        result.traces().forEach((exam, trace) -> collect(trace, exam, "", groups));
        List<Warning> warnings = new ArrayList<>();
        unmatched(recipe).ifPresent(warnings::add);
        groups.values()
                .forEach(
                        said ->
                                warnings.add(
                                        new Warning(
                                                said.get(0)[1],
                                                said.get(0)[2],
                                                said.stream()
                                                        .map(s -> s[0])
                                                        .filter(e -> !e.isEmpty())
                                                        .distinct()
                                                        .toList(),
                                                said.size())));
        return warnings;
    }

    /** Returns what a recipe leaves undone that a reader would take for done. */
    static Optional<Warning> unmatched(Recipe recipe) {
        boolean matched =
                recipe.images().stream()
                        .anyMatch(
                                o ->
                                        o instanceof MatchFwhm
                                                || o instanceof CoarsestFwhm
                                                || o instanceof ResolutionPlan);
        return matched || recipe.features().isEmpty()
                ? Optional.empty()
                : Optional.of(new Warning("recipe", UNMATCHED, List.of(), 1));
    }

    private static void collect(
            Trace trace, String exam, String operation, Map<String, List<String[]>> groups) {
        for (String message : trace.warnings()) {
            String alike = exam.isEmpty() ? message : message.replace(exam, "…");
            String key = operation + "\n" + alike.replaceAll("[−-]?[0-9]+([.,][0-9]+)?", "#");
            groups.computeIfAbsent(key, k -> new ArrayList<>())
                    .add(new String[] {exam, operation, message});
        }
        for (Trace child : trace.children()) {
            collect(child, exam, child.name(), groups);
        }
    }
}
