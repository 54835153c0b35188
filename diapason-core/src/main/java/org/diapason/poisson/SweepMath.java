package org.diapason.poisson;

/**
 * Loops of over-relaxation along a row of one colour. Three short ones make a half sweep, for JDK
 * 17 runs a long one on no vectors.
 */
final class SweepMath {
    private SweepMath() {}

    static void along(
            double[] own,
            double[] before,
            double[] after,
            double[] right,
            double[] left,
            double w,
            double screen,
            int lo,
            int hi) {
        for (int h = lo; h < hi; h++) {
            double c = own[h];
            left[h] = right[h] - screen * c + w * (before[h] - c + (after[h] - c));
        }
    }

    static void across(
            double[] own, double[] below, double[] above, double[] left, double w, int lo, int hi) {
        for (int h = lo; h < hi; h++) {
            double c = own[h];
            left[h] = left[h] + w * (below[h] - c + (above[h] - c));
        }
    }

    static void relax(
            double[] own,
            double[] inverse,
            double[] left,
            double[] squares,
            double diagonal,
            double omega,
            int lo,
            int hi) {
        for (int h = lo; h < hi; h++) {
            double r = left[h];
            double change = inverse[h] * r;
            own[h] = own[h] + omega * change;
            squares[h] = squares[h] + diagonal * change * r;
        }
    }

    static double sum(double[] x) {
        double[] lanes = new double[4];
        for (int h = 0; h < x.length; h++) {
            lanes[h & 3] += x[h];
        }
        return lanes[0] + lanes[1] + (lanes[2] + lanes[3]);
    }

    static double dot(double[] x, double[] y, int lo, int hi) {
        double even = 0;
        double odd = 0;
        int h = lo;
        for (; h + 1 < hi; h += 2) {
            even += x[h] * y[h];
            odd += x[h + 1] * y[h + 1];
        }
        return even + odd + (h < hi ? x[h] * y[h] : 0);
    }

    /** Returns Σ d x²; the first and the last pixel may be where the grid ends. */
    static double squares(double[] x, double[] inverse, double d, int lo, int hi) {
        double sum = d * dot(x, x, lo, hi);
        for (int h = lo; h < hi; h += Math.max(1, hi - 1 - lo)) {
            sum += (1 / inverse[h] - d) * x[h] * x[h];
        }
        return sum;
    }
}
