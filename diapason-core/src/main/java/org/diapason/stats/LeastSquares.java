package org.diapason.stats;

import org.diapason.volume.Numbers;

/**
 * Ordinary least squares for many responses on one design: orthonormal columns by Gram–Schmidt,
 * done twice (Giraud and others 2005, Numerische Mathematik 101:87–100).
 *
 * <p>A column that the ones before it explain (less than 1e-9 of its length is left) gets no
 * coefficient, NaN, as R's {@code lm} does; the order of columns decides which.
 */
public final class LeastSquares {
    private static final double TOLERANCE = 1e-9;

    private final int n;
    private final int columns;

    /** Orthonormal columns. */
    private final double[][] q;

    /** The design column of each orthonormal one. */
    private final int[] origin;

    /** Triangle {@code r[a][b]}, a ≤ b, between orthonormal columns. */
    private final double[][] r;

    private LeastSquares(int n, int columns, double[][] q, int[] origin, double[][] r) {
        this.n = n;
        this.columns = columns;
        this.q = q;
        this.origin = origin;
        this.r = r;
    }

    /**
     * What one response gave.
     *
     * @param coefficients one per design column, NaN where it has none
     * @param standardErrors of the coefficients, NaN without degrees of freedom
     * @param residualSquares sum of squared residuals
     * @param df rows − rank
     */
    public record Fit(
            Numbers coefficients, Numbers standardErrors, double residualSquares, int df) {}

    /** Factors a design of {@code rows[row][column]}; not modified. */
    public static LeastSquares of(double[][] rows) {
        int n = rows.length;
        int p = n == 0 ? 0 : rows[0].length;
        double[][] q = new double[p][];
        double[][] r = new double[p][p];
        int[] origin = new int[p];
        int rank = 0;
        for (int c = 0; c < p; c++) {
            double[] v = new double[n];
            for (int i = 0; i < n; i++) {
                v[i] = rows[i][c];
            }
            double length = Math.sqrt(dot(v, v));
            double[] h = new double[rank + 1];
            for (int pass = 0; pass < 2; pass++) {
                for (int k = 0; k < rank; k++) {
                    h[k] += project(v, q[k]);
                }
            }
            double left = Math.sqrt(dot(v, v));
            if (!(left > TOLERANCE * length)) {
                continue;
            }
            for (int i = 0; i < n; i++) {
                v[i] /= left;
            }
            for (int k = 0; k < rank; k++) {
                r[k][rank] = h[k];
            }
            r[rank][rank] = left;
            q[rank] = v;
            origin[rank++] = c;
        }
        return new LeastSquares(n, p, java.util.Arrays.copyOf(q, rank), origin, r);
    }

    public int rank() {
        return q.length;
    }

    public int rows() {
        return n;
    }

    /** Returns the first column that the ones before it explain; −1 where there is none. */
    public int firstDependent() {
        for (int k = 0; k < columns; k++) {
            if (k >= q.length || origin[k] != k) {
                return k;
            }
        }
        return -1;
    }

    /** Returns the orthonormal columns; do not write to them. */
    double[][] basis() {
        return q;
    }

    /** Returns log|RᵀR|, the determinant of the cross-products of the kept columns. */
    double logDeterminant() {
        double sum = 0;
        for (int k = 0; k < q.length; k++) {
            sum += 2 * StrictMath.log(r[k][k]);
        }
        return sum;
    }

    /** Turns coefficients of the orthonormal columns into those of the kept ones, in place. */
    void toColumns(double[] b) {
        for (int k = q.length - 1; k >= 0; k--) {
            for (int l = k + 1; l < q.length; l++) {
                b[k] -= r[k][l] * b[l];
            }
            b[k] /= r[k][k];
        }
    }

    /** Returns coefficients and their errors for a response of finite numbers; not modified. */
    public Fit fit(double[] y) {
        int rank = q.length;
        double[] rest = y.clone();
        double[] along = along(rest);
        double squares = dot(rest, rest);
        int df = n - rank;
        double[] b = along;
        toColumns(b);
        double[] coefficients = new double[columns];
        double[] errors = new double[columns];
        java.util.Arrays.fill(coefficients, Double.NaN);
        java.util.Arrays.fill(errors, Double.NaN);
        for (int k = 0; k < rank; k++) {
            coefficients[origin[k]] = b[k];
            errors[origin[k]] = df < 1 ? Double.NaN : Math.sqrt(squares / df * inverseDiagonal(k));
        }
        return new Fit(Numbers.of(coefficients), Numbers.of(errors), squares, df);
    }

    /** Returns the coefficient of the last column alone, quickly; NaN where it has none. */
    public double lastCoefficient(double[] y) {
        int last = q.length - 1;
        if (last < 0 || origin[last] != columns - 1) {
            return Double.NaN;
        }
        return dot(q[last], y) / r[last][last];
    }

    /**
     * Returns a sum of coefficients and its standard error: w'b and s·√(w'(X'X)⁻¹w); NaN where a
     * coefficient that counts has none.
     *
     * @param weights one per design column; not modified
     */
    public double[] combination(double[] y, double[] weights) {
        int rank = q.length;
        boolean[] kept = new boolean[columns];
        double[] z = new double[rank];
        for (int k = 0; k < rank; k++) {
            kept[origin[k]] = true;
            z[k] = weights[origin[k]];
            for (int l = 0; l < k; l++) {
                z[k] -= r[l][k] * z[l];
            }
            z[k] /= r[k][k];
        }
        for (int c = 0; c < columns; c++) {
            if (!kept[c] && weights[c] != 0) {
                return new double[] {Double.NaN, Double.NaN};
            }
        }
        double[] rest = y.clone();
        double value = dot(z, along(rest));
        double error = n > rank ? Math.sqrt(dot(rest, rest) / (n - rank) * dot(z, z)) : Double.NaN;
        return new double[] {value, error};
    }

    /** Returns the sum of squared residuals of a response. */
    public double residualSquares(double[] y) {
        double[] rest = residuals(y);
        return dot(rest, rest);
    }

    /** Returns the residuals of a response, a fresh array. */
    public double[] residuals(double[] y) {
        double[] rest = y.clone();
        along(rest);
        return rest;
    }

    /** Takes the orthonormal columns out of the response and returns how much of each there was. */
    double[] along(double[] rest) {
        double[] along = new double[q.length];
        for (int pass = 0; pass < 2; pass++) {
            for (int k = 0; k < q.length; k++) {
                along[k] += project(rest, q[k]);
            }
        }
        return along;
    }

    /** Returns the diagonal of (RᵀR)⁻¹: the squared length of a row of R⁻¹. */
    private double inverseDiagonal(int k) {
        int rank = q.length;
        double[] x = new double[rank];
        x[k] = 1 / r[k][k];
        double sum = x[k] * x[k];
        for (int l = k + 1; l < rank; l++) {
            double v = 0;
            for (int m = k; m < l; m++) {
                v -= x[m] * r[m][l];
            }
            x[l] = v / r[l][l];
            sum += x[l] * x[l];
        }
        return sum;
    }

    private static double project(double[] v, double[] unit) {
        double h = dot(v, unit);
        for (int i = 0; i < v.length; i++) {
            v[i] -= h * unit[i];
        }
        return h;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
