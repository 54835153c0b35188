package org.diapason.registration;

import java.util.ArrayList;
import java.util.Arrays;
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
 * doi:10.1007/s11263-024-02047-1). Relative to the grid where nothing moves: any spacing, any
 * direction, flipped ones too. A voxel is looked at where it has both neighbours along every axis;
 * an axis of one voxel has none and is left out.
 */
public final class FoldingCheck {
    /** Edges of the histogram of the logarithm: from −3 to 3. */
    private static final double REACH = 3;

    private static final int BINS = 60;

    /** Determinants of a voxel that may not be 0 or less; then the central one. */
    private static final int ALL = 10;

    private final Geometry g;
    private final float[] x;
    private final float[] y;
    private final float[] z;

    /** Voxels between neighbours along i, j and k; 0 where there are none. */
    private final int[] stride;

    /** The way to the next voxel along i, then j, then k, in mm where nothing moves. */
    private final double[] edge = new double[9];

    /** One over the volume of a voxel, below 0 where the axes are mirrored. */
    private final double perCube;

    private final boolean solid;

    private FoldingCheck(DisplacementField field) {
        g = field.geometry();
        x = field.shifts(0);
        y = field.shifts(1);
        z = field.shifts(2);
        solid = g.ni() > 1 && g.nj() > 1 && g.nk() > 1;
        stride =
                new int[] {
                    g.ni() > 1 ? 1 : 0, g.nj() > 1 ? g.ni() : 0, g.nk() > 1 ? g.ni() * g.nj() : 0
                };
        for (int n = 0; n < 9; n++) {
            edge[n] = g.spacing(n / 3) * g.direction().get(3 * (n % 3) + n / 3);
        }
        double[] e = edge;
        perCube = 1 / determinant(e[0], e[1], e[2], e[3], e[4], e[5], e[6], e[7], e[8]);
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
                    double[] d = new double[ALL + 1];
                    for (int j = 0; j < check.g.nj(); j++) {
                        int end = check.end(j, k);
                        for (int v = check.first(j, k); v < end; v++) {
                            check.determinants(v, d);
                            for (int n = 0; n < ALL; n++) {
                                folded[v] |= !(d[n] > limit);
                            }
                        }
                    }
                });
        return folded;
    }

    /** Returns the first voxel of a row that has both neighbours along every axis. */
    private int first(int j, int k) {
        return g.index(g.ni() == 1 ? 0 : 1, j, k);
    }

    /** Returns the end of those of a row; where the row begins, if it has none. */
    private int end(int j, int k) {
        boolean inner = inner(j, g.nj()) && inner(k, g.nk());
        return g.index(!inner ? 0 : g.ni() == 1 ? 1 : g.ni() - 1, j, k);
    }

    private static boolean inner(int i, int n) {
        return n == 1 || i > 0 && i < n - 1;
    }

    /** What is counted and added up over a plane. */
    private static final class Part {
        long voxels;
        long folded;
        double mm3;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;

        /** Number, sum and sum of squares of the logarithms. */
        final double[] logs = new double[3];

        final long[] counts = new long[BINS];

        void add(Part p) {
            voxels += p.voxels;
            folded += p.folded;
            mm3 += p.mm3;
            least = Math.min(least, p.least);
            most = Math.max(most, p.most);
            for (int n = 0; n < 3; n++) {
                logs[n] += p.logs[n];
            }
            for (int b = 0; b < BINS; b++) {
                counts[b] += p.counts[b];
            }
        }

        void add(double log) {
            logs[0]++;
            logs[1] += log;
            logs[2] += log * log;
            double bin = (log + REACH) / (2 * REACH) * BINS;
            counts[(int) Math.max(0, Math.min(BINS - 1, bin))]++;
        }
    }

    private Folding look(long repaired) {
        Part[] parts = new Part[g.nk()];
        Parallel.forEach(g.nk(), k -> parts[k] = plane(k));
        Part all = new Part();
        for (Part p : parts) {
            all.add(p);
        }
        List<Double> edges = new ArrayList<>();
        for (int b = 0; b <= BINS; b++) {
            edges.add((b - BINS / 2) * 2 * REACH / BINS);
        }
        double n = Math.max(1, all.logs[0]);
        double mean = all.logs[1] / n;
        return new Folding(
                all.voxels,
                all.folded,
                all.mm3,
                repaired,
                all.voxels == 0 ? 1 : all.least,
                all.voxels == 0 ? 1 : all.most,
                mean,
                Math.sqrt(Math.max(0, all.logs[2] / n - mean * mean)),
                edges,
                Arrays.stream(all.counts).boxed().toList());
    }

    private Part plane(int k) {
        Part part = new Part();
        double[] d = new double[ALL + 1];
        for (int j = 0; j < g.nj(); j++) {
            int end = end(j, k);
            for (int v = first(j, k); v < end; v++) {
                determinants(v, d);
                boolean folded = false;
                for (int n = 0; n < ALL; n++) {
                    folded |= !(d[n] > 0);
                    // Hardly ever so, which is faster than a minimum.
                    if (d[n] < part.least) {
                        part.least = d[n];
                    }
                    if (d[n] > part.most) {
                        part.most = d[n];
                    }
                }
                part.voxels++;
                if (folded) {
                    part.folded++;
                    part.mm3 += g.voxelMm3() * wrong(d, part);
                }
                if (d[ALL] > 0) {
                    part.add(log(d[ALL]));
                }
            }
        }
        return part;
    }

    /**
     * Returns how much of a voxel lies the wrong way round; all of it where a shift is no number.
     *
     * <p>Four tetrahedra at corners (a sixth of a cube each) and one in the middle (a third) fill a
     * cube, in two ways; their mean is taken.
     */
    private double wrong(double[] d, Part part) {
        double sum = 0;
        for (int n = 0; n < ALL; n++) {
            if (d[n] != d[n]) {
                part.least = Double.NEGATIVE_INFINITY;
                return 1;
            }
            double share = n >= 8 ? 1.0 / 6 : 1.0 / 12;
            sum += Math.max(0, -d[n]) * (solid ? share : n >= 8 ? 0 : 1.0 / 8);
        }
        return sum;
    }

    /** Near 1, where nearly all are, by the series of atanh: within 1e-14. */
    private static double log(double d) {
        double s = (d - 1) / (d + 1);
        double q = s * s;
        if (!(q < 0.02)) {
            return StrictMath.log(d);
        }
        double rest = 1.0 / 9 + q * (1.0 / 11 + q * (1.0 / 13 + q * (1.0 / 15 + q / 17)));
        return 2 * s * (1 + q * (1.0 / 3 + q * (1.0 / 5 + q * (1.0 / 7 + q * rest))));
    }

    /**
     * Writes the determinants of a voxel relative to where nothing moves: of the eight corners, of
     * the two tetrahedra in the middle of the cube that begins here (over four of its corners no
     * two of which share an edge), the central one.
     */
    private void determinants(int v, double[] out) {
        double[] e = edge;
        int i = stride[0];
        int j = stride[1];
        int k = stride[2];
        double px = x[v];
        double py = y[v];
        double pz = z[v];
        // On along i, j, k: a, b, c; back: r, s, t.
        double ax = e[0] + (x[v + i] - px);
        double ay = e[1] + (y[v + i] - py);
        double az = e[2] + (z[v + i] - pz);
        double bx = e[3] + (x[v + j] - px);
        double by = e[4] + (y[v + j] - py);
        double bz = e[5] + (z[v + j] - pz);
        double cx = e[6] + (x[v + k] - px);
        double cy = e[7] + (y[v + k] - py);
        double cz = e[8] + (z[v + k] - pz);
        double rx = e[0] + (px - x[v - i]);
        double ry = e[1] + (py - y[v - i]);
        double rz = e[2] + (pz - z[v - i]);
        double sx = e[3] + (px - x[v - j]);
        double sy = e[4] + (py - y[v - j]);
        double sz = e[5] + (pz - z[v - j]);
        double tx = e[6] + (px - x[v - k]);
        double ty = e[7] + (py - y[v - k]);
        double tz = e[8] + (pz - z[v - k]);
        double q = perCube;
        out[0] = q * determinant(ax, ay, az, bx, by, bz, cx, cy, cz);
        out[1] = q * determinant(rx, ry, rz, bx, by, bz, cx, cy, cz);
        out[2] = q * determinant(ax, ay, az, sx, sy, sz, cx, cy, cz);
        out[3] = q * determinant(rx, ry, rz, sx, sy, sz, cx, cy, cz);
        out[4] = q * determinant(ax, ay, az, bx, by, bz, tx, ty, tz);
        out[5] = q * determinant(rx, ry, rz, bx, by, bz, tx, ty, tz);
        out[6] = q * determinant(ax, ay, az, sx, sy, sz, tx, ty, tz);
        out[7] = q * determinant(rx, ry, rz, sx, sy, sz, tx, ty, tz);
        out[ALL] =
                q
                        / 8
                        * determinant(
                                ax + rx, ay + ry, az + rz, bx + sx, by + sy, bz + sz, cx + tx,
                                cy + ty, cz + tz);
        if (!solid) {
            out[8] = out[0];
            out[9] = out[0];
            return;
        }
        // The corners that lie aside along two axes, from this one: d without i, f without j, g
        // without k; h aside along all three.
        int jk = v + j + k;
        double dx = e[3] + e[6] + (x[jk] - px);
        double dy = e[4] + e[7] + (y[jk] - py);
        double dz = e[5] + e[8] + (z[jk] - pz);
        int ik = v + i + k;
        double fx = e[0] + e[6] + (x[ik] - px);
        double fy = e[1] + e[7] + (y[ik] - py);
        double fz = e[2] + e[8] + (z[ik] - pz);
        int ij = v + i + j;
        double gx = e[0] + e[3] + (x[ij] - px);
        double gy = e[1] + e[4] + (y[ij] - py);
        double gz = e[2] + e[5] + (z[ij] - pz);
        int ijk = ij + k;
        double hx = e[0] + e[3] + e[6] + (x[ijk] - px);
        double hy = e[1] + e[4] + e[7] + (y[ijk] - py);
        double hz = e[2] + e[5] + e[8] + (z[ijk] - pz);
        // Where nothing moves these are 2 cubes.
        out[8] = q / 2 * determinant(dx, dy, dz, fx, fy, fz, gx, gy, gz);
        out[9] =
                q
                        / 2
                        * determinant(
                                bx - ax, by - ay, bz - az, cx - ax, cy - ay, cz - az, hx - ax,
                                hy - ay, hz - az);
    }

    private static double determinant(
            double ax,
            double ay,
            double az,
            double bx,
            double by,
            double bz,
            double cx,
            double cy,
            double cz) {
        return ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
    }
}
