package org.diapason.stats;

import java.util.Arrays;

/**
 * Where every row stands among the rows of the other class: for a positive row the share of the
 * negative rows that score lower, for a negative row the share of the positive rows that score
 * higher; equal scores count half. Their mean over either class is the area under the curve.
 *
 * <p>Found from the sorted distinct scores of the other class, which gives the midranks of Sun and
 * Xu 2014 in O(n log n).
 */
final class Placements {
    final double[] share;
    final boolean[] positive;
    final int positives;
    final int negatives;
    final double auc;

    private Placements(double[] share, boolean[] positive, int positives, double auc) {
        this.share = share;
        this.positive = positive;
        this.positives = positives;
        this.negatives = positive.length - positives;
        this.auc = auc;
    }

    /**
     * Places every row.
     *
     * @throws IllegalArgumentException if a score is NaN, a class is empty or lengths differ
     */
    static Placements of(double[] scores, boolean[] positive) {
        int positives = check(scores, positive);
        double[] high = new double[positives];
        double[] low = new double[scores.length - positives];
        int h = 0;
        int l = 0;
        for (int r = 0; r < scores.length; r++) {
            if (positive[r]) {
                high[h++] = scores[r];
            } else {
                low[l++] = scores[r];
            }
        }
        Ladder above = new Ladder(high);
        Ladder below = new Ladder(low);
        double[] share = new double[scores.length];
        double halves = 0; // a whole number, so exact up to 2^53
        for (int r = 0; r < scores.length; r++) {
            if (positive[r]) {
                double twice = below.twiceBelow(scores[r]);
                halves += twice;
                share[r] = twice / (2.0 * low.length);
            } else {
                share[r] = 1 - above.twiceBelow(scores[r]) / (2.0 * high.length);
            }
        }
        double auc = halves / (2.0 * positives * low.length);
        return new Placements(share, positive, positives, auc);
    }

    /** Returns how many rows are positive. */
    static int check(double[] scores, boolean[] positive) {
        if (scores.length != positive.length) {
            throw new IllegalArgumentException(
                    scores.length + " scores do not fit " + positive.length + " labels");
        }
        int positives = 0;
        for (int r = 0; r < scores.length; r++) {
            if (Double.isNaN(scores[r])) {
                throw new IllegalArgumentException(
                        "the score of row " + (r + 1) + " is NaN. Leave the row out.");
            }
            positives += positive[r] ? 1 : 0;
        }
        if (positives == 0 || positives == scores.length) {
            throw new IllegalArgumentException(
                    "positive and negative rows are needed, got "
                            + positives
                            + " positive and "
                            + (scores.length - positives)
                            + " negative");
        }
        return positives;
    }

    /** Distinct values in order, and how many of all are less or equal. */
    private static final class Ladder {
        private final double[] step;
        private final int[] upTo;
        private final int steps;

        Ladder(double[] values) {
            for (int n = 0; n < values.length; n++) {
                values[n] += 0.0; // -0 would sort before 0
            }
            Arrays.sort(values);
            step = values;
            upTo = new int[values.length];
            int s = -1;
            for (int n = 0; n < values.length; n++) {
                if (s < 0 || values[n] != step[s]) {
                    step[++s] = values[n];
                }
                upTo[s] = n + 1;
            }
            steps = s + 1;
        }

        /** Returns how many are less, twice, plus how many are equal. */
        double twiceBelow(double value) {
            int from = 0;
            int to = steps;
            while (from < to) {
                int middle = (from + to) >>> 1;
                if (step[middle] < value) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            int less = from == 0 ? 0 : upTo[from - 1];
            boolean equal = from < steps && step[from] == value;
            return 2.0 * less + (equal ? upTo[from] - less : 0);
        }
    }
}
