package org.diapason.reconstruction;

import org.diapason.volume.Geometry;

/**
 * Joint total variation of u with another image w that is held, {@code R(u) = Σ_p √(|∇u|² + η²|∇w|²
 * + β²) − β}: an edge of u costs less where w has one, whatever its direction, and an edge that w
 * lacks costs no more than under total variation. Of a flat w it is smoothed total variation.
 *
 * <p>The edges of w count in R, so that R of two images that are estimated in turn falls with both.
 * The kinkless norm keeps β, which is a part of the formula.
 *
 * <p>Paper: Haber and Holtzman Gazit 2013, Surveys in Geophysics 34:675–695,
 * doi:10.1007/s10712-013-9232-4; for PET and MR Ehrhardt et al. 2015, Inverse Problems
 * 31(1):015001, doi:10.1088/0266-5611/31/1/015001.
 */
public final class JointTv extends EdgePrior {
    /**
     * @param guide w on the grid, not modified; NaN makes no edge
     * @param eta η, units of u per unit of w; 0 or more
     * @param beta β in units of u per mm; 0 or more
     */
    public JointTv(Geometry grid, float[] guide, double eta, double beta) {
        super(grid, 0);
        requireNotNegative("beta", beta);
        edges(GuideEdges.squares(grid, guide, requireNotNegative("eta", eta)), beta);
    }
}
