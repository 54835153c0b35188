package org.diapason.registration;

/**
 * What becomes of a vector whose image or place moves; q = T(p) leads from fixed to moving, J =
 * ∂q/∂p. All vectors are along LPS.
 */
public enum Vectors {
    /**
     * As small shifts: {@code v_fixed(p) = J⁻¹ v_moving(T(p))}, so that {@code T(p + ε v_fixed) =
     * T(p) + ε v_moving}; the other way {@code J v}. ITK's {@code TransformVector}.
     */
    CARRIED,

    /**
     * By the rotation in J alone, R of {@code J = R U}: their length stays, as that of fibres does
     * (finite strain; Alexander et al. 2001, IEEE Trans. Med. Imaging 20(11):1131–1139,
     * doi:10.1109/42.963816, section II).
     */
    TURNED,

    /** Not at all: components that are no vector along LPS. */
    KEPT;

    /** Below this share of the cube of its largest number a determinant is that of a plane. */
    private static final double FLAT = 1e-12;

    private static final double FOUND = 1e-13;
    private static final int MOST_ROUNDS = 100;

    /**
     * Returns the matrix that turns vectors at T(p) into those at p, row by row; null where J is
     * flat or not known.
     *
     * @param jacobian J at p, row by row; not modified
     */
    double[] back(double[] jacobian) {
        return switch (this) {
            case CARRIED -> {
                double[] m = inverseTransposed(jacobian);
                yield m == null ? null : transposed(m);
            }
            case TURNED -> {
                double[] r = rotation(jacobian);
                yield r == null ? null : transposed(r);
            }
            case KEPT -> new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1};
        };
    }

    /**
     * Turns a vector at T(p) into the one at p; NaN where J is flat or not known.
     *
     * @param jacobian J at p, row by row; not modified
     * @param v along LPS; modified
     */
    public void back(double[] jacobian, double[] v) {
        times(back(jacobian), v);
    }

    /**
     * Turns a vector at p into the one at T(p); NaN where J is too flat to hold a rotation.
     *
     * @param jacobian J at p, row by row; not modified
     * @param v along LPS; modified
     */
    public void there(double[] jacobian, double[] v) {
        if (this != KEPT) {
            times(this == CARRIED ? jacobian : rotation(jacobian), v);
        }
    }

    /** Multiplies a vector by a matrix; by none it becomes NaN. */
    static void times(double[] m, double[] v) {
        double x = v[0];
        double y = v[1];
        double z = v[2];
        for (int r = 0; r < 3; r++) {
            v[r] = m == null ? Double.NaN : m[3 * r] * x + m[3 * r + 1] * y + m[3 * r + 2] * z;
        }
    }

    private static double[] transposed(double[] m) {
        return new double[] {m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]};
    }

    /** Returns the orthogonal factor by Newton's method, {@code X ← (X + X^-T)/2}. */
    private static double[] rotation(double[] jacobian) {
        double[] x = jacobian.clone();
        for (int n = 0; n < MOST_ROUNDS; n++) {
            double[] y = inverseTransposed(x);
            if (y == null) {
                return null;
            }
            double most = 0;
            for (int e = 0; e < 9; e++) {
                double next = (x[e] + y[e]) / 2;
                most = Math.max(most, Math.abs(next - x[e]));
                x[e] = next;
            }
            if (most < FOUND) {
                break;
            }
        }
        return x;
    }

    private static double[] inverseTransposed(double[] m) {
        double[] out = new double[9];
        double largest = 0;
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                int r1 = 3 * ((r + 1) % 3);
                int r2 = 3 * ((r + 2) % 3);
                int c1 = (c + 1) % 3;
                int c2 = (c + 2) % 3;
                out[3 * r + c] = m[r1 + c1] * m[r2 + c2] - m[r1 + c2] * m[r2 + c1];
                largest = Math.max(largest, Math.abs(m[3 * r + c]));
            }
        }
        double det = m[0] * out[0] + m[1] * out[1] + m[2] * out[2];
        if (!(Math.abs(det) > FLAT * largest * largest * largest)) {
            return null;
        }
        for (int e = 0; e < 9; e++) {
            out[e] /= det;
        }
        return out;
    }
}
