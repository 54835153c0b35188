package org.diapason.registration;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;

/**
 * The change of a velocity that brings the fit, less what bending costs, to its maximum as far as
 * gradient and stiffness tell: {@code (BᵀHB + αR) d = Bᵀg − αR c}, by conjugate gradients with the
 * diagonal in front.
 */
final class Newton {
    private static final int ROUNDS = 25;
    private static final double TOLERANCE = 0.05;

    /** Parts that cells are added up in, so that no thread waits for long. */
    private static final int PARTS = 4;

    /** For drawn changes, whose long waves come last. */
    private static final double FINE = 0.01;

    private final ControlGrid grid;
    private final ControlGrid.Sampled sampled;
    private final Cells cells;
    private final double stiffness;

    /**
     * @param stiffness α
     */
    Newton(ControlGrid grid, Cells cells, double stiffness) {
        this.grid = grid;
        this.cells = cells;
        this.stiffness = stiffness;
        sampled = grid.new Sampled(cells.middles());
    }

    double stiffness() {
        return stiffness;
    }

    /** Returns α c·R c / 2. */
    double cost(double[][] controls) {
        double sum = 0;
        for (double[] c : controls) {
            sum += dot(c, grid.bent(c));
        }
        return stiffness * sum / 2;
    }

    /** Returns how the fit, less what bending costs, grows with the control points. */
    double[][] gradient(double[][] controls) {
        double[][] rest = new double[3][];
        Parallel.forEach(
                3,
                a -> {
                    rest[a] = sampled.sums(cells.sums[a]);
                    double[] bent = grid.bent(controls[a]);
                    for (int i = 0; i < bent.length; i++) {
                        rest[a][i] -= stiffness * bent[i];
                    }
                });
        return rest;
    }

    /** Returns the change of the control points, along each axis in mm. */
    double[][] step(double[][] gradient) {
        return solve(gradient, TOLERANCE);
    }

    /**
     * Returns one guess of how many parameters the images decide, the trace of {@code A⁻¹ BᵀHB}
     * (Hutchinson 1989, Commun. Statist. Simul. 18(3):1059–1076, doi:10.1080/03610918908812806).
     */
    double decided(Rng rng) {
        double[][] signs = new double[3][grid.size];
        for (double[] along : signs) {
            for (int i = 0; i < along.length; i++) {
                along[i] = rng.nextInt(2) == 0 ? 1 : -1;
            }
        }
        return dot(signs, solve(product(signs, 0), TOLERANCE));
    }

    /** Draws a change of the control points of mean 0 and covariance A⁻¹, A = BᵀHB + αR. */
    double[][] drawn(Rng rng) {
        double[][] asked = new double[3][sampled.samples];
        for (int c = 0; c < sampled.samples; c++) {
            cell(c, rng, asked);
        }
        double root = Math.sqrt(stiffness);
        double[][] pull = new double[3][];
        for (int a = 0; a < 3; a++) {
            pull[a] = sampled.sums(asked[a]);
            double[] bent = grid.bentNoise(rng);
            for (int i = 0; i < bent.length; i++) {
                pull[a][i] += root * bent[i];
            }
        }
        return solve(pull, FINE);
    }

    /** Draws what one cell asks for, of covariance H, by Cholesky's root of H. */
    private void cell(int c, Rng rng, double[][] asked) {
        double[][] h = cells.sums;
        double ii = Math.sqrt(Math.max(0, h[3][c]));
        double ij = ii > 0 ? h[6][c] / ii : 0;
        double ik = ii > 0 ? h[7][c] / ii : 0;
        double jj = Math.sqrt(Math.max(0, h[4][c] - ij * ij));
        double jk = jj > 0 ? (h[8][c] - ij * ik) / jj : 0;
        double kk = Math.sqrt(Math.max(0, h[5][c] - ik * ik - jk * jk));
        double x = rng.nextGaussian();
        double y = rng.nextGaussian();
        double z = rng.nextGaussian();
        asked[0][c] = ii * x;
        asked[1][c] = ij * x + jj * y;
        asked[2][c] = ik * x + jk * y + kk * z;
    }

