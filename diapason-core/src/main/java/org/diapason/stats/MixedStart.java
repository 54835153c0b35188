package org.diapason.stats;

import java.util.function.IntFunction;
import org.diapason.volume.RefusedException;

/**
 * Where searches begin: the best of equal scales on all random effects, or with one of them a tenth
 * of the others; they are factored once for all responses where they are not too large to keep.
 */
final class MixedStart {
    private static final double[] SCALES = {0.03, 0.1, 0.3, 1, 3, 10, 100, 1000, 1e4, 1e5, 1e6};
    private static final double LESS = 0.1;

    /** Numbers that are kept. */
    private static final long MOST = 500_000;

    final MixedSums sums;
    private final int[] diagonal;

    /** For each scale: all equal, then each effect less; gives a point that is not written to. */
    private final IntFunction<MixedPoint> points;

    MixedStart(MixedSums sums) {
        this.sums = sums;
        diagonal = sums.diagonal();
        int count = SCALES.length * (diagonal.length + 1);
        long size = sums.zz.length * 2L * sums.main.width * sums.main.width;
        if (count * (size + (long) sums.dense * sums.dense) <= MOST) {
            MixedPoint[] kept = new MixedPoint[count];
            for (int k = 0; k < count; k++) {
                kept[k] = new MixedPoint(sums).set(theta(k));
            }
            points = k -> kept[k];
        } else {
            points = k -> new MixedPoint(sums).set(theta(k));
        }
    }

    private double[] theta(int k) {
        double[] theta = new double[sums.parameter[sums.factors.size()]];
        double scale = SCALES[k / (diagonal.length + 1)];
        int less = k % (diagonal.length + 1);
        for (int d = 0; d < diagonal.length; d++) {
            theta[diagonal[d]] = d + 1 == less ? LESS * scale : scale;
        }
        return theta;
    }

    /**
     * Returns the best start of a response.
     *
     * @throws RefusedException if nothing is left for the noise
     */
    double[] best(MixedResponse response) {
        int kinds = diagonal.length + 1;
        int best = (SCALES.length - 1) * kinds;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < SCALES.length * kinds; k += kinds) {
            double value = response.solve(points.apply(k));
            if (value < least) {
                least = value;
                best = k;
            }
        }
        if (best == (SCALES.length - 1) * kinds) {
            throw new RefusedException(
                    "mixed model: nothing varies within the groups of a random term, so the"
                            + " residual variance is 0. Leave the term out.");
        }
        int equal = best;
        for (int k = equal + 1; kinds > 2 && k < equal + kinds; k++) {
            double value = response.solve(points.apply(k));
            if (value < least) {
                least = value;
                best = k;
            }
        }
        return theta(best);
    }
}
