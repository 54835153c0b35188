package org.diapason.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * Edges of rough little bodies are drawn together one by one, and what each did to the
     * triangles around it is measured: no more than is allowed, and now and then almost as much.
     */
    @Test
    void noStepTurnsATriangleOverOrMakesANeedle() {
        double[] least = {1, 1};
        for (int n = 0; n < 1000; n++) {
            Mesh before = rough(n, n % 2 == 0 ? 1 : 25);
            for (int faces = 30; faces >= 4; faces -= 2) {
                Mesh after = Decimation.to(before, faces, Double.POSITIVE_INFINITY, done -> {});
                if (after.triangles().length / 3 != faces) {
                    break;
                }
                compare(before, after, least);
                before = after;
            }
        }
        assertTrue(least[0] > 0.2 - 1e-9 && least[0] < 0.25, "cosine " + least[0]);
        assertTrue(least[1] > 0.01 - 1e-9 && least[1] < 0.012, "shape " + least[1]);
    }

    /** An octahedron cut in four once, its points at random distances, drawn out along z. */
    private static Mesh rough(int seed, double along) {
        Mesh ball = Solids.sphere(1, 1);
        double[] p = ball.points().clone();
        Rng rng = new Rng(seed);
        for (int n = 0; n < p.length; n += 3) {
            double far = 0.5 + rng.nextDouble();
            p[n] *= far;
            p[n + 1] *= far;
            p[n + 2] *= far * along;
        }
        return Mesh.of(p, ball.triangles());
    }

    /** Compares the triangles that got a new corner with those on the same two other points. */
    private static void compare(Mesh before, Mesh after, double[] least) {
        Map<List<Integer>, double[]> third = new HashMap<>();
        int[] t = before.triangles();
        for (int h = 0; h < t.length; h++) {
            List<Integer> edge = List.of(t[HalfEdges.next(h)], t[HalfEdges.before(h)]);
            third.put(edge, point(before, t[h]));
        }
        int[] s = after.triangles();
        for (int h = 0; h < s.length; h++) {
            int a = old(before, point(after, s[HalfEdges.next(h)]));
            int b = old(before, point(after, s[HalfEdges.before(h)]));
            if (a < 0 || b < 0 || old(before, point(after, s[h])) >= 0) {
                continue;
            }
            double[] was = normal(point(before, a), point(before, b), third.get(List.of(a, b)));
            double[] is = normal(point(before, a), point(before, b), point(after, s[h]));
            double dot = was[0] * is[0] + was[1] * is[1] + was[2] * is[2];
            least[0] = Math.min(least[0], dot / was[3] / is[3]);
            if (is[4] < was[4]) {
                least[1] = Math.min(least[1], is[4]);
            }
        }
    }

    /** The normal of a triangle, its length, and that over the squares of two sides. */
    private static double[] normal(double[] a, double[] b, double[] c) {
        double[] u = {b[0] - a[0], b[1] - a[1], b[2] - a[2]};
        double[] v = {c[0] - a[0], c[1] - a[1], c[2] - a[2]};
        double x = u[1] * v[2] - u[2] * v[1];
        double y = u[2] * v[0] - u[0] * v[2];
        double z = u[0] * v[1] - u[1] * v[0];
        double size = Math.sqrt(x * x + y * y + z * z);
        double sides = 0;
        for (int k = 0; k < 3; k++) {
            sides += u[k] * u[k] + v[k] * v[k];
        }
        return new double[] {x, y, z, size, size / sides};
    }

    private static double[] point(Mesh mesh, int p) {
        return java.util.Arrays.copyOfRange(mesh.points(), 3 * p, 3 * p + 3);
    }

    /** The point of a mesh that lies at a place, −1 where none does. */
    private static int old(Mesh mesh, double[] at) {
        for (int p = 0; p < mesh.points().length / 3; p++) {
            double[] q = point(mesh, p);
            double far = Math.abs(q[0] - at[0]) + Math.abs(q[1] - at[1]) + Math.abs(q[2] - at[2]);
            if (far < 1e-9) {
                return p;
            }
        }
        return -1;
    }
}
