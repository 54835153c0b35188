package org.diapason.reconstruction;

import org.diapason.volume.RefusedException;

/**
 * How far mean and largest value of a region drift from one image to another.
 *
 * @param mean of the first image
 * @param largest of the first image
 * @param meanDrift the second's mean less that
 * @param largestDrift the second's largest less that
 */
public record Change(
        int voxels, double mean, double largest, double meanDrift, double largestDrift) {
    /**
     * Compares voxels that have a value in both.
     *
     * @throws RefusedException if there are none
     */
    public static Change of(float[] before, float[] after, boolean[] in) {
        double[] sums = new double[2];
        double[] largest = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        int n = 0;
        for (int p = 0; p < in.length; p++) {
            if (in[p] && before[p] == before[p] && after[p] == after[p]) {
                n++;
                sums[0] += before[p];
                sums[1] += after[p];
                largest[0] = Math.max(largest[0], before[p]);
                largest[1] = Math.max(largest[1], after[p]);
            }
        }
        if (n == 0) {
            throw new RefusedException(
                    "the mask holds no voxel with a value, so no drift can be told");
        }
        return new Change(
                n, sums[0] / n, largest[0], (sums[1] - sums[0]) / n, largest[1] - largest[0]);
    }
}
