package org.diapason.bench;

import java.util.concurrent.TimeUnit;
import org.diapason.features.ShapeTimes;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
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
 * Time for morphology and local intensity of one lesion on one thread; a ball of about 50,000
 * voxels is a large tumour on a 1 mm grid.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 30)
@Measurement(iterations = 20)
@Fork(value = 2, jvmArgs = "-Xmx2g")
public class ShapeBench {
    @Param("200x200x60")
    public String size;

    @Param("22.85")
    public double radius;

    @Param("1")
    public String threads;

    Volume volume;
    Mask mask;

    /** Makes a ball of noise. */
    @Setup
    public void setUp() {
        Parallel.setThreads(Integer.parseInt(threads));
        Geometry g = Sizes.parse(size, 1, 1, 1);
        float[] values = new float[g.voxels()];
        boolean[] inside = new boolean[values.length];
        Rng rng = new Rng(1);
        for (int v = 0; v < values.length; v++) {
            int i = v % g.ni() - g.ni() / 2;
            int j = v / g.ni() % g.nj() - g.nj() / 2;
            int k = v / (g.ni() * g.nj()) - g.nk() / 2;
            values[v] = rng.nextInt(400);
            inside[v] = i * i + j * j + k * k <= radius * radius;
        }
        volume = Volume.of(g, values, Quantity.UNKNOWN);
        mask = Mask.of(g, inside);
    }

    @Benchmark
    public double[] morphology() {
        return ShapeTimes.morphology(volume, mask);
    }

    @Benchmark
    public double[] moranAndGeary() {
        return ShapeTimes.moranAndGeary(volume, mask);
    }

    @Benchmark
    public double[] localIntensity() {
        return ShapeTimes.localIntensity(volume, mask);
    }
}
