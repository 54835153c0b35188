package org.diapason.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import org.diapason.step.Default;
import org.diapason.step.Extractor;
import org.diapason.step.FeatureInfo;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Measures IBSI features of one image in one mask: volume, intensity statistics, intensity
 * histogram and co-occurrence (3-D averaged and 3-D merged).
 *
 * <p>Columns are {@code <image>.<tag>} with the tags of the consensus tables; those that depend on
 * levels end with the discretisation: {@code ct.stat_mean}, {@code ct.ih_entropy.fbs10}, {@code
 * ct.cm_contrast_3D_avg.fbn32}, {@code ct.cm_contrast_3D_comb.fbn32}.
 *
 * <p>Compression with loss smooths and makes blocks, so texture of an image that says it went
 * through one (LossyImageCompression) is NaN, with a warning.
 *
 * <p>Voxels of the mask without a finite value are left out of everything but the volume and are
 * counted. An undefined feature is NaN. A mask without a voxel fails the exam; a mask on another
 * grid than the image is refused.
 *
 * <p>Method: Zwanenburg et al., IBSI reference manual, arXiv:1612.07003, chapters 2 and 3.
 *
 * @param image name of the image to measure
 * @param mask name of the mask to measure in
 * @param region name of the region in the table; the name of the mask when not given
 * @param discretisations how intensities become levels, one set of columns each; when none is
 *     given: HU by bins of 10 from −200, SUVbw by bins of 0.5 from 0, all else by 32 bins
 * @param lowerBound voxels below it are left out of all but the volume (range re-segmentation), in
 *     the image's unit; also the origin of bins of fixed width
 * @param upperBound voxels above it are left out of all but the volume, in the image's unit
 * @param outlierSd voxels further from the mean of the mask than this many standard deviations are
 *     left out of all but the volume; both are taken before any bound is applied
 * @param allowLossy measure texture also where the scanner's pixels were once compressed with loss
 */
