package org.diapason.quality;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.math.Boundary;
import org.diapason.math.Convolve;
import org.diapason.math.Gauss;
import org.diapason.math.Interpolation;
import org.diapason.math.Kernel;
import org.diapason.math.Resample;
import org.diapason.volume.Geometry;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Quality of sharpened bands without a reference: Alparone et al. 2008, Photogrammetric Engineering
 * and Remote Sensing 74(2):193–200.
 *
 * <pre>
 * Dλ  = mean over bands l ≠ r of |Q(Fl, Fr) − Q(Ml, Mr)|
 * Ds  = mean over bands l     of |Q(Fl, P) − Q(Ml, P_low)|
 * QNR = (1 − Dλ)(1 − Ds)
 * </pre>
 *
 * <p>Q is {@link Quality} in squares of {@value #BLOCK} pixels that do not overlap; a square that
 * holds a missing value does not count. P_low is the sharp image blurred to the resolution of the
 * bands by a Gaussian whose transfer at the coarse grid's Nyquist frequency is {@value #GAIN},
 * {@code σ = R √(−2 ln 0.3)/π} fine pixels for a ratio of R, and brought onto their grid where that
 * is coarser.
 */
final class Qnr {
    static final int BLOCK = 32;
    static final double GAIN = 0.3;

    static final List<Metric> METRICS = List.of(Metric.D_LAMBDA, Metric.D_S, Metric.QNR);

    private final Volume fused;
    private final Volume bands;
    private final Volume sharp;
    private final Settings settings;

    /**
     * @param fused the sharpened bands
     * @param bands as they were, on the grid of the fused image or on a coarser one
     * @param sharp the image that lent its sharpness; one channel, on the grid of the fused one
     */
    Qnr(Volume fused, Volume bands, Volume sharp, Settings settings) {
        if (bands.channels() != fused.channels()) {
            throw new RefusedException(
                    "the fused image has "
                            + fused.channels()
                            + " channels and its bands "
                            + bands.channels()
                            + "; they must have as many.");
        }
        this.fused = fused;
        this.bands = bands;
        this.sharp = sharp;
        this.settings = settings;
    }

    Map<Metric, Measured> measured() {
        Measured spectral = spectral();
        Measured spatial = spatial();
        Measured both = Measured.both(Metric.QNR, spectral, spatial, (l, s) -> (1 - l) * (1 - s));
        return Map.of(Metric.D_LAMBDA, spectral, Metric.D_S, spatial, Metric.QNR, both);
    }

    private Measured spectral() {
        if (fused.channels() < 2) {
            return Measured.none(
                    Metric.D_LAMBDA,
                    "spectral distortion compares bands with each other, and there is one.");
        }
        Pairs pairs = new Pairs();
        for (int l = 0; l < fused.channels(); l++) {
            for (int r = l + 1; r < fused.channels(); r++) {
                pairs.add(pair(fused, l, fused.only(r)), pair(bands, l, bands.only(r)));
            }
        }
        return pairs.measured(Metric.D_LAMBDA);
    }

    private Measured spatial() {
        Geometry coarse = bands.geometry();
        Geometry fine = fused.geometry();
        boolean apart = coarse.ni() < fine.ni();
        if (!apart && settings.ratio() == 1) {
            return Measured.none(
                    Metric.D_S,
                    "bands and sharp image lie on one grid, and by how much the bands are coarser"
                            + " was not said. Say it: --ratio 0.25, fine over coarse voxel.");
        }
        Measured found = spatial(degraded(apart, Optional.empty()));
        return settings.literature()
                ? found.with(boxed(spatial(degraded(apart, Optional.of(7)))))
                : found;
    }

    private static Measured.Variant boxed(Measured m) {
        return new Measured.Variant(
                "P_low by a box of 7 × 7",
                m.tally(),
                m.finish(),
                "torchmetrics blurs the sharp image so, whatever the ratio is; it also takes Q in"
                        + " Gaussian windows, which this number does not");
    }

    private Measured spatial(Volume low) {
        Pairs pairs = new Pairs();
        for (int l = 0; l < fused.channels(); l++) {
            pairs.add(pair(fused, l, sharp), pair(bands, l, low));
        }
        return pairs.measured(Metric.D_S);
    }

    /** Returns the sharp image at the resolution and on the grid of the bands. */
    private Volume degraded(boolean apart, Optional<Integer> box) {
        Geometry g = sharp.geometry();
        Geometry to = bands.geometry();
        double perRatio = Math.sqrt(-2 * StrictMath.log(GAIN)) / Math.PI;
        double si = perRatio * (apart ? to.spacing(0) / g.spacing(0) : 1 / settings.ratio());
        double sj = perRatio * (apart ? to.spacing(1) / g.spacing(1) : 1 / settings.ratio());
        float[] blurred =
                box.isPresent()
                        ? box(g, sharp.values(), box.get())
                        : Gauss.blur(g, sharp.values(), si, sj, 0);
        return apart
                ? sharp.onGrid(to, Resample.onto(g, blurred, to, Interpolation.LINEAR))
                : sharp.withValues(blurred);
    }

    private static float[] box(Geometry g, float[] values, int side) {
        float[] out = new float[values.length];
        Kernel kernel = Kernel.centred(Windows.box(side));
        Convolve.along(g, values, 0, kernel, Boundary.MIRROR, out, Convolve.Store.SET);
        Convolve.along(g, out, 1, kernel, Boundary.MIRROR, out, Convolve.Store.SET);
        return out;
    }

    private Pair pair(Volume image, int channel, Volume other) {
        boolean own = image.geometry().voxels() == fused.geometry().voxels();
        boolean[] in = own ? settings.mask().map(m -> m.voxels()).orElse(null) : null;
        Pair.requireSame(image.geometry(), other.geometry(), "images");
        Cells cells = Cells.of(fused.geometry());
        return Pair.of(image.geometry(), image.channel(channel), other.channel(0), in, cells);
    }

    /** Pairs of Q whose distances are averaged. */
    private static final class Pairs {
        private Tally all;
        private int many;

        void add(Pair fine, Pair coarse) {
            Tally both = Quality.inBlocks(fine, BLOCK).beside(Quality.inBlocks(coarse, BLOCK));
            all = all == null ? both : all.beside(both);
            many++;
        }

        Measured measured(Metric metric) {
            int pairs = many;
            return Measured.of(
                    metric,
                    all,
                    sums -> {
                        double sum = 0;
                        for (int p = 0; p < pairs; p++) {
                            int at = 4 * p;
                            sum += Math.abs(sums[at + 1] / sums[at] - sums[at + 3] / sums[at + 2]);
                        }
                        return sum / pairs;
                    },
                    "an image has no square of 32 × 32 pixels with values only.");
        }
    }
}
