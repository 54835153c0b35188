package org.diapason.surface;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nets against the laws of closed surfaces, and against the labels they must stay close to. */
class SurfaceNetsTest {

    @ParameterizedTest(name = "{0} labels of noise, {1} steps, seed {2}")
    @CsvSource({"2, 0, 1", "2, 20, 2", "3, 0, 3", "3, 20, 4", "9, 5, 5"})
    void everyRegionOfNoiseIsClosedAndManifold(int labels, int steps, long seed) {
        Geometry g = Geometry.of(67, 9, 8, 1, 0.5, 3);
        Volume noise = labels(g, labels, seed);
        SurfaceNets nets = SurfaceNets.of(noise).relaxed(steps);
        assertEquals(labels - 1, nets.labels().size());
        for (double label : nets.labels()) {
            Mesh mesh = nets.mesh(label);
            assertEquals(0, Closed.euler(mesh, "label " + label) % 2);
            assertTrue(mesh.volumeMm3() > 0, "outwards");
        }
    }

    /** Each of the 256 cubes alone, and beside a copy of itself turned over on each axis. */
    @Test
    void everyCubeIsClosedBesideItself() {
        for (int cube = 1; cube < 256; cube++) {
            for (int flip = 0; flip < 8; flip++) {
                int inside = cube;
                int turned = flip;
                Geometry g = Geometry.of(4, 2, 2, 1, 1, 1);
                Volume pair =
                        Fields.of(
                                g,
                                (x, y, z) -> {
                                    int c = (int) x % 2 + 2 * (int) y + 4 * (int) z;
                                    return inside >> (x < 2 ? c : c ^ turned) & 1;
                                });
                Closed.euler(SurfaceNets.of(pair).relaxed(2).mesh(1), "cube " + cube + " " + flip);
            }
        }
    }

    /**
     * Without steps the points lie between voxels: the surface is that of the voxels themselves.
     */
    @Test
    void withoutStepsABlockIsTheBlock() {
        Geometry g = Geometry.of(5, 4, 3, 1, 2, 4);
        Mesh mesh = SurfaceNets.of(Fields.of(g, (x, y, z) -> 7)).mesh(7);
        assertEquals(2, Closed.euler(mesh, "block"));
        assertEquals(60 * 8, mesh.volumeMm3(), 1e-9);
        assertEquals(2 * (5 * 8 + 8 * 12 + 12 * 5), mesh.areaMm2(), 1e-9);
    }

    /** A ball cut in two: one border of triangles, the same in both, seen from either side. */
    @Test
    void regionsThatTouchShareTheirBorder() {
        Geometry g = Geometry.of(24, 20, 20, 1, 1, 1);
        Fields.Field ball = Fields.sphere(8, 11.5, 9.5, 9.5);
        Volume halves = Fields.of(g, (x, y, z) -> ball.at(x, y, z) <= 0 ? 0 : x < 11 ? 1 : 2);
        SurfaceNets nets = SurfaceNets.of(halves).relaxed(20);
        Set<List<Double>> one = triangles(nets.mesh(1), false);
        Set<List<Double>> two = triangles(nets.mesh(2), true);
        int all = one.size();
        one.retainAll(two);
        // the faces between voxels on both sides of x = 10.5, two triangles each
        int faces = 0;
        for (int k = 0; k < 20; k++) {
            for (int j = 0; j < 20; j++) {
                faces += halves.at(10, j, k) == 1 && halves.at(11, j, k) == 2 ? 1 : 0;
            }
        }
        assertEquals(2 * faces, one.size());
        assertTrue(faces > 100 && all > 2 * one.size(), "some of " + all + " triangles");
    }

