package org.diapason.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.catalogue.Help;
import org.diapason.catalogue.Settings;
import org.diapason.step.Learner;
import org.diapason.step.Names;
import org.diapason.step.Recipe;
import org.diapason.step.Run;
import org.diapason.step.Trace;

/**
 * One operation of the run with its settings and the numbers it decided.
 *
 * @param station images, features, table or judge
 * @param name its name in recipes
 * @param learned name of the step it learned; empty where it learned none
 * @param summary what it does, one sentence; may be empty
 * @param learnedSummary what the learned step does; may be empty
 * @param settings what the recipe says: texts, numbers, truth values, lists and maps
 * @param fromCohort what was decided once, from the whole cohort
 * @param fromExams what was decided for each exam
 * @param references the sources it names
 */
public record OperationSummary(
        String station,
        String name,
        String learned,
        String summary,
        String learnedSummary,
        Map<String, Object> settings,
        List<Decided> fromCohort,
        List<Decided> fromExams,
        List<String> references) {

    static List<OperationSummary> of(Recipe recipe, Run.Result result, Batches batches) {
        Walk walk = new Walk(result, batches.ofExam());
        List<?> images = result.fitted().<List<?>>map(Recipe::images).orElse(List.of());
        List<?> table = result.fitted().<List<?>>map(Recipe::table).orElse(List.of());
        List<OperationSummary> all = new ArrayList<>();
        all.addAll(walk.station("images", recipe.images(), images));
        all.addAll(walk.station("features", recipe.features(), List.of()));
        all.addAll(walk.station("table", recipe.table(), table));
        all.addAll(walk.station("judge", recipe.judge(), List.of()));
        return all;
    }

    /** Finds the traces of operations; the n-th operation of a name has the n-th trace of it. */
    private static final class Walk {
        private final Run.Result result;
        private final Map<String, String> batchOfExam;
        private final Map<String, Integer> seen = new HashMap<>();
        private final Map<String, Integer> seenInCohort = new HashMap<>();

        Walk(Run.Result result, Map<String, String> batchOfExam) {
            this.result = result;
            this.batchOfExam = batchOfExam;
        }

        List<OperationSummary> station(String station, List<?> written, List<?> fitted) {
            List<OperationSummary> all = new ArrayList<>();
            for (int n = 0; n < written.size(); n++) {
                Object operation = written.get(n);
                Object step = n < fitted.size() ? fitted.get(n) : operation;
                boolean learns = operation instanceof Learner;
                boolean applied = !(step instanceof Learner) && !station.equals("judge");
                boolean cohort = learns || station.equals("judge");
                List<String> references = new ArrayList<>(references(operation));
                references.addAll(step == operation ? List.of() : references(step));
                all.add(
                        new OperationSummary(
                                station,
                                Names.of(operation),
                                step == operation ? "" : Names.of(step),
                                Help.of(operation.getClass()).summary(),
                                step == operation ? "" : Help.of(step.getClass()).summary(),
                                operation instanceof Record
                                        ? asTyped(Settings.write(operation))
                                        : new LinkedHashMap<>(),
                                cohort ? cohort(Names.of(operation)) : List.of(),
                                applied ? exams(Names.of(step)) : List.of(),
                                references.stream().distinct().toList()));
            }
            return all;
        }

        /** Names as they stand in a recipe. */
        private static Map<String, Object> asTyped(Map<String, Object> settings) {
            Map<String, Object> typed = new LinkedHashMap<>();
            settings.forEach((name, value) -> typed.put(Names.kebab(name), value));
            return typed;
        }

        private static List<String> references(Object operation) {
            return Help.of(operation.getClass()).references();
        }

        private List<Decided> cohort(String name) {
            int place = seenInCohort.merge(name, 1, Integer::sum) - 1;
            Map<String, Trace> found = new TreeMap<>();
            nth(result.cohortTrace(), name, place, "cohort", found);
            return Decided.of(found, Map.of());
        }

        private List<Decided> exams(String name) {
            int place = seen.merge(name, 1, Integer::sum) - 1;
            SortedMap<String, Trace> found = new TreeMap<>();
            result.traces().forEach((exam, trace) -> nth(trace, name, place, exam, found));
            return Decided.of(found, batchOfExam);
        }

        private static void nth(
                Trace trace, String name, int place, String key, Map<String, Trace> into) {
            trace.children().stream()
                    .filter(c -> c.name().equals(name))
                    .skip(place)
                    .findFirst()
                    .ifPresent(c -> into.put(key, c));
        }
    }
}
