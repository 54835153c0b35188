package org.diapason.fusion;

import java.util.Arrays;
import org.diapason.registration.Certificate;
import org.diapason.registration.ErrorCovariance;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Transform;

/**
 * How far each place of a registered image may be off: u ~ N(μ, Σ) in mm (LPS), of the fixed
 * image's places.
 *
 * <p>A single figure in mm is a <em>mean distance</em>: for equal spread along n axes it is {@code
 * c(n) s}, s the standard deviation along an axis and {@code c = √(2/π), √(π/2), √(8/π)} for n = 1,
 * 2, 3.
 */
public interface Misregistration {

    /**
     * Writes what is known of the shift at a voxel; may be called by several threads.
     *
     * @param voxel its place in the values
     * @param place its centre in mm; not modified
     * @param mean takes μ in mm
     * @param covariance takes Σ in mm²: xx, xy, xz, yy, yz, zz
     */
    void at(int voxel, double[] place, double[] mean, double[] covariance);

    /**
     * The same spread everywhere and in all directions.
     *
     * @param meanMm mean distance over the axes that have more than one voxel, in mm
     * @param grid of the fixed image
     */
    static Misregistration isotropic(double meanMm, Geometry grid) {
        if (!(meanMm >= 0) || Double.isInfinite(meanMm)) {
            throw new IllegalArgumentException(
                    "the misregistration must be 0 mm or more, got " + meanMm + " mm");
        }
        double s = meanMm / ErrorCovariance.meanLength(grid);
        return (voxel, place, mean, covariance) -> {
            mean[0] = 0;
            mean[1] = 0;
            mean[2] = 0;
            for (int n = 0; n < 6; n++) {
                covariance[n] = n == 0 || n == 3 || n == 5 ? s * s : 0;
            }
        };
    }

    /**
     * What a registration predicts of itself: by place and direction where its certificate tells
     * them, else the mean of its target error, in any direction.
     *
     * @param grid of the fixed image
     * @throws RefusedException if the certificate predicts no error
     */
    static Misregistration predicted(Certificate certificate, Geometry grid) {
        double mean = predictedMm(certificate);
        return certificate
                .errorCovariance()
                .map(Misregistration::byPlace)
                .orElseGet(() -> isotropic(mean, grid));
    }

    /** A spread that changes from place to place and may be wider in one direction. */
    static Misregistration byPlace(ErrorCovariance spread) {
        return (voxel, place, mean, covariance) -> {
            Arrays.fill(mean, 0, 3, 0);
            spread.at(place, covariance);
        };
    }

    /**
     * Returns the mean of the target error that a registration predicts of itself, in mm.
     *
     * @throws RefusedException if the certificate has none, or could not tell
     */
    static double predictedMm(Certificate certificate) {
        double mean = certificate.targetError().map(Certificate.ErrorMm::mean).orElse(Double.NaN);
        if (!(mean >= 0)) {
            throw new RefusedException(
                    "the certificate predicts no target error. Give the misregistration in mm"
                            + " instead: --shift-mm.");
        }
        return mean;
    }

    /**
     * The shift from one transform to another: where the image was brought by {@code used}, {@code
     * other} would have shown {@code I_B(x + u)}, {@code u = used⁻¹(other(x)) − x}.
     */
    static Misregistration between(Transform used, Transform other) {
        Transform back = used.inverse();
        return (voxel, place, mean, covariance) -> {
            double[] q = place.clone();
            other.apply(q);
            back.apply(q);
            for (int r = 0; r < 3; r++) {
                mean[r] = q[r] - place[r];
            }
            Arrays.fill(covariance, 0, 6, 0);
        };
    }

    /** A known shift of everything, in mm. */
    static Misregistration shift(Numbers mm) {
        return (voxel, place, mean, covariance) -> {
            for (int r = 0; r < 3; r++) {
                mean[r] = mm.get(r);
            }
            Arrays.fill(covariance, 0, 6, 0);
        };
    }

    /**
     * A spread of its own at each voxel.
     *
     * @param covariance in mm², xx, xy, xz, yy, yz, zz, each with a value a voxel; kept, not copied
     */
    static Misregistration perVoxel(float[][] covariance) {
        if (covariance.length != 6) {
            throw new IllegalArgumentException(
                    "a covariance has 6 numbers, xx xy xz yy yz zz, got " + covariance.length);
        }
        return (voxel, place, mean, into) -> {
            mean[0] = 0;
            mean[1] = 0;
            mean[2] = 0;
            for (int n = 0; n < 6; n++) {
                into[n] = covariance[n][voxel];
            }
        };
    }
}
