package org.diapason.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Distances of surfaces whose distance is known, and of any by asking every triangle. */
class SurfaceDistanceTest {
    private static final Mesh CUBE = Solids.box(0, 0, 0, 20, 20, 20);

    @Test
    void ballsInBallsAreApartByTheirRadii() {
        Mesh small = Solids.sphere(10, 6);
        Mesh large = Solids.sphere(11, 6);
        SurfaceDistance d = SurfaceDistance.between(small, large, 0.5);
        // 32768 triangles leave a ball of 10 mm by at most 10 (1 − cos of 0.6°) = 0.004 mm
        assertEquals(1, d.there().meanMm(), 0.004);
        assertEquals(1, d.meanMm(), 0.004);
        assertEquals(1, d.p95Mm(), 0.006);
        assertEquals(1, d.hausdorffMm(), 0.006);
        assertTrue(d.hausdorffMm() <= d.atMostMm());
    }

    @Test
    void aBoxOnACubeIsApartByItsHeightOnOneSideOnly() {
        Mesh box = Solids.box(0, 0, 0, 20, 20, 26);
        SurfaceDistance d = SurfaceDistance.between(CUBE, box, 0.5);
        assertEquals(6, d.back().largestMm(), 1e-12, "its lid's corners");
        assertEquals(6, d.there().largestMm(), 0.4, "the middle of the cube's lid lies 6 below");
        assertTrue(d.there().atMostMm() >= 6 && d.there().atMostMm() < 6.5);
        // lid 400 mm² at 6; sides 4 · 20 · 6 mm² at 0 … 6, 3 on average
        double area = 4 * 20 * 26 + 2 * 400;
        assertEquals((400 * 6 + 480 * 3) / area, d.back().meanMm(), 1e-3);
        assertEquals(6, d.back().p95Mm(), 1e-6, "the lid is a seventh");
    }

    @ParameterizedTest(name = "a ring: {0}")
    @ValueSource(booleans = {true, false})
    void theNearestPointIsThatOfAskingEveryTriangle(boolean ring) {
        Rng rng = new Rng(3);
        double[] lone = {0, 1, 2, 8, -3, 1, 3, 9, -4}; // no neighbour holds its sides too
        Mesh mesh = ring ? Solids.torus(10, 3, 17, 9) : Mesh.of(lone, new int[] {0, 1, 2});
        TriangleTree tree = new TriangleTree(mesh);
        Nearest nearest = new Nearest(mesh, tree);
        for (int n = 0; n < 500; n++) {
            double x = 30 * rng.nextDouble() - 15;
            double y = 30 * rng.nextDouble() - 15;
            double z = 10 * rng.nextDouble() - 5;
            double least = Double.POSITIVE_INFINITY;
            for (int t = 0; t < mesh.triangles().length / 3; t++) {
                least = Math.min(least, asked(mesh, t, x, y, z));
            }
            assertEquals(
                    least,
                    Math.sqrt(nearest.square(x, y, z)),
                    ring ? 0.08 : 0.25,
                    "between places");
            assertTrue(nearest.square(x, y, z) <= least * least * (1 + 1e-12));
        }
    }

    /** The least distance to 40² places of a triangle. */
    private static double asked(Mesh mesh, int t, double x, double y, double z) {
        double[] p = mesh.points();
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= 40; i++) {
            for (int j = 0; i + j <= 40; j++) {
                double square = 0;
                for (int a = 0; a < 3; a++) {
                    double at =
                            (i * p[3 * mesh.triangles()[3 * t] + a]
                                            + j * p[3 * mesh.triangles()[3 * t + 1] + a]
                                            + (40 - i - j) * p[3 * mesh.triangles()[3 * t + 2] + a])
                                    / 40;
                    double d = at - (a == 0 ? x : a == 1 ? y : z);
                    square += d * d;
                }
                least = Math.min(least, square);
            }
        }
        return Math.sqrt(least);
    }

    @Test
    void theBoundHoldsWhereNoPartHasItsMiddle() {
        // the middle of the lid lies 10 from the walls of a box so tall that its lid is farther
        Mesh tall = Solids.box(0, 0, 0, 20, 20, 50);
        SurfaceDistance d = SurfaceDistance.between(CUBE, tall, 7);
        assertTrue(d.there().largestMm() < 9.5, d.toString());
        assertTrue(d.there().atMostMm() >= 10, d.toString());
    }

    @Test
    void threadsChangeNothing() {
        Mesh a = Solids.torus(10, 3, 90, 40);
        Mesh b = Solids.torus(10.2, 3.1, 70, 30);
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            SurfaceDistance one = SurfaceDistance.between(a, b, 0.3);
            Parallel.setThreads(8);
            assertEquals(one, SurfaceDistance.between(a, b, 0.3));
        } finally {
            Parallel.setThreads(threads);
        }
    }

    @Test
    void aStepOfNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> SurfaceDistance.between(CUBE, CUBE, 0));
    }
}
