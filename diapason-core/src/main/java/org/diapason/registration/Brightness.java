package org.diapason.registration;

import org.diapason.volume.Geometry;
import org.diapason.volume.RefusedException;

/** Where the bright part of an image lies. */
final class Brightness {
    private Brightness() {}

    /**
     * Returns the mean place of an image in mm (LPS), each voxel weighted by its value above the
     * smallest.
     *
     * @param who names the image in an error
     * @throws RefusedException if no voxel is brighter than another
     */
    static double[] centre(Level level, String who) {
        Range range = Range.of(level, who);
        Geometry g = level.geometry();
        double[] sum = new double[3];
        double weight = 0;
        for (int v = 0; v < level.values().length; v++) {
            if (level.shows(v)) {
                double w = Math.max(0, level.values()[v] - range.low());
                int row = v / g.ni();
                sum[0] += w * (v - row * g.ni());
                sum[1] += w * (row % g.nj());
                sum[2] += w * (row / g.nj());
                weight += w;
            }
        }
        return g.toWorld(sum[0] / weight, sum[1] / weight, sum[2] / weight).toArray();
    }
}
