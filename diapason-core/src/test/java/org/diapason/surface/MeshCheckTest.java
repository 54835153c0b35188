package org.diapason.surface;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import org.diapason.math.Rng;
import org.diapason.surface.MeshFault.Kind;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;

/** Every way in which a mesh can fail to bound a solid is told from every other. */
class MeshCheckTest {
    private static final Mesh CUBE = Solids.box(0, 0, 0, 20, 20, 20);

    /** The faults of a mesh and how often each is met, as in "OPEN_EDGE 3". */
    private static List<String> faults(Mesh mesh) {
        return MeshCheck.of(mesh, true).faults().stream()
                .map(f -> f.kind() + " " + f.count())
                .toList();
    }

    private static MeshCheck sound(Mesh mesh) {
        MeshCheck check = MeshCheck.of(mesh, true);
        assertEquals(List.of(), check.faults());
        assertTrue(check.watertight() && check.manifold() && check.printable());
        return check;
    }

    @Test
    void aCubeHasItsAreaVolumeAndBox() {
        MeshCheck check = sound(CUBE);
        assertEquals(2400, check.areaMm2(), 1e-9);
        assertEquals(8000, check.volumeMm3(), 1e-9);
        assertEquals(Numbers.of(0, 0, 0), check.lowMm());
        assertEquals(Numbers.of(20, 20, 20), check.highMm());
        assertEquals(
                List.of(8L, 18L, 12L), List.of(check.vertices(), check.edges(), check.faces()));
    }

    @Test
    void ballsHaveNoHandleRingsOneEach() {
        assertEquals(OptionalLong.of(0), sound(Solids.sphere(3, 4)).genus());
        assertEquals(2, sound(Solids.sphere(3, 4)).eulerCharacteristic());
        Mesh ring = Solids.torus(10, 3, 24, 12);
        assertEquals(0, sound(ring).eulerCharacteristic());
        assertEquals(OptionalLong.of(1), sound(ring).genus());
        Mesh two = Solids.together(false, ring, Solids.moved(ring, 1, 40, 0, 0));
        assertEquals(2, sound(two).shells());
        assertEquals(OptionalLong.of(2), sound(two).genus());
    }

    @Test
    void aDoubleTorusHasTwoHandles() {
        Geometry g = Geometry.of(11, 5, 1, 1, 1, 1);
        boolean[] voxels = new boolean[55];
        for (int v = 0; v < 55; v++) {
            int i = v % 11;
            int j = v / 11;
            boolean hole = j == 2 && (i >= 2 && i <= 3 || i >= 7 && i <= 8);
            voxels[v] = !hole;
        }
        MeshCheck check = sound(MarchingCubes.of(g, voxels).alongAxes());
        assertEquals(-2, check.eulerCharacteristic());
        assertEquals(OptionalLong.of(2), check.genus());
    }

    @Test
    void aMissingTriangleIsAHoleOfThreeEdgesAtItsPlace() {
        Mesh open = Solids.without(CUBE, 0);
        MeshCheck check = MeshCheck.of(open);
        assertEquals(List.of("OPEN_EDGE 3"), faults(open));
        assertTrue(check.manifold());
        assertFalse(check.watertight() || check.printable());
        assertEquals(OptionalLong.empty(), check.genus());
        double z = check.faults().get(0).firstMm().get(2);
        assertEquals(0, z, "the bottom's");
    }

    @Test
    void aFlippedTriangleDisagreesWithItsThreeNeighbours() {
        Mesh flipped = Solids.turned(Solids.sphere(3, 3), 17);
        MeshCheck check = MeshCheck.of(flipped);
        assertEquals(List.of("TURNED_EDGE 3"), faults(flipped));
        assertTrue(check.orientable());
        assertEquals(1, check.turnedFaces());
        assertFalse(check.watertight());
    }

    @Test
    void aMoebiusStripCannotBeTurnedOut() {
        MeshCheck check = MeshCheck.of(Solids.moebius(40));
        assertFalse(check.orientable());
        assertEquals(1, check.count(Kind.TURNED_EDGE), "where its ends meet");
        assertEquals(80, check.count(Kind.OPEN_EDGE));
        assertEquals(1, check.shells());
        assertEquals(0, check.eulerCharacteristic());
    }

    @Test
    void cubesThatShareAnEdgeOrAPointOnlyTouch() {
        Mesh edge = Solids.together(true, CUBE, Solids.box(20, 20, 0, 5, 5, 20));
        assertEquals(List.of("CROWDED_EDGE 1"), faults(edge));
        assertEquals(2, MeshCheck.of(edge).shells());
        assertFalse(MeshCheck.of(edge).manifold());
        Mesh point = Solids.together(true, CUBE, Solids.box(20, 20, 20, 5, 5, 5));
        assertEquals(List.of("PINCHED_POINT 1"), faults(point));
        assertTrue(MeshCheck.of(point).watertight());
        assertFalse(MeshCheck.of(point).manifold() || MeshCheck.of(point).printable());
        assertEquals(
                Numbers.of(20, 20, 20),
                MeshCheck.of(point).fault(Kind.PINCHED_POINT).orElseThrow().firstMm());
    }

