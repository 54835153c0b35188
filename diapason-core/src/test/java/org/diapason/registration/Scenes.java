package org.diapason.registration;

import org.diapason.math.Rng;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/** Two contrasts of one smooth object, drawn in any pose: nothing is resampled. */
final class Scenes {
    static final Geometry GRID = Geometry.of(48, 44, 40, 2, 2, 2);

    private static final double[][] BLOBS = {
        // x, y, z, radius in mm, first contrast, second contrast
        {47, 43, 39, 30, 100, 60},
        {35, 40, 45, 9, 80, -50},
        {60, 52, 30, 7, -60, 120},
        {50, 25, 45, 8, 120, 70},
        {45, 55, 55, 6, 60, 90},
    };

    private Scenes() {}

    /** Returns a contrast, moved so that a place p of the still object lies at {@code pose(p)}. */
    static Volume of(int contrast, Geometry g, Affine pose, double noise) {
        return of(contrast, g, pose, noise, contrast + 5);
    }

    /** Returns the same with noise of its own. */
    static Volume of(int contrast, Geometry g, Affine pose, double noise, long seed) {
        Affine back = pose.inverse();
        float[] values = new float[g.voxels()];
        Rng rng = new Rng(seed);
        for (int v = 0; v < values.length; v++) {
            int row = v / g.ni();
            double[] p = g.toWorld(v % g.ni(), row % g.nj(), row / g.nj()).toArray();
            back.apply(p);
            double sum = noise * rng.nextGaussian();
            for (double[] b : BLOBS) {
                double d = 0;
                for (int a = 0; a < 3; a++) {
                    d += (p[a] - b[a]) * (p[a] - b[a]);
                }
                // an edge 3 mm wide
                sum += b[4 + contrast] / (1 + StrictMath.exp((Math.sqrt(d) - b[3]) / 0.7));
            }
            values[v] = (float) sum;
        }
        return Volume.of(g, values, Quantity.UNKNOWN);
    }

    /** Returns how far two transforms put a point of the object apart, at most, in mm. */
    static double apart(Affine a, Affine b) {
        double most = 0;
        for (double[] blob : BLOBS) {
            for (int side = -1; side <= 1; side += 2) {
                double[] p = {blob[0] + side * blob[3], blob[1], blob[2] - side * blob[3]};
                double[] q = p.clone();
                a.apply(p);
                b.apply(q);
                double dx = p[0] - q[0];
                double dy = p[1] - q[1];
                double dz = p[2] - q[2];
                most = Math.max(most, Math.sqrt(dx * dx + dy * dy + dz * dz));
            }
        }
        return most;
    }

    /** Says whether a voxel lies in the object when it is not moved. */
    static boolean inside(Geometry g, int v) {
        int row = v / g.ni();
        double[] p = g.toWorld(v % g.ni(), row % g.nj(), row / g.nj()).toArray();
        double d = 0;
        for (int a = 0; a < 3; a++) {
            d += (p[a] - BLOBS[0][a]) * (p[a] - BLOBS[0][a]);
        }
        return d < BLOBS[0][3] * BLOBS[0][3];
    }
}
