package org.diapason.reconstruction;

import org.diapason.volume.Geometry;

/**
 * Isotropic total variation, {@code R(u) = Σ_p |(∇u)_p|} by forward differences per mm: few edges,
 * however high. Smoothed, {@code √(|∇u|² + β²) − β}. In units of the image per mm, summed over
 * voxels, not over mm³.
 *
 * <p>Paper: Rudin, Osher and Fatemi 1992, Physica D 60(1–4):259–268,
 * doi:10.1016/0167-2789(92)90242-F.
 */
public final class TotalVariation extends EdgePrior {
    /**
     * @param smoothing β of value, gradient and curvature, in units of the image per mm; 0 or more
     */
    public TotalVariation(Geometry grid, double smoothing) {
        super(grid, smoothing);
    }
}
