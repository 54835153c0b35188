package org.diapason.math;

import org.hipparchus.special.Erf;

/**
 * How far a sampled edge is off after its blur was matched to a target.
 *
 * <p>An image whose point-spread function is narrow against its voxels is undersampled: no filter
 * of the samples can make it what a softer scanner would have sampled. The error follows from the
 * widths alone. An ideal edge at phase p seen through a Gaussian is {@code Φ((x − p)/σ)}; its
 * samples at the voxels, filtered by {@link Gauss#kernel}, are compared with the samples of the
 * edge seen through the target.
 */
public final class MatchError {
    /** Phases from 0 to half a voxel; the other half mirrors them. */
    private static final int PHASES = 33;

    /** An edge is flat to 1e-15 this many sigmas away. */
    private static final double FLAT_SIGMAS = 8;

    private MatchError() {}

    /**
     * Returns the largest absolute error over all voxels and sub-voxel phases, as a fraction of the
     * edge; 0 where nothing is to be filtered.
     *
     * @param sourceFwhmVoxels width of the image's point-spread function in voxels; 0 or more
     * @param targetFwhmVoxels width to reach in voxels; not below the source
     */
    public static double largest(double sourceFwhmVoxels, double targetFwhmVoxels) {
        if (!(sourceFwhmVoxels >= 0 && targetFwhmVoxels >= sourceFwhmVoxels)
                || Double.isInfinite(targetFwhmVoxels)) {
            throw new IllegalArgumentException(
                    "needs 0 <= source <= target, got "
                            + sourceFwhmVoxels
                            + " and "
                            + targetFwhmVoxels
                            + " voxels");
        }
        double source = sourceFwhmVoxels / Gauss.FWHM_PER_SIGMA;
        double target = targetFwhmVoxels / Gauss.FWHM_PER_SIGMA;
        double[] kernel = Gauss.kernel(Math.sqrt(target * target - source * source));
        if (kernel.length == 1) {
            return 0;
        }
        int reach = (int) Math.ceil(FLAT_SIGMAS * target) + 1;
        double largest = 0;
        for (int p = 0; p < PHASES; p++) {
            double phase = 0.5 * p / (PHASES - 1);
            largest = Math.max(largest, atPhase(phase, source, target, kernel, reach));
        }
        return largest;
    }

    private static double atPhase(
            double phase, double source, double target, double[] kernel, int reach) {
        int r = kernel.length - 1;
        double[] edge = new double[2 * (reach + r) + 1];
        for (int n = 0; n < edge.length; n++) {
            edge[n] = edge(n - reach - r - phase, source);
        }
        double largest = 0;
        for (int x = -reach; x <= reach; x++) {
            int at = x + reach + r;
            double seen = kernel[0] * edge[at];
            for (int t = 1; t <= r; t++) {
                seen += kernel[t] * (edge[at - t] + edge[at + t]);
            }
            largest = Math.max(largest, Math.abs(seen - edge(x - phase, target)));
        }
        return largest;
    }

    private static double edge(double x, double sigma) {
        if (sigma == 0) {
            return x > 0 ? 1 : x < 0 ? 0 : 0.5;
        }
        return 0.5 * Erf.erfc(-x / (sigma * Math.sqrt(2)));
    }
}
