package org.diapason.math;

import org.ejml.simple.SimpleMatrix;

/**
 * How many independent values the voxels of a region are worth, by the autocorrelation of their
 * noise: neighbours of a real image say the same thing twice.
 *
 * <p>With ρ the correlation at a distance Δ of voxels and N(Δ) the pairs of the region that are Δ
 * apart, {@code Var(mean) = σ²/n² Σ N ρ} and {@code Var(s²) = 2 σ⁴/n² Σ N ρ²}; so {@code n²/Σ N ρ}
 * voxels count for the mean and {@code n²/Σ N ρ²} for the standard deviation. ρ is measured in the
 * region itself after its plane is taken off, ring by ring out to where two in a row hold nothing
 * but chance (at most {@value #FARTHEST} voxels in the slice, {@value #SLICES} slices); what the
 * mean takes off the products, and what chance adds to their squares, is given back. Never more
 * than n: noise whose power falls to 0 at frequency 0 (filtered back projection) would count for
 * more, and its intervals are wider than need be.
 *
 * @param forMean independent values for the standard error of the mean; 1 to n
 * @param forSpread independent values for that of the standard deviation; 1 to n
 */
public record EffectiveVoxels(double forMean, double forSpread) {
    private static final int FARTHEST = 16;
    private static final int SLICES = 3;
    private static final int FEWEST = 16;
    private static final double CHANCE = 0.012;

    /**
     * Measures a region.
     *
     * @param box values, i fastest; not modified
     * @param in which voxels of the box are the region's; fewer than {@value #FEWEST} are taken as
     *     independent
     */
    public static EffectiveVoxels of(double[] box, boolean[] in, int ni, int nj, int nk) {
        return new Lags(box, in, ni, nj, nk).count();
    }

    /** Sums of products over the distances of a region's voxels. */
    private static final class Lags {
        private final double[] rest;
        private final boolean[] in;
        private final int ni;
        private final int nj;
        private final int nk;
        private int n;
        private double square;
        private double products;
        private double pairs;
        private double squares;
        private int lags;

        Lags(double[] box, boolean[] in, int ni, int nj, int nk) {
            this.in = in;
            this.ni = ni;
            this.nj = nj;
            this.nk = nk;
            for (boolean b : in) {
                n += b ? 1 : 0;
            }
            rest = n < FEWEST ? box : flat(box);
            for (int v = 0; v < in.length; v++) {
                square += in[v] ? rest[v] * rest[v] : 0;
            }
        }

        EffectiveVoxels count() {
            if (n < FEWEST || !(square > 0)) {
                return new EffectiveVoxels(Math.max(1, n), Math.max(1, n));
            }
            products = square;
            pairs = n;
            int reach = 0;
            int quiet = 0;
            for (int r = 1; r <= FARTHEST && quiet < 2 && pairs < n * (double) n / 3; r++) {
                quiet = ring(r, 0) ? quiet + 1 : 0;
                reach = r;
            }
            for (int c = 1; c <= SLICES && c < nk; c++) {
                boolean silent = ring(0, c);
                for (int r = 1; !silent && r <= reach; r++) {
                    ring(r, c);
                }
                if (silent) {
                    break;
                }
            }
            double ofMean = ofMean();
            double variance = square / n + terms() * Math.max(0, ofMean);
            double mean = ofMean > 0 ? Math.min(n, Math.max(1, variance / ofMean)) : n;
            double each = Math.max(1, (n + squares) / (n + (double) lags));
            return new EffectiveVoxels(mean, Math.max(1, n / each));
        }

        /**
         * Mean and slopes, each of which takes about one variance of the mean off every product.
         */
        private int terms() {
            return 1 + (ni > 1 ? 1 : 0) + (nj > 1 ? 1 : 0) + (nk > 1 ? 1 : 0);
        }

        private double ofMean() {
            double all = n * (double) n;
            return products / Math.max(all / 3, all - terms() * pairs);
        }

        /** Adds all distances of one ring; one of nothing but chance is left out, and said. */
        private boolean ring(int r, int c) {
            double sum = 0;
            double count = 0;
            double ringSquares = 0;
            int ringLags = 0;
            for (int b = c == 0 ? 0 : -r; b <= r; b++) {
                for (int a = -r; a <= r; a++) {
                    boolean half = c > 0 || b > 0 || a > 0;
                    if (half && (int) Math.rint(Math.sqrt(a * a + b * b)) == r) {
                        double[] lag = lag(a, b, c);
                        sum += lag[0];
                        count += lag[1];
                        if (lag[1] > 0) {
                            double rho = lag[0] / lag[1] / (square / n);
                            ringSquares += 2 * lag[1] * rho * rho;
                            ringLags += 2;
                        }
                    }
                }
            }
            double lost = terms() * Math.max(0, ofMean());
            double rho = count > 0 ? (sum / count + lost) / (square / n) : 0;
            if (Math.abs(rho) < Math.max(CHANCE, 2 / Math.sqrt(Math.max(1, count)))) {
                return true;
            }
            products += 2 * sum;
            pairs += 2 * count;
            squares += ringSquares;
            lags += ringLags;
            return false;
        }

        private double[] lag(int a, int b, int c) {
            double sum = 0;
            double count = 0;
            for (int k = 0; k + c < nk; k++) {
                for (int j = Math.max(0, -b); j < Math.min(nj, nj - b); j++) {
                    int from = (k * nj + j) * ni;
                    int to = ((k + c) * nj + j + b) * ni + a;
                    for (int i = Math.max(0, -a); i < Math.min(ni, ni - a); i++) {
                        if (in[from + i] && in[to + i]) {
                            sum += rest[from + i] * rest[to + i];
                            count++;
                        }
                    }
                }
            }
            return new double[] {sum, count};
        }

        /** Returns the values less the plane through them, by least squares. */
        private double[] flat(double[] box) {
            double[] mean = new double[4];
            for (int v = 0; v < in.length; v++) {
                for (int t = 0; in[v] && t < 4; t++) {
                    mean[t] += (t == 3 ? box[v] : place(v, t)) / n;
                }
            }
            SimpleMatrix normal = SimpleMatrix.identity(3).scale(1e-6);
            SimpleMatrix right = new SimpleMatrix(3, 1);
            for (int v = 0; v < in.length; v++) {
                for (int t = 0; in[v] && t < 3; t++) {
                    double x = place(v, t) - mean[t];
                    right.set(t, 0, right.get(t, 0) + x * (box[v] - mean[3]));
                    for (int u = 0; u < 3; u++) {
                        double y = place(v, u) - mean[u];
                        normal.set(t, u, normal.get(t, u) + x * y);
                    }
                }
            }
            SimpleMatrix slope = normal.solve(right);
            double[] out = box.clone();
            for (int v = 0; v < in.length; v++) {
                out[v] -= mean[3];
                for (int t = 0; t < 3; t++) {
                    out[v] -= slope.get(t, 0) * (place(v, t) - mean[t]);
                }
            }
            return out;
        }

        private int place(int v, int t) {
            return t == 0 ? v % ni : t == 1 ? v / ni % nj : v / (ni * nj);
        }
    }
}
