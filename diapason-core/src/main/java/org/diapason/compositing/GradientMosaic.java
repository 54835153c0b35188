package org.diapason.compositing;

import java.util.List;
import java.util.OptionalDouble;
import org.diapason.math.Mosaic;
import org.diapason.math.Parallel;
import org.diapason.poisson.PoissonSolver;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * Overlapping tiles made one image by their differences, in one solve over the whole mosaic.
 *
 * <p>Every voxel belongs to the tile that is farthest from its own border there ({@link
 * Mosaic.Blend#NEAREST}). Neighbours shall differ as in their tile; across a seam as in the mean of
 * the two tiles on either side that measured both, and not at all where neither did. The mosaic
 * makes the sum of squared differences from that, each weighing (least spacing/spacing)² of its
 * axis, least: what is left of brightness between tiles is spread out smoothly and nothing is
 * blurred (Pérez, Gangnet and Blake 2003, equation 3; Levin, Zomet, Peleg and Weiss 2004,
 * doi:10.1007/978-3-540-24673-2_31, GIST1 with the l2 norm).
 *
 * <p>Differences leave the level open. Either one tile stays as it is, where it is shown, or the
 * mean change over each piece that hangs together is 0. Where no tile measured every channel, the
 * mosaic is NaN, and nothing is tied to such a place.
 *
 * @param fixed number of the tile that stays as it is, from 0; −1 for the least change
 * @param solver of the equation on the box of the tiles; where they leave gaps in it, asked several
 *     times
 * @param tolerance what no voxel may be further off than; empty for {@link Blend#SHARE_OF_RANGE} of
 *     the range of the tiles
 */
public record GradientMosaic(int fixed, PoissonSolver solver, OptionalDouble tolerance) {

    /**
     * The mosaic.
     *
     * @param planes one per channel, NaN where no tile measured
     * @param unknowns voxels that were solved for, in each channel
     * @param residuals relative residuals, the largest of the channels, at the start and after each
     *     iteration
     * @param maxErrorBound how far any voxel can be from the exact solution, before it is rounded
     *     to 32 bits
     * @param largestChange largest size of the change of a voxel
     */
    public record Result(
            Geometry grid,
            List<float[]> planes,
            int unknowns,
            Numbers residuals,
            double maxErrorBound,
            double tolerance,
            double largestChange) {
        public int iterations() {
            return residuals.size() - 1;
        }

        public double relativeResidual() {
            return residuals.get(residuals.size() - 1);
        }
    }

    /**
     * Makes one image of tiles. Does not modify them.
     *
     * @param channels for each channel the tiles, in the same order and on the same grids
     * @throws org.diapason.volume.RefusedException if they lie on different grids or do not hang
     *     together
     */
    public Result of(List<List<Mosaic.Tile>> channels) {
        if (fixed >= channels.get(0).size()) {
            throw new IllegalArgumentException(
                    "there are " + channels.get(0).size() + " tiles, and none is number " + fixed);
        }
        Ownership owned = Ownership.of(channels);
        Pieces pieces = Pieces.of(owned, fixed);
        List<double[]> b = owned.differences(pieces.inside());
        double allowed = tolerance.orElseGet(() -> Blend.SHARE_OF_RANGE * owned.range());
        Pieces.Solved solved = pieces.solve(b, solver, allowed);
        float[][] planes = new float[channels.size()][];
        double[] largest = new double[planes.length];
        Parallel.forEach(
                planes.length,
                c -> {
                    double[] e = solved.corrections().get(c);
                    planes[c] = owned.plane(c).clone();
                    for (int v = 0; v < e.length; v++) {
                        if (e[v] != 0) {
                            float was = planes[c][v];
                            planes[c][v] = (float) (was + e[v]);
                            largest[c] = Math.max(largest[c], Math.abs(e[v]));
                        }
                    }
                });
        double most = 0;
        for (double one : largest) {
            most = Math.max(most, one);
        }
        return new Result(
                owned.grid(),
                List.of(planes),
                solved.unknowns(),
                solved.residuals(),
                solved.maxErrorBound(),
                allowed,
                most);
    }
}
