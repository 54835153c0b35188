package org.diapason.features;

import java.util.List;
import org.diapason.surface.Diameters;
import org.diapason.surface.EnclosingEllipsoid;
import org.diapason.surface.Hull;
import org.diapason.surface.LatticeMesh;
import org.diapason.surface.MarchingCubes;
import org.diapason.surface.Mesh;
import org.diapason.surface.OrientedBox;
import org.diapason.volume.Geometry;

/**
 * Morphological features (family HCUG, section 3.1 of the manual).
 *
 * <p>Shape is that of the whole mask, never re-segmented; centre of mass shift, integrated
 * intensity, Moran's I and Geary's C take the intensities of the region. Volume, area and hull are
 * those of the surface by {@link MarchingCubes}; the enclosing boxes hold that surface, and the
 * aligned one lies along the axes of the grid. A disconnected mask is one body.
 *
 * <p>Undefined, so NaN: the axes, elongation and flatness of one voxel; densities in an approximate
 * enclosing ellipsoid without volume (one voxel, one line, one slice); Moran's I and Geary's C of
 * one voxel or one intensity; the centre of mass shift where the intensities sum to 0; whatever
 * needs intensities where the region is empty.
 */
final class Morphology {
    private static final double MVEE_TOLERANCE = 1e-6;
    private static final int MVEE_STEPS = 100_000;

    static final List<Feature> FEATURES =
            Feature.list(
                    """
                    morph_volume              | Volume (mesh)                                         | RNU0 | mm³
                    morph_vol_approx          | Volume (voxel counting)                               | YEKZ | mm³
                    morph_area_mesh           | Surface area (mesh)                                   | C0JK | mm²
                    morph_av                  | Surface to volume ratio                               | 2PR5 | 1/mm
                    morph_comp_1              | Compactness 1                                         | SKGS | 1
                    morph_comp_2              | Compactness 2                                         | BQWJ | 1
                    morph_sph_dispr           | Spherical disproportion                               | KRCK | 1
                    morph_sphericity          | Sphericity                                            | QCFX | 1
                    morph_asphericity         | Asphericity                                           | 25C7 | 1
                    morph_com                 | Centre of mass shift                                  | KLMA | mm
                    morph_diam                | Maximum 3D diameter                                   | L0JK | mm
                    morph_pca_maj_axis        | Major axis length                                     | TDIC | mm
                    morph_pca_min_axis        | Minor axis length                                     | P9VJ | mm
                    morph_pca_least_axis      | Least axis length                                     | 7J51 | mm
                    morph_pca_elongation      | Elongation                                            | Q3CK | 1
                    morph_pca_flatness        | Flatness                                              | N17B | 1
                    morph_vol_dens_aabb       | Volume density (axis-aligned bounding box)            | PBX1 | 1
                    morph_area_dens_aabb      | Area density (axis-aligned bounding box)              | R59B | 1
                    morph_vol_dens_ombb       | Volume density (oriented minimum bounding box)        | ZH1A | 1
                    morph_area_dens_ombb      | Area density (oriented minimum bounding box)          | IQYR | 1
                    morph_vol_dens_aee        | Volume density (approximate enclosing ellipsoid)      | 6BDE | 1
                    morph_area_dens_aee       | Area density (approximate enclosing ellipsoid)        | RDD2 | 1
                    morph_vol_dens_mvee       | Volume density (minimum volume enclosing ellipsoid)   | SWZ1 | 1
                    morph_area_dens_mvee      | Area density (minimum volume enclosing ellipsoid)     | BRI8 | 1
                    morph_vol_dens_conv_hull  | Volume density (convex hull)                          | R3ER | 1
                    morph_area_dens_conv_hull | Area density (convex hull)                            | 7T7F | 1
                    morph_integ_int           | Integrated intensity                                  | 99N0 | image unit · mm³
                    morph_moran_i             | Moran's I index                                       | N365 | 1
                    morph_geary_c             | Geary's C measure                                     | NPT7 | 1
                    """);

    /** What only PyRadiomics has: the greatest distance in a plane across an axis of the grid. */
    static final List<Feature> EXTRAS =
            Feature.list(
                    """
                    morph_diam_slice  | Maximum 2D diameter across k (PyRadiomics: Slice)  | | mm
                    morph_diam_column | Maximum 2D diameter across j (PyRadiomics: Column) | | mm
                    morph_diam_row    | Maximum 2D diameter across i (PyRadiomics: Row)    | | mm
                    """);

    private Morphology() {}

