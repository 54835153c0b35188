package org.diapason.registration;

import org.diapason.math.Gauss;
import org.diapason.math.Parallel;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;

/**
 * Takes the folds out of a field of shifts, moving as little as it can.
 *
 * <p>Where a determinant ({@link FoldingCheck}) is not above {@link #LEAST}, shifts are blended
 * with their blurred selves, the more the nearer; the blur widens every few rounds. What is left
 * after the last round is damped as a whole until nothing folds, which always ends: without shifts
 * there is no fold. A shift that is no number is none.
 */
public final class FoldRepair {
    /** What every determinant is to exceed. */
    public static final double LEAST = 0.05;

    private static final int ROUNDS = 40;

    /** Rounds of one blur, and the first of them in voxels. */
    private static final int ALIKE = 5;

    private static final double SIGMA = 1;

    /** Each is left of the shifts when all else fails. */
    private static final double DAMPED = 0.8;

    private FoldRepair() {}

    /**
     * A field without folds.
     *
     * @param field the same one where nothing was folded
     * @param folding of it; {@code repaired} counts the voxels that were folded before
     * @param rounds that were needed
     * @param mostMm how far a voxel was moved at most, in mm
     * @param meanMm how far voxels that were moved were moved on average, in mm
     */
    public record Repaired(
            DisplacementField field, Folding folding, int rounds, double mostMm, double meanMm) {}

    /** Repairs a field. Does not modify its input. */
    public static Repaired of(DisplacementField field) {
        Folding found = FoldingCheck.of(field);
        if (found.least() > LEAST) {
            return new Repaired(field, found, 0, 0, 0);
        }
        boolean[] bad = FoldingCheck.at(field, LEAST);
        long before = found.folded();
        DisplacementField now = field;
        int rounds = 0;
        double sigma = SIGMA;
        while (any(bad) && rounds < ROUNDS) {
            now = blended(now, bad, sigma);
            bad = FoldingCheck.at(now, LEAST);
            rounds++;
            if (rounds % ALIKE == 0) {
                sigma *= 1.5;
            }
        }
        while (any(bad)) {
            now = damped(now);
            bad = FoldingCheck.at(now, LEAST);
            rounds++;
        }
        double most = 0;
        double sum = 0;
        int moved = 0;
        for (int v = 0; v < field.geometry().voxels(); v++) {
            double d = 0;
            for (int a = 0; a < 3; a++) {
                double x = now.shifts(a)[v] - field.shifts(a)[v];
                d += x * x;
            }
            if (d > 0) {
                moved++;
                sum += Math.sqrt(d);
                most = Math.max(most, Math.sqrt(d));
            }
        }
        return new Repaired(
                now, FoldingCheck.of(now, before), rounds, most, moved == 0 ? 0 : sum / moved);
    }

    private static boolean any(boolean[] bad) {
        for (boolean b : bad) {
            if (b) {
                return true;
            }
        }
        return false;
    }

    private static DisplacementField blended(DisplacementField f, boolean[] bad, double sigma) {
        Geometry g = f.geometry();
        float[] near = new float[bad.length];
        for (int v = 0; v < bad.length; v++) {
            near[v] = bad[v] ? 1 : 0;
        }
        near = Gauss.blur(g, near, sigma, sigma, sigma);
        // One bad voxel alone is still blended in full.
        double alone = 1;
        for (int a = 0; a < 3; a++) {
            alone *= g.size(a) == 1 ? 1 : Gauss.kernel(sigma)[0];
        }
        float[] share = near;
        float full = (float) (1 / alone);
        float[][] out = new float[3][];
        for (int a = 0; a < 3; a++) {
            float[] was = f.shifts(a);
            float[] blurred = Gauss.blur(g, was, sigma, sigma, sigma);
            Parallel.forEach(
                    g.nk(),
                    k -> {
                        for (int j = 0, v = g.index(0, 0, k); j < g.nj(); j++) {
                            for (int i = 0; i < g.ni(); i++, v++) {
                                boolean edge =
                                        edge(i, g.ni()) || edge(j, g.nj()) || edge(k, g.nk());
                                float w = edge ? 0 : Math.min(1, full * share[v]);
                                blurred[v] = was[v] + w * (blurred[v] - was[v]);
                            }
                        }
                    });
            out[a] = blurred;
        }
        return DisplacementField.of(g, out[0], out[1], out[2]);
    }

    /** The border stays: zero is zero there. */
    private static boolean edge(int i, int n) {
        return n > 1 && (i == 0 || i == n - 1);
    }

    private static DisplacementField damped(DisplacementField f) {
        float[][] out = new float[3][];
        for (int a = 0; a < 3; a++) {
            out[a] = f.shifts(a).clone();
            for (int v = 0; v < out[a].length; v++) {
                float x = (float) (DAMPED * out[a][v]);
                out[a][v] = Math.abs(x) >= 1e-6f ? x : 0;
            }
        }
        return DisplacementField.of(f.geometry(), out[0], out[1], out[2]);
    }
}
