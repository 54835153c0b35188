package org.diapason.fusion;

import java.util.Arrays;
import java.util.Optional;
import org.diapason.volume.Geometry;

/**
 * {@code f = α I_A + (1 − α) I_B}.
 *
 * @param alpha weight of the first image, 0 to 1
 */
public record WeightedAverage(double alpha) implements FusionRule {

    public WeightedAverage {
        if (!(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException("alpha must be 0 to 1, got " + alpha);
        }
    }

    @Override
    public float[] fuse(Geometry grid, float[] a, float[] b) {
        float[] out = new float[a.length];
        for (int v = 0; v < out.length; v++) {
            out[v] = (float) (alpha * a[v] + (1 - alpha) * b[v]);
        }
        return out;
    }

    @Override
    public Optional<float[]> derivative(Geometry grid, float[] a, float[] b) {
        float[] share = new float[b.length];
        Arrays.fill(share, (float) (1 - alpha));
        return Optional.of(share);
    }
}
