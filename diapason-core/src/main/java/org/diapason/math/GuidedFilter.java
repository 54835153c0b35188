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

    /** Voxels worked on at a time. */
    private static final int RUN = 1 << 10;

    /** An image told piece by piece, so that it need not be held. */
    public interface Source {
        /** Writes voxels {@code from} to {@code from + n − 1}. */
        void read(int from, int n, float[] to);

        /** Tells an array. */
        static Source of(float[] values) {
            return (from, n, to) -> System.arraycopy(values, from, to, 0, n);
        }
    }

    /**
     * Returns the filtered image. Keeps four arrays of its size while it works.
     *
     * @param guide of the size of the image; best of about 0 to 1, since squares are kept in float
     * @param reach of the boxes in voxels along i, j and k
     * @param epsilon ε, in the square of the guide's unit; positive
     */
    public static float[] of(Geometry g, Source guide, Source image, int[] reach, double epsilon) {
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("epsilon must be positive, got " + epsilon);
        }
        float[] meanGuide = mean(g, reach, guide);
        float[] mean = mean(g, reach, image);
        float[] slope = mean(g, reach, product(guide, image));
        slopes(meanGuide, mean, slope, mean(g, reach, product(guide, guide)), epsilon);
        BoxMean.replace(g, slope, reach);
        BoxMean.replace(g, mean, reach);
        inPieces(
                mean.length,
                (from, n, x) -> {
                    guide.read(from, n, x);
                    for (int i = 0; i < n; i++) {
                        mean[from + i] = (float) ((double) slope[from + i] * x[i] + mean[from + i]);
                    }
                });
        return mean;
    }

    /** Turns the mean of the product into a and the mean of the image into b. */
    private static void slopes(
            float[] meanGuide, float[] mean, float[] both, float[] square, double epsilon) {
        Blocks.forEach(
                mean.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        double m = meanGuide[v];
                        double variance = Math.max(0, square[v] - m * m);
                        double a = (both[v] - m * mean[v]) / (variance + epsilon);
                        both[v] = (float) a;
                        mean[v] = (float) (mean[v] - a * m);
                    }
                });
    }

    private static float[] mean(Geometry g, int[] reach, Source source) {
        float[] out = new float[g.voxels()];
        inPieces(
                out.length,
                (from, n, x) -> {
                    source.read(from, n, x);
                    System.arraycopy(x, 0, out, from, n);
                });
        BoxMean.replace(g, out, reach);
        return out;
    }

    private static Source product(Source a, Source b) {
        return (from, n, to) -> {
            float[] other = new float[n];
            a.read(from, n, other);
            b.read(from, n, to);
            for (int i = 0; i < n; i++) {
                to[i] *= other[i];
            }
        };
    }

    /** Work on a piece of the voxels, with a row to do it in. */
    private interface Piece {
        void on(int from, int n, float[] x);
    }

    private static void inPieces(int voxels, Piece piece) {
        Blocks.forEach(
                voxels,
                (from, to) -> {
                    float[] x = new float[RUN];
                    for (int v = from; v < to; v += RUN) {
                        piece.on(v, Math.min(RUN, to - v), x);
                    }
                });
    }
}
