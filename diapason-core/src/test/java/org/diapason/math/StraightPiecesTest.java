package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;

class StraightPiecesTest {

    @Test
    void tailsGoOnOrStay() {
        double[] from = {0, 1, 3};
        double[] to = {0, 2, 3};
        StraightPieces on = StraightPieces.of(from, to, Tails.EXTEND);
        assertArrayEquals(new float[] {-4, 4, 2.5f}, on.apply(new float[] {-2, 5, 2}));
        StraightPieces flat = StraightPieces.of(from, to, Tails.CLAMP);
        assertArrayEquals(new float[] {0, 3}, flat.apply(new float[] {-2, 5}));
    }

    @Test
    void aMapMayFallAndRiseAgain() {
        StraightPieces map = StraightPieces.of(Numbers.of(-2, 0, 4), Numbers.of(10, 0, 6));
        float[] out = map.apply(new float[] {-4, -1, 0, 2, 6, Float.NaN});
        assertArrayEquals(new float[] {20, 5, 0, 3, 9, Float.NaN}, out);
        assertEquals(11 / 3.0, map.meanOf(new double[] {-1, 0, 4}), 1e-15);
    }

    /** Equal steps of value hold none of these knots or hundreds; truth is a search of them all. */
    @Test
    void thePieceIsFoundWhereverKnotsCrowd() {
        Rng rng = new Rng(5);
        double[] from = new double[3000];
        double[] to = new double[from.length];
        for (int k = 0; k < from.length; k++) {
            double step = k % 500 == 0 ? 100 * rng.nextDouble() : 1e-3 * (0.1 + rng.nextDouble());
            from[k] = (k == 0 ? -7 : from[k - 1]) + step;
            to[k] = rng.nextGaussian();
        }
        StraightPieces map = StraightPieces.of(from, to, Tails.CLAMP);
        for (int n = 0; n < 20_000; n++) {
            int k = rng.nextInt(from.length - 1);
            double part = n % 3 == 0 ? 0 : rng.nextDouble();
            double x = from[k] + part * (from[k + 1] - from[k]);
            assertEquals(to[k] + part * (to[k + 1] - to[k]), map.at(x), 1e-8);
            assertTrue(part > 0 || map.at(x) == to[k], "a knot is met exactly");
        }
    }

    @Test
    void knotsThatMakeNoMapAreNamed() {
        double[] two = {1, 2};
        double[][] wrong = {{1, 1}, {2, 1}, {1, Double.NaN}, {1, 2, 3}};
        for (double[] from : wrong) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> StraightPieces.of(from, two, Tails.CLAMP));
        }
        double[] one = {5};
        assertEquals(5, StraightPieces.of(one, one, Tails.CLAMP).at(9));
        assertEquals(
                "a map needs 2 to 65536 finite knots, rising, and as many values, got 1 and 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> StraightPieces.of(one, one, Tails.EXTEND),
                                "one knot has no line that could go on")
                        .getMessage());
    }
}
