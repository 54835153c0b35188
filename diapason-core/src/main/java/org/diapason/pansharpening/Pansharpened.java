package org.diapason.pansharpening;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.diapason.fusion.Fused;
import org.diapason.math.Gauss;
import org.diapason.math.Grid;
import org.diapason.quality.Figure;
import org.diapason.quality.FusionQuality;
import org.diapason.quality.Metric;
import org.diapason.quality.Settings;
import org.diapason.step.Names;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Bands on the grid of a sharp image with its detail, what their numbers mean, and whether they are
 * any better for it.
 *
 * <p>A band keeps its quantity where the rule adds detail only, and the result, degraded to the
 * band's resolution, is not further from the band than the band left alone: then means over regions
 * wider than that resolution are the band's. Single voxels are never measured: their detail is the
 * sharp image's. Of every other rule it is {@link Quantity#FUSED}.
 *
 * <p>Refused: bands on several grids, or of several widths or, where a component is substituted,
 * quantities; a single band for a rule that would return the sharp image; bands no coarser than the
 * sharp image, or of unknown resolution.
 */
public final class Pansharpened {
    private static final double SAME_WIDTH = 0.01;

    /** Of the error of the band left alone: what more is rounding. */
    private static final double ROUNDING = 0.01;

    private final Sharpening rule;
    private final Degradation way;
    private final Volume sharp;
    private final List<Volume> given;
    private final List<Band> bands;
    private final Wald wald;

    /**
     * A band that was sharpened.
     *
     * @param fused the result on the grid of the sharp image, beside the band interpolated there
     * @param gain of the detail; NaN where it is multiplied
     * @param consistency of the result with the band
     * @param untouched of the band left alone
     * @param nanVoxels voxels without a value: gaps of sharp image or bands, or outside their field
     * @param leftVoxels voxels left as they were because a quotient had next to nothing below it
     */
    public record Band(
            Fused fused,
            double gain,
            Consistency consistency,
            Consistency untouched,
            long nanVoxels,
            long leftVoxels) {

        public String name() {
            return fused.names().get(0);
        }

        /**
         * Returns what became of the values inside a mask, against the band interpolated.
         *
         * @throws RefusedException if the mask does not lie on the grid of the sharp image, or
         *     holds no value
         */
        public Fused.Drift drift(Mask mask) {
            onGrid(mask, fused.volume().geometry());
            return fused.drift(mask).get(0);
        }

        /** Returns what the numbers mean, in words. */
        public String meaning() {
            Quantity q = fused.volume().quantity();
            String unit = q == Quantity.UNKNOWN ? "those of the band" : q.label();
            return fused.notQuantitative()
                    .map(why -> "sharpened, not quantitative (" + why + ")")
                    .orElse(
                            unit
                                    + " as means over regions wider than the band's resolution; the"
                                    + " detail is the sharp image's");
        }
    }

    private Pansharpened(
            Sharpening rule,
            Degradation way,
            Volume sharp,
            List<Volume> given,
            List<Band> bands,
            Wald wald) {
        this.rule = rule;
        this.way = way;
        this.sharp = sharp;
        this.given = given;
        this.bands = bands;
        this.wald = wald;
    }

