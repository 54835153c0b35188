package org.diapason.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.diapason.fusion.Detail;
import org.diapason.fusion.Dwt;
import org.diapason.fusion.Energy;
import org.diapason.fusion.Fusion;
import org.diapason.fusion.Guided;
import org.diapason.fusion.Laplacian;
import org.diapason.fusion.Match;
import org.diapason.fusion.MaxAbs;
import org.diapason.fusion.Swt;
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

/**
 * Time to fuse two volumes by the rules that look at neighbours, with their usual settings; with
 * {@link ProcessorTime} and a small {@code -Xmx} also the memory that they need.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 10)
@Fork(value = 1, jvmArgs = "-Xmx3g")
public class VolumeFusionBench {
    @Param({"128x128x128"})
    public String size;

    @Param({"energy", "laplacian", "dwt", "swt", "swt-max-abs", "guided"})
    public String rule;

    Geometry geometry;
    List<float[]> volumes;
    private Fusion fusion;

    /** Makes two volumes of seeded noise. */
    @Setup
    public void setUp() {
        geometry = Sizes.parse(size, 1, 1, 1);
        Rng rng = new Rng(3);
        float[] second = new float[geometry.voxels()];
        for (int v = 0; v < second.length; v++) {
            second[v] = (float) (GaussBench.MEAN + GaussBench.SD * rng.nextGaussian());
        }
        volumes = List.of(GaussBench.noise(geometry.voxels()), second);
        Detail match = new Match(0.7, true);
        fusion =
                switch (rule) {
                    case "energy" -> new Energy(2);
                    case "laplacian" -> new Laplacian(OptionalInt.empty(), match, Optional.empty());
                    case "dwt" -> new Dwt();
                    case "swt" -> new Swt();
                    case "swt-max-abs" -> new Swt(4, new MaxAbs(true), Optional.empty());
                    case "guided" -> new Guided();
                    default -> throw new IllegalArgumentException("no rule " + rule);
                };
    }

    @Benchmark
    public float[] fuse() {
        return fusion.fuse(geometry, volumes);
    }
}
