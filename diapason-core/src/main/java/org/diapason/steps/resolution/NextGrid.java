package org.diapason.steps.resolution;

import org.diapason.math.Gauss;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;

/**
 * A step isotropic that follows, and the blur it adds.
 *
 * <p>Second moments add. Linear interpolation at place f between two voxels adds {@code f (1 − f)
 * h²}, the mean over the new voxels (h²/6 over all phases, 4/27 h² where a slice becomes three);
 * cubic adds none, as its weights keep parabolas; an anti-alias filter adds its own.
 *
 * @param spacingMm the spacing of the grid that follows in mm; positive
 * @param interpolation its interpolation
 * @param antiAlias its anti-alias filter
 */
public record NextGrid(
        double spacingMm,
        @Default("cubic") Interpolation interpolation,
        @Default("auto") AntiAlias antiAlias) {
    static final double SAME_SPACING = 1e-6;
    private static final double ALIAS_FREE_VOXELS = 2;

    public NextGrid {
        if (!(spacingMm > 0) || Double.isInfinite(spacingMm)) {
            throw new IllegalArgumentException(
                    "spacing-mm must be positive, got " + spacingMm + " mm");
        }
    }

    /**
     * Returns the squared width in mm² that the grid step adds along an axis to an image that is to
     * have the given width after it.
     */
    double addedMm2(Geometry from, double targetMm, int axis) {
        Geometry to = Grid.isotropic(from, spacingMm);
        if (to.isClose(from, SAME_SPACING)) {
            return 0;
        }
        double unit = Gauss.FWHM_PER_SIGMA * from.spacing(axis);
        double added =
                interpolation == Interpolation.LINEAR
                        ? unit * unit * linearVariance(from, to, axis)
                        : 0;
        double k = spacingMm / from.spacing(axis);
        double before = Math.sqrt(Math.max(0, targetMm * targetMm - added));
        boolean filtered =
                antiAlias == AntiAlias.CARDOSO
                        || antiAlias == AntiAlias.AUTO && !isAliasFree(before, spacingMm);
        if (filtered && k > 1 + SAME_SPACING) {
            added += unit * unit * cardosoSigma(k) * cardosoSigma(k);
        }
        return added;
    }

    /** Says whether a known width spans so many new voxels that nothing can alias. */
    static boolean isAliasFree(double fwhmMm, double spacingMm) {
        return fwhmMm >= ALIAS_FREE_VOXELS * spacingMm * (1 - SAME_SPACING);
    }

    /** Returns Cardoso's filter for a grid coarser by k, in old voxels. */
    static double cardosoSigma(double k) {
        return Math.sqrt(k * k - 1) / Gauss.FWHM_PER_SIGMA;
    }

    /** Returns the mean variance that straight lines add along an axis, in old voxels squared. */
    static double linearVariance(Geometry from, Geometry to, int axis) {
        double step = to.spacing(axis) / from.spacing(axis);
        double first = (from.size(axis) - 1) / 2.0 - (to.size(axis) - 1) / 2.0 * step;
        double sum = 0;
        for (int n = 0; n < to.size(axis); n++) {
            double at = first + n * step;
            double f = at - Math.floor(at);
            sum += f < 1e-9 || f > 1 - 1e-9 ? 0 : f * (1 - f);
        }
        return sum / to.size(axis);
    }
}
