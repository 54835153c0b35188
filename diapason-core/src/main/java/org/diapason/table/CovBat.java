package org.diapason.table;

import java.util.OptionalInt;
import java.util.Set;
import org.diapason.step.Default;
import org.diapason.step.Learner;
import org.diapason.step.Operation;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;

/**
 * Removes, after ComBat, what a batch does to the covariance of features: the scores of principal
 * components are harmonized too.
 *
 * <p>e = y* − α − C·β of what {@link ComBat} returns, centred and scaled per feature; its principal
 * components up to a share of its variance; ComBat of their scores without covariates and without
 * shrinking; back, and + α + C·β. Features that do not vary stay as ComBat left them, a cell that
 * is not finite counts as 0 in the scores and stays as it is.
 *
 * <p>Three rounds: the two of ComBat, then one that keeps the residuals of every exam. Those are
 * values of patients, not sums, and do not leave a site.
 *
 * <p>Method: Chen, Beer, Tustison, Cook, Shinohara and Shou 2022, Human Brain Mapping
 * 43(4):1179–1195, doi:10.1002/hbm.25688, section 2.2.
 *
 * @param combat the ComBat that comes first
 * @param variance share of the variance that the harmonized components hold, over 0 and at most 1
 * @param components how many components to harmonize, instead of a share
 */
public record CovBat(
        ComBat combat, @Default("0.95") double variance, @Default("") OptionalInt components)
        implements Learner<FeatureTable, ComBat.Levels> {

    public CovBat {
        if (!combat.transform().isEmpty() || !combat.protectScale().isEmpty()) {
            throw new IllegalArgumentException(
                    "CovBat takes residuals of the features as they are, of one spread each: it goes"
                            + " neither with transform nor with protect-scale. Leave one of them out.");
        }
        if (!(variance > 0 && variance <= 1)) {
            throw new IllegalArgumentException(
                    "variance must be over 0 and at most 1, got " + variance);
        }
        if (components.isPresent() && components.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "components must be at least 1, got " + components.getAsInt());
        }
    }

    @Override
    public Set<String> cohortColumns() {
        return combat.cohortColumns();
    }

    @Override
    public ComBat.Levels empty() {
        return combat.empty();
    }

    @Override
    public void add(ComBat.Levels sum, FeatureTable table) {
        combat.add(sum, table);
    }

    @Override
    public void merge(ComBat.Levels into, ComBat.Levels from) {
        combat.merge(into, from);
    }

    @Override
    public Operation<FeatureTable> learn(ComBat.Levels sum, Trace trace) {
        return Means.after(this, combat.learn(sum, trace));
    }

    /**
     * The further rounds of ComBat.
     *
     * @param settings what the recipe says
     * @param inner a round of ComBat
     */
    record Means<S>(CovBat settings, Learner<FeatureTable, S> inner)
            implements Learner<FeatureTable, S> {
        private static Operation<FeatureTable> after(
                CovBat settings, Operation<FeatureTable> learned) {
            if (learned instanceof ComBatModel model) {
                return new CovBatFit(settings, model);
            }
            return new Means<>(settings, (Learner<FeatureTable, ?>) learned);
        }

        @Override
        public S empty() {
            return inner.empty();
        }

        @Override
        public void add(S sum, FeatureTable table) {
            inner.add(sum, table);
        }

        @Override
        public void merge(S into, S from) {
            inner.merge(into, from);
        }

        @Override
        public Operation<FeatureTable> learn(S sum, Trace trace) {
            return after(settings, inner.learn(sum, trace));
        }
    }
}
