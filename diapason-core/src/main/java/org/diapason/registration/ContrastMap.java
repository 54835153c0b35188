package org.diapason.registration;

import org.diapason.volume.Geometry;

/**
 * What the fixed image shows on average where the moving one has a value: the mean of each column
 * of their joint histogram, straight between. Puts an image of another contrast on the fixed one's
 * scale, so that a difference shows places and not contrasts.
 *
 * <p>Method: Roche, Malandain, Pennec and Ayache 1998, MICCAI, LNCS 1496:1115–1124,
 * doi:10.1007/BFb0056301 (the function of the correlation ratio).
 */
public final class ContrastMap {
    private static final int BINS = 64;

    private final double low;
    private final double width;
    private final double[] means;

    private ContrastMap(double low, double width, double[] means) {
        this.low = low;
        this.width = width;
        this.means = means;
    }

    /**
     * Learns the map from two images on one grid; places where one has no value do not count.
     * Constant where the moving image is.
     */
    public static ContrastMap of(Geometry grid, float[] fixed, float[] moving) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int v = 0; v < grid.voxels(); v++) {
            if (fixed[v] == fixed[v] && moving[v] == moving[v]) {
                low = Math.min(low, moving[v]);
                high = Math.max(high, moving[v]);
            }
        }
        if (!(high > low)) {
            low = Double.isFinite(low) ? low : 0;
            high = low + 1;
        }
        double width = (high - low) / BINS;
        double[] sum = new double[BINS];
        long[] count = new long[BINS];
        for (int v = 0; v < grid.voxels(); v++) {
            if (fixed[v] == fixed[v] && moving[v] == moving[v]) {
                int bin = (int) Math.min(BINS - 1, (moving[v] - low) / width);
                sum[bin] += fixed[v];
                count[bin]++;
            }
        }
        double[] means = new double[BINS];
        double last = Double.NaN;
        for (int b = 0; b < BINS; b++) {
            last = count[b] > 0 ? sum[b] / count[b] : last;
            means[b] = last;
        }
        for (int b = BINS - 1; b >= 0; b--) { // before the first: as the first
            last = means[b] == means[b] ? means[b] : last;
            means[b] = last == last ? last : 0;
        }
        return new ContrastMap(low, width, means);
    }

    /** Returns the fixed image's mean where the moving one has a value; NaN stays. */
    public double at(double moving) {
        if (moving != moving) {
            return Double.NaN;
        }
        double x = Math.max(0, Math.min(BINS - 1, (moving - low) / width - 0.5));
        int b = Math.min(BINS - 2, (int) x);
        return means[b] + (x - b) * (means[b + 1] - means[b]);
    }
}
