package org.diapason.phantom;

import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * The smooth multiplicative shading of a coil: a random cubic in place, from its seed.
 *
 * <p>{@code Σ c_abc x^a y^b z^c} over {@code 1 ≤ a+b+c ≤ 3}, x, y, z from −1 to 1 across the image
 * and c normal, shifted and scaled so that its values over the image run exactly from lowest to
 * highest.
 *
 * @param lowest least factor over the image; positive
 * @param highest largest factor over the image; at least the lowest
 * @param seed makes the field
 */
public record BiasField(double lowest, double highest, long seed) {
    private static final int ORDER = 3;

    public BiasField {
        if (!(lowest > 0) || !(highest >= lowest) || Double.isInfinite(highest)) {
            throw new IllegalArgumentException(
                    "a bias field needs 0 < lowest <= highest, got " + lowest + " to " + highest);
        }
    }

    /** Returns the factor of every voxel. */
    public Volume on(Geometry grid) {
        double[][][] powers = new double[3][][];
        for (int a = 0; a < 3; a++) {
            powers[a] = powers(grid.size(a));
        }
        double[] c = new double[(ORDER + 1) * (ORDER + 1) * (ORDER + 1)];
        Rng rng = new Rng(Rng.seed(seed, "bias"));
        for (int n = 0; n < c.length; n++) {
            c[n] = rng.nextGaussian();
        }
        float[] field = new float[grid.voxels()];
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (int k = 0, v = 0; k < grid.nk(); k++) {
            for (int j = 0; j < grid.nj(); j++) {
                for (int i = 0; i < grid.ni(); i++, v++) {
                    field[v] = (float) cubic(c, powers[0][i], powers[1][j], powers[2][k]);
                    least = Math.min(least, field[v]);
                    most = Math.max(most, field[v]);
                }
            }
        }
        for (int v = 0; v < field.length; v++) {
            double share = most > least ? (field[v] - least) / (double) (most - least) : 0;
            field[v] = (float) (lowest + (highest - lowest) * share);
        }
        return Volume.of(grid, field, Quantity.UNKNOWN);
    }

    private static double cubic(double[] c, double[] x, double[] y, double[] z) {
        double sum = 0;
        for (int a = 0; a <= ORDER; a++) {
            for (int b = 0; a + b <= ORDER; b++) {
                for (int d = 0; a + b + d <= ORDER; d++) {
                    int n = (a * (ORDER + 1) + b) * (ORDER + 1) + d;
                    sum += n == 0 ? 0 : c[n] * x[a] * y[b] * z[d];
                }
            }
        }
        return sum;
    }

    private static double[][] powers(int n) {
        double[][] powers = new double[n][ORDER + 1];
        for (int i = 0; i < n; i++) {
            double x = n == 1 ? 0 : 2.0 * i / (n - 1) - 1;
            powers[i][0] = 1;
            for (int p = 1; p <= ORDER; p++) {
                powers[i][p] = powers[i][p - 1] * x;
            }
        }
        return powers;
    }
}
