package org.diapason.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.step.Learner;
import org.diapason.step.Trace;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;

/**
 * Second round of {@link JointComBat}: sums per combination of levels, then the model.
 *
 * @param settings what the recipe says
 * @param cells the round of ComBat whose batches are the combinations
 */
record JointComBatFit(JointComBat settings, ComBatFit cells)
        implements Learner<FeatureTable, ComBatSums> {

    @Override
    public ComBatSums empty() {
        return cells.empty();
    }

    @Override
    public void add(ComBatSums sum, FeatureTable table) {
        cells.add(sum, settings.combined(table));
    }

    @Override
    public void merge(ComBatSums into, ComBatSums from) {
        into.merge(from);
    }

    @Override
    public JointComBatModel learn(ComBatSums sum, Trace trace) {
        List<BatchSums> sums = sum.batches();
        BatchCrossing crossing = new BatchCrossing(settings.batch(), cells.batches());
        crossing.refuse(sums.stream().mapToInt(s -> s.shared.n).toArray());
        check(crossing, sums, trace);
        CrossedRegression regression = new CrossedRegression(settings, cells, crossing, sums);
        patterns(crossing, sums).values().forEach(regression::fit);
        if (regression.unsettled.get() > 0) {
            trace.warn(
                    "the scales of "
                            + BatchCrossing.name(settings.batch())
                            + " did not settle for "
                            + regression.unsettled.get()
                            + (regression.unsettled.get() == 1 ? " feature" : " features")
                            + ", which "
                            + (regression.unsettled.get() == 1 ? "is" : "are")
                            + " undefined (NaN) in the harmonized table.");
        }
        trace.note("features", cells.columns().size());
        List<JointComBatModel.Variable> variables = new ArrayList<>();
        for (int v = 0; v < settings.batch().size(); v++) {
            variables.add(variable(v, crossing, sums, regression, trace));
        }
        report(regression, crossing, trace);
        List<ComBatModel.Effect> effects = new ArrayList<>();
        Design design = cells.design();
        for (int k = 0; k < design.size(); k++) {
            effects.add(
                    new ComBatModel.Effect(design.names().get(k), Numbers.of(regression.beta[k])));
        }
        return new JointComBatModel(
                JointComBatModel.VERSION,
                settings,
                design,
                cells.columns(),
                Numbers.of(regression.alpha),
                effects,
                Numbers.of(regression.sigma),
                variables);
    }

    /**
     * Refuses protected terms that cannot be told apart from the variables, and warns of others.
     */
    private void check(BatchCrossing crossing, List<BatchSums> sums, Trace trace) {
        Curves curves = new Curves(cells.design(), settings.smoothing());
        List<Moments> moments = sums.stream().map(s -> s.shared).toList();
        int count = settings.batch().size();
        for (int v = 0; v < count && count > 1; v++) {
            Trace alone = new Trace();
            confounding(v, crossing, cells.design(), curves, moments).check(alone);
            if (v > 0) {
                alone.warnings().forEach(trace::warn);
            }
        }
        Design whole = crossing.with(cells.design());
        List<Moments> coded = new ArrayList<>();
        for (int c = 0; c < sums.size(); c++) {
            coded.add(CrossedRegression.coded(moments.get(c), crossing.code(c)));
        }
        confounding(0, crossing, whole, new Curves(whole, settings.smoothing()), coded)
                .check(trace);
    }

    private Confounding confounding(
            int v, BatchCrossing crossing, Design design, Curves curves, List<Moments> moments) {
        List<Moments> byLevel = new ArrayList<>();
        List<Ranges> ranges = new ArrayList<>();
        for (int l = 0; l < crossing.levels.get(v).size(); l++) {
            byLevel.add(new Moments(design.size()));
            ranges.add(new Ranges(List.copyOf(Design.covariates(settings.protect()))));
        }
        for (int c = 0; c < crossing.at.length; c++) {
            byLevel.get(crossing.at[c][v]).add(moments.get(c));
            ranges.get(crossing.at[c][v]).merge(cells.ranges().get(c));
        }
        return new Confounding(
                settings.batch().get(v), crossing.levels.get(v), design, curves, byLevel, ranges);
    }

    /**
     * Returns the features by which levels they have a finite value at: {@code [feature]} lists by
     * a text of one letter per level.
     */
    private SortedMap<String, int[]> patterns(BatchCrossing crossing, List<BatchSums> sums) {
        SortedMap<String, List<Integer>> found = new TreeMap<>();
        boolean[][] present = new boolean[settings.batch().size()][];
        for (int f = 0; f < cells.columns().size(); f++) {
            for (int v = 0; v < present.length; v++) {
                present[v] = new boolean[crossing.levels.get(v).size()];
            }
            for (int c = 0; c < sums.size(); c++) {
                if (sums.get(c).moments(f).n > 0) {
                    for (int v = 0; v < present.length; v++) {
                        present[v][crossing.at[c][v]] = true;
                    }
                }
            }
            StringBuilder key = new StringBuilder();
            for (boolean[] ofVariable : present) {
                for (boolean p : ofVariable) {
                    key.append(p ? '1' : '0');
                }
            }
            found.computeIfAbsent(key.toString(), k -> new ArrayList<>()).add(f);
        }
        SortedMap<String, int[]> features = new TreeMap<>();
        found.forEach((k, l) -> features.put(k, l.stream().mapToInt(f -> f).toArray()));
        return features;
    }

    private JointComBatModel.Variable variable(
            int v,
            BatchCrossing crossing,
            List<BatchSums> sums,
            CrossedRegression regression,
            Trace trace) {
        ComBat alone = settings.of(settings.batch().get(v));
        List<String> names = crossing.levels.get(v);
        int[] exams = new int[names.size()];
        for (int c = 0; c < sums.size(); c++) {
            exams[crossing.at[c][v]] += sums.get(c).shared.n;
        }
        trace.note("batches." + alone.batch(), String.join(", ", names));
        trace.note(
                "exams." + alone.batch(),
                Numbers.of(Arrays.stream(exams).asDoubleStream().toArray()));
        ComBatFit sayer = new ComBatFit(alone, cells.design(), names, List.of(), cells.columns());
        List<ComBatModel.Batch> levels = new ArrayList<>();
        for (int l = 0; l < exams.length; l++) {
            EmpiricalBayes shrunk =
                    new EmpiricalBayes(
                            regression.gamma[v][l],
                            regression.delta[v][l],
                            regression.count[v][l],
                            exams[l],
                            alone);
            trace.note("iterations." + alone.batch() + "=" + names.get(l), shrunk.iterations);
            if (exams.length > 1 && settings.meanOnly() == ComBat.MeanOnly.NO) {
                sayer.warnOfScale(l, exams[l], shrunk, trace);
            }
            levels.add(
                    new ComBatModel.Batch(
                            names.get(l),
                            exams[l],
                            Numbers.of(shrunk.gamma),
                            Numbers.of(shrunk.delta),
                            Numbers.of(shrunk.error)));
        }
        return new JointComBatModel.Variable(alone.batch(), levels);
    }

    private void report(CrossedRegression regression, BatchCrossing crossing, Trace trace) {
        int constant = 0;
        int undefined = 0;
        for (double s : regression.sigma) {
            constant += s == 0 ? 1 : 0;
            undefined += Double.isNaN(s) ? 1 : 0;
        }
        int missing = regression.missing();
        trace.note("constantFeatures", constant);
        trace.note("undefinedFeatures", undefined);
        trace.note("undefinedInALevel", missing);
        int levels = Arrays.stream(crossing.sizes()).sum();
        if (levels == settings.batch().size()) {
            trace.warn(
                    "all exams are of one "
                            + BatchCrossing.name(settings.batch())
                            + ": there is nothing to harmonize and every exam stays as it is.");
        }
        if (cells.columns().size() == 1 && settings.method() != ComBat.Method.NONE) {
            trace.warn(
                    "there is one feature, "
                            + cells.columns().get(0)
                            + ", and nothing that it shares with others: its estimates are not"
                            + " shrunk (method none).");
        }
        ComBatFit.warnOfFeatures(constant, undefined, missing, trace);
        new Curves(cells.design(), settings.smoothing())
                .report(regression.freedom, regression.sigma, trace);
    }
}
