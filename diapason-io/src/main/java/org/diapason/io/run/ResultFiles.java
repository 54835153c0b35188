package org.diapason.io.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diapason.io.Text;
import org.diapason.io.table.Csv;
import org.diapason.io.table.Tables;
import org.diapason.step.Extractor;
import org.diapason.step.FeatureInfo;
import org.diapason.step.Outcome;
import org.diapason.step.Recipe;
import org.diapason.step.Run;
import org.diapason.step.Trace;
import org.diapason.steps.fuse.FigureNotes;

/**
 * The output folder of a run, but for the images (which the store has put there) and the report.
 *
 * <p>{@code features.csv} is what entered the table operations, {@code features-harmonized.csv}
 * what left them, {@code features-raw.csv} what was measured before anything was harmonized.
 */
public final class ResultFiles {
    private static final List<String> WRITTEN =
            List.of(
                    "features.csv",
                    "features-dictionary.csv",
                    "features-raw.csv",
                    "features-harmonized.csv",
                    "fitted.json",
                    "image-quality.csv",
                    "outcomes.csv",
                    "judgement.json",
                    "run.json",
                    "report.html");

    private ResultFiles() {}

    /**
     * Removes what an earlier run wrote, its images too, so that nothing of it is taken for a
     * result of the next. Whatever else lies in the folder stays.
     */
    public static void remove(Path out) throws IOException {
        Path traces = out.resolve("traces");
        if (Files.isDirectory(traces)) {
            for (Path trace : list(traces, "*.json")) {
                String id = trace.getFileName().toString().replaceFirst("\\.json$", "");
                removeListed(out.resolve("images").resolve(id), "*.nii.gz");
                removeListed(out.resolve("images").resolve(id), "*.png");
                removeListed(out.resolve("transforms").resolve(id), "*.json");
                removeListed(out.resolve("transforms").resolve(id), "*.nii.gz");
            }
        }
        removeListed(traces, "*.json");
        removeListed(out.resolve("images"), "");
        removeListed(out.resolve("transforms"), "");
        removeListed(out.resolve("fitted"), "*.f64");
        for (String name : WRITTEN) {
            Files.deleteIfExists(out.resolve(name));
        }
    }

