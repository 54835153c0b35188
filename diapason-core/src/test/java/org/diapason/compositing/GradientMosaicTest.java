package org.diapason.compositing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.diapason.math.Mosaic;
import org.diapason.math.Parallel;
import org.diapason.poisson.Multigrid;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;

/** Tiles of one picture, each brighter or darker than the other, become that picture again. */
class GradientMosaicTest {
    private static final int WIDTH = 100;
    private static final int HEIGHT = 70;
    private static final double EXACT = 1e-6;

    private interface Change {
        double of(double value, int i, int j);
    }

    /** Waves and steps, from about −50 to 250. */
    private static double truth(int i, int j) {
        return 100
                + 60 * StrictMath.sin(i / 7.0 + j / 23.0)
                + 40 * StrictMath.cos(j / 5.0 - i / 31.0)
                + (i / 20 + j / 15) % 2 * 50;
    }

    private static Mosaic.Tile tile(String name, int x, int y, int ni, int nj, Change change) {
        float[] values = new float[ni * nj];
        for (int v = 0; v < values.length; v++) {
            int i = x + v % ni;
            int j = y + v / ni;
            values[v] = (float) change.of(truth(i, j), i, j);
        }
        Geometry grid =
                new Geometry(
                        ni,
                        nj,
                        1,
                        Numbers.of(0.5, 0.8, 1),
                        Numbers.of(10 + 0.5 * x, -5 + 0.8 * y, 3),
                        Geometry.IDENTITY);
        return new Mosaic.Tile(name, grid, values);
    }

    /** Four tiles of one picture, 12 to 16 voxels in common. */
    private static List<Mosaic.Tile> four(double... offsets) {
        return new ArrayList<>(
                List.of(
                        tile("a", 0, 0, 60, 40, (u, i, j) -> u + offsets[0]),
                        tile("b", 46, 0, 54, 42, (u, i, j) -> u + offsets[1]),
                        tile("c", 0, 26, 58, 44, (u, i, j) -> u + offsets[2]),
                        tile("d", 44, 28, 56, 42, (u, i, j) -> u + offsets[3])));
    }

    private static GradientMosaic.Result of(int fixed, double tolerance, List<Mosaic.Tile> tiles) {
        return new GradientMosaic(fixed, new Multigrid(), OptionalDouble.of(tolerance))
                .of(List.of(tiles));
    }

    private static void assertTruth(float[] values, double level, double tolerance) {
        for (int v = 0; v < values.length; v++) {
            assertEquals(truth(v % WIDTH, v / WIDTH) + level, values[v], tolerance);
        }
    }

    /** Floats up to 512 are spaced by 3e-5; differences of such are off by as much. */
    @Test
    void tilesThatDifferByOffsetsBecomeTheTileThatIsFixed() {
        for (int fixed = 0; fixed < 4; fixed++) {
            double[] offsets = {0, -30, 55, 9};
            GradientMosaic.Result found = of(fixed, EXACT, four(offsets));
            assertEquals(WIDTH, found.grid().ni());
            assertEquals(HEIGHT, found.grid().nj());
            assertTruth(found.planes().get(0), offsets[fixed], 2e-4);
            assertTrue(found.maxErrorBound() <= EXACT);
        }
    }

    /** Without a fixed tile: the truth but for its level, and the mean change is 0. */
    @Test
    void withoutAFixedTileTheMeanChangeIsNone() {
        List<Mosaic.Tile> tiles = four(0, -30, 55, 9);
        GradientMosaic.Result found = of(-1, EXACT, tiles);
        float[] nearest =
                Mosaic.of(
                                tiles,
                                new Mosaic.Settings(
                                        Mosaic.Model.NONE, -1, false, Mosaic.Blend.NEAREST))
                        .values();
        double change = 0;
        double level = 0;
        for (int v = 0; v < nearest.length; v++) {
            change += found.planes().get(0)[v] - nearest[v];
            level += nearest[v] - truth(v % WIDTH, v / WIDTH);
        }
        assertEquals(0, change / nearest.length, 1e-5);
        assertTruth(found.planes().get(0), level / nearest.length, 2e-4);
    }

