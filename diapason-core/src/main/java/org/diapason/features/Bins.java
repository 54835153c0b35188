package org.diapason.features;

import java.util.ArrayList;
import java.util.List;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;

/**
 * Which level each measured voxel has under one rule of an extractor: for proofs that look at
 * single voxels near the edge of a bin. Arrays are kept; do not write to them.
 *
 * @param rule what the columns of these levels end with, or {@code ivh}
 * @param extractor the same extractor, of the features made from these levels and no others
 * @param origin lower edge of level 1
 * @param width width of a level; 0 where the values are levels themselves
 * @param voxels places on the grid of the image
 * @param values the value at each place
 * @param levels the level at each place
 */
public record Bins(
        String rule,
        Ibsi extractor,
        double origin,
        double width,
        int[] voxels,
        float[] values,
        int[] levels) {

    /** The rule of the intensity-volume histogram. */
    public static final String IVH = "ivh";

    /** Float steps from an edge at which a value no longer counts as on it. */
    private static final int CLEAR = 4;

    /**
     * Returns the levels under every rule of an extractor, that of the intensity-volume histogram
     * last; none where it measures on a grid of its own or responses of filters.
     */
    public static List<Bins> of(Ibsi settings, Exam exam) {
        List<Bins> all = new ArrayList<>();
        if (settings.sampling().isPresent() || !settings.filters().isEmpty()) {
            return all;
        }
        String who = "exam " + exam.id() + ", image " + settings.image();
        Roi roi =
                Roi.of(
                        exam.image(settings.image()).volume(),
                        exam.mask(settings.mask()),
                        settings,
                        who,
                        "",
                        new Trace());
        Measurement measurement =
                new Measurement(settings, "", "", new Sheet(true), roi, false, who, new Trace());
        List<Family> families = settings.measured();
        List<Family> levelled = families.stream().filter(Family::needsLevels).toList();
        for (Discretisation rule :
                levelled.isEmpty() ? List.<Discretisation>of() : measurement.discretisations()) {
            all.add(of(settings.only(levelled, rule), roi, measurement, rule, who));
        }
        if (families.contains(Family.IVH)) {
            all.add(volumeHistogram(settings, roi, who));
        }
        return all;
    }

    private static Bins of(
            Ibsi only, Roi roi, Measurement measurement, Discretisation rule, String who) {
        float[] values = roi.measured().values();
        Levels levels = measurement.discretised(rule);
        double least = values[0];
        double most = values[0];
        int[] level = new int[values.length];
        for (int n = 0; n < values.length; n++) {
            least = Math.min(least, values[n]);
            most = Math.max(most, values[n]);
            level[n] = levels.values()[n];
        }
        double origin = least;
        double width =
                rule.binCount().isPresent() ? (most - least) / rule.binCount().getAsInt() : 0;
        if (rule.binWidth().isPresent()) {
            width = rule.binWidth().getAsDouble();
            origin =
                    rule.origin(
                            roi.image().quantity(),
                            only.lowerBound(),
                            (float) least,
                            only.rulesInUse(),
                            who);
        }
        return new Bins(rule.suffix(), only, origin, width, roi.measured().voxels(), values, level);
    }

    private static Bins volumeHistogram(Ibsi settings, Roi roi, String who) {
        float[] values = roi.measured().values();
        Discretisation rule =
                settings.ivh().orElseGet(() -> VolumeHistogram.customary(roi.image().quantity()));
        VolumeHistogram.Steps steps =
                VolumeHistogram.steps(
                        values, rule, settings.lowerBound(), settings.upperBound(), who);
        int[] level = new int[values.length];
        for (int n = 0; n < values.length; n++) {
            level[n] = steps.level(values[n]);
        }
        return new Bins(
                IVH,
                settings.only(List.of(Family.IVH), rule),
                steps.origin(),
                steps.width(),
                roi.measured().voxels(),
                values,
                level);
    }

    /** Returns how many widths a value lies above the origin; whole numbers are edges. */
    public double place(double value) {
        return (value - origin) / width;
    }

    /** Returns the value nearest to that of place n that has the given level, not on an edge. */
    public float moved(int n, int level) {
        if (level == levels[n]) {
            return values[n];
        }
        double edge = origin + (level > levels[n] ? level - 1 : level) * width;
        double clear = CLEAR * (Math.ulp((float) edge) + 1e-9 * width);
        return (float) (level > levels[n] ? edge + clear : edge - clear);
    }
}
