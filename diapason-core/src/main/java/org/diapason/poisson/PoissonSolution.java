package org.diapason.poisson;

import java.util.List;

/**
 * What a solver found.
 *
 * @param corrections one per right-hand side, one number per pixel, 0 outside the mask
 * @param residuals relative residuals {@code ‖b − L e‖₂/‖b‖₂}, the largest of the channels, before
 *     the first iteration (1) and after each; 0 where all b are 0
 */
public record PoissonSolution(List<double[]> corrections, double[] residuals) {
    public int iterations() {
        return residuals.length - 1;
    }

    public double relativeResidual() {
        return residuals[residuals.length - 1];
    }
}
