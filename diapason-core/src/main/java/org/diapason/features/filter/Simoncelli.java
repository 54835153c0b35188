package org.diapason.features.filter;

import org.diapason.math.Boundary;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;

/**
 * Keeps one band of frequencies whatever their direction, with soft edges.
 *
 * <p>{@code g(ν) = cos(π/2 · log₂(2ν_j))} for {@code ¼ < ν_j ≤ 1}, else 0, with {@code ν_j =
 * 2^(j−1) |ν|} at level j and ν = 1 the highest frequency of an axis. Computed in the Fourier
 * domain over the image continued without end (see the boundary).
 *
 * <p>The consensus map 8.a.1 of IBSI 2 is, to 3e-8 of its range, 2/7 of this filter with exact and
 * 5/7 with centred frequencies, so it cannot be met more closely than 0.95 % and 0.38 % of its
 * range. Refused on axes of different spacing.
 *
 * <p>Method: IBSI 2 manual, arXiv:2006.05470, section "Non-separable wavelets" (PRT7); Simoncelli
 * and Freeman 1995, Proc. ICIP 3:444–447, doi:10.1109/ICIP.1995.537667.
 *
 * @param level which band, j: 1 for the highest frequencies, to 16
 * @param boundary how the image goes on beyond its border
 * @param space in slices or in the volume
 * @param frequencies where the samples of the spectrum stand; centred needs boundary periodic
 */
public record Simoncelli(
        @Default("1") int level,
        @Default("mirror") Boundary boundary,
        @Default("3d") Space space,
        @Default("exact") Frequencies frequencies)
        implements Filter {

    private static final double LN_2 = StrictMath.log(2);

    public Simoncelli {
        Shannon.check(level);
        if (frequencies == Frequencies.CENTRED && boundary != Boundary.PERIODIC) {
            throw new IllegalArgumentException(
                    "frequencies centred needs boundary periodic, got " + Labels.word(boundary));
        }
    }

    @Override
    public float[] respond(Geometry g, float[] values) {
        Grids.needValues(label(), values);
        Grids.needEqualSpacing(label(), g, space.axes());
        double scale = (double) (1 << (level - 1)) * (1 << (level - 1));
        return Fourier.radial(square -> gain(square * scale), frequencies)
                .inPlace(g, values.clone(), space, boundary);
    }

    /** log₂(2ν) = 1 + log₂(ν²)/2. */
    private static double gain(double square) {
        if (square <= 1.0 / 16 || square > 1) {
            return 0;
        }
        return StrictMath.cos(Math.PI / 2 * (1 + StrictMath.log(square) / (2 * LN_2)));
    }

    @Override
    public String label() {
        return "simoncelli-level"
                + level
                + (frequencies == Frequencies.EXACT ? "" : "-centred")
                + Labels.end(space, boundary);
    }
}
