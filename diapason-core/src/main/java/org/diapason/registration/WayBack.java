package org.diapason.registration;

import java.util.Arrays;
import org.diapason.volume.Affine;

/** Registers the other way round on the finest grid, from the inverse of what was found. */
final class WayBack {
    private static final int SAMPLES = 120_000;
    private static final int CURVE_SAMPLES = 40_000;
    private static final double CLOSE = 0.01;

    private WayBack() {}

    /** Returns the way there and back. */
    static Affine round(Pair pair, LinearModel model, Affine found) {
        Pair back = pair.swapped();
        Affine start = found.inverse();
        Scaled scaled = new Scaled(model, back.centre(), Scaled.corners(back.grid()), back.flat());
        double spacing = back.fixed(0).spacingMm();
        Samples drawn = back.inside(back.samples(0, SAMPLES), 0, start);
        Samples few = drawn.every(Math.max(1, drawn.size() / CURVE_SAMPLES), 0);
        double[][] inverse = Curvature.inverse(back.metric(few, 0), scaled, start, spacing);
        Affine home =
                new LinearSearch(back.metric(drawn, 0), scaled, spacing, CLOSE * spacing)
                        .from(start, inverse)
                        .transform();
        return found.then(home);
    }

    /** Returns how far from itself the way there and back puts a place. */
    static Certificate.ErrorMm of(Affine round, double[][] places) {
        double[] far = new double[places.length];
        double sum = 0;
        for (int p = 0; p < far.length; p++) {
            far[p] = Distances.at(round, Affine.IDENTITY, places[p]);
            sum += far[p];
        }
        Arrays.sort(far);
        return new Certificate.ErrorMm(
                sum / far.length,
                far[(int) (0.95 * (far.length - 1))],
                far[far.length - 1],
                "registered both ways");
    }
}
