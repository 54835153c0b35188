package org.diapason.reconstruction;

import java.util.Arrays;
import java.util.TreeMap;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Corrects what blur mixes between anatomical regions that are known.
 *
 * <p>Geometric transfer matrix: what is measured in region i is {@code m_i = Σ_j T_ij t_j}, {@code
 * T_ij} the mean over region i of region j blurred; {@code t = T⁻¹ m} are the true means where
 * every region is even. Region-based voxel-wise: each value times {@code s / (A s)}, {@code s = Σ
 * t_j 1_j}, so that what differs within a region stays. Every voxel belongs to one region, 0
 * included.
 *
 * <p>Both are exact without noise where regions are even and the outline and A are right. The
 * condition number of T (of its singular values) bounds by how much relative errors of m grow in t.
 *
 * <p>Papers: Rousset, Ma and Evans 1998, J. Nucl. Med. 39(5):904–911; Thomas et al. 2011, Eur. J.
 * Nucl. Med. Mol. Imaging 38:1104–1119, doi:10.1007/s00259-011-1745-9.
 *
 * @param labels of the regions, ascending
 * @param voxels of each that have a value
 * @param measured m
 * @param corrected t
 * @param kept T_ii: the share of a region's activity that stays in it
 * @param condition of T
 * @param image region-based voxel-wise, of the quantity of the input; its resolution is unknown
 */
public record PartialVolume(
        Numbers labels,
        Numbers voxels,
        Numbers measured,
        Numbers corrected,
        Numbers kept,
        double condition,
        Volume image) {
    /** A region that keeps less than this of itself says more of its neighbours. */
    private static final double LEAST_KEPT = 0.2;

    private static final double WORST_CONDITION = 20;
    private static final int MOST_REGIONS = 200;

    /**
     * Corrects.
     *
     * @param labels whole numbers on the grid of the image, one a region, 0 for the rest
     * @param fwhmMm resolution of the image along i, j, k in mm
     * @throws RefusedException if a region is too small for this resolution, has no voxel with a
     *     value, or the regions cannot be told apart through the blur
     */
    public static PartialVolume of(Volume image, Volume labels, Numbers fwhmMm) {
        Geometry g = image.geometry();
        float[] z = image.values();
        int[] values = distinct(labels.values());
        int[] region = regions(labels.values(), values);
        int n = values.length;
        Blur blur = new Blur(g, fwhmMm);
        double[] count = new double[n];
        double[] measured = new double[n];
        for (int p = 0; p < z.length; p++) {
            if (z[p] == z[p]) {
                count[region[p]]++;
                measured[region[p]] += z[p];
            }
        }
        DMatrixRMaj transfer = new DMatrixRMaj(n, n);
        float[] one = new float[z.length];
        float[] seen = new float[z.length];
        for (int c = 0; c < n; c++) {
            if (count[c] == 0) {
                throw new RefusedException(
                        "region " + values[c] + " has no voxel in which the image has a value");
            }
            measured[c] /= count[c];
            for (int p = 0; p < one.length; p++) {
                one[p] = region[p] == c ? 1 : 0;
            }
            blur.forward(one, seen);
            for (int p = 0; p < z.length; p++) {
                if (z[p] == z[p]) {
                    transfer.add(region[p], c, seen[p]);
                }
            }
        }
        CommonOps_DDRM.divideRows(count, transfer);
        requireLarge(values, count, transfer, fwhmMm);
        double condition = condition(transfer, values, fwhmMm);
        DMatrixRMaj t = new DMatrixRMaj(n, 1);
        CommonOps_DDRM.solve(transfer, new DMatrixRMaj(n, 1, true, measured), t);
        double[] kept = new double[n];
        for (int c = 0; c < n; c++) {
            kept[c] = transfer.get(c, c);
        }
        return new PartialVolume(
                Numbers.of(Arrays.stream(values).asDoubleStream().toArray()),
                Numbers.of(count),
                Numbers.of(measured),
                Numbers.of(t.getData()),
                Numbers.of(kept),
                condition,
                Volume.of(g, voxelWise(z, region, t.getData(), blur), image.quantity()));
    }

    private static int[] distinct(float[] labels) {
        TreeMap<Integer, Integer> seen = new TreeMap<>();
        for (float v : labels) {
            if (v != Math.rint(v) || Math.abs(v) > 1 << 24) {
                throw new RefusedException(
                        "the regions need whole numbers, one a region and 0 for the rest, got "
                                + v
                                + ". Resample labels by diapason warp --labels.");
            }
            seen.merge((int) v, 1, Integer::sum);
            if (seen.size() > MOST_REGIONS) {
                throw new RefusedException(
                        "there are more than "
                                + MOST_REGIONS
                                + " regions. Join regions that are alike, or give a label image.");
            }
        }
        return seen.keySet().stream().mapToInt(v -> v).toArray();
    }

    private static int[] regions(float[] labels, int[] values) {
        int[] region = new int[labels.length];
        for (int p = 0; p < labels.length; p++) {
            region[p] = Arrays.binarySearch(values, (int) labels[p]);
        }
        return region;
    }

    private static void requireLarge(
            int[] values, double[] count, DMatrixRMaj transfer, Numbers fwhmMm) {
        for (int c = 0; c < values.length; c++) {
            double kept = transfer.get(c, c);
            if (kept < LEAST_KEPT) {
                throw new RefusedException(
                        "region "
                                + values[c]
                                + " of "
                                + (int) count[c]
                                + " voxels keeps only "
                                + Numbers.fixed(100 * kept, 0)
                                + " % of its activity at a resolution of "
                                + fwhmMm.fixed(2)
                                + " mm, so its value would be made of its neighbours'. Join it"
                                + " with one of them.");
            }
        }
    }

    private static double condition(DMatrixRMaj transfer, int[] values, Numbers fwhmMm) {
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(values.length, values.length, false, false, false);
        svd.decompose(transfer.copy());
        double[] s = svd.getSingularValues();
        double condition = Arrays.stream(s).max().orElse(1) / Arrays.stream(s).min().orElse(1);
        if (!(condition <= WORST_CONDITION)) {
            throw new RefusedException(
                    "the regions cannot be told apart at a resolution of "
                            + fwhmMm.fixed(2)
                            + " mm: the condition number of the transfer matrix is "
                            + Numbers.fixed(condition, 1)
                            + ", above "
                            + Numbers.fixed(WORST_CONDITION, 0)
                            + ". Join thin regions that lie side by side.");
        }
        return condition;
    }

    private static float[] voxelWise(float[] z, int[] region, double[] t, Blur blur) {
        float[] even = new float[z.length];
        for (int p = 0; p < even.length; p++) {
            even[p] = (float) Math.max(0, t[region[p]]);
        }
        float[] seen = new float[z.length];
        blur.forward(even, seen);
        float[] out = new float[z.length];
        for (int p = 0; p < out.length; p++) {
            // where nothing is expected there is nothing to share out
            out[p] = seen[p] > 0 ? z[p] * even[p] / seen[p] : z[p];
        }
        return out;
    }

    /** Says whether some region's mean came out negative, which no activity is. */
    public boolean hasNegative() {
        return Arrays.stream(corrected.toArray()).anyMatch(t -> t < 0);
    }
}
