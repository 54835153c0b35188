package org.diapason.registration;

import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;

/**
 * Squared correlation in a box about every voxel: blind to gain and offset that change from place
 * to place, to contrast only as far as it is a straight line within a box.
 *
 * <p>With A = Σ(f−f̄)(m−m̄), B = Σ(f−f̄)², C = Σ(m−m̄)² over a box, the fit is Σ A²/(BC), and its
 * exact derivative by a value is the sum over the boxes that hold it of {@code 2A/(BC) [(f−f̄) −
 * (A/C)(m−m̄)]}, a second pass of box sums (Avants et al. 2008, MedIA 12(1):26–41,
 * doi:10.1016/j.media.2007.06.004, has the box in the middle only). Boxes are cut off at the border
 * and at voxels without a value; flat ones say nothing.
 */
final class Lncc implements Pull {
    /** A box is flat whose variance is below this share of the whole image's. */
    private static final double FLAT = 1e-4;

    private final Geometry g;
    private final float[] fixed;
    private final int radius;
    private final double fixedVariance;

    /**
     * @param fixed values; NaN where nothing is compared
     * @param radius of the box in voxels
     */
    Lncc(Geometry g, float[] fixed, int radius) {
        this.g = g;
        this.radius = radius;
        double[] of = moments(fixed);
        this.fixed = new float[fixed.length];
        for (int v = 0; v < fixed.length; v++) {
            this.fixed[v] = (float) (fixed[v] - of[0]);
        }
        fixedVariance = of[1];
    }

    @Override
    public String name() {
        return "lncc";
    }

    @Override
    public double at(float[] drawn, float[] pull, float[] stiffness) {
        int n = drawn.length;
        double[] of = moments(drawn);
        float offset = (float) of[0];
        float[][] s = new float[6][n];
        planes(v -> start(v, drawn[v] - offset, s));
        for (float[] sum : s) {
            BoxSum.over(g, sum, radius);
        }
        double[] parts = new double[g.nk()];
        double leastF = FLAT * fixedVariance;
        double leastM = FLAT * of[1];
        int plane = g.ni() * g.nj();
        Parallel.forEach(
                g.nk(),
                k -> {
                    for (int v = k * plane; v < (k + 1) * plane; v++) {
                        boolean has = drawn[v] == drawn[v] && fixed[v] == fixed[v];
                        parts[k] += boxes(v, has, s, leastF, leastM);
                    }
                });
        for (int c = 1; c < 5; c++) {
            BoxSum.over(g, s[c], radius);
        }
        planes(
                v -> {
                    float m = drawn[v] - offset;
                    boolean has = m == m && fixed[v] == fixed[v];
                    pull[v] = has ? fixed[v] * s[1][v] - s[2][v] - m * s[3][v] + s[4][v] : 0;
                    stiffness[v] = has ? Math.max(0, s[3][v]) : 0;
                });
        double sum = 0;
        for (double p : parts) {
            sum += p;
        }
        return sum;
    }

    private void start(int v, float m, float[][] s) {
        float f = fixed[v];
        boolean has = m == m && f == f;
        s[0][v] = has ? 1 : 0;
        s[1][v] = has ? f : 0;
        s[2][v] = has ? m : 0;
        s[3][v] = has ? f * f : 0;
        s[4][v] = has ? m * m : 0;
        s[5][v] = has ? f * m : 0;
    }

    /** Turns the sums of a box into a, a f̄, b and b m̄; returns its squared correlation. */
    private static double boxes(int v, boolean has, float[][] s, double leastF, double leastM) {
        double n = s[0][v];
        double f = n > 0 ? s[1][v] / n : 0;
        double m = n > 0 ? s[2][v] / n : 0;
        double b = s[3][v] - n * f * f;
        double c = s[4][v] - n * m * m;
        double a = s[5][v] - n * f * m;
        if (!has || !(n >= 3 && b > n * leastF && c > n * leastM)) {
            for (int r = 1; r < 5; r++) {
                s[r][v] = 0;
            }
            return 0;
        }
        double pull = 2 * a / (b * c);
        double hold = pull * a / c;
        s[1][v] = (float) pull;
        s[2][v] = (float) (pull * f);
        s[3][v] = (float) hold;
        s[4][v] = (float) (hold * m);
        return a * a / (b * c);
    }

    private interface Voxel {
        void at(int v);
    }

    private void planes(Voxel body) {
        int plane = g.ni() * g.nj();
        Parallel.forEach(
                g.nk(),
                k -> {
                    for (int v = k * plane; v < (k + 1) * plane; v++) {
                        body.at(v);
                    }
                });
    }

    /** Returns mean and variance, NaN left out. */
    private double[] moments(float[] values) {
        int plane = g.ni() * g.nj();
        double[][] parts = new double[g.nk()][3];
        Parallel.forEach(
                g.nk(),
                k -> {
                    for (int v = k * plane; v < (k + 1) * plane; v++) {
                        double x = values[v];
                        if (x == x) {
                            parts[k][0]++;
                            parts[k][1] += x;
                            parts[k][2] += x * x;
                        }
                    }
                });
        double n = 0;
        double sum = 0;
        double squares = 0;
        for (double[] p : parts) {
            n += p[0];
            sum += p[1];
            squares += p[2];
        }
        double mean = n == 0 ? 0 : sum / n;
        return new double[] {mean, n == 0 ? 0 : Math.max(0, squares / n - mean * mean)};
    }
}
