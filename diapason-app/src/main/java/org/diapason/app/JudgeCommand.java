package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import org.diapason.app.report.HtmlReport;
import org.diapason.io.InputFile;
import org.diapason.io.run.ComBatFile;
import org.diapason.judge.BiologyAndSite;
import org.diapason.judge.LookedUp;
import org.diapason.judge.ManufacturedBiology;
import org.diapason.report.Report;
import org.diapason.report.Warning;
import org.diapason.step.Fold;
import org.diapason.step.Judge;
import org.diapason.step.Judgement;
import org.diapason.step.Judgement.Verdict;
import org.diapason.step.Operation;
import org.diapason.step.Trace;
import org.diapason.table.ComBat;
import org.diapason.table.ComBatModel;
import org.diapason.table.CovBat;
import org.diapason.volume.DataException;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason judge}: is the site gone from a harmonized table, and biology still there? */
@Command(
        name = "judge",
        description = {
            "Judge a harmonized table beside the table it was made from: is the site gone, and is"
                    + " biology still there?",
            "With --model, the fit of diapason combat is inside every interval; without, the verdict is"
                    + " at best \"no change\"."
        },
        footer = {
            "",
            "Example: diapason judge features.csv harmonized.csv --batch site --biology disease"
                    + " --covariates age --model model.json --html judgement.html",
            "Verdicts: better, no change, harm, cannot be judged at this n, not judged.",
            "Exit code: 0; 1 harm or refused; 2 settings."
        })
final class JudgeCommand implements Callable<Integer> {
    private static final double SAME = 1e-6;

    @Parameters(index = "0", paramLabel = "BEFORE", description = "CSV, a row per sample.")
    Path before;

    @Parameters(
            index = "1",
            paramLabel = "AFTER",
            description = "The harmonized table: the same rows in the same order.")
    Path after;

    @Option(
            names = "--batch",
            required = true,
            paramLabel = "COLUMN",
            description = "The column that names the site of a row.")
    String batch;

    @Option(
            names = "--biology",
            paramLabel = "COLUMN",
            description = "What must not be lost: a number, or two levels.")
    String biology;

    @Option(
            names = "--covariates",
            paramLabel = "COLUMNS",
            split = ",",
            description = "Further columns of every model, with commas between.")
    List<String> covariates = new ArrayList<>();

    @Option(
            names = "--features",
            paramLabel = "GLOB",
            description =
                    "Which columns are features. Default: those of the model, or all of numbers not"
                            + " named otherwise.")
    String features;

    @Option(
            names = "--primary",
            paramLabel = "GLOBS",
            split = ",",
            description = "Features of which a single one decides for harm.")
    List<String> primary = new ArrayList<>();

    @Option(
            names = "--size",
            paramLabel = "COLUMN",
            description = "The size of a lesion: does the site act differently on small ones?")
    String size;

    @Option(
            names = "--model",
            paramLabel = "JSON",
            description = "The model of diapason combat fit that made AFTER of BEFORE.")
    Path model;

    @Option(
            names = "--bootstraps",
            paramLabel = "N",
            description = "Draws for the intervals. Default: 400.")
    int bootstraps = 400;

    @Option(
            names = "--permutations",
            paramLabel = "N",
            description = "Orders of biology within sites, at least 200. Default: 200.")
    int permutations = 200;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of all draws. Default: 1.")
    long seed = 1;

    @Option(names = "--html", paramLabel = "F", description = "Write a page with plots.")
    Path html;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws IOException {
        common.start();
        List<Judge<FeatureTable>> judges = judges();
        Optional<ComBatFile.Fitted> made = Optional.ofNullable(model).map(ComBatFile::read);
        FeatureTable was = was(made).table();
        FeatureTable is = ComBatTable.read(after, was.features()).table();
        refuseOtherRows(was, is);
        made.ifPresent(m -> refuseOtherModel(m, was, is));
        Judge.Refit<FeatureTable> refit =
                made.isPresent()
                        ? Fold.refit(List.of(operation(made.get())))
                        : new LookedUp(was, is);
        List<Judgement> found = new ArrayList<>();
        List<Warning> warnings = new ArrayList<>();
        for (Judge<FeatureTable> judge : judges) {
            Trace trace = new Trace("judge", seed);
            found.add(judge.judge(null, was, is, refit, trace));
            trace.warnings().forEach(w -> warnings.add(new Warning("judge", w, List.of(), 1)));
        }
        say(new JudgementSummary(biology, found, warnings, seed), was);
        return Judgement.together(found) == Verdict.HARM ? CommandLines.NOT_ALL : CommandLines.DONE;
    }

