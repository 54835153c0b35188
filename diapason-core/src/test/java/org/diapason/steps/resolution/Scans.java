package org.diapason.steps.resolution;

import java.util.Map;
import org.diapason.math.Gauss;
import org.diapason.math.Rng;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.hipparchus.special.Erf;

/** Objects seen by scanners of known resolution. */
final class Scans {
    private Scans() {}

    /** White noise: every frequency the grid can carry. */
    static Volume texture(long seed, Geometry g) {
        Rng rng = new Rng(seed);
        float[] v = new float[g.voxels()];
        for (int n = 0; n < v.length; n++) {
            v[n] = (float) (100 * rng.nextGaussian());
        }
        return Volume.of(g, v, Quantity.HU);
    }

    static Volume scanned(Volume object, double fwhmMm) {
        Geometry g = object.geometry();
        double s = fwhmMm / Gauss.FWHM_PER_SIGMA;
        float[] v =
                Gauss.blur(
                        g, object.values(), s / g.spacing(0), s / g.spacing(1), s / g.spacing(2));
        return object.withValues(v).withFwhmMm(Numbers.of(fwhmMm, fwhmMm, fwhmMm));
    }

    /** An edge of 1000 at world i = {@code atMm}, seen through a Gaussian. */
    static Volume edge(Geometry g, double atMm, double fwhmMm) {
        float[] v = new float[g.voxels()];
        for (int n = 0; n < v.length; n++) {
            double x = n % g.ni() * g.spacing(0) - atMm;
            v[n] = (float) (500 * Erf.erfc(-x * Gauss.FWHM_PER_SIGMA / fwhmMm / Math.sqrt(2)));
        }
        return Volume.of(g, v, Quantity.HU).withFwhmMm(Numbers.of(fwhmMm, fwhmMm, fwhmMm));
    }

    /** The width from the second moment of the edge's derivative along the first row, in mm. */
    static double measuredFwhmMm(Volume volume) {
        double h = volume.geometry().spacing(0);
        double sum = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i + 1 < volume.geometry().ni(); i++) {
            double slope = volume.at(i + 1, 0, 0) - volume.at(i, 0, 0);
            double x = (i + 0.5) * h;
            sum += slope;
            first += slope * x;
            second += slope * x * x;
        }
        double mean = first / sum;
        // a difference over one voxel adds h²/12
        return Gauss.FWHM_PER_SIGMA * Math.sqrt(second / sum - mean * mean - h * h / 12);
    }

    static Exam exam(String id, Volume volume) {
        return Exam.of(id, Map.of("ct", Image.of(volume)), Map.of(), Map.of());
    }

    static Exam exam(String id, Volume volume, Mask mask) {
        return Exam.of(id, Map.of("ct", Image.of(volume)), Map.of("lesion", mask), Map.of());
    }

    static Volume ct(Exam exam) {
        return exam.image("ct").volume();
    }
}
