package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.diapason.io.run.ComBatFile;
import org.diapason.step.ContentHash;
import org.diapason.step.Fold;
import org.diapason.step.Operation;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.table.ComBat;
import org.diapason.table.ComBatModel;
import org.diapason.table.CovBat;
import org.diapason.table.CovBatModel;
import org.diapason.table.LongComBat;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason combat fit}: learns what each batch does to features, and takes it out. */
@Command(
        name = "fit",
        description = {
            "Learn what each batch does to the features of a table, take it out, and keep the model.",
            "The output has the rows and columns of TABLE in their order."
        },
        footer = {
            "",
            "Example: diapason combat fit features.csv --batch site --protect 'age,sex,s(bmi),age:sex'"
                    + " --model model.json --out harmonized.csv",
            "What you will predict later must not be protected: name it by --target, and see"
                    + " --pretend-target and --fold.",
            "Exit code: 0 done; 1 refused; 2 settings."
        })
final class ComBatFitCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TABLE", description = "CSV with a header, a row per sample.")
    Path table;

    @Option(
            names = "--batch",
            required = true,
            paramLabel = "COLUMN",
            description = "The column that names the batch (site, scanner) of a row.")
    String batch;

    @Option(
            names = "--protect",
            paramLabel = "TERMS",
            description =
                    "What keeps its effect, with commas between: numbers or levels (age), interactions"
                            + " (age:sex), curves (s(bmi), s(bmi,6)).")
    List<String> protect = new ArrayList<>();

    @Option(
            names = "--features",
            paramLabel = "GLOB",
            description =
                    "Which columns to harmonize. Default: all of numbers not named otherwise.")
    String features = "*";

    @Option(
            names = "--covariates",
            paramLabel = "COLUMNS",
            split = ",",
            description =
                    "Columns of numbers that are no features, with commas between. Columns of text"
                            + " never are.")
    List<String> covariates = new ArrayList<>();

    @Mixin ComBatOptions options = new ComBatOptions();

    @Option(
            names = "--location-scale",
            paramLabel = "L",
            description =
                    "How effects, location and scale are estimated: mean (least squares and variance),"
                            + " or robust (M-estimates, median, biweight midvariance). Default: mean.")
    ComBat.LocationScale locationScale = ComBat.LocationScale.MEAN;

    @Option(
            names = "--transform",
            paramLabel = "T",
            split = ",",
            description =
                    "How features are changed before the fit and back after it: none, log, box-cox,"
                            + " yeo-johnson or rank-normal, for some features with a pattern"
                            + " (log:shape_*), with commas between; the first that fits. Default: none.")
    List<String> transform = new ArrayList<>();

    @Option(
            names = "--protect-scale",
            paramLabel = "TERMS",
            description =
                    "What keeps its effect on the spread of features (ComBatLS): numbers, levels,"
                            + " interactions, with commas between.")
    List<String> protectScale = new ArrayList<>();

    @Option(
            names = "--covbat",
            arity = "0..1",
            fallbackValue = "0.95",
            paramLabel = "Q",
            description =
                    "Harmonize the covariance of features too (CovBat): a share of its variance below 1,"
                            + " or a number of components. The option alone: 0.95.")
    String covbat;

    @Option(
            names = "--target",
            paramLabel = "COLUMN",
            description = "What will be predicted from the harmonized table; not a feature.")
    String target;

    @Option(
            names = "--pretend-target",
            description =
                    "With a protected --target: write a table per value of it, OUT.VALUE.csv, as if every"
                            + " row had this value; no row's own value is looked at.")
    boolean pretend;

    @Option(
            names = "--fold",
            paramLabel = "COLUMN",
            description =
                    "Harmonize the rows of each value of this column by a fit on all others. The model"
                            + " is the fit on all rows.")
    String fold;

    @Option(
            names = "--subject",
            paramLabel = "COLUMN",
            description =
                    "The column that names the subject of a row, where subjects were measured several"
                            + " times: longitudinal ComBat, an intercept per subject.")
    String subject;

    @Option(
            names = "--random-slope",
            paramLabel = "TIME",
            description = "With --subject: a column whose effect varies between subjects, too.")
    String randomSlope;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "JSON",
            description = "The model to write.")
    Path model;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "CSV",
            description = "The harmonized table to write.")
    Path out;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    private final List<String> warnings = new ArrayList<>();
    private ComBat settings;
    private Operation<FeatureTable> operation;
    private Optional<ComBatFile.Target> asked = Optional.empty();

    @Override
    public Integer call() throws IOException {
        common.start();
        if (subject != null || randomSlope != null) {
            return LongComBatJob.fit(longitudinal(), table, model, out, json);
        }
        settings =
                options.settings(batch, terms(protect), features)
                        .by(locationScale)
                        .transforming(transform)
                        .protectingScale(terms(protectScale));
        operation = operation();
        refuseLeak();
        ComBatTable read = ComBatTable.read(table, named(), features);
        if (!read.mixed().isEmpty()) {
            warnings.add(
                    "some cells are numbers, some text, so not harmonized: "
                            + String.join(", ", read.mixed())
                            + ".");
        }
        FeatureTable before = read.table();
        asked = ComBatTarget.of(Optional.ofNullable(target), settings.protect(), before);
        Trace trace = new Trace();
        Step<FeatureTable> fitted = fit(before, trace);
        ComBatFile.Fitted file = file(before, fitted);
        Map<String, Path> files = pretend ? ComBatTarget.files(asked.orElseThrow(), out) : Map.of();
        if (files.isEmpty()) {
            read.write(out, harmonized(before, fitted, Optional.empty()));
        }
        files.forEach(
                (value, to) -> read.write(to, harmonized(before, fitted, Optional.of(value))));
        ComBatFile.write(model, file);
        say(file, trace, files);
        return CommandLines.DONE;
    }

    private LongComBat longitudinal() {
        if (subject == null) {
            throw new IllegalArgumentException(
                    "--random-slope needs --subject, the column that names whose slopes they are.");
        }
        Map<String, Boolean> others = new LinkedHashMap<>();
        others.put("--method", options.method != ComBat.Method.PARAMETRIC);
        others.put("--mean-only", options.meanOnly != ComBat.MeanOnly.NO);
        others.put("--reference", options.reference != null);
        others.put("--original-stop", options.originalStop);
        others.put("--target", target != null);
        others.put("--pretend-target", pretend);
        others.put("--fold", fold != null);
        others.put("--covbat", covbat != null);
        others.put("--location-scale", locationScale != ComBat.LocationScale.MEAN);
        others.put("--transform", !transform.isEmpty());
        others.put("--protect-scale", !protectScale.isEmpty());
        others.put("--smoothing", options.smoothing != ComBat.Smoothing.REML);
        others.forEach(
                (option, given) -> {
                    if (given) {
                        throw new IllegalArgumentException(
                                option
                                        + " does not go with --subject: longitudinal ComBat is"
                                        + " parametric, of means and scales, to the average of all"
                                        + " batches. Leave one of them out.");
                    }
                });
        return new LongComBat(
                batch,
                subject,
                terms(protect),
                Optional.ofNullable(randomSlope),
                features,
                LongComBat.Scale.REML,
                options.minScaleExams);
    }

    /** Returns terms that stand with commas between, but for commas in parentheses. */
    static List<String> terms(List<String> given) {
        List<String> terms = new ArrayList<>();
        for (String text : given) {
            terms.addAll(Arrays.asList(text.split(",(?![^(]*\\))", -1)));
        }
        return terms.stream().map(String::strip).toList();
    }

    private Set<String> named() {
        Set<String> named = new LinkedHashSet<>(settings.cohortColumns());
        named.addAll(covariates);
        Optional.ofNullable(target).ifPresent(named::add);
        Optional.ofNullable(fold).ifPresent(named::add);
        return named;
    }

    private void refuseLeak() {
        if (target != null && ComBatTarget.isProtected(target, settings.protectScale())) {
            throw new RefusedException(
                    "--protect-scale names "
                            + target
                            + ", which is to be predicted: the spread of every row would follow its own"
                            + " answer. Leave "
                            + target
                            + " out of --protect-scale.");
        }
        boolean leaks = target != null && ComBatTarget.isProtected(target, settings.protect());
        if (pretend && !leaks) {
            throw new IllegalArgumentException(
                    "--pretend-target needs a --target that --protect names; without, nothing of the"
                            + " target is in the table.");
        }
        if (leaks && !pretend && fold == null) {
            throw new RefusedException(
                    "--protect names "
                            + target
                            + ", which is to be predicted: every row would be moved by its own answer,"
                            + " and a prediction tested on it would look better than it is. Leave "
                            + target
                            + " out of --protect; or harmonize out of fold by --fold COLUMN; or write a"
                            + " table per value of it by --pretend-target.");
        }
    }

    private Step<FeatureTable> fit(FeatureTable rows, Trace trace) {
        return Fold.learn(List.of(operation), Fold.rows(rows), trace).get(0);
    }

    private ComBatFile.Fitted file(FeatureTable rows, Step<FeatureTable> fitted) {
        boolean both = fitted instanceof CovBatModel;
        return new ComBatFile.Fitted(
                ContentHash.of(rows),
                rows.size(),
                asked,
                both ? ((CovBatModel) fitted).combat() : (ComBatModel) fitted,
                both ? Optional.of(((CovBatModel) fitted).covariance()) : Optional.empty());
    }

    /** Returns ComBat, and CovBat after it where it is asked for. */
    private Operation<FeatureTable> operation() {
        if (covbat == null) {
            return settings;
        }
        double number = Numbers.parse(covbat).orElse(Double.NaN);
        if (number >= 1 && number <= Integer.MAX_VALUE && number == Math.rint(number)) {
            return new CovBat(settings, 1, OptionalInt.of((int) number));
        }
        if (!(number > 0 && number < 1)) {
            throw new IllegalArgumentException(
                    "--covbat must be a share of variance between 0 and 1 or a number of components,"
                            + " got "
                            + covbat);
        }
        return new CovBat(settings, number, OptionalInt.empty());
    }

    private double[][] harmonized(
            FeatureTable all, Step<FeatureTable> whole, Optional<String> value) {
        double[][] after = new double[all.size()][];
        if (fold == null) {
            put(after, all, every(all.size()), whole, value);
            return after;
        }
        Map<String, List<Integer>> folds = new TreeMap<>();
        for (int r = 0; r < all.size(); r++) {
            if (Design.missing(all, r, fold)) {
                throw new RefusedException(
                        "exam "
                                + all.exam(r)
                                + ": column "
                                + fold
                                + " is missing, so it is of no fold. Fill it in.");
            }
            folds.computeIfAbsent(all.covariate(r, fold), k -> new ArrayList<>()).add(r);
        }
        if (folds.size() < 2) {
            throw new RefusedException(
                    "--fold "
                            + fold
                            + " has one value, so no row is left to fit on. Name another.");
        }
        folds.forEach(
                (name, own) -> {
                    Set<Integer> held = new LinkedHashSet<>(own);
                    int[] others =
                            Arrays.stream(every(all.size()))
                                    .filter(r -> !held.contains(r))
                                    .toArray();
                    try {
                        Step<FeatureTable> model = fit(all.rows(others), new Trace());
                        put(after, all, own.stream().mapToInt(r -> r).toArray(), model, value);
                    } catch (RefusedException e) {
                        throw new RefusedException(
                                "--fold "
                                        + fold
                                        + ", rows of "
                                        + name
                                        + " by a fit on the others: "
                                        + e.getMessage());
                    }
                });
        return after;
    }

    private void put(
            double[][] after,
            FeatureTable all,
            int[] which,
            Step<FeatureTable> model,
            Optional<String> value) {
        FeatureTable rows = all.rows(which);
        FeatureTable done;
        if (value.isPresent()) {
            done = ComBatTarget.pretend(model, rows, target, value.get(), new Trace());
        } else if (asked.isPresent()) {
            done = ComBatTarget.blind(model, rows, asked.get(), new Trace());
        } else {
            done = model.apply(rows, new Trace());
        }
        for (int n = 0; n < which.length; n++) {
            after[which[n]] = done.row(n);
        }
    }

    private static int[] every(int count) {
        int[] all = new int[count];
        Arrays.setAll(all, r -> r);
        return all;
    }

    private void say(ComBatFile.Fitted file, Trace trace, Map<String, Path> files)
            throws IOException {
        warnings.addAll(trace.children().get(0).warnings());
        if (pretend && fold == null) {
            warnings.add(
                    "the fit saw the "
                            + target
                            + " of the rows it harmonized: test predictions on rows of --fold or of"
                            + " diapason combat apply, not on these.");
        }
        warnings.forEach(w -> System.err.println("warning: " + w));
        ComBatModel fitted = file.model();
        List<String> outputs =
                files.isEmpty()
                        ? List.of(out.toString())
                        : files.values().stream().map(Path::toString).toList();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rows", file.rows());
        fields.put("features", fitted.columns().size());
        Map<String, Object> batches = new LinkedHashMap<>();
        fitted.batches().forEach(b -> batches.put(b.name(), b.exams()));
        fields.put("batches", batches);
        fields.put("warnings", warnings);
        fields.put("fit", trace.children().get(0).notes());
        fields.put("model", model.toString());
        fields.put("modelContent", ComBatFile.hash(file));
        fields.put("out", outputs);
        if (json.write(fields)) {
            System.out.println(
                    fitted.columns().size()
                            + (fitted.columns().size() == 1 ? " feature of " : " features of ")
                            + file.rows()
                            + " rows from "
                            + batches.size()
                            + (batches.size() == 1 ? " batch" : " batches")
                            + " harmonized");
            System.out.println("table: " + String.join(", ", outputs));
            System.out.println("model: " + model);
        }
    }
}
