package org.diapason.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.diapason.math.Parallel;
import org.diapason.step.Globs;
import org.diapason.step.Trace;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/** A mixed model of every feature on batches, covariates and subjects; then what batches leave. */
final class LongComBatFit {
    private final LongComBat settings;
    private final RepeatedRows rows;
    private final List<String> columns;
    private final int[] place;
    private final LongEstimates estimates;

    /** Models of rows that several features are defined on. */
    private final Map<BitSet, SubjectModel> shared = new HashMap<>();

    LongComBatFit(LongComBat settings, FeatureTable table) {
        this.settings = settings;
        columns =
                table.features().stream()
                        .filter(f -> Globs.matches(settings.features(), f))
                        .toList();
        if (columns.isEmpty()) {
            throw new RefusedException(
                    "long-combat: no feature fits the pattern \""
                            + settings.features()
                            + "\" of option features. Correct the pattern.");
        }
        rows = new RepeatedRows(settings, table);
        place = Columns.places(columns, table.features());
        estimates = new LongEstimates(rows, settings, columns.size());
    }

    LongComBatModel learn(Trace trace) {
        LongReport report = new LongReport(settings, rows, columns.size(), trace);
        report.rows();
        new SubjectLinks(rows).check(settings, trace);
        confounding().check(trace);
        BitSet[] defined = new BitSet[columns.size()];
        Arrays.setAll(defined, this::defined);
        share(defined);
        Parallel.forEach(columns.size(), f -> fit(f, defined[f]));
        EmpiricalBayes[] shrunk = new EmpiricalBayes[rows.batches.size()];
        for (int b = 0; b < shrunk.length; b++) {
            shrunk[b] =
                    new EmpiricalBayes(
                            estimates.gammaHat[b],
                            estimates.deltaHat[b],
                            estimates.count[b],
                            rows.exams[b],
                            settings.shrinking());
        }
        report.estimates(estimates, shrunk);
        return model(shrunk);
    }

    private Confounding confounding() {
        List<Moments> moments = new ArrayList<>();
        List<Ranges> ranges = new ArrayList<>();
        List<String> covariates = rows.design.columns().stream().map(Design.Column::name).toList();
        for (int b = 0; b < rows.batches.size(); b++) {
            moments.add(new Moments(rows.design.size()));
            ranges.add(new Ranges(covariates));
        }
        for (int r = 0; r < rows.codes.length; r++) {
            moments.get(rows.batchOf[r]).add(rows.codes[r]);
            ranges.get(rows.batchOf[r]).add(rows.table, r);
        }
        return new Confounding(
                settings.batch(),
                rows.batches,
                rows.design,
                new Curves(rows.design, settings.smoothing()),
                moments,
                ranges);
    }

    /** Returns the rows that have a finite value of a feature. */
    private BitSet defined(int f) {
        BitSet set = new BitSet();
        for (int r = 0; r < rows.batchOf.length; r++) {
            set.set(r, Double.isFinite(rows.table.row(r)[place[f]]));
        }
        return set;
    }

    private void share(BitSet[] defined) {
        Map<BitSet, Integer> times = new HashMap<>();
        Arrays.stream(defined).forEach(d -> times.merge(d, 1, Integer::sum));
        times.forEach(
                (set, many) -> {
                    if (many > 1) {
                        try {
                            shared.put(set, model(set));
                        } catch (RefusedException e) {
                            // Said of each feature when it is fitted.
                            shared.remove(set);
                        }
                    }
                });
    }

    private SubjectModel model(BitSet set) {
        return new SubjectModel(rows, set.stream().toArray(), settings.smoothing());
    }

    private void fit(int f, BitSet set) {
        int[] which = set.stream().toArray();
        double[] y = IntStream.of(which).mapToDouble(r -> rows.table.row(r)[place[f]]).toArray();
        for (int r : which) {
            estimates.count[rows.batchOf[r]][f]++;
        }
        try {
            SubjectModel model = shared.containsKey(set) ? shared.get(set) : model(set);
            if (model.varies(y)) {
                estimates.take(f, which, model.fit(y));
            } else {
                estimates.leaveOut(f, 0);
            }
        } catch (RefusedException e) {
            estimates.reasons[f] = e.getMessage();
            estimates.leaveOut(f, Double.NaN);
        }
    }

    private LongComBatModel model(EmpiricalBayes[] shrunk) {
        ComBatModel combat =
                new ComBatModel(
                        ComBatModel.VERSION,
                        settings.shrinking(),
                        rows.design,
                        columns,
                        Numbers.of(estimates.alpha),
                        LongEstimates.named(rows.design.names(), estimates.beta),
                        Numbers.of(estimates.sigma),
                        estimates.batches(shrunk));
        return new LongComBatModel(
                settings,
                combat,
                LongEstimates.named(rows.batches, estimates.shift),
                LongEstimates.named(settings.varianceNames(), estimates.variances),
                estimates.subjects());
    }
}
