package org.diapason.surface;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;

/** Taubin's smoothing takes roughness off and keeps size and shape. */
class SmoothingTest {

    @Test
    void aWaveFadesByTheTransferFunction() {
        // an octahedron: the corner on the axis and its four neighbours are one eigenvector
        double[] points = {1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1};
        int[] t = {0, 2, 4, 2, 1, 4, 1, 3, 4, 3, 0, 4, 2, 0, 5, 1, 2, 5, 3, 1, 5, 0, 3, 5};
        Mesh smooth = new Taubin(3, 0.5, -0.53).smooth(Mesh.of(points, t));
        // the mean of the neighbours of a corner is 0, so its eigenvalue is 1: (1 − λ)(1 − μ) a
        // pass
        double gain = Math.pow(0.5 * 1.53, 3);
        for (int c = 0; c < points.length; c++) {
            assertEquals(gain * points[c], smooth.points()[c], 1e-15);
        }
    }

    @Test
    void aRoughBallBecomesEvenAndKeepsItsVolume() {
        Mesh ball = Solids.sphere(10, 5);
        Rng rng = new Rng(1);
        double[] rough = ball.points().clone();
        for (int c = 0; c < rough.length; c++) {
            rough[c] += 0.1 * rng.nextGaussian();
        }
        Mesh smooth = Taubin.of(20).smooth(Mesh.of(rough, ball.triangles()));
        assertEquals(
                1, smooth.volumeMm3() / ball.volumeMm3(), 5e-3, "long waves grow by 1.02 at most");
        double left = spread(smooth) / spread(Mesh.of(rough, ball.triangles()));
        assertTrue(left < 0.4, left + " of the roughness is left");
        assertSame(ball, Taubin.of(0).smooth(ball));
    }

    private static double spread(Mesh mesh) {
        double sum = 0;
        double[] p = mesh.points();
        for (int n = 0; n < p.length; n += 3) {
            double r = Math.sqrt(p[n] * p[n] + p[n + 1] * p[n + 1] + p[n + 2] * p[n + 2]) - 10;
            sum += r * r;
        }
        return Math.sqrt(3 * sum / p.length);
    }

    @Test
    void threadsChangeNothingAndTheInputStays() {
        Mesh ring = Solids.torus(10, 3, 400, 100);
        double[] before = ring.points().clone();
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            double[] one = Taubin.of(5).smooth(ring).points();
            Parallel.setThreads(8);
            assertArrayEquals(one, Taubin.of(5).smooth(ring).points());
        } finally {
            Parallel.setThreads(threads);
        }
        assertArrayEquals(before, ring.points());
    }

    @Test
    void anOpenSurfaceAndSettingsWithoutSenseAreRefused() {
        Mesh open = Solids.without(Solids.sphere(1, 2), 3);
        assertThrows(RefusedException.class, () -> Taubin.of(1).smooth(open));
        assertThrows(IllegalArgumentException.class, () -> Taubin.of(-1));
        assertThrows(IllegalArgumentException.class, () -> new Taubin(1, 0.5, -0.4));
        assertThrows(IllegalArgumentException.class, () -> new Taubin(1, Double.NaN, -0.6));
    }
}