    /** Tiles in steps, one with a hole and an island in it: nothing is tied to what is missing. */
    @Test
    void whereNoTileMeasuredNothingIsMadeUpAndNothingIsHeld() {
        Change hole = (u, i, j) -> Math.hypot(i - 20, j - 20) < 8 && i != 20 ? Double.NaN : u;
        List<Mosaic.Tile> tiles =
                List.of(
                        tile("a", 0, 0, 60, 40, hole),
                        tile("b", 46, 10, 54, 42, (u, i, j) -> u - 30),
                        tile("c", 70, 40, 30, 30, (u, i, j) -> u + 55));
        for (int fixed = -1; fixed < 3; fixed++) {
            GradientMosaic.Result found = of(fixed, EXACT, tiles);
            assertTrue(found.maxErrorBound() <= EXACT);
            float[] values = found.planes().get(0);
            double level = values[0] - truth(0, 0);
            double[] levels = {level, 0, -30, 55};
            assertEquals(levels[fixed + 1], level, 2e-4);
            int gaps = 0;
            for (int v = 0; v < values.length; v++) {
                int i = v % WIDTH;
                int j = v / WIDTH;
                boolean none =
                        i < 46 && j >= 40
                                || i < 70 && j >= 52
                                || i >= 60 && j < 10
                                || Double.isNaN(hole.of(1, i, j));
                gaps += none ? 1 : 0;
                assertEquals(none, Float.isNaN(values[v]), i + ", " + j);
                if (!none) {
                    assertEquals(truth(i, j) + level, values[v], 3e-4, i + ", " + j);
                }
            }
            assertTrue(gaps > 2000);
        }
    }

    /** What is asked for loosely is off by no more than is said, and by something. */
    @Test
    void theBoundOfAMosaicWithGapsHolds() {
        List<Mosaic.Tile> tiles =
                List.of(
                        tile("a", 0, 0, 60, 40, (u, i, j) -> u + j * j / 70.0),
                        tile("b", 46, 10, 54, 42, (u, i, j) -> u * (1 + i / 300.0)),
                        tile("c", 70, 40, 30, 30, (u, i, j) -> u + 55));
        for (double tolerance : new double[] {30, 1, 0.01}) {
            GradientMosaic.Result loose = of(0, tolerance, tiles);
            float[] exact = of(0, EXACT, tiles).planes().get(0);
            double off = 0;
            for (int v = 0; v < exact.length; v++) {
                double d = Math.abs((double) loose.planes().get(0)[v] - exact[v]);
                off = d > off ? d : off;
            }
            assertTrue(loose.maxErrorBound() <= tolerance);
            assertTrue(off <= loose.maxErrorBound() + 3e-5, off + " of " + tolerance);
            assertTrue(loose.maxErrorBound() > 0);
        }
    }

    /** Shading that bends differently in each tile cannot be undone, but leaves no seam. */
    @Test
    void shadingLeavesNoSeam() {
        List<Mosaic.Tile> tiles =
                List.of(
                        tile("a", 0, 0, 60, 70, (u, i, j) -> u + j * j / 70.0),
                        tile("b", 40, 0, 60, 70, (u, i, j) -> u + 40 - i * 0.3));
        float[] found = of(0, 1e-3, tiles).planes().get(0);
        double worst = 0;
        double was = 0;
        for (int j = 0; j < HEIGHT; j++) {
            for (int i = 45; i < 55; i++) {
                double wished = truth(i + 1, j) - truth(i, j);
                double got = found[j * WIDTH + i + 1] - found[j * WIDTH + i];
                worst = Math.max(worst, Math.abs(got - wished));
            }
            was = Math.max(was, Math.abs(j * j / 70.0 - 40 + 15));
        }
        assertTrue(was > 30, "a seam of " + was + " without a blend");
        assertTrue(worst < 3, "differences off by " + worst);
    }

    @Test
    void channelsAreSolvedTogetherAndEachByItself() {
        List<Mosaic.Tile> red = four(0, -30, 55, 9);
        List<Mosaic.Tile> blue = four(3, 8, -5, 0);
        GradientMosaic mosaic = new GradientMosaic(1, new Multigrid(), OptionalDouble.of(EXACT));
        List<float[]> both = mosaic.of(List.of(red, blue)).planes();
        assertArrayEquals(mosaic.of(List.of(red)).planes().get(0), both.get(0), 1e-5f);
        assertArrayEquals(mosaic.of(List.of(blue)).planes().get(0), both.get(1), 1e-5f);
    }

    @Test
    void theOutcomeDoesNotDependOnThreadsAndTilesStayAsTheyWere() {
        List<Mosaic.Tile> tiles = four(0, -30, 55, 9);
        float[] was = tiles.get(1).values().clone();
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            float[] one = of(-1, 1e-3, tiles).planes().get(0);
            for (int n : new int[] {2, 8}) {
                Parallel.setThreads(n);
                assertArrayEquals(one, of(-1, 1e-3, tiles).planes().get(0));
            }
        } finally {
            Parallel.setThreads(threads);
        }
        assertArrayEquals(was, tiles.get(1).values());
    }

    @Test
    void tilesThatDoNotHangTogetherAreRefused() {
        List<Mosaic.Tile> apart =
                List.of(
                        tile("a", 0, 0, 20, 20, (u, i, j) -> u),
                        tile("b", 20, 0, 20, 20, (u, i, j) -> u));
        assertThrows(RefusedException.class, () -> of(-1, 1e-3, apart));
        assertThrows(IllegalArgumentException.class, () -> of(4, 1e-3, four(0, 0, 0, 0)));
    }
}
