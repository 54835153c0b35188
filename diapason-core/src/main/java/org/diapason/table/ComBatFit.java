package org.diapason.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.diapason.math.Parallel;
import org.diapason.step.Learner;
import org.diapason.step.Trace;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;

/**
 * Second round of {@link ComBat}: sums per batch, then the model.
 *
 * @param settings what the recipe says
 * @param design how covariates become numbers
 * @param batches names of the batches, sorted
 * @param ranges of the covariates per batch
 * @param columns the features to harmonize, in the order of the table
 */
record ComBatFit(
        ComBat settings,
        Design design,
        List<String> batches,
        List<Ranges> ranges,
        List<String> columns)
        implements Learner<FeatureTable, ComBatSums> {
    private static final int BLOCK = 512;

    private static final String ONE = "one feature alone varies and has a fit";

    /** Features of a block where rows are gone through again and again. */
    private static final int FEW = 16;

    public ComBatFit {
        batches = List.copyOf(batches);
        columns = List.copyOf(columns);
    }

    @Override
    public ComBatSums empty() {
        return new ComBatSums(batches.size(), design.size(), columns.size());
    }

    @Override
    public void add(ComBatSums sum, FeatureTable table) {
        // A table of one row is added a thousand times: no places where it has these columns.
        boolean same = columns.equals(table.features());
        int[] place = same ? null : Columns.places(columns, table.features());
        for (int r = 0; r < table.size(); r++) {
            int batch = batches.indexOf(settings.batchOf(table, r));
            double[] row = table.row(r);
            sum.add(batch, design.encode(table, r), same ? row : Columns.pick(row, place));
        }
    }

    @Override
    public void merge(ComBatSums into, ComBatSums from) {
        into.merge(from);
    }

    @Override
    public ComBatModel learn(ComBatSums sum, Trace trace) {
        return learn(sum, List.of(), Refinement.NONE, trace);
    }

    /**
     * Returns the model of sums.
     *
     * @param transforms what was done to the features before
     * @param refinement what changes the estimates of least squares
     */
    ComBatModel learn(
            ComBatSums sum, List<Transform> transforms, Refinement refinement, Trace trace) {
        List<BatchSums> sums = sum.batches();
        Curves curves = new Curves(design, settings.smoothing());
        Confounding confounding =
                new Confounding(
                        settings.batch(),
                        batches,
                        design,
                        curves,
                        sums.stream().map(b -> b.shared).toList(),
                        ranges);
        confounding.check(trace);
        int reference = settings.reference().map(batches::indexOf).orElse(-1);
        Regression regression =
                new Regression(
                        sums,
                        curves,
                        confounding.within(),
                        confounding.scale(),
                        reference,
                        settings.minScaleExams());
        forBlocks(BLOCK, regression::fit);
        Counts counts = Counts.of(regression);
        forBlocks(FEW, (from, to) -> refinement.refine(regression, from, to));
        EmpiricalBayes[] shrunk = new EmpiricalBayes[batches.size()];
        Parallel.forEach(
                shrunk.length,
                i ->
                        shrunk[i] =
                                new EmpiricalBayes(
                                        regression.gamma[i],
                                        regression.delta[i],
                                        regression.count[i],
                                        sums.get(i).shared.n,
                                        settings));
        report(sums, counts, shrunk, trace);
        refinement.report(trace);
        curves.report(regression.chosen, regression.sigma, trace);
        return model(sums, regression, shrunk)
                .with(
                        transforms,
                        refinement.scale(),
                        curves.model(regression.chosen, regression.sigma));
    }

    /** Whether a batch of so many values of a feature gets a scale of its own. */
    boolean ownScale(int values) {
        return settings.meanOnly() == ComBat.MeanOnly.NO && values >= settings.minScaleExams();
    }

    private void forBlocks(int size, Range body) {
        int blocks = (columns.size() + size - 1) / size;
        Parallel.forEach(blocks, b -> body.of(b * size, Math.min(columns.size(), (b + 1) * size)));
    }

    /** Something done to features {@code from} (included) to {@code to} (excluded). */
    private interface Range {
        void of(int from, int to);
    }

    /**
     * How many features have no usual fit.
     *
     * @param constant what does not vary
     * @param undefined too few values
     * @param missing pairs of batch and fitted feature without a value
     */
    private record Counts(int constant, int undefined, int missing) {
        static Counts of(Regression regression) {
            int constant = 0;
            int undefined = 0;
            for (double s : regression.sigma) {
                constant += s == 0 ? 1 : 0;
                undefined += Double.isNaN(s) ? 1 : 0;
            }
            return new Counts(constant, undefined, regression.missing());
        }
    }

    private ComBatModel model(
            List<BatchSums> sums, Regression regression, EmpiricalBayes[] shrunk) {
        List<ComBatModel.Batch> fitted = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            fitted.add(batch(i, sums.get(i).shared.n, shrunk[i]));
        }
        List<ComBatModel.Effect> effects = new ArrayList<>();
        for (int k = 0; k < design.size(); k++) {
            effects.add(
                    new ComBatModel.Effect(design.names().get(k), Numbers.of(regression.beta[k])));
        }
        return new ComBatModel(
                ComBatModel.VERSION,
                settings,
                design,
                columns,
                Numbers.of(regression.alpha),
                effects,
                Numbers.of(regression.sigma),
                fitted);
    }

    private ComBatModel.Batch batch(int i, int exams, EmpiricalBayes shrunk) {
        // A batch alone stays as it is, also when another is placed beside it later.
        boolean stays =
                batches.size() == 1 || settings.reference().equals(Optional.of(batches.get(i)));
        double[] one = new double[columns.size()];
        Arrays.fill(one, 1);
        double[] none = new double[columns.size()];
        return new ComBatModel.Batch(
                batches.get(i),
                exams,
                Numbers.of(stays ? none : shrunk.gamma),
                Numbers.of(stays ? one : shrunk.delta),
                Numbers.of(stays ? none : shrunk.error));
    }

    private void report(List<BatchSums> sums, Counts counts, EmpiricalBayes[] shrunk, Trace trace) {
        double[] exams = sums.stream().mapToDouble(b -> b.shared.n).toArray();
        trace.note("batches", String.join(", ", batches));
        trace.note("exams", Numbers.of(exams));
        settings.reference().ifPresent(r -> trace.note("reference", r));
        trace.note("features", columns.size());
        trace.note("constantFeatures", counts.constant);
        trace.note("undefinedFeatures", counts.undefined);
        trace.note("undefinedInABatch", counts.missing);
        if (batches.size() == 1) {
            trace.warn(
                    "all exams are of "
                            + settings.batch()
                            + " "
                            + batches.get(0)
                            + ": there is nothing to harmonize and every exam stays as it is.");
        }
        for (int i = 0; i < batches.size(); i++) {
            if (settings.reference().equals(Optional.of(batches.get(i)))) {
                continue;
            }
            trace.note("iterations." + batches.get(i), shrunk[i].iterations);
            if (batches.size() > 1 && settings.meanOnly() == ComBat.MeanOnly.NO) {
                warnOfScale(i, sums.get(i).shared.n, shrunk[i], trace);
            }
        }
        boolean one = columns.size() - counts.constant - counts.undefined == 1;
        if (one && batches.size() > 1 && settings.method() != ComBat.Method.NONE) {
            trace.warn(
                    (columns.size() == 1 ? "there is one feature, " + columns.get(0) : ONE)
                            + ", and nothing that it shares with others: its estimates are not"
                            + " shrunk (method none).");
        }
        warnOfFeatures(counts.constant, counts.undefined, counts.missing, trace);
    }

    void warnOfScale(int batch, int exams, EmpiricalBayes shrunk, Trace trace) {
        String who = settings.batch() + " \"" + batches.get(batch) + "\"";
        String few = "fewer than min-scale-exams " + settings.minScaleExams();
        if (exams < settings.minScaleExams()) {
            trace.warn(
                    who
                            + " has "
                            + exams
                            + (exams == 1 ? " exam, " : " exams, ")
                            + few
                            + ": its spread cannot be estimated, so only its mean is corrected."
                            + " Merge it with another batch to correct both.");
            return;
        }
        warnOfScale(
                who, shrunk, shrunk.constant, "does not vary in it", "do not vary in it", trace);
        String values = few + " values in it";
        warnOfScale(who, shrunk, shrunk.thin, "has " + values, "have " + values, trace);
    }

    private static void warnOfScale(
            String who, EmpiricalBayes shrunk, int features, String one, String many, Trace trace) {
        if (features == 0) {
            return;
        }
        String scale =
                shrunk.shrinks()
                        ? (features == 1 ? " takes its scale" : " take their scale")
                                + " from the others."
                        : features == 1 ? " keeps its scale." : " keep their scale.";
        trace.warn(
                who
                        + ": "
                        + (features == 1 ? "1 feature " + one : features + " features " + many)
                        + " and"
                        + scale);
    }

    static void warnOfFeatures(int constant, int undefined, int missing, Trace trace) {
        if (constant > 0) {
            trace.warn(
                    constant
                            + (constant == 1
                                    ? " feature does not vary beyond batch and protected columns"
                                            + " and passes unchanged."
                                    : " features do not vary beyond batch and protected columns and"
                                            + " pass unchanged."));
        }
        if (undefined > 0) {
            trace.warn(
                    undefined
                            + (undefined == 1 ? " feature has" : " features have")
                            + " too few finite values for a fit and "
                            + (undefined == 1 ? "is" : "are")
                            + " undefined (NaN) in the harmonized table.");
        }
        if (missing > 0) {
            trace.warn(
                    missing
                            + (missing == 1
                                    ? " pair of feature and batch has"
                                    : " pairs of feature and batch have")
                            + " no finite value in the fit; values there stay undefined (NaN).");
        }
    }
}
