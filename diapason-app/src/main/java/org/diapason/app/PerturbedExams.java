package org.diapason.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diapason.io.run.CohortFile;
import org.diapason.step.Cohort;
import org.diapason.step.Extractor;
import org.diapason.step.Fold;
import org.diapason.step.Globs;
import org.diapason.step.Operation;
import org.diapason.step.Progress;
import org.diapason.step.Recipe;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.steps.perturb.Perturb;
import org.diapason.steps.perturb.Perturbations;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;

/**
 * The exams of a cohort, perturbed and measured by a recipe.
 *
 * @param recipe what is measured, and what harmonizes the table where it is learned
 * @param table a row per perturbation of an exam and region
 * @param leftOut why exams could not be measured
 */
record PerturbedExams(Recipe recipe, FeatureTable table, List<String> leftOut) {

    /**
     * Perturbs and measures every exam.
     *
     * @throws DataException if none could be measured
     */
    static PerturbedExams of(
            CohortFile cohort, Recipe recipe, Perturb settings, int repeats, Progress progress) {
        cohort.check(recipe);
        Cohort<Exam> exams = cohort.of(recipe);
        List<String> ids = exams.ids();
        List<FeatureTable> tables = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (int n = 0; n < ids.size(); n++) {
            progress.at("perturbing exams", n, ids.size(), leftOut.size());
            try {
                Exam exam = exams.open(ids.get(n));
                tables.add(Perturbations.of(exam, recipe, settings, repeats, recipe.seed()));
            } catch (DataException | RefusedException e) {
                leftOut.add(e.getMessage());
            }
        }
        if (tables.isEmpty()) {
            throw new DataException(
                    "no exam of the cohort could be measured; the first: " + leftOut.get(0));
        }
        return new PerturbedExams(recipe, FeatureTable.concat(tables), leftOut);
    }

    /**
     * Says whether an extractor sees any of the perturbations: its image or the image that this was
     * made of, or its mask. What is not perturbed would look robust.
     */
    static boolean sees(Extractor extractor, Perturb settings) {
        String image = extractor.image();
        for (int end = image.length(); end > 0; end = image.lastIndexOf('.', end - 1)) {
            if (Globs.matches(settings.image(), image.substring(0, end))) {
                return true;
            }
        }
        return extractor.mask().equals(settings.mask());
    }

    /** Returns the table after the table part of the recipe; nothing where it has to be learned. */
    Optional<FeatureTable> harmonized() {
        List<Step<FeatureTable>> steps = new ArrayList<>();
        for (Operation<FeatureTable> operation : recipe.table()) {
            if (!(operation instanceof Step<FeatureTable> step)) {
                return Optional.empty();
            }
            steps.add(step);
        }
        return Optional.of(Fold.apply(steps, table, new Trace("*", recipe.seed())));
    }
}
