package org.diapason.steps.perturb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.diapason.features.Discretisation;
import org.diapason.features.Ibsi;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.step.Operation;
import org.diapason.step.Recipe;
import org.diapason.steps.resolution.CoarsestFwhm;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PerturbationsTest {
    private static final Perturb PERTURB = new Perturb("mr", "roi", 2, 3, 0.4, 3, 0.1, 4);
    private final int threads = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.setThreads(threads);
    }

    private static Exam exam(String id) {
        Geometry g = Geometry.of(14, 13, 12, 1, 1, 1);
        Rng rng = new Rng(4);
        float[] values = new float[g.voxels()];
        boolean[] inside = new boolean[values.length];
        for (int v = 0; v < values.length; v++) {
            values[v] = (float) (v % 14 * 3 + 5 * rng.nextGaussian());
            inside[v] = v % 14 > 3 && v % 14 < 10 && v / 14 % 13 > 3 && v / 14 % 13 < 9;
        }
        return Exam.of(
                id,
                Map.of("mr", Image.of(Volume.of(g, values, Quantity.UNKNOWN))),
                Map.of("roi", Mask.of(g, inside)),
                Map.of("site", "A"));
    }

    private static Recipe recipe(List<Operation<Exam>> images) {
        Ibsi features = Ibsi.of("mr", "roi", Discretisation.fixedCount(8));
        return new Recipe(images, false, List.of(features), List.of(), List.of(), 1);
    }

    @Test
    void everyPerturbationIsARowAndNoTwoAreAlike() {
        FeatureTable table = Perturbations.of(exam("E1"), recipe(List.of()), PERTURB, 4, 1);
        assertEquals(4, table.size());
        double[] means = table.column("mr.stat_mean");
        for (int r = 0; r < 4; r++) {
            assertEquals("E1", table.exam(r));
            assertEquals("A", table.covariate(r, "site"));
            assertEquals(String.valueOf(r + 1), table.covariate(r, Perturbations.COLUMN));
            for (int other = 0; other < r; other++) {
                assertNotEquals(means[r], means[other]);
            }
        }
    }

    @Test
    void rowsDependOnSeedAndExamButNotOnThreadsOrOnHowManyThereAre() {
        Parallel.setThreads(1);
        FeatureTable one = Perturbations.of(exam("E1"), recipe(List.of()), PERTURB, 3, 1);
        Parallel.setThreads(4);
        FeatureTable more = Perturbations.of(exam("E1"), recipe(List.of()), PERTURB, 5, 1);
        for (int r = 0; r < 3; r++) {
            assertArrayEquals(one.row(r), more.row(r));
        }
        double[] first = one.row(0);
        double[] exam = Perturbations.of(exam("E2"), recipe(List.of()), PERTURB, 2, 1).row(0);
        double[] seed = Perturbations.of(exam("E1"), recipe(List.of()), PERTURB, 2, 2).row(0);
        assertNotEquals(first[1], exam[1]);
        assertNotEquals(first[1], seed[1]);
    }

    @Test
    void perturbedExamsTeachNoLearner() {
        Recipe learning = recipe(List.of(new CoarsestFwhm("*")));
        assertEquals(
                "coarsest-fwhm learns from a cohort, and perturbed exams must not teach it. Give the"
                        + " fitted.json of a run as the recipe.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Perturbations.of(exam("E1"), learning, PERTURB, 2, 1))
                        .getMessage());
    }
}