    private List<Judge<FeatureTable>> judges() {
        List<Judge<FeatureTable>> judges = new ArrayList<>();
        judges.add(
                new BiologyAndSite(
                        batch,
                        Optional.ofNullable(biology),
                        covariates,
                        primary,
                        List.of(),
                        bootstraps,
                        20,
                        200,
                        true,
                        Optional.ofNullable(size),Optional.empty(),List.of(),Optional.empty()));
        if (biology != null && model != null) {
            judges.add(
                    new ManufacturedBiology(batch, biology, covariates, List.of(), permutations));
        }
        return judges;
    }

    /** Returns what the model was learned by; CovBat with as many components as it has. */
    private static Operation<FeatureTable> operation(ComBatFile.Fitted made) {
        ComBat combat = made.model().settings();
        return made.covariance().isPresent()
                ? new CovBat(combat, 1, OptionalInt.of(made.covariance().get().components().size()))
                : combat;
    }

    private ComBatTable was(Optional<ComBatFile.Fitted> made) {
        Set<String> named = new LinkedHashSet<>(covariates);
        named.add(batch);
        Optional.ofNullable(biology).ifPresent(named::add);
        made.ifPresent(m -> named.addAll(Design.covariates(m.model().settings().protect())));
        ComBatTable read =
                made.isPresent() && features == null
                        ? ComBatTable.read(before, made.get().model().columns())
                        : ComBatTable.read(before, named, features == null ? "*" : features);
        ComBatTable.need(read.csv(), named);
        return read;
    }

    private void refuseOtherRows(FeatureTable was, FeatureTable is) {
        if (was.size() != is.size()) {
            throw new DataException(
                    InputFile.name(before)
                            + " has "
                            + was.size()
                            + " rows and "
                            + InputFile.name(after)
                            + " "
                            + is.size()
                            + ". Give two tables of the same rows in the same order.");
        }
        if (!was.features().equals(is.features())) {
            List<String> absent = new ArrayList<>(was.features());
            absent.removeAll(is.features());
            throw new DataException(
                    InputFile.name(after)
                            + " lacks "
                            + absent.size()
                            + " features of "
                            + InputFile.name(before)
                            + ", "
                            + absent.get(0)
                            + " first. Name those that both have by --features.");
        }
        for (int r = 0; r < was.size(); r++) {
            for (String column : was.covariates(r).keySet()) {
                String now = is.covariates(r).get(column);
                if (now != null && !now.equals(was.covariates(r).get(column))) {
                    throw new DataException(
                            InputFile.name(after)
                                    + ", data row "
                                    + (r + 1)
                                    + ": column "
                                    + column
                                    + " is not what it is in "
                                    + InputFile.name(before)
                                    + ". Give two tables of the same rows in the same order.");
                }
            }
        }
    }

    /** A model that did not make the table would give intervals of something else. */
    private void refuseOtherModel(ComBatFile.Fitted fitted, FeatureTable was, FeatureTable is) {
        ComBatModel made = fitted.model();
        FeatureTable again = fitted.step(made).apply(was, new Trace());
        for (int f = 0; f < was.features().size(); f++) {
            int column = made.columns().indexOf(was.features().get(f));
            double sigma = column < 0 ? 0 : made.sigma().get(column);
            for (int r = 0; r < was.size() && sigma > 0; r++) {
                double off = Math.abs(again.row(r)[f] - is.row(r)[f]) / sigma;
                if (off > SAME) {
                    throw new DataException(
                            InputFile.name(model)
                                    + " does not make "
                                    + InputFile.name(after)
                                    + " of "
                                    + InputFile.name(before)
                                    + ": "
                                    + was.features().get(f)
                                    + " in data row "
                                    + (r + 1)
                                    + " is "
                                    + Numbers.fixed(off, 3)
                                    + " SD away. Give the model of this table, or none.");
                }
            }
        }
    }

    private void say(JudgementSummary summary, FeatureTable was) throws IOException {
        if (html != null) {
            HtmlReport.write(
                    html,
                    Report.ofTables(
                            was,
                            batch,
                            summary.found(),
                            summary.warnings(),
                            List.of(),
                            Version.NUMBER,
                            seed));
        }
        summary.warnings().forEach(w -> System.err.println("warning: " + w.message()));
        if (json.write(summary.fields())) {
            System.out.print(summary.text());
            if (html != null) {
                System.out.println("page: " + html);
            }
        }
    }
}
