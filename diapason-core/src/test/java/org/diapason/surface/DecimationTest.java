package org.diapason.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.math.Gauss;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fewer triangles, the same shape: closed, of as many handles and shells, near and as large. */
class DecimationTest {
    private static final double ANY = Double.POSITIVE_INFINITY;

    private static Mesh fewer(Mesh mesh, int faces) {
        return Decimation.to(mesh, faces, ANY, share -> {});
    }

    @Test
    void aFineCubeWithCutEdgesNeedsFewTriangles() {
        Geometry g = Geometry.of(9, 9, 9, 1, 1, 1);
        boolean[] all = new boolean[729];
        java.util.Arrays.fill(all, true);
        Mesh fine = MarchingCubes.of(g, all).alongAxes();
        // its edges are cut at 45°: planes of six sides, twelve edges and eight corners
        Mesh few = fewer(fine, 44);
        assertTrue(MeshCheck.of(few, true).printable());
        assertTrue(few.triangles().length / 3 <= 44);
        assertEquals(fine.volumeMm3(), few.volumeMm3(), 1e-5 * fine.volumeMm3());
        assertTrue(SurfaceDistance.between(fine, few, 0.2).hausdorffMm() < 1e-3);
    }

    @Test
    void aPlateStaysFlatWithoutNeedlesAndFolds() {
        Geometry g = Geometry.of(40, 31, 3, 1, 1.3, 1);
        boolean[] all = new boolean[g.voxels()];
        java.util.Arrays.fill(all, true);
        Mesh fine = MarchingCubes.of(g, all).alongAxes();
        for (int faces : new int[] {1000, 200, 60}) {
            Mesh few = fewer(fine, faces);
            assertEquals(fine.areaMm2(), few.areaMm2(), 1e-4 * fine.areaMm2(), "folds add area");
            double[] p = few.points();
            for (int t = 0; t < few.triangles().length; t += 3) {
                Mesh one = Mesh.of(p, java.util.Arrays.copyOfRange(few.triangles(), t, t + 3));
                double longest = 0;
                for (int n = 0; n < 3; n++) {
                    int a = 3 * one.triangles()[n];
                    int b = 3 * one.triangles()[(n + 1) % 3];
                    longest =
                            Math.max(
                                    longest,
                                    Math.hypot(
                                            Math.hypot(p[a] - p[b], p[a + 1] - p[b + 1]),
                                            p[a + 2] - p[b + 2]));
                }
                // a hundredth of the squares of two sides, of which the longest has at most twice
                assertTrue(2 * one.areaMm2() > 0.005 * longest * longest, faces + " triangles");
            }
        }
    }

    @Test
    void anEdgeCostsTheAreasTimesTheSquaresOfTheDistances() {
        double[] p = {0, 0, 0, 3, 0, 0.5, 1, 2, 0, 1.5, -4, 1, 0.2, 0.3, -2};
        int[] t = {0, 1, 2, 0, 3, 1, 0, 2, 4, 0, 4, 3, 1, 3, 4, 1, 4, 2};
        Quadrics quadrics = new Quadrics(p, t);
        double cost = quadrics.cost(p, 0, 1);
        double[] to = quadrics.best.clone();
        double sum = 0;
        double weights = 0;
        for (int f = 0; f < t.length; f += 3) {
            int[] one = {t[f], t[f + 1], t[f + 2]};
            double area = Mesh.of(p, one).areaMm2();
            double distance = 3 * Mesh.of(p, one).volumeMm3(to[0], to[1], to[2]) / area;
            for (int corner : one) {
                sum += corner < 2 ? area * distance * distance : 0;
                weights += corner < 2 ? area : 0;
            }
        }
        assertEquals(Math.sqrt(sum / weights), quadrics.rootMm(0, 1), 1e-9);
        // and a millionth of the weight holds the place near both ends
        double held = 0;
        for (int c = 0; c < 6; c++) {
            held += (to[c % 3] - p[c]) * (to[c % 3] - p[c]);
        }
        assertEquals(sum + 1e-6 * weights * held, cost, 1e-9);
    }

    @ParameterizedTest(name = "to {0} triangles")
    @ValueSource(ints = {4096, 1024, 256, 64})
    void aBallStaysNearAndClosed(int faces) {
        Mesh ball = Solids.sphere(10, 6);
        Mesh few = fewer(ball, faces);
        assertTrue(MeshCheck.of(few, true).printable());
        assertTrue(few.triangles().length / 3 <= faces);
        // a ball's best approximation by n triangles leaves it by about 4.2 r / n (of either sign)
        double best = 4.2 * 10 / faces;
        double off = SurfaceDistance.between(ball, few, 0.5).hausdorffMm();
        assertTrue(off < 4 * best, off + " against " + best);
    }

