package org.diapason.surface;

import org.diapason.math.Parallel;

/**
 * Which points of a list are equal in every coordinate, bit by bit but for the sign of zero; points
 * that only lie close stay two.
 *
 * <p>Takes 8 bytes a point; the same on any number of threads.
 */
final class SamePoints {
    /** Points a bucket, about: its table stays near the processor. */
    private static final int BUCKET = 1 << 12;

    private final double[] points;

    /** For each point the first that is equal to it. */
    private final int[] first;

    private final int merged;

    private SamePoints(double[] points) {
        this.points = points;
        int count = points.length / 3;
        first = new int[count];
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(count / BUCKET);
        Buckets near = Buckets.of(count, 1 << bits, p -> (int) (hash(p) >>> 1 >>> 63 - bits));
        int[] many = new int[1 << bits];
        Parallel.forEach(many.length, b -> many[b] = join(near, b));
        int sum = 0;
        for (int m : many) {
            sum += m;
        }
        merged = sum;
    }

    /**
     * Looks through points.
     *
     * @param points x, y, z of each; not modified
     */
    static SamePoints of(double[] points) {
        return new SamePoints(points);
    }

    /** Returns how many points are equal to an earlier one. */
    int merged() {
        return merged;
    }

    /** Returns the number of each point when equal ones are made one, in the order of the list. */
    int[] numbers() {
        int[] number = new int[first.length];
        int next = 0;
        for (int p = 0; p < number.length; p++) {
            number[p] = first[p] == p ? next++ : number[first[p]];
        }
        return number;
    }

    /** Returns x, y, z of the points that are no second ones; −0 becomes 0. */
    double[] kept() {
        double[] kept = new double[3 * (first.length - merged)];
        int to = 0;
        for (int p = 0; p < first.length; p++) {
            for (int a = 0; a < 3 && first[p] == p; a++) {
                kept[to++] = points[3 * p + a] + 0.0;
            }
        }
        return kept;
    }

    /** Finds the first of each point of a bucket, and returns how many are second ones. */
    private int join(Buckets near, int bucket) {
        int from = near.start(bucket);
        int to = near.start(bucket + 1);
        int mask = 4 * Integer.highestOneBit(to - from | 1) - 1;
        int[] table = new int[mask + 1];
        int second = 0;
        for (int n = from; n < to; n++) {
            int p = near.items()[n];
            int slot = (int) hash(p) & mask;
            while (table[slot] != 0 && !equal(table[slot] - 1, p)) {
                slot = slot + 1 & mask;
            }
            if (table[slot] == 0) {
                table[slot] = p + 1;
            } else {
                second++;
            }
            first[p] = table[slot] - 1;
        }
        return second;
    }

    /** Zeros of either sign are equal. */
    private boolean equal(int p, int q) {
        return points[3 * p] == points[3 * q]
                && points[3 * p + 1] == points[3 * q + 1]
                && points[3 * p + 2] == points[3 * q + 2];
    }

    private long hash(int p) {
        return Weld.hash(points[3 * p] + 0.0, points[3 * p + 1] + 0.0, points[3 * p + 2] + 0.0);
    }
}
