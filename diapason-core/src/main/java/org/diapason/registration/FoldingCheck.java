package org.diapason.registration;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Parallel;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;

/**
 * Says whether a field of shifts folds space, from every one-sided difference at every voxel.
 *
 * <p>The determinant of {@code I + du/dx} by central differences leaves out the voxel itself, so a
 * chessboard of shifts as large as one likes has determinant 1 everywhere. Linear pieces between
 * neighbours fold nowhere only if the determinants of all corners are positive: in 2-D the four of
 * forward and backward differences, in 3-D the eight of them and two of tetrahedra that share no
 * corner's three edges (Liu, Chen, Wei, Du, Carass and Prince 2024, IJCV 132:3600–3616,
 * doi:10.1007/s11263-024-02047-1). In mm along the axes of the grid: any spacing, any direction,
 * flipped ones too. A voxel is looked at where it has both neighbours along every axis; an axis of
 * one voxel has none and is left out.
 */
public final class FoldingCheck {
    /** Edges of the histogram of the logarithm: from −3 to 3. */
    private static final double REACH = 3;

    private static final int BINS = 60;

    private final Geometry g;

    /** Places of a field along the axes of its grid, in mm. */
    private final float[][] u = new float[3][];

    private final boolean solid;

    private FoldingCheck(DisplacementField field) {
        g = field.geometry();
        solid = g.ni() > 1 && g.nj() > 1 && g.nk() > 1;
        for (int a = 0; a < 3; a++) {
            u[a] = new float[g.voxels()];
        }
        Parallel.forEach(g.nk(), k -> turn(field, k));
    }

    private void turn(DisplacementField field, int k) {
        for (int a = 0; a < 3; a++) {
            double x = g.direction().get(a);
            double y = g.direction().get(3 + a);
            double z = g.direction().get(6 + a);
            int end = g.index(0, 0, k) + g.ni() * g.nj();
            for (int v = g.index(0, 0, k); v < end; v++) {
                u[a][v] =
                        (float)
                                (x * field.shifts(0)[v]
                                        + y * field.shifts(1)[v]
                                        + z * field.shifts(2)[v]);
            }
        }
    }

    /** Looks at every voxel of a field; none of them was repaired. */
    public static Folding of(DisplacementField field) {
        return new FoldingCheck(field).look(0);
    }

    static Folding of(DisplacementField field, long repaired) {
        return new FoldingCheck(field).look(repaired);
    }

    /** Returns the voxels one of whose determinants is not above a limit. */
    static boolean[] at(DisplacementField field, double limit) {
        FoldingCheck check = new FoldingCheck(field);
        boolean[] folded = new boolean[check.g.voxels()];
        Parallel.forEach(
                check.g.nk(),
                k -> {
                    double[] found = new double[2];
                    for (int j = 0, v = check.g.index(0, 0, k); j < check.g.nj(); j++) {
                        for (int i = 0; i < check.g.ni(); i++, v++) {
                            folded[v] =
                                    check.inner(i, j, k) && !(check.determinants(v, found) > limit);
                        }
                    }
                });
        return folded;
    }

    private boolean inner(int i, int j, int k) {
        return inner(i, g.ni()) && inner(j, g.nj()) && inner(k, g.nk());
    }

    private static boolean inner(int i, int n) {
        return n == 1 || i > 0 && i < n - 1;
    }

    private record Part(
            long voxels,
            long folded,
            double volume,
            double least,
            double most,
            double[] logs,
            long[] counts) {}

    private Folding look(long repaired) {
        Part[] parts = new Part[g.nk()];
        Parallel.forEach(g.nk(), k -> parts[k] = plane(k));
        long voxels = 0;
        long folded = 0;
        double volume = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double[] logs = new double[3];
        long[] counts = new long[BINS];
        for (Part p : parts) {
            voxels += p.voxels;
            folded += p.folded;
            volume += p.volume;
            least = Math.min(least, p.least);
            most = Math.max(most, p.most);
            for (int n = 0; n < 3; n++) {
                logs[n] += p.logs[n];
            }
            for (int b = 0; b < BINS; b++) {
                counts[b] += p.counts[b];
            }
        }
        List<Double> edges = new ArrayList<>();
        List<Long> histogram = new ArrayList<>();
        for (int b = 0; b <= BINS; b++) {
            edges.add((b - BINS / 2) * 2 * REACH / BINS);
        }
        for (long c : counts) {
            histogram.add(c);
        }
        double mean = logs[0] == 0 ? 0 : logs[1] / logs[0];
        double variance = logs[0] == 0 ? 0 : Math.max(0, logs[2] / logs[0] - mean * mean);
        return new Folding(
                voxels,
                folded,
                volume,
                repaired,
                voxels == 0 ? 1 : least,
                voxels == 0 ? 1 : most,
                mean,
                Math.sqrt(variance),
                edges,
                histogram);
    }

