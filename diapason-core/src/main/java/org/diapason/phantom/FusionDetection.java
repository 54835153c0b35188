package org.diapason.phantom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.fusion.Fused;
import org.diapason.fusion.Fusion;
import org.diapason.fusion.Scale;
import org.diapason.fusion.Weighted;
import org.diapason.math.Gauss;
import org.diapason.math.LaguerreGauss;
import org.diapason.math.Parallel;
import org.diapason.phantom.LesionDetection.Modality;
import org.diapason.stats.Hotelling;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * Is a lesion found more often in the fused image? Slices of a phantom whose truth is known: a ball
 * at a known place or none, as two modalities show it, through any rule of fusion.
 *
 * <p>Each image is {@code lesion + anatomy + noise}: the slice through the middle of the ball after
 * the response of the modality, a normal field of smooth patches that both show each in its own
 * strength (Rolland and Barrett 1992, J. Opt. Soc. Am. A 9(5):649–658, task "signal known exactly,
 * background known statistically"), and white normal noise. Where a misregistration is said, lesion
 * and anatomy of the second modality lie off by a normal shift of that mean distance, another in
 * each pair, as {@code fuse --shift-mm} counts it.
 *
 * <p>The observer is the channelized Hotelling observer: {@value #CHANNELS} Laguerre-Gauss channels
 * ({@link LaguerreGauss}) about the place of the lesion, as wide as a Gaussian of the second moment
 * of ball and response, the mean of both modalities; linear weights by {@link Hotelling}. It is the
 * usual stand-in for the ideal linear observer, for which these channels lose next to nothing with
 * round signals (Gallas and Barrett 2003, doi:10.1364/JOSAA.20.001725). One is learnt for each
 * image on the first half of the pairs, so that no rule is judged by an observer made for another;
 * it judges the second half. {@value #TOGETHER} is one that sees the channels of both modalities
 * beside each other, unfused: what a linear reader could have had.
 *
 * @param first a modality
 * @param second another; the one that may be off
 * @param radiusMm of the lesion
 * @param spacingMm distance of voxels, the same in both
 * @param voxels along a side of the slice, 16 to 512
 * @param anatomy what both show of the patient
 * @param shiftMm mean distance by which the second is off, 0 for registered
 * @param scale on which the images are fused
 * @param images how many pairs there are, half of them with the lesion
 * @param seed makes noise, anatomy and shifts
 */
public record FusionDetection(
        Modality first,
        Modality second,
        double radiusMm,
        double spacingMm,
        int voxels,
        Anatomy anatomy,
        double shiftMm,
        Scale scale,
        int images,
        long seed) {
    public static final int CHANNELS = 10;

    /** The name of the observer that sees both modalities unfused. */
    public static final String TOGETHER = "side-by-side";

    /** Beyond so many widths of the response nothing of the lesion is left. */
    static final double REACH = 1.5;

    /**
     * Smooth patches that both modalities show.
     *
     * @param fwhmMm full width at half maximum of a patch in mm, as it is seen in either
     * @param firstSd standard deviation in the first modality
     * @param secondSd in the second; negative where bright is dark
     */
    public record Anatomy(double fwhmMm, double firstSd, double secondSd) {
        /** An even ground. */
        public static final Anatomy NONE = new Anatomy(20, 0, 0);

        public Anatomy {
            if (!(fwhmMm > 0)
                    || fwhmMm > 1000
                    || !(firstSd >= 0)
                    || Double.isInfinite(firstSd)
                    || !Double.isFinite(secondSd)) {
                throw new IllegalArgumentException(
                        "anatomy needs a width above 0 and at most 1000 mm, and two standard"
                                + " deviations, the first 0 or more; got "
                                + fwhmMm
                                + ", "
                                + firstSd
                                + ", "
                                + secondSd);
            }
        }

        boolean none() {
            return firstSd == 0 && secondSd == 0;
        }
    }

    public FusionDetection {
        if (!(radiusMm > 0) || !(spacingMm > 0)) {
            throw new IllegalArgumentException(
                    "radius and spacing must be above 0 mm, got " + radiusMm + " and " + spacingMm);
        }
        if (!(first.psfMm() > 0) || !(second.psfMm() > 0)) {
            throw new IllegalArgumentException("the responses must be wider than 0 mm");
        }
        if (voxels < 16 || voxels > 512) {
            throw new IllegalArgumentException("voxels must be 16 … 512, got " + voxels);
        }
        double reach = radiusMm + REACH * Math.max(first.psfMm(), second.psfMm());
        if (2 * reach > voxels * spacingMm) {
            throw new IllegalArgumentException(
                    "the lesion and its blur are "
                            + 2 * reach
                            + " mm wide, the slice "
                            + voxels * spacingMm
                            + " mm. Take more voxels.");
        }
        if (!(shiftMm >= 0) || shiftMm > voxels * spacingMm / 8) {
            throw new IllegalArgumentException(
                    "the misregistration must be 0 mm to an eighth of the slice ("
                            + voxels * spacingMm / 8
                            + " mm), got "
                            + shiftMm);
        }
        if (images < 160 || images > 100_000 || images % 4 != 0) {
            throw new IllegalArgumentException(
                    "images must be 160 … 100000 and a multiple of 4, got " + images);
        }
        if (first.name().equals(second.name())) {
            throw new IllegalArgumentException("two modalities need two names");
        }
    }

    /**
     * Runs the experiment.
     *
     * @param rules by the names that the outcome gives them; in their order
     */
    public DetectionScores find(Map<String, ? extends Fusion> rules) {
        List<String> names = new ArrayList<>(List.of(first.name(), second.name(), TOGETHER));
        for (String name : rules.keySet()) {
            if (names.contains(name)) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" names a rule and something else. Rename the modality.");
            }
        }
        names.addAll(rules.keySet());
        DetectionPairs pairs = new DetectionPairs(this);
        double[][] channels = channels(pairs.grid());
        double[][][] seen = new double[names.size()][images][];
        List<Fusion> chosen = List.copyOf(rules.values());
        Parallel.forEach(images, n -> see(n, pairs, chosen, channels, seen));
        boolean[] lesion = new boolean[images];
        for (int n = 0; n < images; n++) {
            lesion[n] = holds(n);
        }
        Map<String, double[]> scores = new LinkedHashMap<>();
        double[] learnt = new double[names.size()];
        for (int m = 0; m < names.size(); m++) {
            learnt[m] = judge(seen[m], lesion, names.get(m), scores);
        }
        return new DetectionScores(
                Arrays.copyOfRange(lesion, images / 2, images),
                scores,
                pairs.separations(),
                List.of(first.name(), second.name()),
                learnt[1] > learnt[0] ? second.name() : first.name());
    }

    /** Says whether a pair holds the lesion: every other one. */
    private static boolean holds(int n) {
        return n % 2 == 0;
    }

    private double[][] channels(Geometry g) {
        double middle = (voxels - 1) / 2.0;
        double variance =
                radiusMm * radiusMm / 4 + (square(first.psfMm()) + square(second.psfMm())) / 2;
        return LaguerreGauss.channels(
                g, middle, middle, Math.sqrt(2 * Math.PI * variance), CHANNELS);
    }

    /** Returns the variance of a Gaussian of a full width at half maximum. */
    private static double square(double fwhm) {
        return fwhm * fwhm / (Gauss.FWHM_PER_SIGMA * Gauss.FWHM_PER_SIGMA);
    }

    private void see(
            int n,
            DetectionPairs pairs,
            List<Fusion> rules,
            double[][] channels,
            double[][][] seen) {
        Geometry g = pairs.grid();
        List<Volume> images = new ArrayList<>();
        for (float[] values : pairs.draw(n, holds(n))) {
            images.add(Volume.of(g, values, Quantity.UNKNOWN));
        }
        // fuse itself puts them on the scale; what it scaled goes to every rule
        List<Volume> scaled =
                Fused.of(
                                new Weighted(),
                                List.of(first.name(), second.name()),
                                images,
                                Optional.of(scale))
                        .inputs();
        List<float[]> inputs = scaled.stream().map(Volume::values).toList();
        double[] a = products(channels, images.get(0).values());
        double[] b = products(channels, images.get(1).values());
        double[] both = Arrays.copyOf(a, 2 * a.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        seen[0][n] = a;
        seen[1][n] = b;
        seen[2][n] = both;
        for (int r = 0; r < rules.size(); r++) {
            seen[3 + r][n] = products(channels, rules.get(r).fuse(g, inputs));
        }
    }

    private static double[] products(double[][] channels, float[] image) {
        double[] out = new double[channels.length];
        for (int c = 0; c < out.length; c++) {
            double sum = 0;
            for (int v = 0; v < image.length; v++) {
                sum += channels[c][v] * image[v];
            }
            out[c] = sum;
        }
        return out;
    }

    /** Learns on the first half, scores the second; returns d' on the first. */
    private double judge(
            double[][] rows, boolean[] lesion, String name, Map<String, double[]> scores) {
        int half = images / 2;
        Hotelling observer = Hotelling.of(Arrays.copyOf(rows, half), Arrays.copyOf(lesion, half));
        double[] said = new double[images - half];
        for (int n = 0; n < said.length; n++) {
            said[n] = observer.score(rows[half + n]);
        }
        scores.put(name, said);
        return observer.separation();
    }
}
