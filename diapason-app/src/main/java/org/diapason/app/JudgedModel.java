package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.diapason.catalogue.Tree;
import org.diapason.io.InputFile;
import org.diapason.io.run.ComBatFile;
import org.diapason.io.run.Json;
import org.diapason.io.run.LongComBatFile;
import org.diapason.io.run.RecipeFile;
import org.diapason.step.Fold;
import org.diapason.step.Operation;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.table.ComBat;
import org.diapason.table.ComBatModel;
import org.diapason.table.CovBat;
import org.diapason.table.CovBatModel;
import org.diapason.table.LongComBatModel;
import org.diapason.volume.DataException;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;

/**
 * What made a harmonized table: steps that were learned, and what to learn anew on other rows.
 *
 * @param file where they stand
 * @param steps as learned
 * @param operations the same, before they were learned
 * @param columns features they change
 * @param covariates columns they read
 */
record JudgedModel(
        Path file,
        List<Step<FeatureTable>> steps,
        List<Operation<FeatureTable>> operations,
        List<String> columns,
        Set<String> covariates) {
    private static final double SAME = 1e-6;

    /** Reads a model of {@code combat fit}, or the fitted.json of a run. */
    static JudgedModel read(Path file) {
        if (LongComBatFile.is(file)) {
            return of(file, List.of(LongComBatFile.read(file)));
        }
        if (isRecipe(file)) {
            List<Step<FeatureTable>> steps = new ArrayList<>();
            for (Operation<FeatureTable> operation : RecipeFile.read(file).table()) {
                if (!(operation instanceof Step<FeatureTable> step)) {
                    throw new DataException(
                            InputFile.name(file)
                                    + " still has something to learn: it is a recipe, not the"
                                    + " fitted.json of a run. Give that.");
                }
                steps.add(step);
            }
            if (steps.isEmpty()) {
                throw new DataException(
                        InputFile.name(file)
                                + " has no step under table, so it harmonized no table. Give the"
                                + " model of the run that did.");
            }
            return of(file, steps);
        }
        ComBatFile.Fitted fitted = ComBatFile.read(file);
        return of(file, List.of(fitted.step(fitted.model())));
    }

    private static boolean isRecipe(Path file) {
        return Json.read(file) instanceof Tree.Fields fields
                && !fields.values().containsKey("kind")
                && fields.values().containsKey("table");
    }

    private static JudgedModel of(Path file, List<Step<FeatureTable>> steps) {
        List<Operation<FeatureTable>> operations = new ArrayList<>();
        Set<String> columns = new LinkedHashSet<>();
        Set<String> covariates = new LinkedHashSet<>();
        for (Step<FeatureTable> step : steps) {
            operations.add(learner(step));
            if (step instanceof LongComBatModel m) {
                columns.addAll(m.columns());
                covariates.addAll(m.settings().cohortColumns());
            } else if (combat(step) != null) {
                columns.addAll(combat(step).columns());
                covariates.addAll(Design.covariates(combat(step).settings().protect()));
            }
        }
        return new JudgedModel(file, steps, operations, List.copyOf(columns), covariates);
    }

    /** Returns what a step was learned by; CovBat with as many components as it has. */
    private static Operation<FeatureTable> learner(Step<FeatureTable> step) {
        if (step instanceof LongComBatModel m) {
            return m.settings();
        }
        if (step instanceof CovBatModel m) {
            ComBat combat = m.combat().settings();
            return new CovBat(combat, 1, OptionalInt.of(m.covariance().components().size()));
        }
        return step instanceof ComBatModel m ? m.settings() : step;
    }

    private static ComBatModel combat(Step<FeatureTable> step) {
        return step instanceof CovBatModel c
                ? c.combat()
                : step instanceof ComBatModel m ? m : null;
    }

    /** Returns the column of the subjects of a longitudinal model. */
    Optional<String> subject() {
        return steps.stream()
                .filter(LongComBatModel.class::isInstance)
                .map(s -> ((LongComBatModel) s).settings().subject())
                .findFirst();
    }

    /** A model that did not make the table would give intervals of something else. */
    void refuseOther(FeatureTable was, FeatureTable is, Path before, Path after) {
        FeatureTable again = Fold.apply(steps, was, new Trace());
        for (int f = 0; f < was.features().size(); f++) {
            double sd = sd(was, f);
            for (int r = 0; r < was.size() && sd > 0; r++) {
                double off = Math.abs(again.row(r)[f] - is.row(r)[f]) / sd;
                if (off > SAME) {
                    throw new DataException(
                            InputFile.name(file)
                                    + " does not make "
                                    + InputFile.name(after)
                                    + " of "
                                    + InputFile.name(before)
                                    + ": "
                                    + was.features().get(f)
                                    + " in data row "
                                    + (r + 1)
                                    + " is "
                                    + Numbers.fixed(off, 3)
                                    + " SD away. Give the model of this table, or none.");
                }
            }
        }
    }

    private static double sd(FeatureTable table, int feature) {
        double mean = 0;
        double squares = 0;
        int count = 0;
        for (int r = 0; r < table.size(); r++) {
            double v = table.row(r)[feature];
            if (Double.isFinite(v)) {
                count++;
                double d = v - mean;
                mean += d / count;
                squares += d * (v - mean);
            }
        }
        return Math.sqrt(squares / (count - 1));
    }
}