    /** Removes matching files, and the folder when it is empty then. */
    private static void removeListed(Path folder, String glob) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        for (Path file : glob.isEmpty() ? List.<Path>of() : list(folder, glob)) {
            Files.delete(file);
        }
        if (list(folder, "*").isEmpty()) {
            Files.delete(folder);
        }
    }

    private static List<Path> list(Path folder, String glob) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
            found.forEach(files::add);
        }
        return files;
    }

    /** Writes everything; files of an earlier run are replaced. */
    public static void write(
            Path out,
            Recipe recipe,
            String recipeText,
            CohortFile cohort,
            Run.Result result,
            String version)
            throws IOException {
        boolean json = recipeText.startsWith("{"); // a fitted.json, which is written anew below
        if (!json) {
            Files.writeString(out.resolve("recipe.yaml"), recipeText);
        }
        if (!recipe.features().isEmpty()) {
            Tables.write(out.resolve("features.csv"), result.before());
            dictionary(out.resolve("features-dictionary.csv"), recipe, result);
            if (result.raw().isPresent()) {
                Tables.write(out.resolve("features-raw.csv"), result.raw().get());
            }
            if (result.refusal().isEmpty() && !recipe.table().isEmpty()) {
                Tables.write(out.resolve("features-harmonized.csv"), result.after());
            }
        }
        if (result.fitted().isPresent()) {
            RecipeFile.write(out.resolve("fitted.json"), result.fitted().get(), version);
        }
        outcomes(out.resolve("outcomes.csv"), cohort, result);
        figures(out.resolve("image-quality.csv"), result);
        judgements(out.resolve("judgement.json"), result);
        traces(out, cohort, result, version);
        Files.writeString(out.resolve("run.json"), Json.text(circumstances(cohort)));
    }

    /**
     * What may differ between two runs with the same outcome; {@code replay} reads the root here.
     */
    private static Map<String, Object> circumstances(CohortFile cohort) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("root", cohort.root().toAbsolutePath().normalize().toString());
        fields.put("java", System.getProperty("java.runtime.version"));
        fields.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return fields;
    }

    /** The remark says of which columns the values are no quantity. */
    private static void dictionary(Path file, Recipe recipe, Run.Result result) {
        List<List<String>> rows = new ArrayList<>();
        for (Extractor extractor : recipe.features()) {
            String remark = remark(extractor.image(), result);
            for (FeatureInfo f : extractor.dictionary()) {
                rows.add(List.of(f.column(), f.name(), f.code(), f.unit(), f.settings(), remark));
            }
        }
        Csv.write(file, List.of("column", "name", "ibsi", "unit", "settings", "remark"), rows);
    }

    private static String remark(String image, Run.Result result) {
        return result.traces().values().stream()
                .flatMap(t -> t.children().stream())
                .map(c -> c.notes().get(Recipe.notQuantitative(image)))
                .filter(String.class::isInstance)
                .map(why -> "not quantitative: " + why)
                .findFirst()
                .orElse("");
    }

    /** Figures of images, where a step made any: empty cells where one is not defined. */
    private static void figures(Path file, Run.Result result) {
        List<List<String>> rows = new ArrayList<>();
        result.traces()
                .forEach(
                        (exam, trace) ->
                                FigureNotes.of(exam, trace)
                                        .forEach(
                                                r ->
                                                        rows.add(
                                                                List.of(
                                                                        exam,
                                                                        r.step(),
                                                                        r.image(),
                                                                        r.beside(),
                                                                        r.metric().label(),
                                                                        Text.of(r.value()),
                                                                        r.metric().better().word(),
                                                                        r.metric().unit(),
                                                                        Text.of(r.low()),
                                                                        Text.of(r.high()),
                                                                        r.reason(),
                                                                        r.note()))));
        if (!rows.isEmpty()) {
            Csv.write(
                    file,
                    List.of(
                            "exam", "step", "image", "beside", "metric", "value", "better", "unit",
                            "low", "high", "reason", "note"),
                    rows);
        }
    }

    /** The learner that refused is the last that the trace of the cohort knows. */
    private static String refusing(Run.Result result) {
        List<Trace> learners = result.cohortTrace().children();
        return learners.isEmpty() ? "" : learners.get(learners.size() - 1).name();
    }

    private static void outcomes(Path file, CohortFile cohort, Run.Result result) {
        List<List<String>> rows = new ArrayList<>();
        result.refusal().ifPresent(r -> rows.add(List.of("*", "refused", refusing(result), "", r)));
        result.outcomes()
                .forEach(
                        (id, outcome) -> {
                            if (outcome instanceof Outcome.Refused r) {
                                rows.add(
                                        List.of(
                                                id,
                                                "refused",
                                                r.operation(),
                                                cohort.files(id),
                                                r.reason()));
                            } else if (outcome instanceof Outcome.Failed f) {
                                String at = f.file().isEmpty() ? cohort.files(id) : f.file();
                                rows.add(List.of(id, "failed", f.operation(), at, f.reason()));
                            } else {
                                rows.add(List.of(id, "done", "", "", ""));
                            }
                        });
        Csv.write(file, List.of("exam", "status", "operation", "file", "reason"), rows);
    }

    private static void judgements(Path file, Run.Result result) throws IOException {
        List<Object> all = new ArrayList<>();
        result.judgements()
                .forEach(
                        j -> {
                            Map<String, Object> fields = new LinkedHashMap<>();
                            fields.put("verdict", j.verdict().text());
                            fields.put("reasons", j.reasons());
                            fields.put("figures", j.figures());
                            fields.put("columns", j.table().columns());
                            Map<String, Object> rows = new LinkedHashMap<>();
                            for (int r = 0; r < j.table().names().size(); r++) {
                                rows.put(j.table().names().get(r), list(j.table().rows().get(r)));
                            }
                            fields.put("rows", rows);
                            all.add(fields);
                        });
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("judgements", all);
        fields.put("cohort", TraceFile.write(result.cohortTrace()));
        Files.writeString(file, Json.text(fields));
    }

    private static List<Double> list(double[] values) {
        List<Double> list = new ArrayList<>();
        for (double v : values) {
            list.add(v);
        }
        return list;
    }

    private static void traces(Path out, CohortFile cohort, Run.Result result, String version)
            throws IOException {
        Path folder = Files.createDirectories(out.resolve("traces"));
        Path fitted = out.resolve("fitted.json");
        String hash = Files.exists(fitted) ? RecipeFile.hash(fitted) : "";
        for (Map.Entry<String, Outcome> e : result.outcomes().entrySet()) {
            if (!(e.getValue() instanceof Outcome.Done)) {
                continue;
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("diapason", version);
            fields.put("exam", e.getKey());
            fields.put("fitted", "../fitted.json");
            fields.put("fitted-sha256", hash);
            fields.put("row", cohort.row(e.getKey()));
            fields.put("trace", TraceFile.write(result.traces().get(e.getKey())));
            Files.writeString(folder.resolve(e.getKey() + ".json"), Json.text(fields));
        }
    }
}
