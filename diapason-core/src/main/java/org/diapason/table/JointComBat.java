package org.diapason.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.diapason.step.Default;
import org.diapason.step.Learner;
import org.diapason.step.Operation;
import org.diapason.step.Trace;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;

/**
 * Removes what several batch variables (site, scanner, kernel) each add to and multiply into
 * features, all at once, so that no order of them decides.
 *
 * <p>y = α + C·β + σ·(Σᵥ γᵥ + Πᵥ δᵥ·ε), one γ and one δ per level of each variable v; over the
 * exams the γ of a variable have a mean of 0. α, β, γ and σ are least squares on all variables; δ²
 * is a log-linear model of the variances of the residuals; both are shrunk within a level as in
 * {@link ComBat}, which this equals where there is one variable. Two rounds of the same sums, one
 * per combination of levels.
 *
 * <p>Refused: variables whose effects cannot be told apart, such as a scanner that lies within a
 * site.
 *
 * <p>Method: the crossed model is Johnson, Li and Rabinovic 2007, Biostatistics 8(1):118–127, with
 * more factors; the variances: Smyth 1989, Journal of the Royal Statistical Society B 51(1):47–60,
 * doi:10.1111/j.2517-6161.1989.tb01747.x.
 *
 * @param batch columns that each name a batch of an exam
 * @param protect terms whose effect is to be kept, as in combat
 * @param features which features to harmonize, a pattern
 * @param method how estimates of a level are shrunk towards what its features share: parametric,
 *     nonparametric (at most 20,000 features), or none
 * @param meanOnly whether only means are corrected, and by which weight a mean is shrunk: sva (as
 *     of one exam) or consistent (by the exams of the level)
 * @param minScaleExams a level of fewer exams gets no scale estimate, only its mean is corrected; a
 *     feature of fewer values in a larger level takes its scale there from the other features
 * @param originalStop whether to stop the iteration as sva does, as in combat
 * @param smoothing how smooth a protected curve is: reml, gcv (one curve only), or none
 */
public record JointComBat(
        List<String> batch,
        @Default("") List<String> protect,
        @Default("*") String features,
        @Default("parametric") ComBat.Method method,
        @Default("no") ComBat.MeanOnly meanOnly,
        @Default("3") int minScaleExams,
        @Default("false") boolean originalStop,
        @Default("reml") ComBat.Smoothing smoothing)
        implements Learner<FeatureTable, ComBat.Levels> {

    public JointComBat {
        batch = List.copyOf(batch);
        protect = List.copyOf(protect);
        refuseVariables(batch);
        for (String variable : batch) {
            of(
                    variable,
                    protect,
                    features,
                    method,
                    meanOnly,
                    minScaleExams,
                    originalStop,
                    smoothing);
        }
    }

    /** The usual settings: all features, shrunk, scale from three exams on. */
    public static JointComBat of(List<String> batch, List<String> protect) {
        return new JointComBat(
                batch,
                protect,
                "*",
                ComBat.Method.PARAMETRIC,
                ComBat.MeanOnly.NO,
                3,
                false,
                ComBat.Smoothing.REML);
    }

    /** Refuses no variable, one that stands twice and one without a name. */
    static void refuseVariables(List<String> batch) {
        if (batch.isEmpty() || batch.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("batch must name one column or more, got " + batch);
        }
        if (new HashSet<>(batch).size() < batch.size()) {
            throw new IllegalArgumentException("batch names a column twice: " + batch);
        }
    }

    /** Returns the settings of ComBat for one of the variables. */
    static ComBat of(
            String variable,
            List<String> protect,
            String features,
            ComBat.Method method,
            ComBat.MeanOnly meanOnly,
            int minScaleExams,
            boolean originalStop,
            ComBat.Smoothing smoothing) {
        return new ComBat(
                variable,
                protect,
                features,
                method,
                meanOnly,
                Optional.empty(),
                minScaleExams,
                originalStop,
                smoothing,
                ComBat.LocationScale.MEAN,
                List.of(),
                List.of());
    }

    /** Returns the settings for one variable, or for the combinations of all. */
    ComBat of(String variable) {
        return of(
                variable,
                protect,
                features,
                method,
                meanOnly,
                minScaleExams,
                originalStop,
                smoothing);
    }

    /** Returns the settings for the combinations of all variables. */
    ComBat combined() {
        return of(BatchCrossing.name(batch));
    }

    /** Returns the rows with a column that names their combination of levels. */
    FeatureTable combined(FeatureTable table) {
        List<ComBat> each = batch.stream().map(this::of).toList();
        List<String> cells = new ArrayList<>();
        for (int r = 0; r < table.size(); r++) {
            int row = r;
            cells.add(BatchCrossing.cell(each.stream().map(c -> c.batchOf(table, row)).toList()));
        }
        return table.withCovariate(BatchCrossing.name(batch), cells);
    }

    @Override
    public Set<String> cohortColumns() {
        Set<String> columns = new TreeSet<>(Design.covariates(protect));
        columns.addAll(batch);
        return columns;
    }

    @Override
    public ComBat.Levels empty() {
        return combined().empty();
    }

    @Override
    public void add(ComBat.Levels sum, FeatureTable table) {
        combined().add(sum, combined(table));
    }

    @Override
    public void merge(ComBat.Levels into, ComBat.Levels from) {
        combined().merge(into, from);
    }

    @Override
    public Operation<FeatureTable> learn(ComBat.Levels sum, Trace trace) {
        return new JointComBatFit(this, (ComBatFit) combined().learn(sum, trace));
    }
}
