package org.diapason.phantom.lab;

import java.util.Arrays;
import java.util.Optional;
import org.diapason.math.Rng;
import org.diapason.phantom.Noise;
import org.diapason.reconstruction.Blur;
import org.diapason.reconstruction.FourierSampling;
import org.diapason.reconstruction.Likelihood;
import org.diapason.reconstruction.ParallelBeam;
import org.diapason.reconstruction.PoissonLikelihood;
import org.diapason.reconstruction.Projector;
import org.diapason.reconstruction.ScanModel;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * What a PET ring and an MR scanner measure of a scene.
 *
 * <p>PET: {@value #VIEWS} views over half a turn, bins as wide as pixels, resolution {@value
 * #PSF_MM} mm, attenuation of the head, randoms and scatter of a known even mean of {@value
 * #RANDOMS} of the true counts. MR: lines of k-space, {@value #CENTRE} in the middle and every
 * second beyond, with normal noise.
 */
final class LabScanner {
    static final int VIEWS = 64;
    static final double PSF_MM = 5;
    static final double RANDOMS = 0.2;
    static final int CENTRE = 24;

    /** Of the MR image in k-space whose transform keeps lengths; white matter is 1. */
    static final double MR_NOISE = 0.03;

    private final LabScene scene;
    private final Projector projector;
    private final float[] through;
    private final float[] mean;

    /**
     * Counts of one scan.
     *
     * @param blurred data of the model that knows the resolution
     * @param sharp the same counts under the model that takes lines for thin
     */
    record Counts(PoissonLikelihood blurred, PoissonLikelihood sharp) {}

    LabScanner(LabScene scene) {
        this.scene = scene;
        int side = LabScene.SIDE;
        double mm = LabScene.PIXEL_MM;
        projector = Projector.of(ParallelBeam.covering(side, mm, VIEWS));
        int fine = side * LabScene.FINER;
        double fineMm = mm / LabScene.FINER;
        Projector lines =
                Projector.of(
                        new ParallelBeam(fine, fine, 1, fineMm, fineMm, side, mm, VIEWS, 0, 180));
        through = lines.attenuation(scene.attenuationPerMm());
        ScanModel truth =
                ScanModel.of(lines, through, Optional.of(psf(LabScene.grid(LabScene.FINER))));
        mean = new float[truth.measurements()];
        truth.forward(scene.activity(), mean);
    }

    /** Returns the response of the ring on a grid. */
    static Blur psf(Geometry grid) {
        return new Blur(grid, Numbers.of(PSF_MM, PSF_MM, 0));
    }

    /**
     * Draws a scan.
     *
     * @param trues the expectation of all counts from the head
     */
    Counts counts(double trues, long seed) {
        double sum = 0;
        for (float m : mean) {
            sum += m;
        }
        double scale = trues / sum;
        float[] background = new float[mean.length];
        Arrays.fill(background, (float) (RANDOMS * trues / mean.length));
        float[] counts = new float[mean.length];
        float[] factors = new float[mean.length];
        Noise.Drawn drawn = new Noise.Poisson(1).on(LabScene.grid(), seed);
        for (int m = 0; m < mean.length; m++) {
            counts[m] = (float) drawn.of(m, scale * mean[m] + background[m]);
            factors[m] = (float) (scale * through[m]);
        }
        ScanModel blurred = ScanModel.of(projector, factors, Optional.of(psf(LabScene.grid())));
        ScanModel sharp = ScanModel.of(projector, factors, Optional.empty());
        return new Counts(
                PoissonLikelihood.of(blurred, counts, background),
                PoissonLikelihood.of(sharp, counts, background));
    }

    /** Draws the MR data of the head moved along x. */
    Likelihood mr(double shiftMm, long seed) {
        int side = LabScene.SIDE;
        FourierSampling lines =
                FourierSampling.of(side, side, 1, FourierSampling.lines(side, side, CENTRE, 2));
        float[] z = new float[lines.measurements()];
        lines.forward(LabScene.pixels(scene.anatomy(shiftMm)), z);
        Rng rng = new Rng(seed);
        for (int m = 0; m < z.length; m++) {
            z[m] += (float) (MR_NOISE * rng.nextGaussian());
        }
        return Likelihood.gaussian(lines, z, MR_NOISE);
    }
}
