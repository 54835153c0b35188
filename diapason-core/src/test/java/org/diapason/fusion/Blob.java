package org.diapason.fusion;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/** A Gaussian blob of 6 mm that is drawn wherever it is moved to: nothing is resampled. */
final class Blob {
    static final double SIGMA = 6;
    static final double ALPHA = 0.3;
    static final Geometry GRID = centred(48, 44, 40, 1, 1, 1, Geometry.IDENTITY);
    static final Geometry OBLIQUE = centred(40, 52, 30, 1.1, 0.9, 1.4, turned(0.3, 0.5, -1));

    static final BiasMap.Settings SETTINGS =
            new BiasMap.Settings(
                    OptionalDouble.of(2), 1, OptionalDouble.empty(), 0, Optional.empty());

    /** Its centre is the world's origin. */
    static Geometry centred(
            int ni, int nj, int nk, double si, double sj, double sk, Numbers direction) {
        Geometry g =
                new Geometry(ni, nj, nk, Numbers.of(si, sj, sk), Numbers.of(0, 0, 0), direction);
        double[] o = g.toWorld((ni - 1) / 2.0, (nj - 1) / 2.0, (nk - 1) / 2.0).toArray();
        return new Geometry(ni, nj, nk, g.spacingMm(), Numbers.of(-o[0], -o[1], -o[2]), direction);
    }

    /** Turned about z, then about x; the last axis is flipped where sign is −1. */
    static Numbers turned(double z, double x, double sign) {
        double a = StrictMath.cos(z);
        double b = StrictMath.sin(z);
        double c = StrictMath.cos(x);
        double d = StrictMath.sin(x);
        return Numbers.of(a, -b, 0, c * b, c * a, -d * sign, d * b, d * a, c * sign);
    }

    static Volume blob(Geometry g, double[] shift) {
        float[] values = new float[g.voxels()];
        for (int v = 0; v < values.length; v++) {
            int row = v / g.ni();
            values[v] = (float) blob(g.toWorld(v % g.ni(), row % g.nj(), row / g.nj()), shift);
        }
        return Volume.of(g, values, Quantity.HU);
    }

    static double blob(Numbers place, double[] shift) {
        double d = 0;
        for (int r = 0; r < 3; r++) {
            double x = place.get(r) + shift[r];
            d += x * x;
        }
        return 1000 * StrictMath.exp(-d / (2 * SIGMA * SIGMA));
    }

    static Volume nothing(Geometry g) {
        return Volume.of(g, new float[g.voxels()], Quantity.HU);
    }

    static BiasMap map(Geometry g, double alpha, Misregistration u) {
        return BiasMap.of(
                Weighted.of(alpha), List.of(nothing(g), blob(g, new double[3])), 1, u, SETTINGS);
    }

    /** Voxels from the nearest border. */
    static int border(Geometry g, int v) {
        int row = v / g.ni();
        int[] at = {v % g.ni(), row % g.nj(), row / g.nj()};
        int least = Integer.MAX_VALUE;
        for (int a = 0; a < 3; a++) {
            least = Math.min(least, Math.min(at[a], g.size(a) - 1 - at[a]));
        }
        return least;
    }

    private Blob() {}
}
