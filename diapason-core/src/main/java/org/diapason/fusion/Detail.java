package org.diapason.fusion;

import java.util.List;
import org.diapason.volume.Geometry;

/** How the details of one scale, one band of each image, become those of the fused image. */
public sealed interface Detail permits MaxAbs, Match {

    /** Returns the fused band in an array of its own; bands have a value everywhere. */
    float[] fuse(Geometry grid, List<float[]> bands);
}
