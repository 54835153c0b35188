package org.diapason.app;

import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;

/**
 * Values of one quantity in words: fewer decimals for larger ones, powers of ten below a hundredth,
 * and a unit where there is one.
 */
record Amounts(Quantity quantity) {

    /** Returns {@code 12.31 HU}. */
    String of(double value) {
        double size = Math.abs(value);
        boolean small = size > 0 && size < 0.01;
        int decimals = size >= 100 ? 1 : size >= 1 ? 2 : 4;
        return (small ? Numbers.power(value, 3) : Numbers.fixed(value, decimals)) + unit();
    }

    /** Returns {@code 12.31 HU − 0.4000 HU}: what was, and by how much it is more or less now. */
    String change(double before, double drift) {
        return of(before) + (drift < 0 ? " − " : " + ") + of(Math.abs(drift));
    }

    private String unit() {
        boolean none = quantity == Quantity.UNKNOWN || quantity == Quantity.FUSED;
        return none ? "" : " " + quantity.unit();
    }
}