    @Test
    void aShellInsideOutIsToldFromAHollow() {
        Mesh inside = Solids.insideOut(Solids.sphere(3, 3));
        assertEquals(List.of("INSIDE_OUT_SHELL 1"), faults(inside));
        Mesh hollow = Solids.together(false, CUBE, Solids.moved(inside, 1, 10, 10, 10));
        assertEquals(1, sound(hollow).hollows());
        Mesh beside = Solids.together(false, CUBE, Solids.moved(inside, 1, 30, 10, 10));
        assertEquals(List.of("INSIDE_OUT_SHELL 1"), faults(beside));
        Mesh core = Solids.moved(Solids.sphere(3, 3), 0.5, 10, 10, 10);
        Mesh onion = Solids.together(false, CUBE, Solids.moved(inside, 1, 10, 10, 10), core);
        assertEquals(1, sound(onion).hollows(), "a core in a hollow is solid");
        Mesh wrong = Solids.together(false, onion, Solids.moved(inside, 0.9, 10, 10, 10));
        assertEquals(1, MeshCheck.of(wrong).count(Kind.INSIDE_OUT_SHELL), "inside two");
    }

    @Test
    void aSolidInsideASolidIsAFaultAndOneBesideItIsNone() {
        Mesh small = Solids.box(5, 5, 5, 4, 4, 4);
        assertEquals(List.of("NESTED_SHELL 1"), faults(Solids.together(false, CUBE, small)));
        assertEquals(List.of("NESTED_SHELL 1"), faults(Solids.together(false, small, CUBE)));
        // between the arms of a ring: in its box, not in it
        Mesh ring = Solids.torus(10, 3, 40, 20);
        assertEquals(1, sound(Solids.together(false, ring, Solids.sphere(2, 2))).genus().orElse(9));
        // on the floor of a hollow: a ray that begins on a wall does not say what it begins in
        Mesh hollow = Solids.insideOut(Solids.box(5, 5, 5, 10, 10, 10));
        Mesh stone = Solids.box(7, 7, 5, 2, 2, 2);
        assertEquals(1, sound(Solids.together(false, CUBE, hollow, stone)).hollows());
    }

    @Test
    void manyHollowsAreAllTold() {
        Geometry g = Geometry.of(31, 31, 31, 1, 2, 0.5);
        boolean[] voxels = new boolean[g.voxels()];
        for (int v = 0; v < voxels.length; v++) {
            int i = v % 31;
            int j = v / 31 % 31;
            int k = v / 961;
            voxels[v] = i % 2 == 0 || j % 2 == 0 || k % 2 == 0;
        }
        MeshCheck check = sound(MarchingCubes.of(g, voxels).alongAxes());
        assertEquals(15 * 15 * 15, check.hollows());
        assertEquals(15 * 15 * 15 + 1, check.shells());
    }

    /** However few crossings fit in at once, rays cast in halves say what they say together. */
    @Test
    void raysInHalvesSayTheSame() {
        Mesh[] onion = new Mesh[31];
        for (int n = 0; n < onion.length; n++) {
            Mesh box = Solids.box(n, n, n, 100 - 2 * n, 100 - 2 * n, 100 - 2 * n);
            onion[n] = n % 2 == 0 ? box : Solids.insideOut(box);
        }
        Mesh mesh = Solids.together(false, onion);
        Shells shells = Shells.of(mesh, HalfEdges.of(mesh));
        int[] all = java.util.stream.IntStream.range(0, onion.length).toArray();
        boolean[] odd = new boolean[onion.length];
        int[] around = new int[onion.length];
        for (int n = 0; n < onion.length; n++) {
            odd[n] = n % 2 == 1;
            around[n] = n - 2 + n % 2;
        }
        around[0] = -1;
        for (int most : new int[] {RayHits.MOST, 40, 1, 0}) {
            assertArrayEquals(odd, new Rays(mesh, shells, most).inside(all), "" + most);
            assertArrayEquals(around, new Rays(mesh, shells, most).holders(all), "" + most);
        }
    }

    /** The first ray from the small box leaves the large one exactly through a corner. */
    @Test
    void aRayThroughACornerIsGivenUpForAnother() {
        Mesh small = Solids.box(0, 0, 0, 1, 1, 1);
        double x = 1 / 3.0 + 10 * 0.8125317;
        double y = 2 / 3.0 + 10 * 0.4510231;
        Mesh large = Solids.box(x - 40, y - 40, 3.693277 - 40, 40, 40, 40);
        assertEquals(List.of("NESTED_SHELL 1"), faults(Solids.together(false, large, small)));
    }

