package org.diapason.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.step.Trace;
import org.diapason.volume.Quantity;

/** Walks over the families of one region of one image or response map. */
final class Measurement {
    private final Ibsi settings;
    private final Rules rules;
    private final String prefix;
    private final String start;
    private final Sheet sheet;
    private final Roi roi;
    private final boolean lossy;
    private final String who;
    private final Trace trace;

    /**
     * Makes a measurement.
     *
     * @param prefix what columns start with
     * @param start what notes in the trace start with
     * @param lossy texture is not measured
     */
    Measurement(
            Ibsi settings,
            String prefix,
            String start,
            Sheet sheet,
            Roi roi,
            boolean lossy,
            String who,
            Trace trace) {
        this.settings = settings;
        rules = settings.rulesInUse();
        this.prefix = prefix;
        this.start = start;
        this.sheet = sheet;
        this.roi = roi;
        this.lossy = lossy;
        this.who = who;
        this.trace = trace;
    }

    /** Lists the columns without a region. */
    static void describe(Ibsi settings, String prefix, Sheet sheet) {
        new Measurement(settings, prefix, "", sheet, null, false, "", null).walk();
    }

    /** Adds the columns of every family to the sheet. */
    void walk() {
        String words = settings.words();
        List<Family> families = settings.measured();
        if (families.contains(Family.MORPHOLOGY)) {
            add(
                    Morphology.FEATURES,
                    "",
                    "shape of the mask, " + words,
                    r ->
                            Morphology.of(
                                    r.image().geometry(), r.shape().voxels(), r.measured(), rules));
            if (rules.extras()) {
                add(
                        Morphology.EXTRAS,
                        "",
                        "shape of the mask, " + words,
                        r -> Morphology.extras(r.image().geometry(), r.shape().voxels(), rules));
            }
            if (rules.extras() && settings.dimensions().stream().anyMatch(Dimension::isPlane)) {
                add(
                        PlaneShape.FEATURES,
                        "",
                        "shape of a mask in one slice, " + words,
                        r -> PlaneShape.of(r.image().geometry(), r.shape().voxels()));
            }
        }
        if (families.contains(Family.LOCAL_INTENSITY)) {
            add(
                    LocalIntensity.FEATURES,
                    "",
                    "3-D, " + words,
                    r -> LocalIntensity.of(r.image().values(), r.measured()));
        }
        if (families.contains(Family.STATISTICS)) {
            add(
                    IntensityStatistics.FEATURES,
                    "",
                    "3-D, " + words,
                    r -> IntensityStatistics.of(r.measured().values(), rules));
            if (rules.extras()) {
                add(
                        IntensityStatistics.EXTRAS,
                        "",
                        "3-D, " + words,
                        r ->
                                IntensityStatistics.extras(
                                        r.measured().values(),
                                        r.image().geometry().voxelMm3(),
                                        rules));
            }
        }
        if (families.contains(Family.IVH)) {
            volumeHistogram(words);
        }
        if (families.stream().anyMatch(Family::needsLevels)) {
            for (Discretisation rule : discretisations()) {
                levels(rule, families, words);
            }
        }
    }

    private interface OfRoi {
        double[] of(Roi roi);
    }

    private void add(List<Feature> features, String end, String words, OfRoi family) {
        sheet.add(prefix, features, end, words, () -> family.of(roi));
    }

    private void volumeHistogram(String words) {
        Optional<Discretisation> given = settings.ivh();
        if (roi == null) {
            String rule = given.map(Discretisation::words).orElse("customary levels");
            add(VolumeHistogram.FEATURES, "", "3-D, " + rule + ", " + words, null);
            return;
        }
        Discretisation rule =
                given.orElseGet(() -> VolumeHistogram.customary(roi.image().quantity()));
        boolean response = !settings.filters().isEmpty();
        OptionalDouble none = OptionalDouble.empty();
        trace.note(start + "ivh", rule.words());
        add(
                VolumeHistogram.FEATURES,
                "",
                "",
                r ->
                        VolumeHistogram.of(
                                r.measured().values(),
                                rule,
                                response ? none : settings.lowerBound(),
                                response ? none : settings.upperBound(),
                                who));
    }

    /** Returns the given rules; else the customary ones of the quantity, all when there is none. */
    List<Discretisation> discretisations() {
        if (!settings.discretisations().isEmpty()) {
            return settings.discretisations();
        }
        if (rules.binWidth().isPresent()) {
            return List.of(Discretisation.fixedWidth(rules.binWidth().getAsDouble()));
        }
        if (roi != null) {
            return List.of(Discretisation.of(roi.image().quantity()));
        }
        return settings.filters().isEmpty()
                ? List.of(
                        Discretisation.of(Quantity.HU),
                        Discretisation.of(Quantity.SUV_BW),
                        Discretisation.of(Quantity.UNKNOWN))
                : List.of(Discretisation.of(Quantity.UNKNOWN));
    }

    private void levels(Discretisation rule, List<Family> families, String words) {
        String end = "." + rule.suffix();
        String how = ", " + rule.words() + ", " + words;
        Levels levels = roi == null ? null : discretised(rule);
        if (families.contains(Family.HISTOGRAM)) {
            add(
                    IntensityHistogram.FEATURES,
                    end,
                    "3-D" + how,
                    r -> IntensityHistogram.of(levels, rules));
        }
        List<Texture> textures = new ArrayList<>();
        List<Texture> all = settings.texture().families(rules);
        for (Family family : families) {
            if (family.isTexture()) {
                textures.add(all.get(family.ordinal() - Family.GLCM.ordinal()));
            }
        }
        if (textures.isEmpty()) {
            return;
        }
        LevelGrid grid =
                roi == null || lossy
                        ? null
                        : LevelGrid.of(roi.shape().voxels(), roi.measured(), levels);
        for (Texture texture : textures) {
            for (Dimension d : settings.dimensions()) {
                texture(texture, d, grid, end, how);
            }
        }
    }

    private void texture(Texture texture, Dimension d, LevelGrid grid, String end, String how) {
        double[][] values = grid == null ? null : texture.of(grid, d);
        List<String> suffixes = texture.suffixes(d);
        for (int a = 0; a < suffixes.size(); a++) {
            double[] of = values == null ? Roi.none(texture.features().size()) : values[a];
            String suffix = suffixes.get(a);
            String words = Dimension.words(suffix) + how;
            sheet.add(prefix, texture.features(), suffix + end, words, () -> of);
        }
    }

    private static float least(float[] values) {
        float least = Float.POSITIVE_INFINITY;
        for (float v : values) {
            least = Math.min(least, v);
        }
        return least;
    }

    Levels discretised(Discretisation rule) {
        Quantity quantity = roi.image().quantity();
        boolean needsOrigin = rule.binWidth().isPresent();
        OptionalDouble low =
                settings.filters().isEmpty() ? settings.lowerBound() : OptionalDouble.empty();
        float[] values = roi.measured().values();
        double origin = needsOrigin ? rule.origin(quantity, low, least(values), rules, who) : 0;
        Levels levels = rule.apply(values, origin, rules, who);
        String chosen =
                settings.discretisations().isEmpty()
                        ? " (customary for " + quantity.label() + ")"
                        : "";
        String note = start + rule.suffix();
        trace.note(note, rule.words() + chosen);
        if (needsOrigin) {
            trace.note(note + ".origin", origin);
            trace.note(note + ".belowOrigin", levels.below());
        }
        trace.note(note + ".levels", levels.count());
        trace.note(note + ".onEdge", levels.snapped());
        return levels;
    }
}
