package org.diapason.features.filter;

import org.diapason.math.Convolve;

/** How the responses of turned copies of a filter become one that no turn changes. */
public enum Pooling {
    /** They do not: the filter stands in one orientation. */
    NONE,
    /** The largest response. */
    MAX,
    /** The mean response. */
    MEAN,
    /** The smallest response. */
    MIN;

    /** Returns what an output holds before any response. */
    float start() {
        return this == MAX ? Float.NEGATIVE_INFINITY : this == MIN ? Float.POSITIVE_INFINITY : 0;
    }

    /** Returns how a response enters an output; mean: as a sum. */
    Convolve.Store store() {
        return switch (this) {
            case NONE, MEAN -> Convolve.Store.ADD;
            case MAX -> Pooling::larger;
            case MIN -> Pooling::smaller;
        };
    }

    /** Returns how a response and its negative enter an output; nothing is left of their mean. */
    Convolve.Store storeBoth() {
        return this == MAX ? Pooling::largerOfBoth : Pooling::smallerOfBoth;
    }

    private static void larger(float[] row, float[] out, int at, int n) {
        for (int i = 0; i < n; i++) {
            out[at + i] = Math.max(out[at + i], row[i]);
        }
    }

    private static void smaller(float[] row, float[] out, int at, int n) {
        for (int i = 0; i < n; i++) {
            out[at + i] = Math.min(out[at + i], row[i]);
        }
    }

    private static void largerOfBoth(float[] row, float[] out, int at, int n) {
        for (int i = 0; i < n; i++) {
            out[at + i] = Math.max(out[at + i], Math.abs(row[i]));
        }
    }

    private static void smallerOfBoth(float[] row, float[] out, int at, int n) {
        for (int i = 0; i < n; i++) {
            out[at + i] = Math.min(out[at + i], -Math.abs(row[i]));
        }
    }
}
