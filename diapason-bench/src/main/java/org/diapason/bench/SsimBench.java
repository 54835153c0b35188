package org.diapason.bench;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.diapason.math.Rng;
import org.diapason.quality.Comparison;
import org.diapason.quality.DataRange;
import org.diapason.quality.Metric;
import org.diapason.quality.Settings;
import org.diapason.volume.Geometry;
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

/** Time to compare two volumes; the larger size is a head of 1 mm. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 20)
@Fork(value = 2, jvmArgs = "-Xmx3g")
public class SsimBench {
    static final double SD = 10;

    /** What values could span. */
    static final double RANGE = 100;

    @Param({"256x256x180"})
    public String size;

    private Volume reference;
    private Volume image;

    /** Makes white noise around 100, and the same with as much noise added. */
    @Setup
    public void setUp() {
        Geometry g = Sizes.parse(size, 1, 1, 1);
        Rng rng = new Rng(1);
        float[] x = new float[g.voxels()];
        float[] y = new float[x.length];
        for (int v = 0; v < x.length; v++) {
            x[v] = (float) (100 + SD * rng.nextGaussian());
            y[v] = (float) (x[v] + SD * rng.nextGaussian());
        }
        reference = Volume.of(g, x, Quantity.MR);
        image = Volume.of(g, y, Quantity.MR);
    }

    /** Structural similarity in cubes of 11 voxels. */
    @Benchmark
    public Double ssim() {
        return figure(Metric.SSIM);
    }

    /** The same in cubes of 7 equal weights. */
    @Benchmark
    public Double ssimUniform7() {
        return figure(Metric.SSIM_UNIFORM_7);
    }

    /** Normalised mutual information, 100 bins. */
    @Benchmark
    public Double nmi() {
        return figure(Metric.NMI);
    }

    private Double figure(Metric metric) {
        Settings s = Settings.usual().withRange(DataRange.ofWidth(RANGE));
        return Comparison.of(reference, image, Set.of(metric), s).get(metric).value();
    }
}
