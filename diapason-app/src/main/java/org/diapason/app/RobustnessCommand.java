package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.diapason.catalogue.Settings;
import org.diapason.io.Text;
import org.diapason.io.run.CohortFile;
import org.diapason.io.run.RecipeFile;
import org.diapason.io.run.TreeFile;
import org.diapason.io.table.Csv;
import org.diapason.io.table.Tables;
import org.diapason.judge.Repeatability;
import org.diapason.stats.Icc;
import org.diapason.step.Cohort;
import org.diapason.step.Fold;
import org.diapason.step.Operation;
import org.diapason.step.Recipe;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.steps.perturb.Perturb;
import org.diapason.steps.perturb.Perturbations;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code diapason robustness}: which features bear a second scan, another grid or contour. */
@Command(
        name = "robustness",
        description =
                "Write one table, a row per feature: the intraclass correlation with its interval of"
                        + " 95 % under perturbations of the exams, between scans of the same subjects,"
                        + " and both after harmonization.",
        footer = {
            "",
            "Perturbations: --cohort, --recipe and --perturb. Where the recipe is the fitted.json of a"
                    + " run with a table part, also after it.",
            "Test and retest: --table features.csv of a run and --subject, a column of it;"
                    + " --harmonized features-harmonized.csv for after.",
            "Example: diapason robustness --cohort cohort.csv --recipe recipe.yaml --out icc.csv"
                    + " --perturb '{mask: gtv, noise-sd: 5, shift-voxels: 0.5, rotation-degrees: 4}'"
        })
final class RobustnessCommand implements Callable<Integer> {
    private static final int LEAST_REPEATS = 2;

    @Option(names = "--cohort", paramLabel = "CSV", description = "The cohort table.")
    Path cohort;

    @Option(
            names = "--recipe",
            paramLabel = "RECIPE",
            description =
                    "What is measured: a recipe without learners under images, or fitted.json.")
    Path recipe;

