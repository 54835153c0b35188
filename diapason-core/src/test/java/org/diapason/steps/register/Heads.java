package org.diapason.steps.register;

import org.diapason.math.Rng;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/** Two contrasts of one egg with things in it, drawn in any pose: nothing is resampled. */
final class Heads {
    static final Geometry GRID = Geometry.of(48, 44, 40, 2, 2, 2);
    static final double[] CENTRE = {47, 43, 39};

    /** x, y, z, radii along x, y, z in mm, first contrast, second contrast. */
    private static final double[][] EGGS = {
        {47, 43, 39, 34, 27, 22, 100, 60},
        {31, 40, 43, 9, 9, 9, 80, -50},
        {62, 50, 34, 7, 9, 6, -60, 120},
        {50, 28, 43, 8, 5, 8, 120, 70},
        {45, 54, 47, 6, 6, 6, 60, 90},
    };

    private Heads() {}

    /** Returns a contrast, moved so that a place p of the still object lies at {@code pose(p)}. */
    static Volume of(int contrast, Geometry g, Affine pose, double noise, long seed) {
        Affine back = pose.inverse();
        float[] values = new float[g.voxels()];
        Rng rng = new Rng(seed);
        for (int v = 0; v < values.length; v++) {
            int row = v / g.ni();
            double[] p = g.toWorld(v % g.ni(), row % g.nj(), row / g.nj()).toArray();
            back.apply(p);
            double sum = noise * rng.nextGaussian();
            for (double[] e : EGGS) {
                double square = 0;
                for (int a = 0; a < 3; a++) {
                    double d = (p[a] - e[a]) / e[3 + a];
                    square += d * d;
                }
                // an edge about 3 mm wide
                double out = (Math.sqrt(square) - 1) * (e[3] + e[4] + e[5]) / 3;
                sum += e[6 + contrast] / (1 + StrictMath.exp(out / 0.7));
            }
            values[v] = (float) sum;
        }
        return Volume.of(g, values, Quantity.UNKNOWN);
    }

    /** Returns how far two transforms put a place of the object apart, at most, in mm. */
    static double apart(Affine a, Affine b) {
        double most = 0;
        for (double[] egg : EGGS) {
            for (int side = -1; side <= 1; side += 2) {
                double[] p = {egg[0] + side * egg[3], egg[1], egg[2] - side * egg[5]};
                double[] q = p.clone();
                a.apply(p);
                b.apply(q);
                double x = p[0] - q[0];
                double y = p[1] - q[1];
                double z = p[2] - q[2];
                most = Math.max(most, Math.sqrt(x * x + y * y + z * z));
            }
        }
        return most;
    }
}
