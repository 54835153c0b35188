package org.diapason.reconstruction;

import org.diapason.volume.Geometry;

/**
 * Directional total variation, {@code R(u) = Σ_p |(I − γ ξ ξᵀ)(∇u)_p|}, {@code ξ = ∇v / √(|∇v|² +
 * η²)}, v divided by its largest gradient: edges of u along edges of the anatomy v cost the share 1
 * − γ|ξ|² of what they cost elsewhere. Of a flat v it is total variation.
 *
 * <p>With γ = 1 and |∇v| ≫ η such an edge is free, also one that only noise has there; 0.95 holds a
 * little back.
 *
 * <p>Paper: Ehrhardt and Betcke 2016, SIAM J. Imaging Sci. 9(3):1084–1106, doi:10.1137/15M1047325;
 * for PET Ehrhardt et al. 2019, Phys. Med. Biol. 64:225019, doi:10.1088/1361-6560/ab3d07.
 */
public final class DirectionalTv extends EdgePrior {
    /**
     * @param guide v on the grid, not modified; NaN makes no edge
     * @param eta η, a share of the largest gradient of v; positive
     * @param gamma γ, 0 to 1
     * @param smoothing β of value, gradient and curvature, in units of u per mm; 0 or more
     */
    public DirectionalTv(Geometry grid, float[] guide, double eta, double gamma, double smoothing) {
        super(grid, smoothing);
        if (!(gamma >= 0 && gamma <= 1)) {
            throw new IllegalArgumentException("gamma must be 0 … 1, got " + gamma);
        }
        along(GuideEdges.directions(grid, guide, eta, square -> gamma));
    }
}
