package org.diapason.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * What {@link LongComBat} learned, for any exam of a known subject in a known batch: y* = μ + (y −
 * μ − σ·γ*)/√δ*² with μ = α + C·β + Z·u of the exam's own covariates and subject.
 *
 * <p>Refuses an exam of an unknown batch or subject, or without a protected column. NaN stays NaN;
 * a number outside the range of the fit is used and flagged. It holds an effect per subject: values
 * of patients.
 *
 * @param settings what the recipe said
 * @param design how covariates become numbers, with the levels and ranges seen
 * @param columns names of the harmonized features
 * @param alpha mean of each feature over the batches
 * @param effects effect of each covariate number on each feature
 * @param sigma residual standard deviation of each feature; 0 where it passes unchanged, NaN where
 *     it is undefined
 * @param batches the batches seen
 * @param subjects the subjects seen
 */
public record LongComBatModel(
        LongComBat settings,
        Design design,
        List<String> columns,
        Numbers alpha,
        List<Effect> effects,
        Numbers sigma,
        List<Batch> batches,
        List<Subject> subjects)
        implements Step<FeatureTable> {

    public LongComBatModel {
        columns = List.copyOf(columns);
        effects = List.copyOf(effects);
        batches = List.copyOf(batches);
        subjects = List.copyOf(subjects);
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
     */
    public record Batch(String name, int exams, Numbers gamma, Numbers delta) {}

    /**
     * What one subject adds.
     *
     * @param name text of the subject column
     * @param intercept per feature
     * @param slope per feature and unit of random-slope; empty without one
     */
    public record Subject(String name, Numbers intercept, Numbers slope) {}

    @Override
    public Set<String> cohortColumns() {
        return settings.cohortColumns();
    }

    @Override
    public FeatureTable apply(FeatureTable table, Trace trace) {
        refuseNewFeatures(table);
        Map<String, Integer> batchIndex = new HashMap<>();
        batches.forEach(b -> batchIndex.put(b.name(), batchIndex.size()));
        Map<String, Integer> subjectIndex = new HashMap<>();
        subjects.forEach(s -> subjectIndex.put(s.name(), subjectIndex.size()));
        int[] place = Columns.places(columns, table.features());
        Map<String, List<String>> outside = new LinkedHashMap<>();
        double[][] rows = new double[table.size()][];
        for (int r = 0; r < rows.length; r++) {
            Batch batch = batches.get(known(table, r, settings.batch(), batchIndex));
            Subject subject = subjects.get(known(table, r, settings.subject(), subjectIndex));
            double[] mean = mean(table, r, subject);
            for (String name : design.outside(table, r)) {
                outside.computeIfAbsent(name, n -> new ArrayList<>()).add(table.exam(r));
            }
            rows[r] =
                    batches.size() == 1
                            ? table.row(r)
                            : harmonized(table.row(r), place, mean, batch);
        }
        outside.forEach((name, exams) -> trace.warn(extrapolated(name, exams)));
        return table.withRows(rows);
    }

    private double[] mean(FeatureTable table, int row, Subject subject) {
        double[] mean = alpha.toArray();
        double[] code = design.encode(table, row);
        boolean sloped = settings.randomSlope().isPresent();
        double time = sloped ? time(table, row, settings.randomSlope().get()) : 0;
        for (int f = 0; f < mean.length; f++) {
            for (int k = 0; k < code.length; k++) {
                mean[f] += code[k] * effects.get(k).values().get(f);
            }
            mean[f] += subject.intercept().get(f);
            mean[f] += sloped ? time * subject.slope().get(f) : 0;
        }
        return mean;
    }

    private double[] harmonized(double[] row, int[] place, double[] mean, Batch batch) {
        double[] out = row.clone();
        for (int f = 0; f < place.length; f++) {
            double s = sigma.get(f);
            if (place[f] >= 0 && s != 0) {
                double off = row[place[f]] - mean[f] - s * batch.gamma().get(f);
                out[place[f]] = mean[f] + off / Math.sqrt(batch.delta().get(f));
            }
        }
        return out;
    }

    private static int known(
            FeatureTable table, int row, String column, Map<String, Integer> index) {
        Integer at = index.get(table.covariate(row, column));
        if (at == null) {
            throw new RefusedException(
                    "exam "
                            + table.exam(row)
                            + ": "
                            + column
                            + " \""
                            + table.covariate(row, column)
                            + "\" was not in the fit of long-combat (it knows "
                            + index.size()
                            + "). Correct it, leave this exam out, or fit anew with exams of it.");
        }
        return at;
    }

    /** Returns the subject of a row. */
    static String subjectOf(FeatureTable table, int row, String column) {
        String name = table.covariate(row, column);
        if (name.isEmpty()) {
            throw new RefusedException(
                    "exam "
                            + table.exam(row)
                            + ": column "
                            + column
                            + " is missing, so its subject is unknown. Fill it in or leave this exam"
                            + " out.");
        }
        return name;
    }

    /** Returns the number whose effect varies between subjects. */
    static double time(FeatureTable table, int row, String column) {
        return Numbers.parse(table.covariate(row, column))
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        "exam "
                                                + table.exam(row)
                                                + ": column "
                                                + column
                                                + " of random-slope is \""
                                                + table.covariate(row, column)
                                                + "\", and a number is needed. Correct it or leave"
                                                + " this exam out."));
    }

    private void refuseNewFeatures(FeatureTable table) {
        Set<String> seen = new HashSet<>(columns);
        for (String f : table.features()) {
            if (!seen.contains(f) && Globs.matches(settings.features(), f)) {
                throw new RefusedException(
                        "feature "
                                + f
                                + " was not in the fit of long-combat and would stay unharmonized"
                                + " among harmonized ones. Extract with the recipe of the fit.");
            }
        }
    }

    private String extrapolated(String name, List<String> exams) {
        Design.Column column = design.column(name);
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
                + ", the range of the fit: its effect is extrapolated.";
    }
}
