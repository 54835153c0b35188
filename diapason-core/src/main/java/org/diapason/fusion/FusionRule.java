package org.diapason.fusion;

import java.util.List;
import java.util.Optional;
import org.diapason.volume.Geometry;

/**
 * Makes one image of several on one grid.
 *
 * <p>NaN means that an image has no value at a voxel: there the other images decide, and only where
 * none has a value is there none in the fused image.
 *
 * <p>A rule that looks at neighbours (pyramids, local energy) needs no more than {@link #fuse}:
 * what a misregistration does to it is found by sending shifted images through the rule.
 */
public interface FusionRule {

    /**
     * Returns the fused values, i fastest. The arrays, one for each image and at least one, are not
     * modified, and none of them is returned.
     */
    float[] fuse(Geometry grid, List<float[]> images);

    /**
     * Returns df/dI at each voxel for the image at place {@code which}, where the fused value
     * depends on that image at that voxel alone and by a straight line; empty for every other rule.
     */
    default Optional<float[]> derivative(Geometry grid, List<float[]> images, int which) {
        return Optional.empty();
    }

    /**
     * Says whether fused values stand on the scale of the images where all have one scale: a mean
     * whose weights do not follow the values. What selects or sharpens does not measure any more.
     */
    default boolean keepsQuantity() {
        return false;
    }
}