    /**
     * Sharpens bands.
     *
     * @param names of the bands, for messages
     * @param given the bands, one or more, on one grid: that of the sharp image or their own
     * @param within the voxels of the sharp image over which is fitted; empty for all
     */
    public static Pansharpened of(
            Sharpening rule,
            Volume sharp,
            List<String> names,
            List<Volume> given,
            Resolution said,
            Optional<Mask> within) {
        requireAlike(rule, names, given);
        Degradation way = Degradation.of(sharp, given.get(0), said);
        boolean[] in = within.map(m -> onGrid(m, way.fine())).orElse(null);
        float[] p = finite(sharp.values());
        List<float[]> raw = given.stream().map(b -> finite(b.values())).toList();
        List<float[]> fine = raw.stream().map(way::expanded).toList();
        Scene scene = new Scene(way, p, fine, in);
        if (scene.countWith(p) < 2) {
            throw new RefusedException(
                    "sharp image and bands have no voxel in common where all have a value"
                            + (in == null ? "" : " within the mask")
                            + ". Check that they belong together; an image that was not registered"
                            + " yet is brought there first: diapason register.");
        }
        List<Injection> how = rule.injections(scene);
        List<Band> bands = new ArrayList<>();
        for (int m = 0; m < fine.size(); m++) {
            bands.add(
                    band(
                            rule,
                            way,
                            how.get(m),
                            p,
                            names.get(m),
                            given.get(m),
                            raw.get(m),
                            fine.get(m)));
        }
        Wald wald = Wald.of(rule, way, p, names, raw, in);
        return new Pansharpened(rule, way, sharp, List.copyOf(given), List.copyOf(bands), wald);
    }

    private static Band band(
            Sharpening rule,
            Degradation way,
            Injection how,
            float[] sharp,
            String name,
            Volume given,
            float[] raw,
            float[] fine) {
        AtomicLong left = new AtomicLong();
        float[] f = how.into(fine, sharp, left);
        long none = 0;
        for (float x : f) {
            none += Float.isNaN(x) ? 1 : 0;
        }
        Consistency after = Consistency.of(way, f, raw);
        Consistency before = Consistency.of(way, fine, raw);
        Optional<String> why = Optional.empty();
        if (given.quantity() == Quantity.FUSED) {
            why = Optional.of("the band measures nothing since it was fused");
        } else if (rule.substitutes()) {
            why = Optional.of("the rule puts the sharp image in the place of the bands' intensity");
        } else if (after.rms() > (1 + ROUNDING) * before.rms()) {
            why =
                    Optional.of(
                            "degraded again it is further from the band than the band left alone");
        }
        Quantity quantity = why.isPresent() ? Quantity.FUSED : given.quantity();
        boolean resampled = way.apart() || given.resampled();
        Volume volume = Volume.of(way.fine(), f, quantity).withResampled(resampled);
        Volume interpolated = Volume.of(way.fine(), fine, given.quantity());
        Fused fused = new Fused(volume, List.of(name), List.of(interpolated), why);
        return new Band(fused, how.gain(), after, before, none, left.get());
    }

    private static void requireAlike(Sharpening rule, List<String> names, List<Volume> bands) {
        if (bands.isEmpty()) {
            throw new IllegalArgumentException("pansharpening needs a band or more, got none");
        }
        Volume first = bands.get(0);
        for (int m = 0; m < bands.size(); m++) {
            Volume one = bands.get(m);
            one.values(); // refuses several channels
            String pair = names.get(m) + " and " + names.get(0);
            if (!Degradation.sameGrid(first.geometry(), one.geometry())) {
                throw new RefusedException(
                        pair
                                + " lie on different grids. Bring the bands to one first: common-grid"
                                + " in a recipe, or diapason warp IN T OUT --like "
                                + names.get(0)
                                + ".");
            }
            if (rule.substitutes() && one.quantity() != first.quantity()) {
                throw new RefusedException(
                        pair
                                + " have different quantities ("
                                + one.quantity().label()
                                + " and "
                                + first.quantity().label()
                                + "), and "
                                + Names.of(rule)
                                + " adds them up. Take mtf-glp, atwt or hpf, which treat each band"
                                + " alone.");
            }
            if (!sameWidth(first, one)) {
                throw new RefusedException(
                        pair
                                + " have different resolutions. Match them first (match-fwhm), sharpen"
                                + " them one by one, or say one width for all: fwhm-mm.");
            }
        }
    }

    private static boolean sameWidth(Volume one, Volume other) {
        if (one.fwhmMm().isEmpty() || other.fwhmMm().isEmpty()) {
            return one.fwhmMm().isEmpty() == other.fwhmMm().isEmpty();
        }
        boolean same = true;
        for (int a = 0; a < 3; a++) {
            double mm = one.fwhmMm().get().get(a);
            same &= Math.abs(mm - other.fwhmMm().get().get(a)) <= SAME_WIDTH * mm;
        }
        return same;
    }

