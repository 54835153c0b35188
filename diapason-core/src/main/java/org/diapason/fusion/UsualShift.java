package org.diapason.fusion;

import org.diapason.volume.Geometry;

/**
 * How far a rule that is no straight line is tried: ±√3 s along each axis, s the usual spread.
 *
 * <p>That is the quadrature of Gauss and Hermite of three points for a normal shift (Abramowitz and
 * Stegun 1964, table 25.10): what jumps within it, where a rule selects, counts by about how likely
 * it is, and not as a slope that goes on without end.
 */
final class UsualShift {
    /** Places looked at along an axis; spreads change slowly. */
    private static final int PLACES = 24;

    private UsualShift() {}

    /**
     * Returns √3 times the root mean square of the spread along the axes that have neighbours, in
     * mm; half their smallest spacing where the shift is known without any.
     */
    static double stepMm(Misregistration u, Geometry g) {
        double[] mean = new double[3];
        double[] covariance = new double[6];
        double sum = 0;
        long count = 0;
        int[] step = new int[3];
        double least = Double.POSITIVE_INFINITY;
        for (int a = 0; a < 3; a++) {
            step[a] = (g.size(a) + PLACES - 1) / PLACES;
            least = g.size(a) > 1 ? Math.min(least, g.spacing(a) / 2) : least;
        }
        for (int k = 0; k < g.nk(); k += step[2]) {
            for (int j = 0; j < g.nj(); j += step[1]) {
                for (int i = 0; i < g.ni(); i += step[0]) {
                    u.at(g.index(i, j, k), g.toWorld(i, j, k).toArray(), mean, covariance);
                    for (int a = 0; a < 3; a++) {
                        if (g.size(a) > 1) {
                            sum += along(g, a, covariance);
                            count++;
                        }
                    }
                }
            }
        }
        return sum > 0 ? Math.sqrt(3 * sum / count) : least;
    }

    /** Returns the variance along an axis of the grid. */
    private static double along(Geometry g, int axis, double[] s) {
        double x = g.direction().get(axis);
        double y = g.direction().get(3 + axis);
        double z = g.direction().get(6 + axis);
        return s[0] * x * x
                + s[3] * y * y
                + s[5] * z * z
                + 2 * (s[1] * x * y + s[2] * x * z + s[4] * y * z);
    }
}
