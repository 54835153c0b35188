package org.diapason.reconstruction;

/**
 * A lower bound of {@code min F(A u) + λR(u)} over a box {@code l ≤ u ≤ h} from any duals p and q:
 * {@code −F*(p) − (λR)*(q) − Σ max(−l g, −h g)}, {@code g = Aᵀp + Kᵀq}.
 *
 * <p>Iterates leave where {@code g ≥ 0} a little, which costs h times how much. So the best of a
 * few points {@code (1 − θ) p + θ e}, {@code (1 − θ) q} is taken, from the iterates to where
 * nothing is left outside; e is {@link DataTerm#top}. {@code (λR)*((1 − θ) q) ≤ (1 − θ)(λR)*(q)},
 * as (λR)* is convex and not above 0 at 0.
 */
final class DualBound {
    /** Of the way inside. */
    private static final double[] SHARES = {0, 0.03, 0.1, 0.3, 1};

    private final DataTerm data;
    private final float[] seen;

    /**
     * @param seen Aᵀ1
     */
    DualBound(DataTerm data, float[] seen) {
        this.data = data;
        this.seen = seen;
    }

    /**
     * All images from 0 to {@code upper} that differ from {@code about} by {@code within} at most.
     */
    record Box(float[] about, double within, double upper) {
        double low(int v) {
            return Math.max(0, about[v] - within);
        }

        double high(int v) {
            return Math.min(upper, about[v] + within);
        }

        boolean infinite() {
            return Double.isInfinite(Math.min(within, upper));
        }
    }

    /**
     * @param pull g
     * @param known (λR)*(q)
     */
    double of(float[] p, float[] pull, double known, Box box) {
        double inside = inside(pull);
        double best = Double.NEGATIVE_INFINITY;
        for (double share : SHARES) {
            double theta = share * inside;
            double outside = share == 1 && box.infinite() ? 0 : outside(pull, theta, box);
            double value = -data.conjugate(p, theta) - (1 - theta) * known;
            best = Math.max(best, outside == 0 ? value : value - outside);
        }
        return best;
    }

    /** Returns the least θ from which on nothing is outside. */
    private double inside(float[] pull) {
        double e = data.top();
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

    private double outside(float[] pull, double theta, Box box) {
        double e = data.top();
        return Total.of(
                pull.length,
                (from, to) -> {
                    double sum = 0;
                    for (int v = from; v < to; v++) {
                        double out = (theta - 1) * pull[v] - theta * e * seen[v];
                        sum += out > 0 ? box.high(v) * out : out < 0 ? box.low(v) * out : 0;
                    }
                    return sum;
                });
    }
}
