package org.diapason.features.filter;

import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/** What filters ask of an image and its grid, and the words of their refusals. */
final class Grids {
    /** Spacings that differ by less than this part of themselves are the same: files round. */
    private static final double SAME_SPACING = 1e-3;

    private Grids() {}

    /** Refuses an image with a voxel that has no finite value. */
    static void needValues(String who, float[] values) {
        int missing = 0;
        for (float x : values) {
            missing += Float.isFinite(x) ? 0 : 1;
        }
        if (missing > 0) {
            throw new RefusedException(
                    "filter "
                            + who
                            + ": "
                            + missing
                            + " of "
                            + values.length
                            + " voxels have no finite value, and a filter would spread that over its"
                            + " whole reach. Fill or crop the image, or leave this filter out.");
        }
    }

    /** Refuses axes of different spacing for a filter that counts in voxels. */
    static void needEqualSpacing(String who, Geometry g, int axes) {
        for (int a = 1; a < axes; a++) {
            if (Math.abs(g.spacing(a) - g.spacing(0)) > SAME_SPACING * g.spacing(0)) {
                throw new RefusedException(
                        "filter "
                                + who
                                + " counts in voxels and needs the same spacing along "
                                + (axes == 2 ? "i and j" : "i, j and k")
                                + ", found "
                                + g.spacingMm().fixed(3)
                                + " mm. Resample the image to cubes"
                                + (axes == 2 ? "." : ", or set space 2d."));
            }
        }
    }

    /** Refuses a width that the grid does not carry. */
    static void needSampled(String who, double sigmaMm, double spacingMm, double least) {
        if (sigmaMm < least * spacingMm) {
            throw new RefusedException(
                    "filter "
                            + who
                            + " needs voxels of at most "
                            + Numbers.fixed(sigmaMm / least, 3)
                            + " mm, found "
                            + Numbers.fixed(spacingMm, 3)
                            + " mm: its samples would not carry its shape. Resample the image, set"
                            + " space 2d, or raise the scale in mm.");
        }
    }
}
