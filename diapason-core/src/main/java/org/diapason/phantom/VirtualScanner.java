package org.diapason.phantom;

import java.util.Optional;
import org.diapason.math.Gauss;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * Images a digital object as one scanner would.
 *
 * <p>{@code measured = noise(gain · bias · (object ∗ PSF ∗ box ∗ kernel) + offset)}: the PSF a
 * Gaussian, the box what a voxel averages over (the slice along k, the pixel in plane), the kernel
 * an MTF in plane, the noise drawn at the end; rounded to whole numbers where the scanner stores
 * integers. The blur is integrated from the object's fine samples at the voxel centres of the
 * scanner's grid, so nothing is interpolated. A box of t mm adds 8 ln 2 · t² / 12 = 0.4621 t² to
 * the squared width.
 *
 * @param name the scanner's name
 * @param gain slope of the measured over the true scale; positive
 * @param offset measured value of a true 0
 * @param psfMm full width at half maximum of the point-spread function along i, j, k in mm, or one
 *     number for all; what it adds to the object's own blur must span 0.8 of the object's samples
 *     as standard deviation, so at least 2.75 samples where those carry a blur of two
 * @param spacingMm distance of voxel centres along i, j, k in mm, or one number for all
 * @param boxMm width that a voxel averages over along i, j, k in mm, 0 for none; the last is the
 *     slice thickness
 * @param kernel reconstruction kernel in plane; none is 1 at all frequencies
 * @param bias smooth shading; none is 1
 * @param noise none, or what is added by chance
 * @param integers whether values are rounded to whole numbers, as DICOM stores CT
 */
