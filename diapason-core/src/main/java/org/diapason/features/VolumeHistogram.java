package org.diapason.features;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;

/**
 * Intensity-volume histogram features (family P88C, section 3.5 of the manual): which part of the
 * region is at least as intense as what.
 *
 * <p>Of levels with the intensities {@code G = lowest, lowest + step, …, highest}, each has the
 * fraction ν of voxels at or above it and its place γ = (g − lowest)/(highest − lowest) in the
 * range. V<sub>x</sub> is ν at the first level with γ ≥ x; I<sub>x</sub> is the first intensity
 * with ν ≤ x, the step above the highest where no level has so few. The area is by trapezes over γ.
 * Where the range is a single level, γ is not defined: V<sub>x</sub> is NaN, and the area is 0, as
 * the manual sets.
 */
final class VolumeHistogram {
    static final List<Feature> FEATURES =
            Feature.list(
                    """
                    ivh_v10          | Volume at intensity fraction 10%                            | BC2M | 1
                    ivh_v90          | Volume at intensity fraction 90%                            | BC2M | 1
                    ivh_i10          | Intensity at volume fraction 10%                            | GBPN | unit of the image
                    ivh_i90          | Intensity at volume fraction 90%                            | GBPN | unit of the image
                    ivh_diff_v10_v90 | Volume fraction difference between intensity fractions      | DDTU | 1
                    ivh_diff_i10_i90 | Intensity fraction difference between volume fractions      | CNV2 | unit of the image
                    ivh_auc          | Area under the IVH curve                                    | 9CMM | 1
                    """);

    /** The most levels: 2²² counts are 16 MB. */
    private static final double MOST = 1 << 22;

    private VolumeHistogram() {}

    /** Returns the rule where a recipe names none. */
    static Discretisation customary(Quantity quantity) {
        return switch (quantity) {
            case HU -> Discretisation.asLevels();
            case SUV_BW -> Discretisation.fixedWidth(0.1, 0);
            default -> Discretisation.fixedCount(1000);
        };
    }

    /**
     * Returns the features in the order of the dictionary.
     *
     * <p>Levels as they are: one per unit of the image from the lowest on. Fixed bin size: bins
     * from the origin, each with the intensity of its centre. Fixed bin number: the numbers of the
     * bins.
     *
     * @param values finite intensities of the region; at least one
     * @param rule how they become levels
     * @param lowest the lower bound of the range, where there is one
     * @param highest the upper bound of the range, where there is one
     * @throws RefusedException if there would be more than 2²² levels
     */
    static double[] of(
            float[] values,
            Discretisation rule,
            OptionalDouble lowest,
            OptionalDouble highest,
            String who) {
        Steps steps = steps(values, rule, lowest, highest, who);
        int[] count = new int[steps.bins];
        for (float v : values) {
            count[steps.level(v) - 1]++;
        }
        return of(count, steps.first, steps.step);
    }

    /**
     * Levels 1 … bins of one width.
     *
     * @param origin lower edge of level 1
     * @param first intensity of level 1
     * @param step from the intensity of a level to that of the next
     */
    record Steps(double origin, double width, int bins, double first, double step) {
        int level(float value) {
            double level = Discretisation.level(value, origin, width, Rules.IBSI);
            return (int) Math.max(1, Math.min(bins, level));
        }
    }

    /** Returns the levels of a region, as {@link #of} counts them. */
    static Steps steps(
            float[] values,
            Discretisation rule,
            OptionalDouble lowest,
            OptionalDouble highest,
            String who) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (float v : values) {
            min = Math.min(min, v);
            max = Math.max(max, v);
        }
        if (rule.binCount().isPresent()) {
            int bins = rule.binCount().getAsInt();
            double width = min == max ? 1 : ((double) max - min) / bins;
            return new Steps(min, width, min == max ? 1 : bins, 1, 1);
        }
        double step = rule.binWidth().orElse(1);
        double low = rule.binOrigin().orElse(lowest.orElse(min));
        double high = highest.orElse(max);
        double first = rule.levels() ? low : low + step / 2;
        double bins = rule.levels() ? Math.floor(high - low) + 1 : reaching(high, low, step);
        if (bins > MOST) {
            throw new RefusedException(
                    who
                            + ": the intensity-volume histogram would have "
                            + Numbers.fixed(bins, 0)
                            + " levels of "
                            + Numbers.plain(step)
                            + ", more than "
                            + Numbers.fixed(MOST, 0)
                            + ". Set ivh to a bin-count or a larger bin-width.");
        }
        return new Steps(low, step, (int) Math.max(1, bins), first, step);
    }

    /** Returns how many bins reach up to a value; one meant on an edge ends the bin below it. */
    private static double reaching(double high, double low, double step) {
        double place = (high - low) / step;
        return Discretisation.onEdge(place, step, (float) high)
                ? Math.rint(place)
                : Math.ceil(place);
    }

    /** Returns the features of levels with the intensities first, first + step, … */
    private static double[] of(int[] count, double first, double step) {
        double total = Arrays.stream(count).sum();
        double[] above = new double[count.length + 1];
        double left = total;
        for (int l = 0; l < count.length; l++) {
            above[l] = left / total;
            left -= count[l];
        }
        double i10 = first + step * firstBelow(above, 0.1);
        double i90 = first + step * firstBelow(above, 0.9);
        double[] v = {Double.NaN, Double.NaN, 0};
        if (count.length > 1) {
            int last = count.length - 1;
            v[0] = above[(int) Math.ceil(last * 0.1 - 1e-9)];
            v[1] = above[(int) Math.ceil(last * 0.9 - 1e-9)];
            double sum = -(above[0] + above[last]) / 2;
            for (int l = 0; l <= last; l++) {
                sum += above[l];
            }
            v[2] = sum / last;
        }
        return new double[] {v[0], v[1], i10, i90, v[0] - v[1], i10 - i90, v[2]};
    }

    private static int firstBelow(double[] above, double fraction) {
        int level = 0;
        while (above[level] > fraction) {
            level++;
        }
        return level;
    }
}
