package org.diapason.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.diapason.math.Gauss;
import org.diapason.math.Rng;
import org.diapason.phantom.KnownDifference.Found;
import org.diapason.step.Operation;
import org.diapason.step.Recipe;
import org.diapason.steps.intensity.ZScore;
import org.diapason.steps.resolution.MatchFwhm;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class StatedDifferenceTest {
    private static final int N = 24;
    private static final Geometry GRID =
            new Geometry(N, N, N, Numbers.of(1, 1, 1), Numbers.of(0, 0, 0), Geometry.IDENTITY);

    private static Recipe recipe(List<Operation<Exam>> images) {
        return new Recipe(images, false, List.of(), List.of(), List.of(), 1);
    }

    private static boolean within(int n) {
        return n >= 4 && n < 20;
    }

    /** A region of some HU with noise of 10 HU that is 3 mm wide. */
    private static Exam scan(String id, double hu, long seed) {
        Rng rng = new Rng(Rng.seed(seed, "noise"));
        float[] noise = new float[GRID.voxels()];
        for (int v = 0; v < noise.length; v++) {
            noise[v] = (float) rng.nextGaussian();
        }
        double sigma = 3 / Gauss.FWHM_PER_SIGMA;
        float[] values = Gauss.blur(GRID, noise, sigma, sigma, sigma);
        boolean[] inside = new boolean[values.length];
        for (int v = 0; v < values.length; v++) {
            values[v] = (float) (hu + 100 * values[v]);
            // Blur repeats the border, which is noisier for it; the region keeps away.
            inside[v] = within(v % N) && within(v / N % N) && within(v / (N * N));
        }
        Volume volume = Volume.of(GRID, values, Quantity.HU).withFwhmMm(Numbers.of(3, 3, 3));
        return Exam.of(
                id, Map.of("ct", Image.of(volume)), Map.of("rod", Mask.of(GRID, inside)), Map.of());
    }

    @Test
    void theIntervalCoversAStatedDifferenceInNoiseThatIsCorrelated() {
        StatedDifference stated = new StatedDifference("ct", "rod", 20, recipe(List.of()));
        int covered = 0;
        double width = 0;
        for (int n = 0; n < 200; n++) {
            Found f = stated.find(scan("a", 40, 2 * n), scan("b", 60, 2 * n + 1));
            covered += f.low() <= 1 && f.high() >= 1 ? 1 : 0;
            width += (f.high() - f.low()) / 200;
        }
        // 92 % by simulation elsewhere; were voxels independent, it would cover in about 25 %.
        assertTrue(covered >= 172 && covered <= 196, "covered in " + covered + " of 200");
        assertTrue(width < 1, "it says something: " + width);
    }

    @Test
    void whatARecipeTakesAwayIsFlaggedAndAUnitThatIsLostIsRefused() {
        StatedDifference stated = new StatedDifference("ct", "rod", 40, recipe(List.of()));
        Found half = stated.find(scan("a", 40, 1), scan("b", 60, 2));
        // A mean of 4096 voxels of noise as wide as this has an SD of 1.6 HU, the ratio one of
        // 0.055.
        assertEquals(0.5, half.ratio(), 0.2);
        assertEquals("below 0.9", half.flag().orElseThrow());
        Operation<Exam> z = new ZScore("*", "rod", false, true);
        Found refused =
                new StatedDifference("ct", "rod", 20, recipe(List.of(z)))
                        .find(scan("a", 40, 1), scan("b", 60, 2));
        assertEquals(
                "exam b, image ct: the recipe turns HU into z-score, in which the true difference is"
                        + " not known. Leave out the step that does.",
                refused.refused().orElseThrow().replace("exam a", "exam b"));
    }

    @Test
    void theImageStepsOfTheRecipeAreApplied() {
        Recipe blur = recipe(List.of(new MatchFwhm("*", 6, false)));
        Found raw =
                new StatedDifference("ct", "rod", 20, recipe(List.of()))
                        .find(scan("a", 40, 1), scan("b", 60, 2));
        Found soft =
                new StatedDifference("ct", "rod", 20, blur)
                        .find(scan("a", 40, 1), scan("b", 60, 2));
        assertTrue(Math.abs(soft.recovered() - raw.recovered()) > 1e-3, "blurred");
    }

    @Test
    void aRegionTooSmallForAnIntervalIsRefused() {
        Exam a = scan("a", 40, 1);
        boolean[] few = new boolean[GRID.voxels()];
        Arrays.fill(few, 0, 63, true);
        Exam small = Exam.of("s", a.images(), Map.of("rod", Mask.of(GRID, few)), Map.of());
        Found f = new StatedDifference("ct", "rod", 20, recipe(List.of())).find(small, a);
        assertTrue(
                f.refused().orElseThrow().startsWith("exam s, mask rod: 63 voxels are left"),
                f.toString());
        assertThrows(
                IllegalArgumentException.class,
                () -> new StatedDifference("ct", "rod", 0, recipe(List.of())));
    }
}
