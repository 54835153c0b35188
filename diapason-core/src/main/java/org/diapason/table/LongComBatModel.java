package org.diapason.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * What {@link LongComBat} learned: y* = μ + (y − μ − σ·γ*)/√δ*² with μ = α + C·β + Z·u of the
 * exam's own covariates and subject, which is the {@link ComBatModel} of y − Z·u, and Z·u back.
 *
 * <p>A subject of the fit has the effects of the fit. Those of another are predicted from all rows
 * of it in the table, with the fixed effects and variances of the fit: u = D·Z'(Z·D·Z' + σ²)⁻¹(y −
 * α − C·β − γ), the prediction the fit itself makes of its subjects (Henderson 1975, Biometrics
 * 31(2):423–447). Of a single exam that is a share of its distance. Rows of a new subject are
 * therefore to be given together.
 *
 * <p>Refuses an exam of an unknown batch, without a subject or a protected column; flags numbers
 * outside the range of the fit. A batch that was not in the fit is placed by rows of its own
 * ({@link #place}). It holds an effect per subject: values of patients.
 *
 * @param settings what the recipe said
 * @param combat what remains once subjects are taken off
 * @param shifts of each batch, the fixed effect γ on each feature before anything is shrunk, in the
 *     feature's unit; NaN where the batch had no finite value
 * @param variances of the residual of each feature, of the intercepts of subjects, and with slopes
 *     also their covariance and that of slopes
 * @param subjects the subjects seen
 */
public record LongComBatModel(
        LongComBat settings,
        ComBatModel combat,
        List<ComBatModel.Effect> shifts,
        List<ComBatModel.Effect> variances,
        List<Subject> subjects)
        implements Step<FeatureTable> {

    public LongComBatModel {
        shifts = List.copyOf(shifts);
        variances = List.copyOf(variances);
        subjects = List.copyOf(subjects);
        int features = combat.columns().size();
        ComBatModel.refuseUneven(combat.batches().size(), shifts.size());
        shifts.forEach(s -> ComBatModel.refuseUneven(features, s.values().size()));
        ComBatModel.refuseUneven(settings.varianceNames().size(), variances.size());
        variances.forEach(v -> ComBatModel.refuseUneven(features, v.values().size()));
        int slopes = settings.randomSlope().isPresent() ? features : 0;
        subjects.forEach(s -> ComBatModel.refuseUneven(features, s.intercept().size()));
        subjects.forEach(s -> ComBatModel.refuseUneven(slopes, s.slope().size()));
    }

    /**
     * What one subject adds.
     *
     * @param name text of the subject column
     * @param intercept per feature
     * @param slope per feature and unit of random-slope; empty without one
     */
    public record Subject(String name, Numbers intercept, Numbers slope) {}

    /**
     * A batch that was not in the fit.
     *
     * @param batch what it adds and multiplies
     * @param shift its γ before anything is shrunk, per feature and in the feature's unit
     */
    public record Placed(ComBatModel.Batch batch, Numbers shift) {}

    @Override
    public Set<String> cohortColumns() {
        return settings.cohortColumns();
    }

    /** Returns the names of the harmonized features. */
    public List<String> columns() {
        return combat.columns();
    }

    /** Returns the batches it knows. */
    public List<ComBatModel.Batch> batches() {
        return combat.batches();
    }

    /**
     * Checks that a row has all columns that are needed but for the batch.
     *
     * @throws RefusedException if a covariate is missing or was never seen, or the subject or the
     *     number of random-slope is missing
     */
    public void check(FeatureTable row) {
        combat.design().encode(row, 0);
        RepeatedRows.subjectOf(row, 0, settings.subject());
        settings.randomSlope().ifPresent(slope -> RepeatedRows.time(row, 0, slope));
    }

    @Override
    public FeatureTable apply(FeatureTable table, Trace trace) {
        SubjectEffects effects = new SubjectEffects(this, table);
        FeatureTable alone = shifted(table, effects.known(trace), -1);
        FeatureTable after = combat.apply(alone, trace);
        return combat.batches().size() == 1 ? table : shifted(after, effects.sum, 1);
    }

    /** Returns the table with {@code times} the effects of subjects added to the features. */
    private FeatureTable shifted(FeatureTable table, double[][] effects, int times) {
        int[] places = Columns.places(combat.columns(), table.features());
        double[][] rows = new double[table.size()][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = table.row(r).clone();
            for (int f = 0; f < places.length; f++) {
                if (places[f] >= 0 && combat.sigma().get(f) > 0) {
                    rows[r][places[f]] += times * effects[r][f];
                }
            }
        }
        return table.withRows(rows);
    }

    /**
     * Returns what a batch adds and multiplies that was not in the fit, from rows of it alone: its
     * γ by generalised least squares with the variances of the fit, the effects of subjects that
     * are new predicted with it, then as in {@link ComBatModel#place}. The standard error contains
     * what new subjects add.
     *
     * @param rows exams of one batch
     * @throws RefusedException if there is no row, the rows are of several batches or of one new
     *     subject alone, or the batch is known
     */
    public Placed place(FeatureTable rows, Trace trace) {
        SubjectEffects effects = new SubjectEffects(this, rows);
        effects.refuseOneNewSubject();
        double[][] gamma = effects.withNewBatch();
        ComBatModel.Batch batch = combat.place(shifted(rows, effects.sum, -1), trace);
        batch = LongEstimates.withError(batch, effects.count, gamma[1]);
        trace.note("standardError", NewBatch.median(batch.error().toArray()));
        return new Placed(batch, Numbers.of(gamma[0]));
    }

    /**
     * Returns the model with one more batch.
     *
     * @throws RefusedException if the batch is known
     */
    public LongComBatModel with(Placed placed) {
        List<ComBatModel.Effect> more = new ArrayList<>(shifts);
        more.add(new ComBatModel.Effect(placed.batch().name(), placed.shift()));
        return new LongComBatModel(
                settings, combat.with(placed.batch()), more, variances, subjects);
    }
}
