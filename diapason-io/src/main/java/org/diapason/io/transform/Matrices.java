package org.diapason.io.transform;

/** The matrices that ITK's and elastix's parameters stand for, row by row. */
final class Matrices {
    private Matrices() {}

    static double[] identity(int d) {
        double[] m = new double[d * d];
        for (int r = 0; r < d; r++) {
            m[d * r + r] = 1;
        }
        return m;
    }

    /** Returns a turn in the plane by an angle in rad, times a scale. */
    static double[] turn(double angle, double scale) {
        double c = scale * StrictMath.cos(angle);
        double s = scale * StrictMath.sin(angle);
        return new double[] {c, -s, s, c};
    }

    /**
     * Returns the turn by angles about x, y and z in rad: {@code Rz Rx Ry}, or {@code Rz Ry Rx}
     * where zyx is set.
     */
    static double[] euler(double[] angle, boolean zyx) {
        double cx = StrictMath.cos(angle[0]);
        double sx = StrictMath.sin(angle[0]);
        double cy = StrictMath.cos(angle[1]);
        double sy = StrictMath.sin(angle[1]);
        double cz = StrictMath.cos(angle[2]);
        double sz = StrictMath.sin(angle[2]);
        double[] x = {1, 0, 0, 0, cx, -sx, 0, sx, cx};
        double[] y = {cy, 0, sy, 0, 1, 0, -sy, 0, cy};
        double[] z = {cz, -sz, 0, sz, cz, 0, 0, 0, 1};
        return zyx ? product(z, product(y, x)) : product(z, product(x, y));
    }

    /** Returns the turn of a versor's vector part, times a scale. */
    static double[] versor(double[] v, double scale) {
        double x = v[0];
        double y = v[1];
        double z = v[2];
        double norm = x * x + y * y + z * z;
        if (norm > 1 + 1e-9) {
            throw new IllegalArgumentException("a versor is longer than 1");
        }
        double w = Math.sqrt(Math.max(0, 1 - norm));
        double[] m = {
            1 - 2 * (y * y + z * z),
            2 * (x * y - z * w),
            2 * (x * z + y * w),
            2 * (x * y + z * w),
            1 - 2 * (x * x + z * z),
            2 * (y * z - x * w),
            2 * (x * z - y * w),
            2 * (y * z + x * w),
            1 - 2 * (x * x + y * y)
        };
        for (int n = 0; n < 9; n++) {
            m[n] *= scale;
        }
        return m;
    }

    private static double[] product(double[] a, double[] b) {
        double[] ab = new double[9];
        for (int n = 0; n < 9; n++) {
            int r = n / 3 * 3;
            int c = n % 3;
            ab[n] = a[r] * b[c] + a[r + 1] * b[3 + c] + a[r + 2] * b[6 + c];
        }
        return ab;
    }
}
