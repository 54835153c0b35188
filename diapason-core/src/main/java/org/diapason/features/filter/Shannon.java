package org.diapason.features.filter;

import org.diapason.math.Boundary;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;

/**
 * Keeps one band of frequencies whatever their direction, with sharp edges.
 *
 * <p>{@code g(ν) = 1} for {@code ½ < ν_j ≤ 1}, else 0, with {@code ν_j = 2^(j−1) |ν|} at level j
 * and ν = 1 the highest frequency of an axis. Computed in the Fourier domain over the image
 * continued without end (see the boundary). Refused on axes of different spacing.
 *
 * <p>Method: IBSI 2 manual, arXiv:2006.05470, section "Non-separable wavelets" (PRT7). There is no
 * consensus value for it.
 *
 * @param level which band, j: 1 for the highest frequencies, to 16
 * @param boundary how the image goes on beyond its border
 * @param space in slices or in the volume
 */
public record Shannon(
        @Default("1") int level, @Default("mirror") Boundary boundary, @Default("3d") Space space)
        implements Filter {

    private static final int MOST_LEVELS = 16;

    public Shannon {
        check(level);
    }

    static void check(int level) {
        if (level < 1 || level > MOST_LEVELS) {
            throw new IllegalArgumentException(
                    "level must be from 1 to " + MOST_LEVELS + ", got " + level);
        }
    }

    @Override
    public float[] respond(Geometry g, float[] values) {
        Grids.needValues(label(), values);
        Grids.needEqualSpacing(label(), g, space.axes());
        double scale = (double) (1 << (level - 1)) * (1 << (level - 1));
        return Fourier.radial(
                        square -> square * scale > 0.25 && square * scale <= 1 ? 1 : 0,
                        Frequencies.EXACT)
                .inPlace(g, values.clone(), space, boundary);
    }

    @Override
    public String label() {
        return "shannon-level" + level + Labels.end(space, boundary);
    }
}
