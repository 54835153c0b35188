package org.diapason.poisson;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import org.diapason.math.Rng;

/** Small systems solved by elimination in 60 decimals, and what is to be compared with them. */
final class Exact {
    private static final MathContext DIGITS = new MathContext(60);

    private final PoissonGrid grid;
    private final BigDecimal[] solution;

    private Exact(PoissonGrid grid, BigDecimal[] solution) {
        this.grid = grid;
        this.solution = solution;
    }

    /**
     * Returns a grid of few pixels by chance: a line, a picture or a volume, that touches borders
     * or does not, of one part or many, with weights apart by up to 10⁴, screened or not.
     */
    static PoissonGrid someGrid(Rng rng) {
        int[] n = {1, 1, 1};
        int axes = 1 + rng.nextInt(3);
        for (int a = 0; a < axes; a++) {
            n[(a + rng.nextInt(3)) % 3] = 1 + rng.nextInt(axes == 1 ? 30 : axes == 2 ? 6 : 4);
        }
        boolean[] inside = new boolean[n[0] * n[1] * n[2]];
        double share = 0.2 + 0.8 * rng.nextDouble();
        for (int p = 0; p < inside.length; p++) {
            inside[p] = rng.nextDouble() < share;
        }
        boolean screened = rng.nextInt(3) == 0;
        inside[rng.nextInt(inside.length)] &= screened;
        double[] w = new double[4];
        Arrays.setAll(w, a -> StrictMath.pow(10, 4 * rng.nextDouble() - 2));
        return PoissonGrid.of(n[0], n[1], n[2], inside, w[0], w[1], w[2], screened ? w[3] : 0);
    }

    /** Returns numbers by chance: of one sign, of both, or of any size from 1e-12 to 1e12. */
    static double[] someNumbers(PoissonGrid grid, Rng rng) {
        int kind = rng.nextInt(3);
        double[] v = new double[grid.inside().length];
        for (int p = 0; p < v.length; p++) {
            double any = kind == 0 ? rng.nextDouble() : rng.nextGaussian();
            double size = kind == 2 ? StrictMath.pow(10, 24 * rng.nextDouble() - 12) : 1;
            v[p] = grid.inside()[p] ? any * size : 0;
        }
        return v;
    }

    static Exact of(PoissonGrid grid, double[] b) {
        int[] pixels = new Unknowns(grid).pixels();
        int n = pixels.length;
        BigDecimal[][] a = new BigDecimal[n][n + 1];
        for (int r = 0; r < n; r++) {
            for (int c = 0; c < n; c++) {
                a[r][c] = entry(grid, pixels[r], pixels[c]);
            }
            a[r][n] = new BigDecimal(b[pixels[r]]);
        }
        for (int c = 0; c < n; c++) {
            for (int r = c + 1; r < n; r++) {
                if (a[r][c].signum() != 0) {
                    BigDecimal factor = a[r][c].divide(a[c][c], DIGITS);
                    for (int k = c; k <= n; k++) {
                        a[r][k] = a[r][k].subtract(factor.multiply(a[c][k]), DIGITS);
                    }
                }
            }
        }
        BigDecimal[] image = new BigDecimal[b.length];
        Arrays.fill(image, BigDecimal.ZERO);
        for (int r = n - 1; r >= 0; r--) {
            BigDecimal rest = a[r][n];
            for (int c = r + 1; c < n; c++) {
                rest = rest.subtract(a[r][c].multiply(image[pixels[c]]), DIGITS);
            }
            image[pixels[r]] = rest.divide(a[r][r], DIGITS);
        }
        return new Exact(grid, image);
    }

    /** Returns the coefficient of pixel q in the equation of pixel p. */
    private static BigDecimal entry(PoissonGrid grid, int p, int q) {
        int[] sizes = {grid.ni(), grid.nj(), grid.nk()};
        double[] weights = {grid.wi(), grid.wj(), grid.wk()};
        BigDecimal sum = p == q ? new BigDecimal(grid.screen()) : BigDecimal.ZERO;
        int stride = 1;
        for (int axis = 0; axis < 3; axis++) {
            BigDecimal w = new BigDecimal(weights[axis]);
            int at = p / stride % sizes[axis];
            for (int side = -1; side <= 1; side += 2) {
                boolean is = at + side >= 0 && at + side < sizes[axis];
                sum = is && p == q ? sum.add(w) : sum;
                sum = is && q == p + side * stride ? sum.subtract(w) : sum;
            }
            stride *= sizes[axis];
        }
        return sum;
    }

    double[] rounded() {
        return Arrays.stream(solution).mapToDouble(BigDecimal::doubleValue).toArray();
    }

    /** Returns how far the farthest pixel is off. */
    double error(double[] e) {
        BigDecimal most = BigDecimal.ZERO;
        for (int p = 0; p < e.length; p++) {
            most = most.max(solution[p].subtract(new BigDecimal(e[p])).abs());
        }
        return most.doubleValue();
    }

    /** Returns {@code ‖b − L e‖₂/‖b‖₂}, nothing of it rounded, and 0 where b is. */
    double relativeResidual(double[] e, double[] b) {
        BigDecimal left = BigDecimal.ZERO;
        BigDecimal all = BigDecimal.ZERO;
        int[] pixels = new Unknowns(grid).pixels();
        for (int p : pixels) {
            BigDecimal r = new BigDecimal(b[p]);
            all = all.add(r.multiply(r), DIGITS);
            for (int q : pixels) {
                r = r.subtract(entry(grid, p, q).multiply(new BigDecimal(e[q])));
            }
            left = left.add(r.multiply(r), DIGITS);
        }
        return all.signum() == 0 ? 0 : Math.sqrt(left.divide(all, DIGITS).doubleValue());
    }

    /** Returns what rounding alone makes of it. */
    double roundingOfResidual(double[] e, double[] b) {
        int[] sizes = {grid.ni(), grid.nj(), grid.nk()};
        double[] weights = {grid.wi(), grid.wj(), grid.wk()};
        double[] rounding = new double[e.length];
        for (int p = 0; p < e.length; p++) {
            double sum = Math.abs(b[p]) + grid.screen() * Math.abs(e[p]);
            int stride = 1;
            for (int axis = 0; axis < 3; axis++) {
                int at = p / stride % sizes[axis];
                sum += at > 0 ? weights[axis] * Math.abs(e[p] - e[p - stride]) : 0;
                boolean after = at < sizes[axis] - 1;
                sum += after ? weights[axis] * Math.abs(e[p] - e[p + stride]) : 0;
                stride *= sizes[axis];
            }
            rounding[p] = grid.inside()[p] ? PoissonGrid.ROUNDING * sum : 0;
        }
        return grid.norm(rounding) / Math.max(Double.MIN_NORMAL, grid.norm(b));
    }
}