    /** The first words of a row hold 63 voxels, the others 64. */
    @Test
    void aNetIsTheSameWhereverItLiesInARow() {
        Mesh first = null;
        for (int shift = 0; shift < 70; shift++) {
            Geometry g = Geometry.of(14 + shift, 13, 13, 1, 1, 1);
            Fields.Field ball = Fields.sphere(4.3, 6 + shift, 6.5, 5.5);
            Volume mask = Fields.of(g, (x, y, z) -> ball.at(x, y, z) > 0 ? 1 : 0);
            Mesh mesh = SurfaceNets.of(mask).relaxed(20).mesh(1);
            first = first == null ? mesh : first;
            assertArrayEquals(first.triangles(), mesh.triangles(), "shift " + shift);
            for (int p = 0; p < mesh.points().length; p++) {
                double moved = first.points()[p] + (p % 3 == 0 ? shift : 0);
                assertEquals(moved, mesh.points()[p], 1e-12, "shift " + shift);
            }
        }
    }

    /** A flat border stays flat up to the line where a third region meets it. */
    @Test
    void linesBetweenRegionsAreNotDrawnAside() {
        Geometry g = Geometry.of(48, 48, 48, 1, 1, 1);
        Volume quarters = Fields.of(g, (x, y, z) -> y < 24 ? 1 : x < 24 ? 2 : 3);
        double[] points = SurfaceNets.of(quarters).relaxed(40).mesh(1).points();
        int flat = 0;
        for (int p = 0; p < points.length; p += 3) {
            boolean middle = points[p + 1] > 20 && inner(points[p]) && inner(points[p + 2]);
            if (middle) {
                assertEquals(23.5, points[p + 1], 1e-4, "at x = " + points[p]);
                flat++;
            }
        }
        assertTrue(flat >= 100, flat + " points");
    }

    private static boolean inner(double x) {
        return x > 16 && x < 32;
    }

    /**
     * The bounds are those that the documentation states; a ball's surface has no stairs to keep.
     */
    @Test
    void stepsInPlaceKeepVolumesAndStepsDoNot() {
        Geometry g = Geometry.of(31, 31, 31, 1, 1, 1);
        Fields.Field ball = Fields.sphere(10, 15.3, 15.2, 15.4);
        Volume mask = Fields.of(g, (x, y, z) -> ball.at(x, y, z) > 0 ? 1 : 0);
        SurfaceNets nets = SurfaceNets.of(mask);
        double truth = 4 * Math.PI / 3 * 1000;
        assertEquals(1, nets.relaxedInPlace(40).mesh(1).volumeMm3() / truth, 0.01);
        assertEquals(0.927, nets.relaxed(20).mesh(1).volumeMm3() / truth, 0.01);
        // the stairs are gone: the faces of voxels have 1.5 times the area of the ball
        assertEquals(1.5, nets.mesh(1).areaMm2() / (400 * Math.PI), 0.03);
        assertEquals(1, nets.relaxedInPlace(40).mesh(1).areaMm2() / (400 * Math.PI), 0.03);
    }

    @Test
    void noPointMovesFurtherThanHalfAVoxel() {
        Geometry g = Geometry.of(20, 20, 20, 1, 1, 1);
        Volume noise = labels(g, 3, 8);
        double[] still = SurfaceNets.of(noise).mesh(1).points();
        double[] moved = SurfaceNets.of(noise).relaxed(200).mesh(1).points();
        assertEquals(still.length, moved.length);
        double most = 0;
        for (int p = 0; p < still.length; p++) {
            most = Math.max(most, Math.abs(still[p] - moved[p]));
        }
        assertTrue(most > 0.4 && most < 0.5, "moved by " + most);
    }

    @Test
    void obliqueAndMirroredGridsTurnTheSurfaceOutwards() {
        Geometry straight = Geometry.of(9, 8, 7, 1, 2, 3);
        Volume noise = labels(straight, 3, 4);
        Mesh mesh = SurfaceNets.of(noise).relaxed(10).mesh(1);
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
            Mesh world = SurfaceNets.of(noise.onGrid(oblique, noise.values())).relaxed(10).mesh(1);
            assertEquals(mesh.volumeMm3(), world.volumeMm3(), 1e-6);
            assertEquals(mesh.areaMm2(), world.areaMm2(), 1e-6);
        }
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBytes() {
        Volume noise = labels(Geometry.of(70, 20, 30, 1, 1, 2), 3, 9);
        int before = Parallel.threads();
        try {
            Parallel.setThreads(1);
            Mesh one = SurfaceNets.of(noise).relaxed(7).mesh(2);
            for (int threads : new int[] {2, 8}) {
                Parallel.setThreads(threads);
                Mesh many = SurfaceNets.of(noise).relaxed(7).mesh(2);
                assertArrayEquals(one.points(), many.points());
                assertArrayEquals(one.triangles(), many.triangles());
            }
        } finally {
            Parallel.setThreads(before);
        }
    }

