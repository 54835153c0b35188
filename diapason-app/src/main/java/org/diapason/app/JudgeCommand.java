package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.diapason.app.report.HtmlReport;
import org.diapason.io.InputFile;
import org.diapason.judge.BiologyAndSite;
import org.diapason.judge.LookedUp;
import org.diapason.judge.ManufacturedBiology;
import org.diapason.report.JudgedTables;
import org.diapason.report.Report;
import org.diapason.report.Section;
import org.diapason.report.Warning;
import org.diapason.step.Fold;
import org.diapason.step.Judge;
import org.diapason.step.Judgement;
import org.diapason.step.Judgement.Verdict;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.FeatureTable;
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
            description = "What must not be lost: a number, or levels.")
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
            names = "--outcome",
            paramLabel = "COLUMN",
            description = "What is to be predicted: what goes along with it?")
    String outcome;

    @Option(
            names = "--subgroups",
            paramLabel = "COLUMNS",
            split = ",",
            description = "Columns of levels: what does the correction do to each of them?")
    List<String> subgroups = new ArrayList<>();

    @Option(
            names = "--prediction",
            paramLabel = "COLUMN",
            description = "What a model predicts of --outcome (or --biology): errors per subgroup.")
    String prediction;

    @Option(
            names = "--subject",
            paramLabel = "COLUMN",
            description =
                    "The patient, where one has several rows: they are drawn together. Default: that"
                            + " of a longitudinal model.")
    String subject;

    @Option(
            names = "--model",
            paramLabel = "JSON",
            description =
                    "The model that made AFTER of BEFORE: of diapason combat fit (CovBat and"
                            + " longitudinal ComBat too), or the fitted.json of a run.")
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
        Optional<JudgedModel> made = Optional.ofNullable(model).map(JudgedModel::read);
        subject = subject != null ? subject : made.flatMap(JudgedModel::subject).orElse(null);
        List<Judge<FeatureTable>> judges = judges();
        FeatureTable was = was(made).table();
        FeatureTable is = ComBatTable.read(after, was.features()).table();
        refuseOtherRows(was, is);
        made.ifPresent(m -> m.refuseOther(was, is, before, after));
        Judge.Refit<FeatureTable> refit =
                made.isPresent() ? Fold.refit(made.get().operations()) : new LookedUp(was, is);
        List<Judgement> found = new ArrayList<>();
        List<Warning> warnings = new ArrayList<>();
        for (Judge<FeatureTable> judge : judges) {
            Trace trace = new Trace("judge", seed);
            found.add(judge.judge(null, was, is, refit, trace));
            trace.warnings().forEach(w -> warnings.add(new Warning("judge", w, List.of(), 1)));
        }
        BiologyAndSite first = (BiologyAndSite) judges.get(0);
        say(
                new JudgementSummary(
                        biology,
                        found,
                        first.confounders(was),
                        first.subgroups(was, is),
                        warnings,
                        seed),
                JudgedTables.of(judges, was, is),
                was);
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
                        Optional.ofNullable(size),
                        Optional.ofNullable(outcome),
                        subgroups,
                        Optional.ofNullable(prediction),
                        Optional.ofNullable(subject)));
        if (biology != null && model != null) {
            judges.add(
                    new ManufacturedBiology(batch, biology, covariates, List.of(), permutations));
        }
        return judges;
    }

    private ComBatTable was(Optional<JudgedModel> made) {
        Set<String> named = new LinkedHashSet<>(covariates);
        named.add(batch);
        named.addAll(subgroups);
        Stream.of(biology, outcome, prediction, subject)
                .filter(Objects::nonNull)
                .forEach(named::add);
        made.ifPresent(m -> named.addAll(m.covariates()));
        ComBatTable read =
                made.isPresent() && features == null
                        ? ComBatTable.read(before, made.get().columns())
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

    private void say(JudgementSummary summary, List<Section> tables, FeatureTable was)
            throws IOException {
        if (html != null) {
            HtmlReport.write(
                    html,
                    Report.ofTables(
                            was,
                            batch,
                            Set.copyOf(subgroups),
                            summary.found(),
                            summary.warnings(),
                            tables,
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
