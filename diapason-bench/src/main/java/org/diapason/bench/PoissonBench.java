package org.diapason.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.diapason.math.Gauss;
import org.diapason.math.Rng;
import org.diapason.poisson.Certified;
import org.diapason.poisson.Multigrid;
import org.diapason.poisson.PoissonGrid;
import org.diapason.poisson.PoissonSolution;
import org.diapason.volume.Geometry;
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
 * Time to paste three channels of a texture seamlessly into another inside a flower of five petals:
 * 1.05 million pixels of a picture of 2048 × 2048, 4.2 million of one of 4096 × 4096. The grid is
 * set up anew in every call.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 20)
@Fork(value = 2, jvmArgs = "-Xmx3g")
public class PoissonBench {
    private static final int CHANNELS = 3;

    /** Pixels along a side of the picture. */
    @Param({"2048", "4096"})
    public String size;

    PoissonGrid grid;
    List<double[]> rightHandSides;

    /** Makes the mask, cut one pixel around it, and what the target lacks of the source. */
    @Setup
    public void setUp() {
        int n = Integer.parseInt(size);
        double a = n * 640.0 / 2048;
        double b = n * 520.0 / 2048;
        int ni = 2 * (int) (a * 1.06) + 3;
        int nj = 2 * (int) (b * 1.06) + 3;
        boolean[] inside = new boolean[ni * nj];
        for (int p = 0; p < inside.length; p++) {
            double x = p % ni - ni / 2;
            double y = p / ni - nj / 2;
            double petals = 1 + 0.12 * StrictMath.sin(5 * StrictMath.atan2(y, x));
            inside[p] = x * x / (a * a) + y * y / (b * b) < petals;
        }
        grid = PoissonGrid.picture(ni, nj, inside);
        rightHandSides = new ArrayList<>();
        for (int c = 0; c < CHANNELS; c++) {
            rightHandSides.add(laplacian(texture(ni, nj, c), ni, inside));
        }
    }

    private static float[] texture(int ni, int nj, int seed) {
        Geometry g = Sizes.parse(ni + "x" + nj + "x1", 1, 1, 1);
        float[] sum = new float[ni * nj];
        Rng rng = new Rng(seed);
        double[][] widths = {{1, 20}, {6, 45}, {40, 90}};
        for (double[] width : widths) {
            float[] noise = new float[ni * nj];
            for (int p = 0; p < noise.length; p++) {
                noise[p] = (float) (rng.nextGaussian() * width[0] * width[1]);
            }
            float[] blurred = Gauss.blur(g, noise, width[0], width[0], 0);
            for (int p = 0; p < sum.length; p++) {
                sum[p] += blurred[p];
            }
        }
        for (int p = 0; p < sum.length; p++) {
            sum[p] += (float) (40 - 0.03 * (p % ni) - 0.02 * (p / ni));
        }
        return sum;
    }

    private static double[] laplacian(float[] d, int ni, boolean[] inside) {
        double[] b = new double[d.length];
        for (int p = 0; p < b.length; p++) {
            if (inside[p]) {
                b[p] = 4.0 * d[p] - d[p - 1] - d[p + 1] - d[p - ni] - d[p + ni];
            }
        }
        return b;
    }

    /** To a relative residual of 1e-6, as peers do. */
    @Benchmark
    public PoissonSolution toARelativeResidual() {
        return new Multigrid().solve(grid, rightHandSides, 1e-6);
    }

    /** To a certified error of a thousandth of 255, the solve for the bound included. */
    @Benchmark
    public Certified.Result toACertifiedError() {
        return new Certified(grid, new Multigrid()).solve(rightHandSides, 0.255);
    }
}
