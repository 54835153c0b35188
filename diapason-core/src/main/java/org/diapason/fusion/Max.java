package org.diapason.fusion;

import java.util.List;
import org.diapason.volume.Geometry;

/** The largest value at each voxel, of the images that have one. */
public record Max() implements Fusion {
    @Override
    public float[] fuse(Geometry grid, List<float[]> images) {
        return Extreme.of(grid, images, 1);
    }
}
