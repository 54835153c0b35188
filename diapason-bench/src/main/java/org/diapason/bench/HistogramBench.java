package org.diapason.bench;

import java.util.concurrent.TimeUnit;
import org.diapason.math.Cdf;
import org.diapason.math.HistogramMap;
import org.diapason.math.Rng;
import org.diapason.math.SortedFloats;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
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

/** Time to match one MR head to another, the sorting of both included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 20)
@Fork(value = 2, jvmArgs = "-Xmx2g")
public class HistogramBench {
    static final double GAIN = 0.4;
    static final double OFFSET = 7;

    @Param("256x256x180")
    public String size;

    /** Whether the scanner stored whole numbers. */
    @Param({"false", "true"})
    public boolean whole;

    float[] source;
    float[] reference;

    /** Makes background and tissue; the reference has another gain and offset and other noise. */
    @Setup
    public void setUp() {
        Geometry g = Sizes.parse(size, 1, 1, 1);
        source = head(g.voxels(), 1, 1, 0);
        reference = head(g.voxels(), 2, GAIN, OFFSET);
    }

    private float[] head(int n, long seed, double gain, double offset) {
        Rng rng = new Rng(seed);
        float[] values = new float[n];
        for (int v = 0; v < n; v++) {
            double noise = rng.nextGaussian();
            double x = v % 3 == 0 ? Math.abs(20 * noise) : 600 + 150 * noise;
            values[v] = (float) (offset + gain * (whole ? Math.rint(x) : x));
        }
        return values;
    }

    @Benchmark
    public float[] match() {
        Numbers quantiles = HistogramMap.quantiles(SortedFloats.of(reference), 1024, Cdf.MID_RANK);
        return HistogramMap.of(SortedFloats.of(source), quantiles, Cdf.MID_RANK).apply(source);
    }
}
