package org.diapason.math;

import java.util.Arrays;
import java.util.List;
import org.diapason.volume.Numbers;

/**
 * How much the ratio of bands changed: hue, for colours.
 *
 * <p>The spectral angle of a voxel is {@code acos(a·b/(|a||b|))} of its bands a before and b after
 * (computed from half the angle, which is exact for small ones), so brightness has no say; a voxel
 * where either is nothing or no number is left out. Method: Kruse and others 1993, Remote Sensing
 * of Environment 44(2–3):145–163, doi:10.1016/0034-4257(93)90013-N.
 *
 * @param voxels how many were compared
 * @param meanDegrees the mean angle; 0 where none was compared
 * @param p95Degrees the angle below which 95 % lie (type 7)
 * @param shares of each band the mean absolute change of {@code x/Σ|x|}
 */
public record BandChange(int voxels, double meanDegrees, double p95Degrees, Numbers shares) {
    /** A mean angle above this is warned of. */
    public static final double NOTICED_DEGREES = 5;

    private static final int BLOCK = 1 << 16;

    /**
     * Compares bands before and after.
     *
     * @param in the voxels that count; null for all
     */
    public static BandChange of(List<float[]> before, List<float[]> after, boolean[] in) {
        int n = before.get(0).length;
        int bands = before.size();
        float[] angles = new float[n];
        int blocks = (int) ((n + (long) BLOCK - 1) / BLOCK);
        double[][] parts = new double[blocks][bands + 1];
        Parallel.forEach(
                blocks,
                b -> {
                    for (int v = b * BLOCK; v < Math.min(n, (b + 1L) * BLOCK); v++) {
                        angles[v] = Float.NaN;
                        if (in == null || in[v]) {
                            angles[v] = compare(before, after, v, parts[b]);
                        }
                    }
                });
        double[] sums = new double[bands + 1];
        for (double[] part : parts) {
            for (int s = 0; s <= bands; s++) {
                sums[s] += part[s];
            }
        }
        int voxels = 0;
        for (int v = 0; v < n; v++) {
            if (angles[v] == angles[v]) {
                angles[voxels++] = angles[v];
            }
        }
        if (voxels == 0) {
            return new BandChange(0, 0, 0, Numbers.of(new double[bands]));
        }
        double[] shares = new double[bands];
        for (int c = 0; c < bands; c++) {
            shares[c] = sums[c] / voxels;
        }
        return new BandChange(
                voxels,
                sums[bands] / voxels,
                Ranks.of(Arrays.copyOf(angles, voxels)).quantile(0.95),
                Numbers.of(shares));
    }

    /** Returns the angle in degrees, NaN where there is none, and adds to the sums. */
    private static float compare(List<float[]> before, List<float[]> after, int v, double[] sums) {
        double aa = 0;
        double bb = 0;
        double wholeA = 0;
        double wholeB = 0;
        for (int c = 0; c < before.size(); c++) {
            double a = before.get(c)[v];
            double b = after.get(c)[v];
            aa += a * a;
            bb += b * b;
            wholeA += Math.abs(a);
            wholeB += Math.abs(b);
        }
        if (!(aa > 0 && bb > 0 && aa + bb <= Double.MAX_VALUE)) {
            return Float.NaN;
        }
        double lengthA = Math.sqrt(aa);
        double lengthB = Math.sqrt(bb);
        double apart = 0;
        double along = 0;
        for (int c = 0; c < before.size(); c++) {
            double a = before.get(c)[v] / lengthA;
            double b = after.get(c)[v] / lengthB;
            apart += (a - b) * (a - b);
            along += (a + b) * (a + b);
            sums[c] += Math.abs(after.get(c)[v] / wholeB - before.get(c)[v] / wholeA);
        }
        // the acos of a product knows no angle below 1e-8
        double half = StrictMath.atan2(Math.sqrt(apart), Math.sqrt(along));
        double degrees = StrictMath.toDegrees(2 * half);
        sums[before.size()] += degrees;
        return (float) degrees;
    }
}
