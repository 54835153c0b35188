package org.diapason.registration;

import org.diapason.math.Gauss;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * Looks for large shifts among whole numbers of voxels, by the likeness of {@link Mind} channels:
 * the cost of every shift of every block, and shifts that are both cheap and alike their
 * neighbours', by turns (coupled convex optimisation; Siebert, Hansen and Heinrich 2021,
 * arXiv:2112.03489, after Steinbrücker, Pock and Cremers 2009, ICCV).
 */
final class MindSearch {
    /** Voxels of a block along an axis. */
    private static final int BLOCK = 3;

    /** Voxels that are tried to either side along an axis. */
    private static final int REACH = 4;

    /** How much weight likeness to neighbours has, rising. */
    private static final double[] COUPLING = {0.003, 0.01, 0.03, 0.1, 0.3, 1};

    private final Geometry g;
    private final Geometry blocks;
    private final int[][] shifts;

    MindSearch(Geometry g) {
        this.g = g;
        int[] size = new int[3];
        double[] spacing = new double[3];
        int[] reach = new int[3];
        for (int a = 0; a < 3; a++) {
            size[a] = (g.size(a) + BLOCK - 1) / BLOCK;
            spacing[a] = BLOCK * g.spacing(a);
            reach[a] = g.size(a) == 1 ? 0 : REACH;
        }
        blocks =
                new Geometry(
                        size[0],
                        size[1],
                        size[2],
                        Numbers.of(spacing),
                        g.originMm(),
                        g.direction());
        int n = (2 * reach[0] + 1) * (2 * reach[1] + 1) * (2 * reach[2] + 1);
        shifts = new int[n][];
        int at = 0;
        for (int k = -reach[2]; k <= reach[2]; k++) {
            for (int j = -reach[1]; j <= reach[1]; j++) {
                for (int i = -reach[0]; i <= reach[0]; i++) {
                    shifts[at++] = new int[] {i, j, k};
                }
            }
        }
    }

    /** Returns the grid of the blocks. */
    Geometry blocks() {
        return blocks;
    }

    /**
     * Returns the shift of each block along the axes of the grid, in mm.
     *
     * @param fixed values; NaN where nothing is compared
     * @param drawn the moving image on the same grid
     */
    float[][] of(float[] fixed, float[] drawn) {
        float[] f = together(Mind.of(g, fixed));
        float[] m = together(Mind.of(g, drawn));
        int many = blocks.voxels();
        float[][] cost = new float[many][];
        Parallel.forEach(many, b -> cost[b] = costs(b, f, m));
        float[][] alike = new float[3][many];
        double coupling = 0;
        for (int round = 0; round <= COUPLING.length; round++) {
            float[][] best = new float[3][many];
            for (int b = 0; b < many; b++) {
                int[] chosen = shifts[cheapest(cost[b], alike, b, coupling)];
                for (int a = 0; a < 3; a++) {
                    best[a][b] = chosen[a];
                }
            }
            for (int a = 0; a < 3; a++) {
                alike[a] = Gauss.blur(blocks, best[a], 1, 1, 1);
            }
            coupling = round < COUPLING.length ? COUPLING[round] : 0;
        }
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < many; b++) {
                alike[a][b] *= (float) g.spacing(a);
            }
        }
        return alike;
    }

    private int cheapest(float[] cost, float[][] alike, int block, double coupling) {
        int best = shifts.length / 2;
        double least = Double.POSITIVE_INFINITY;
        for (int s = 0; s < shifts.length; s++) {
            double far = 0;
            for (int a = 0; a < 3; a++) {
                double d = shifts[s][a] - alike[a][block];
                far += d * d;
            }
            double c = cost[s] + coupling * far;
            if (c < least) {
                least = c;
                best = s;
            }
        }
        return best;
    }

    /** Returns the channels of all voxels, those of one side by side. */
    private static float[] together(float[][] channels) {
        int n = channels.length;
        float[] out = new float[n * channels[0].length];
        for (int c = 0; c < n; c++) {
            for (int v = 0; v < channels[c].length; v++) {
                out[n * v + c] = channels[c][v];
            }
        }
        return out;
    }

    /** Returns the mean squared difference of the channels of a block for each shift. */
    private float[] costs(int block, float[] f, float[] m) {
        int row = block / blocks.ni();
        int[] first = {
            block % blocks.ni() * BLOCK, row % blocks.nj() * BLOCK, row / blocks.nj() * BLOCK
        };
        int channels = f.length / g.voxels();
        float[] out = new float[shifts.length];
        for (int s = 0; s < shifts.length; s++) {
            int[] by = shifts[s];
            double sum = 0;
            int n = 0;
            for (int k = first[2]; k < Math.min(g.nk(), first[2] + BLOCK); k++) {
                for (int j = first[1]; j < Math.min(g.nj(), first[1] + BLOCK); j++) {
                    int v = g.index(0, j, k);
                    int w = g.index(0, in(j + by[1], g.nj()), in(k + by[2], g.nk()));
                    for (int i = first[0]; i < Math.min(g.ni(), first[0] + BLOCK); i++, n++) {
                        int x = in(i + by[0], g.ni());
                        sum += apart(f, channels * (v + i), m, channels * (w + x), channels);
                    }
                }
            }
            out[s] = (float) (sum / (n * channels));
        }
        return out;
    }

    /** Returns the sum of squared differences of a number of channels, a multiple of four. */
    private static float apart(float[] f, int v, float[] m, int w, int channels) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int n = 0; n < channels; n += 4) {
            float e = f[v + n] - m[w + n];
            a += e * e;
            e = f[v + n + 1] - m[w + n + 1];
            b += e * e;
            e = f[v + n + 2] - m[w + n + 2];
            c += e * e;
            e = f[v + n + 3] - m[w + n + 3];
            d += e * e;
        }
        return a + b + (c + d);
    }

    private static int in(int i, int n) {
        return Math.max(0, Math.min(n - 1, i));
    }
}
