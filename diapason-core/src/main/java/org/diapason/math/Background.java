package org.diapason.math;

import org.diapason.volume.Geometry;

/** The plane through the rim of a box: what is there without the wire or point in its middle. */
final class Background {
    /** The rim: the outer eighth of each side. */
    private static final double RIM = 0.125;

    private Background() {}

    /**
     * Returns level and slopes {@code a + b·i + c·j + d·k} in voxels from the middle, by least
     * squares over the rim across the wire's axis (−1: a point, all axes count); slopes are
     * independent there because the rim is symmetric.
     */
    static double[] of(Geometry g, float[] box, int along) {
        double[] sum = new double[4];
        double[] square = new double[4];
        for (int v = 0; v < box.length; v++) {
            if (!isRim(g, v, along)) {
                continue;
            }
            sum[0] += box[v];
            square[0]++;
            for (int a = 0; a < 3; a++) {
                double x = offset(g, v, a);
                sum[a + 1] += x * box[v];
                square[a + 1] += x * x;
            }
        }
        for (int a = 0; a < 4; a++) {
            sum[a] = square[a] > 0 ? sum[a] / square[a] : 0;
        }
        return sum;
    }

    static double level(double[] plane, Geometry g, int v) {
        return plane[0]
                + plane[1] * offset(g, v, 0)
                + plane[2] * offset(g, v, 1)
                + plane[3] * offset(g, v, 2);
    }

    /** Returns the index of a voxel along an axis. */
    static int at(Geometry g, int v, int axis) {
        return axis == 0 ? v % g.ni() : axis == 1 ? v / g.ni() % g.nj() : v / (g.ni() * g.nj());
    }

    static boolean isRim(Geometry g, int v, int along) {
        for (int a = 0; a < 3; a++) {
            double half = g.size(a) / 2.0;
            if (a != along && half > 1 && Math.abs(offset(g, v, a)) >= half * (1 - 2 * RIM)) {
                return true;
            }
        }
        return false;
    }

    private static double offset(Geometry g, int v, int axis) {
        return at(g, v, axis) - (g.size(axis) - 1) / 2.0;
    }
}
