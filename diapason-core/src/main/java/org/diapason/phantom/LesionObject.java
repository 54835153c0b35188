package org.diapason.phantom;

import org.diapason.math.Gauss;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * A lesion with texture in uniform soft tissue, as a digital object whose truth is known.
 *
 * <p>{@code HU(p) = tissue + m(p) · (mean − tissue + textureSd · g(p))}: m is the lesion's shape
 * with its edge blurred to 2 mm, g a Gaussian random field with autocorrelation {@code exp(−d² / 4
 * correlationMm²)}, shifted and scaled to mean 0 and standard deviation 1 inside the lesion, so
 * that the planted mean and texture are exactly those asked for. Everything is drawn from the seed.
 *
 * @param seed makes shape and texture
 * @param meanHu true mean inside the lesion in HU
 * @param textureSdHu true standard deviation inside the lesion in HU
 * @param correlationMm standard deviation of the Gaussian that makes the texture out of white noise
 * @param radiusMm mean radius of the lesion in mm; up to 20
 */
public record LesionObject(
        long seed, double meanHu, double textureSdHu, double correlationMm, double radiusMm) {

    /** HU of the soft tissue around the lesion. */
    public static final double TISSUE_HU = 40;

    /** Edge of the cube that an image of a lesion covers, in mm. */
    public static final double FIELD_MM = 60;

    /** Blur that a digital object already has, so that its samples can hold it: FWHM in mm. */
    static final double OBJECT_FWHM_MM = 2;

    private static final double FINE_MM = 1;
    private static final double MARGIN_MM = 3.5;
    private static final double SIZE_SD = 0.04;
    private static final double BUMP_SD = 0.02;

    public LesionObject {
        if (!(textureSdHu >= 0) || !(correlationMm > 0)) {
            throw new IllegalArgumentException(
                    "textureSdHu must not be negative and correlationMm must be positive");
        }
        if (!(radiusMm > 0 && radiusMm <= 20)) {
            throw new IllegalArgumentException(
                    "radiusMm must lie in 0 to 20 mm, got " + radiusMm + " mm");
        }
    }

    /** Returns the true HU on a grid of 1 mm, blurred to 2 mm; beyond its grid all is tissue. */
    public Volume truth() {
        LesionShape shape = shape();
        int n = 2 * (int) Math.ceil((shape.reachMm() + MARGIN_MM) / FINE_MM);
        Geometry fine = VirtualScanner.centred(n, n, n, FINE_MM, FINE_MM);
        double sigma = OBJECT_FWHM_MM / Gauss.FWHM_PER_SIGMA;
        double first = -(n - 1) / 2.0 * FINE_MM;
        double[] inside = new double[fine.voxels()];
        for (int k = 0, v = 0; k < n; k++) {
            for (int j = 0; j < n; j++) {
                for (int i = 0; i < n; i++, v++) {
                    double out =
                            shape.distanceMm(
                                    first + i * FINE_MM, first + j * FINE_MM, first + k * FINE_MM);
                    inside[v] = Projection.phi(-out / sigma);
                }
            }
        }
        float[] texture = texture(fine, inside);
        float[] hu = new float[inside.length];
        for (int v = 0; v < hu.length; v++) {
            hu[v] =
                    (float)
                            (TISSUE_HU
                                    + inside[v] * (meanHu - TISSUE_HU + textureSdHu * texture[v]));
        }
        return Volume.of(fine, hu, Quantity.HU)
                .withFwhmMm(Numbers.of(OBJECT_FWHM_MM, OBJECT_FWHM_MM, OBJECT_FWHM_MM));
    }

    /** Returns the voxels of a grid whose centres lie in the true lesion. */
    public Mask mask(Geometry grid) {
        return shape().mask(grid);
    }

    /** Returns how far each voxel of a grid is from the border in mm; inside negative. */
    double[] distances(Geometry grid) {
        LesionShape shape = shape();
        double[] away = new double[grid.voxels()];
        for (int k = 0; k < grid.nk(); k++) {
            double z = grid.originMm().get(2) + k * grid.spacing(2);
            for (int j = 0; j < grid.nj(); j++) {
                double y = grid.originMm().get(1) + j * grid.spacing(1);
                for (int i = 0; i < grid.ni(); i++) {
                    double x = grid.originMm().get(0) + i * grid.spacing(0);
                    away[grid.index(i, j, k)] = shape.distanceMm(x, y, z);
                }
            }
        }
        return away;
    }

    /** Returns the true volume in mm³, counted on a grid of 0.5 mm. */
    public double volumeMm3() {
        int n = 4 * (int) Math.ceil(shape().reachMm());
        Geometry fine = VirtualScanner.centred(n, n, n, 0.5, 0.5);
        return mask(fine).count() * fine.voxelMm3();
    }

    private LesionShape shape() {
        return LesionShape.draw(new Rng(Rng.seed(seed, "shape")), radiusMm, SIZE_SD, BUMP_SD);
    }

    private float[] texture(Geometry fine, double[] inside) {
        Rng rng = new Rng(Rng.seed(seed, "texture"));
        float[] white = new float[inside.length];
        for (int v = 0; v < white.length; v++) {
            white[v] = (float) rng.nextGaussian();
        }
        double[] sigma = {correlationMm, correlationMm, correlationMm};
        float[] field = Projection.project(white, fine, fine, sigma, new double[3]);
        double weight = 0;
        double sum = 0;
        double square = 0;
        for (int v = 0; v < field.length; v++) {
            weight += inside[v];
            sum += inside[v] * field[v];
            square += inside[v] * field[v] * field[v];
        }
        double mean = sum / weight;
        double sd = Math.sqrt(square / weight - mean * mean);
        for (int v = 0; v < field.length; v++) {
            field[v] = (float) ((field[v] - mean) / sd);
        }
        return field;
    }
}
