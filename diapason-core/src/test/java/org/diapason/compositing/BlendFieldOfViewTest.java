package org.diapason.compositing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.poisson.Multigrid;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where a scanner saw nothing the target is NaN, and a blend ends there as at an image's border.
 */
class BlendFieldOfViewTest {
    private static final Geometry WIDE = Geometry.of(20, 14, 5, 1, 2, 1.5);
    private static final Geometry SEEN = Geometry.of(12, 13, 4, 1, 2, 1.5);
    private static final double TOLERANCE = 1e-6;

    private static final Volume SOURCE = Scene.noise(WIDE, 8);
    private static final Volume TARGET = Scene.noise(WIDE, 7);

    private static Volume cut(Volume wide) {
        return Scene.volume(SEEN, (i, j, k) -> wide.at(i, j + 1, k + 1));
    }

    private static Volume blank(Volume v, Scene.In none) {
        return Scene.volume(
                v.geometry(), (i, j, k) -> none.of(i, j, k) ? Double.NaN : v.at(i, j, k));
    }

    private static Guidance guidance(String name) {
        return switch (name) {
            case "source" -> new Seamless();
            case "mixed" -> new Mixed(false);
            case "average" -> new Average();
            case "illumination" -> new Illumination(0.2, 0.2);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Blended blend(
            Guidance how, double screen, Volume source, Volume target, Mask m) {
        return new Blend(
                        how,
                        screen,
                        Blend.Hold.SOURCE,
                        new ConjugateGradients(),
                        OptionalDouble.of(TOLERANCE))
                .of(Optional.of(Layer.of(source)), target, m);
    }

    /** The mask touches the end of what was seen, and the source has nothing beyond it either. */
    @ParameterizedTest(name = "{0}, screen {1}")
    @CsvSource({"source, 0", "mixed, 0", "average, 0", "illumination, 0", "source, 0.3"})
    void theEndOfTheFieldOfViewIsTheBorderOfAnImage(String name, double screen) {
        Scene.In in = (i, j, k) -> i > 4 && i < 12 && j > 0 && j < 11 && k > 0;
        Guidance how = guidance(name);
        Scene.In inCut = (i, j, k) -> in.of(i, j + 1, k + 1);
        Scene.In unseen = (i, j, k) -> i >= 12 || j == 0 || k == 0;
        float[] cut =
                blend(how, screen, cut(SOURCE), cut(TARGET), Scene.mask(SEEN, inCut))
                        .volume()
                        .values();

        Blended wide =
                blend(
                        how,
                        screen,
                        blank(SOURCE, unseen),
                        blank(TARGET, unseen),
                        Scene.mask(WIDE, in));

        assertTrue(wide.maxErrorBound() <= TOLERANCE);
        for (int v = 0; v < WIDE.voxels(); v++) {
            int i = v % 20;
            int j = v / 20 % 14;
            int k = v / 280;
            float is = wide.volume().values()[v];
            if (unseen.of(i, j, k)) {
                assertTrue(Float.isNaN(is));
            } else {
                assertEquals(cut[SEEN.index(i, j - 1, k - 1)], is, 5e-5, "voxel " + v);
            }
        }
        assertEquals(
                List.of(
                        "138 pixels beside the mask have no value (NaN) in the target: nothing holds"
                                + " the blend there, as at the border of an image."),
                wide.notes());
    }

    /** A gap in one colour is one in all. */
    @Test
    void aGapInOneColourHoldsNoOther() {
        Scene.In in = (i, j, k) -> i > 4 && i < 9 && j > 2 && j < 9 && k == 2;
        Scene.In gap = (i, j, k) -> i == 4 && j == 5 && k == 2;
        Mask mask = Scene.mask(WIDE, in);
        Volume source = Scene.colours(SOURCE, SOURCE, SOURCE);
        Volume one = Scene.colours(TARGET, blank(TARGET, gap), TARGET);
        Blended found = blend(new Seamless(), 0, source, one, mask);
        Blended plain = blend(new Seamless(), 0, SOURCE, blank(TARGET, gap), mask);
        assertEquals(TARGET.at(4, 5, 2), found.volume().channel(0)[WIDE.index(4, 5, 2)]);
        for (int c = 0; c < 3; c++) {
            for (int v = 0; v < WIDE.voxels(); v++) {
                if (mask.voxels()[v]) {
                    assertEquals(plain.volume().values()[v], found.volume().channel(c)[v], 5e-5);
                }
            }
        }
    }

    @Test
    void whatNoValueTouchesIsRefusedUnlessAScreenHoldsIt() {
        Scene.In in = (i, j, k) -> i < 3 && j < 4 || i > 8 && i < 12 && j > 8;
        Volume target = blank(TARGET, (i, j, k) -> i < 4 && j < 5 && !(i < 3 && j < 4));
        Mask mask = Scene.mask(WIDE, in);
        RefusedException refused =
                assertThrows(
                        RefusedException.class,
                        () -> blend(new Seamless(), 0, SOURCE, target, mask));
        assertEquals(
                "60 pixels of the mask hang together and touch no value of the target: all around"
                        + " them it has none (NaN), so nothing holds their level. Let the mask end"
                        + " where the target has values, or hold the level by a screen.",
                refused.getMessage());
        Blended held = blend(new Seamless(), 0.01, SOURCE, target, mask);
        assertTrue(held.maxErrorBound() <= TOLERANCE);
    }

    /** Half of the mask's border is the end of the field of view, at any size. */
    @ParameterizedTest(name = "{0} pixels an axis")
    @CsvSource({"32", "64", "128", "256"})
    void aLargerPictureTakesNoMoreIterations(int n) {
        Geometry g = Geometry.of(n, n, 1, 1, 1, 1);
        Scene.In seen = (i, j, k) -> Math.hypot(i - n / 2, j - n / 2) < 0.45 * n;
        Volume target = blank(Scene.noise(g, 1), (i, j, k) -> !seen.of(i, j, k));
        Mask mask = Scene.mask(g, (i, j, k) -> i < n / 2 && seen.of(i, j, k));
        Blend blend =
                new Blend(
                        new Seamless(),
                        0,
                        Blend.Hold.SOURCE,
                        new Multigrid(),
                        OptionalDouble.of(1e-3));
        Blended found = blend.of(Optional.of(Layer.of(Scene.noise(g, 2))), target, mask);
        assertTrue(found.iterations() <= 16, found.iterations() + " iterations");
    }
}
