package org.diapason.surface;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Surfaces of volumes against another program, closed forms, and the laws of closed surfaces. */
class IsoSurfaceTest {

    /**
     * python3-skimage 0.19.3: marching_cubes(r − sqrt(x² + y² + z²), 0.) in float32 on whole
     * numbers, then mesh_surface_area and the signed tetrahedra. Thirty voxels of either sphere
     * equal the threshold: counted as inside they would give 486 and 1902 points. Their coordinates
     * have four bytes.
     */
    @ParameterizedTest(name = "radius {0}")
    @CsvSource({"5, 414, 824, 310.17932, 510.98800", "10, 1830, 3656, 1252.66077, 4163.58952"})
    void spheresAreThoseOfScikitImage(
            int radius, int points, int faces, double areaMm2, double volumeMm3) {
        int n = 2 * radius + 3;
        int c = radius + 1;
        Mesh mesh =
                IsoSurface.of(
                        Fields.of(Geometry.of(n, n, n, 1, 1, 1), Fields.sphere(radius, c, c, c)),
                        0);
        assertEquals(points, mesh.points().length / 3);
        assertEquals(faces, mesh.triangles().length / 3);
        assertEquals(areaMm2, mesh.areaMm2(), 1e-6 * areaMm2);
        assertEquals(volumeMm3, mesh.volumeMm3(), 1e-6 * volumeMm3);
        assertEquals(2, Closed.euler(mesh, "sphere"));
    }

    /** Chords of length h lie h²/8R inside: halving h must quarter what area and volume lack. */
    @Test
    void areaAndVolumeOfASphereConvergeWithTheSquareOfTheSpacing() {
        double[] area = new double[3];
        double[] volume = new double[3];
        for (int s = 0; s < 3; s++) {
            int n = 16 << s;
            double h = 16.0 / n;
            Volume sphere =
                    Fields.of(Geometry.of(n, n, n, h, h, h), Fields.sphere(6.2, 7.61, 7.53, 7.47));
            Mesh mesh = IsoSurface.of(sphere, 0);
            area[s] = 1 - mesh.areaMm2() / (4 * Math.PI * 6.2 * 6.2);
            volume[s] = 1 - mesh.volumeMm3() / (4 * Math.PI / 3 * 6.2 * 6.2 * 6.2);
        }
        for (int s = 0; s < 2; s++) {
            assertEquals(4, area[s] / area[s + 1], 0.5, "area " + Arrays.toString(area));
            assertEquals(4, volume[s] / volume[s + 1], 0.5, "volume " + Arrays.toString(volume));
        }
        assertTrue(volume[2] > 0 && volume[2] < 1e-3, "volume " + Arrays.toString(volume));
    }

    @Test
    void handlesAreCounted() {
        Geometry g = Geometry.of(60, 40, 20, 1, 1, 1);
        Fields.Field left = Fields.torus(10, 4.3, 20, 20, 9.7);
        Fields.Field right = Fields.torus(10, 4.3, 40, 20, 9.7);
        Mesh one = IsoSurface.of(Fields.of(g, left), 0);
        assertEquals(0, Closed.euler(one, "torus"));
        // 2 π² R r² and 4 π² R r, and h² / 8 of curvature 1/r against 1/2r
        assertEquals(2 * Math.PI * Math.PI * 10 * 4.3 * 4.3, one.volumeMm3(), 0.02 * 3650);
        assertEquals(4 * Math.PI * Math.PI * 10 * 4.3, one.areaMm2(), 0.01 * 1698);
        Fields.Field both = (x, y, z) -> Math.max(left.at(x, y, z), right.at(x, y, z));
        assertEquals(-2, Closed.euler(IsoSurface.of(Fields.of(g, both), 0), "double torus"));
    }

    @Test
    void aHundredSmoothFieldsAreClosedAndManifold() {
        for (int seed = 0; seed < 100; seed++) {
            Geometry g = Geometry.of(9 + seed % 7, 11, 10, 0.7, 1, 3);
            Volume field = Fields.of(g, Fields.waves(seed));
            Mesh mesh = IsoSurface.of(field, 0.1);
            assertEquals(0, Closed.euler(mesh, "seed " + seed) % 2, "closed surfaces are even");
            assertTrue(mesh.volumeMm3() > 0, "outwards");
        }
    }

