package org.diapason.reconstruction;

import java.util.function.DoubleUnaryOperator;
import org.diapason.math.Blocks;
import org.diapason.volume.Geometry;

/** Where an anatomical image has edges, and across which direction. */
final class GuideEdges {
    private GuideEdges() {}

    /** Returns ∇v by forward differences per mm; 0 where NaN is near. */
    static float[][] gradient(Geometry grid, float[] v) {
        if (v.length != grid.voxels()) {
            throw new IllegalArgumentException(
                    "the guide has " + v.length + " voxels, the grid " + grid.voxels());
        }
        Differences d = new Differences(grid);
        float[][] g = new float[d.axes()][v.length];
        d.apply(v, g);
        for (float[] c : g) {
            for (int p = 0; p < c.length; p++) {
                c[p] = Float.isNaN(c[p]) ? 0 : c[p];
            }
        }
        return g;
    }

    private static double square(float[][] g, int p) {
        double sum = 0;
        for (float[] c : g) {
            sum += (double) c[p] * c[p];
        }
        return sum;
    }

    /** Returns η²|∇v|². */
    static float[] squares(Geometry grid, float[] v, double eta) {
        float[][] g = gradient(grid, v);
        float[] out = new float[v.length];
        for (int p = 0; p < out.length; p++) {
            out[p] = (float) (eta * eta * square(g, p));
        }
        return out;
    }

    /** Returns the largest |∇v| in units per mm. */
    static double largest(Geometry grid, float[] v) {
        return largest(gradient(grid, v), v.length);
    }

    private static double largest(float[][] g, int n) {
        double largest = 0;
        for (int p = 0; p < n; p++) {
            largest = Math.max(largest, square(g, p));
        }
        return Math.sqrt(largest);
    }

    /**
     * Returns ζ = √share(|ξ|²) ξ, ξ = ∇v / √(|∇v|² + η²) of v over its largest gradient; 0 where v
     * is flat.
     */
    static float[][] directions(Geometry grid, float[] v, double eta, DoubleUnaryOperator share) {
        if (!(eta > 0) || Double.isInfinite(eta)) {
            throw new IllegalArgumentException("eta must be positive, got " + eta);
        }
        float[][] g = gradient(grid, v);
        double largest = largest(g, v.length);
        double e2 = eta * eta * largest * largest;
        Blocks.forEach(
                v.length,
                (from, to) -> {
                    for (int p = from; p < to; p++) {
                        double s2 = square(g, p);
                        if (s2 == 0) {
                            continue;
                        }
                        double xi2 = s2 / (s2 + e2);
                        double factor = Math.sqrt(share.applyAsDouble(xi2) / (s2 + e2));
                        for (float[] c : g) {
                            c[p] = (float) (c[p] * factor);
                        }
                    }
                });
        return g;
    }
}
