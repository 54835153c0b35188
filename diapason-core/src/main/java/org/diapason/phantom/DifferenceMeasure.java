package org.diapason.phantom;

import org.diapason.math.Gauss;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * Measures a lesion on an image whose truth is known.
 *
 * <p>The core is what lies {@value #CORE_MM} mm or more inside the true border, where the tissue
 * around it is not mixed in. Mean: of the core. Texture length c: {@code ρ = 1 − S(h)/2V}, S the
 * mean square of differences h = {@value #LAG_MM} mm apart along the axes and V the variance
 * {@value #TEXTURE_MM} mm or more inside the border, {@code ρ = exp(−h²/4L²)}, {@code c² = L² −
 * σ²}, σ of the resolution that the image states. Volume: of the voxels, up to {@value #AROUND_MM}
 * mm outside the true border, beyond the middle between the core and the tissue further out.
 *
 * @param object the lesion
 * @param truth its true values, finely sampled
 * @param before the quantity before the recipe
 * @param image the image after the recipe
 */
record DifferenceMeasure(LesionObject object, Volume truth, Quantity before, Volume image) {
    private static final double CORE_MM = 7;
    private static final double AROUND_MM = 6;
    private static final double LAG_MM = 4;

    /** A texture of the tissue's mean has no border; it only fades where the lesion ends. */
    private static final double TEXTURE_MM = 5;

    /** Returns the mean of the core. */
    double mean() {
        return mean(image.values(), object.distances(image.geometry()), CORE_MM);
    }

    /**
     * Returns what a unit before the recipe is in the image: 1 where the quantity stayed, else the
     * slope of its regression on the truth at the image's resolution, over the lesion and around.
     */
    double slope() {
        if (image.quantity() == before) {
            return 1;
        }
        Geometry g = image.geometry();
        double fwhm = image.fwhmMm().map(w -> w.get(0)).orElse(4.0);
        float[] x = VirtualScanner.reference(fwhm, g.spacing(0)).scan(truth, g, 0).values();
        float[] y = image.values();
        double mx = 0;
        double my = 0;
        for (int v = 0; v < x.length; v++) {
            mx += x[v] / (double) x.length;
            my += y[v] / (double) x.length;
        }
        double xy = 0;
        double xx = 0;
        for (int v = 0; v < x.length; v++) {
            xy += (x[v] - mx) * (y[v] - my);
            xx += (x[v] - mx) * (x[v] - mx);
        }
        return xy / xx;
    }

    /** Returns the correlation of the texture in mm. */
    double lengthMm() {
        Geometry g = image.geometry();
        double[] away = object.distances(g);
        double mean = mean(image.values(), away, TEXTURE_MM);
        double variance = 0;
        double apart = 0;
        double h2 = 0;
        long count = 0;
        long pairs = 0;
        int[] step = {1, g.ni(), g.ni() * g.nj()};
        float[] v = image.values();
        for (int p = 0; p < v.length; p++) {
            if (away[p] > -TEXTURE_MM) {
                continue;
            }
            variance += (v[p] - mean) * (v[p] - mean);
            count++;
            for (int a = 0; a < 3; a++) {
                int lag = (int) Math.max(1, Math.rint(LAG_MM / g.spacing(a)));
                int q = p + lag * step[a];
                if (q < v.length && away[q] <= -TEXTURE_MM) {
                    double d = (double) v[q] - v[p];
                    apart += d * d;
                    h2 += lag * g.spacing(a) * lag * g.spacing(a);
                    pairs++;
                }
            }
        }
        double rho = 1 - apart / pairs / (2 * variance / count);
        double length2 = -h2 / pairs / (4 * StrictMath.log(Math.max(rho, 1e-6)));
        double sigma = image.fwhmMm().map(w -> w.get(0)).orElse(0.0) / Gauss.FWHM_PER_SIGMA;
        return Math.sqrt(Math.max(0, length2 - sigma * sigma));
    }

    /** Returns the volume above half height in mm³. */
    double volumeMm3() {
        double[] away = object.distances(image.geometry());
        float[] v = image.values();
        double core = mean(v, away, CORE_MM);
        double around = mean(v, away, -AROUND_MM);
        double half = (core + around) / 2;
        boolean brighter = core > around;
        long count = 0;
        for (int p = 0; p < v.length; p++) {
            count += away[p] <= AROUND_MM && v[p] > half == brighter ? 1 : 0;
        }
        return count * image.geometry().voxelMm3();
    }

    /** Returns the mean further inside than some mm; of a negative number, further outside. */
    private static double mean(float[] values, double[] away, double insideMm) {
        double sum = 0;
        long count = 0;
        for (int p = 0; p < values.length; p++) {
            if (insideMm > 0 ? away[p] <= -insideMm : away[p] > -insideMm) {
                sum += values[p];
                count++;
            }
        }
        return sum / count;
    }
}
