package org.diapason.io.dicom;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.diapason.io.Text;
import org.diapason.volume.RefusedException;

/**
 * How the values of a volume become signed 16-bit numbers: {@code value = slope · stored +
 * intercept}. Whole numbers stay exactly what they are (slope 1, intercept 0); other values lose at
 * most half a slope.
 *
 * @param slope as its decimal text reads back
 * @param intercept as its decimal text reads back
 * @param gaps whether some voxels have no value; they are stored as {@value #GAP}
 * @param low the smallest value
 * @param high the largest value
 */
record Quantisation(double slope, double intercept, boolean gaps, double low, double high) {
    /** The stored number of a voxel without a value. */
    static final int GAP = Short.MIN_VALUE;

    private static final int MOST = Short.MAX_VALUE;

    /** Ten digits and an exponent fit the 16 characters of a decimal string. */
    private static final int DIGITS = 9;

    /**
     * Returns the finest slope that holds all values; NaN is a gap.
     *
     * @param throughZero whether the intercept must be 0 (PET, PS3.3 C.8.9.4)
     * @throws RefusedException if there is no value, or an infinite one
     */
    static Quantisation of(float[] values, boolean throughZero) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        boolean gaps = false;
        boolean whole = true;
        for (float v : values) {
            if (v != v) {
                gaps = true;
            } else {
                low = Math.min(low, v);
                high = Math.max(high, v);
                whole &= v == Math.rint(v);
            }
        }
        if (!(low <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new RefusedException(
                    "a DICOM series holds finite values, this volume has "
                            + (low <= high ? "infinite ones" : "none")
                            + ". Write NIfTI instead.");
        }
        if (whole && low >= -MOST && high <= MOST) {
            return new Quantisation(1, 0, gaps, low, high);
        }
        double intercept = throughZero ? 0 : rounded((low + high) / 2, RoundingMode.HALF_EVEN);
        double reach = Math.max(high - intercept, intercept - low);
        double slope = reach == 0 ? 1 : rounded(reach / MOST, RoundingMode.UP);
        return new Quantisation(slope, intercept, gaps, low, high);
    }

    private static double rounded(double value, RoundingMode mode) {
        BigDecimal digits = new BigDecimal(value).round(new MathContext(DIGITS, mode));
        return Double.parseDouble(Text.of(digits.doubleValue()));
    }

    /** Returns the stored number of a value. */
    int stored(float value) {
        return value != value ? GAP : (int) Math.rint((value - intercept) / slope);
    }

    /** Returns the stored numbers of a part, least significant byte first. */
    byte[] bytes(float[] values, int from, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = from; n < from + count; n++) {
            bytes.putShort((short) stored(values[n]));
        }
        return bytes.array();
    }

    /** Returns the largest difference between a value and what is read back. */
    double largestError(float[] values) {
        double largest = 0;
        for (float v : values) {
            if (v == v) {
                largest = Math.max(largest, Math.abs(slope * stored(v) + intercept - v));
            }
        }
        return largest;
    }
}
