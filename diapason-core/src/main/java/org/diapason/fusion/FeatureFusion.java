package org.diapason.fusion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.math.Gauss;
import org.diapason.math.GaussDerivatives;
import org.diapason.math.ThinLines;
import org.diapason.math.ZeroCrossings;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * Fuses what images show instead of their values: edges, boundaries or texture.
 *
 * <p>Images n_m are made comparable first: less the middle, over the range, of their values from
 * the 1st to the 99th percentile. Strengths of edges are then in shares of that range per mm.
 *
 * <p>An image fused with itself has the map that it has alone, by every rule.
 *
 * @param kind of feature: edge, boundary, canny or texture
 * @param by how images are put together: union (the strongest), weight (the mean) or tensor (of the
 *     structure tensor)
 * @param sigmaMm σ of the Gaussian in mm, positive
 * @param weights one an image, 0 or more, scaled to sum 1; equal if empty; none with a union
 * @param low lines weaker than this are dropped; a tenth of the strongest edge if empty
 * @param high lines stay that are this strong, or hang on such; a fifth of the strongest edge if
 *     empty
 * @param slices each slice by itself instead of the volume
 * @param scaled whether images are divided by their range; without, they must share a unit
 */
public record FeatureFusion(
        Kind kind,
        @Default("union") By by,
        double sigmaMm,
        @Default("") Optional<Numbers> weights,
        @Default("") OptionalDouble low,
        @Default("") OptionalDouble high,
        @Default("false") boolean slices,
        @Default("true") boolean scaled) {

    private static final double LOW_SHARE = 0.1;
    private static final double HIGH_SHARE = 0.2;
    private static final double SAME_GRID_VOXELS = 1e-3;

    /** Slopes below this share of the steepest are rounding. */
    private static final double ROUNDING = 1e-5;

    /** What is looked for. */
    public enum Kind {
        /** |∇(G_σ∗n)| everywhere. */
        EDGE,
        /** The same at the zero crossings of Δ(G_σ∗n), elsewhere 0. */
        BOUNDARY,
        /** The same of the fused edges on their crests, thinned and joined; elsewhere 0. */
        CANNY,
        /** √(G_2σ ∗ (n − G_σ∗n)²): how strong details finer than σ are around a voxel. */
        TEXTURE
    }

    /** How images are put together. */
    public enum By {
        /** The strongest counts. */
        UNION,
        /** Σ w_m of the strengths. */
        WEIGHT,
        /** √ of the largest eigenvalue of Σ w_m g_m g_mᵀ (Di Zenzo 1986). */
        TENSOR
    }

    public FeatureFusion {
        if (!(sigmaMm > 0) || Double.isInfinite(sigmaMm)) {
            throw new IllegalArgumentException("sigma-mm must be positive, got " + sigmaMm + " mm");
        }
        if (kind == Kind.TEXTURE && by == By.TENSOR) {
            throw new IllegalArgumentException(
                    "texture energy has no direction that a tensor could keep. Fuse it by union or"
                            + " by weight.");
        }
        if (by == By.UNION && weights.isPresent()) {
            throw new IllegalArgumentException(
                    "weights have no meaning in a union, which takes the strongest. Leave them out"
                            + " or fuse by weight or by tensor.");
        }
        requireThreshold("low", low);
        requireThreshold("high", high);
        if (low.orElse(0) > high.orElse(Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "low must not exceed high, got "
                            + low.getAsDouble()
                            + " and "
                            + high.getAsDouble());
        }
    }

    private static void requireThreshold(String name, OptionalDouble value) {
        if (!(value.orElse(0) >= 0) || Double.isInfinite(value.orElse(0))) {
            throw new IllegalArgumentException(
                    name + " must be 0 or more, got " + value.getAsDouble());
        }
    }

    /**
     * Returns the fused features; images are not modified. Same bits on any number of threads; a
     * mirrored image has the mirrored map. Keeps three arrays an image, and about eight more.
     *
     * @param images one or more on one grid, of one channel
     * @throws IllegalArgumentException if grids differ, or weights do not go with the images
     * @throws org.diapason.volume.RefusedException if an image has no value or an infinite one
     */
    public FeatureMap of(List<Volume> images) {
        Geometry g = images.get(0).geometry();
        for (Volume image : images) {
            if (!g.isClose(image.geometry(), SAME_GRID_VOXELS)) {
                throw new IllegalArgumentException(
                        "image "
                                + (images.indexOf(image) + 1)
                                + " does not lie on the grid of the first. Bring it there:"
                                + " diapason warp --like.");
            }
        }
        Numbers w = shares(images.size());
        double[] scales = new double[images.size()];
        List<float[]> common = new ArrayList<>();
        for (int m = 0; m < scales.length; m++) {
            float[] values = images.get(m).values();
            CommonScale scale = CommonScale.of(values, scaled, m + 1);
            scales[m] = scale.range();
            common.add(scale.apply(values));
        }
        return kind == Kind.TEXTURE
                ? textures(g, common, w, Numbers.of(scales))
                : edges(g, common, w, Numbers.of(scales));
    }

    private Numbers shares(int images) {
        double[] w = new double[images];
        double sum = 0;
        if (weights.isPresent() && weights.get().size() != images) {
            throw new IllegalArgumentException(
                    "needs a weight for each of "
                            + images
                            + " images, got "
                            + weights.get().size());
        }
        for (int m = 0; m < images; m++) {
            w[m] = weights.isPresent() ? weights.get().get(m) : 1;
            if (!(w[m] >= 0) || Double.isInfinite(w[m])) {
                throw new IllegalArgumentException("weights must be 0 or more, got " + w[m]);
            }
            sum += w[m];
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("weights must not all be 0");
        }
        for (int m = 0; m < images; m++) {
            w[m] /= sum;
        }
        return Numbers.of(w);
    }

    private int axes() {
        return slices ? 2 : 3;
    }

    private FeatureMap edges(Geometry g, List<float[]> images, Numbers w, Numbers scales) {
        boolean crossings = kind == Kind.BOUNDARY;
        List<float[][]> gradients = new ArrayList<>();
        List<boolean[]> on = new ArrayList<>();
        for (float[] image : images) {
            GaussDerivatives d = GaussDerivatives.of(g, image, sigmaMm, axes(), crossings);
            gradients.add(d.gradient());
            if (crossings) {
                on.add(ZeroCrossings.voxels(g, d, axes()));
            }
        }
        EdgeField field = EdgeField.of(gradients, w, by);
        float[] relief = field.strength();
        if (crossings) {
            for (int m = 0; m < images.size(); m++) {
                clearOff(gradients.get(m), on.get(m));
            }
            field = EdgeField.of(gradients, w, by);
        }
        float[] lines =
                crossings
                        ? field.strength()
                        : ThinLines.thin(g, field.strength(), field.direction());
        float[] map = kind == Kind.CANNY ? lines.clone() : field.strength();
        return joined(g, map, relief, lines, scales);
    }

    /** Leaves the slopes at crossings; those of rounding, where an image is even, are none. */
    private static void clearOff(float[][] gradient, boolean[] on) {
        double most = 0;
        for (int v = 0; v < on.length; v++) {
            double square = square(gradient, v);
            most = square > most ? square : most;
        }
        for (int v = 0; v < on.length; v++) {
            double square = square(gradient, v);
            if (square == square && !(on[v] && square >= ROUNDING * ROUNDING * most)) {
                for (float[] along : gradient) {
                    along[v] = 0;
                }
            }
        }
    }

    private static double square(float[][] gradient, int v) {
        double square = 0;
        for (float[] along : gradient) {
            square += (double) along[v] * along[v];
        }
        return square;
    }

    private FeatureMap textures(Geometry g, List<float[]> images, Numbers w, Numbers scales) {
        float[] fused = new float[g.voxels()];
        for (int m = 0; m < images.size(); m++) {
            float[] energy = energy(g, images.get(m));
            for (int v = 0; v < fused.length; v++) {
                fused[v] =
                        by == By.UNION
                                ? Math.max(fused[v], energy[v])
                                : (float) (fused[v] + w.get(m) * energy[v]);
            }
        }
        GaussDerivatives d = GaussDerivatives.of(g, fused, sigmaMm, axes(), false);
        EdgeField field = EdgeField.of(List.<float[][]>of(d.gradient()), Numbers.of(1), By.UNION);
        float[] lines = ThinLines.thin(g, field.strength(), field.direction());
        return joined(g, fused, field.strength(), lines, scales);
    }

    private float[] energy(Geometry g, float[] image) {
        float[] detail = blur(g, image, sigmaMm);
        for (int v = 0; v < detail.length; v++) {
            float d = image[v] - detail[v];
            detail[v] = d * d;
        }
        float[] energy = blur(g, detail, 2 * sigmaMm);
        for (int v = 0; v < energy.length; v++) {
            energy[v] = (float) Math.sqrt(energy[v]);
        }
        return energy;
    }

    private float[] blur(Geometry g, float[] image, double mm) {
        double k = slices ? 0 : mm / g.spacing(2);
        return Gauss.blur(g, image, mm / g.spacing(0), mm / g.spacing(1), k);
    }

    /** Keeps the lines that are strong, or hang on strong ones. */
    private FeatureMap joined(
            Geometry g, float[] map, float[] relief, float[] lines, Numbers scales) {
        float strongest = 0;
        for (float s : relief) {
            strongest = s > strongest ? s : strongest;
        }
        double top = high.orElse(Math.max(low.orElse(0), HIGH_SHARE * strongest));
        double bottom = low.orElse(Math.min(top, LOW_SHARE * strongest));
        boolean[] kept = ThinLines.joined(g, lines, bottom, top, axes());
        for (int v = 0; kind == Kind.CANNY && v < map.length; v++) {
            map[v] = kept[v] || map[v] != map[v] ? map[v] : 0;
        }
        return new FeatureMap(
                Volume.of(g, map, Quantity.UNKNOWN),
                Volume.of(g, relief, Quantity.UNKNOWN),
                Mask.of(g, kept),
                bottom,
                top,
                scales);
    }
}
