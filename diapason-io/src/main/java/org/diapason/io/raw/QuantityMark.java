package org.diapason.io.raw;

import org.diapason.volume.Quantity;

/**
 * The words by which a file without a place for a quantity says that its values measure nothing, so
 * that nobody takes what was fused for HU or SUV: shown by the usual programs, read by this one.
 *
 * <p>They name no image, patient or rule.
 */
public final class QuantityMark {
    private static final String FUSED = "fused, not quantitative";

    private QuantityMark() {}

    /** Returns the words of a quantity; nothing for those that a file does not tell. */
    public static String words(Quantity quantity) {
        return quantity == Quantity.FUSED ? FUSED : "";
    }

    /**
     * Returns the quantity that words tell, unknown where they tell none; programs that add words
     * of their own before or behind leave it.
     */
    public static Quantity of(String words) {
        return words.contains(FUSED) ? Quantity.FUSED : Quantity.UNKNOWN;
    }
}
