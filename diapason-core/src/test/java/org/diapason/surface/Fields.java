package org.diapason.surface;

import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/** Volumes to take surfaces of. */
final class Fields {
    private Fields() {}

    interface Field {
        double at(double x, double y, double z);
    }

    /** Returns a field at the centres of a grid along the axes of the world. */
    static Volume of(Geometry g, Field field) {
        float[] values = new float[g.voxels()];
        for (int k = 0; k < g.nk(); k++) {
            for (int j = 0; j < g.nj(); j++) {
                for (int i = 0; i < g.ni(); i++) {
                    double[] at = g.toWorld(i, j, k).toArray();
                    values[g.index(i, j, k)] = (float) field.at(at[0], at[1], at[2]);
                }
            }
        }
        return Volume.of(g, values, Quantity.MAPPED);
    }

    /** Returns radius − distance from a centre. */
    static Field sphere(double radius, double cx, double cy, double cz) {
        return (x, y, z) -> radius - Math.sqrt(square(x - cx) + square(y - cy) + square(z - cz));
    }

    /** Returns thickness − distance from a circle in a plane z = const. */
    static Field torus(double radius, double thickness, double cx, double cy, double cz) {
        return (x, y, z) ->
                thickness
                        - Math.sqrt(
                                square(Math.sqrt(square(x - cx) + square(y - cy)) - radius)
                                        + square(z - cz));
    }

    /** Returns a sum of waves of random direction, length and phase; no two seeds alike. */
    static Field waves(long seed) {
        Rng rng = new Rng(seed);
        double[] wave = new double[5 * 12];
        for (int n = 0; n < wave.length; n++) {
            wave[n] = rng.nextGaussian();
        }
        return (x, y, z) -> {
            double sum = 0;
            for (int n = 0; n < wave.length; n += 5) {
                double phase = 0.4 * (wave[n] * x + wave[n + 1] * y + wave[n + 2] * z);
                sum += wave[n + 3] * Math.sin(phase + 3 * wave[n + 4]);
            }
            return sum;
        };
    }

    static Field noise(long seed) {
        Rng rng = new Rng(seed);
        return (x, y, z) -> rng.nextGaussian();
    }

    private static double square(double x) {
        return x * x;
    }
}
