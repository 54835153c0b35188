package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.diapason.catalogue.Settings;
import org.diapason.io.run.CohortFile;
import org.diapason.io.run.RecipeFile;
import org.diapason.io.run.TreeFile;
import org.diapason.judge.Repeatability;
import org.diapason.stats.Icc;
import org.diapason.step.Extractor;
import org.diapason.step.Recipe;
import org.diapason.step.Spelling;
import org.diapason.steps.perturb.Perturb;
import org.diapason.volume.FeatureTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason robustness}: which features bear a second scan, another grid or contour. */
@Command(
        name = "robustness",
        description =
                "Write one table, a row per feature: the intraclass correlation with its interval of"
                        + " 95 %% under perturbations of the exams, between scans of the same subjects,"
                        + " and both after harmonization.",
        footer = {
            "",
            "With the folder of a run as RUN, its tables, its fitted recipe and its exams are taken:",
            "  diapason robustness out/ --subject patient --out icc.csv",
            "  diapason robustness out/ --perturb '{mask: gtv, noise-sd: 5, shift-voxels: 0.5}' --out icc.csv",
            "Without: --cohort, --recipe and --perturb; --table features.csv, --subject and, for after,"
                    + " --harmonized features-harmonized.csv.",
            "Classes, by the lower end of the interval: poor < 0.5 ≤ moderate < 0.75 ≤ good < 0.9 ≤"
                    + " excellent.",
            "Settings of --perturb: diapason methods perturb"
        })
final class RobustnessCommand implements Callable<Integer> {
    private static final int LEAST_REPEATS = 2;

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "The output folder of a run. What is not given is taken from it.")
    Path run;

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

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    private final RobustnessTable robustness = new RobustnessTable();
    private int left;

    @Override
    public Integer call() throws IOException {
        common.start();
        if (run != null) {
            takeFromRun(new RunFolder(run));
        }
        Icc.Form how = checked();
        if (perturb != null) {
            perturbations(how);
        }
        Retest retest = new Retest(subject, covariates, how);
        if (table != null) {
            robustness.put("retest", retest.of(table, RobustnessCommand::note));
        }
        if (harmonized != null) {
            robustness.put(RobustnessTable.AFTER + "retest", retest.of(harmonized, quietly -> {}));
        }
        robustness.write(out);
        Map<String, Object> fields = robustness.fields();
        fields.put("form", form);
        fields.put("leftOut", left);
        if (json.write(fields)) {
            robustness.lines().forEach(System.out::println);
            System.out.println("table: " + out);
        }
        return left == 0 ? CommandLines.DONE : CommandLines.NOT_ALL;
    }

    private static void note(String text) {
        System.err.println("note: " + text);
    }

    /** Fills in what was not given. */
    private void takeFromRun(RunFolder folder) {
        if (perturb == null && subject == null) {
            throw new IllegalArgumentException(
                    "say what is to be compared in "
                            + run
                            + ": --subject, the column that says whose scans are repeats, or"
                            + " --perturb, or both.");
        }
        if (perturb != null && recipe == null) {
            recipe = folder.recipe();
        }
        if (subject != null && table == null) {
            table = folder.before();
            harmonized = harmonized != null ? harmonized : folder.after().orElse(null);
            note(
                    "before harmonization: "
                            + table.getFileName()
                            + ", after: "
                            + (harmonized == null
                                    ? "nothing, this run has not harmonized"
                                    : harmonized.getFileName()));
        }
    }

    private Icc.Form checked() {
        if (perturb == null && table == null) {
            throw new IllegalArgumentException(
                    "name the folder of a run, or give --perturb with --cohort and --recipe, or --table"
                            + " with --subject.");
        }
        if (perturb != null && (cohort == null && run == null || recipe == null)) {
            throw new IllegalArgumentException(
                    "--perturb needs --cohort and --recipe, or the folder of a run.");
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
        if (!read.maskNames().contains(settings.mask())) {
            throw new IllegalArgumentException(
                    "--perturb: the recipe has no mask \""
                            + settings.mask()
                            + "\"; "
                            + Spelling.hint(settings.mask(), read.maskNames()));
        }
        CohortFile file =
                cohort != null ? CohortFile.read(cohort, root) : new RunFolder(run).cohort(root);
        PerturbedExams exams;
        try (ProgressLine progress = ProgressLine.onTerminal(common.quiet)) {
            exams = PerturbedExams.of(file, read, settings, repeats, progress);
        }
        exams.leftOut().forEach(why -> System.err.println("left out: " + why));
        left = exams.leftOut().size();
        Set<String> still = still(read, settings);
        put("perturbation", exams.table(), still, how);
        if (read.table().isEmpty()) {
            return;
        }
        exams.harmonized()
                .ifPresentOrElse(
                        after -> put(RobustnessTable.AFTER + "perturbation", after, still, how),
                        () ->
                                note(
                                        "the table part of the recipe is not applied, it has to be"
                                                + " learned. Give the fitted.json of a run, or its"
                                                + " folder, to see its effect."));
    }

    /** Returns the columns that the perturbations do not touch. */
    private static Set<String> still(Recipe recipe, Perturb settings) {
        Set<String> columns = new TreeSet<>();
        for (Extractor extractor : recipe.features()) {
            if (!PerturbedExams.sees(extractor, settings)) {
                note(
                        "features of image "
                                + extractor.image()
                                + " in mask "
                                + extractor.mask()
                                + " are left out of the perturbations, which change image "
                                + settings.image()
                                + " and mask "
                                + settings.mask()
                                + ".");
                extractor.dictionary().forEach(f -> columns.add(f.column()));
            }
        }
        return columns;
    }

    private void put(String name, FeatureTable measured, Set<String> still, Icc.Form how) {
        Map<String, Icc> found = Repeatability.of(measured, measured::exam, how);
        found.keySet().removeAll(still);
        robustness.put(name, found);
    }
}
