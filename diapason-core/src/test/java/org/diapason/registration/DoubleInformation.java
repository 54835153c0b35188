package org.diapason.registration;

import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Volume;

/** Mutual information and its gradient in double, one plain loop: what the fast one is held to. */
final class DoubleInformation {
    private static final int PAD = 2;

    private final Samples samples;
    private final Volume moving;
    private final int bins;
    private final Range range;

    DoubleInformation(Samples samples, Volume moving, int bins) {
        this.samples = samples;
        this.moving = moving;
        this.bins = bins;
        range = Range.of(new Level(moving.geometry(), moving.values(), null), "moving");
    }

    /** A cubic B-spline and its derivative. */
    private static double b(double x) {
        double a = Math.abs(x);
        return a < 1
                ? 2.0 / 3 - a * a + a * a * a / 2
                : a < 2 ? (2 - a) * (2 - a) * (2 - a) / 6 : 0;
    }

    private static double db(double x) {
        double a = Math.abs(x);
        double d = a < 1 ? -2 * a + 1.5 * a * a : a < 2 ? -(2 - a) * (2 - a) / 2 : 0;
        return x < 0 ? -d : d;
    }

    /** Value and gradient per voxel. */
    private double[] read(double[] p) {
        Geometry g = moving.geometry();
        double[] in = new double[3];
        for (int a = 0; a < 3; a++) {
            in[a] = Math.max(0, Math.min(g.size(a) - 1, p[a]));
        }
        double[] out = new double[4];
        for (int k = (int) in[2] - 1; k <= (int) in[2] + 2; k++) {
            for (int j = (int) in[1] - 1; j <= (int) in[1] + 2; j++) {
                for (int i = (int) in[0] - 1; i <= (int) in[0] + 2; i++) {
                    double v = moving.at(mirror(i, g.ni()), mirror(j, g.nj()), mirror(k, g.nk()));
                    double x = in[0] - i;
                    double y = in[1] - j;
                    double z = in[2] - k;
                    out[0] += b(x) * b(y) * b(z) * v;
                    out[1] += db(x) * b(y) * b(z) * v;
                    out[2] += b(x) * db(y) * b(z) * v;
                    out[3] += b(x) * b(y) * db(z) * v;
                }
            }
        }
        return out;
    }

    private static int mirror(int x, int n) {
        return x < 0 ? -x : x < n ? x : 2 * n - 2 - x;
    }

    Metric.Found at(Affine transform) {
        Affine back = Affine.toWorld(moving.geometry()).inverse();
        double times = (bins - 2 * PAD) / (range.high() - range.low());
        int n = samples.size();
        double[] c = new double[n];
        double[][] slope = new double[n][];
        double[][] joint = new double[bins][bins];
        for (int s = 0; s < n; s++) {
            double[] p = new double[3];
            samples.voxel(s, p);
            samples.toWorld().then(transform).then(back).apply(p);
            slope[s] = read(p);
            c[s] = (slope[s][0] - range.low()) * times + PAD;
            c[s] = Math.min(bins - PAD - 0.001, Math.max(PAD, c[s]));
            for (int m = (int) c[s] - 1; m <= (int) c[s] + 2; m++) {
                joint[samples.bin(s)][m] += b(c[s] - m) / n;
            }
        }
        double[] other = new double[bins];
        double[] own = new double[bins];
        for (int f = 0; f < bins; f++) {
            for (int m = 0; m < bins; m++) {
                own[f] += joint[f][m];
                other[m] += joint[f][m];
            }
        }
        double value = 0;
        for (int f = 0; f < bins; f++) {
            for (int m = 0; m < bins; m++) {
                double p = joint[f][m];
                value += p > 0 ? p * Math.log(p / (own[f] * other[m])) : 0;
            }
        }
        double[] gradient = new double[12];
        for (int s = 0; s < n; s++) {
            if (c[s] <= PAD || c[s] >= bins - PAD - 0.001) {
                continue;
            }
            double g = 0;
            for (int m = (int) c[s] - 1; m <= (int) c[s] + 2; m++) {
                double p = joint[samples.bin(s)][m];
                g += p > 0 ? db(c[s] - m) * Math.log(p / other[m]) * times / n : 0;
            }
            double[] x = new double[3];
            samples.voxel(s, x);
            samples.toWorld().apply(x);
            for (int r = 0; r < 3; r++) {
                double gr = 0;
                for (int a = 0; a < 3; a++) {
                    gr += g * slope[s][1 + a] * back.get(a, r);
                }
                for (int col = 0; col < 4; col++) {
                    gradient[4 * r + col] += gr * (col == 3 ? 1 : x[col]);
                }
            }
        }
        return new Metric.Found(value, gradient);
    }
}
