package org.diapason.features;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.diapason.step.Default;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;

/**
 * How intensities become the levels 1 … N of histogram and texture features: exactly one of a fixed
 * bin width, a fixed number of bins, or values that are levels already.
 *
 * <p>Fixed bin size (FBS): {@code floor((x − origin)/width) + 1}; what lies below the origin is
 * level 1. Fixed bin number (FBN): {@code floor(N (x − min)/(max − min)) + 1} and N at the maximum;
 * a region of one value has the single level 1. Reference manual, section 2.7.
 *
 * <p>Values are floats, so a value meant to lie on a bin edge (0.7 for a width of 0.1) may lie half
 * a unit in the last place below it. A value within one unit in its last place plus 1e-9 of a bin
 * of an edge counts as on the edge: it belongs to the upper bin.
 *
 * @param binWidth width of a bin in the image's unit, for a fixed bin size; positive
 * @param binOrigin lower edge of bin 1 in the image's unit; when not given, the lower bound of the
 *     re-segmentation range, else −200 HU or SUV 0; other quantities need it
 * @param binCount number of bins over the region's range, for a fixed bin number; 2 … 4096
 * @param levels the values are the levels 1, 2, … themselves
 */
public record Discretisation(
        @Default("") OptionalDouble binWidth,
        @Default("") OptionalDouble binOrigin,
        @Default("") OptionalInt binCount,
        @Default("false") boolean levels) {

    private static final double SNAP = 1e-9;

    public Discretisation {
        int given =
                (binWidth.isPresent() ? 1 : 0) + (binCount.isPresent() ? 1 : 0) + (levels ? 1 : 0);
        if (given != 1) {
            throw new IllegalArgumentException(
                    "a discretisation needs exactly one of bin-width, bin-count and levels, got "
                            + given);
        }
        if (binWidth.isPresent() && !(binWidth.getAsDouble() > 0 && finite(binWidth))) {
            throw new IllegalArgumentException(
                    "bin-width must be positive, got " + binWidth.getAsDouble());
        }
        if (binOrigin.isPresent() && !(binWidth.isPresent() && finite(binOrigin))) {
            throw new IllegalArgumentException(
                    "bin-origin must be finite and stand beside a bin-width, got "
                            + binOrigin.getAsDouble());
        }
        if (binCount.isPresent()
                && (binCount.getAsInt() < 2 || binCount.getAsInt() > Levels.MOST)) {
            throw new IllegalArgumentException(
                    "bin-count must be 2 … " + Levels.MOST + ", got " + binCount.getAsInt());
        }
    }

    /** Returns bins of a fixed size whose origin follows from the range or the quantity. */
    public static Discretisation fixedWidth(double width) {
        return new Discretisation(
                OptionalDouble.of(width), OptionalDouble.empty(), OptionalInt.empty(), false);
    }

    /** Returns bins of a fixed size from a given origin. */
    public static Discretisation fixedWidth(double width, double origin) {
        return new Discretisation(
                OptionalDouble.of(width), OptionalDouble.of(origin), OptionalInt.empty(), false);
    }

    /** Returns a fixed number of bins. */
    public static Discretisation fixedCount(int count) {
        return new Discretisation(
                OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.of(count), false);
    }

    /** Returns the rule for values that are levels already. */
    public static Discretisation asLevels() {
        return new Discretisation(
                OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.empty(), true);
    }

    /** Returns the rule where a recipe names none: FBS 10 HU, FBS 0.5 SUV, else FBN 32. */
    public static Discretisation of(Quantity quantity) {
        return switch (quantity) {
            case HU -> fixedWidth(10);
            case SUV_BW -> fixedWidth(0.5);
            default -> fixedCount(32);
        };
    }

    /** Returns what column names end with: {@code fbs10}, {@code fbn32} or {@code levels}. */
    public String suffix() {
        return levels
                ? "levels"
                : binCount.isPresent()
                        ? "fbn" + binCount.getAsInt()
                        : "fbs" + Numbers.plain(binWidth.getAsDouble());
    }

    /** Returns the rule in words. */
    String words() {
        if (levels) {
            return "values are levels";
        }
        if (binCount.isPresent()) {
            return "fixed bin number " + binCount.getAsInt();
        }
        return "fixed bin size "
                + Numbers.plain(binWidth.getAsDouble())
                + (binOrigin.isPresent() ? " from " + Numbers.plain(binOrigin.getAsDouble()) : "");
    }

    /** Returns the lower edge of bin 1 for values of which the least is given. */
    double origin(
            Quantity quantity, OptionalDouble lowerBound, float least, Rules rules, String who) {
        if (binOrigin.isPresent()) {
            return binOrigin.getAsDouble();
        }
        if (rules.binAnchor() == Rules.BinAnchor.MULTIPLE) {
            double width = binWidth.orElseThrow();
            return Math.floor(least / width) * width;
        }
        if (lowerBound.isPresent()) {
            return lowerBound.getAsDouble();
        }
        if (quantity == Quantity.HU || quantity == Quantity.SUV_BW) {
            boolean lowest = rules.binAnchor() == Rules.BinAnchor.LOWEST;
            return quantity == Quantity.HU ? lowest ? -1000 : -200 : 0;
        }
        throw new RefusedException(
                who
                        + ": bins of fixed width need an origin, and "
                        + quantity.label()
                        + " has no customary one. Set bin-origin or lower-bound, or use bin-count"
                        + (quantity == Quantity.UNKNOWN
                                ? ", or say in the column quantity.<image> what the values are."
                                : "."));
    }

    /** Returns the lower edge of bin 1 by the rules of the manual. */
    double origin(Quantity quantity, OptionalDouble lowerBound, String who) {
        return origin(quantity, lowerBound, Float.NaN, Rules.IBSI, who);
    }

    /** Returns the levels by the rules of the manual. */
    Levels apply(float[] values, double origin, String who) {
        return apply(values, origin, Rules.IBSI, who);
    }

    /** Returns the levels of finite values; at least one value. {@code origin} is for FBS only. */
    Levels apply(float[] values, double origin, Rules rules, String who) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (float v : values) {
            min = Math.min(min, v);
            max = Math.max(max, v);
        }
        if (levels) {
            return asTheyAre(values, min, max, who);
        }
        if (binWidth.isPresent()) {
            double width = binWidth.getAsDouble();
            double count = Math.max(1, level(max, origin, width, rules));
            if (count > Levels.MOST) {
                throw new RefusedException(tooMany(who, count));
            }
            return bin(values, origin, width, (int) count, rules);
        }
        if (min == max) {
            return ofOne(values.length, rules);
        }
        int count = binCount.getAsInt();
        return bin(values, min, ((double) max - min) / count, count, rules);
    }

    private Levels ofOne(int voxels, Rules rules) {
        boolean middle = rules.oneValue() == Rules.OneValue.MIDDLE;
        short level = (short) (middle ? (binCount.getAsInt() + 1) / 2 : 1);
        short[] all = new short[voxels];
        Arrays.fill(all, level);
        return new Levels(middle ? binCount.getAsInt() : 1, all, 0, 0);
    }

    private static Levels bin(float[] values, double origin, double width, int count, Rules rules) {
        short[] level = new short[values.length];
        int snapped = 0;
        int below = 0;
        for (int v = 0; v < values.length; v++) {
            double found = level(values[v], origin, width, rules);
            snapped += found > Math.floor((values[v] - origin) / width) + 1 ? 1 : 0;
            below += found < 1 ? 1 : 0;
            level[v] = (short) Math.max(1, Math.min(count, found));
        }
        return new Levels(count, level, snapped, below);
    }

    /** Returns the bin of a value, 1 for the one that starts at the origin. */
    static double level(float value, double origin, double width, Rules rules) {
        double place = (value - origin) / width;
        if (rules.binEdges() == Rules.BinEdges.EXACT) {
            return Math.floor(place) + 1;
        }
        return (onEdge(place, width, value) ? Math.rint(place) : Math.floor(place)) + 1;
    }

    /** Says whether a value that lies so many bins from the origin was meant on an edge. */
    static boolean onEdge(double place, double width, float value) {
        return Math.abs(place - Math.rint(place)) * width <= Math.ulp(value) + SNAP * width;
    }

    private static Levels asTheyAre(float[] values, float min, float max, String who) {
        if (max > Levels.MOST) {
            throw new RefusedException(tooMany(who, max));
        }
        short[] level = new short[values.length];
        for (int v = 0; v < values.length; v++) {
            if (!(min >= 1) || values[v] != Math.rint(values[v])) {
                throw new RefusedException(
                        who
                                + ": levels must be whole numbers from 1, found "
                                + Numbers.fixed(min < 1 ? min : values[v], 3)
                                + ". Use bin-width or bin-count instead of levels.");
            }
            level[v] = (short) values[v];
        }
        return new Levels((int) max, level, 0, 0);
    }

    private static String tooMany(String who, double count) {
        return who
                + ": the values need "
                + Numbers.fixed(count, 0)
                + " levels, more than "
                + Levels.MOST
                + ". Raise bin-width, set upper-bound, or use bin-count.";
    }

    private static boolean finite(OptionalDouble value) {
        return Double.isFinite(value.getAsDouble());
    }
}
