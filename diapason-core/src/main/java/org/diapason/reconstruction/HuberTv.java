package org.diapason.reconstruction;

import org.diapason.volume.Geometry;

/**
 * Huber total variation, {@code R(u) = Σ_p H(|(∇u)_p|)}, {@code H(s) = s²/2δ} up to δ and {@code s
 * − δ/2} above: slopes below δ are smoothed as by a quadratic prior and do not break into stairs.
 *
 * <p>Paper: Huber 1964, Ann. Math. Statist. 35(1):73–101, doi:10.1214/aoms/1177703732; with
 * primal-dual steps Chambolle and Pock 2011, J. Math. Imaging Vis. 40:120–145,
 * doi:10.1007/s10851-010-0251-1, section 6.2.3.
 */
public final class HuberTv extends EdgePrior {
    /**
     * @param delta δ in units of the image per mm; positive
     */
    public HuberTv(Geometry grid, double delta) {
        super(grid, 0);
        if (!(delta > 0) || Double.isInfinite(delta)) {
            throw new IllegalArgumentException("delta must be positive, got " + delta);
        }
        huber(delta);
    }
}
