package org.diapason.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GeometryTest {

    /** i runs to the front, j to the right, k to the feet: a left-handed grid. */
    private static final Geometry TURNED =
            new Geometry(
                    5,
                    4,
                    3,
                    Numbers.of(1, 2, 4),
                    Numbers.of(10, 20, 30),
                    Numbers.of(0, -1, 0, -1, 0, 0, 0, 0, -1));

    @Test
    void aVoxelLiesWhereItsAxesPutIt() {
        assertEquals(Numbers.of(10 - 2 * 3, 20 - 1 * 2, 30 - 4 * 1), TURNED.toWorld(2, 3, 1));
    }

    @Test
    void worldAndVoxelAreInverse() {
        double c = Math.sqrt(0.75);
        Geometry oblique =
                new Geometry(
                        5,
                        4,
                        3,
                        Numbers.of(0.7, 1.3, 2.5),
                        Numbers.of(-7, 3, 11),
                        Numbers.of(c, -0.5, 0, 0.5, c, 0, 0, 0, -1));
        Numbers w = oblique.toWorld(1.25, 3.5, -0.75);
        Numbers v = oblique.toVoxel(w.get(0), w.get(1), w.get(2));
        assertEquals(1.25, v.get(0), 1e-12);
        assertEquals(3.5, v.get(1), 1e-12);
        assertEquals(-0.75, v.get(2), 1e-12);
    }

    @Test
    void aGridRoundedToFloatIsClose() {
        Geometry rounded =
                new Geometry(
                        5,
                        4,
                        3,
                        Numbers.of(1, 2.0001, 4),
                        Numbers.of(10, 20.0001, 30),
                        TURNED.direction());
        assertTrue(TURNED.isClose(rounded, 1e-2));
        assertFalse(TURNED.isClose(rounded, 1e-5));
        assertFalse(TURNED.isClose(Geometry.of(5, 4, 3, 1, 2, 4), 1e-2), "other axes");
        assertFalse(TURNED.isClose(Geometry.of(5, 4, 4, 1, 2, 4), 1e9), "other size");
    }

    @Test
    void whatIsNoGridIsRefused() {
        assertMessage(
                "a grid needs at least one voxel an axis, got 0 × 4 × 3",
                () -> Geometry.of(0, 4, 3, 1, 1, 1));
        assertMessage(
                "spacing must be positive, got -1.0 mm on axis 1",
                () -> Geometry.of(5, 4, 3, 1, -1, 1));
        assertThrows(ArithmeticException.class, () -> Geometry.of(65535, 65535, 65535, 1, 1, 1));
        assertMessage(
                "direction is not orthogonal: columns 0 and 1 give 0.5",
                () ->
                        new Geometry(
                                2,
                                2,
                                2,
                                Numbers.of(1, 1, 1),
                                Numbers.of(0, 0, 0),
                                Numbers.of(1, 0.5, 0, 0, Math.sqrt(0.75), 0, 0, 0, 1)));
    }

    private static void assertMessage(String expected, Runnable made) {
        assertEquals(
                expected, assertThrows(IllegalArgumentException.class, made::run).getMessage());
    }
}