public record Ibsi(
        String image,
        String mask,
        @Default("") Optional<String> region,
        @Default("") List<Discretisation> discretisations,
        @Default("") OptionalDouble lowerBound,
        @Default("") OptionalDouble upperBound,
        @Default("") OptionalDouble outlierSd,
        @Default("false") boolean allowLossy)
        implements Extractor {

    private static final Feature VOLUME =
            new Feature("morph_vol_approx", "Volume (voxel counting)", "YEKZ", "mm³");

    public Ibsi {
        discretisations = List.copyOf(discretisations);
        long suffixes = discretisations.stream().map(Discretisation::suffix).distinct().count();
        if (suffixes < discretisations.size()) {
            throw new IllegalArgumentException(
                    "two discretisations would share their columns: each needs its own bin-width or"
                            + " bin-count");
        }
        double low = lowerBound.orElse(Double.NEGATIVE_INFINITY);
        double high = upperBound.orElse(Double.POSITIVE_INFINITY);
        if (!(low < high)) {
            throw new IllegalArgumentException(
                    "lower-bound must be below upper-bound, got " + low + " and " + high);
        }
        if (outlierSd.isPresent() && !(outlierSd.getAsDouble() > 0)) {
            throw new IllegalArgumentException(
                    "outlier-sd must be positive, got " + outlierSd.getAsDouble());
        }
    }

    /** Returns an extractor without re-segmentation. */
    public static Ibsi of(String image, String mask, Discretisation... discretisations) {
        return new Ibsi(
                image,
                mask,
                Optional.empty(),
                List.of(discretisations),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                false);
    }

    /** Returns a table of one row. */
    @Override
    public FeatureTable apply(Exam exam, Trace trace) {
        String who = "exam " + exam.id() + ", image " + image + ", mask " + mask;
        Volume volume = exam.image(image).volume();
        int inMask = exam.mask(mask).count();
        Region whole = Region.of(volume, exam.mask(mask), who);
        note(trace, "voxels", inMask);
        note(trace, "nanVoxels", inMask - whole.size());
        if (whole.size() == 0) {
            throw new DataException(
                    who
                            + ": none of the "
                            + inMask
                            + " voxels has a value. Correct the mask or leave this exam out.");
        }
        Region measured = resegmented(whole, who, trace);
        List<String> columns = new ArrayList<>();
        List<Double> row = new ArrayList<>();
        BiConsumer<String, Double> add =
                (column, value) -> {
                    columns.add(column);
                    row.add(value);
                };
        add.accept(column(VOLUME.tag()), inMask * volume.geometry().voxelMm3());
        double[] statistics = IntensityStatistics.of(measured.values());
        add(IntensityStatistics.FEATURES, "", "", statistics, add);
        boolean texture = allowLossy || !lossy(exam, who, trace);
        for (Discretisation d : used(volume.quantity())) {
            discretised(d, measured, volume.quantity(), texture, who, trace, add);
        }
        return FeatureTable.of(
                columns,
                List.of(exam.id()),
                List.of(region.orElse(mask)),
                new double[][] {row.stream().mapToDouble(Double::doubleValue).toArray()},
                List.of(exam.covariates()));
    }

    /**
     * Returns what each column means, in the order of the columns. Without a discretisation the
     * quantity of the image decides, so all three customary ones are listed; a table has one.
     */
    @Override
    public List<FeatureInfo> dictionary() {
        List<FeatureInfo> infos = new ArrayList<>();
        infos.add(info(VOLUME, "", "", "native grid of the mask"));
        describe(infos, IntensityStatistics.FEATURES, "", "", "3-D" + bounds());
        List<Discretisation> all =
                !discretisations.isEmpty()
                        ? discretisations
                        : List.of(
                                Discretisation.of(Quantity.HU),
                                Discretisation.of(Quantity.SUV_BW),
                                Discretisation.of(Quantity.UNKNOWN));
        for (Discretisation d : all) {
            String end = "." + d.suffix();
            String rule = ", " + d.words() + bounds();
            describe(infos, IntensityHistogram.FEATURES, "", end, "3-D" + rule);
            String pairs = ", distance 1, symmetric" + rule;
            describe(infos, GlcmFeatures.FEATURES, "_3D_avg", end, "3-D average" + pairs);
            describe(infos, GlcmFeatures.FEATURES, "_3D_comb", end, "3-D merged" + pairs);
        }
        return List.copyOf(infos);
    }

    private boolean lossy(Exam exam, String who, Trace trace) {
        boolean lossy =
                exam.image(image)
                        .tags()
                        .text("LossyImageCompression")
                        .filter(text -> text.startsWith("01"))
                        .isPresent();
        if (lossy) {
            trace.warn(
                    who
                            + ": the pixels were once compressed with loss (LossyImageCompression"
                            + " (0028,2110) is 01), so texture is not measured. Get the original"
                            + " series, or set allow-lossy.");
        }
        return lossy;
    }

    private List<Discretisation> used(Quantity quantity) {
        return discretisations.isEmpty() ? List.of(Discretisation.of(quantity)) : discretisations;
    }

    private Region resegmented(Region whole, String who, Trace trace) {
        double low = lowerBound.orElse(Double.NEGATIVE_INFINITY);
        double high = upperBound.orElse(Double.POSITIVE_INFINITY);
        if (outlierSd.isPresent()) {
            Distribution d = Distribution.of(whole.values());
            double reach = outlierSd.getAsDouble() * Math.sqrt(d.variance());
            low = Math.max(low, d.mean() - reach);
            high = Math.min(high, d.mean() + reach);
        }
        Region measured = whole;
        if (low > Double.NEGATIVE_INFINITY || high < Double.POSITIVE_INFINITY) {
            measured = whole.within(low, high);
            if (low > Double.NEGATIVE_INFINITY) {
                note(trace, "lowest", low);
            }
            if (high < Double.POSITIVE_INFINITY) {
                note(trace, "highest", high);
            }
            note(trace, "outOfRange", whole.size() - measured.size());
        }
        if (measured.size() == 0) {
            throw new RefusedException(
                    who
                            + ": no voxel lies from "
                            + Numbers.fixed(low, 3)
                            + " to "
                            + Numbers.fixed(high, 3)
                            + ". Correct lower-bound and upper-bound or leave this exam out.");
        }
        return measured;
    }

    private void discretised(
            Discretisation rule,
            Region measured,
            Quantity quantity,
            boolean texture,
            String who,
            Trace trace,
            BiConsumer<String, Double> add) {
        String end = "." + rule.suffix();
        boolean needsOrigin = rule.binWidth().isPresent();
        double origin = needsOrigin ? rule.origin(quantity, lowerBound, who) : 0;
        Levels levels = rule.apply(measured.values(), origin, who);
        String chosen =
                discretisations.isEmpty() ? " (customary for " + quantity.label() + ")" : "";
        trace.note(image + "." + mask + end, rule.words() + chosen);
        if (needsOrigin) {
            note(trace, rule.suffix() + ".origin", origin);
            note(trace, rule.suffix() + ".belowOrigin", levels.below());
        }
        note(trace, rule.suffix() + ".levels", levels.count());
        note(trace, rule.suffix() + ".onEdge", levels.snapped());
        add(IntensityHistogram.FEATURES, "", end, IntensityHistogram.of(levels), add);
        if (!texture) {
            double[] none = new double[GlcmFeatures.FEATURES.size()];
            Arrays.fill(none, Double.NaN);
            add(GlcmFeatures.FEATURES, "_3D_avg", end, none, add);
            add(GlcmFeatures.FEATURES, "_3D_comb", end, none, add);
            return;
        }
        LevelGrid grid = LevelGrid.of(measured, levels);
        Glcm glcm = new Glcm(TextureParameters.IBSI);
        note(trace, rule.suffix() + ".directions", glcm.directions(grid));
        double[][] pairs = glcm.of(grid, Dimension.VOLUME);
        add(GlcmFeatures.FEATURES, "_3D_avg", end, pairs[0], add);
        add(GlcmFeatures.FEATURES, "_3D_comb", end, pairs[1], add);
    }

    private void add(
            List<Feature> features,
            String aggregation,
            String end,
            double[] values,
            BiConsumer<String, Double> add) {
        for (int f = 0; f < values.length; f++) {
            add.accept(column(features.get(f).tag() + aggregation + end), values[f]);
        }
    }

    private void describe(
            List<FeatureInfo> infos,
            List<Feature> features,
            String aggregation,
            String end,
            String settings) {
        features.forEach(f -> infos.add(info(f, aggregation, end, settings)));
    }

    private FeatureInfo info(Feature f, String aggregation, String end, String settings) {
        return new FeatureInfo(
                column(f.tag() + aggregation + end), f.name(), f.code(), f.unit(), settings);
    }

    private String bounds() {
        return (lowerBound.isPresent()
                        ? ", from " + Discretisation.plain(lowerBound.getAsDouble())
                        : "")
                + (upperBound.isPresent()
                        ? ", to " + Discretisation.plain(upperBound.getAsDouble())
                        : "")
                + (outlierSd.isPresent()
                        ? ", within " + Discretisation.plain(outlierSd.getAsDouble()) + " SD"
                        : "");
    }

    private String column(String tag) {
        return image + "." + tag;
    }

    private void note(Trace trace, String what, double value) {
        trace.note(image + "." + mask + "." + what, value);
    }
}
