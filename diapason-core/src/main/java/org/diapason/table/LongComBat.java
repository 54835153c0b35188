package org.diapason.table;

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
 * Removes what a batch adds to and multiplies into features of subjects who were measured several
 * times: ComBat with a random effect per subject.
 *
 * <p>y = α + C·β + Z·u + γ + σ·δ·ε, a linear mixed model per feature by restricted likelihood with
 * Σ nᵢ·γᵢ = 0; z = (y − α − C·β − Z·u)/σ is then shrunk as in {@link ComBat}. A cell that is not
 * finite stays as it is and is left out for its feature only; a constant feature passes through;
 * one batch is left as it is.
 *
 * <p>Refused: subjects that were not measured repeatedly, or none of them in two batches, or no two
 * in one; a covariate not to be told apart from the batches. The sum holds the rows, values of
 * patients, and the model an effect per subject.
 *
 * <p>Method: Beer and others 2020, NeuroImage 220:117129, doi:10.1016/j.neuroimage.2020.117129,
 * section 2.2.
 *
 * @param batch column that names the batch of an exam
 * @param subject column that names the subject of an exam
 * @param protect terms whose effect is to be kept; every exam must have their columns: numbers or
 *     levels such as age, interactions such as age:sex, curves such as s(age)
 * @param randomSlope a column of numbers, such as the time, whose effect varies from subject to
 *     subject besides the intercept; none varies by default
 * @param features which features to harmonize, a pattern
 * @param scale the residual standard deviation: reml, or msr, the root mean square of what the fit
 *     with its subjects leaves
 * @param minScaleExams a batch of fewer exams gets no scale estimate, only its mean is corrected; a
 *     feature of fewer values in a larger batch takes its scale there from the other features
 * @param smoothing how smooth a protected curve is, chosen per feature together with the variances:
 *     reml (restricted maximum likelihood), or none, as many bends as its functions allow
 */
public record LongComBat(
        String batch,
        String subject,
        @Default("") List<String> protect,
        @Default("") Optional<String> randomSlope,
        @Default("*") String features,
        @Default("reml") Scale scale,
        @Default("3") int minScaleExams,
        @Default("reml") ComBat.Smoothing smoothing)
        implements Learner<FeatureTable, WholeTable> {

    /** How the residual standard deviation is found. */
    public enum Scale {
        REML,
        MSR
    }

    public LongComBat {
        protect = List.copyOf(protect);
        if (subject.isBlank() || subject.equals(batch)) {
            throw new IllegalArgumentException(
                    "subject must name a column other than batch, got \"" + subject + "\"");
        }
        if (Design.covariates(protect).contains(subject)) {
            throw new IllegalArgumentException(
                    "protect names the subject column " + subject + ", whose effect is random");
        }
        if (smoothing == ComBat.Smoothing.GCV) {
            throw new IllegalArgumentException(
                    "smoothing gcv takes rows for independent, and those of a subject are not. Take"
                            + " reml.");
        }
        if (randomSlope.isPresent() && Set.of(batch, subject).contains(randomSlope.get())) {
            throw new IllegalArgumentException(
                    "random-slope must name a column of numbers, got " + randomSlope.get());
        }
        shrinking(batch, protect, features, minScaleExams, smoothing); // its checks
    }

    private static ComBat shrinking(
            String batch,
            List<String> protect,
            String features,
            int minScaleExams,
            ComBat.Smoothing smoothing) {
        return new ComBat(
                        batch,
                        protect,
                        features,
                        ComBat.Method.PARAMETRIC,
                        ComBat.MeanOnly.NO,
                        Optional.empty(),
                        minScaleExams,
                        false)
                .by(smoothing);
    }

    /** Returns the settings of what it has in common with ComBat. */
    ComBat shrinking() {
        return shrinking(batch, protect, features, minScaleExams, smoothing);
    }

    /** Returns the names of the variances of a model, of two effects with their covariance. */
    List<String> varianceNames() {
        return randomSlope
                .map(s -> List.of("residual", "intercept", "intercept:" + s, s))
                .orElse(List.of("residual", "intercept"));
    }

    /** The usual settings: all features, an intercept per subject. */
    public static LongComBat of(String batch, String subject, List<String> protect) {
        return new LongComBat(
                batch,
                subject,
                protect,
                Optional.empty(),
                "*",
                Scale.REML,
                3,
                ComBat.Smoothing.REML);
    }

    @Override
    public Set<String> cohortColumns() {
        Set<String> columns = new TreeSet<>(Design.covariates(protect));
        columns.add(batch);
        columns.add(subject);
        randomSlope.ifPresent(columns::add);
        return columns;
    }

    @Override
    public WholeTable empty() {
        return new WholeTable("long-combat");
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
        return new LongComBatFit(this, sum.rows()).learn(trace);
    }
}
