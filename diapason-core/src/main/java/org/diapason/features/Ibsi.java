package org.diapason.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.features.filter.Filter;
import org.diapason.step.Default;
import org.diapason.step.Extractor;
import org.diapason.step.FeatureInfo;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * Measures the features of the image biomarker standardisation initiative (IBSI 1) of one image in
 * one mask, on the image itself or on response maps of filters (IBSI 2).
 *
 * <p>Image and mask go onto the sampling grid where one is given; filters, where given, respond to
 * the image there; the range is taken from the image, never from a response; then every family is
 * measured. Shape is measured on the whole mask, all else on its voxels with a value in the range.
 *
 * <p>Columns are {@code <image>.<tag>} with the tags of the consensus tables, {@code
 * <image>.<filter>.<tag>} for a response; those that depend on levels end with the discretisation:
 * {@code ct.stat_mean}, {@code ct.cm_contrast_3D_avg.fbn32}, {@code ct.log-1.5mm.stat_kurt}.
 *
 * <p>Compression with loss smooths and makes blocks, so texture of an image that says it went
 * through one (LossyImageCompression) is NaN, with a warning.
 *
 * <p>Voxels of the mask without a finite value are left out of everything but the shape and are
 * counted. An undefined feature is NaN. A mask without a voxel fails the exam; a mask on another
 * grid than the image is refused.
 *
 * <p>Method: Zwanenburg et al., IBSI reference manual, arXiv:1612.07003, chapters 2 and 3;
 * Depeursinge et al., IBSI 2 reference manual, arXiv:2006.05470.
 *
 * @param image name of the image to measure
 * @param mask name of the mask to measure in
 * @param region name of the region in the table; the name of the mask when not given
 * @param sampling the grid to measure on; the image's own when not given
 * @param filters measure the responses of these filters in the place of the image
 * @param families which families; all when not given, of a response all but morphology
 * @param dimensions which neighbours texture has: 2d (by slice), 2.5d (slices merged), 3d
 * @param texture distances and weights of texture
 * @param discretisations how intensities become levels, one set of columns each; when none is
 *     given: HU by bins of 10 from −200, SUVbw by bins of 0.5 from 0, all else by 32 bins
 * @param ivh levels of the intensity-volume histogram; when not given: HU by whole units, SUVbw by
 *     bins of 0.1, all else by 1000 bins
 * @param lowerBound voxels below it are left out of all but shape (range re-segmentation), in the
 *     image's unit; also the origin of bins of fixed width
 * @param upperBound voxels above it are left out of all but shape, in the image's unit
 * @param outlierSd voxels further from the mean of the mask than this many standard deviations are
 *     left out of all but shape; both are taken before any bound is applied
 * @param allowLossy measure texture also where the scanner's pixels were once compressed with loss
 * @param profile the set of rules that a program follows, to reproduce its values: {@code ibsi},
 *     {@code pyradiomics} or {@code mirp}
 * @param rules single rules, in the place of a profile; what is not given is as in {@code ibsi}
 */
