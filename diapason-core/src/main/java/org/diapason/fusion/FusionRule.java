package org.diapason.fusion;

import java.util.Optional;
import org.diapason.volume.Geometry;

/**
 * Makes one image of two on one grid.
 *
 * <p>A rule that looks at neighbours (pyramids, local energy) needs no more than {@link #fuse}:
 * what a misregistration does to it is found by sending shifted images through the rule.
 */
public interface FusionRule {

    /** Returns the fused values, i fastest; the arrays of both images are not modified. */
    float[] fuse(Geometry grid, float[] a, float[] b);

    /**
     * Returns df/dI_B at each voxel where the fused value depends on the second image at that voxel
     * alone and by a straight line; empty for every other rule.
     */
    default Optional<float[]> derivative(Geometry grid, float[] a, float[] b) {
        return Optional.empty();
    }
}
