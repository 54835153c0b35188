package org.diapason.reconstruction;

import org.diapason.volume.Geometry;

/**
 * Parallel level sets, {@code R(u) = Σ_p √(α² + |∇u|² − ⟨∇u, ξ⟩²) − α}, {@code ξ = ∇v / √(|∇v|² +
 * η²)}, v divided by its largest gradient: what of ∇u points along the anatomy's gradient is free
 * as far as |ξ| reaches 1. Of a flat v it is smoothed total variation.
 *
 * <p>It is the size of {@code (I − κ ξ ξᵀ)∇u} beside α, {@code κ = (1 − √(1 − |ξ|²)) / |ξ|²}. The
 * norm keeps α, which is a part of the formula.
 *
 * <p>Paper: Ehrhardt et al. 2016, IEEE Trans. Med. Imaging 35(9):2189–2199,
 * doi:10.1109/TMI.2016.2549601, asymmetric form, equation 6.
 */
public final class ParallelLevelSets extends EdgePrior {
    /**
     * @param guide v on the grid, not modified; NaN makes no edge
     * @param eta η, a share of the largest gradient of v; positive
     * @param alpha α in units of u per mm; 0 or more
     */
    public ParallelLevelSets(Geometry grid, float[] guide, double eta, double alpha) {
        super(grid, 0);
        edges(null, requireNotNegative("alpha", alpha));
        along(GuideEdges.directions(grid, guide, eta, s -> (1 - Math.sqrt(1 - s)) / s));
    }
}
