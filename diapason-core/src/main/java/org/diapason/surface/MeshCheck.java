package org.diapason.surface;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.diapason.math.Parallel;
import org.diapason.volume.Numbers;

/**
 * Whether a mesh bounds a solid, and what is wrong where it does not.
 *
 * <p>A printable mesh has at every edge exactly two triangles that run against each other, at every
 * point one fan of triangles, no triangle twice, and no shell turned the wrong way. A shell of
 * negative volume inside an odd number of others is a hollow and is right; one of positive volume
 * there is not.
 *
 * <p>Lengths in mm. Linear in the number of triangles, but for hollows (a ray each) and for the
 * search for triangles that cut each other, which is made only where asked for.
 *
 * @param vertices points that a triangle uses
 * @param faces triangles that name three points
 * @param edges pairs of points that a triangle joins
 * @param shells parts that hang together by edges
 * @param hollows of these, those that bound a hollow
 * @param crumbs solid shells of less than a thousandth of the volume of the largest
 * @param orientable whether the triangles could be turned so that all agree on outside
 * @param turnedFaces how many would have to be turned for that
 * @param faults what is wrong, the worst first; empty where all is well
 * @param crossingsSought whether triangles that cut each other were looked for
 * @param areaMm2 sum of all triangles
 * @param volumeMm3 signed; means something only of a watertight mesh
 * @param lowMm smallest x, y, z
 * @param highMm largest x, y, z
 */
