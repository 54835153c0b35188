package org.diapason.table;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Learner;
import org.diapason.step.Operation;
import org.diapason.step.Trace;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;

/**
 * Removes what a batch (site, scanner) adds to and multiplies into features, keeping protected
 * covariates: parametric empirical Bayes.
 *
 * <p>y = α + C·β + σ·(γ + δ·ε) per feature and batch; y* = α + C·β + σ·(z − γ*)/√δ*², where z is y
 * standardised. σ² has the divisor n, δ² the divisor n − 1; with one feature nothing is shrunk; one
 * batch is left as it is. A cell that is not finite stays as it is and is left out for its feature
 * only; a constant feature passes through.
 *
 * <p>Two rounds: the first learns the batches and how covariates become numbers, the second the
 * sums of {@link ComBatSums}. Text of batches decides, not order.
 *
 * <p>Method: Johnson, Li and Rabinovic 2007, Biostatistics 8(1):118–127,
 * doi:10.1093/biostatistics/kxj037, sections 3.1 and 3.2. To match sva's digits, set originalStop
 * and a minScaleExams of 2.
 *
 * @param batch column that names the batch of an exam
 * @param protect columns whose effect is to be kept, numbers or levels; every exam must have them
 * @param features which features to harmonize, a pattern
 * @param minScaleExams a batch of fewer exams gets no scale estimate, only its mean is corrected; a
 *     feature of fewer values in a larger batch takes its scale there from the other features
 * @param empiricalBayes whether estimates of a batch are shrunk towards what its features share
 * @param originalStop whether to stop the iteration as sva does (relative change 1e-4 with the sign
 *     of γ) instead of at 1e-10
 */
public record ComBat(
        String batch,
        @Default("") List<String> protect,
        @Default("*") String features,
        @Default("5") int minScaleExams,
        @Default("true") boolean empiricalBayes,
        @Default("false") boolean originalStop)
        implements Learner<FeatureTable, ComBat.Levels> {

    public ComBat {
        protect = List.copyOf(protect);
        if (batch.isBlank()) {
            throw new IllegalArgumentException("batch must name a column");
        }
        if (protect.contains(batch)) {
            throw new IllegalArgumentException(
                    "protect names the batch column " + batch + ", which is to be removed");
        }
        if (protect.stream().distinct().count() < protect.size()) {
            throw new IllegalArgumentException("protect names a column twice: " + protect);
        }
        if (minScaleExams < 2) {
            throw new IllegalArgumentException(
                    "min-scale-exams must be at least 2, got " + minScaleExams);
        }
    }

    @Override
    public Set<String> cohortColumns() {
        Set<String> columns = new TreeSet<>(protect);
        columns.add(batch);
        return columns;
    }

    /** The usual settings: all features, shrunk, scale from five exams on. */
    public static ComBat of(String batch, List<String> protect) {
        return new ComBat(batch, protect, "*", 5, true, false);
    }

    /** Batches, covariate values and feature names as they are met. */
    public static final class Levels {
        private final TreeMap<String, Integer> exams = new TreeMap<>();
        private final Design.Sum covariates;
        private List<String> columns;

        private Levels(List<String> protect) {
            covariates = new Design.Sum(protect);
        }
    }

    @Override
    public Levels empty() {
        return new Levels(protect);
    }

    @Override
    public void add(Levels sum, FeatureTable table) {
        sum.columns = same(sum.columns, table.features());
        for (int r = 0; r < table.size(); r++) {
            sum.exams.merge(batchOf(table, r), 1, Integer::sum);
            sum.covariates.add(table, r);
        }
    }

    @Override
    public void merge(Levels into, Levels from) {
        if (from.columns != null) {
            into.columns = same(into.columns, from.columns);
            from.exams.forEach((b, n) -> into.exams.merge(b, n, Integer::sum));
            into.covariates.merge(from.covariates);
        }
    }

    @Override
    public Operation<FeatureTable> learn(Levels sum, Trace trace) {
        if (sum.columns == null || sum.exams.isEmpty()) {
            throw new RefusedException("ComBat has no exam to learn from. Add exams.");
        }
        List<String> fitting =
                sum.columns.stream().filter(f -> Globs.matches(features, f)).toList();
        // The table's own list where all fit: comparing lists by identity is fast.
        List<String> columns = fitting.equals(sum.columns) ? sum.columns : fitting;
        if (columns.isEmpty()) {
            throw new RefusedException(
                    "ComBat: no feature fits the pattern \""
                            + features
                            + "\" of option features. Correct the pattern.");
        }
        Design design = sum.covariates.design();
        for (Design.Column c : design.columns()) {
            if (c.width() == 0) {
                trace.warn(
                        "protected column "
                                + c.name()
                                + " is the same in every exam and has no effect.");
            }
        }
        return new ComBatFit(this, design, List.copyOf(sum.exams.keySet()), columns);
    }

    /** Returns the batch of a row. */
    String batchOf(FeatureTable table, int row) {
        String name = table.covariate(row, batch);
        if (name.isEmpty()) {
            throw new RefusedException(
                    "exam "
                            + table.exam(row)
                            + ": column "
                            + batch
                            + " is missing, so its batch is unknown. Fill it in or leave this exam"
                            + " out.");
        }
        return name;
    }

    private static List<String> same(List<String> known, List<String> met) {
        if (known != null && known != met && !known.equals(met)) {
            throw new RefusedException(
                    "ComBat needs the same features in every exam, but found "
                            + known.size()
                            + " and "
                            + met.size()
                            + " columns that differ. Extract all exams with the same recipe.");
        }
        return met;
    }
}
