package org.diapason.poisson;

/** One level of algebraic multigrid: its matrix, its smoother and the way to the next. */
final class AmgLevel {
    /** Chebyshev steps before and after the coarse correction. */
    private static final int STEPS = 2;

    /** The smoother reduces the upper part of the spectrum, from this share of the bound on. */
    private static final double SHARE = 0.25;

    final SparseMatrix a;
    final double[] inverse;
    final double[] diagonal;

    /** From the next level, and to it; null on the last. */
    SparseMatrix p;

    SparseMatrix r;

    private final double largest;

    AmgLevel(SparseMatrix a) {
        this.a = a;
        diagonal = a.diagonal();
        int n = a.rows();
        inverse = new double[n];
        double bound = 0;
        for (int row = 0; row < n; row++) {
            inverse[row] = 1 / diagonal[row];
            double sum = 0;
            for (int e = a.starts[row]; e < a.starts[row + 1]; e++) {
                sum += Math.abs(a.values[e]);
            }
            bound = Math.max(bound, sum * inverse[row]);
        }
        largest = bound;
    }

    /** Vectors of one solve on this level. */
    final class Work {
        final double[] b = new double[a.rows()];
        final double[] x = new double[a.rows()];
        private final double[] residual = new double[a.rows()];
        private final double[] step = new double[a.rows()];

        /** Smooths from 0 and gives the residual to the next level. */
        void down(Work next) {
            smooth(true);
            a.residual(x, b, residual);
            SparseMatrix.forRows(r.rows(), (f, end) -> r.product(residual, next.b, f, end));
        }

        /** Adds the next level's correction and smooths. */
        void up(Work next) {
            SparseMatrix.forRows(x.length, (f, end) -> p.addProduct(next.x, x, f, end));
            smooth(false);
        }

        /**
         * Chebyshev's iteration on {@code D⁻¹ A} over the upper part of its spectrum (Saad 2003,
         * Iterative Methods for Sparse Linear Systems, algorithm 12.1): symmetric, so that it may
         * stand in a preconditioner, and blind to the order of unknowns.
         */
        void smooth(boolean fromZero) {
            double middle = largest * (1 + SHARE) / 2;
            double spread = largest * (1 - SHARE) / 2;
            double sigma = middle / spread;
            double rho = 1 / sigma;
            for (int k = 0; k < STEPS; k++) {
                double next = k == 0 ? rho : 1 / (2 * sigma - rho);
                double keep = k == 0 ? 0 : next * rho;
                double take = k == 0 ? 1 / middle : 2 * next / spread;
                boolean zero = fromZero && k == 0;
                if (!zero) {
                    a.residual(x, b, residual);
                }
                double[] left = zero ? b : residual;
                SparseMatrix.forRows(
                        x.length,
                        (f, end) -> {
                            for (int u = f; u < end; u++) {
                                step[u] = keep * step[u] + take * inverse[u] * left[u];
                                x[u] = zero ? step[u] : x[u] + step[u];
                            }
                        });
                rho = next;
            }
        }
    }
}
