package org.diapason.phantom;

import java.util.LinkedHashMap;
import java.util.Map;
import org.diapason.math.Gauss;
import org.diapason.math.Rng;
import org.diapason.math.SplineJet;
import org.diapason.phantom.LesionDetection.Modality;
import org.diapason.registration.ErrorCovariance;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/** Draws the pairs of images of a {@link FusionDetection}: each from a stream of its own. */
final class DetectionPairs {
    /** Beyond so many standard deviations of patch or shift nothing matters. */
    private static final double WIDE = 5;

    private final FusionDetection of;
    private final Geometry grid;
    private final float[][] signal;
    private final SplineJet movable;
    private final double shiftSd;

    DetectionPairs(FusionDetection of) {
        this.of = of;
        grid = VirtualScanner.centred(of.voxels(), of.voxels(), 1, of.spacingMm(), of.spacingMm());
        signal = new float[][] {lesion(of.first()), lesion(of.second())};
        movable = new SplineJet(grid, signal[1]);
        shiftSd = of.shiftMm() / ErrorCovariance.meanLength(grid) / of.spacingMm();
    }

    Geometry grid() {
        return grid;
    }

    private float[] lesion(Modality m) {
        double wide = 2 * (of.radiusMm() + FusionDetection.REACH * m.psfMm());
        Numbers field = Numbers.of(wide, wide, wide);
        return LesionDetection.ball(m, of.radiusMm(), field, of.spacingMm(), grid);
    }

    /** Returns |s|/σ where nothing but white noise hides a lesion whose place is known. */
    Map<String, Double> separations() {
        Map<String, Double> d = new LinkedHashMap<>();
        if (of.anatomy().none()) {
            d.put(of.first().name(), norm(signal[0]) / of.first().noiseSd());
            if (of.shiftMm() == 0) {
                d.put(of.second().name(), norm(signal[1]) / of.second().noiseSd());
            }
        }
        return d;
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float v : values) {
            sum += (double) v * v;
        }
        return Math.sqrt(sum);
    }

    float[][] draw(int n, boolean holds) {
        Rng rng = new Rng(Rng.seed(of.seed(), "pair " + n));
        double[] by = {shiftSd * rng.nextGaussian(), shiftSd * rng.nextGaussian()};
        float[][] image = new float[2][grid.voxels()];
        if (holds) {
            image[0] = signal[0].clone();
            image[1] = shiftSd > 0 ? moved(movable, grid, by, 0) : signal[1].clone();
        }
        if (!of.anatomy().none()) {
            addAnatomy(rng, by, image);
        }
        for (int v = 0; v < grid.voxels(); v++) {
            image[0][v] += (float) (of.first().noiseSd() * rng.nextGaussian());
            image[1][v] += (float) (of.second().noiseSd() * rng.nextGaussian());
        }
        return image;
    }

    private void addAnatomy(Rng rng, double[] by, float[][] image) {
        double sigma = of.anatomy().fwhmMm() / Gauss.FWHM_PER_SIGMA / of.spacingMm();
        int margin = 1 + (int) Math.ceil(WIDE * sigma + WIDE * shiftSd);
        int side = of.voxels() + 2 * margin;
        Geometry wide = VirtualScanner.centred(side, side, 1, of.spacingMm(), of.spacingMm());
        float[] white = new float[wide.voxels()];
        for (int v = 0; v < white.length; v++) {
            white[v] = (float) rng.nextGaussian();
        }
        float[] field = Gauss.blur(wide, white, sigma, sigma, 0);
        double unit = 1 / squares(Gauss.kernel(sigma));
        SplineJet spline = shiftSd > 0 ? new SplineJet(wide, field) : null;
        float[] here = cut(field, wide, margin);
        float[] there = spline == null ? here : moved(spline, grid, by, margin);
        for (int v = 0; v < here.length; v++) {
            image[0][v] += (float) (of.anatomy().firstSd() * unit * here[v]);
            image[1][v] += (float) (of.anatomy().secondSd() * unit * there[v]);
        }
    }

    /** Returns the sum of squared weights of a line: the variance left of white noise. */
    private static double squares(double[] kernel) {
        double sum = kernel[0] * kernel[0];
        for (int t = 1; t < kernel.length; t++) {
            sum += 2 * kernel[t] * kernel[t];
        }
        return sum;
    }

    private float[] cut(float[] from, Geometry wide, int margin) {
        float[] out = new float[grid.voxels()];
        for (int j = 0; j < grid.nj(); j++) {
            int at = wide.index(margin, j + margin, 0);
            System.arraycopy(from, at, out, j * grid.ni(), grid.ni());
        }
        return out;
    }

    /** Returns what lay at x at x + by, in voxels. */
    private static float[] moved(SplineJet from, Geometry to, double[] by, int margin) {
        float[] out = new float[to.voxels()];
        SplineJet.Reader reader = from.reader();
        for (int j = 0; j < to.nj(); j++) {
            for (int i = 0; i < to.ni(); i++) {
                reader.read(i + margin - by[0], j + margin - by[1], 0);
                out[to.index(i, j, 0)] = (float) reader.value();
            }
        }
        return out;
    }
}