public record VirtualScanner(
        String name,
        @Default("1") double gain,
        @Default("0") double offset,
        Numbers psfMm,
        Numbers spacingMm,
        @Default("0") Numbers boxMm,
        Optional<ReconstructionKernel> kernel,
        Optional<BiasField> bias,
        Optional<Noise> noise,
        @Default("false") boolean integers) {

    /** The blur that imaging adds, in samples of the object, from which their sum is exact. */
    private static final double LEAST_SIGMA = 0.8;

    /**
     * Samples of an object, which carry a blur of two, in the narrowest width that sees them: a
     * bead's peak is then within 0.1 %, at the 2.75 that suffice for smooth objects 0.7 %.
     */
    private static final double SAMPLES = 3.2;

    public VirtualScanner {
        if (!(gain > 0) || !Double.isFinite(offset)) {
            throw new IllegalArgumentException(
                    "scanner " + name + ": gain must be positive and offset finite");
        }
        psfMm = threeOf(psfMm, name, "psfMm", true);
        spacingMm = threeOf(spacingMm, name, "spacingMm", true);
        boxMm = threeOf(boxMm, name, "boxMm", false);
    }

    /** A CT of one sharpness in all directions with white noise; a slab or noise of 0 is none. */
    public VirtualScanner(
            String name,
            double gain,
            double offset,
            double psfMm,
            double spacingMm,
            double sliceMm,
            double slabMm,
            double noiseSdHu,
            boolean integers) {
        this(
                name,
                gain,
                offset,
                Numbers.of(psfMm),
                Numbers.of(spacingMm, spacingMm, sliceMm),
                Numbers.of(0, 0, slabMm),
                Optional.empty(),
                Optional.empty(),
                noiseSdHu == 0 ? Optional.empty() : Optional.of(new Noise.White(noiseSdHu)),
                integers);
    }

    /**
     * Returns a scanner that shows the truth at a stated sharpness: gain 1, offset 0, no noise, no
     * slab, no rounding.
     */
    public static VirtualScanner reference(double fwhmMm, double spacingMm) {
        return new VirtualScanner("reference", 1, 0, fwhmMm, spacingMm, spacingMm, 0, 0, false);
    }

    /** Returns the same scanner with other noise; none makes it quiet. */
    public VirtualScanner withNoise(Optional<Noise> other) {
        return new VirtualScanner(
                name, gain, offset, psfMm, spacingMm, boxMm, kernel, bias, other, integers);
    }

    /** Returns the same scanner with voxel centres at other distances; boxes stay. */
    public VirtualScanner withSpacingMm(Numbers other) {
        return new VirtualScanner(
                name, gain, offset, psfMm, other, boxMm, kernel, bias, noise, integers);
    }

    /** Returns the slice thickness in mm; 0 for none. */
    public double slabMm() {
        return boxMm.get(2);
    }

    /**
     * Returns the true resolution along i, j, k in mm: the second moment of point-spread function
     * and box. A kernel has no part in it; {@link #mtf} is the whole.
     */
    public Numbers totalFwhmMm() {
        double[] total = new double[3];
        for (int a = 0; a < 3; a++) {
            double psf = psfMm.get(a);
            double box = boxMm.get(a);
            total[a] =
                    box == 0
                            ? psf
                            : Math.sqrt(
                                    psf * psf
                                            + Gauss.FWHM_PER_SIGMA
                                                    * Gauss.FWHM_PER_SIGMA
                                                    * box
                                                    * box
                                                    / 12);
        }
        return Numbers.of(total);
    }

    /** Returns the true modulation transfer at frequencies along i, j, k per mm. */
    public double mtf(double fi, double fj, double fk) {
        double[] f = {fi, fj, fk};
        double transfer = kernel.map(m -> m.mtf(Math.sqrt(fi * fi + fj * fj))).orElse(1.0);
        for (int a = 0; a < 3; a++) {
            double turn = 2 * Math.PI * f[a] * psfMm.get(a) / Gauss.FWHM_PER_SIGMA;
            double side = Math.PI * f[a] * boxMm.get(a);
            transfer *= StrictMath.exp(-turn * turn / 2);
            transfer *= side == 0 ? 1 : StrictMath.sin(side) / side;
        }
        return transfer;
    }

    /**
     * Returns the smallest grid of this scanner that covers a box centred on the world's origin.
     */
    public Geometry grid(double inPlaneMm, double throughPlaneMm) {
        return grid(Numbers.of(inPlaneMm, inPlaneMm, throughPlaneMm));
    }

    /** Returns the smallest grid that covers a box of three edges centred on the origin. */
    public Geometry grid(Numbers fieldMm) {
        int[] size = new int[3];
        for (int a = 0; a < 3; a++) {
            size[a] = (int) Math.ceil(fieldMm.get(a) / spacingMm.get(a) - 1e-6);
        }
        return centred(size, spacingMm);
    }

    static Geometry centred(int ni, int nj, int nk, double spacing, double slice) {
        return centred(new int[] {ni, nj, nk}, Numbers.of(spacing, spacing, slice));
    }

    static Geometry centred(int[] size, Numbers spacingMm) {
        double[] first = new double[3];
        for (int a = 0; a < 3; a++) {
            first[a] = -(size[a] - 1) / 2.0 * spacingMm.get(a);
        }
        return new Geometry(
                size[0], size[1], size[2], spacingMm, Numbers.of(first), Geometry.IDENTITY);
    }

    /** Returns the image of an object on the grid that covers its field. */
    public Volume scan(DigitalObject object, long seed) {
        return scan(truth(object), grid(object.fieldMm()), seed);
    }

    /**
     * Returns what this scanner is to see of an object: its truth as finely sampled as the
     * narrowest width asks for, as far beyond the field as the response reaches.
     */
    public Volume truth(DigitalObject object) {
        double[] margin = new double[3];
        double least = Double.POSITIVE_INFINITY;
        for (int a = 0; a < 3; a++) {
            double reach = a < 2 ? kernel.map(ReconstructionKernel::reachMm).orElse(0.0) : 0;
            margin[a] = 6 * psfMm.get(a) / Gauss.FWHM_PER_SIGMA + boxMm.get(a) / 2 + reach;
            least = Math.min(least, psfMm.get(a));
        }
        double spacing = Math.min(object.finestMm(), least / SAMPLES);
        return object.truth(spacing, Numbers.of(margin));
    }

    /**
     * Returns the image of an object on a grid.
     *
     * @param object true values, finely sampled, with the blur it already has as its FWHM; sharper
     *     than this scanner
     * @param grid axis-aligned grid of the image
     * @param seed makes the noise
     */
    public Volume scan(Volume object, Geometry grid, long seed) {
        double[] sigma = sigmas(object);
        float[] fine = object.values();
        if (kernel.isPresent()) {
            fine = fine.clone();
            kernel.get().filter(fine, object.geometry());
        }
        float[] values = Projection.project(fine, object.geometry(), grid, sigma, boxMm.toArray());
        float[] shading = bias.map(b -> b.on(grid).values()).orElse(null);
        Noise.Drawn drawn = noise.map(n -> n.on(grid, seed)).orElse((v, value) -> value);
        for (int v = 0; v < values.length; v++) {
            double factor = shading == null ? gain : gain * shading[v];
            double value = drawn.of(v, factor * values[v] + offset);
            values[v] = (float) (integers ? Math.rint(value) : value);
        }
        return Volume.of(grid, values, object.quantity());
    }

    /** Returns what is left to blur along each axis: the width less what the object has. */
    private double[] sigmas(Volume object) {
        Numbers has = object.fwhmMm().orElse(Numbers.of(0, 0, 0));
        double[] sigma = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            double psf = psfMm.get(axis);
            double rest = psf * psf - has.get(axis) * has.get(axis);
            sigma[axis] = Math.sqrt(rest) / Gauss.FWHM_PER_SIGMA;
            if (!(sigma[axis] >= LEAST_SIGMA * object.geometry().spacing(axis))) {
                throw new IllegalArgumentException(
                        "scanner "
                                + name
                                + ": psfMm "
                                + Numbers.fixed(psf, 2)
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
        return sigma;
    }

    /** Returns the narrowest width that an object of given samples and blur can be seen at. */
    private static double sharpestMm(double spacingMm, double blurMm) {
        double added = Gauss.FWHM_PER_SIGMA * LEAST_SIGMA * spacingMm;
        return Math.ceil(100 * Math.sqrt(blurMm * blurMm + added * added) - 1e-9) / 100;
    }

    private static Numbers threeOf(Numbers given, String name, String what, boolean positive) {
        Numbers three =
                given.size() == 1 ? Numbers.of(given.get(0), given.get(0), given.get(0)) : given;
        boolean sound = three.size() == 3;
        for (int a = 0; sound && a < 3; a++) {
            double mm = three.get(a);
            sound = (positive ? mm > 0 : mm >= 0) && !Double.isInfinite(mm);
        }
        if (!sound) {
            throw new IllegalArgumentException(
                    "scanner "
                            + name
                            + ": "
                            + what
                            + " needs one "
                            + (positive ? "positive number" : "number from 0 on")
                            + " or three (i, j, k) in mm, got "
                            + given.fixed(2)
                            + " mm");
        }
        return three;
    }
}
