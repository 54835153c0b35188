package org.diapason.fusion;

import java.util.List;
import org.diapason.math.Blocks;
import org.diapason.volume.Geometry;

/** The largest or smallest of the values at each voxel. */
final class Extreme {
    private Extreme() {}

    /** Returns the largest of {@code sign} times each value, times sign. */
    static float[] of(Geometry g, List<float[]> images, int sign) {
        float[] out = new float[g.voxels()];
        Blocks.forEach(
                out.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        float most = Float.NaN;
                        for (float[] image : images) {
                            float x = image[v];
                            most = most != most || sign * x > sign * most ? x : most;
                        }
                        out[v] = most;
                    }
                });
        return out;
    }
}
