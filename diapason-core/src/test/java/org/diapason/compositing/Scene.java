package org.diapason.compositing;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.diapason.math.Rng;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/** Images and masks that tests of blending share. */
final class Scene {
    private Scene() {}

    /** A value at a voxel. */
    interface At {
        double of(int i, int j, int k);
    }

    /** Whether a voxel is in. */
    interface In {
        boolean of(int i, int j, int k);
    }

    static Volume volume(Geometry g, At at) {
        float[] values = new float[g.voxels()];
        for (int v = 0; v < values.length; v++) {
            int[] p = place(g, v);
            values[v] = (float) at.of(p[0], p[1], p[2]);
        }
        return Volume.of(g, values, Quantity.PICTURE);
    }

    /** Noise from 0 to 255, not smooth at all. */
    static Volume noise(Geometry g, long seed) {
        Rng rng = new Rng(seed);
        return volume(g, (i, j, k) -> 255 * rng.nextDouble());
    }

    static Volume colours(Volume... planes) {
        List<float[]> all = new ArrayList<>();
        for (Volume plane : planes) {
            all.add(plane.values());
        }
        return Volume.of(planes[0].geometry(), all, Channels.COLOURS, Quantity.PICTURE);
    }

    static Mask mask(Geometry g, In in) {
        boolean[] voxels = new boolean[g.voxels()];
        for (int v = 0; v < voxels.length; v++) {
            int[] p = place(g, v);
            voxels[v] = in.of(p[0], p[1], p[2]);
        }
        return Mask.of(g, voxels);
    }

    /** The shapes on which blends are tried, on a square picture of n pixels an axis. */
    static Mask shape(String name, int n) {
        Geometry g = Geometry.of(n, n, 1, 1, 1, 1);
        double c = (n - 1) / 2.0;
        Rng rng = new Rng(5);
        return switch (name) {
            case "square" -> mask(g, (i, j, k) -> i > 0 && i < n - 1 && j > 0 && j < n - 1);
            case "circle" -> mask(g, (i, j, k) -> Math.hypot(i - c, j - c) < 0.45 * n);
            case "star" ->
                    mask(
                            g,
                            (i, j, k) ->
                                    Math.hypot(i - c, j - c)
                                            < n
                                                    * (0.3
                                                            + 0.15
                                                                    * Math.cos(
                                                                            9
                                                                                    * Math.atan2(
                                                                                            j - c,
                                                                                            i
                                                                                                    - c))));
            case "swiss cheese" ->
                    mask(
                            g,
                            (i, j, k) ->
                                    Math.hypot(i - c, j - c) < 0.45 * n
                                            && Math.hypot(i % 8 - 4, j % 8 - 4) > 2);
            case "holes" -> mask(g, (i, j, k) -> rng.nextDouble() > 0.02);
            case "border" -> mask(g, (i, j, k) -> i < 0.7 * n && j > 0.4 * n);
            case "two parts" -> mask(g, (i, j, k) -> i < 0.3 * n || i > 0.6 * n && j > 3);
            default -> throw new IllegalArgumentException(name);
        };
    }

    static Blend blend(Guidance guidance) {
        return blend(guidance, 0, Blend.Hold.TARGET);
    }

    static Blend blend(Guidance guidance, double screen, Blend.Hold hold) {
        return new Blend(guidance, screen, hold, new ConjugateGradients(), OptionalDouble.empty());
    }

    private static int[] place(Geometry g, int v) {
        return new int[] {v % g.ni(), v / g.ni() % g.nj(), v / (g.ni() * g.nj())};
    }
}
