package org.diapason.registration;

import org.diapason.volume.Affine;
import org.diapason.volume.Numbers;

/**
 * How a linear transform may move: {@code q = M(p) (x − c) + c + t} about a fixed centre c.
 *
 * <p>Parameters: t in mm; a rotation vector in rad (its length is the angle, Rodrigues' formula);
 * the logarithm of one scale; or all nine numbers of M − 1.
 */
public enum LinearModel {
    TRANSLATION(3),
    RIGID(6),
    SIMILARITY(7),
    AFFINE(12);

    private final int parameters;

    LinearModel(int parameters) {
        this.parameters = parameters;
    }

    /** Returns how many numbers move it. */
    public int parameters() {
        return parameters;
    }

    /** Returns the places of the parameters that keep the plane z = 0 in itself. */
    int[] inPlane() {
        return switch (this) {
            case TRANSLATION -> new int[] {0, 1};
            case RIGID -> new int[] {0, 1, 5};
            case SIMILARITY -> new int[] {0, 1, 5, 6};
            case AFFINE -> new int[] {0, 1, 3, 4, 6, 7};
        };
    }

    /** Returns the transform of parameters; all 0 is the identity. */
    public Affine at(double[] p, double[] centre) {
        double[] m = matrix(p);
        double[] all = new double[12];
        for (int r = 0; r < 3; r++) {
            double moved = 0;
            for (int c = 0; c < 3; c++) {
                all[4 * r + c] = m[3 * r + c];
                moved += m[3 * r + c] * centre[c];
            }
            all[4 * r + 3] = centre[r] + p[r] - moved;
        }
        return new Affine(Numbers.of(all));
    }

    private double[] matrix(double[] p) {
        if (this == AFFINE) {
            double[] m = new double[9];
            for (int n = 0; n < 9; n++) {
                m[n] = p[3 + n] + (n % 4 == 0 ? 1 : 0);
            }
            return m;
        }
        if (this == TRANSLATION) {
            return new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1};
        }
        double[] m = rotation(p[3], p[4], p[5]);
        if (this == SIMILARITY) {
            double scale = StrictMath.exp(p[6]);
            for (int n = 0; n < 9; n++) {
                m[n] *= scale;
            }
        }
        return m;
    }

    /** Returns the rotation about the vector by its length, row by row. */
    static double[] rotation(double x, double y, double z) {
        double square = x * x + y * y + z * z;
        double angle = Math.sqrt(square);
        double half = angle / 2;
        // sin a / a and (1 − cos a) / a² without their 0 / 0.
        double s = angle < 1e-4 ? 1 - square / 6 : StrictMath.sin(angle) / angle;
        double h = angle < 1e-4 ? 1 - square / 24 : StrictMath.sin(half) / half;
        double v = h * h / 2;
        double c = 1 - v * square;
        return new double[] {
            c + v * x * x,
            v * x * y - s * z,
            v * x * z + s * y,
            v * x * y + s * z,
            c + v * y * y,
            v * y * z - s * x,
            v * x * z - s * y,
            v * y * z + s * x,
            c + v * z * z
        };
    }

    /**
     * Returns the parameters that come closest to a transform: exact where it is of this model.
     *
     * @param start a transform that mirrors nothing
     */
    public double[] parametersOf(Affine start, double[] centre) {
        double[] p = new double[parameters];
        double[] moved = centre.clone();
        start.apply(moved);
        for (int r = 0; r < 3; r++) {
            p[r] = moved[r] - centre[r];
        }
        if (this == AFFINE) {
            for (int n = 0; n < 9; n++) {
                p[3 + n] = start.get(n / 3, n % 3) - (n % 4 == 0 ? 1 : 0);
            }
        } else if (this != TRANSLATION) {
            double scale = StrictMath.cbrt(Math.abs(start.determinant()));
            double[] vector = rotationVector(start, scale);
            System.arraycopy(vector, 0, p, 3, 3);
            if (this == SIMILARITY) {
                p[6] = StrictMath.log(scale);
            }
        }
        return p;
    }

    /**
     * By a quaternion, its largest part first (Shepperd 1978, J. Guidance Control 1(3):223–224,
     * doi:10.2514/3.55767b): the antisymmetric part of a matrix alone says nothing of a half turn.
     */
    private static double[] rotationVector(Affine m, double scale) {
        double x = m.get(0, 0) / scale;
        double y = m.get(1, 1) / scale;
        double z = m.get(2, 2) / scale;
        double[] squares = {1 + x + y + z, 1 + x - y - z, 1 - x + y - z, 1 - x - y + z};
        double xy = (m.get(1, 0) + m.get(0, 1)) / scale;
        double xz = (m.get(2, 0) + m.get(0, 2)) / scale;
        double yz = (m.get(2, 1) + m.get(1, 2)) / scale;
        double wx = (m.get(2, 1) - m.get(1, 2)) / scale;
        double wy = (m.get(0, 2) - m.get(2, 0)) / scale;
        double wz = (m.get(1, 0) - m.get(0, 1)) / scale;
        double[][] products = {
            {squares[0], wx, wy, wz},
            {wx, squares[1], xy, xz},
            {wy, xy, squares[2], yz},
            {wz, xz, yz, squares[3]}
        };
        int largest = 0;
        for (int n = 1; n < 4; n++) {
            largest = squares[n] > squares[largest] ? n : largest;
        }
        double[] q = products[largest];
        double cos = Math.abs(q[0]);
        double sin = Math.sqrt(q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
        double angle = 2 * StrictMath.atan2(sin, cos);
        double times = (q[0] < 0 ? -1 : 1) * (sin < 1e-12 * cos ? 2 / cos : angle / sin);
        return new double[] {q[1] * times, q[2] * times, q[3] * times};
    }
}