public record MeshCheck(
        long vertices,
        long faces,
        long edges,
        int shells,
        int hollows,
        int crumbs,
        boolean orientable,
        int turnedFaces,
        List<MeshFault> faults,
        boolean crossingsSought,
        double areaMm2,
        double volumeMm3,
        Numbers lowMm,
        Numbers highMm) {
    private static final int BLOCK = 3 << 16;

    public MeshCheck {
        faults = List.copyOf(faults);
    }

    /** Returns {@link #of(Mesh, boolean)} without the search for triangles that cut each other. */
    public static MeshCheck of(Mesh mesh) {
        return of(mesh, false);
    }

    /**
     * Looks at a mesh. Does not modify it.
     *
     * @param crossings whether to look for triangles that cut each other, or lie on each other and
     *     face the same side; touching does not count
     * @throws IllegalArgumentException if it has no triangle
     */
    public static MeshCheck of(Mesh mesh, boolean crossings) {
        if (mesh.triangles().length == 0) {
            throw new IllegalArgumentException("a mesh without a triangle cannot be checked");
        }
        HalfEdges edges = HalfEdges.of(mesh);
        Figures figures = new Figures(mesh, edges);
        Shells shells = figures.shells;
        Faces faces = figures.faces;
        Fans fans = Fans.of(mesh, edges);
        List<MeshFault> faults = new ArrayList<>();
        edge(faults, MeshFault.Kind.OPEN_EDGE, edges.open(), mesh);
        edge(faults, MeshFault.Kind.CROWDED_EDGE, edges.crowded(), mesh);
        edge(faults, MeshFault.Kind.TURNED_EDGE, edges.turned(), mesh);
        if (fans.pinched() > 0) {
            Numbers at = point(mesh, fans.first());
            faults.add(new MeshFault(MeshFault.Kind.PINCHED_POINT, fans.pinched(), at));
        }
        int hollows = 0;
        if (edges.closed()) {
            Hollows inside = Hollows.of(mesh, shells);
            hollows = inside.hollows();
            face(faults, MeshFault.Kind.INSIDE_OUT_SHELL, inside.insideOut(), inside.first(), mesh);
            face(faults, MeshFault.Kind.NESTED_SHELL, inside.nested(), inside.firstNested(), mesh);
        }
        face(faults, MeshFault.Kind.DOUBLED_FACE, faces.doubled(), faces.firstDoubled(), mesh);
        if (crossings) {
            Crossings found = Crossings.of(mesh);
            face(faults, MeshFault.Kind.CROSSING_FACES, found.pairs(), found.first(), mesh);
        }
        face(faults, MeshFault.Kind.FLAT_FACE, faces.flat(), faces.firstFlat(), mesh);
        return new MeshCheck(
                fans.vertices(),
                faces.whole(),
                edges.all().count(),
                shells.count(),
                hollows,
                shells.crumbs(),
                shells.orientable(),
                shells.turnedFaces(),
                faults,
                crossings,
                figures.areaMm2,
                figures.volumeMm3,
                corner(figures.corners, -1),
                corner(figures.corners, 1));
    }

    /** What is summed up in the order of the triangles, each on one thread, beside each other. */
    private static final class Figures {
        private Shells shells;
        private Faces faces;
        private double areaMm2;
        private double volumeMm3;
        private double[][] corners;

        Figures(Mesh mesh, HalfEdges edges) {
            Runnable[] work = {
                () -> shells = Shells.of(mesh, edges), // the longest first
                () -> faces = Faces.of(mesh, edges),
                () -> areaMm2 = mesh.areaMm2(),
                () -> volumeMm3 = mesh.volumeMm3(),
                () -> corners = corners(mesh)
            };
            Parallel.forEach(work.length, n -> work[n].run());
        }
    }

    private static void edge(
            List<MeshFault> faults, MeshFault.Kind kind, HalfEdges.Kind found, Mesh mesh) {
        if (found.count() > 0) {
            int[] t = mesh.triangles();
            Numbers a = point(mesh, t[found.first()]);
            Numbers b = point(mesh, t[HalfEdges.next(found.first())]);
            Numbers middle =
                    Numbers.of(
                            (a.get(0) + b.get(0)) / 2,
                            (a.get(1) + b.get(1)) / 2,
                            (a.get(2) + b.get(2)) / 2);
            faults.add(new MeshFault(kind, found.count(), middle));
        }
    }

    private static void face(
            List<MeshFault> faults, MeshFault.Kind kind, long count, int first, Mesh mesh) {
        if (count > 0) {
            double[] middle = new double[3];
            for (int c = 0; c < 9; c++) {
                middle[c % 3] += mesh.points()[3 * mesh.triangles()[3 * first + c / 3] + c % 3] / 3;
            }
            faults.add(new MeshFault(kind, count, Numbers.of(middle)));
        }
    }

    private static Numbers point(Mesh mesh, int p) {
        double[] points = mesh.points();
        return Numbers.of(points[3 * p], points[3 * p + 1], points[3 * p + 2]);
    }

    /** Returns the largest −x, −y, −z, x, y, z of the used points of each block of triangles. */
    private static double[][] corners(Mesh mesh) {
        double[] p = mesh.points();
        int[] corners = mesh.triangles();
        double[][] most = new double[(corners.length + BLOCK - 1) / BLOCK][6];
        Parallel.forEach(
                most.length,
                b -> {
                    double[] mine = new double[6];
                    Arrays.fill(mine, Double.NEGATIVE_INFINITY);
                    int end = (int) Math.min(corners.length, (b + 1L) * BLOCK);
                    for (int c = b * BLOCK; c < end; c++) {
                        for (int a = 0; a < 3; a++) {
                            double x = p[3 * corners[c] + a];
                            mine[a] = Math.max(mine[a], -x);
                            mine[a + 3] = Math.max(mine[a + 3], x);
                        }
                    }
                    most[b] = mine;
                });
        return most;
    }

    /** Returns the corner of the box around all used points, the lowest (−1) or highest (1). */
    private static Numbers corner(double[][] corners, int side) {
        double[] most = new double[3];
        Arrays.fill(most, Double.NEGATIVE_INFINITY);
        for (double[] block : corners) {
            for (int a = 0; a < 3; a++) {
                most[a] = Math.max(most[a], block[side < 0 ? a : a + 3]);
            }
        }
        return Numbers.of(side * most[0], side * most[1], side * most[2]);
    }

    /** Returns what is wrong of one kind, if anything is. */
    public Optional<MeshFault> fault(MeshFault.Kind kind) {
        return faults.stream().filter(f -> f.kind() == kind).findFirst();
    }

    /** Returns how often a fault is met, 0 where it is not. */
    public long count(MeshFault.Kind kind) {
        return fault(kind).map(MeshFault::count).orElse(0L);
    }

    /** Says whether every edge has exactly two triangles that run against each other. */
    public boolean watertight() {
        return count(MeshFault.Kind.OPEN_EDGE) == 0
                && count(MeshFault.Kind.CROWDED_EDGE) == 0
                && count(MeshFault.Kind.TURNED_EDGE) == 0;
    }

    /** Says whether no edge has more than two triangles and every point has one fan. */
    public boolean manifold() {
        return count(MeshFault.Kind.CROWDED_EDGE) == 0 && count(MeshFault.Kind.PINCHED_POINT) == 0;
    }

    /** Says whether the mesh bounds a solid: nothing found forbids to print it. */
    public boolean printable() {
        return faults.stream().noneMatch(f -> f.kind().forbidsPrinting());
    }

    /** Returns points − edges + triangles: 2 of a ball, 0 of a torus, −2 of a double torus. */
    public long eulerCharacteristic() {
        return vertices - edges + faces;
    }

    /**
     * Returns how many handles all shells have together, {@code (2 shells − χ)/2}; empty where the
     * mesh is not watertight and manifold.
     */
    public OptionalLong genus() {
        return watertight() && manifold()
                ? OptionalLong.of((2L * shells - eulerCharacteristic()) / 2)
                : OptionalLong.empty();
    }
}