    @Test
    void shellsAndHandlesStay() {
        Geometry g = Geometry.of(24, 22, 20, 1, 1.5, 2);
        Rng rng = new Rng(4);
        boolean[] voxels = new boolean[g.voxels()];
        for (int v = 0; v < voxels.length; v++) {
            voxels[v] = rng.nextDouble() < 0.1;
        }
        Mesh mesh = MarchingCubes.of(g, voxels).alongAxes();
        MeshCheck before = MeshCheck.of(mesh);
        MeshCheck after = MeshCheck.of(fewer(mesh, 4));
        assertEquals(before.shells(), after.shells());
        assertEquals(before.eulerCharacteristic(), after.eulerCharacteristic());
        assertTrue(after.watertight() && after.manifold());
        assertTrue(after.faces() < before.faces() / 2);
        MeshCheck ring = MeshCheck.of(fewer(Solids.torus(10, 3, 60, 30), 4));
        assertEquals(0, ring.eulerCharacteristic());
        assertTrue(ring.printable() && ring.faces() < 60, ring.toString());
    }

    @ParameterizedTest(name = "blurred by {0} voxels, a {1}th")
    @CsvSource({"1.5, 8", "1.5, 20"})
    void surfacesOfManyHandlesDoNotCutThemselves(double blur, int less) {
        Geometry g = Geometry.of(30, 28, 26, 1, 1.2, 2);
        Rng rng = new Rng(3);
        float[] noise = new float[g.voxels()];
        for (int v = 0; v < noise.length; v++) {
            noise[v] = (float) rng.nextGaussian();
        }
        float[] field = Gauss.blur(g, noise, blur, blur, blur);
        Mesh mesh = IsoSurface.of(Volume.of(g, field, Quantity.UNKNOWN), 0);
        MeshCheck before = MeshCheck.of(mesh, true);
        assertTrue(before.printable());
        MeshCheck after = MeshCheck.of(fewer(mesh, mesh.triangles().length / 3 / less), true);
        assertTrue(after.printable(), after.faults().toString());
        assertEquals(before.hollows(), after.hollows());
        // where more room is needed not to cut, more triangles are left than asked for
        assertTrue(
                after.faces() < 4 * before.faces() / less, after.faces() + " of " + before.faces());
        assertEquals(1, after.volumeMm3() / before.volumeMm3(), 0.06);
    }

    @Test
    void noTriangleOfASteppedBallTurnsOver() {
        Geometry g = Geometry.of(25, 25, 25, 1, 1, 1);
        boolean[] ball = new boolean[g.voxels()];
        for (int v = 0; v < ball.length; v++) {
            int x = v % 25 - 12;
            int y = v / 25 % 25 - 12;
            int z = v / 625 - 12;
            ball[v] = x * x + y * y + z * z < 121;
        }
        Mesh stepped = Solids.moved(MarchingCubes.of(g, ball).alongAxes(), 1, -12, -12, -12);
        for (int faces : new int[] {2000, 500, 120, 40}) {
            Mesh few = fewer(stepped, faces);
            double[] p = few.points();
            for (int t = 0; t < few.triangles().length; t += 3) {
                int a = 3 * few.triangles()[t];
                int b = 3 * few.triangles()[t + 1];
                int c = 3 * few.triangles()[t + 2];
                double volume =
                        p[a] * (p[b + 1] * p[c + 2] - p[b + 2] * p[c + 1])
                                + p[a + 1] * (p[b + 2] * p[c] - p[b] * p[c + 2])
                                + p[a + 2] * (p[b] * p[c + 1] - p[b + 1] * p[c]);
                assertTrue(volume > 0, faces + ": a triangle that looks to the middle");
            }
        }
    }

    @Test
    void tetrahedraAreLeftAlone() {
        double[] p = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1};
        Mesh four = Mesh.of(p, new int[] {0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3});
        Mesh two = Solids.together(false, four, Solids.moved(four, 1, 3, 0, 0));
        assertEquals(8, MeshCheck.of(fewer(two, 4)).faces(), "nothing flat is left of either");
    }

    @Test
    void theLimitOnTheDistanceKeepsWhatIsRound() {
        Mesh ball = Solids.sphere(10, 5);
        Mesh loose = Decimation.to(ball, 4, 0.1, share -> {});
        Mesh tight = Decimation.to(ball, 4, 0.01, share -> {});
        assertTrue(tight.triangles().length > 2 * loose.triangles().length);
        assertTrue(SurfaceDistance.between(ball, tight, 0.5).hausdorffMm() < 0.1);
    }

    @Test
    void aPlaceFarFromTheOriginChangesNothingButRounding() {
        Mesh near = fewer(Solids.sphere(10, 5), 400);
        Mesh far = fewer(Solids.moved(Solids.sphere(10, 5), 1, 1024, -2048, 512), 400);
        assertEquals(near.volumeMm3(), far.volumeMm3(), 1e-3 * near.volumeMm3());
    }

    @Test
    void anOpenSurfaceIsRefused() {
        Mesh open = Solids.without(Solids.sphere(1, 3), 3);
        assertThrows(RefusedException.class, () -> fewer(open, 100));
        assertThrows(IllegalArgumentException.class, () -> fewer(Solids.sphere(1, 1), 3));
    }
}
