package org.diapason.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.diapason.step.Judgement;
import org.diapason.step.Outcome;
import org.diapason.step.Recipe;
import org.diapason.step.Run;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;

/**
 * Everything a run has to say to people, as plain data; a page only lays it out.
 *
 * <p>Nothing is computed here that a judge computes: verdicts, site shares and coefficients are
 * those of the judgements.
 *
 * @param title heading of the report
 * @param version version of the product
 * @param seed seed of everything random in the run
 * @param counts how the exams ended
 * @param refusal why a learner refused the whole cohort, where one did
 * @param cohort exams and covariates of each batch
 * @param operations what was done, in order, with the numbers it decided
 * @param warnings what was said although the work went on, like with like
 * @param lost exams that were refused or failed, by name
 * @param pictures slices before and after
 * @param distributions headline features of each batch at each stage
 * @param siteShares share of each feature's variance that is the site's, largest raw share first
 * @param judgements what the judges found, in the order of the recipe
 * @param methods a paragraph for a paper, with references
 * @param extra further tables, in the order given
 */
public record Report(
        String title,
        String version,
        long seed,
        Counts counts,
        Optional<String> refusal,
        CohortSummary cohort,
        List<OperationSummary> operations,
        List<Warning> warnings,
        List<Lost> lost,
        List<Picture> pictures,
        List<Distribution> distributions,
        List<SiteShare> siteShares,
        List<Judgement> judgements,
        Methods methods,
        List<Section> extra) {

    /** How many features are headlines unless a judge names more as primary. */
    public static final int HEADLINES = 6;

    public Report {
        operations = List.copyOf(operations);
        warnings = List.copyOf(warnings);
        lost = List.copyOf(lost);
        pictures = List.copyOf(pictures);
        distributions = List.copyOf(distributions);
        siteShares = List.copyOf(siteShares);
        judgements = List.copyOf(judgements);
        extra = List.copyOf(extra);
    }

    /** in = done + refused + failed. */
    public record Counts(long in, long done, long refused, long failed) {}

    /**
     * One exam that left the line.
     *
     * @param refused sound but must not be changed so; else broken or incomplete
     * @param operation where it left
     */
    public record Lost(String exam, boolean refused, String operation, String reason) {}

    /**
     * Returns the report of a run.
     *
     * @param batchColumn the covariate that names the site or scanner
     * @param pictures made by {@link Pictures}
     * @param extra tables to be added, "planted against recovered" say
     * @param version version of the product
     */
    public static Report of(
            Recipe recipe,
            Run.Result result,
            String batchColumn,
            List<Picture> pictures,
            List<Section> extra,
            String version) {
        List<Section> tables = new ArrayList<>(extra);
        if (!result.judgements().isEmpty() && result.after().size() == result.before().size()) {
            tables.addAll(JudgedTables.of(recipe.judge(), result.before(), result.after()));
        }
        RegisteredImages.table(result).ifPresent(tables::add);
        JudgedImages.table(result).ifPresent(tables::add);
        DrawnPictures.table(result).ifPresent(tables::add);
        Batches batches = Batches.of(result.before(), batchColumn);
        List<OperationSummary> operations = OperationSummary.of(recipe, result, batches);
        Counts counts =
                new Counts(
                        result.outcomes().size(), result.done(), result.refused(), result.failed());
        return new Report(
                "Harmonization report",
                version,
                recipe.seed(),
                counts,
                result.refusal(),
                CohortSummary.of(result, batches, JudgedTables.hidden(recipe.judge())),
                operations,
                Warning.of(recipe, result),
                lost(result),
                pictures,
                Distribution.of(recipe, result, batches),
                SiteShare.of(result.judgements()),
                result.judgements(),
                Methods.of(recipe, operations, counts, result.judgements(), version),
                tables);
    }

    /**
     * Returns the report of a judgement of two tables: rows in place of exams, no steps, no
     * pictures.
     *
     * @param warnings said while judging, each with who said it
     * @param hidden columns that are not counted per batch: those of subgroups
     */
    public static Report ofTables(
            FeatureTable before,
            String batchColumn,
            Set<String> hidden,
            List<Judgement> judgements,
            List<Warning> warnings,
            List<Section> extra,
            String version,
            long seed) {
        Run.Result rows =
                new Run.Result(
                        Optional.empty(),
                        Optional.empty(),
                        before,
                        before,
                        new TreeMap<>(),
                        Optional.empty(),
                        judgements,
                        new TreeMap<>(),
                        new TreeMap<>(),
                        new Trace());
        return new Report(
                "Judgement of a harmonized table",
                version,
                seed,
                new Counts(before.size(), before.size(), 0, 0),
                Optional.empty(),
                CohortSummary.of(rows, Batches.of(before, batchColumn), hidden),
                List.of(),
                warnings,
                List.of(),
                List.of(),
                List.of(),
                SiteShare.of(judgements),
                judgements,
                new Methods(
                        List.of("Two tables were judged with Diapason " + version + "."),
                        List.of()),
                extra);
    }

    private static List<Lost> lost(Run.Result result) {
        return result.outcomes().entrySet().stream()
                .filter(e -> !(e.getValue() instanceof Outcome.Done))
                .map(
                        e ->
                                e.getValue() instanceof Outcome.Refused r
                                        ? new Lost(e.getKey(), true, r.operation(), r.reason())
                                        : failed(e.getKey(), (Outcome.Failed) e.getValue()))
                .toList();
    }

    private static Lost failed(String exam, Outcome.Failed failed) {
        return new Lost(exam, false, failed.operation(), failed.reason());
    }
}
