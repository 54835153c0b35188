package org.diapason.features;

import java.util.Arrays;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * The voxels of a mask that have a measurement.
 *
 * @param geometry the grid
 * @param voxels positions on the grid in rising order; do not write to them
 * @param values the value at each position; do not write to them
 */
record Region(Geometry geometry, int[] voxels, float[] values) {

    /** Grids of image and mask may differ by this many voxels: files round to float. */
    private static final double SAME_GRID = 1e-3;

    /** Returns the finite voxels of an image in a mask; perhaps none. */
    static Region of(Volume volume, Mask mask, String who) {
        if (!volume.geometry().isClose(mask.geometry(), SAME_GRID)) {
            throw new RefusedException(
                    who
                            + ": the mask lies on another grid than the image. Name the image it was"
                            + " drawn on, or resample both to one grid.");
        }
        int count = mask.count();
        if (count == 0) {
            throw new DataException(
                    who + ": the mask has no voxel. Correct it or leave this exam out.");
        }
        boolean[] inside = mask.voxels();
        float[] all = volume.values();
        int[] voxels = new int[count];
        float[] values = new float[count];
        int used = 0;
        for (int v = 0; v < inside.length; v++) {
            if (inside[v] && Float.isFinite(all[v])) {
                voxels[used] = v;
                values[used++] = all[v];
            }
        }
        return new Region(volume.geometry(), voxels, values).first(used);
    }

    /** Returns the same voxels with what another image on the same grid has there. */
    Region withValuesOf(float[] image) {
        float[] other = new float[voxels.length];
        for (int v = 0; v < other.length; v++) {
            other[v] = image[voxels[v]];
        }
        return new Region(geometry, voxels, other);
    }

    /** Returns the voxels whose value lies in [low, high]; perhaps none. */
    Region within(double low, double high) {
        int[] kept = new int[values.length];
        float[] keptValues = new float[values.length];
        int used = 0;
        for (int v = 0; v < values.length; v++) {
            if (values[v] >= low && values[v] <= high) {
                kept[used] = voxels[v];
                keptValues[used++] = values[v];
            }
        }
        return new Region(geometry, kept, keptValues).first(used);
    }

    int size() {
        return values.length;
    }

    private Region first(int used) {
        return used == values.length
                ? this
                : new Region(geometry, Arrays.copyOf(voxels, used), Arrays.copyOf(values, used));
    }
}
