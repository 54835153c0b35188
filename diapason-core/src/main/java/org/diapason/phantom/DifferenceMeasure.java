package org.diapason.phantom;

import java.util.Optional;
import org.diapason.math.Gauss;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Measures a lesion on an image whose truth is known.
 *
 * <p>The core is what lies {@value #CORE_MM} mm or more inside the true border, where the tissue
 * around it is not mixed in. Mean: of the core. Volume: of the voxels, up to {@value #AROUND_MM} mm
 * outside the true border, beyond the middle between the core and the tissue further out. Texture:
 * {@link Texture}.
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
        VirtualScanner reference =
                new VirtualScanner(
                        "reference",
                        1,
                        0,
                        fwhmMm(),
                        g.spacingMm(),
                        Numbers.of(0),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false);
        float[] x = reference.scan(truth, g, 0).values();
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

    private Numbers fwhmMm() {
        return image.fwhmMm()
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        "the image after the recipe states no resolution, so what it"
                                                + " should show of the truth is not known. Remove the"
                                                + " step that drops it."));
    }

    /**
     * Sums over the texture of a lesion, which add up over lesions.
     *
     * <p>V is the mean square about the lesion's own mean, which is that of the field by the way
     * lesions are drawn; S, along an axis, the mean square of differences h = {@value #LAG_MM} mm
     * apart, both {@value #TEXTURE_MM} mm or more inside the border. {@code ρ = 1 − S/2V =
     * exp(−h²/4L²)}, and the length is {@code c² = L² − σ²}, σ of the resolution that the image
     * states along that axis, mean of c² over the axes.
     *
     * @param square sum of squares
     * @param count voxels
     * @param apart sum of squared differences along i, j, k
     * @param pairs pairs along i, j, k
     * @param lagMm h along i, j, k
     * @param sigmaMm σ along i, j, k
     */
    record Texture(
            double square,
            long count,
            double[] apart,
            long[] pairs,
            double[] lagMm,
            double[] sigmaMm) {

        /** Returns the correlation of the texture of several lesions in mm, without one of them. */
        static double lengthMm(Texture[] all, int without) {
            double c2 = 0;
            for (int a = 0; a < 3; a++) {
                double square = 0;
                double apart = 0;
                long count = 0;
                long pairs = 0;
                for (int n = 0; n < all.length; n++) {
                    if (n != without) {
                        square += all[n].square;
                        count += all[n].count;
                        apart += all[n].apart[a];
                        pairs += all[n].pairs[a];
                    }
                }
                double rho = 1 - apart / pairs / (2 * square / count);
                double h = all[0].lagMm[a];
                double sigma = all[0].sigmaMm[a];
                double length2 = -h * h / (4 * StrictMath.log(Math.max(rho, 1e-6)));
                c2 += (length2 - sigma * sigma) / 3;
            }
            return Math.sqrt(Math.max(0, c2));
        }
    }

    /** Returns the sums over the texture. */
    Texture texture() {
        Geometry g = image.geometry();
        double[] away = object.distances(g);
        float[] v = image.values();
        double mean = mean(v, away, 0);
        double square = 0;
        long count = 0;
        double[] apart = new double[3];
        long[] pairs = new long[3];
        int[] step = {1, g.ni(), g.ni() * g.nj()};
        int[] lag = new int[3];
        double[] lagMm = new double[3];
        double[] sigma = new double[3];
        for (int a = 0; a < 3; a++) {
            lag[a] = (int) Math.max(1, Math.rint(LAG_MM / g.spacing(a)));
            lagMm[a] = lag[a] * g.spacing(a);
            sigma[a] = fwhmMm().get(a) / Gauss.FWHM_PER_SIGMA;
        }
        for (int p = 0; p < v.length; p++) {
            if (away[p] > -TEXTURE_MM) {
                continue;
            }
            square += (v[p] - mean) * (v[p] - mean);
            count++;
            for (int a = 0; a < 3; a++) {
                int q = p + lag[a] * step[a];
                if (q < v.length && away[q] <= -TEXTURE_MM) {
                    double d = (double) v[q] - v[p];
                    apart[a] += d * d;
                    pairs[a]++;
                }
            }
        }
        return new Texture(square, count, apart, pairs, lagMm, sigma);
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

    /** Returns the mean some mm or more inside; of a negative number, further outside. */
    private static double mean(float[] values, double[] away, double insideMm) {
        double sum = 0;
        long count = 0;
        for (int p = 0; p < values.length; p++) {
            if (insideMm >= 0 ? away[p] <= -insideMm : away[p] > -insideMm) {
                sum += values[p];
                count++;
            }
        }
        return sum / count;
    }
}
