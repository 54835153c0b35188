package org.diapason.stats;

import java.util.stream.IntStream;
import org.diapason.math.Rng;

/**
 * Draws of rows that hold both outcomes: as many positive and negative rows as there are, or as
 * many clusters as there are until both outcomes are among them; and folds of them.
 */
public final class Resample {
    private static final int MOST = 1000;

    private final boolean[] positive;
    private final Clusters clusters;
    private final int[] yes;
    private final int[] no;

    /**
     * @throws IllegalArgumentException if an outcome is missing or the clusters do not fit
     */
    public Resample(boolean[] positive, Clusters clusters) {
        clusters.check(positive.length);
        this.positive = positive;
        this.clusters = clusters;
        yes = IntStream.range(0, positive.length).filter(r -> positive[r]).toArray();
        no = IntStream.range(0, positive.length).filter(r -> !positive[r]).toArray();
        if (yes.length == 0 || no.length == 0) {
            throw new IllegalArgumentException(
                    "positive and negative rows are needed, got "
                            + yes.length
                            + " positive and "
                            + no.length
                            + " negative");
        }
    }

    /** Returns drawn rows; of single rows the positive ones come first. */
    public int[] draw(Rng rng) {
        if (clusters.apart()) {
            int[] rows = new int[positive.length];
            for (int r = 0; r < rows.length; r++) {
                int[] from = r < yes.length ? yes : no;
                rows[r] = from[rng.nextInt(from.length)];
            }
            return rows;
        }
        for (int attempt = 0; attempt < MOST; attempt++) {
            int[] rows = clusters.draw(rng);
            int found = 0;
            for (int r : rows) {
                found += positive[r] ? 1 : 0;
            }
            if (found > 0 && found < rows.length) {
                return rows;
            }
        }
        throw new IllegalArgumentException(
                "of "
                        + clusters.count()
                        + " clusters hardly a draw holds both outcomes: too few hold one of them");
    }

    /**
     * Deals the rows into folds of equal size, positive and negative ones apart, or clusters whole.
     *
     * @return the fold of each row, from 0
     */
    public int[] folds(int many, Rng rng) {
        int[] fold = new int[positive.length];
        if (clusters.apart()) {
            for (int[] side : new int[][] {yes, no}) {
                int[] order = shuffled(side.length, rng);
                for (int r = 0; r < side.length; r++) {
                    fold[side[order[r]]] = r % many;
                }
            }
            return fold;
        }
        int[] order = shuffled(clusters.count(), rng);
        for (int r = 0; r < fold.length; r++) {
            fold[r] = order[clusters.of(r)] % many;
        }
        return fold;
    }

    private static int[] shuffled(int n, Rng rng) {
        int[] order = IntStream.range(0, n).toArray();
        for (int k = n - 1; k > 0; k--) {
            int other = rng.nextInt(k + 1);
            int own = order[k];
            order[k] = order[other];
            order[other] = own;
        }
        return order;
    }
}
