package org.diapason.steps.perturb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Patches of like voxels about one edge length wide, by simple linear iterative clustering: each
 * voxel belongs to the nearest centre within one edge along every axis, by distance in edges and by
 * difference of intensity in standard deviations. Centres start on a lattice and move to the mean
 * of their voxels ten times.
 *
 * <p>Then patches are made connected: voxels of one centre that are face neighbours form a piece;
 * pieces are visited in the order of their first voxel; one of at least a quarter of an edge cubed
 * is a patch, a smaller one joins the patch of a neighbour that came before, if there is one.
 *
 * <p>Achanta et al. 2012, doi:10.1109/TPAMI.2012.120, algorithm 1 and its last step.
 */
final class Slic {
    private static final int ROUNDS = 10;
    private static final double LEAST = 0.25;

    private final int[] size;
    private final double[] spacingMm;
    private final float[] values;
    private final double edgeMm;
    private final double scale;
    private final int[] owner;
    private final double[] distance;

    private Slic(int[] size, double[] spacingMm, float[] values, double edgeMm) {
        this.size = size;
        this.spacingMm = spacingMm;
        this.values = values;
        this.edgeMm = edgeMm;
        owner = new int[values.length];
        distance = new double[values.length];
        scale = spread(values);
    }

    /**
     * Returns the patch of every voxel, counted from 0 without gaps in the order of first voxels.
     *
     * @param size voxels along i, j, k
     * @param values i fastest; not modified
     */
    static int[] patches(int[] size, double[] spacingMm, float[] values, double edgeMm) {
        Slic slic = new Slic(size, spacingMm, values, edgeMm);
        List<double[]> centres = slic.lattice();
        slic.assign(centres);
        for (int round = 0; round < ROUNDS; round++) {
            slic.move(centres);
            slic.assign(centres);
        }
        return slic.connected();
    }

    /** Returns the standard deviation; 1 where all is alike. */
    private static double spread(float[] values) {
        int n = 0;
        double sum = 0;
        for (float x : values) {
            n += Float.isFinite(x) ? 1 : 0;
            sum += Float.isFinite(x) ? x : 0;
        }
        double mean = sum / n;
        double squares = 0;
        for (float x : values) {
            squares += Float.isFinite(x) ? (x - mean) * (x - mean) : 0;
        }
        double sd = Math.sqrt(squares / n);
        return sd > 0 ? sd : 1;
    }

    /** Returns centres i, j, k in voxels and an intensity. */
    private List<double[]> lattice() {
        int[] count = new int[3];
        for (int a = 0; a < 3; a++) {
            count[a] = (int) Math.max(1, Math.rint(size[a] * spacingMm[a] / edgeMm));
            count[a] = Math.min(count[a], size[a]);
        }
        List<double[]> centres = new ArrayList<>();
        for (int k = 0; k < count[2]; k++) {
            for (int j = 0; j < count[1]; j++) {
                for (int i = 0; i < count[0]; i++) {
                    double x = (i + 0.5) * size[0] / count[0] - 0.5;
                    double y = (j + 0.5) * size[1] / count[1] - 0.5;
                    double z = (k + 0.5) * size[2] / count[2] - 0.5;
                    int v = index((int) Math.rint(x), (int) Math.rint(y), (int) Math.rint(z));
                    centres.add(new double[] {x, y, z, values[v]});
                }
            }
        }
        return centres;
    }

    private int index(int i, int j, int k) {
        return i + size[0] * (j + size[1] * k);
    }

    private void assign(List<double[]> centres) {
        Arrays.fill(owner, -1);
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        for (int c = 0; c < centres.size(); c++) {
            claim(c, centres.get(c));
        }
    }

    private void claim(int c, double[] centre) {
        int[] from = new int[3];
        int[] to = new int[3];
        for (int a = 0; a < 3; a++) {
            double reach = Math.max(1, edgeMm / spacingMm[a]);
            from[a] = Math.max(0, (int) Math.ceil(centre[a] - reach));
            to[a] = Math.min(size[a] - 1, (int) Math.floor(centre[a] + reach));
        }
        for (int k = from[2]; k <= to[2]; k++) {
            double z = (k - centre[2]) * spacingMm[2];
            for (int j = from[1]; j <= to[1]; j++) {
                double y = (j - centre[1]) * spacingMm[1];
                for (int i = from[0]; i <= to[0]; i++) {
                    int v = index(i, j, k);
                    double x = (i - centre[0]) * spacingMm[0];
                    double off = (values[v] - centre[3]) / scale;
                    double far = (x * x + y * y + z * z) / (edgeMm * edgeMm);
                    double total = far + (Double.isFinite(off) ? off * off : 0);
                    if (total < distance[v]) {
                        distance[v] = total;
                        owner[v] = c;
                    }
                }
            }
        }
    }

    private void move(List<double[]> centres) {
        double[][] sums = new double[centres.size()][6];
        int v = 0;
        for (int k = 0; k < size[2]; k++) {
            for (int j = 0; j < size[1]; j++) {
                for (int i = 0; i < size[0]; i++, v++) {
                    if (owner[v] < 0) {
                        continue;
                    }
                    double[] sum = sums[owner[v]];
                    sum[0] += i;
                    sum[1] += j;
                    sum[2] += k;
                    sum[4]++;
                    if (Float.isFinite(values[v])) {
                        sum[3] += values[v];
                        sum[5]++;
                    }
                }
            }
        }
        for (int c = 0; c < sums.length; c++) {
            for (int a = 0; a < 3 && sums[c][4] > 0; a++) {
                centres.get(c)[a] = sums[c][a] / sums[c][4];
            }
            centres.get(c)[3] = sums[c][5] > 0 ? sums[c][3] / sums[c][5] : Double.NaN;
        }
    }

    /** Returns connected patches made of the pieces of all centres. */
    private int[] connected() {
        int[] patch = new int[owner.length];
        Arrays.fill(patch, -1);
        int[] queue = new int[owner.length];
        double least = LEAST * edgeMm * edgeMm * edgeMm;
        double voxelMm3 = spacingMm[0] * spacingMm[1] * spacingMm[2];
        int patches = 0;
        for (int start = 0; start < patch.length; start++) {
            if (patch[start] >= 0) {
                continue;
            }
            int before = -1;
            int end = 1;
            queue[0] = start;
            patch[start] = patches;
            for (int at = 0; at < end; at++) {
                for (int side = 0; side < 6; side++) {
                    int next = neighbour(queue[at], side);
                    if (next < 0 || patch[next] == patches) {
                        continue;
                    }
                    if (patch[next] >= 0) {
                        before = before < 0 ? patch[next] : before;
                    } else if (owner[next] == owner[start]) {
                        patch[next] = patches;
                        queue[end++] = next;
                    }
                }
            }
            if (end * voxelMm3 >= least || before < 0) {
                patches++;
                continue;
            }
            for (int n = 0; n < end; n++) {
                patch[queue[n]] = before;
            }
        }
        return patch;
    }

    /** Returns the voxel beyond one of six faces; −1 outside. */
    private int neighbour(int v, int side) {
        int axis = side / 2;
        int step = axis == 0 ? 1 : axis == 1 ? size[0] : size[0] * size[1];
        int at = v / step % size[axis];
        if (side % 2 == 0) {
            return at > 0 ? v - step : -1;
        }
        return at < size[axis] - 1 ? v + step : -1;
    }
}
