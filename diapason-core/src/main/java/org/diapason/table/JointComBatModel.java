package org.diapason.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * What {@link JointComBat} learned, for any exam of known levels, also of a combination that the
 * fit had no exam of: y* = α + C·β + (y − α − C·β − σ·Σᵥ γᵥ*)/Πᵥ √δᵥ*².
 *
 * <p>Refuses an exam of an unknown level of a variable. All else is as in {@link ComBatModel},
 * which does the arithmetic with one batch per combination.
 *
 * @param version of this form, {@value #VERSION}; no other is read
 * @param settings of the fit
 * @param design how protected columns become numbers, with the levels and ranges seen
 * @param columns names of the harmonized features
 * @param alpha grand mean of each feature
 * @param effects effect of each covariate number on each feature
 * @param sigma standard deviation of each feature; 0 where it passes unchanged, NaN where it is
 *     undefined
 * @param variables the batch variables with their levels
 */
public record JointComBatModel(
        int version,
        JointComBat settings,
        Design design,
        List<String> columns,
        Numbers alpha,
        List<ComBatModel.Effect> effects,
        Numbers sigma,
        List<Variable> variables)
        implements Step<FeatureTable> {
    /** The form of models that this program writes and reads. */
    public static final int VERSION = 1;

    public JointComBatModel {
        columns = List.copyOf(columns);
        effects = List.copyOf(effects);
        variables = List.copyOf(variables);
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "this model is of version "
                            + version
                            + ", and only version "
                            + VERSION
                            + " is read. Fit anew, or apply it with the program that wrote it.");
        }
        if (!settings.batch().equals(variables.stream().map(Variable::name).toList())) {
            throw new IllegalArgumentException(
                    "the model is damaged: its batch variables are not those of its settings. Restore"
                            + " it or fit anew.");
        }
        for (Variable v : variables) {
            // The numbers of every list are checked where ComBat takes them.
            new ComBatModel(
                    ComBatModel.VERSION,
                    settings.combined(),
                    design,
                    columns,
                    alpha,
                    effects,
                    sigma,
                    v.levels());
        }
    }

    /**
     * One batch variable.
     *
     * @param name its column
     * @param levels what each of its levels adds and multiplies
     */
    public record Variable(String name, List<ComBatModel.Batch> levels) {
        public Variable {
            levels = List.copyOf(levels);
        }

        private ComBatModel.Batch of(FeatureTable table, int row) {
            String text = table.covariate(row, name);
            for (ComBatModel.Batch level : levels) {
                if (level.name().equals(text)) {
                    return level;
                }
            }
            throw new RefusedException(
                    "exam "
                            + table.exam(row)
                            + ": "
                            + name
                            + " \""
                            + text
                            + "\" was not in the fit (it knows "
                            + String.join(
                                    ", ", levels.stream().map(ComBatModel.Batch::name).toList())
                            + "). Correct it, leave this exam out, or fit anew with exams of it.");
        }
    }

    @Override
    public Set<String> cohortColumns() {
        return settings.cohortColumns();
    }

    @Override
    public FeatureTable apply(FeatureTable table, Trace trace) {
        List<ComBatModel.Batch> cells = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Set<String> met = new TreeSet<>();
        for (int r = 0; r < table.size(); r++) {
            int row = r;
            List<ComBatModel.Batch> levels = variables.stream().map(v -> v.of(table, row)).toList();
            String name = BatchCrossing.cell(levels.stream().map(ComBatModel.Batch::name).toList());
            names.add(name);
            if (met.add(name)) {
                cells.add(cell(name, levels));
            }
        }
        if (variables.stream().anyMatch(v -> v.levels().size() > 1)) {
            // A table of one cell is no cohort of one batch, which ComBat would leave as it is.
            cells.add(new ComBatModel.Batch("", 0, alpha, alpha, alpha));
        }
        ComBatModel model =
                new ComBatModel(
                        ComBatModel.VERSION,
                        settings.combined(),
                        design,
                        columns,
                        alpha,
                        effects,
                        sigma,
                        cells);
        String column = settings.combined().batch();
        FeatureTable after = model.apply(table.withCovariate(column, names), trace);
        double[][] rows = new double[table.size()][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = after.row(r);
        }
        return table.withRows(rows);
    }

    /** Returns what all variables add and multiply together. */
    private ComBatModel.Batch cell(String name, List<ComBatModel.Batch> levels) {
        double[] gamma = levels.get(0).gamma().toArray();
        double[] delta = levels.get(0).delta().toArray();
        for (ComBatModel.Batch level : levels.subList(1, levels.size())) {
            for (int f = 0; f < gamma.length; f++) {
                gamma[f] += level.gamma().get(f);
                delta[f] *= level.delta().get(f);
            }
        }
        return new ComBatModel.Batch(
                name, 0, Numbers.of(gamma), Numbers.of(delta), levels.get(0).error());
    }
}
