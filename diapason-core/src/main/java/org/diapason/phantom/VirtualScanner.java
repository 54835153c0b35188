package org.diapason.phantom;

import org.diapason.math.Gauss;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * Images a digital object as one CT scanner would.
 *
 * <p>{@code measured = gain · (object ∗ PSF ∗ slab) + offset + noise}, the PSF an isotropic
 * Gaussian, the slab a box along k, the noise normal and independent per voxel; at the end rounded
 * to whole HU where the scanner stores integers. The blur is integrated from the object's fine
 * samples at the voxel centres of the scanner's grid, so nothing is interpolated. A slab of t mm
 * adds 8 ln 2 · t² / 12 = 0.4621 t² to the squared width along k.
 *
 * @param name the scanner's name
 * @param gain slope of the measured over the true scale; positive
 * @param offset measured value of water in HU
 * @param psfMm full width at half maximum of the point-spread function in mm; what it adds to the
 *     object's own blur must span 0.8 of the object's samples as standard deviation, so at least
 *     2.75 for the objects here, of 2 mm sampled at 1 mm
 * @param spacingMm distance of voxel centres in plane (i and j) in mm
 * @param sliceMm distance of slices (k) in mm
 * @param slabMm thickness that one slice averages over in mm; 0 for none
 * @param noiseSdHu standard deviation of the noise in HU; 0 for none
 * @param integers whether values are rounded to whole HU, as DICOM stores them
 */
public record VirtualScanner(
        String name,
        double gain,
        double offset,
        double psfMm,
        double spacingMm,
        double sliceMm,
        double slabMm,
        double noiseSdHu,
        boolean integers) {

    /** The blur that imaging adds, in samples of the object, from which their sum is exact. */
    private static final double LEAST_SIGMA = 0.8;

    public VirtualScanner {
        if (!(gain > 0) || !Double.isFinite(offset)) {
            throw new IllegalArgumentException(
                    "scanner " + name + ": gain must be positive and offset finite");
        }
        if (!(spacingMm > 0) || !(sliceMm > 0) || !(slabMm >= 0) || !(noiseSdHu >= 0)) {
            throw new IllegalArgumentException(
                    "scanner "
                            + name
                            + ": spacingMm and sliceMm must be positive, slabMm and noiseSdHu not"
                            + " negative");
        }
        if (!(psfMm > 0)) {
            throw new IllegalArgumentException(
                    "scanner " + name + ": psfMm must be positive, got " + psfMm + " mm");
        }
    }

    /**
     * Returns a scanner that shows the truth at a stated sharpness: gain 1, offset 0, no noise, no
     * slab, no rounding.
     */
    public static VirtualScanner reference(double fwhmMm, double spacingMm) {
        return new VirtualScanner("reference", 1, 0, fwhmMm, spacingMm, spacingMm, 0, 0, false);
    }

    /** Returns the true resolution along i, j, k in mm, slab included. */
    public Numbers totalFwhmMm() {
        double along =
                Math.sqrt(
                        psfMm * psfMm
                                + Gauss.FWHM_PER_SIGMA
                                        * Gauss.FWHM_PER_SIGMA
                                        * slabMm
                                        * slabMm
                                        / 12);
        return Numbers.of(psfMm, psfMm, along);
    }

    /**
     * Returns the smallest grid of this scanner that covers a box centred on the world's origin.
     */
    public Geometry grid(double inPlaneMm, double throughPlaneMm) {
        int n = (int) Math.ceil(inPlaneMm / spacingMm - 1e-6);
        int nk = (int) Math.ceil(throughPlaneMm / sliceMm - 1e-6);
        return centred(n, n, nk, spacingMm, sliceMm);
    }

    static Geometry centred(int ni, int nj, int nk, double spacing, double slice) {
        return new Geometry(
                ni,
                nj,
                nk,
                Numbers.of(spacing, spacing, slice),
                Numbers.of(
                        -(ni - 1) / 2.0 * spacing,
                        -(nj - 1) / 2.0 * spacing,
                        -(nk - 1) / 2.0 * slice),
                Geometry.IDENTITY);
    }

    /**
     * Returns the image of an object on a grid.
     *
     * @param object true HU, finely sampled, with the blur it already has as its FWHM; sharper than
     *     this scanner
     * @param grid axis-aligned grid of the image
     * @param seed makes the noise
     */
    public Volume scan(Volume object, Geometry grid, long seed) {
        Numbers has = object.fwhmMm().orElse(Numbers.of(0, 0, 0));
        double[] sigma = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            double rest = psfMm * psfMm - has.get(axis) * has.get(axis);
            sigma[axis] = Math.sqrt(rest) / Gauss.FWHM_PER_SIGMA;
            if (!(sigma[axis] >= LEAST_SIGMA * object.geometry().spacing(axis))) {
                throw new IllegalArgumentException(
                        "scanner "
                                + name
                                + ": psfMm "
                                + Numbers.fixed(psfMm, 2)
                                + " mm is too sharp for an object of "
                                + Numbers.fixed(has.get(axis), 2)
                                + " mm sampled at "
                                + Numbers.fixed(object.geometry().spacing(axis), 2)
                                + " mm; it needs "
                                + Numbers.fixed(
                                        sharpestMm(object.geometry().spacing(axis), has.get(axis)),
                                        2)
                                + " mm or more");
            }
        }
        float[] values =
                Projection.project(
                        object.values(),
                        object.geometry(),
                        grid,
                        sigma,
                        new double[] {0, 0, slabMm});
        Rng rng = new Rng(seed);
        for (int v = 0; v < values.length; v++) {
            double hu = gain * values[v] + offset;
            if (noiseSdHu > 0) {
                hu += noiseSdHu * rng.nextGaussian();
            }
            values[v] = (float) (integers ? Math.rint(hu) : hu);
        }
        return Volume.of(grid, values, Quantity.HU);
    }

    /** Returns the narrowest width that an object of given samples and blur can be seen at. */
    private static double sharpestMm(double spacingMm, double blurMm) {
        double added = Gauss.FWHM_PER_SIGMA * LEAST_SIGMA * spacingMm;
        return Math.ceil(100 * Math.sqrt(blurMm * blurMm + added * added) - 1e-9) / 100;
    }
}
