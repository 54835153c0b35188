package org.diapason.table;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Parallel;
import org.diapason.stats.Cholesky;
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
 * @param columns the features to harmonize, in the order of the table
 */
record ComBatFit(ComBat settings, Design design, List<String> batches, List<String> columns)
        implements Learner<FeatureTable, ComBatSums> {
    private static final int BLOCK = 512;

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
        int[] place = Columns.places(columns, table.features());
        for (int r = 0; r < table.size(); r++) {
            int batch = batches.indexOf(settings.batchOf(table, r));
            sum.add(batch, design.encode(table, r), Columns.pick(table.row(r), place));
        }
    }

    @Override
    public void merge(ComBatSums into, ComBatSums from) {
        into.merge(from);
    }

    @Override
    public ComBatModel learn(ComBatSums sum, Trace trace) {
        List<BatchSums> sums = sum.batches();
        Confounding confounding =
                new Confounding(
                        settings.batch(),
                        batches,
                        design,
                        sums.stream().map(b -> b.shared).toList());
        Cholesky factor = confounding.check(trace);
        Regression regression = new Regression(sums, factor, confounding.scale());
        int blocks = (columns.size() + BLOCK - 1) / BLOCK;
        Parallel.forEach(
                blocks, b -> regression.fit(b * BLOCK, Math.min(columns.size(), (b + 1) * BLOCK)));
        EmpiricalBayes[] shrunk = new EmpiricalBayes[batches.size()];
        Parallel.forEach(
                shrunk.length,
                i ->
                        shrunk[i] =
                                new EmpiricalBayes(
                                        regression.gamma[i],
                                        regression.delta[i],
                                        regression.count[i],
                                        sums.get(i).shared.n >= settings.minScaleExams(),
                                        settings.empiricalBayes(),
                                        settings.originalStop()));
        report(sums, regression, shrunk, trace);
        return model(sums, regression, shrunk);
    }

    private ComBatModel model(
            List<BatchSums> sums, Regression regression, EmpiricalBayes[] shrunk) {
        List<ComBatModel.Batch> fitted = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            fitted.add(
                    new ComBatModel.Batch(
                            batches.get(i),
                            sums.get(i).shared.n,
                            Numbers.of(shrunk[i].gamma),
                            Numbers.of(shrunk[i].delta)));
        }
        List<ComBatModel.Effect> effects = new ArrayList<>();
        for (int k = 0; k < design.size(); k++) {
            effects.add(
                    new ComBatModel.Effect(design.names().get(k), Numbers.of(regression.beta[k])));
        }
        return new ComBatModel(
                settings.batch(),
                settings.features(),
                design,
                columns,
                Numbers.of(regression.alpha),
                effects,
                Numbers.of(regression.sigma),
                fitted);
    }

    private void report(
            List<BatchSums> sums, Regression regression, EmpiricalBayes[] shrunk, Trace trace) {
        double[] exams = sums.stream().mapToDouble(b -> b.shared.n).toArray();
        int constant = 0;
        int undefined = 0;
        for (double s : regression.sigma) {
            constant += s == 0 ? 1 : 0;
            undefined += Double.isNaN(s) ? 1 : 0;
        }
        trace.note("batches", String.join(", ", batches));
        trace.note("exams", Numbers.of(exams));
        trace.note("features", columns.size());
        trace.note("constantFeatures", constant);
        trace.note("undefinedFeatures", undefined);
        trace.note("undefinedInABatch", regression.missing);
        if (batches.size() == 1) {
            trace.warn(
                    "all exams are of "
                            + settings.batch()
                            + " "
                            + batches.get(0)
                            + ": there is nothing to harmonize and every exam stays as it is.");
        }
        for (int i = 0; i < batches.size(); i++) {
            trace.note("iterations." + batches.get(i), shrunk[i].iterations);
            if (exams[i] < settings.minScaleExams() && batches.size() > 1) {
                trace.warn(
                        settings.batch()
                                + " \""
                                + batches.get(i)
                                + "\" has "
                                + Numbers.fixed(exams[i], 0)
                                + (exams[i] == 1 ? " exam" : " exams")
                                + ", fewer than min-scale-exams "
                                + settings.minScaleExams()
                                + ": its spread cannot be estimated, so only its mean is corrected."
                                + " Merge it with another batch to correct both.");
            } else if (shrunk[i].constant > 0) {
                trace.warn(
                        settings.batch()
                                + " \""
                                + batches.get(i)
                                + "\": "
                                + shrunk[i].constant
                                + " features do not vary in it and take their scale from the"
                                + " others.");
            }
        }
        if (constant > 0) {
            trace.warn(
                    constant
                            + " features do not vary beyond batch and protected columns and pass"
                            + " unchanged.");
        }
        if (undefined > 0) {
            trace.warn(
                    undefined
                            + " features have too few finite values for a fit and are undefined"
                            + " (NaN) in the harmonized table.");
        }
        if (regression.missing > 0) {
            trace.warn(
                    regression.missing
                            + " pairs of feature and batch have no finite value in the fit; values"
                            + " there stay undefined (NaN).");
        }
    }
}