    private double[][] solve(double[][] gradient, double tolerance) {
        int n = grid.size;
        double[][] rest = {gradient[0].clone(), gradient[1].clone(), gradient[2].clone()};
        List<double[][]> fronts = new ArrayList<>();
        for (ControlGrid g = grid; g != null; g = g.coarser()) {
            fronts.add(front(g));
        }
        double[][] x = new double[3][n];
        double[][] z = ahead(fronts, rest);
        double[][] d = {z[0].clone(), z[1].clone(), z[2].clone()};
        double was = dot(rest, z);
        double first = was;
        for (int round = 0; round < ROUNDS && was > tolerance * tolerance * first; round++) {
            double[][] q = product(d, stiffness);
            double along = was / dot(d, q);
            for (int a = 0; a < 3; a++) {
                for (int i = 0; i < n; i++) {
                    x[a][i] += along * d[a][i];
                    rest[a][i] -= along * q[a][i];
                }
            }
            z = ahead(fronts, rest);
            double now = dot(rest, z);
            for (int a = 0; a < 3; a++) {
                for (int i = 0; i < n; i++) {
                    d[a][i] = z[a][i] + now / was * d[a][i];
                }
            }
            was = now;
        }
        return x;
    }

    /** Returns (BᵀHB + αR) d. */
    double[][] product(double[][] d, double alpha) {
        double[][] v = sampled.values(d);
        double[][] bent = new double[3][];
        double[][][] parts = new double[PARTS][3][];
        Parallel.forEach(
                3 * (PARTS + 1),
                b -> {
                    int a = b % 3;
                    if (b < 3) {
                        bent[a] = grid.bent(d[a]);
                    } else {
                        parts[b / 3 - 1][a] = asked(v, a, b / 3 - 1);
                    }
                });
        double[][] out = parts[0];
        for (int a = 0; a < 3; a++) {
            for (int i = 0; i < grid.size; i++) {
                for (int p = 1; p < PARTS; p++) {
                    out[a][i] += parts[p][a][i];
                }
                out[a][i] += alpha * bent[a][i];
            }
        }
        return out;
    }

    /** Returns what one part of the cells holds against shifts, along an axis. */
    private double[] asked(double[][] v, int axis, int part) {
        int[][] at = {{3, 6, 7}, {6, 4, 8}, {7, 8, 5}};
        double[] x = cells.sums[at[axis][0]];
        double[] y = cells.sums[at[axis][1]];
        double[] z = cells.sums[at[axis][2]];
        int from = sampled.from(part, PARTS);
        double[] asked = new double[sampled.from(part + 1, PARTS) - from];
        for (int n = 0, c = from; n < asked.length; n++, c++) {
            asked[n] = x[c] * v[0][c] + y[c] * v[1][c] + z[c] * v[2][c];
        }
        return sampled.sums(asked, part, PARTS);
    }

    /** Returns one over the diagonal on a grid, 0 where nothing holds a control point. */
    private double[][] front(ControlGrid g) {
        ControlGrid.Sampled squared = g.new Sampled(cells.middles()).squared();
        double[] bent = g.bentDiagonal();
        double[][] front = new double[3][];
        Parallel.forEach(
                3,
                a -> {
                    double[] d = squared.sums(cells.sums[3 + a]);
                    double most = 0;
                    for (int i = 0; i < d.length; i++) {
                        d[i] += stiffness * bent[i];
                        most = Math.max(most, d[i]);
                    }
                    for (int i = 0; i < d.length; i++) {
                        d[i] = d[i] > 1e-9 * most ? 1 / d[i] : 0;
                    }
                    front[a] = d;
                });
        return front;
    }

    /** Adds up what each of the grids, fine and coarse, makes of a gradient. */
    private double[][] ahead(List<double[][]> fronts, double[][] rest) {
        double[][] out = new double[3][];
        Parallel.forEach(3, a -> out[a] = ahead(grid, fronts, 0, a, rest[a]));
        return out;
    }

    private static double[] ahead(
            ControlGrid g, List<double[][]> fronts, int level, int axis, double[] rest) {
        double[] front = fronts.get(level)[axis];
        double[] out = new double[rest.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = front[i] * rest[i];
        }
        if (g.coarser() != null) {
            double[] coarse = ahead(g.coarser(), fronts, level + 1, axis, g.toCoarser(rest));
            double[] fine = g.fromCoarser(coarse);
            for (int i = 0; i < out.length; i++) {
                out[i] += fine[i];
            }
        }
        return out;
    }

    static double dot(double[][] a, double[][] b) {
        double sum = 0;
        for (int r = 0; r < a.length; r++) {
            sum += dot(a[r], b[r]);
        }
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
