package org.diapason.bench;

import java.util.concurrent.TimeUnit;
import org.diapason.math.Rng;
import org.diapason.stats.DeLong;
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
 * Time of the area under a ROC curve with DeLong's variance, and of the comparison of two scores;
 * the rows are those of a screening programme, half of them positive, which is the slowest case.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(1)
public class DeLongBench {
    @Param("1000000")
    public int rows;

    double[] first;
    double[] second;
    boolean[] positive;

    /** Makes two scores of correlation ½ that are 1 and ½ higher in positive rows. */
    @Setup
    public void setUp() {
        Rng rng = new Rng(1);
        first = new double[rows];
        second = new double[rows];
        positive = new boolean[rows];
        for (int r = 0; r < rows; r++) {
            positive[r] = r % 2 == 0;
            double shared = rng.nextGaussian();
            double rest = Math.sqrt(0.5);
            first[r] = rest * (shared + rng.nextGaussian()) + (positive[r] ? 1 : 0);
            second[r] = rest * (shared + rng.nextGaussian()) + (positive[r] ? 0.5 : 0);
        }
    }

    @Benchmark
    public DeLong area() {
        return DeLong.of(first, positive);
    }

    @Benchmark
    public DeLong.Pair compare() {
        return DeLong.compare(first, second, positive);
    }
}