    @ParameterizedTest(name = "noise above {0}, {1} levels")
    @CsvSource({"0, 0", "1, 0", "-1, 0", "0.5, 2", "0, 5", "1, 5", "-1, 5"})
    void noiseIsClosedAndManifold(double threshold, int levels) {
        Geometry g = Geometry.of(68, 9, 8, 1, 1, 1);
        Fields.Field noise = Fields.noise(3);
        Fields.Field field =
                (x, y, z) -> {
                    double v = noise.at(x, y, z);
                    return levels == 0 ? v : levels == 2 ? (v > 0 ? 1 : 0) : Math.rint(v);
                };
        Mesh mesh = IsoSurface.of(Fields.of(g, field), threshold);
        assertEquals(0, Closed.euler(mesh, "noise") % 2);
    }

    /** Five values of noise, half of them the threshold's: files keep the points apart. */
    @Test
    void pointsOfVoxelsAtTheThresholdDifferInFourBytesFarFromTheOrigin() {
        double c = 0.6;
        double s = 0.8;
        Geometry far =
                new Geometry(
                        20,
                        20,
                        20,
                        Numbers.of(0.3, 0.3, 0.5),
                        Numbers.of(-310, 250, 700),
                        Numbers.of(c, -s * s, s * c, s, c * s, -c * c, 0, c, s));
        Fields.Field noise = Fields.noise(6);
        Volume steps = Fields.of(far, (x, y, z) -> Math.rint(noise.at(x, y, z)));
        assertEquals(0, Closed.euler(IsoSurface.of(steps, 0), "far") % 2);
    }

    /** Across an edge or a corner: two bodies, not one joined by a thread. */
    @ParameterizedTest(name = "{0}, {1}, {2}")
    @CsvSource({"1, 1, 0", "1, 0, 1", "0, 1, 1", "1, 1, 1"})
    void voxelsThatMeetAcrossADiagonalAreParted(int i, int j, int k) {
        Geometry g = Geometry.of(2, 2, 2, 1, 1, 1);
        float[] values = new float[8];
        values[g.index(0, 0, 0)] = 1;
        values[g.index(i, j, k)] = 1;
        Mesh mesh = IsoSurface.of(Volume.of(g, values, Quantity.STORED), 0.5);
        assertEquals(4, Closed.euler(mesh, "two octahedra"));
        assertEquals(2 / 6.0, mesh.volumeMm3(), 1e-12);
    }

    /** One voxel thick, one row, one voxel; everything inside: a closed box with cut edges. */
    @ParameterizedTest(name = "{0} × {1} × {2}")
    @CsvSource({"1, 1, 1", "1, 7, 1", "65, 1, 1", "7, 8, 1", "1, 8, 7", "62, 2, 3", "63, 2, 2"})
    void everythingInsideIsAClosedBox(int ni, int nj, int nk) {
        Geometry g = Geometry.of(ni, nj, nk, 1, 2, 4);
        Mesh box = IsoSurface.of(Fields.of(g, (x, y, z) -> 7), -3);
        assertEquals(2, Closed.euler(box, "box"));
        for (int a = 0; a < 3; a++) {
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (int p = a; p < box.points().length; p += 3) {
                least = Math.min(least, box.points()[p]);
                most = Math.max(most, box.points()[p]);
            }
            assertEquals(-0.5 * g.spacing(a), least, 1e-12, "the outer face of the first voxel");
            assertEquals((g.size(a) - 0.5) * g.spacing(a), most, 1e-12);
        }
        // 12 edges cut by prisms of 1/8 between centres, 8 corners that keep 1/48 of a voxel
        double prisms = 4 * (ni + nj + nk - 3) / 8.0 + 8.0 / 48;
        double sides = (ni - 1) * (nj - 1) + (nj - 1) * (nk - 1) + (nk - 1) * (ni - 1);
        double middle = (ni - 1) * (nj - 1) * (nk - 1);
        assertEquals(8 * (middle + sides + prisms), box.volumeMm3(), 1e-9);
    }

    @Test
    void thinGridsOfNoiseAreClosed() {
        for (int[] size : new int[][] {{1, 9, 9}, {9, 1, 9}, {130, 9, 1}, {1, 1, 30}, {30, 1, 1}}) {
            Geometry g = Geometry.of(size[0], size[1], size[2], 1, 1, 1);
            Mesh mesh = IsoSurface.of(Fields.of(g, Fields.noise(5)), 0.2);
            assertTrue(Closed.euler(mesh, Arrays.toString(size)) >= 2, "no room for a handle");
        }
    }

