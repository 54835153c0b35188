package org.diapason.volume;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.OptionalDouble;

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

    /**
     * Returns the finite number that a text is in the way of DICOM and of tables; nothing for any
     * other: no NaN, no hexadecimals, no {@code 1f}, nothing beyond the range of a double, and no
     * more than 64 characters.
     */
    public static OptionalDouble parse(String text) {
        if (text.length() > 64) {
            return OptionalDouble.empty();
        }
        for (int n = 0; n < text.length(); n++) {
            char c = text.charAt(n);
            if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
                return OptionalDouble.empty();
            }
        }
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
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

    /**
     * Returns {@code value} with {@code digits} digits that count and a power of ten, {@code
     * 4.3e-7}: the same text on every JDK and in every locale.
     */
    public static String power(double value, int digits) {
        if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
            return fixed(value, 0);
        }
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        return rounded.movePointLeft(exponent).setScale(digits - 1).toPlainString()
                + "e"
                + exponent;
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
