package org.diapason.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.diapason.math.Rng;
import org.diapason.poisson.Amg;
import org.diapason.poisson.Direct;
import org.diapason.poisson.PoissonGrid;
import org.diapason.poisson.PoissonSolution;
import org.diapason.poisson.PoissonSolver;
import org.diapason.poisson.Sine;
import org.diapason.poisson.Sor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time of the solvers beside multigrid to a relative residual of 1e-6, one right-hand side of white
 * noise, set-up included: algebraic multigrid, over-relaxation and Cholesky in a flower of five
 * petals (1.05 million pixels of 2048 × 2048), sines in a square of 1023².
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(value = 1, jvmArgs = "-Xmx3g")
public class PoissonSolverBench {
    /** Pixels along a side of the picture; 512 is what the direct solver takes. */
    @Param({"2048"})
    public String size;

    @Param({"amg", "sor", "sine"})
    public String solver;

    PoissonGrid grid;
    List<double[]> rightHandSides;

    /** Makes the mask and the noise. */
    @Setup
    public void setUp() {
        int n = Integer.parseInt(size);
        int side = solver.equals("sine") ? n / 2 + 1 : n;
        boolean[] inside = new boolean[side * side];
        double[] b = new double[inside.length];
        Rng rng = new Rng(1);
        for (int p = 0; p < inside.length; p++) {
            int i = p % side;
            int j = p / side;
            double x = (i - side / 2) / (n * 640.0 / 2048);
            double y = (j - side / 2) / (n * 520.0 / 2048);
            double angle = StrictMath.atan2(j - side / 2, i - side / 2);
            boolean petals = x * x + y * y < 1 + 0.12 * StrictMath.sin(5 * angle);
            boolean square = i > 0 && j > 0 && i < side - 1 && j < side - 1;
            inside[p] = solver.equals("sine") ? square : petals;
            b[p] = inside[p] ? rng.nextGaussian() : 0;
        }
        grid = PoissonGrid.picture(side, side, inside);
        rightHandSides = List.of(b);
    }

    /** From the mask to the answer. */
    @Benchmark
    public PoissonSolution solve() {
        PoissonSolver chosen =
                switch (solver) {
                    case "amg" -> new Amg();
                    case "sor" -> new Sor();
                    case "sine" -> new Sine();
                    default -> new Direct();
                };
        return chosen.solve(grid, rightHandSides, 1e-6);
    }
}