public record Ibsi(
        String image,
        String mask,
        @Default("") Optional<String> region,
        @Default("") Optional<Sampling> sampling,
        @Default("") List<Filter> filters,
        @Default("") List<Family> families,
        @Default("3d") List<Dimension> dimensions,
        @Default("") TextureParameters texture,
        @Default("") List<Discretisation> discretisations,
        @Default("") Optional<Discretisation> ivh,
        @Default("") OptionalDouble lowerBound,
        @Default("") OptionalDouble upperBound,
        @Default("") OptionalDouble outlierSd,
        @Default("false") boolean allowLossy,
        @Default("ibsi") Profile profile,
        @Default("") Optional<Rules> rules)
        implements Extractor {

    public Ibsi {
        filters = List.copyOf(filters);
        families = List.copyOf(families);
        dimensions = List.copyOf(dimensions);
        discretisations = List.copyOf(discretisations);
        distinct("discretisations", discretisations.stream().map(Discretisation::suffix).toList());
        distinct("filters", filters.stream().map(Filter::label).toList());
        distinct("families", families);
        distinct("dimensions", dimensions);
        if (!filters.isEmpty() && families.contains(Family.MORPHOLOGY)) {
            throw new IllegalArgumentException(
                    "a response map has no shape of its own: measure morphology in an entry without"
                            + " filters");
        }
        if (rules.isPresent() && profile != Profile.IBSI) {
            throw new IllegalArgumentException(
                    "profile "
                            + profile.name().toLowerCase(Locale.ROOT)
                            + " and rules cannot stand together: leave profile out and write all"
                            + " its rules, or leave rules out");
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

    /** Makes an extractor by the rules of the manual. */
    public Ibsi(
            String image,
            String mask,
            Optional<String> region,
            Optional<Sampling> sampling,
            List<Filter> filters,
            List<Family> families,
            List<Dimension> dimensions,
            TextureParameters texture,
            List<Discretisation> discretisations,
            Optional<Discretisation> ivh,
            OptionalDouble lowerBound,
            OptionalDouble upperBound,
            OptionalDouble outlierSd,
            boolean allowLossy) {
        this(
                image,
                mask,
                region,
                sampling,
                filters,
                families,
                dimensions,
                texture,
                discretisations,
                ivh,
                lowerBound,
                upperBound,
                outlierSd,
                allowLossy,
                Profile.IBSI,
                Optional.empty());
    }

    private static void distinct(String what, List<?> given) {
        if (given.stream().distinct().count() < given.size()) {
            throw new IllegalArgumentException(
                    "two of the " + what + " would share their columns; leave one out");
        }
    }

    /** Returns an extractor of all families in 3-D, without re-segmentation. */
    public static Ibsi of(String image, String mask, Discretisation... discretisations) {
        OptionalDouble none = OptionalDouble.empty();
        return new Ibsi(
                image,
                mask,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(Dimension.VOLUME),
                TextureParameters.IBSI,
                List.of(discretisations),
                Optional.empty(),
                none,
                none,
                none,
                false);
    }

    /** Returns the rules of the profile, or the given ones. */
    public Rules rulesInUse() {
        return rules.orElse(profile.rules());
    }

    /** Returns the same extractor of some families, by the rules of a profile. */
    public Ibsi with(List<Family> only, Profile other) {
        return with(only, dimensions, other, Optional.empty());
    }

    /** Returns the same extractor of some families, by other rules. */
    public Ibsi with(List<Family> only, Rules other) {
        return with(only, dimensions, other);
    }

    /** Returns the same extractor of some families in some dimensions, by other rules. */
    Ibsi with(List<Family> only, List<Dimension> where, Rules other) {
        return with(only, where, Profile.IBSI, Optional.of(other));
    }

    /** Returns the same extractor of some families under one rule of discretisation. */
    Ibsi only(List<Family> some, Discretisation rule) {
        boolean histogram = some.equals(List.of(Family.IVH));
        return new Ibsi(
                image,
                mask,
                region,
                sampling,
                filters,
                some,
                dimensions,
                texture,
                histogram ? discretisations : List.of(rule),
                histogram ? Optional.of(rule) : ivh,
                lowerBound,
                upperBound,
                outlierSd,
                allowLossy,
                profile,
                rules);
    }

    private Ibsi with(
            List<Family> only, List<Dimension> where, Profile whose, Optional<Rules> single) {
        return new Ibsi(
                image,
                mask,
                region,
                sampling,
                filters,
                only,
                where,
                texture,
                discretisations,
                ivh,
                lowerBound,
                upperBound,
                outlierSd,
                allowLossy,
                whose,
                single);
    }

    /** Returns a table of one row. */
    @Override
    public FeatureTable apply(Exam exam, Trace trace) {
        String who = "exam " + exam.id() + ", image " + image + ", mask " + mask;
        String start = image + "." + mask + ".";
        Roi roi = Roi.of(exam.image(image).volume(), exam.mask(mask), this, who, start, trace);
        if (roi.image().quantity() == Quantity.FUSED) {
            trace.warn(
                    who
                            + ": the values are fused and measure nothing (no HU, no SUV), so what is"
                            + " measured describes the fused picture. Measure uptake and density in"
                            + " the images it was made of.");
        }
        boolean textured = measured().stream().anyMatch(Family::isTexture);
        if (textured) {
            checkTexture(roi.image().geometry(), who, start, trace);
        }
        boolean lossy = textured && !allowLossy && lossy(exam, who, trace);
        if (!deviations().isEmpty()) {
            trace.note(start + "rules", deviations().substring(2));
        }
        Sheet sheet = new Sheet(true);
        if (filters.isEmpty()) {
            new Measurement(this, image + ".", start, sheet, roi, lossy, who, trace).walk();
        }
        for (Filter filter : filters) {
            String name = filter.label() + ".";
            float[] response = ResponseMap.of(filter, roi.image(), who, start + name, trace);
            Volume map = roi.image().withValues(response).withQuantity(Quantity.UNKNOWN);
            new Measurement(
                            this,
                            image + "." + name,
                            start + name,
                            sheet,
                            roi.of(map),
                            lossy,
                            who + ", filter " + filter.label(),
                            trace)
                    .walk();
        }
        return FeatureTable.of(
                sheet.columns(),
                List.of(exam.id()),
                List.of(region.orElse(mask)),
                new double[][] {sheet.row()},
                List.of(exam.covariates()));
    }

    /**
     * Returns what each column means, in the order of the columns. Without a discretisation the
     * quantity of the image decides, so all three customary ones are listed; a table has one.
     */
    @Override
    public List<FeatureInfo> dictionary() {
        Sheet sheet = new Sheet(false);
        if (filters.isEmpty()) {
            Measurement.describe(this, image + ".", sheet);
        }
        for (Filter filter : filters) {
            Measurement.describe(this, image + "." + filter.label() + ".", sheet);
        }
        return sheet.infos();
    }

    /** Returns the families in the order of the manual. */
    List<Family> measured() {
        List<Family> all = new ArrayList<>(List.of(Family.values()));
        if (!families.isEmpty()) {
            all.retainAll(families);
        } else if (!filters.isEmpty()) {
            all.remove(Family.MORPHOLOGY);
        }
        return all;
    }

    private void checkTexture(Geometry g, String who, String start, Trace trace) {
        boolean deep = dimensions.contains(Dimension.VOLUME);
        if (measured().stream().anyMatch(TextureGrid::hasDistance)) {
            TextureGrid.requireNeighbours(g, dimensions, texture.distanceMm(), who);
        }
        String what = TextureGrid.measuredInVoxels(measured(), texture);
        TextureGrid.anisotropy(g, deep, what, "Give sampling a spacing-mm", "measure in 2d")
                .ifPresent(
                        warning -> {
                            trace.note(start + "anisotropicMm", g.spacingMm());
                            if (!what.isEmpty()) {
                                trace.warn(who + ": " + warning);
                            }
                        });
    }

    private boolean lossy(Exam exam, String who, Trace trace) {
        boolean lossy = TextureGrid.lossy(exam.image(image));
        if (lossy) {
            trace.warn(
                    who
                            + ": the pixels were once compressed with loss (LossyImageCompression"
                            + " (0028,2110) is 01), so texture is not measured. Get the original"
                            + " series, or set allow-lossy.");
        }
        return lossy;
    }

    /** Returns grid and bounds in words. */
    String words() {
        return sampling.map(Sampling::words).orElse("native grid")
                + (lowerBound.isPresent()
                        ? ", from " + Numbers.plain(lowerBound.getAsDouble())
                        : "")
                + (upperBound.isPresent() ? ", to " + Numbers.plain(upperBound.getAsDouble()) : "")
                + (outlierSd.isPresent()
                        ? ", within " + Numbers.plain(outlierSd.getAsDouble()) + " SD"
                        : "")
                + deviations();
    }

    /** Returns in which rules the manual is not followed, in words. */
    private String deviations() {
        StringBuilder words = new StringBuilder();
        for (String name : Rules.IBSI.differences(rulesInUse())) {
            words.append(", ").append(name).append(' ').append(rulesInUse().word(name));
        }
        return words.toString();
    }
}