    /** A thousand places of a lattice, met ten times each, zeros of either sign among them. */
    @Test
    void pointsThatAreEqualAreThoseThatAreMetOneByOne() {
        Rng rng = new Rng(11);
        double[] points = new double[30_000];
        for (int c = 0; c < points.length; c++) {
            points[c] = (int) (10 * rng.nextDouble()) * 0.1;
            points[c] = points[c] == 0 && rng.nextDouble() < 0.5 ? -0.0 : points[c];
        }
        Weld weld = new Weld();
        int[] number = new int[points.length / 3];
        for (int p = 0; p < number.length; p++) {
            number[p] = weld.add(points[3 * p], points[3 * p + 1], points[3 * p + 2]);
        }
        SamePoints same = SamePoints.of(points);
        assertArrayEquals(number, same.numbers());
        assertArrayEquals(weld.points(), same.kept());
        assertEquals(number.length - weld.size(), same.merged());
        assertEquals(1000, weld.size());
    }

    @Test
    void doubledAndFlatTrianglesAreFound() {
        int[] t = java.util.Arrays.copyOf(CUBE.triangles(), 39);
        System.arraycopy(t, 0, t, 36, 3);
        assertEquals(
                List.of("CROWDED_EDGE 3", "DOUBLED_FACE 1"), faults(Mesh.of(CUBE.points(), t)));
        Mesh pillow =
                Mesh.of(new double[] {0, 0, 0, 1, 0, 0, 0, 1, 0}, new int[] {0, 1, 2, 0, 2, 1});
        assertEquals(List.of("DOUBLED_FACE 1"), faults(pillow));
        double[] line = {0, 0, 0, 1, 0, 0, 2, 0, 0};
        assertEquals(
                List.of("OPEN_EDGE 3", "FLAT_FACE 1"), faults(Mesh.of(line, new int[] {0, 1, 2})));
        t[36] = 0;
        t[37] = 0;
        t[38] = 1;
        Mesh collapsed = Mesh.of(CUBE.points(), t);
        assertEquals(List.of("FLAT_FACE 1"), faults(collapsed));
        assertTrue(MeshCheck.of(collapsed).printable(), "printers leave it out");
        assertEquals(2, MeshCheck.of(collapsed).eulerCharacteristic());
    }

    /** A hollow is sought among the shells, and a triangle on two points is in none of them. */
    @Test
    void aTriangleOnTwoPointsHidesNoHollow() {
        Mesh inside = Solids.moved(Solids.insideOut(Solids.sphere(3, 3)), 1, 10, 10, 10);
        Mesh hollow = Solids.together(false, CUBE, inside);
        int[] t = java.util.Arrays.copyOf(hollow.triangles(), hollow.triangles().length + 3);
        t[t.length - 1] = 1;
        MeshCheck check = MeshCheck.of(Mesh.of(hollow.points(), t));
        assertEquals(1, check.hollows());
        assertEquals(1, check.count(Kind.FLAT_FACE));
    }

    /** What the proof by rings says and what is found edge by edge must agree, fault by fault. */
    @Test
    void ringsSayWhatEdgesSay() {
        Mesh ball = Solids.sphere(3, 3);
        Mesh[] sound = {
            CUBE, ball, Solids.torus(10, 3, 24, 12), Solids.together(false, CUBE, ball)
        };
        for (Mesh mesh : sound) {
            assertTrue(RingProof.of(mesh).holds());
            assertEquals(mesh.points().length / 3, RingProof.of(mesh).vertices());
        }
        Mesh pillow =
                Mesh.of(new double[] {0, 0, 0, 1, 0, 0, 0, 1, 0}, new int[] {0, 1, 2, 0, 2, 1});
        Mesh[] broken = {
            Solids.without(ball, 17),
            Solids.turned(ball, 17),
            Solids.moebius(40),
            Solids.together(true, CUBE, Solids.box(20, 20, 0, 5, 5, 20)),
            Solids.together(true, CUBE, Solids.box(20, 20, 20, 5, 5, 5)),
            Solids.together(true, CUBE, CUBE),
            pillow
        };
        for (Mesh mesh : broken) {
            assertFalse(RingProof.of(mesh).holds());
        }
    }

