package org.diapason.math;

import java.util.function.IntPredicate;
import org.diapason.volume.Geometry;

/**
 * Over which share of a region chosen voxels are spread: {@code (Σ k)² / (Σ n · Σ n p²)} over cubic
 * blocks with n voxels of the region, k of them chosen, and {@code p² = k (k − 1) / (n (n − 1))},
 * the square of a block's share without what chance adds to it. 1 for voxels drawn by lot from the
 * whole region, s for those drawn from a share s of its blocks.
 */
public final class BlockSpread {
    private BlockSpread() {}

    /**
     * Returns the share, at most 1; 1 where no block holds two chosen voxels.
     *
     * @param blockMm length of the blocks in mm, rounded to whole voxels
     * @param region membership of every voxel
     * @param chosen asked for voxels of the region only, from several threads
     */
    public static double of(Geometry g, double blockMm, boolean[] region, IntPredicate chosen) {
        int[] size = {g.ni(), g.nj(), g.nk()};
        int[] block = new int[3];
        for (int a = 0; a < 3; a++) {
            double voxels = Math.rint(blockMm / g.spacing(a));
            block[a] = (int) Math.max(1, Math.min(size[a], voxels));
        }
        int slabs = (size[2] + block[2] - 1) / block[2];
        double[][] sums = new double[slabs][];
        Parallel.forEach(slabs, s -> sums[s] = slab(g, block, s, region, chosen));
        double all = 0;
        double picked = 0;
        double squares = 0;
        for (double[] sum : sums) {
            all += sum[0];
            picked += sum[1];
            squares += sum[2];
        }
        return squares > 0 ? Math.min(1, picked * picked / (all * squares)) : 1;
    }

    private static double[] slab(
            Geometry g, int[] block, int slab, boolean[] region, IntPredicate chosen) {
        int columns = (g.ni() + block[0] - 1) / block[0];
        int[] n = new int[columns * ((g.nj() + block[1] - 1) / block[1])];
        int[] k = new int[n.length];
        int end = Math.min(g.nk(), (slab + 1) * block[2]);
        for (int z = slab * block[2]; z < end; z++) {
            for (int y = 0; y < g.nj(); y++) {
                int row = g.index(0, y, z);
                int first = y / block[1] * columns;
                for (int x = 0; x < g.ni(); x++) {
                    if (region[row + x]) {
                        int b = first + x / block[0];
                        n[b]++;
                        k[b] += chosen.test(row + x) ? 1 : 0;
                    }
                }
            }
        }
        double[] sums = new double[3];
        for (int b = 0; b < n.length; b++) {
            if (n[b] > 1) {
                sums[0] += n[b];
                sums[1] += k[b];
                sums[2] += (double) k[b] * (k[b] - 1) / (n[b] - 1);
            }
        }
        return sums;
    }
}
