package org.diapason.steps.register;

import org.diapason.volume.Affine;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Logarithms of linear transforms, so that a mean of them is their middle: that of a turn by 10°
 * and its way back is none, and stretching twofold and to the half cancel.
 *
 * <p>Method: Arsigny, Commowick, Ayache and Pennec 2009, J Math Imaging Vis 33:222–238,
 * doi:10.1007/s10851-008-0116-9; the square root by Denman and Beavers 1976.
 */
final class AffineLog {
    /** Numbers this small have a series that ends at once. */
    private static final double NEAR = 0.05;

    private static final int MOST_ROOTS = 30;
    private static final int MOST_ROUNDS = 60;
    private static final int TERMS = 14;
    private static final Numbers ONE = Affine.IDENTITY.matrix();

    private AffineLog() {}

    /**
     * Returns the 3 × 4 numbers of the logarithm, row by row.
     *
     * @throws RefusedException if there is none: left and right change places, or a turn by 180°
     */
    static double[] log(Affine transform) {
        Affine root = transform;
        double times = 1;
        for (int n = 0; distance(root) > NEAR; n++) {
            if (n == MOST_ROOTS || transform.determinant() <= 0) {
                throw none();
            }
            root = squareRoot(root);
            times *= 2;
        }
        double[] x = new double[12];
        for (int e = 0; e < 12; e++) {
            x[e] = root.matrix().get(e) - ONE.get(e);
        }
        double[] power = x.clone();
        double[] log = new double[12];
        for (int n = 1; n <= TERMS; n++) {
            for (int e = 0; e < 12; e++) {
                log[e] += (n % 2 == 1 ? times : -times) * power[e] / n;
            }
            power = product(power, x);
        }
        return log;
    }

    /** Returns the transform of a logarithm. */
    static Affine exp(double[] log) {
        int halvings = 0;
        double scale = 1;
        while (size(log) * scale > NEAR) {
            scale /= 2;
            halvings++;
        }
        double[] x = new double[12];
        for (int e = 0; e < 12; e++) {
            x[e] = log[e] * scale;
        }
        double[] term = x.clone();
        double[] m = ONE.toArray();
        for (int n = 1; n <= TERMS; n++) {
            for (int e = 0; e < 12; e++) {
                m[e] += term[e];
            }
            term = product(term, x);
            for (int e = 0; e < 12; e++) {
                term[e] /= n + 1;
            }
        }
        Affine all = new Affine(Numbers.of(m));
        for (int n = 0; n < halvings; n++) {
            all = all.then(all);
        }
        return all;
    }

    private static RefusedException none() {
        return new RefusedException(
                "the transform to the template has no logarithm (it turns by 180° or mirrors), so"
                        + " no mean pose can be formed. Correct the orientation in the header of"
                        + " this image.");
    }

    private static Affine squareRoot(Affine transform) {
        Affine y = transform;
        Affine z = Affine.IDENTITY;
        for (int n = 0; n < MOST_ROUNDS; n++) {
            Affine next = half(y, z.inverse());
            z = half(z, y.inverse());
            double step = 0;
            for (int e = 0; e < 12; e++) {
                step = Math.max(step, Math.abs(next.matrix().get(e) - y.matrix().get(e)));
            }
            y = next;
            if (step < 1e-13) {
                return y;
            }
        }
        return y;
    }

    private static Affine half(Affine a, Affine b) {
        double[] m = new double[12];
        for (int e = 0; e < 12; e++) {
            m[e] = (a.matrix().get(e) + b.matrix().get(e)) / 2;
        }
        return new Affine(Numbers.of(m));
    }

    /** Shifts are left out: they do not decide how fast the series ends. */
    private static double distance(Affine transform) {
        double[] x = new double[12];
        for (int e = 0; e < 12; e++) {
            x[e] = transform.matrix().get(e) - ONE.get(e);
        }
        return size(x);
    }

    private static double size(double[] x) {
        double most = 0;
        for (int e = 0; e < 12; e++) {
            most = e % 4 == 3 ? most : Math.max(most, Math.abs(x[e]));
        }
        return most;
    }

    /** Of matrices whose last row is zeros. */
    private static double[] product(double[] a, double[] b) {
        double[] out = new double[12];
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 4; c++) {
                for (int k = 0; k < 3; k++) {
                    out[4 * r + c] += a[4 * r + k] * b[4 * k + c];
                }
            }
        }
        return out;
    }
}
