package org.diapason.surface;

import java.util.function.IntUnaryOperator;
import org.diapason.math.Parallel;

/**
 * The numbers 0 … n − 1 parted into buckets, those of a bucket in ascending order: what is near in
 * a mesh is worked on together, bucket by bucket and on all threads.
 *
 * <p>Memory: 4 bytes a number.
 */
final class Buckets {
    private static final int LEAST_BLOCK = 1 << 16;
    private static final int MOST_BLOCKS = 256;

    /** Where each bucket begins among the items, and where the last ends. */
    private final int[] start;

    private final int[] items;

    private Buckets(int[] start, int[] items) {
        this.start = start;
        this.items = items;
    }

    /**
     * Parts the numbers below a count.
     *
     * @param bucketOf of a number, 0 to buckets − 1; asked twice, on any thread
     */
    static Buckets of(int count, int buckets, IntUnaryOperator bucketOf) {
        int block = Math.max(LEAST_BLOCK, count / MOST_BLOCKS + 1);
        int blocks = (int) ((count + block - 1L) / block);
        int[][] at = new int[blocks][];
        Parallel.forEach(
                blocks,
                b -> {
                    int[] many = new int[buckets];
                    int end = (int) Math.min(count, (b + 1L) * block);
                    for (int n = b * block; n < end; n++) {
                        many[bucketOf.applyAsInt(n)]++;
                    }
                    at[b] = many;
                });
        int[] start = new int[buckets + 1];
        int sum = 0;
        for (int bucket = 0; bucket < buckets; bucket++) {
            start[bucket] = sum;
            for (int[] many : at) {
                int here = many[bucket];
                many[bucket] = sum;
                sum += here;
            }
        }
        start[buckets] = sum;
        int[] items = new int[count];
        Parallel.forEach(
                blocks,
                b -> {
                    int[] to = at[b];
                    int end = (int) Math.min(count, (b + 1L) * block);
                    for (int n = b * block; n < end; n++) {
                        items[to[bucketOf.applyAsInt(n)]++] = n;
                    }
                });
        return new Buckets(start, items);
    }

    /** Returns where a bucket begins among the items; that behind the last is their end. */
    int start(int bucket) {
        return start[bucket];
    }

    /** Returns all numbers, bucket by bucket; do not write to them. */
    int[] items() {
        return items;
    }
}
