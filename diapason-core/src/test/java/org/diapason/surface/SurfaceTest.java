package org.diapason.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Surfaces against closed forms and the laws every closed surface and every hull obeys. */
class SurfaceTest {

    @ParameterizedTest(name = "a share of {0} inside")
    @ValueSource(doubles = {0.05, 0.3, 0.5, 0.7, 0.95, 1})
    void everySurfaceIsClosedAndTurnedOutwards(double share) {
        Geometry g = Geometry.of(9, 8, 7, 0.5, 1.25, 3);
        LatticeMesh surface = MarchingCubes.of(g, noise(g, share));
        Map<Long, Integer> edges = new HashMap<>();
        int[] t = surface.triangles();
        for (int c = 0; c < t.length; c++) {
            int a = t[c];
            int b = t[c % 3 == 2 ? c - 2 : c + 1];
            edges.merge(((long) a << 32) + b, 1, Integer::sum);
            edges.merge(((long) b << 32) + a, -1, Integer::sum);
        }
        edges.values().forEach(count -> assertEquals(0, count, "an edge without its other side"));
        assertTrue(surface.alongAxes().volumeMm3() > 0);
    }

    @Test
    void everyCubeIsClosedAgainstEveryNeighbour() {
        Geometry g = Geometry.of(2, 2, 2, 1, 1, 1);
        for (int inside = 1; inside < 256; inside++) {
            boolean[] voxels = new boolean[8];
            for (int c = 0; c < 8; c++) {
                voxels[c] = (inside >> c & 1) != 0;
            }
            Mesh mesh = MarchingCubes.of(g, voxels).alongAxes();
            Mesh moved = shifted(mesh, 1000);
            assertEquals(mesh.volumeMm3(), moved.volumeMm3(), 1e-9, "case " + inside);
        }
    }

    @Test
    void aTurnedOrMirroredCubeHasTheTurnedOrMirroredSurface() {
        double[] spacing = {1, 2.3, 5.9};
        int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
        for (int inside = 1; inside < 256; inside++) {
            double area = Double.NaN;
            double volume = Double.NaN;
            for (int turn = 0; turn < 48; turn++) {
                int[] order = orders[turn / 8];
                double[] turned = new double[3];
                boolean[] voxels = new boolean[8];
                for (int c = 0; c < 8; c++) {
                    int to = turn % 8;
                    for (int a = 0; a < 3; a++) {
                        to ^= (c >> a & 1) << order[a];
                        turned[order[a]] = spacing[a];
                    }
                    voxels[to] = (inside >> c & 1) != 0;
                }
                Geometry g = Geometry.of(2, 2, 2, turned[0], turned[1], turned[2]);
                Mesh mesh = MarchingCubes.of(g, voxels).alongAxes();
                area = turn == 0 ? mesh.areaMm2() : area;
                volume = turn == 0 ? mesh.volumeMm3() : volume;
                assertEquals(area, mesh.areaMm2(), 1e-9, "case " + inside + ", turn " + turn);
                assertEquals(volume, mesh.volumeMm3(), 1e-9, "case " + inside);
            }
        }
    }

    @ParameterizedTest(name = "{0} × {1} × {2} voxels")
    @CsvSource({"1, 1, 1", "4, 1, 1", "5, 4, 3"})
    void aBlockIsABoxWithCutEdges(int ni, int nj, int nk) {
        Geometry g = Geometry.of(ni, nj, nk, 1, 1, 1);
        boolean[] all = new boolean[g.voxels()];
        Arrays.fill(all, true);
        LatticeMesh surface = MarchingCubes.of(g, all);
        // prisms of 1/8 off the 12 edges between centres, 1/8 less the corner of 1/48 at the 8 ends
        int edges = 4 * (ni + nj + nk - 3);
        double cubes = (ni - 1) * (nj - 1) * (nk - 1);
        double sides = (ni - 1) * (nj - 1) + (nj - 1) * (nk - 1) + (nk - 1) * (ni - 1);
        double expected = cubes + sides + edges / 8.0 + 8.0 / 48;
        assertEquals(expected, surface.alongAxes().volumeMm3(), 1e-12);
        Hull hull = surface.hull();
        Mesh convex = Mesh.of(surface.toMm(hull.points()), hull.triangles());
        assertEquals(expected, convex.volumeMm3(), 1e-12, "already convex");
        assertEquals(surface.alongAxes().areaMm2(), convex.areaMm2(), 1e-12);
    }