    private static boolean[] onGrid(Mask mask, Geometry fine) {
        if (!Degradation.sameGrid(mask.geometry(), fine)) {
            throw new RefusedException(
                    "the mask lies on another grid than the sharp image. Draw it there, or bring it"
                            + " there: diapason warp.");
        }
        return mask.voxels();
    }

    private static float[] finite(float[] values) {
        float[] out = values;
        for (int v = 0; v < values.length; v++) {
            if (Float.isInfinite(values[v])) {
                out = out == values ? values.clone() : out;
                out[v] = Float.NaN;
            }
        }
        return out;
    }

    /** Returns the sharpened bands in their order. */
    public List<Band> bands() {
        return bands;
    }

    /** Returns what the rule does one resolution step down. */
    public Wald wald() {
        return wald;
    }

    /** Returns the width of the blur between sharp image and bands in mm, along i, j, k. */
    public Numbers fwhmMm() {
        double[] mm = way.sigmaMm().toArray();
        for (int a = 0; a < 3; a++) {
            mm[a] *= Gauss.FWHM_PER_SIGMA;
        }
        return Numbers.of(mm);
    }

    /** Returns by how much the bands are coarser along i, j, k; 1 where they are not. */
    public Numbers ratio() {
        return way.ratio();
    }

    /**
     * Returns why the result is worse than the bands left alone, one resolution step down; empty
     * where it is not, or could not be judged.
     */
    public Optional<String> harm() {
        List<Wald.Judged> harmed = wald.harmed();
        if (harmed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                Names.of(rule)
                        + " does harm: one resolution step down, where the truth is known, it is further"
                        + " from it than the band left alone ("
                        + harmed.stream()
                                .map(Pansharpened::errors)
                                .collect(Collectors.joining("; "))
                        + ").");
    }

    private static String errors(Wald.Judged j) {
        return j.name()
                + ": RMSE "
                + Numbers.fixed(j.rmse(), 4)
                + " against "
                + Numbers.fixed(j.untouchedRmse(), 4);
    }

    /**
     * Refuses a result that is worse than the bands left alone.
     *
     * @throws RefusedException if there is {@link #harm}
     */
    public void refuseHarm() {
        if (harm().isPresent()) {
            throw new RefusedException(
                    harm().get()
                            + " Take another rule (mtf-glp with gain: regression adds least where the"
                            + " images have little in common), leave the bands as they are, or say"
                            + " harm: warn (--harm warn) to have it all the same.");
        }
    }

    /**
     * Returns the quality at full resolution, where no truth is known: Dλ, Ds and QNR. What is
     * compared is within slices.
     */
    public Map<Metric, Figure> fullResolution() {
        Geometry fine = way.fine();
        Geometry coarse = way.bands();
        List<float[]> made = bands.stream().map(b -> b.fused().volume().values()).toList();
        List<float[]> alone = bands.stream().map(b -> b.fused().inputs().get(0).values()).toList();
        List<float[]> raw = given.stream().map(Volume::values).toList();
        boolean own =
                Grid.parallel(fine, coarse) && coarse.ni() < fine.ni() && coarse.nj() < fine.nj();
        double inPlane = Math.sqrt(way.ratio().get(0) * way.ratio().get(1));
        Set<Metric> wanted = EnumSet.of(Metric.D_LAMBDA, Metric.D_S, Metric.QNR);
        return FusionQuality.of(
                        Wald.volume(fine, made),
                        sharp,
                        Wald.volume(fine, alone),
                        Optional.of(FusionQuality.Sharp.A),
                        own ? Optional.of(Wald.volume(coarse, raw)) : Optional.empty(),
                        wanted,
                        Settings.usual().withRatio(1 / inPlane))
                .together();
    }
}
