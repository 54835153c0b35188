package org.diapason.fusion;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;

/** Every rule with a name, and images to fuse by it. */
final class Rules {
    private Rules() {}

    static List<Fusion> all() {
        return List.of(
                new Weighted(),
                new Max(),
                new Min(),
                new Energy(2),
                new SoftmaxEnergy(2, 10),
                new Pca(),
                new Laplacian(),
                new Laplacian(OptionalInt.of(3), new MaxAbs(false), Optional.empty()),
                new Dwt(),
                new Dwt("cdf-9-7", 2, new Match(0.7, true), Optional.empty()),
                new Swt(),
                new Swt(3, new MaxAbs(true), Optional.empty()),
                new Guided(6, 9, 0.3, 3, 1e-6));
    }

    /** Blobs and noise from about −500 to 1500. */
    static float[] image(Geometry g, int seed) {
        Rng rng = new Rng(seed);
        double[] centre = {rng.nextDouble(), rng.nextDouble(), rng.nextDouble()};
        float[] values = new float[g.voxels()];
        for (int v = 0; v < values.length; v++) {
            double di = v % g.ni() - centre[0] * g.ni();
            double dj = v / g.ni() % g.nj() - centre[1] * g.nj();
            double dk = v / g.ni() / g.nj() - centre[2] * g.nk();
            double r2 = di * di + dj * dj + dk * dk;
            values[v] = (float) (1000 * StrictMath.exp(-r2 / 60) + 100 * rng.nextGaussian());
        }
        return values;
    }

    /** The picture of whole numbers that scripts in numpy draw with the same formula. */
    static float[] numbers(Geometry g, boolean second) {
        float[] x = new float[g.voxels()];
        for (int v = 0; v < x.length; v++) {
            int i = v % g.ni();
            int j = v / g.ni();
            x[v] = second ? (5 * i * i + 11 * j) % 31 : (7 * i + 13 * j + 3 * i * j) % 29;
        }
        return x;
    }
}