    /** A cone of 300 triangles around its tip: more than the proof asks of one point. */
    @Test
    void aPointOfManyTrianglesIsSoundToo() {
        int n = 300;
        double[] points = new double[3 * (n + 2)];
        points[3 * n + 2] = 5;
        int[] t = new int[6 * n];
        for (int s = 0; s < n; s++) {
            points[3 * s] = Math.cos(2 * Math.PI * s / n);
            points[3 * s + 1] = Math.sin(2 * Math.PI * s / n);
            int[] two = {s, (s + 1) % n, n, (s + 1) % n, s, n + 1};
            System.arraycopy(two, 0, t, 6 * s, 6);
        }
        assertEquals(2, sound(Mesh.of(points, t)).eulerCharacteristic());
    }

    @Test
    void shellsInShellsAreCountedThroughAllOfThem() {
        Mesh[] onion = new Mesh[41];
        for (int n = 0; n < onion.length; n++) {
            Mesh box = Solids.box(n, n, n, 100 - 2 * n, 100 - 2 * n, 100 - 2 * n);
            onion[n] = n % 2 == 0 ? box : Solids.insideOut(box);
        }
        MeshCheck check = sound(Solids.together(false, onion));
        assertEquals(20, check.hollows());
        onion[7] = Solids.insideOut(onion[7]);
        assertEquals(1, MeshCheck.of(Solids.together(false, onion)).count(Kind.NESTED_SHELL));
    }

    @Test
    void solidsThatCutEachOtherAreFoundOnRequest() {
        Mesh two = Solids.together(false, CUBE, Solids.box(10.3, 10.1, 10.2, 20, 20, 20));
        assertEquals(List.of(), MeshCheck.of(two).faults());
        MeshCheck check = MeshCheck.of(two, true);
        assertTrue(check.count(Kind.CROSSING_FACES) > 0);
        assertFalse(check.printable());
        Mesh beside = Solids.together(false, CUBE, Solids.box(20, 0, 0, 5, 20, 20));
        assertEquals(List.of(), faults(beside), "they touch");
    }

    @Test
    void solidsThatOverlapWithTheirSidesInOnePlaneAreFound() {
        Mesh half = Solids.together(false, CUBE, Solids.box(10, 0, 0, 20, 20, 20));
        // each of four sides: two triangles of one meet both of the other but for one pair in a
        // corner
        assertTrue(MeshCheck.of(half, true).count(Kind.CROSSING_FACES) >= 4);
        assertFalse(MeshCheck.of(half, true).printable());
        for (int axis = 0; axis < 3; axis++) {
            double[] by = new double[3];
            by[axis] = 20;
            Mesh wall = Solids.moved(Solids.box(0, 0, 0, 20, 20, 20), 1, by[0], by[1], by[2]);
            by[axis] = 0;
            by[(axis + 1) % 3] = 5;
            by[(axis + 2) % 3] = 5;
            Mesh aside = Solids.moved(wall, 1, by[0], by[1], by[2]);
            assertEquals(List.of(), faults(Solids.together(false, CUBE, wall)), "back to back");
            assertEquals(List.of(), faults(Solids.together(false, CUBE, aside)), "back to back");
            Mesh over = Solids.moved(CUBE, 0.5, by[0], by[1], by[2]);
            assertTrue(
                    MeshCheck.of(Solids.together(false, CUBE, over), true)
                                    .count(Kind.CROSSING_FACES)
                            > 0,
                    "on one side, axis " + axis);
        }
    }

    @Test
    void crossingsAreThoseThatAreFoundByAskingAllPairs() {
        Rng rng = new Rng(5);
        double[] points = new double[900];
        for (int c = 0; c < points.length; c++) {
            points[c] = rng.nextDouble() + (c % 9 < 3 ? 0 : 0.2 * rng.nextDouble());
        }
        int[] t = new int[300];
        for (int c = 0; c < 300; c++) {
            t[c] = c;
        }
        long slow = 0;
        for (int a = 0; a < 100; a++) {
            for (int b = 0; b < a; b++) {
                double[] six = new double[18];
                System.arraycopy(points, 9 * a, six, 0, 9);
                System.arraycopy(points, 9 * b, six, 9, 9);
                Mesh pair = Mesh.of(six, new int[] {0, 1, 2, 3, 4, 5});
                slow += MeshCheck.of(pair, true).count(Kind.CROSSING_FACES);
            }
        }
        assertTrue(slow > 50, "" + slow);
        assertEquals(slow, MeshCheck.of(Mesh.of(points, t), true).count(Kind.CROSSING_FACES));
    }

    @Test
    void aFaultIsToldWithItsPlace() {
        Mesh open = Solids.without(Solids.moved(CUBE, 1, -100, 0, 0), 0);
        assertEquals(
                "3 edges of one triangle only (holes), the first at (-90.00, 10.00, 0.00) mm",
                MeshCheck.of(open).faults().get(0).words());
        assertThrows(
                IllegalArgumentException.class,
                () -> MeshCheck.of(Mesh.of(new double[3], new int[0])));
    }
}
