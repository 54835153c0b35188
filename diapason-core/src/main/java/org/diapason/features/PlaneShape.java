package org.diapason.features;

import java.util.List;
import org.diapason.volume.Geometry;

/**
 * Area and outline of a mask in one k slice, as PyRadiomics measures them ({@code shape2D}).
 *
 * <p>The outline runs halfway between the centres of pixels inside and outside; pixels that meet
 * only across a corner are parted. Per square of four centres with n inside it adds 0, ⅛, ½, ⅞ or 1
 * of a pixel to the area for n = 0, 1, 2, 3, 4 (¼ for two across a corner), and half a diagonal per
 * corner cut off, or one side, to the perimeter. Its greatest diameter and axes are those of the
 * volume: {@code morph_diam_slice}, {@code morph_pca_maj_axis}.
 *
 * <p>Method: marching squares; van Griethuysen et al. 2017, doi:10.1158/0008-5472.CAN-17-0339.
 */
final class PlaneShape {
    static final List<Feature> FEATURES =
            Feature.list(
                    """
                    morph_2d_area_mesh   | Area within the outline (PyRadiomics: MeshSurface)       | | mm²
                    morph_2d_area_approx | Area of the pixels (PyRadiomics: PixelSurface)           | | mm²
                    morph_2d_perimeter   | Length of the outline (PyRadiomics: Perimeter)           | | mm
                    morph_2d_pa          | Perimeter to area (PyRadiomics: PerimeterSurfaceRatio)   | | 1/mm
                    morph_2d_sphericity  | Circle of the area to perimeter (PyRadiomics: Sphericity)| | 1
                    """);

    private PlaneShape() {}

    /** Returns the features; NaN where the mask is not in exactly one slice. */
    static double[] of(Geometry g, boolean[] voxels) {
        int plane = g.ni() * g.nj();
        int slice = -1;
        long pixels = 0;
        for (int v = 0; v < voxels.length; v++) {
            if (voxels[v]) {
                if (slice >= 0 && slice != v / plane) {
                    return Roi.none(FEATURES.size());
                }
                slice = v / plane;
                pixels++;
            }
        }
        if (slice < 0) {
            return Roi.none(FEATURES.size());
        }
        long eighths = 0;
        long[] cuts = new long[3];
        for (int j = -1; j < g.nj(); j++) {
            for (int i = -1; i < g.ni(); i++) {
                boolean a = in(g, voxels, i, j, slice);
                boolean b = in(g, voxels, i + 1, j, slice);
                boolean c = in(g, voxels, i, j + 1, slice);
                boolean d = in(g, voxels, i + 1, j + 1, slice);
                int inside = (a ? 1 : 0) + (b ? 1 : 0) + (c ? 1 : 0) + (d ? 1 : 0);
                boolean across = inside == 2 && a == d;
                eighths += across ? 2 : new int[] {0, 1, 4, 7, 8}[inside];
                if (inside % 2 == 1 || across) {
                    cuts[2] += across ? 2 : 1;
                } else if (inside == 2) {
                    cuts[a == b ? 0 : 1]++;
                }
            }
        }
        double x = g.spacing(0);
        double y = g.spacing(1);
        double area = eighths * (x * y) / 8;
        double perimeter = cuts[0] * x + cuts[1] * y + cuts[2] * (Math.sqrt(x * x + y * y) / 2);
        return new double[] {
            area,
            pixels * (x * y),
            perimeter,
            perimeter / area,
            2 * Math.sqrt(Math.PI * area) / perimeter
        };
    }

    private static boolean in(Geometry g, boolean[] voxels, int i, int j, int k) {
        return i >= 0 && j >= 0 && i < g.ni() && j < g.nj() && voxels[g.index(i, j, k)];
    }
}
