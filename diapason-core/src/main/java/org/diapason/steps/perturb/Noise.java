package org.diapason.steps.perturb;

import java.util.Arrays;
import org.diapason.math.Gauss;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;

/**
 * Normal noise of one standard deviation everywhere, white or correlated.
 *
 * <p>Correlated noise is white noise blurred by a Gaussian. A blur of weights w along an axis
 * leaves the variance Σ w², summed over what each voxel of the axis contributes; at the border,
 * where the outermost voxel is repeated, it contributes more than once. Every voxel is divided by
 * the root of its own sum, so the variance is the stated one up to the border.
 */
final class Noise {
    private Noise() {}

    /**
     * Returns noise for every voxel of a grid, i fastest.
     *
     * @param fwhmMm full width at half maximum of the blur in mm; 0 for white noise
     */
    static float[] of(Geometry g, double sd, double fwhmMm, Rng rng) {
        float[] noise = new float[g.voxels()];
        for (int v = 0; v < noise.length; v++) {
            noise[v] = (float) (fwhmMm == 0 ? sd * rng.nextGaussian() : rng.nextGaussian());
        }
        if (fwhmMm == 0) {
            return noise;
        }
        double[] sigma = new double[3];
        double[][] spread = new double[3][];
        for (int a = 0; a < 3; a++) {
            sigma[a] = fwhmMm / Gauss.FWHM_PER_SIGMA / g.spacing(a);
            spread[a] = spread(sigma[a], g.size(a));
        }
        float[] blurred = Gauss.blur(g, noise, sigma[0], sigma[1], sigma[2]);
        int v = 0;
        for (int k = 0; k < g.nk(); k++) {
            for (int j = 0; j < g.nj(); j++) {
                double row = sd / (spread[2][k] * spread[1][j]);
                for (int i = 0; i < g.ni(); i++, v++) {
                    blurred[v] = (float) (blurred[v] * row / spread[0][i]);
                }
            }
        }
        return blurred;
    }

    /** Returns the standard deviation that blurred white noise has at every place of an axis. */
    private static double[] spread(double sigma, int size) {
        double[] kernel = size == 1 ? new double[] {1} : Gauss.kernel(sigma);
        double[] spread = new double[size];
        double[] weights = new double[size];
        for (int place = 0; place < size; place++) {
            Arrays.fill(weights, 0);
            for (int t = 1 - kernel.length; t < kernel.length; t++) {
                weights[Math.max(0, Math.min(size - 1, place + t))] += kernel[Math.abs(t)];
            }
            double sum = 0;
            for (double w : weights) {
                sum += w * w;
            }
            spread[place] = Math.sqrt(sum);
        }
        return spread;
    }
}
