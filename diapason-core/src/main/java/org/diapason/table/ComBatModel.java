package org.diapason.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diapason.math.Parallel;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * What {@link ComBat} learned, for any exam of a known batch: y* = α + C·β + (y − α − C·β −
 * σ·γ*)/√δ*² with the exam's own covariates; with a protected spread, σ is that of the exam.
 *
 * <p>Refuses an exam of an unknown batch or without a protected column. NaN stays NaN; a number
 * outside the range of the fit is used and flagged; exams of the reference stay as they are.
 *
 * <p>A batch that was not in the fit is placed by rows of its own ({@link #place}): the target, the
 * effects and σ stay what they are, the batches of the fit are not touched.
 *
 * @param version of this form, {@value #VERSION}; no other is read
 * @param settings of the fit
 * @param design how covariates become numbers, with the levels and ranges seen
 * @param columns names of the harmonized features
 * @param alpha grand mean of each feature, or the mean in the reference
 * @param effects effect of each covariate number on each feature
 * @param sigma standard deviation of each feature; 0 where it passes unchanged, NaN where it is
 *     undefined
 * @param batches the batches seen
 * @param transforms what is done to features before, and undone after
 * @param scale how spreads depend on covariates, where that is protected
 * @param curves how smooth the protected curves are
 */
public record ComBatModel(
        int version,
        ComBat settings,
        Design design,
        List<String> columns,
        Numbers alpha,
        List<Effect> effects,
        Numbers sigma,
        List<Batch> batches,
        List<Transform> transforms,
        Optional<Scale> scale,
        List<Curve> curves)
        implements Step<FeatureTable> {
    /** The form of models that this program writes and reads. */
    public static final int VERSION = 2;

    private static final int BLOCK = 64;

    public ComBatModel {
        columns = List.copyOf(columns);
        effects = List.copyOf(effects);
        batches = List.copyOf(batches);
        transforms = List.copyOf(transforms);
        curves = List.copyOf(curves);
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "this model is of version "
                            + version
                            + ", and only version "
                            + VERSION
                            + " is read. Fit anew, or apply it with the program that wrote it.");
        }
        int features = columns.size();
        refuseUneven(features, alpha.size());
        refuseUneven(features, sigma.size());
        refuseUneven(design.size(), effects.size());
        effects.forEach(e -> refuseUneven(features, e.values().size()));
        batches.forEach(b -> refuseUneven(features, b.gamma().size()));
        batches.forEach(b -> refuseUneven(features, b.delta().size()));
        for (Scale s : scale.stream().toList()) {
            refuseUneven(s.design().size(), s.centre().size());
            refuseUneven(s.design().size(), s.effects().size());
            s.effects().forEach(e -> refuseUneven(features, e.values().size()));
        }
        new Transforms(transforms, columns); // its checks
    }

    /** Makes a model without transforms, a protected spread or penalised curves. */
    public ComBatModel(
            int version,
            ComBat settings,
            Design design,
            List<String> columns,
            Numbers alpha,
            List<Effect> effects,
            Numbers sigma,
            List<Batch> batches) {
        this(
                version,
                settings,
                design,
                columns,
                alpha,
                effects,
                sigma,
                batches,
                List.of(),
                Optional.empty(),
                List.of());
    }

    /** Refuses lists of a model that should be as long as each other and are not. */
    static void refuseUneven(int wanted, int found) {
        if (wanted != found) {
            throw new IllegalArgumentException(
                    "the model is damaged: it needs "
                            + wanted
                            + " numbers in each of its lists and has "
                            + found
                            + " in one. Restore it or fit anew.");
        }
    }

    @Override
    public Set<String> cohortColumns() {
        return settings.cohortColumns();
    }

    /**
     * Effect of one covariate number.
     *
     * @param name the number's name, {@code age} or {@code sex=M}
     * @param values effect on each feature, per unit
     */
    public record Effect(String name, Numbers values) {}

    /**
     * What one batch adds and multiplies, in units of σ.
     *
     * @param name text of the batch column
     * @param exams rows of the fit
     * @param gamma γ* per feature, NaN where the batch had no finite value
     * @param delta δ*² per feature
     * @param error standard error of γ* per feature
     */
    public record Batch(String name, int exams, Numbers gamma, Numbers delta, Numbers error) {}

    /**
     * Spread of an exam in units of σ: e^((D − centre)·θ).
     *
     * @param design how covariates become the numbers D
     * @param centre mean of each number over the exams of the fit
     * @param effects θ of each number on each feature, per unit
     */
    public record Scale(Design design, Numbers centre, List<Effect> effects) {
        public Scale {
            effects = List.copyOf(effects);
        }
    }

    /**
     * How smooth a protected curve is.
     *
     * @param term the term of protect
     * @param lambda λ of its penalty per feature; NaN for a straight line, whose λ is infinite, and
     *     where there is no fit
     * @param freedom its effective degrees of freedom per feature, 1 for a straight line
     */
    public record Curve(String term, Numbers lambda, Numbers freedom) {}

    /** Says whether exams of a batch can be harmonized. */
    public boolean knows(String batch) {
        return batches.stream().anyMatch(b -> b.name().equals(batch));
    }

    /**
     * Returns what a batch adds and multiplies that was not in the fit, from rows of it alone, by
     * the method of the fit.
     *
     * @param rows exams of one batch; from 20 on its mean is known to 0.22 σ and its scale to 16 %
     *     before anything is shrunk
     * @throws RefusedException if there is no row, the rows are of several batches, or the batch is
     *     known
     */
    public Batch place(FeatureTable rows, Trace trace) {
        return new NewBatch(this).place(rows, trace);
    }

    /**
     * Returns the model with one more batch.
     *
     * @throws RefusedException if the batch is known
     */
    public ComBatModel with(Batch batch) {
        if (knows(batch.name())) {
            throw new RefusedException(
                    settings.batch()
                            + " \""
                            + batch.name()
                            + "\" was in the fit of this model, so it cannot be placed anew.");
        }
        List<Batch> more = new ArrayList<>(batches);
        more.add(batch);
        return new ComBatModel(
                version,
                settings,
                design,
                columns,
                alpha,
                effects,
                sigma,
                more,
                transforms,
                scale,
                curves);
    }

    /** Returns the same with what a fit found beside location and scale of batches. */
    ComBatModel with(List<Transform> changed, Optional<Scale> spread, List<Curve> smooth) {
        return new ComBatModel(
                version, settings, design, columns, alpha, effects, sigma, batches, changed, spread,
                smooth);
    }

    @Override
    public FeatureTable apply(FeatureTable table, Trace trace) {
        refuseNewFeatures(table);
        int[] batchOf = new int[table.size()];
        double[][] codes = new double[table.size()][];
        double[][] spreads = new double[table.size()][];
        Map<String, Set<String>> outside = new LinkedHashMap<>();
        for (int r = 0; r < table.size(); r++) {
            batchOf[r] = known(table, r);
            codes[r] = design.encode(table, r);
            spreads[r] = spreadCode(table, r);
            List<String> names = new ArrayList<>(design.outside(table, r));
            if (scale.isPresent()) {
                names.addAll(scale.get().design().outside(table, r));
            }
            for (String name : names) {
                outside.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(table.exam(r));
            }
        }
        outside.forEach((name, exams) -> trace.warn(extrapolated(name, List.copyOf(exams))));
        if (batches.size() == 1) {
            return table;
        }
        int[] place = Columns.places(columns, table.features());
        Transforms changes = new Transforms(transforms, columns);
        ComBatKernel kernel =
                new ComBatKernel(this, changes, place, table.features().size(), batchOf);
        int reference = reference();
        double[][] rows = new double[table.size()][];
        Parallel.forEach(
                (rows.length + BLOCK - 1) / BLOCK,
                b -> {
                    double[] mean = new double[columns.size()];
                    for (int r = b * BLOCK; r < Math.min(rows.length, (b + 1) * BLOCK); r++) {
                        double[] row = table.row(r);
                        rows[r] =
                                batchOf[r] == reference
                                        ? row
                                        : kernel.apply(row, batchOf[r], codes[r], spreads[r], mean);
                    }
                });
        changes.warn(table, rows, place, trace);
        return table.withRows(rows);
    }

    /** Returns D − centre of a row; no number where spreads are not protected. */
    double[] spreadCode(FeatureTable table, int row) {
        if (scale.isEmpty()) {
            return new double[0];
        }
        double[] code = scale.get().design().encode(table, row);
        for (int k = 0; k < code.length; k++) {
            code[k] -= scale.get().centre().get(k);
        }
        return code;
    }

    /** Returns α + C·β per feature for the covariates of a row. */
    double[] expected(FeatureTable table, int row) {
        double[] code = design.encode(table, row);
        double[] mean = alpha.toArray();
        for (int k = 0; k < code.length; k++) {
            Numbers effect = effects.get(k).values();
            for (int f = 0; f < mean.length; f++) {
                mean[f] += code[k] * effect.get(f);
            }
        }
        return mean;
    }

    /** Returns the place of the batch that stays as it is, −1 where there is none. */
    private int reference() {
        for (int i = 0; i < batches.size(); i++) {
            if (settings.reference().equals(Optional.of(batches.get(i).name()))) {
                return i;
            }
        }
        return -1;
    }

    private int known(FeatureTable table, int row) {
        String name = table.covariate(row, settings.batch());
        for (int i = 0; i < batches.size(); i++) {
            if (batches.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new RefusedException(
                "exam "
                        + table.exam(row)
                        + ": "
                        + settings.batch()
                        + " \""
                        + name
                        + "\" was not in the fit (it knows "
                        + String.join(", ", batches.stream().map(Batch::name).toList())
                        + "). Correct it, leave this exam out, or fit anew with exams of it.");
    }

    private void refuseNewFeatures(FeatureTable table) {
        if (columns == table.features() || columns.equals(table.features())) {
            return;
        }
        java.util.Set<String> seen = new java.util.HashSet<>(columns);
        for (String f : table.features()) {
            if (!seen.contains(f) && Globs.matches(settings.features(), f)) {
                throw new RefusedException(
                        "feature "
                                + f
                                + " was not in the fit of ComBat and would stay unharmonized among"
                                + " harmonized ones. Extract with the recipe of the fit.");
            }
        }
    }

    private String extrapolated(String name, List<String> exams) {
        boolean ofSpread = design.columns().stream().noneMatch(c -> c.name().equals(name));
        Design by = ofSpread ? scale.orElseThrow().design() : design;
        Design.Column column = by.column(name);
        boolean line = by.terms().stream().anyMatch(t -> !t.smooth() && t.columns().contains(name));
        return name
                + " of "
                + exams.size()
                + (exams.size() == 1 ? " exam" : " exams")
                + " (first "
                + exams.get(0)
                + ") lies outside "
                + Numbers.fixed(column.low(), 2)
                + " to "
                + Numbers.fixed(column.high(), 2)
                + ", the range of the fit: "
                + (line
                        ? "its effect is extrapolated."
                        : "its effect is taken at the end of the range.");
    }
}
