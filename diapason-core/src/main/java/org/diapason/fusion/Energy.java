package org.diapason.fusion;

import java.util.List;
import org.diapason.math.Blocks;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;

/**
 * At each voxel the image that varies most around it: the largest variance in a box of {@code 2
 * radius + 1} voxels an axis, fewer along axes of larger spacing.
 *
 * @param radius reach of the box in voxels of the finest axis, 1 or more
 */
public record Energy(@Default("2") int radius) implements Fusion {

    public Energy {
        LocalVariance.requireRadius(radius);
    }

    @Override
    public float[] fuse(Geometry grid, List<float[]> images) {
        return Gaps.fuse(grid, images, (whole, which) -> select(grid, whole));
    }

    private float[] select(Geometry g, List<float[]> images) {
        List<float[]> energy = LocalVariance.of(g, images, radius);
        float[] out = new float[g.voxels()];
        Blocks.forEach(
                out.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        int most = 0;
                        for (int n = 1; n < images.size(); n++) {
                            most = energy.get(n)[v] > energy.get(most)[v] ? n : most;
                        }
                        out[v] = images.get(most)[v];
                    }
                });
        return out;
    }
}