    private Part plane(int k) {
        long voxels = 0;
        long folded = 0;
        double volume = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double[] logs = new double[3];
        long[] counts = new long[BINS];
        double[] found = new double[2];
        for (int j = 0, v = g.index(0, 0, k); j < g.nj(); j++) {
            for (int i = 0; i < g.ni(); i++, v++) {
                if (!inner(i, j, k)) {
                    continue;
                }
                double low = determinants(v, found);
                voxels++;
                least = Math.min(least, low);
                most = Math.max(most, found[0]);
                if (!(low > 0)) {
                    folded++;
                    volume += g.voxelMm3() * found[1];
                }
                double central = central(v);
                if (central > 0) {
                    double log = StrictMath.log(central);
                    logs[0]++;
                    logs[1] += log;
                    logs[2] += log * log;
                    int b = (int) Math.floor((log + REACH) / (2 * REACH) * BINS);
                    counts[Math.max(0, Math.min(BINS - 1, b))]++;
                }
            }
        }
        return new Part(voxels, folded, volume, least, most, logs, counts);
    }

    /**
     * Returns the least determinant; writes the largest one and how much of the voxel lies the
     * wrong way round.
     *
     * <p>Four tetrahedra at corners (a sixth of a cube each) and one in the middle (a third) fill a
     * cube, in two ways; their mean is taken.
     */
    private double determinants(int v, double[] found) {
        double least = Double.POSITIVE_INFINITY;
        found[0] = Double.NEGATIVE_INFINITY;
        found[1] = 0;
        for (int n = 0; n < (solid ? 10 : 8); n++) {
            double d = n < 8 ? corner(v, n) : tetrahedron(v, n == 9);
            if (d != d) {
                found[1] = 1;
                return Double.NEGATIVE_INFINITY;
            }
            least = Math.min(least, d);
            found[0] = Math.max(found[0], d);
            found[1] += Math.max(0, -d) * (!solid ? 1.0 / 8 : n < 8 ? 1.0 / 12 : 1.0 / 6);
        }
        return least;
    }

    private int stride(int axis) {
        return axis == 0 ? 1 : axis == 1 ? g.ni() : g.ni() * g.nj();
    }

    /** Returns the determinant of one-sided differences; bit a of n says backward along axis a. */
    private double corner(int v, int n) {
        double[] m = new double[9];
        for (int a = 0; a < 3; a++) {
            boolean back = (n >> a & 1) != 0;
            int step = g.size(a) == 1 ? 0 : back ? -stride(a) : stride(a);
            double h = back ? -g.spacing(a) : g.spacing(a);
            for (int r = 0; r < 3; r++) {
                m[3 * r + a] = (u[r][v + step] - u[r][v]) / h + (r == a ? 1 : 0);
            }
        }
        return determinant(m);
    }

    private double central(int v) {
        double[] m = new double[9];
        for (int a = 0; a < 3; a++) {
            int step = g.size(a) == 1 ? 0 : stride(a);
            for (int r = 0; r < 3; r++) {
                m[3 * r + a] =
                        (u[r][v + step] - u[r][v - step]) / (2 * g.spacing(a)) + (r == a ? 1 : 0);
            }
        }
        return determinant(m);
    }

    /**
     * Returns the determinant of the tetrahedron in the middle of the cube that begins at a voxel,
     * over four of its corners no two of which share an edge, relative to its volume when still.
     */
    private double tetrahedron(int v, boolean other) {
        int i = stride(0);
        int j = stride(1);
        int k = stride(2);
        int[] at = other ? new int[] {i, j, k, i + j + k} : new int[] {0, i + j, i + k, j + k};
        int[][] place =
                other
                        ? new int[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 1, 1}}
                        : new int[][] {{0, 0, 0}, {1, 1, 0}, {1, 0, 1}, {0, 1, 1}};
        double[] moved = new double[9];
        double[] still = new double[9];
        for (int c = 0; c < 3; c++) {
            for (int r = 0; r < 3; r++) {
                double edge = g.spacing(r) * (place[c + 1][r] - place[0][r]);
                still[3 * r + c] = edge;
                moved[3 * r + c] = edge + u[r][v + at[c + 1]] - u[r][v + at[0]];
            }
        }
        return determinant(moved) / determinant(still);
    }

    private static double determinant(double[] m) {
        return m[0] * (m[4] * m[8] - m[5] * m[7])
                - m[1] * (m[3] * m[8] - m[5] * m[6])
                + m[2] * (m[3] * m[7] - m[4] * m[6]);
    }
}
