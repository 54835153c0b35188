package org.diapason.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.diapason.math.Rng;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class MovedObjectTest {
    private static final Geometry GRID = RegistrationPair.grid(6);

    private static DigitalObject ball() {
        Region region = Region.of("ball", 100, new Sphere(Numbers.of(3, -2, 1), 10));
        return new DigitalObject(
                "ball", Quantity.UNKNOWN, 0, Numbers.of(60, 60, 60), List.of(region));
    }

    /** An image moved the wrong way would have its centre 14 mm away. */
    @Test
    void aBallIsSeenWhereItMovedToAndAsLargeAsItIsNow() {
        Geometry grid = VirtualScanner.centred(50, 50, 50, 1, 1);
        Affine larger = new Affine(Numbers.of(1.2, 0, 0, 4, 0, 1, 0.1, -5, 0, 0, 1, 3));
        Volume seen = new MovedObject(ball(), Motion.of(larger)).on(grid, 2);
        double sum = 0;
        double[] centre = new double[3];
        for (int v = 0; v < seen.values().length; v++) {
            int row = v / 50;
            Numbers p = grid.toWorld(v % 50, row % 50, row / 50);
            sum += seen.values()[v];
            for (int a = 0; a < 3; a++) {
                centre[a] += seen.values()[v] * p.get(a);
            }
        }
        for (int a = 0; a < 3; a++) {
            centre[a] /= sum;
        }
        double[] expected = {3, -2, 1};
        larger.apply(expected);
        assertArrayEquals(expected, centre, 1e-3);
        // The determinant is 1.2; the blur of a ball of 10 mm changes no volume.
        assertEquals(1.2 * 4 / 3 * Math.PI * 1000 * 100, sum, 1e-3 * sum);
    }

    /**
     * A motion by whole voxels must give the same numbers elsewhere: nothing depends on the grid.
     */
    @Test
    void aHeadThatMovedByWholeVoxelsIsTheSameHead() {
        DigitalObject head = ObjectLibrary.of("whole-head-t1");
        float[] still = new MovedObject(head, Motion.NONE).on(GRID, 7).values();
        Motion motion = Motion.of(Affine.shift(6, -12, 18));
        float[] moved = new MovedObject(head, motion).on(GRID, 7).values();
        int compared = 0;
        for (int k = 3; k < GRID.nk(); k++) {
            for (int j = 0; j < GRID.nj() - 2; j++) {
                for (int i = 1; i < GRID.ni(); i++) {
                    float was = still[GRID.index(i - 1, j + 2, k - 3)];
                    assertEquals(was, moved[GRID.index(i, j, k)], 1e-3f);
                    compared += was > 1 ? 1 : 0;
                }
            }
        }
        assertTrue(compared > 5000, compared + " voxels of head");
    }

    /** Slices five times as thick are means of thin ones, up to the points taken: 2 % of 100. */
    @Test
    void aThickSliceIsTheMeanOfThinOnes() {
        Geometry thin = VirtualScanner.centred(40, 40, 40, 1, 1);
        Geometry thick = VirtualScanner.centred(40, 40, 8, 1, 5);
        MovedObject still = new MovedObject(ball(), Motion.NONE);
        float[] fine = still.on(thin, 1.5).values();
        float[] coarse = still.on(thick, 1.5).values();
        for (int v = 0; v < coarse.length; v++) {
            double mean = 0;
            for (int part = 0; part < 5; part++) {
                mean += fine[v % 1600 + 1600 * (5 * (v / 1600) + part)] / 5.0;
            }
            assertEquals(mean, coarse[v], 1e-3);
        }
    }

    @Test
    void theOutlineIsWhatAnyRegionCovers() {
        DigitalObject head = ObjectLibrary.of("whole-head-ct");
        Mask outside = head.mask(DigitalObject.BACKGROUND, GRID, 0);
        Mask outline = new MovedObject(head, Motion.NONE).outline(GRID);
        for (int v = 0; v < GRID.voxels(); v++) {
            assertEquals(!outside.voxels()[v], outline.voxels()[v], "voxel " + v);
        }
    }

    @Test
    void aTextureCannotMove() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new MovedObject(ObjectLibrary.of("chest"), Motion.NONE));
        assertEquals(
                "object chest: region lung-right has a texture, which cannot be drawn moved. Leave"
                        + " it out.",
                e.getMessage());
    }

    @Test
    void aWarpLeadsBackWhereItCameFromAndMovesAsFarAsItWasTold() {
        SmoothWarp warp = new SmoothWarp(5, 25, 3);
        Motion both = warp.then(Affine.shift(3, 4, 5));
        Rng rng = new Rng(1);
        double most = 0;
        double[][] row = new double[40][];
        double[][] was = new double[40][];
        for (int n = 0; n < 4000; n++) {
            double[] p = {160 * rng.nextDouble() - 80, 160 * rng.nextDouble() - 80, 20};
            double[] q = p.clone();
            both.there(q);
            most = Math.max(most, Math.abs(q[0] - p[0] - 3));
            most = Math.max(most, Math.abs(q[1] - p[1] - 4));
            if (n < 40) {
                was[n] = p.clone();
                row[n] = q.clone();
            }
            both.back(q);
            assertArrayEquals(p, q, 1e-4);
        }
        assertEquals(5, most, 2.5, "the largest shift of one plane and two axes");
        both.back(row);
        for (int n = 0; n < 40; n++) {
            assertArrayEquals(was[n], row[n], 1e-4, "as a row");
        }
    }

    /** Over 400 warps: 1 at 0, e^−0.5 = 0.61 at one length, e^−2 = 0.14 at two. */
    @Test
    void theShiftsOfAWarpAreAlikeOverItsCorrelationLength() {
        double[] products = new double[3];
        for (int seed = 0; seed < 400; seed++) {
            SmoothWarp warp = new SmoothWarp(2, 25, seed);
            double[] u = shift(warp, 0);
            for (int n = 0; n < 3; n++) {
                double[] v = shift(warp, 25 * n);
                for (int a = 0; a < 3; a++) {
                    products[n] += u[a] * v[a];
                }
            }
        }
        assertEquals(0.61, products[1] / products[0], 0.08);
        assertEquals(0.14, products[2] / products[0], 0.08);
    }

    private static double[] shift(SmoothWarp warp, double x) {
        double[] p = {x, 0, 0};
        warp.there(p);
        p[0] -= x;
        return p;
    }

    @Test
    void aWarpThatMightFoldIsRefused() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new SmoothWarp(20, 10, 1));
        assertEquals(
                "a warp of mostMm 20.00 mm and lengthMm 10.00 mm changes by up to 4.38 mm a mm, and"
                        + " 0.80 or less are needed so that space does not fold. Take a smaller"
                        + " mostMm or a larger lengthMm.",
                e.getMessage());
    }

    /** The table is straight between entries 2π / 8192 apart: h² / 8 = 7.4e-8. */
    @Test
    void theQuickSineIsTheSine() {
        for (double angle = -40; angle < 40; angle += 1e-3) {
            assertEquals(StrictMath.sin(angle), Sine.of(angle), 7.5e-8, "at " + angle);
            assertEquals(StrictMath.cos(angle), Sine.ofQuarterLater(angle), 7.5e-8);
        }
    }

    /** A grid without brain was searched for a place of it without end. */
    @Test
    void aGridThatMissesTheBrainIsRefused() {
        Geometry g =
                new Geometry(
                        4, 4, 4, Numbers.of(6, 6, 6), Numbers.of(500, 0, 0), Geometry.IDENTITY);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> RegistrationPair.head("t1", "t2", g, g, Motion.NONE, 1));
        assertEquals(
                "a pair of heads: the grid of the fixed image holds 0 places of the brain in 500000"
                        + " draws, and 500 are needed. Take a grid about the origin.",
                e.getMessage());
    }

    @Test
    void whatIsCutMustKeepSomething() {
        RegistrationPair pair = RegistrationPair.head("t1", "t2", GRID, GRID, Motion.NONE, 1);
        for (double share : new double[] {0, -1, 1.2, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> pair.cropped(share, 0, true));
        }
    }

    @Test
    void aPairKnowsItsTruthAlsoWhenItsHeaderMovedOrItWasCut() {
        Affine turn = new Affine(Numbers.of(0, -1, 0, 5, 1, 0, 0, 2, 0, 0, 1, -3));
        Motion motion = Motion.of(turn);
        RegistrationPair pair = RegistrationPair.head("t1", "ct", GRID, GRID, motion, 1);
        assertEquals(500, pair.points().size());
        assertEquals(0, pair.error(turn).max(), 1e-9);
        assertEquals(2, pair.error(turn.then(Affine.shift(0, 2, 0))).mean(), 1e-9);
        Affine by = Affine.shift(10, 20, 30);
        RegistrationPair displaced = pair.displaced(turn.then(by));
        assertEquals(0, displaced.error(turn.then(turn).then(by)).max(), 1e-9);
        for (int axis = 0; axis < 3; axis++) {
            for (boolean upper : new boolean[] {false, true}) {
                RegistrationPair cut = displaced.cropped(0.6, axis, upper);
                Geometry g = cut.moving().geometry();
                int in = 0;
                for (Numbers point : cut.points()) {
                    double[] q = point.toArray();
                    cut.truth().there(q);
                    double v = g.toVoxel(q[0], q[1], q[2]).get(axis);
                    in += v >= 0 && v <= g.size(axis) - 1 ? 1 : 0;
                }
                assertEquals(300, in, 30, "axis " + axis + ", a voxel of 6 mm is 5 % of the head");
            }
        }
    }
}
