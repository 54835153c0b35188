package org.diapason.volume;

/**
 * A free-form deformation: {@code q = p + Σ_c B(v(p) − c) φ_c} with cubic B-splines on a grid of
 * control points, as ITK and elastix have it.
 *
 * <p>Only where all four control points of each axis are on the grid is it defined: from the second
 * to the last but one. Outside that nothing moves, as in ITK. Along an axis of one control point
 * the shifts are the same everywhere (2-D).
 *
 * <p>Method: Rueckert et al. 1999, IEEE Trans. Med. Imaging 18(8):712–721, doi:10.1109/42.796284,
 * equation 4.
 *
 * @param grid where the control points lie; along each axis one, or four and more
 * @param shifts φ in mm (LPS): those along x of all control points with i fastest, then y, then z
 */
public record BsplineTransform(Geometry grid, Numbers shifts) implements Transform {

    public BsplineTransform {
        for (int a = 0; a < 3; a++) {
            if (grid.size(a) > 1 && grid.size(a) < 4) {
                throw new IllegalArgumentException(
                        "a cubic spline needs 4 control points along an axis, or 1 to be constant,"
                                + " got "
                                + grid.size(a));
            }
        }
        if (shifts.size() != 3L * grid.voxels()) {
            throw new IllegalArgumentException(
                    grid.voxels()
                            + " control points have "
                            + 3L * grid.voxels()
                            + " shifts, got "
                            + shifts.size());
        }
    }

    @Override
    public void apply(double[] place) {
        Taps taps = new Taps();
        if (!taps.at(place)) {
            return;
        }
        double x = taps.sum(0, -1);
        double y = taps.sum(1, -1);
        place[2] += taps.sum(2, -1);
        place[0] += x;
        place[1] += y;
    }

    @Override
    public double[] jacobian(double[] place) {
        double[] jacobian = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        Taps taps = new Taps();
        if (!taps.at(place)) {
            return jacobian;
        }
        for (int a = 0; a < 3; a++) {
            for (int r = 0; r < 3 && grid.size(a) > 1; r++) {
                double perMm = taps.sum(r, a) / grid.spacing(a);
                for (int c = 0; c < 3; c++) {
                    jacobian[3 * r + c] += perMm * grid.direction().get(3 * c + a);
                }
            }
        }
        return jacobian;
    }

    @Override
    public Transform inverse() {
        return new Inverse(this);
    }

    /** The control points that reach a place, and how much. */
    private final class Taps {
        private final int[] first = new int[3];
        private final double[][] value = new double[3][];
        private final double[][] slope = new double[3][];

        /** Says whether the place is where the splines are whole. */
        boolean at(double[] p) {
            for (int a = 0; a < 3; a++) {
                int n = grid.size(a);
                if (n == 1) {
                    value[a] = new double[] {1};
                    slope[a] = new double[] {0};
                    continue;
                }
                double v = 0;
                for (int r = 0; r < 3; r++) {
                    v += grid.direction().get(3 * r + a) * (p[r] - grid.originMm().get(r));
                }
                v /= grid.spacing(a);
                if (!(v >= 1 && v <= n - 2)) {
                    return false;
                }
                first[a] = Math.min(n - 4, (int) v - 1);
                splines(v - first[a] - 1, a);
            }
            return true;
        }

        private void splines(double t, int a) {
            double s = 1 - t;
            value[a] =
                    new double[] {
                        s * s * s / 6,
                        (3 * t * t * t - 6 * t * t + 4) / 6,
                        (3 * s * s * s - 6 * s * s + 4) / 6,
                        t * t * t / 6
                    };
            slope[a] =
                    new double[] {
                        -s * s / 2, (3 * t * t - 4 * t) / 2, (4 * s - 3 * s * s) / 2, t * t / 2
                    };
        }

        /** Returns the shift along an axis of the world, or its slope along one of the grid. */
        double sum(int component, int along) {
            double[] wi = along == 0 ? slope[0] : value[0];
            double[] wj = along == 1 ? slope[1] : value[1];
            double[] wk = along == 2 ? slope[2] : value[2];
            int start = component * grid.voxels();
            double sum = 0;
            if (wi.length == 4 && wj.length == 4) {
                double wa = wi[0];
                double wb = wi[1];
                double wc = wi[2];
                double wd = wi[3];
                for (int c = 0; c < wk.length; c++) {
                    double plane = 0;
                    int at = start + grid.index(first[0], first[1], first[2] + c);
                    for (int b = 0; b < 4; b++, at += grid.ni()) {
                        plane +=
                                wj[b]
                                        * (wa * shifts.get(at)
                                                + wb * shifts.get(at + 1)
                                                + wc * shifts.get(at + 2)
                                                + wd * shifts.get(at + 3));
                    }
                    sum += wk[c] * plane;
                }
                return sum;
            }
            for (int c = 0; c < wk.length; c++) {
                for (int b = 0; b < wj.length; b++) {
                    int at = start + grid.index(first[0], first[1] + b, first[2] + c);
                    double line = 0;
                    for (int a = 0; a < wi.length; a++) {
                        line += wi[a] * shifts.get(at + a);
                    }
                    sum += wk[c] * wj[b] * line;
                }
            }
            return sum;
        }
    }
}