    /** The first words of a row hold 63 voxels, the others 64. */
    @Test
    void aSphereIsTheSameWhereverItLiesInARow() {
        Mesh first = null;
        for (int shift = 0; shift < 70; shift++) {
            Geometry g = Geometry.of(14 + shift, 13, 13, 1, 1, 1);
            Mesh mesh = IsoSurface.of(Fields.of(g, Fields.sphere(4.3, 6 + shift, 6.5, 5.5)), 0);
            first = first == null ? mesh : first;
            assertArrayEquals(first.triangles(), mesh.triangles(), "shift " + shift);
            for (int p = 0; p < mesh.points().length; p++) {
                double moved = first.points()[p] + (p % 3 == 0 ? shift : 0);
                assertEquals(moved, mesh.points()[p], 1e-5, "shift " + shift);
            }
        }
    }

    @Test
    void aMaskIsAVolumeOfZeroAndOne() {
        Geometry g = Geometry.of(66, 7, 6, 0.5, 1.25, 3);
        Volume noise = Fields.of(g, Fields.noise(9));
        boolean[] voxels = new boolean[g.voxels()];
        float[] values = new float[g.voxels()];
        for (int v = 0; v < voxels.length; v++) {
            voxels[v] = noise.values()[v] > 0;
            values[v] = voxels[v] ? 1 : 0;
        }
        Mesh lattice = MarchingCubes.of(g, voxels).inWorld();
        Mesh mask = IsoSurface.of(Mask.of(g, voxels));
        Mesh iso = IsoSurface.of(noise.withValues(values), 0.5);
        assertArrayEquals(mask.triangles(), iso.triangles());
        assertArrayEquals(mask.points(), iso.points(), 1e-12);
        for (int c = 0; c < mask.triangles().length; c++) {
            for (int a = 0; a < 3; a++) {
                assertEquals(
                        mask.points()[3 * mask.triangles()[c] + a],
                        lattice.points()[3 * lattice.triangles()[c] + a],
                        1e-12);
            }
        }
        assertEquals(mask.points().length, lattice.points().length);
    }

    /** Shape features hang on this order in the digits behind an ellipsoid's tolerance. */
    @Test
    void thePointsOfAMaskComeAsTheTrianglesMeetThem() {
        Geometry g = Geometry.of(9, 8, 7, 1, 1, 1);
        boolean[] voxels = new boolean[g.voxels()];
        for (int v = 0; v < voxels.length; v++) {
            voxels[v] = v % 3 == 0 || v % 7 == 1;
        }
        int next = 0;
        for (int corner : MarchingCubes.of(g, voxels).triangles()) {
            assertTrue(corner <= next, "point " + corner + " before point " + next);
            next += corner == next ? 1 : 0;
        }
    }

    @Test
    void obliqueAndMirroredGridsTurnTheSurfaceOutwards() {
        Geometry straight = Geometry.of(9, 8, 7, 1, 2, 3);
        Volume field = Fields.of(straight, Fields.waves(4));
        Mesh mesh = IsoSurface.of(field, 0.3);
        double c = Math.sqrt(0.5);
        for (double sign : new double[] {1, -1}) {
            Geometry oblique =
                    new Geometry(
                            9,
                            8,
                            7,
                            Numbers.of(1, 2, 3),
                            Numbers.of(-90, 40, 7),
                            Numbers.of(c, -c, 0, c, c, 0, 0, 0, sign));
            Mesh world = IsoSurface.of(field.onGrid(oblique, field.values()), 0.3);
            Closed.euler(world, "oblique");
            assertEquals(mesh.volumeMm3(), world.volumeMm3(), 1e-3, "positive: outwards");
            assertEquals(mesh.areaMm2(), world.areaMm2(), 1e-3);
            double[] at = mesh.points();
            Numbers first = oblique.toWorld(at[0] / 1, at[1] / 2, at[2] / 3);
            for (int a = 0; a < 3; a++) {
                assertEquals(first.get(a), world.points()[a], 1e-3, "LPS mm");
            }
        }
    }

