package org.diapason.reconstruction;

/**
 * A lower bound of {@code min F(A u) + λR(u)} over {@code 0 ≤ u ≤ U} from any duals p and q: {@code
 * −F*(p) − (λR)*(q) − U Σ max(0, −(Aᵀp + Kᵀq))}.
 *
 * <p>Iterates leave where {@code Aᵀp + Kᵀq ≥ 0} a little, which costs U times how much. So the best
 * of a few points {@code (1 − θ) p + θ e}, {@code (1 − θ) q} is taken, from the iterates to where
 * nothing is left outside; e is {@link DataTerm#top}. {@code (λR)*((1 − θ) q) ≤ (1 − θ)(λR)*(q)},
 * as (λR)* is convex and not above 0 at 0.
 */
final class DualBound {
    /** Of the way inside. */
    private static final double[] SHARES = {0, 0.03, 0.1, 0.3, 1};

    private DualBound() {}

    /**
     * @param pull Aᵀp + Kᵀq
     * @param seen Aᵀ1
     * @param known (λR)*(q)
     */
    static double of(
            DataTerm data, float[] p, float[] pull, float[] seen, double known, double upper) {
        double inside = inside(pull, seen, data.top());
        double best = Double.NEGATIVE_INFINITY;
        for (double share : SHARES) {
            double theta = share * inside;
            double outside = share == 1 ? 0 : upper * outside(pull, seen, data.top(), theta);
            double value = -data.conjugate(p, theta) - (1 - theta) * known;
            best = Math.max(best, outside == 0 ? value : value - outside);
        }
        return best;
    }

    /** Returns the least θ from which on nothing is outside. */
    private static double inside(float[] pull, float[] seen, double e) {
        return Total.largest(
                pull.length,
                (from, to) -> {
                    double most = 0;
                    for (int v = from; v < to; v++) {
                        double out = Math.max(0, -pull[v]);
                        most = Math.max(most, out == 0 ? 0 : out / (out + e * seen[v]));
                    }
                    return most;
                });
    }

    private static double outside(float[] pull, float[] seen, double e, double theta) {
        return Total.of(
                pull.length,
                (from, to) -> {
                    double sum = 0;
                    for (int v = from; v < to; v++) {
                        sum += Math.max(0, (theta - 1) * pull[v] - theta * e * seen[v]);
                    }
                    return sum;
                });
    }
}
