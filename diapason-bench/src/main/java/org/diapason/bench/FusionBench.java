package org.diapason.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.diapason.fusion.Dwt;
import org.diapason.fusion.Laplacian;
import org.diapason.fusion.MaxAbs;
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

/** Time to fuse two pictures by the rules that other programs have too: the largest detail. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 30)
@Measurement(iterations = 30)
@Fork(value = 1, jvmArgs = "-Xmx3g")
public class FusionBench {
    @Param({"1024x1024x1"})
    public String size;

    Geometry geometry;
    List<float[]> pictures;

    /** Makes two pictures of seeded noise, the second of twice the spread. */
    @Setup
    public void setUp() {
        geometry = Sizes.parse(size, 1, 1, 1);
        Rng rng = new Rng(2);
        float[] second = new float[geometry.voxels()];
        for (int v = 0; v < second.length; v++) {
            second[v] = (float) (GaussBench.MEAN + 2 * GaussBench.SD * rng.nextGaussian());
        }
        pictures = List.of(GaussBench.noise(geometry.voxels()), second);
    }

    @Benchmark
    public float[] laplacianOfFiveLevels() {
        return new Laplacian(OptionalInt.of(5), new MaxAbs(false), Optional.empty())
                .fuse(geometry, pictures);
    }

    @Benchmark
    public float[] db2OfTwoLevels() {
        return new Dwt("db2", 2, new MaxAbs(false), Optional.empty()).fuse(geometry, pictures);
    }
}
