package org.diapason.fusion;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Blocks;
import org.diapason.math.Boundary;
import org.diapason.math.BoxMean;
import org.diapason.math.Convolve;
import org.diapason.math.GuidedFilter;
import org.diapason.math.Kernel;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;

/**
 * Two layers, mean and detail, each averaged by weights that follow the edges of their image.
 *
 * <p>An image's layers are its mean over boxes and what is left. Its saliency is the size of its
 * Laplacian, blurred (σ 5 voxels over 11); where that is the largest of all images its weight is 1,
 * elsewhere 0, and the guided filter fits these maps to the image: widely for the mean, closely for
 * the detail. Weights below 0 count as 0; they are divided by their sum.
 *
 * <p>ε belongs to values from 0 to 1, as published, so each image guides divided by its own range.
 *
 * <p>Method: Li, Kang and Hu 2013, IEEE Trans. Image Process. 22(7):2864–2875,
 * doi:10.1109/TIP.2013.2244222, section III.
 *
 * @param meanRadius reach of the box of the mean layer, in voxels of the finest axis
 * @param baseRadius reach r1 of the guided filter for the mean layer
 * @param baseEpsilon ε1 of that filter
 * @param detailRadius reach r2 of the guided filter for the detail layer
 * @param detailEpsilon ε2 of that filter
 */
public record Guided(
        @Default("15") int meanRadius,
        @Default("45") int baseRadius,
        @Default("0.3") double baseEpsilon,
        @Default("7") int detailRadius,
        @Default("1e-6") double detailEpsilon)
        implements Fusion {

    private static final int BLUR_REACH = 5;
    private static final double BLUR_SIGMA = 5;

    public Guided {
        LocalVariance.requireRadius(meanRadius);
        LocalVariance.requireRadius(baseRadius);
        LocalVariance.requireRadius(detailRadius);
        if (!(baseEpsilon > 0) || !(detailEpsilon > 0)) {
            throw new IllegalArgumentException(
                    "base-epsilon and detail-epsilon must be positive, got "
                            + baseEpsilon
                            + " and "
                            + detailEpsilon);
        }
    }

    /** The published settings. */
    public Guided() {
        this(15, 45, 0.3, 7, 1e-6);
    }

    @Override
    public float[] fuse(Geometry grid, List<float[]> images) {
        return Gaps.fuse(grid, images, (whole, which) -> layers(grid, whole));
    }

    /** Mean layer first; of it the fused values alone are held while the details are weighed. */
    private float[] layers(Geometry g, List<float[]> images) {
        byte[] chosen = salient(g, images);
        float[] out = layer(g, images, weights(g, images, chosen, baseRadius, baseEpsilon), false);
        float[] fine =
                layer(g, images, weights(g, images, chosen, detailRadius, detailEpsilon), true);
        Blocks.forEach(
                out.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        float sum = out[v] + fine[v];
                        out[v] = sum == sum ? sum : mean(images, v);
                    }
                });
        return out;
    }

    private List<float[]> weights(
            Geometry g, List<float[]> images, byte[] chosen, int radius, double epsilon) {
        int[] reach = BoxMean.reach(g, radius);
        List<float[]> weights = new ArrayList<>();
        for (int n = 0; n < images.size(); n++) {
            int image = n;
            GuidedFilter.Source is =
                    (from, many, to) -> {
                        for (int i = 0; i < many; i++) {
                            to[i] = chosen[from + i] == image ? 1 : 0;
                        }
                    };
            weights.add(GuidedFilter.of(g, guide(images.get(n)), is, reach, epsilon));
        }
        return weights;
    }

    /** Returns one layer fused; NaN where no image has a weight, which rounding can do. */
    private float[] layer(Geometry g, List<float[]> images, List<float[]> weights, boolean detail) {
        float[] sum = new float[g.voxels()];
        for (int n = 0; n < images.size(); n++) {
            float[] image = images.get(n);
            float[] weight = weights.get(n);
            float[] mean = BoxMean.of(g, image, BoxMean.reach(g, meanRadius));
            Blocks.forEach(
                    sum.length,
                    (from, to) -> {
                        for (int v = from; v < to; v++) {
                            float part = detail ? image[v] - mean[v] : mean[v];
                            sum[v] += Math.max(0, weight[v]) * part;
                        }
                    });
        }
        Blocks.forEach(
                sum.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        float all = 0;
                        for (float[] weight : weights) {
                            all += Math.max(0, weight[v]);
                        }
                        sum[v] = all > 0 ? (float) ((double) sum[v] / all) : Float.NaN;
                    }
                });
        return sum;
    }

    private static float mean(List<float[]> images, int v) {
        double sum = 0;
        for (float[] image : images) {
            sum += image[v];
        }
        return (float) (sum / images.size());
    }

    private static byte[] salient(Geometry g, List<float[]> images) {
        byte[] chosen = new byte[g.voxels()];
        float[] most = null;
        for (int n = 0; n < images.size(); n++) {
            float[] s = saliency(g, images.get(n));
            float[] before = most;
            byte which = (byte) n;
            if (before != null) {
                Blocks.forEach(
                        s.length,
                        (from, to) -> {
                            for (int v = from; v < to; v++) {
                                chosen[v] = s[v] > before[v] ? which : chosen[v];
                                s[v] = Math.max(s[v], before[v]);
                            }
                        });
            }
            most = s;
        }
        return chosen;
    }

    private static float[] saliency(Geometry g, float[] image) {
        float[] sum = new float[image.length];
        Kernel second = Kernel.centred(1, -2, 1);
        int[] reach = BoxMean.reach(g, BLUR_REACH);
        for (int axis = 0; axis < 3; axis++) {
            if (g.size(axis) > 1) {
                Convolve.along(g, image, axis, second, Boundary.NEAREST, sum, Convolve.Store.ADD);
            }
        }
        Blocks.forEach(
                sum.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        sum[v] = Math.abs(sum[v]);
                    }
                });
        for (int axis = 0; axis < 3; axis++) {
            if (reach[axis] > 0) {
                Kernel blur = blur(reach[axis]);
                Convolve.along(g, sum, axis, blur, Boundary.MIRROR, sum, Convolve.Store.SET);
            }
        }
        return sum;
    }

    private static Kernel blur(int reach) {
        double sigma = BLUR_SIGMA * reach / BLUR_REACH;
        double[] w = new double[2 * reach + 1];
        double sum = 0;
        for (int t = -reach; t <= reach; t++) {
            w[t + reach] = StrictMath.exp(-t * (double) t / (2 * sigma * sigma));
            sum += w[t + reach];
        }
        return Kernel.centred(w).times(1 / sum);
    }

    /** Returns the image about its middle, divided by its range. */
    private static GuidedFilter.Source guide(float[] image) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float x : image) {
            least = Math.min(least, x);
            most = Math.max(most, x);
        }
        double range = (double) most - least;
        float scale = range > 0 ? (float) (1 / range) : 0;
        float middle = (float) (((double) most + least) / 2);
        return (from, n, to) -> {
            System.arraycopy(image, from, to, 0, n);
            for (int i = 0; i < n; i++) {
                to[i] = (to[i] - middle) * scale;
            }
        };
    }
}
