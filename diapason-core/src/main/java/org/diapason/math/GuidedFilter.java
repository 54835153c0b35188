package org.diapason.math;

import org.diapason.volume.Geometry;

/**
 * Smooths an image so that its edges lie where a guide has edges: in every box the outcome is a
 * straight line in the guide, {@code q = a I + b}, {@code a = cov(I, p) / (var I + ε)}, {@code b =
 * mean p − a mean I}, and a and b are averaged over the boxes that hold a voxel.
 *
 * <p>Method: He, Sun and Tang 2013, IEEE Trans. Pattern Anal. 35(6):1397–1409,
 * doi:10.1109/TPAMI.2012.213, eqs. 5 to 8. Needs a value at every voxel.
 */
public final class GuidedFilter {
    private GuidedFilter() {}

    /**
     * Returns the filtered image. Does not modify its input.
     *
     * @param guide of the size of the image; best of about 0 to 1, since squares are kept in float
     * @param reach of the boxes in voxels along i, j and k
     * @param epsilon ε, in the square of the guide's unit; positive
     */
    public static float[] of(
            Geometry g, float[] guide, float[] image, int[] reach, double epsilon) {
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("epsilon must be positive, got " + epsilon);
        }
        float[] meanGuide = BoxMean.of(g, guide, reach);
        float[] mean = BoxMean.of(g, image, reach);
        float[] both = product(guide, image);
        BoxMean.replace(g, both, reach);
        float[] square = product(guide, guide);
        BoxMean.replace(g, square, reach);
        float[] slope = both;
        Blocks.forEach(
                guide.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        double m = meanGuide[v];
                        double variance = Math.max(0, square[v] - m * m);
                        double a = (both[v] - m * mean[v]) / (variance + epsilon);
                        slope[v] = (float) a;
                        mean[v] = (float) (mean[v] - a * m);
                    }
                });
        BoxMean.replace(g, slope, reach);
        BoxMean.replace(g, mean, reach);
        Blocks.forEach(
                guide.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        mean[v] = (float) ((double) slope[v] * guide[v] + mean[v]);
                    }
                });
        return mean;
    }

    private static float[] product(float[] a, float[] b) {
        float[] out = new float[a.length];
        Blocks.forEach(
                a.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        out[v] = a[v] * b[v];
                    }
                });
        return out;
    }
}
