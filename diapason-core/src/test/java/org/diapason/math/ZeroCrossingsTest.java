package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.diapason.volume.Geometry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZeroCrossingsTest {

    /** A step at a place between voxels; the voxel it runs through is partly bright. */
    private static float[] step(int n, double edge, double height) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            double bright = Math.max(0, Math.min(1, i + 0.5 - edge));
            x[i] = (float) (height * bright);
        }
        return x;
    }

    private static List<Double> places(Geometry g, float[] x, double sigma, int axes) {
        List<Double> found = new ArrayList<>();
        GaussDerivatives d = GaussDerivatives.of(g, x, sigma, axes, true);
        ZeroCrossings.find(
                g,
                d,
                axes,
                (p, q, share) -> {
                    if (Math.abs(d.gradient()[0][p]) > 1) {
                        found.add(p + (q - p) * share);
                    }
                });
        return found;
    }

    @ParameterizedTest(name = "an edge at {0}")
    @ValueSource(doubles = {20, 20.1, 20.25, 20.4, 20.5, 20.7, 20.95})
    void aCrossingLiesOnTheEdgeToATenthOfAVoxel(double edge) {
        Geometry g = Geometry.of(41, 1, 1, 0.7, 1, 1);
        for (double sigma : new double[] {0.7, 1.4, 2.5}) {
            List<Double> up = places(g, step(41, edge, 100), sigma, 3);
            List<Double> down = places(g, step(41, edge, -100), sigma, 3);
            assertEquals(1, up.size());
            assertEquals(edge, up.get(0), 0.1);
            assertEquals(edge, down.get(0), 0.1);
        }
    }

    /** Between the two steps of a stair the slope is least, and the Laplacian 0: no edge. */
    @Test
    void aStairHasTwoEdgesAndNoneBetween() {
        float[] x = step(60, 24, 100);
        float[] second = step(60, 34, 100);
        for (int i = 0; i < 60; i++) {
            x[i] += second[i];
        }
        List<Double> found = places(Geometry.of(60, 1, 1, 1, 1, 1), x, 3, 3);
        assertEquals(2, found.size(), found.toString());
        assertEquals(24, found.get(0), 0.1);
        assertEquals(34, found.get(1), 0.1);
    }

    @Test
    void halfWayTheBrightVoxelIsMarked() {
        Geometry g = Geometry.of(40, 1, 1, 1, 1, 1);
        GaussDerivatives up = GaussDerivatives.of(g, step(40, 19.5, 100), 2, 3, true);
        GaussDerivatives down = GaussDerivatives.of(g, step(40, 19.5, -100), 2, 3, true);
        assertTrue(ZeroCrossings.voxels(g, up, 3)[20]);
        assertTrue(ZeroCrossings.voxels(g, down, 3)[19]);
    }
}