    @Test
    void obliqueAndMirroredGridsTurnTheSurfaceOutwards() {
        double c = Math.sqrt(0.5);
        Geometry straight = Geometry.of(6, 5, 4, 1, 2, 3);
        boolean[] voxels = noise(straight, 0.5);
        Mesh mesh = MarchingCubes.of(straight, voxels).alongAxes();
        for (double sign : new double[] {1, -1}) {
            Geometry oblique =
                    new Geometry(
                            6,
                            5,
                            4,
                            Numbers.of(1, 2, 3),
                            Numbers.of(-90, 40, 7),
                            Numbers.of(c, -c, 0, c, c, 0, 0, 0, sign));
            Mesh world = MarchingCubes.of(oblique, voxels).inWorld();
            assertEquals(mesh.volumeMm3(), world.volumeMm3(), 1e-10);
            assertEquals(mesh.areaMm2(), world.areaMm2(), 1e-10);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aHullHoldsEveryPointAndIsMadeOfThem(int seed) {
        Random random = new Random(seed);
        int[] points = new int[3 * 400];
        for (int p = 0; p < points.length; p++) {
            points[p] = random.nextInt(3 + 2 * seed * seed);
        }
        Hull hull = Hull.of(points);
        for (int f = 0; f < hull.size(); f++) {
            int a = 3 * hull.triangles()[3 * f];
            for (int p = 0; p < points.length; p += 3) {
                long height = 0;
                for (int x = 0; x < 3; x++) {
                    height += hull.normals()[3 * f + x] * (points[p + x] - hull.points()[a + x]);
                }
                assertTrue(height <= 0, "point " + p / 3 + " above face " + f);
            }
        }
        assertEquals(2 * (hull.points().length / 3) - 4, hull.size(), "Euler's formula");
    }

    @Test
    void theHullOfALatticeBoxIsTheBox() {
        int[] points = new int[3 * 6 * 5 * 4 * 2];
        for (int p = 0; p < points.length / 3; p++) {
            points[3 * p] = p % 6;
            points[3 * p + 1] = p / 6 % 5;
            points[3 * p + 2] = p / 30 % 4;
        }
        Hull hull = Hull.of(points);
        double[] corners = Arrays.stream(hull.points()).asDoubleStream().toArray();
        Mesh box = Mesh.of(corners, hull.triangles());
        assertEquals(5 * 4 * 3, box.volumeMm3(), 1e-12);
        assertEquals(2 * (20 + 12 + 15), box.areaMm2(), 1e-12);
        OrientedBox around = OrientedBox.around(hull, corners, new double[] {1, 1, 1});
        assertEquals(new OrientedBox(5, 4, 3), around);
        // the ellipsoid through the corners: semi-axes are half sides times sqrt(3)
        EnclosingEllipsoid round = EnclosingEllipsoid.around(corners, 1e-9, 100_000);
        assertEquals(2.5 * Math.sqrt(3), round.aMm(), 1e-7);
        assertEquals(2.0 * Math.sqrt(3), round.bMm(), 1e-7);
        assertEquals(1.5 * Math.sqrt(3), round.cMm(), 1e-7);
        assertTrue(round.residual() <= 1e-9);
    }

    @Test
    void aTurnedBoxIsFoundTurned() {
        // sides (3, 4, 0), (−4, 3, 0) and (0, 0, 2) times 4: lengths 20, 20 and 8
        int[] points = new int[24];
        for (int p = 0; p < 8; p++) {
            int a = p & 1;
            int b = p >> 1 & 1;
            points[3 * p] = 4 * (3 * a - 4 * b);
            points[3 * p + 1] = 4 * (4 * a + 3 * b);
            points[3 * p + 2] = 8 * (p >> 2);
        }
        Hull hull = Hull.of(points);
        double[] corners = Arrays.stream(hull.points()).asDoubleStream().toArray();
        OrientedBox box = OrientedBox.around(hull, corners, new double[] {1, 1, 1});
        assertEquals(20, box.lengthMm(), 1e-12);
        assertEquals(20, box.widthMm(), 1e-12);
        assertEquals(8, box.heightMm(), 1e-12);
    }

    @Test
    void pointsInOnePlaneHaveNoHull() {
        int[] plane = {0, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 2, 2, 1, 3};
        assertThrows(IllegalArgumentException.class, () -> Hull.of(plane));
        assertThrows(IllegalArgumentException.class, () -> Hull.of(new int[] {1, 2, 3}));
    }

    @Test
    void diametersAcrossAnAxisStayInOnePlane() {
        Geometry g = Geometry.of(5, 3, 2, 1, 1, 10);
        boolean[] voxels = new boolean[30];
        voxels[g.index(0, 0, 0)] = true;
        voxels[g.index(4, 0, 0)] = true;
        voxels[g.index(2, 2, 1)] = true;
        LatticeMesh surface = MarchingCubes.of(g, voxels);
        assertEquals(5, Diameters.greatestAcrossMm(surface, 2), 1e-12, "in slice 0");
        // (0, 0, −5) … (4, 0, 5) mm in row 0
        assertEquals(Math.sqrt(16 + 100), Diameters.greatestAcrossMm(surface, 1), 1e-12);
        assertEquals(20, Diameters.greatestMm(new double[] {0, 0, -5, 0, 0, 15}), 1e-12);
    }

    private static Mesh shifted(Mesh mesh, double by) {
        double[] points = new double[mesh.points().length + 3];
        for (int p = 3; p < points.length; p++) {
            points[p] = mesh.points()[p - 3];
        }
        points[0] = by;
        int[] triangles = mesh.triangles().clone();
        for (int t = 0; t < triangles.length; t++) {
            triangles[t]++;
        }
        return Mesh.of(points, triangles);
    }

    private static boolean[] noise(Geometry g, double share) {
        Random random = new Random(7);
        boolean[] voxels = new boolean[g.voxels()];
        for (int v = 0; v < voxels.length; v++) {
            voxels[v] = random.nextDouble() < share;
        }
        return voxels;
    }
}
