package org.diapason.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.diapason.features.Discretisation;
import org.diapason.features.FeatureMap;
import org.diapason.features.filter.Space;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
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
 * Time to map features voxel by voxel over a ball of about 100,000 voxels, a large lesion on a 1 mm
 * grid, with 32 levels. Intensities are waves and noise in equal parts.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(value = 2, jvmArgs = "-Xmx2g")
public class MapBench {
    static final double RADIUS = 28.8;

    @Param("64x64x64")
    public String size;

    @Param({"cm_*_3D_comb", "cm_*_3D_avg", "stat_*", "ih_*"})
    public String features;

    /** Half the width of the kernel in voxels, less its centre: 2 is 5 × 5 × 5. */
    @Param("2")
    public String radius;

    @Param("2")
    public String threads;

    Exam exam;

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
            double wave = Math.sin(i / 7.0) + Math.cos(j / 9.0) + Math.sin(k / 5.0);
            values[v] = (float) (wave / 2 + rng.nextGaussian() / 3);
            inside[v] = i * i + j * j + k * k <= RADIUS * RADIUS;
        }
        Image image = Image.of(Volume.of(g, values, Quantity.UNKNOWN));
        exam = Exam.of("lesion", Map.of("mr", image), Map.of("gtv", Mask.of(g, inside)), Map.of());
    }

    @Benchmark
    public Exam maps() {
        return new FeatureMap(
                        "mr",
                        "gtv",
                        List.of(features),
                        Integer.parseInt(radius),
                        Space.VOLUME,
                        Optional.of(Discretisation.fixedCount(32)),
                        false)
                .apply(exam, new Trace());
    }
}
