package org.diapason.reconstruction;

import java.util.Arrays;
import org.diapason.math.NoiseSd;
import org.diapason.math.Otsu;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * A blurred and noisy image as data: which voxels count, how large its noise is, its likelihood.
 */
final class Measured {
    /** Under Poisson noise: variance that is there without activity, over that of the mean. */
    private static final double AIR = 0.1;

    /**
     * How many times the noise between neighbours that two voxels apart may be: white noise has 1
     * to 2 with structure beneath; 19 sarcoma PET as reconstructed have 2.2 to 4.5; interpolated to
     * half the spacing 1.5 to 9, where the first is a third to a tenth of the truth. A larger one
     * is refused and a smaller one told.
     */
    private static final double SHARED = 5;

    final Geometry grid;
    final Volume image;
    final MapFusion.Noise likelihood;
    final boolean[] counts;
    final int counted;
    final double noise;

    /** As estimated two voxels apart; NaN where the noise was given. */
    final double noiseFar;

    final double level;

    /** Of z and of what is computed, in the unit of the image: the variance of a count of 1. */
    final double unit;

    final float[] z;
    final Blur blur;
    private final Numbers fwhmMm;

    Measured(Volume image, MapFusion.Settings settings) {
        this.image = image;
        likelihood = settings.likelihood();
        grid = image.geometry();
        fwhmMm = settings.fwhmMm();
        blur = new Blur(grid, fwhmMm);
        counts = counts(image.values());
        int many = 0;
        double sum = 0;
        for (int p = 0; p < counts.length; p++) {
            many += counts[p] ? 1 : 0;
            sum += counts[p] ? image.values()[p] : 0;
        }
        counted = many;
        boolean given = settings.noise().isPresent();
        noise = given ? settings.noise().getAsDouble() : estimated();
        noiseFar = given ? Double.NaN : far();
        double mean = sum / many;
        unit = likelihood == MapFusion.Noise.POISSON ? noise * noise / mean : 1;
        z = new float[counts.length];
        for (int p = 0; p < z.length; p++) {
            z[p] = (float) (image.values()[p] / unit);
        }
        level = mean / unit;
    }

    /** The same in larger voxels; what counts is asked of the finer. */
    private Measured(Measured finer, Coarser coarser) {
        image = finer.image;
        likelihood = finer.likelihood;
        grid = coarser.grid;
        blur = new Blur(grid, finer.fwhmMm);
        fwhmMm = finer.fwhmMm;
        counts = finer.counts;
        counted = finer.counted;
        noise = finer.noise / Math.sqrt(coarser.block);
        noiseFar = finer.noiseFar;
        unit = likelihood == MapFusion.Noise.POISSON ? finer.unit / coarser.block : finer.unit;
        z = coarser.means(finer.z, finer.unit / unit);
        level = finer.level * finer.unit / unit;
    }

    /** Returns the same in larger voxels, to be solved only. */
    Measured in(Coarser coarser) {
        return new Measured(this, coarser);
    }

    /** Returns the voxels that are not air. */
    private static boolean[] counts(float[] values) {
        float[] sorted = new float[values.length];
        int n = 0;
        for (float v : values) {
            if (v > 0 && v < Float.POSITIVE_INFINITY) {
                sorted[n++] = v;
            }
        }
        if (n == 0) {
            throw new RefusedException(
                    "the image has no value above 0, so there is nothing to fuse");
        }
        Arrays.sort(sorted, 0, n);
        float most = sorted[Math.min(n - 1, n - n / 20)];
        for (int p = 0; p < values.length; p++) {
            sorted[p] = values[p] == values[p] ? Math.max(0, Math.min(most, values[p])) : 0;
        }
        double threshold = Otsu.threshold(sorted);
        boolean[] counts = new boolean[values.length];
        for (int p = 0; p < values.length; p++) {
            counts[p] = values[p] >= threshold;
        }
        return counts;
    }

    private double estimated() {
        double sd = NoiseSd.of(grid, image.values(), counts).orElse(0);
        if (!(sd > 0)) {
            throw new RefusedException(
                    "no noise can be found in the image, so nothing tells how much of it is to be"
                            + " explained. Say it: --noise SD.");
        }
        return sd;
    }

    private double far() {
        double far = NoiseSd.of(grid, image.values(), counts, 2).orElse(noise);
        if (far > SHARED * noise) {
            throw new RefusedException(
                    "the noise cannot be told from the image: between neighbours it is "
                            + Numbers.power(noise, 3)
                            + ", two voxels apart "
                            + Numbers.power(far, 3)
                            + ". The image was interpolated to this grid, or has next to no noise."
                            + " Say it: --noise SD, or fuse on the grid it was reconstructed on.");
        }
        return far;
    }

    /** Returns the root of the mean square over the voxels that count. */
    double rms(float[] x) {
        double sum = 0;
        for (int p = 0; p < x.length; p++) {
            sum += counts[p] ? (double) x[p] * x[p] : 0;
        }
        return Math.sqrt(sum / counted);
    }

    /** Returns the same of the gradients. */
    double gradients(float[] x) {
        float[] squares = GuideEdges.squares(grid, x, 1);
        double sum = 0;
        for (int p = 0; p < x.length; p++) {
            sum += counts[p] ? squares[p] : 0;
        }
        return Math.sqrt(sum / counted);
    }

    DataTerm data(float[] values) {
        return likelihood == MapFusion.Noise.POISSON
                ? DataTerm.poisson(raised(values, Float.NaN), raised(new float[z.length], 0))
                : DataTerm.gaussian(values, noise);
    }

    Likelihood likelihood() {
        return Likelihood.of(blur, data(z));
    }

    /** Returns values plus what air counts as; values that would stay below 0 are air. */
    private float[] raised(float[] values, float gap) {
        float by = (float) (AIR * level);
        float[] out = new float[values.length];
        for (int p = 0; p < out.length; p++) {
            out[p] = values[p] == values[p] ? Math.max(0, values[p] + by) : gap;
        }
        return out;
    }

    /** Returns 2F/N of an image in the voxels that count. */
    double discrepancy(float[] u) {
        float[] where = new float[z.length];
        for (int p = 0; p < z.length; p++) {
            where[p] = counts[p] ? z[p] : Float.NaN;
        }
        float[] predicted = new float[z.length];
        blur.forward(u, predicted);
        return 2 * data(where).value(predicted) / counted;
    }
}
