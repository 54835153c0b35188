package org.diapason.volume;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * A fixed sequence of numbers that is equal to its copy, so that records may hold arrays.
 *
 * <p>Two sequences are equal when every element has the same bits (NaN equals NaN).
 */
public final class Numbers {
    private final double[] values;

    private Numbers(double[] values) {
        this.values = values;
    }

    /** Returns the given numbers; the array is copied. */
    public static Numbers of(double... values) {
        return new Numbers(values.clone());
    }

    public int size() {
        return values.length;
    }

    public double get(int index) {
        return values[index];
    }

    /** Returns a fresh copy. */
    public double[] toArray() {
        return values.clone();
    }

    /** Returns the largest element; NaN when empty or when any element is NaN. */
    public double max() {
        double max = values.length == 0 ? Double.NaN : values[0];
        for (double v : values) {
            max = Math.max(max, v);
        }
        return max;
    }

    /** Returns the shortest decimal that reads back as the same number, without an exponent. */
    public static String plain(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < 17; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == value) {
                return rounded.stripTrailingZeros().toPlainString();
            }
        }
        return exact.round(new MathContext(17)).stripTrailingZeros().toPlainString();
    }

    /**
     * Returns {@code value} with exactly {@code digits} decimals, rounded half to even on its exact
     * binary value: the same text on every JDK and in every locale, which {@code String.format} is
     * not.
     */
    public static String fixed(double value, int digits) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "NaN" : value > 0 ? "infinity" : "-infinity";
        }
        BigDecimal rounded = new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN);
        return (rounded.signum() == 0 ? rounded.abs() : rounded).toPlainString();
    }

    /** Returns the shortest decimal that reads back as the same number, without an exponent. */
    public static String plain(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < 17; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == value) {
                return rounded.stripTrailingZeros().toPlainString();
            }
        }
        return exact.round(new MathContext(17)).stripTrailingZeros().toPlainString();
    }

    /** Returns the elements with {@code digits} decimals each, separated by " × ". */
    public String fixed(int digits) {
        StringBuilder text = new StringBuilder();
        for (double v : values) {
            text.append(text.isEmpty() ? "" : " × ").append(fixed(v, digits));
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Numbers n && Arrays.equals(values, n.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
