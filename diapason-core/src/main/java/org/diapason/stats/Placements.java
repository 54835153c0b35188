package org.diapason.stats;

/**
 * Where every row stands among the rows of the other class: for a positive row the share of the
 * negative rows that score lower, for a negative row the share of the positive rows that score
 * higher; equal scores count half. Their mean over either class is the area under the curve.
 *
 * <p>Found in one sweep over the rows in the order of their scores, which gives the midranks of Sun
 * and Xu 2014.
 */
final class Placements {
    private static final int BITS = 11;
    private static final int DIGITS = 1 << BITS;
    private static final int PASSES = (Long.SIZE + BITS - 1) / BITS;

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
        int negatives = scores.length - positives;
        int[] order = order(scores);
        double[] share = new double[scores.length];
        double twice = 0; // of the area; a whole number, so exact up to 2^53
        int lowPositives = 0;
        int lowNegatives = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            int equalPositives = 0;
            double score = scores[order[from]];
            while (to < order.length && scores[order[to]] == score) {
                equalPositives += positive[order[to++]] ? 1 : 0;
            }
            int equalNegatives = to - from - equalPositives;
            double below = 2.0 * lowNegatives + equalNegatives;
            double above = 2.0 * (positives - lowPositives) - equalPositives;
            for (int r = from; r < to; r++) {
                boolean yes = positive[order[r]];
                share[order[r]] = yes ? below / (2.0 * negatives) : above / (2.0 * positives);
            }
            twice += equalPositives * below;
            lowPositives += equalPositives;
            lowNegatives += equalNegatives;
            from = to;
        }
        double auc = twice / (2.0 * positives * negatives);
        return new Placements(share, positive, positives, auc);
    }

    /** Returns the rows by rising score, dealt by the bits of the scores, lowest first. */
    private static int[] order(double[] scores) {
        int n = scores.length;
        long[] key = new long[n];
        int[] row = new int[n];
        int[][] count = new int[PASSES][DIGITS];
        for (int r = 0; r < n; r++) {
            long bits = Double.doubleToRawLongBits(scores[r] + 0.0); // -0 is 0
            key[r] = bits ^ (bits >> 63 | Long.MIN_VALUE); // rises as the scores do, unsigned
            row[r] = r;
            for (int pass = 0; pass < PASSES; pass++) {
                count[pass][(int) (key[r] >>> pass * BITS) & DIGITS - 1]++;
            }
        }
        long[] nextKey = new long[n];
        int[] nextRow = new int[n];
        for (int pass = 0; pass < PASSES; pass++) {
            int shift = pass * BITS;
            int[] place = count[pass];
            if (place[(int) (key[0] >>> shift) & DIGITS - 1] == n) {
                continue; // all have this digit
            }
            int sum = 0;
            for (int d = 0; d < DIGITS; d++) {
                int own = place[d];
                place[d] = sum;
                sum += own;
            }
            for (int r = 0; r < n; r++) {
                int to = place[(int) (key[r] >>> shift) & DIGITS - 1]++;
                nextKey[to] = key[r];
                nextRow[to] = row[r];
            }
            long[] keys = key;
            key = nextKey;
            nextKey = keys;
            int[] rows = row;
            row = nextRow;
            nextRow = rows;
        }
        return row;
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
}