    @Option(
            names = "--perturb",
            paramLabel = "SETTINGS",
            description = "Settings of the method perturb in braces (diapason methods perturb).")
    String perturb;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            description = "Perturbations of each exam; at least 2. Default: 10.")
    int repeats = 10;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "Where relative paths start. Default: the folder of the cohort table.")
    Path root;

    @Option(
            names = "--table",
            paramLabel = "CSV",
            description = "A feature table with several rows per subject.")
    Path table;

    @Option(
            names = "--harmonized",
            paramLabel = "CSV",
            description = "The same table after harmonization.")
    Path harmonized;

    @Option(
            names = "--subject",
            paramLabel = "COLUMN",
            description = "The column that says whose rows are repeats of each other.")
    String subject;

    @Option(
            names = "--covariates",
            paramLabel = "COLUMNS",
            split = ",",
            description =
                    "Columns of numbers that are no features, with commas between. Columns of text"
                            + " never are.")
    List<String> covariates = new ArrayList<>();

    @Option(
            names = "--form",
            paramLabel = "F",
            description =
                    "one-way ICC(1,1), agreement ICC(2,1) or consistency ICC(3,1). Default: one-way.")
    String form = "one-way";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "CSV",
            description = "The table to write.")
    Path out;

    @Mixin Common common = new Common();

    private final Map<String, Map<String, Icc>> columns = new LinkedHashMap<>();
    private int left;

    @Override
    public Integer call() {
        common.start();
        Icc.Form how = checked();
        if (perturb != null) {
            perturbations(how);
        }
        if (table != null) {
            columns.put("retest", retest(table, how));
        }
        if (harmonized != null) {
            columns.put("harmonized_retest", retest(harmonized, how));
        }
        write();
        columns.forEach((name, found) -> System.out.println(name + ": " + grades(found)));
        return left == 0 ? CommandLines.DONE : CommandLines.NOT_ALL;
    }

    private Icc.Form checked() {
        if (perturb == null && table == null) {
            throw new IllegalArgumentException(
                    "give --perturb with --cohort and --recipe, or --table with --subject, or both.");
        }
        if (perturb != null && (cohort == null || recipe == null)) {
            throw new IllegalArgumentException("--perturb needs --cohort and --recipe.");
        }
        if (table != null && subject == null) {
            throw new IllegalArgumentException(
                    "--table needs --subject, the column that says whose rows are repeats.");
        }
        if (harmonized != null && table == null) {
            throw new IllegalArgumentException(
                    "--harmonized is compared with --table, which is missing.");
        }
        if (repeats < LEAST_REPEATS) {
            throw new IllegalArgumentException("--repeats must be at least 2, got " + repeats);
        }
        for (Icc.Form known : Icc.Form.values()) {
            if (word(known).equals(form)) {
                return known;
            }
        }
        throw new IllegalArgumentException(
                "--form needs one-way, agreement or consistency, got \"" + form + "\"");
    }

    private static String word(Icc.Form form) {
        return form.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void perturbations(Icc.Form how) {
        Perturb settings = Settings.read(Perturb.class, TreeFile.parse("--perturb", perturb));
        Recipe read = RecipeFile.read(recipe);
        CohortFile file = CohortFile.read(cohort, root);
        file.check(read);
        Cohort<Exam> exams = file.of(read);
        List<FeatureTable> tables = new ArrayList<>();
        for (String id : exams.ids()) {
            try {
                tables.add(Perturbations.of(exams.open(id), read, settings, repeats, read.seed()));
            } catch (DataException | RefusedException e) {
                left++;
                System.err.println("left out: " + e.getMessage());
            }
        }
        if (tables.isEmpty()) {
            throw new DataException("no exam of the cohort could be measured.");
        }
        FeatureTable all = FeatureTable.concat(tables);
        columns.put("perturbation", Repeatability.of(all, all::exam, how));
        if (read.table().isEmpty()) {
            return;
        }
        List<Step<FeatureTable>> steps = new ArrayList<>();
        for (Operation<FeatureTable> operation : read.table()) {
            if (!(operation instanceof Step<FeatureTable> step)) {
                System.err.println(
                        "note: the table part of the recipe is not applied, it has to be learned. Give"
                                + " the fitted.json of a run to see its effect.");
                return;
            }
            steps.add(step);
        }
        FeatureTable after = Fold.apply(steps, all, new Trace("*", read.seed()));
        columns.put("harmonized_perturbation", Repeatability.of(after, after::exam, how));
    }

    private Map<String, Icc> retest(Path file, Icc.Form how) {
        Csv csv = Csv.read(file);
        if (!csv.header().contains(subject)) {
            throw new IllegalArgumentException(
                    "--subject " + subject + ": " + csv.name() + " has no such column.");
        }
        Set<String> texts = new TreeSet<>(covariates);
        texts.add(subject);
        for (int c = 0; c < csv.header().size(); c++) {
            for (Csv.Row row : csv.rows()) {
                String cell = row.cells().get(c);
                if (!Tables.MISSING.contains(cell) && !cell.matches("[-+0-9.].*|-?Infinity")) {
                    texts.add(csv.header().get(c));
                    break;
                }
            }
        }
        FeatureTable read = Tables.read(file, texts);
        return Repeatability.of(read, r -> read.covariate(r, subject), how);
    }

    private void write() {
        Set<String> features = new LinkedHashSet<>();
        columns.values().forEach(found -> features.addAll(found.keySet()));
        List<String> header = new ArrayList<>(List.of("feature"));
        for (String name : columns.keySet()) {
            for (String part : List.of("icc", "low", "high", "class", "subjects", "repeats")) {
                header.add(name + "_" + part);
            }
        }
        List<List<String>> rows = new ArrayList<>();
        for (String feature : features) {
            List<String> row = new ArrayList<>(List.of(feature));
            for (Map<String, Icc> found : columns.values()) {
                Icc icc = found.get(feature);
                row.addAll(icc == null ? List.of("", "", "", "", "", "") : cells(icc));
            }
            rows.add(row);
        }
        Csv.write(out, header, rows);
    }

    private static List<String> cells(Icc icc) {
        return List.of(
                Text.of(icc.value()),
                Text.of(icc.low()),
                Text.of(icc.high()),
                icc.grade(),
                String.valueOf(icc.subjects()),
                String.valueOf(icc.repeats()));
    }

    private static String grades(Map<String, Icc> found) {
        Map<String, Integer> counts = new TreeMap<>();
        found.values()
                .forEach(
                        icc ->
                                counts.merge(
                                        icc.grade().isEmpty() ? "undefined" : icc.grade(),
                                        1,
                                        Integer::sum));
        List<String> words = new ArrayList<>();
        for (String grade : List.of("excellent", "good", "moderate", "poor", "undefined")) {
            if (counts.containsKey(grade)) {
                words.add(counts.get(grade) + " " + grade);
            }
        }
        return String.join(", ", words);
    }
}