    /** Returns the features of {@link #EXTRAS}. */
    static double[] extras(Geometry geometry, boolean[] voxels, Rules rules) {
        LatticeMesh surface = surface(geometry, voxels, rules);
        return new double[] {
            Diameters.greatestAcrossMm(surface, 2),
            Diameters.greatestAcrossMm(surface, 1),
            Diameters.greatestAcrossMm(surface, 0)
        };
    }

    private static LatticeMesh surface(Geometry geometry, boolean[] voxels, Rules rules) {
        return rules.mesh() == Rules.Surface.HALF_TABLE
                ? MarchingCubes.withHalfTable(geometry, voxels)
                : MarchingCubes.of(geometry, voxels);
    }

    /** Returns the features by the rules of the manual. */
    static double[] of(Geometry geometry, boolean[] voxels, Region intensities) {
        return of(geometry, voxels, intensities, Rules.IBSI);
    }

    /**
     * Returns the features in the order of {@link #FEATURES}.
     *
     * @param voxels the mask, at least one voxel; not modified
     * @param intensities the voxels with an intensity to count, on the same grid; perhaps none
     */
    static double[] of(Geometry geometry, boolean[] voxels, Region intensities, Rules rules) {
        LatticeMesh surface = surface(geometry, voxels, rules);
        Mesh mesh = surface.alongAxes();
        double[] corner = corner(surface);
        double volume =
                rules.mesh() == Rules.Surface.CLOSED
                        ? mesh.volumeMm3()
                        : mesh.volumeMm3(corner[0], corner[1], corner[2]);
        double area = mesh.areaMm2();
        PointCloud cloud = PointCloud.of(geometry, voxels, rules.axes());
        double[] axes = cloud.axesMm();
        Hull hull = surface.hull();
        double[] corners = surface.toMm(hull.points());
        Mesh convex = Mesh.of(corners, hull.triangles());
        double[] sides = sides(corners);
        double[] steps = {
            geometry.spacing(0) / 2, geometry.spacing(1) / 2, geometry.spacing(2) / 2
        };
        OrientedBox box = OrientedBox.around(hull, corners, steps);
        EnclosingEllipsoid round = EnclosingEllipsoid.around(corners, MVEE_TOLERANCE, MVEE_STEPS);
        double sphere = StrictMath.cbrt(36 * Math.PI * volume * volume);
        double[] pairs = Autocorrelation.of(intensities);
        boolean several = intensities.size() > 1;
        return new double[] {
            volume,
            cloud.count() * geometry.voxelMm3(),
            area,
            area / volume,
            volume / (Math.sqrt(Math.PI) * area * Math.sqrt(area)),
            36 * Math.PI * volume * volume / (area * area * area),
            area / sphere,
            sphere / area,
            area / sphere - 1,
            cloud.shiftMm(intensities),
            Diameters.greatestMm(corners),
            axes[0],
            axes[1],
            axes[2],
            ratio(axes[1], axes[0]),
            ratio(axes[2], axes[0]),
            volume / (sides[0] * sides[1] * sides[2]),
            area / (2 * (sides[0] * sides[1] + sides[1] * sides[2] + sides[2] * sides[0])),
            volume / box.volumeMm3(),
            area / box.areaMm2(),
            ratio(volume, Math.PI / 6 * axes[0] * axes[1] * axes[2]),
            area / EllipsoidArea.of(axes[0] / 2, axes[1] / 2, axes[2] / 2),
            volume / round.volumeMm3(),
            area / EllipsoidArea.of(round.aMm(), round.bMm(), round.cMm()),
            volume / convex.volumeMm3(),
            area / convex.areaMm2(),
            volume * mean(intensities),
            several ? rules.defined(pairs[0], Double.NaN, 1) : pairs[0],
            several ? rules.defined(pairs[1], Double.NaN, 1) : pairs[1]
        };
    }

    /** Returns the voxel before the first of the surface's bounding box, in mm along the axes. */
    private static double[] corner(LatticeMesh surface) {
        int[] least = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
        for (int p = 0; p < surface.halves().length; p++) {
            least[p % 3] = Math.min(least[p % 3], surface.halves()[p]);
        }
        return surface.toMm(new int[] {least[0] - 1, least[1] - 1, least[2] - 1});
    }

    private static double mean(Region intensities) {
        return intensities.size() == 0 ? Double.NaN : Distribution.of(intensities.values()).mean();
    }

    /** Returns a quotient, or NaN where it has no denominator. */
    private static double ratio(double a, double b) {
        return b > 0 ? a / b : Double.NaN;
    }

    private static double[] sides(double[] points) {
        double[] sides = new double[3];
        for (int a = 0; a < 3; a++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int p = a; p < points.length; p += 3) {
                low = Math.min(low, points[p]);
                high = Math.max(high, points[p]);
            }
            sides[a] = high - low;
        }
        return sides;
    }
}
