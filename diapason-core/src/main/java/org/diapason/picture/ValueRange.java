package org.diapason.picture;

import java.util.OptionalDouble;
import org.diapason.math.SortedFloats;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * The values that a scale of grey or of colours begins and ends with, in the unit of their image.
 *
 * @param low shown as the first colour, as is all below
 * @param high shown as the last colour, as is all above; above low
 * @param why these, in words for people
 */
public record ValueRange(double low, double high, String why) {
    private static final ValueRange SOFT_TISSUE = new ValueRange(-160, 240, "soft tissue");
    private static final ValueRange UPTAKE = new ValueRange(0, 10, "the same for all SUV");
    private static final ValueRange SCORES = new ValueRange(-4, 4, "the same for all z-scores");

    public ValueRange {
        if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new IllegalArgumentException(
                    "a range goes from a number up to a higher one, got "
                            + Numbers.fixed(low, 3)
                            + " to "
                            + Numbers.fixed(high, 3));
        }
    }

    /**
     * Reads {@code LO:HI}.
     *
     * @param option whose value it is, for the message
     * @throws IllegalArgumentException if it is not two rising numbers
     */
    public static ValueRange parse(String option, String text) {
        String[] ends = text.split(":", -1);
        if (ends.length == 2) {
            OptionalDouble low = Numbers.parse(ends[0].strip());
            OptionalDouble high = Numbers.parse(ends[1].strip());
            if (low.isPresent()
                    && high.isPresent()
                    && Double.isFinite(low.getAsDouble())
                    && Double.isFinite(high.getAsDouble())
                    && low.getAsDouble() < high.getAsDouble()) {
                return new ValueRange(low.getAsDouble(), high.getAsDouble(), "as asked");
            }
        }
        throw new IllegalArgumentException(
                option
                        + " "
                        + text
                        + ": needs LO:HI, two numbers of which the second is higher, as in -160:240.");
    }

    /**
     * Returns a scale of grey: HU −160 to 240 (soft tissue), SUV 0 to 10, z-scores −4 to 4; others
     * from the 1st to the 99th percentile of the values.
     *
     * @throws RefusedException if the image has no value
     */
    public static ValueRange grey(Volume volume) {
        return of(volume, 0.01, 0.99);
    }

    /**
     * Returns a scale of colours: as {@link #grey} where the quantity decides, else from 0 (the 1st
     * percentile where values are negative) to the 99.9th percentile: what shines is small.
     *
     * @throws RefusedException if the image has no value
     */
    public static ValueRange colour(Volume volume) {
        return of(volume, 0, 0.999);
    }

    private static ValueRange of(Volume volume, double below, double above) {
        Quantity q = volume.quantity();
        if (q == Quantity.HU) {
            return SOFT_TISSUE;
        }
        if (q == Quantity.Z_SCORE) {
            return SCORES;
        }
        if (q.label().startsWith("SUV")) {
            return UPTAKE;
        }
        SortedFloats sorted = sorted(volume.values());
        boolean fromZero = below == 0 && sorted.get(0) >= 0;
        double low = fromZero ? 0 : sorted.quantile(0.01);
        double high = sorted.quantile(above);
        String why =
                (fromZero ? "0" : "1st percentile")
                        + " to "
                        + Numbers.plain(100 * above)
                        + "th percentile";
        if (low < high) {
            return new ValueRange(low, high, why);
        }
        double last = sorted.get(sorted.size() - 1);
        return last > low
                ? new ValueRange(low, last, (fromZero ? "0" : "1st percentile") + " to the highest")
                : alike(low);
    }

    /** A range around one value that is wide enough for its digits. */
    private static ValueRange alike(double value) {
        double half = Math.max(0.5, 1e-6 * Math.abs(value));
        return new ValueRange(value - half, value + half, "all values are alike");
    }

    private static SortedFloats sorted(float[] values) {
        float[] finite = new float[values.length];
        int n = 0;
        for (float v : values) {
            if (Float.isFinite(v)) {
                finite[n++] = v;
            }
        }
        if (n == 0) {
            throw new RefusedException("no voxel has a value, so there is nothing to show.");
        }
        return SortedFloats.of(n == values.length ? finite : java.util.Arrays.copyOf(finite, n));
    }

    /**
     * Returns the range as wide below 0 as above, where it holds 0: for colours that part there.
     */
    public ValueRange evenAroundZero() {
        double most = Math.max(-low, high);
        return low < 0 && high > 0 && -low != high
                ? new ValueRange(-most, most, why + ", as far to either side of 0")
                : this;
    }

    /** Returns where a value lies: 0 at low and below, 1 at high and above, NaN for NaN. */
    public double share(double value) {
        return Math.max(0, Math.min(1, (value - low) / (high - low)));
    }

    /** Returns a value of the range in as many digits as its width deserves. */
    public String text(double value) {
        double width = high - low;
        int digits = width >= 50 ? 0 : width >= 2 ? 1 : width >= 0.2 ? 2 : 4;
        String plain = Numbers.plain(value);
        return width >= 1e7 || width < 0.002
                ? Numbers.power(value, 3)
                : plain.length() <= 5 ? plain : Numbers.fixed(value, digits);
    }

    /** Returns both ends and the label of their quantity: {@code -160 to 240 HU}. */
    public String words(Quantity quantity) {
        return text(low) + " to " + text(high) + unit(quantity);
    }

    /** Returns a space and the label of a quantity; nothing where it is not known. */
    public static String unit(Quantity quantity) {
        return quantity == Quantity.UNKNOWN ? "" : " " + quantity.label();
    }
}