    @Test
    void masksAreLabelsThatMustNotOverlap() {
        Geometry g = Geometry.of(3, 1, 1, 1, 1, 1);
        Mask left = Mask.of(g, new boolean[] {true, false, false});
        Mask right = Mask.of(g, new boolean[] {false, true, true});
        SurfaceNets nets = SurfaceNets.of(List.of(left, right));
        assertEquals(1, nets.mesh(1).volumeMm3(), 1e-12);
        assertEquals(2, nets.mesh(2).volumeMm3(), 1e-12);
        assertEquals(
                "a voxel lies in mask 1 and in mask 3: regions that share borders cannot overlap."
                        + " Take one from the other, or make a net of each.",
                assertThrows(
                                RefusedException.class,
                                () -> SurfaceNets.of(List.of(left, right, left)))
                        .getMessage());
    }

    @Test
    void nanIsNoRegion() {
        Geometry g = Geometry.of(9, 9, 9, 1, 1, 1);
        Volume zero = Fields.of(g, (x, y, z) -> x > 3 && x + y > 7 ? 1 : 0);
        Volume gap = Fields.of(g, (x, y, z) -> x > 3 && x + y > 7 ? 1 : y > 4 ? Double.NaN : 0);
        Mesh expected = SurfaceNets.of(zero).relaxed(9).mesh(1);
        assertArrayEquals(expected.points(), SurfaceNets.of(gap).relaxed(9).mesh(1).points());
    }

    @Test
    void anImageOfValuesIsNoVolumeOfLabels() {
        Volume image = Fields.of(Geometry.of(3, 1, 1, 1, 1, 1), (x, y, z) -> x / 2);
        assertEquals(
                "labels must be whole numbers, and a voxel has 0.5: this is an image of values."
                        + " Take its surface at a threshold, or give a mask.",
                assertThrows(RefusedException.class, () -> SurfaceNets.of(image)).getMessage());
    }

    @Test
    void aLabelWithoutAVoxelIsRefused() {
        Geometry g = Geometry.of(4, 1, 1, 1, 1, 1);
        float[] values = {2, Float.NaN, 0, 5};
        SurfaceNets nets = SurfaceNets.of(Volume.of(g, values, Quantity.STORED)).relaxed(1);
        assertEquals(
                "no voxel has the label 3.0; there are [2.0, 5.0]",
                assertThrows(IllegalArgumentException.class, () -> nets.mesh(3)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> nets.mesh(0));
        assertThrows(IllegalArgumentException.class, () -> nets.mesh(2 + 1e-9));
        assertEquals(2, Closed.euler(nets.mesh(2), "one voxel"));
    }

    private static Volume labels(Geometry g, int labels, long seed) {
        Rng rng = new Rng(seed);
        return Fields.of(g, (x, y, z) -> rng.nextInt(labels));
    }

    /** Returns the triangles as nine coordinates, each from its least corner on. */
    private static Set<List<Double>> triangles(Mesh mesh, boolean turned) {
        Set<List<Double>> all = new HashSet<>();
        int[] t = mesh.triangles();
        for (int c = 0; c < t.length; c += 3) {
            List<List<Double>> corners = new ArrayList<>();
            for (int n = 0; n < 3; n++) {
                int p = 3 * t[c + (turned ? 2 - n : n)];
                corners.add(List.of(mesh.points()[p], mesh.points()[p + 1], mesh.points()[p + 2]));
            }
            List<Double> best = null;
            for (int n = 0; n < 3; n++) {
                List<Double> from = new ArrayList<>();
                for (int m = 0; m < 3; m++) {
                    from.addAll(corners.get((n + m) % 3));
                }
                if (best == null || from.toString().compareTo(best.toString()) < 0) {
                    best = from;
                }
            }
            all.add(best);
        }
        return all;
    }
}
