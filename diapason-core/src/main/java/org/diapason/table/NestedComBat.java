package org.diapason.table;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.diapason.step.Default;
import org.diapason.step.Learner;
import org.diapason.step.Operation;
import org.diapason.step.Trace;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;

/**
 * Removes what several batch variables (site, scanner, kernel) do to features by one {@link ComBat}
 * after the other, in the order that leaves the fewest differences.
 *
 * <p>What is counted of an order: over variables and features, Anderson-Darling tests of the
 * harmonized values between the levels of the variable with p under 0.05. Up to five variables all
 * orders are fitted; of more, the next is each time the one that leaves the fewest. Of orders that
 * leave as many the first by text is taken. Unlike {@link JointComBat} this also takes a scanner
 * within a site.
 *
 * <p>The sum holds the rows, values of patients, which do not leave a site.
 *
 * <p>Method: Horng and others 2022, Scientific Reports 12:4493, doi:10.1038/s41598-022-08412-9, and
 * 12:19009, doi:10.1038/s41598-022-23328-0 (OPNested ComBat).
 *
 * @param batch columns that each name a batch of an exam, in any order
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
public record NestedComBat(
        List<String> batch,
        @Default("") List<String> protect,
        @Default("*") String features,
        @Default("parametric") ComBat.Method method,
        @Default("no") ComBat.MeanOnly meanOnly,
        @Default("3") int minScaleExams,
        @Default("false") boolean originalStop,
        @Default("reml") ComBat.Smoothing smoothing)
        implements Learner<FeatureTable, WholeTable> {

    public NestedComBat {
        batch = List.copyOf(batch);
        protect = List.copyOf(protect);
        JointComBat.refuseVariables(batch);
        for (String variable : batch) {
            JointComBat.of(
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
    public static NestedComBat of(List<String> batch, List<String> protect) {
        return new NestedComBat(
                batch,
                protect,
                "*",
                ComBat.Method.PARAMETRIC,
                ComBat.MeanOnly.NO,
                3,
                false,
                ComBat.Smoothing.REML);
    }

    /** Returns the settings for one variable. */
    ComBat of(String variable) {
        return JointComBat.of(
                variable,
                protect,
                features,
                method,
                meanOnly,
                minScaleExams,
                originalStop,
                smoothing);
    }

    @Override
    public Set<String> cohortColumns() {
        Set<String> columns = new TreeSet<>(Design.covariates(protect));
        columns.addAll(batch);
        return columns;
    }

    @Override
    public WholeTable empty() {
        return new WholeTable("nested-combat");
    }

    @Override
    public void add(WholeTable sum, FeatureTable table) {
        sum.add(table);
    }

    @Override
    public void merge(WholeTable into, WholeTable from) {
        into.add(from);
    }

    @Override
    public Operation<FeatureTable> learn(WholeTable sum, Trace trace) {
        return new OrderSearch(this, sum.rows()).learn(trace);
    }
}
