package org.diapason.steps.resolution;

import org.diapason.math.Gauss;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.registration.AliasFilter;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * A step isotropic that follows, and the blur it adds.
 *
 * <p>Second moments add. Linear interpolation at place f between two voxels adds {@code f (1 − f)
 * h²}, the mean over the new voxels (h²/6 over all phases, 4/27 h² where a slice becomes three);
 * nearest moves what it shows by the distance to the nearest voxel, {@code min(f, 1 − f)² h²}
 * (h²/12 over all phases); cubic and sinc add none, as their weights keep parabolas; an anti-alias
 * filter adds its own.
 *
 * @param spacingMm the spacing of the grid that follows in mm; positive
 * @param interpolation its interpolation
 * @param antiAlias its anti-alias filter
 * @param grid where it lies, which says at what places f its voxels are
 */
public record NextGrid(
        double spacingMm,
        @Default("cubic") Interpolation interpolation,
        @Default("auto") AntiAlias antiAlias,
        @Default("ibsi") Grid.Rule grid) {
    static final double SAME_SPACING = 1e-6;

    public NextGrid {
        Grid.requireSpacing(spacingMm);
    }

    /** Returns the grid of IBSI. */
    public NextGrid(double spacingMm, Interpolation interpolation, AntiAlias antiAlias) {
        this(spacingMm, interpolation, antiAlias, Grid.Rule.IBSI);
    }

    /**
     * Returns the squared width in mm² that the grid step adds along an axis to an image that is to
     * have the given width after it.
     */
    double addedMm2(Geometry from, double targetMm, int axis) {
        Geometry to = after(from);
        if (to.isClose(from, SAME_SPACING)) {
            return 0;
        }
        double added = interpolatorMm2(from, to, axis);
        double before = Math.sqrt(Math.max(0, targetMm * targetMm - added));
        boolean filtered =
                antiAlias == AntiAlias.CARDOSO
                        || antiAlias == AntiAlias.AUTO
                                && !AliasFilter.isFree(before, to.spacing(axis));
        return filtered ? added + filterMm2(from, to, axis) : added;
    }

    /**
     * Returns the smallest width along an axis that an image of the given width can have after the
     * grid step, and that spans two of its voxels.
     */
    double leastMm(Geometry from, double sourceMm, int axis) {
        Geometry to = after(from);
        double carried = AliasFilter.FREE_VOXELS * to.spacing(axis);
        if (to.isClose(from, SAME_SPACING)) {
            return Math.max(sourceMm, carried);
        }
        double added = interpolatorMm2(from, to, axis);
        double filter = antiAlias == AntiAlias.NONE ? 0 : filterMm2(from, to, axis);
        double least = Math.sqrt(sourceMm * sourceMm + added + filter);
        if (antiAlias == AntiAlias.AUTO) {
            // blurred to two new voxels first, it needs no filter
            double free = Math.max(sourceMm, carried);
            least = Math.min(least, Math.sqrt(free * free + added));
        }
        return Math.max(least, carried);
    }

    private Geometry after(Geometry from) {
        return Grid.of(from, grid, spacingMm, spacingMm, spacingMm);
    }

    private double interpolatorMm2(Geometry from, Geometry to, int axis) {
        double unit = Gauss.FWHM_PER_SIGMA * from.spacing(axis);
        return unit * unit * interpolatorVariance(interpolation, from, to, axis);
    }

    private static double filterMm2(Geometry from, Geometry to, int axis) {
        double k = to.spacing(axis) / from.spacing(axis);
        double fwhm =
                k > 1 + SAME_SPACING
                        ? Gauss.FWHM_PER_SIGMA * from.spacing(axis) * Gauss.antiAliasSigma(k)
                        : 0;
        return fwhm * fwhm;
    }

    /**
     * Returns the variance in squared old voxels that an interpolation adds along an old axis: the
     * mean over the new voxels, or over all places f where no new axis runs along it.
     */
    static double interpolatorVariance(Interpolation how, Geometry from, Geometry to, int axis) {
        boolean nearest = how == Interpolation.NEAREST;
        if (!nearest && how != Interpolation.LINEAR) {
            return 0;
        }
        for (int b = 0; b < 3; b++) {
            double cosine = Grid.cosine(from, axis, to, b);
            if (Math.abs(cosine) > 1 - SAME_SPACING) {
                double step = Math.signum(cosine) * to.spacing(b) / from.spacing(axis);
                Numbers o = to.originMm();
                double first = from.toVoxel(o.get(0), o.get(1), o.get(2)).get(axis);
                double sum = 0;
                for (int n = 0; n < to.size(b); n++) {
                    double at = first + n * step;
                    double f = at - Math.floor(at);
                    double g = Math.min(f, 1 - f);
                    sum += g < 1e-9 ? 0 : nearest ? g * g : f * (1 - f);
                }
                return sum / to.size(b);
            }
        }
        return nearest ? 1 / 12.0 : 1 / 6.0;
    }
}