    /** A voxel of NaN is a hole with walls halfway to it; an infinity has no place between. */
    @ParameterizedTest(name = "{0} among tens above 3")
    @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY, -4})
    void aMissingVoxelIsOutsideHalfway(float missing) {
        Geometry g = Geometry.of(5, 5, 5, 1, 1, 1);
        Volume tens = Fields.of(g, (x, y, z) -> x == 2 && y == 2 && z == 2 ? missing : 10);
        Mesh box = IsoSurface.of(Fields.of(g, (x, y, z) -> 10), 3);
        Mesh mesh = IsoSurface.of(tens, 3);
        assertEquals(4, Closed.euler(mesh, "box around an octahedron"));
        // of −4 … 10 the threshold 3 is the middle; the octahedron 1/6 is no part of the volume
        assertEquals(box.volumeMm3() - 1.0 / 6, mesh.volumeMm3(), 1e-12);
    }

    @Test
    void negativeNanAndInfinityKeepTheirRules() {
        Geometry g = Geometry.of(3, 3, 3, 1, 1, 1);
        float negativeNan = Float.intBitsToFloat(0xffc00000);
        Volume one = Fields.of(g, (x, y, z) -> x == 1 && y == 1 && z == 1 ? 1e30 : 0);
        float[] values = one.values().clone();
        values[g.index(0, 0, 0)] = negativeNan;
        values[g.index(1, 1, 1)] = Float.POSITIVE_INFINITY;
        Mesh mesh = IsoSurface.of(one.withValues(values), 0);
        assertEquals(2, Closed.euler(mesh, "octahedron"));
        assertEquals(1.0 / 6, mesh.volumeMm3(), 1e-12);
    }

    /** Between 0.1f and the next smaller float lies the double 0.1: it is not above itself. */
    @Test
    void theThresholdIsNotRounded() {
        Geometry g = Geometry.of(1, 1, 1, 1, 1, 1);
        Volume tenth = Fields.of(g, (x, y, z) -> 0.1);
        assertTrue((double) 0.1f > 0.1);
        IsoSurface.of(tenth, 0.1);
        assertThrows(IllegalArgumentException.class, () -> IsoSurface.of(tenth, (double) 0.1f));
        Volume third = Fields.of(g, (x, y, z) -> 0.7);
        assertTrue((double) 0.7f < 0.7);
        assertThrows(IllegalArgumentException.class, () -> IsoSurface.of(third, 0.7));
    }

    @Test
    void nothingAboveIsRefusedWithTheGreatestValue() {
        Geometry g = Geometry.of(2, 2, 1, 1, 1, 1);
        float[] values = {Float.NaN, -7.5f, 3, 2};
        Volume volume = Volume.of(g, values, Quantity.HU);
        assertEquals(
                "no value lies above the threshold 3.0: the greatest is 3.0. Give a lower"
                        + " threshold.",
                assertThrows(IllegalArgumentException.class, () -> IsoSurface.of(volume, 3))
                        .getMessage());
        Arrays.fill(values, Float.NaN);
        assertEquals(
                "no value lies above the threshold 3.0: all are NaN. Give a lower threshold.",
                assertThrows(IllegalArgumentException.class, () -> IsoSurface.of(volume, 3))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> IsoSurface.of(volume, Double.NaN));
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBytes() {
        Volume field = Fields.of(Geometry.of(70, 20, 30, 1, 1, 2), Fields.waves(8));
        int before = Parallel.threads();
        try {
            Parallel.setThreads(1);
            Mesh one = IsoSurface.of(field, 0);
            for (int threads : new int[] {2, 8}) {
                Parallel.setThreads(threads);
                Mesh many = IsoSurface.of(field, 0);
                assertArrayEquals(one.points(), many.points());
                assertArrayEquals(one.triangles(), many.triangles());
            }
        } finally {
            Parallel.setThreads(before);
        }
    }

    /** Across a face a chord between two of its cut edges would be an edge of four triangles. */
    @Test
    void noCubeCutsThroughItsFaces() {
        for (int inside = 0; inside < 256; inside++) {
            int[] t = CubeTable.PARTED[inside];
            int[] uses = new int[144];
            for (int c = 0; c < t.length; c++) {
                int next = t[c % 3 == 2 ? c - 2 : c + 1];
                uses[Math.min(t[c], next) * 12 + Math.max(t[c], next)]++;
            }
            for (int e = 0; e < 144; e++) {
                boolean common = (faces(e / 12) & faces(e % 12)) != 0;
                assertTrue(uses[e] == 0 || uses[e] == (common ? 1 : 2), "case " + inside);
            }
        }
    }

    private static int faces(int edge) {
        int faces = 0;
        for (int a = 0; a < 3; a++) {
            faces |= a == edge / 4 ? 0 : 1 << 2 * a + (CubeTable.corner(edge) >> a & 1);
        }
        return faces;
    }
}
