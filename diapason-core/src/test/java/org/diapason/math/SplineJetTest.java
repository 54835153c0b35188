package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;

class SplineJetTest {
    /** i along z, j along −x, k along y. */
    private static final Numbers TURNED = Numbers.of(0, -1, 0, 0, 0, 1, 1, 0, 0);

    private static Geometry grid(int ni, int nj, int nk) {
        return new Geometry(ni, nj, nk, Numbers.of(1.2, 0.8, 2), Numbers.of(3, -2, 1), TURNED);
    }

    private static float[] noise(int voxels) {
        Rng rng = new Rng(5);
        float[] values = new float[voxels];
        for (int v = 0; v < voxels; v++) {
            values[v] = (float) rng.nextGaussian();
        }
        return values;
    }

    /** Differences of the spline's own values over 2e-4 mm, along the axes of the world. */
    @Test
    void theDerivativesAreThoseOfTheInterpolant() {
        Geometry g = grid(9, 8, 7);
        SplineJet.Reader reader = new SplineJet(g, noise(g.voxels())).reader();
        double[] place = g.toWorld(3.3, 4.6, 2.7).toArray();
        double e = 1e-4;
        double[] up = new double[3];
        double[] down = new double[3];
        double[] gradient = new double[3];
        double[] hessian = new double[6];
        at(g, reader, place);
        reader.gradient(gradient);
        reader.hessian(hessian);
        int n = 0;
        for (int r = 0; r < 3; r++) {
            double[] p = place.clone();
            p[r] += e;
            at(g, reader, p);
            double more = reader.value();
            reader.gradient(up);
            p[r] -= 2 * e;
            at(g, reader, p);
            reader.gradient(down);
            assertEquals((more - reader.value()) / (2 * e), gradient[r], 1e-6);
            for (int c = r; c < 3; c++) {
                assertEquals((up[c] - down[c]) / (2 * e), hessian[n++], 1e-6);
            }
        }
    }

    private static void at(Geometry g, SplineJet.Reader reader, double[] place) {
        Numbers v = g.toVoxel(place[0], place[1], place[2]);
        assertTrue(reader.read(v.get(0), v.get(1), v.get(2)));
    }

    @Test
    void itGoesThroughTheVoxelsOfShortAxesToo() {
        for (int[] size : new int[][] {{1, 5, 2}, {2, 1, 3}, {3, 2, 1}, {6, 5, 4}}) {
            Geometry g = grid(size[0], size[1], size[2]);
            float[] values = noise(g.voxels());
            SplineJet.Reader reader = new SplineJet(g, values).reader();
            for (int v = 0; v < values.length; v++) {
                int row = v / g.ni();
                assertTrue(reader.read(v % g.ni(), row % g.nj(), row / g.nj()));
                assertEquals(values[v], reader.value(), 1e-5);
            }
        }
    }
}
