package org.diapason.fusion;

import java.util.List;
import org.diapason.math.Blocks;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;

/**
 * A mean in which an image weighs the more the more it varies around a voxel: {@code w_n ∝ exp(β
 * e_n) } with {@code e_n = E_n / Σ E}, E the variance in a box ({@link Energy}).
 *
 * <p>β = 0 is the mean, a large β the selection of {@link Energy}; shares of the energy, not
 * energies, so that nothing changes when all images are multiplied by one number.
 *
 * @param radius reach of the box in voxels of the finest axis, 1 or more
 * @param sharpness β, 0 or more
 */
public record SoftmaxEnergy(@Default("2") int radius, @Default("10") double sharpness)
        implements Fusion {

    public SoftmaxEnergy {
        LocalVariance.requireRadius(radius);
        if (!(sharpness >= 0) || Double.isInfinite(sharpness)) {
            throw new IllegalArgumentException("sharpness must be 0 or more, got " + sharpness);
        }
    }

    @Override
    public float[] fuse(Geometry grid, List<float[]> images) {
        return Gaps.fuse(grid, images, (whole, which) -> mean(grid, whole));
    }

    private float[] mean(Geometry g, List<float[]> images) {
        List<float[]> energy = LocalVariance.of(g, images, radius);
        float[] out = new float[g.voxels()];
        Blocks.forEach(
                out.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        out[v] = mean(images, energy, v);
                    }
                });
        return out;
    }

    private float mean(List<float[]> images, List<float[]> energy, int v) {
        double all = 0;
        double most = 0;
        for (float[] e : energy) {
            all += e[v];
            most = Math.max(most, e[v]);
        }
        double sum = 0;
        double weights = 0;
        for (int n = 0; n < images.size(); n++) {
            double less = all > 0 ? (energy.get(n)[v] - most) / all : 0;
            double w = less == 0 ? 1 : StrictMath.exp(sharpness * less);
            sum += w * images.get(n)[v];
            weights += w;
        }
        return (float) (sum / weights);
    }
}
