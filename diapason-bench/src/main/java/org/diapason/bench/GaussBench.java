package org.diapason.bench;

import java.util.concurrent.TimeUnit;
import org.diapason.math.Gauss;
import org.diapason.math.Rng;
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

/** Time to blur one volume by σ = 2 voxels an axis; the larger size is a CT chest. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 20)
@Fork(value = 2, jvmArgs = "-Xmx3g")
public class GaussBench {
    static final double SIGMA = 2;
    static final double MEAN = 100;
    static final double SD = 10;

    @Param({"256x256x150", "512x512x300"})
    public String size;

    Geometry geometry;
    float[] noise;

    /** Makes seeded white noise. */
    @Setup
    public void setUp() {
        geometry = Sizes.parse(size, 1, 1, 1);
        noise = noise(geometry.voxels());
    }

    static float[] noise(int n) {
        Rng rng = new Rng(1);
        float[] values = new float[n];
        for (int v = 0; v < n; v++) {
            values[v] = (float) (MEAN + SD * rng.nextGaussian());
        }
        return values;
    }

    @Benchmark
    public float[] blurByTwoVoxels() {
        return Gauss.blur(geometry, noise, SIGMA, SIGMA, SIGMA);
    }
}
