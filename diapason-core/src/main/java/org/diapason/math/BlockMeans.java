package org.diapason.math;

import org.diapason.volume.Geometry;

/**
 * Means of blocks of voxels, of the positive finite ones in a mask, and how sure they are.
 *
 * <p>The confidence of a block is {@code s / (1 + (c/0.05)⁴)} with s the share of its voxels that
 * counted and c their coefficient of variation: a block on a border of two tissues has a mean that
 * is none of theirs. Noise lowers confidences too, those of dark tissue most.
 *
 * @param mean the mean of each block, i fastest; 0 where it has none
 * @param confidence the confidence of each block, 0 … 1
 */
public record BlockMeans(float[] mean, float[] confidence) {
    private static final double MIXED = 0.05;

    /** Returns the means of blocks of fi × fj × fk voxels; the last blocks may be smaller. */
    public static BlockMeans of(
            Geometry g, float[] values, boolean[] mask, int fi, int fj, int fk) {
        int bi = (g.ni() + fi - 1) / fi;
        int bj = (g.nj() + fj - 1) / fj;
        int bk = (g.nk() + fk - 1) / fk;
        float[] mean = new float[bi * bj * bk];
        float[] confidence = new float[mean.length];
        Parallel.forEach(
                bk,
                k -> {
                    double[] sum = new double[bi];
                    double[] squares = new double[bi];
                    int[] count = new int[bi];
                    for (int j = 0; j < bj; j++) {
                        java.util.Arrays.fill(sum, 0);
                        java.util.Arrays.fill(squares, 0);
                        java.util.Arrays.fill(count, 0);
                        int endJ = Math.min(g.nj(), (j + 1) * fj);
                        int endK = Math.min(g.nk(), (k + 1) * fk);
                        for (int z = k * fk; z < endK; z++) {
                            for (int y = j * fj; y < endJ; y++) {
                                add(
                                        values,
                                        mask,
                                        g.index(0, y, z),
                                        g.ni(),
                                        fi,
                                        sum,
                                        squares,
                                        count);
                            }
                        }
                        int rows = (endJ - j * fj) * (endK - k * fk);
                        for (int i = 0; i < bi; i++) {
                            int at = (k * bj + j) * bi + i;
                            int all = rows * (Math.min(g.ni(), (i + 1) * fi) - i * fi);
                            if (count[i] > 0) {
                                double m = sum[i] / count[i];
                                mean[at] = (float) m;
                                double spread = Math.max(0, squares[i] / count[i] - m * m);
                                confidence[at] =
                                        confidence((double) count[i] / all, spread / (m * m));
                            }
                        }
                    }
                });
        return new BlockMeans(mean, confidence);
    }

    private static float confidence(double share, double squaredVariation) {
        double x = squaredVariation / (MIXED * MIXED);
        return (float) (share / (1 + x * x));
    }

    private static void add(
            float[] values,
            boolean[] mask,
            int at,
            int n,
            int f,
            double[] sum,
            double[] squares,
            int[] count) {
        for (int i = 0; i < n; i++) {
            float x = values[at + i];
            if (mask[at + i] && x > 0 && x <= Float.MAX_VALUE) {
                sum[i / f] += x;
                squares[i / f] += (double) x * x;
                count[i / f]++;
            }
        }
    }
}
