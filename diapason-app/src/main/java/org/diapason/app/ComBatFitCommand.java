package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.diapason.io.run.ComBatFile;
import org.diapason.step.ContentHash;
import org.diapason.step.Operation;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.table.ComBat;
import org.diapason.table.ComBatModel;
import org.diapason.table.CovBat;
import org.diapason.table.CovBatModel;
import org.diapason.table.LongComBat;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Mixin ComBatTableOptions rows = new ComBatTableOptions();

    @Option(
            names = "--order",
            paramLabel = "O",
            description =
                    "With several --batch columns: joint, all at once in one model, or nested, one after"
                            + " the other in the order that leaves the fewest differences. Default: joint.")
    SeveralComBatJob.Order order;

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

    @Mixin LongComBatOptions repeated = new LongComBatOptions();

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
        Outputs outputs = Outputs.besides(rows.table).and("--out", out).and("--model", model);
        if (order != null || rows.batch.contains(",")) {
            return several();
        }
        if (repeated.given()) {
            return LongComBatJob.fit(longitudinal(), rows, model, out, json);
        }
        settings =
                options.settings(rows.batch, rows.terms.protect(), rows.features)
                        .by(locationScale)
                        .transforming(transform)
                        .protectingScale(ComBatTerms.split(protectScale));
        operation = operation();
        refuseLeak();
        Set<String> others = new TreeSet<>(settings.cohortColumns());
        Optional.ofNullable(fold).ifPresent(others::add);
        ComBatTable read = rows.read(others, warnings::add);
        FeatureTable before = read.table();
        asked = ComBatTarget.of(rows.terms.target(), settings.protect(), before);
        Map<String, Path> files = pretend ? ComBatTarget.files(asked.orElseThrow(), out) : Map.of();
        files.values().forEach(file -> outputs.and("--out", file));
        Trace trace = new Trace();
        Step<FeatureTable> fitted = ComBatFolds.fit(operation, before, trace);
        ComBatFile.Fitted file = file(before, fitted);
        ComBatFolds folds = new ComBatFolds(operation, Optional.ofNullable(fold), asked);
        if (files.isEmpty()) {
            read.write(out, folds.harmonized(before, fitted, Optional.empty()));
        }
        files.forEach(
                (value, to) ->
                        read.write(to, folds.harmonized(before, fitted, Optional.of(value))));
        ComBatFile.write(model, file);
        say(file, trace, files);
        return CommandLines.DONE;
    }

    private int several() throws IOException {
        Map<String, Boolean> without = new LinkedHashMap<>();
        without.put("--subject", repeated.given());
        without.put("--reference", options.reference != null);
        without.put("--location-scale", locationScale != ComBat.LocationScale.MEAN);
        without.put("--covbat", covbat != null);
        without.put("--pretend-target", pretend);
        without.put("--fold", fold != null);
        without.put("--transform", !transform.isEmpty());
        without.put("--protect-scale", !protectScale.isEmpty());
        String first = SeveralComBatJob.columns(rows.batch).get(0);
        settings = options.settings(first, rows.terms.protect(), rows.features);
        refuseLeak();
        return SeveralComBatJob.fit(order, settings, without, rows, model, out, json);
    }

    private LongComBat longitudinal() {
        List<String> others = new ArrayList<>(options.given());
        others.remove("--min-scale-exams");
        others.remove("--smoothing");
        rows.terms.target().ifPresent(t -> others.add("--target"));
        if (pretend) {
            others.add("--pretend-target");
        }
        if (fold != null) {
            others.add("--fold");
        }
        if (covbat != null) {
            others.add("--covbat");
        }
        if (locationScale != ComBat.LocationScale.MEAN) {
            others.add("--location-scale");
        }
        if (!transform.isEmpty()) {
            others.add("--transform");
        }
        if (!protectScale.isEmpty()) {
            others.add("--protect-scale");
        }
        if (!others.isEmpty()) {
            throw new IllegalArgumentException(
                    others.get(0)
                            + " does not go with --subject: longitudinal ComBat is parametric, of"
                            + " means and scales, to the average of all batches. Leave one of them"
                            + " out.");
        }
        return repeated.settings(options, rows.batch, rows.terms.protect(), rows.features);
    }

    private void refuseLeak() {
        Optional<String> target = rows.terms.target();
        if (target.isPresent() && ComBatTarget.isProtected(target.get(), settings.protectScale())) {
            throw new RefusedException(
                    "--protect-scale names "
                            + target.get()
                            + ", which is to be predicted: the spread of every row would follow its own"
                            + " answer. Leave "
                            + target.get()
                            + " out of --protect-scale.");
        }
        if (pretend && !rows.terms.leaks()) {
            throw new IllegalArgumentException(
                    "--pretend-target needs a --target that --protect names; without, nothing of the"
                            + " target is in the table.");
        }
        if (!pretend && fold == null) {
            rows.terms.refuseLeak(
                    "; or harmonize out of fold by --fold COLUMN; or write a table per value of it by"
                            + " --pretend-target");
        }
    }

    private ComBatFile.Fitted file(FeatureTable fittedOn, Step<FeatureTable> fitted) {
        boolean both = fitted instanceof CovBatModel;
        return new ComBatFile.Fitted(
                ContentHash.of(fittedOn),
                fittedOn.size(),
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

    private void say(ComBatFile.Fitted file, Trace trace, Map<String, Path> files)
            throws IOException {
        warnings.addAll(trace.children().get(0).warnings());
        if (pretend && fold == null) {
            warnings.add(
                    "the fit saw the "
                            + rows.terms.target().orElseThrow()
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
