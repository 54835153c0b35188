package org.diapason.registration;

import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;

/**
 * What the voxels of a grid ask of a velocity, added up over cells of neighbours: the gradient g of
 * the fit by a shift along the axes of the fixed grid, in nats per mm, and the stiffness H against
 * it, in nats per mm².
 */
final class Cells {
    private final Geometry geometry;
    private final int[] width = new int[3];
    private final int[] count = new int[3];

    /** g along i, j, k; then H: ii, jj, kk, ij, ik, jk. */
    final double[][] sums = new double[9][];

    /**
     * @param sizeMm the width of a cell, at most where voxels are finer
     */
    Cells(Geometry geometry, double sizeMm) {
        this.geometry = geometry;
        int n = 1;
        for (int a = 0; a < 3; a++) {
            width[a] = Math.max(1, (int) (sizeMm / geometry.spacing(a) + 1e-6));
            count[a] = (geometry.size(a) + width[a] - 1) / width[a];
            n *= count[a];
        }
        for (int s = 0; s < 9; s++) {
            sums[s] = new double[n];
        }
    }

    /** Returns where the middles of the cells lie along each axis, in mm from the first voxel. */
    double[][] middles() {
        double[][] mm = new double[3][];
        for (int a = 0; a < 3; a++) {
            mm[a] = new double[count[a]];
            for (int c = 0; c < count[a]; c++) {
                int first = c * width[a];
                int last = Math.min(geometry.size(a), first + width[a]) - 1;
                mm[a][c] = (first + last) / 2.0 * geometry.spacing(a);
            }
        }
        return mm;
    }

    /** Empties the cells. */
    void clear() {
        for (double[] s : sums) {
            java.util.Arrays.fill(s, 0);
        }
    }

    /** Adds what one channel asks: its pull p and stiffness h by value, and its slope by mm. */
    void add(float[] pull, float[] stiffness, float[][] slope) {
        Parallel.forEach(
                count[2],
                c -> {
                    int end = Math.min(geometry.nk(), (c + 1) * width[2]);
                    double[] part = new double[9];
                    for (int k = c * width[2]; k < end; k++) {
                        for (int j = 0; j < geometry.nj(); j++) {
                            int cell = count[0] * (j / width[1] + count[1] * c);
                            row(pull, stiffness, slope, geometry.index(0, j, k), cell, part);
                        }
                    }
                });
    }

    /**
     * Fills the cells so that shifts are asked for as they are known on another grid.
     *
     * @param blocks begins with this grid and has its directions
     * @param shifts along its axes in mm
     * @param each how much every cell asks for them
     */
    void pin(Geometry blocks, float[][] shifts, double each) {
        clear();
        double[][] mm = middles();
        for (int c = 0; c < sums[0].length; c++) {
            int row = c / count[0];
            int[] at = {c % count[0], row % count[1], row / count[1]};
            for (int a = 0; a < 3; a++) {
                int block = (int) (mm[a][at[a]] / blocks.spacing(a));
                at[a] = Math.min(blocks.size(a) - 1, block);
            }
            int from = blocks.index(at[0], at[1], at[2]);
            for (int a = 0; a < 3; a++) {
                sums[a][c] = each * shifts[a][from];
                sums[3 + a][c] = each;
            }
        }
    }

    private void row(
            float[] pull, float[] stiffness, float[][] slope, int from, int cell, double[] part) {
        float[] si = slope[0];
        float[] sj = slope[1];
        float[] sk = slope[2];
        int ni = geometry.ni();
        for (int first = 0, c = cell; first < ni; first += width[0], c++) {
            int end = from + Math.min(ni, first + width[0]);
            java.util.Arrays.fill(part, 0);
            for (int v = from + first; v < end; v++) {
                float h = stiffness[v];
                if (h == 0) {
                    continue;
                }
                double p = pull[v];
                double a = si[v];
                double b = sj[v];
                double d = sk[v];
                part[0] += p * a;
                part[1] += p * b;
                part[2] += p * d;
                part[3] += h * a * a;
                part[4] += h * b * b;
                part[5] += h * d * d;
                part[6] += h * a * b;
                part[7] += h * a * d;
                part[8] += h * b * d;
            }
            for (int s = 0; s < 9; s++) {
                sums[s][c] += part[s];
            }
        }
    }
}
