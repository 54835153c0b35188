package org.diapason.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.diapason.math.Starlet;
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

/** Time to take a volume apart into four scales and a rest, all of its size. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 8)
@Fork(value = 1, jvmArgs = "-Xmx3g")
public class StarletBench {
    @Param({"256x256x256"})
    public String size;

    Geometry geometry;
    float[] noise;

    /** Makes seeded white noise. */
    @Setup
    public void setUp() {
        geometry = Sizes.parse(size, 1, 1, 1);
        noise = GaussBench.noise(geometry.voxels());
    }

    @Benchmark
    public List<float[]> fourScales() {
        return Starlet.of(geometry, noise, 4);
    }
}
