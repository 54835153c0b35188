package org.diapason.reconstruction;

import java.util.Arrays;
import org.diapason.volume.Geometry;

/**
 * Relative difference prior over neighbours in the cube of 3 voxels an axis (26, in a plane 8):
 *
 * <p>{@code R(u) = Σ_j Σ_k∈N_j w_jk (u_j − u_k)² / (2 (u_j + u_k + γ|u_j − u_k| + ε))}, w = spacing
 * along i over the distance of the two. Every pair counts twice, 0/0 is 0, as in STIR without
 * kappa. Blind to a common factor of the image up to one factor of R, so that hot and cold places
 * are smoothed alike; γ holds edges.
 *
 * <p>For images of 0 or more: a pair whose denominator is not positive counts 0. It has no
 * curvature bound: {@link #curvature} is the diagonal of the Hessian doubled, where a pair has
 * {@code ∂²/∂a² = w (2b + ε)²/D³}, which is a bound for small steps, as a pair's Hessian has rank
 * 1.
 *
 * <p>Paper: Nuyts et al. 2002, IEEE Trans. Nucl. Sci. 49(1):56–60, doi:10.1109/TNS.2002.998681.
 */
public final class RelativeDifference implements Prior {
    private final Neighbours near;
    private final double gamma;
    private final double epsilon;

    /**
     * @param gamma γ, 0 or more; 2 is usual
     * @param epsilon ε in units of the image, 0 or more
     */
    public RelativeDifference(Geometry grid, double gamma, double epsilon) {
        this.gamma = EdgePrior.requireNotNegative("gamma", gamma);
        this.epsilon = EdgePrior.requireNotNegative("epsilon", epsilon);
        near = new Neighbours(grid);
    }

    @Override
    public double value(float[] u) {
        return near.sum(
                (p, around) -> {
                    double sum = 0;
                    for (int m = around; m != 0; m &= m - 1) {
                        int o = Integer.numberOfTrailingZeros(m);
                        double d = (double) u[p] - u[p + near.shift[o]];
                        double below = below(u[p], u[p + near.shift[o]]);
                        sum += below > 0 ? near.weight[o] * d * d / (2 * below) : 0;
                    }
                    return sum;
                });
    }

    private double below(double a, double b) {
        return a + b + gamma * Math.abs(a - b) + epsilon;
    }

    @Override
    public void gradient(float[] u, float[] gradient) {
        near.forEach(
                (p, around) -> {
                    double sum = 0;
                    for (int m = around; m != 0; m &= m - 1) {
                        int o = Integer.numberOfTrailingZeros(m);
                        double a = u[p];
                        double b = u[p + near.shift[o]];
                        double below = below(a, b);
                        if (below > 0) {
                            double more = a + 3 * b + gamma * Math.abs(a - b) + 2 * epsilon;
                            sum += near.weight[o] * (a - b) * more / (below * below);
                        }
                    }
                    gradient[p] = (float) sum; // twice a half
                });
    }

    @Override
    public void curvature(float[] u, float[] diagonal) {
        Arrays.fill(diagonal, 0);
        near.forEach(
                (p, around) -> {
                    double sum = 0;
                    for (int m = around; m != 0; m &= m - 1) {
                        int o = Integer.numberOfTrailingZeros(m);
                        double b = 2.0 * u[p + near.shift[o]] + epsilon;
                        double below = below(u[p], u[p + near.shift[o]]);
                        sum += below > 0 ? near.weight[o] * b * b / (below * below * below) : 0;
                    }
                    diagonal[p] = (float) (4 * sum); // pairs count twice, doubled
                });
    }
}
