package org.diapason.poisson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.math.Parallel;
import org.diapason.volume.RefusedException;

/**
 * Solves Poisson's equation on any mask by sparse Cholesky factorization: for small systems, and
 * for many right-hand sides of one mask.
 *
 * <p>Unknowns are eliminated in the order of a nested dissection of the mask, so that the factor of
 * n pixels of a picture has about {@code 2.5 n log₂ n} entries and of n voxels about {@code 9
 * n^(4/3)}, at 12 bytes; masks with holes have fewer. Its size is known before it is computed;
 * beyond {@code maxEntries} the system is refused. The answer is improved by its residual until
 * that is met, three times at most.
 *
 * <p>The default of 12 million entries is 144 MB: about 260,000 pixels (some 3 s) or 40,000 voxels
 * (some 15 s). The factor is computed by one thread.
 *
 * @param maxEntries the most entries the factor may have; positive
 */
public record Direct(long maxEntries) implements PoissonSolver {
    private static final int MOST_SOLVES = 4;

    public Direct {
        if (maxEntries < 1) {
            throw new IllegalArgumentException("maxEntries must be positive, got " + maxEntries);
        }
    }

    public Direct() {
        this(12_000_000);
    }

    @Override
    public PoissonSolution solve(
            PoissonGrid grid, List<double[]> rightHandSides, double relativeResidual) {
        grid.check(rightHandSides, relativeResidual);
        if (Channels.nothingToDo(rightHandSides)) {
            return Channels.zeros(grid, rightHandSides.size());
        }
        Unknowns unknowns = new Unknowns(grid);
        refuseBeyond(unknowns.count(), unknowns.count());
        SparseMatrix matrix = unknowns.matrix(EdgeWeight.PLAIN);
        // The matrix itself is the least; to know more takes the order, which takes its time.
        refuseBeyond((matrix.entries() + unknowns.count()) / 2, unknowns.count());
        int[] order = Dissection.order(grid, unknowns.pixels());
        SparseCholesky cholesky = new SparseCholesky(matrix, order);
        refuseBeyond(cholesky.predictedEntries(), unknowns.count());
        cholesky.factor();

        int channels = rightHandSides.size();
        double[][] found = new double[channels][];
        double[][] histories = new double[channels][];
        Parallel.forEach(
                channels,
                c -> {
                    double[] b = unknowns.gather(rightHandSides.get(c));
                    found[c] = new double[b.length];
                    histories[c] = improve(matrix, cholesky, b, found[c], relativeResidual);
                });
        double[] residuals = Channels.worst(histories);
        double reached = residuals[residuals.length - 1];
        if (!(reached <= relativeResidual)) {
            throw Channels.notReached(
                    "the direct solver",
                    residuals.length - 1,
                    reached,
                    relativeResidual,
                    "That is rounding: ask for no less than it.");
        }
        List<double[]> corrections = new ArrayList<>();
        for (double[] e : found) {
            corrections.add(unknowns.scatter(e));
        }
        return new PoissonSolution(corrections, residuals);
    }

    /** Solves, and solves for what is left until it is small enough; returns the history. */
    private static double[] improve(
            SparseMatrix matrix, SparseCholesky cholesky, double[] b, double[] x, double wanted) {
        double norm = Channels.norm(b);
        double[] history = new double[MOST_SOLVES + 1];
        history[0] = norm == 0 ? 0 : 1;
        double[] r = b;
        int solves = 0;
        while (history[solves] > wanted && solves < MOST_SOLVES) {
            double[] more = cholesky.solve(r);
            for (int u = 0; u < x.length; u++) {
                x[u] += more[u];
            }
            r = more;
            matrix.residual(x, b, r);
            history[++solves] = Channels.norm(r) / norm;
        }
        return Arrays.copyOf(history, solves + 1);
    }

    private void refuseBeyond(long entries, int unknowns) {
        if (entries > maxEntries) {
            throw new RefusedException(
                    "the direct solver needs at least "
                            + entries
                            + " entries ("
                            + entries * 12 / 1_000_000
                            + " MB) for "
                            + unknowns
                            + " unknowns, more than the "
                            + maxEntries
                            + " allowed. Take multigrid, or raise maxEntries.");
        }
    }
}
