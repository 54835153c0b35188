package org.diapason.surface;

import org.diapason.math.DistanceMap;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/** A mask as values whose surface can be taken on another grid. */
public final class MaskField {
    private MaskField() {}

    /**
     * Returns for each voxel how far the nearest voxel of the other kind is in mm, positive inside:
     * at 0 the surface halfway between centres, and smooth enough to be interpolated. The grid has
     * one voxel more at every side, so that a mask at the border is closed there.
     */
    public static Volume signedMm(Mask mask) {
        Geometry g = mask.geometry();
        Geometry wide =
                new Geometry(
                        g.ni() + 2,
                        g.nj() + 2,
                        g.nk() + 2,
                        g.spacingMm(),
                        Numbers.of(g.toWorld(-1, -1, -1).toArray()),
                        g.direction());
        boolean[] inside = new boolean[wide.voxels()];
        boolean[] outside = new boolean[wide.voxels()];
        java.util.Arrays.fill(outside, true);
        for (int k = 0; k < g.nk(); k++) {
            for (int j = 0; j < g.nj(); j++) {
                for (int i = 0; i < g.ni(); i++) {
                    int at = wide.index(i + 1, j + 1, k + 1);
                    inside[at] = mask.at(i, j, k);
                    outside[at] = !inside[at];
                }
            }
        }
        double[] toInside = DistanceMap.squaredMm(wide, inside);
        double[] toOutside = DistanceMap.squaredMm(wide, outside);
        float[] values = new float[inside.length];
        for (int v = 0; v < values.length; v++) {
            values[v] = (float) (Math.sqrt(toOutside[v]) - Math.sqrt(toInside[v]));
        }
        return Volume.of(wide, values, Quantity.UNKNOWN);
    }
}
