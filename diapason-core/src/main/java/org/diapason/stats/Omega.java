package org.diapason.stats;

/**
 * ω², the share of variance that a group of columns explains, without the bias of R²: (SS − k·MSE)
 * / (SS + SS_error + MSE), where SS is the drop of the residual sum of squares when the k columns
 * are added (Hays 1963; Olejnik and Algina 2003, doi:10.1037/1082-989X.8.4.434, partial form). Not
 * clipped: about 0 where the columns explain nothing, hence also negative.
 */
public final class Omega {
    private Omega() {}

    /**
     * Returns the share of what {@code full} has beyond {@code base}; NaN where the response does
     * not vary, {@code full} adds nothing, or no degree of freedom is left.
     */
    public static double share(double[] y, LeastSquares base, LeastSquares full) {
        int k = full.rank() - base.rank();
        int df = full.rows() - full.rank();
        if (k < 1 || df < 1) {
            return Double.NaN;
        }
        double total = base.residualSquares(y);
        double error = full.residualSquares(y);
        double size = 0;
        for (double v : y) {
            size += v * v;
        }
        if (!(total > 1e-24 * size)) {
            return Double.NaN;
        }
        double mse = error / df;
        return (total - error - k * mse) / (total + mse);
    }
}
