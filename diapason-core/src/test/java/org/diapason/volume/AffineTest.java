package org.diapason.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AffineTest {
    private static final Affine TURN =
            new Affine(Numbers.of(0, -2, 0, 5, 3, 0, 0, -7, 0, 0.5, 4, 11));

    @Test
    void theWayBackUndoesIt() {
        double[] place = {1.5, -20, 33};
        TURN.apply(place);
        TURN.inverse().apply(place);
        assertArrayEquals(new double[] {1.5, -20, 33}, place, 1e-12);
    }

    @Test
    void twoInARowAreTheFirstAndThenTheSecond() {
        double[] one = {2, 3, 4};
        double[] both = {2, 3, 4};
        TURN.apply(one);
        Affine.shift(1, 2, 3).apply(one);
        TURN.then(Affine.shift(1, 2, 3)).apply(both);
        assertArrayEquals(new double[] {0, 1, 31.5}, one, 1e-12);
        assertArrayEquals(one, both, 1e-12);
    }

    @Test
    void theDeterminantIsTheChangeOfVolume() {
        // 0·(0·4 − 0·0.5) + 2·(3·4 − 0·0) + 0
        assertEquals(24, TURN.determinant(), 1e-12);
        assertEquals(1 / 24.0, TURN.inverse().determinant(), 1e-12);
    }

    @Test
    void voxelsOfAGridGoWhereTheGridSays() {
        Geometry g =
                new Geometry(
                        4,
                        5,
                        6,
                        Numbers.of(1, 2, 3),
                        Numbers.of(-10, 20, 30),
                        Numbers.of(0, -1, 0, 1, 0, 0, 0, 0, 1));
        double[] place = {3, 2, 1};
        Affine.toWorld(g).apply(place);
        assertArrayEquals(g.toWorld(3, 2, 1).toArray(), place, 1e-12);
    }

    @Test
    void aPlaneHasNoWayBack() {
        Affine flat = new Affine(Numbers.of(1, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0));
        String message = assertThrows(RefusedException.class, flat::inverse).getMessage();
        assertTrue(message.contains("onto a plane"), message);
    }
}
