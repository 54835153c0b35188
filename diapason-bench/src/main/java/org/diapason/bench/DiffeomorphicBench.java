package org.diapason.bench;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.diapason.math.Gauss;
import org.diapason.registration.Diffeomorphic;
import org.diapason.step.Progress;
import org.diapason.volume.Affine;
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

/**
 * Time to deform one texture onto another of another contrast, as large as a head in voxels of 1
 * and of 2 mm.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
@Fork(value = 2, jvmArgs = "-Xmx1500m")
public class DiffeomorphicBench {
    /** How far the moving image is stretched about its middle along i, in shares. */
    static final double STRETCH = 0.03;

    @Param({"91x109x91", "181x217x181"})
    public String size;

    Geometry geometry;
    private Volume fixed;
    private Volume moving;

    /** Draws waves in a seeded texture, and the same stretched and in another contrast. */
    @Setup
    public void setUp() {
        double mm = Sizes.parse(size, 1, 1, 1).ni() > 91 ? 1 : 2;
        geometry = Sizes.parse(size, mm, mm, mm);
        float[] noise = Gauss.blur(geometry, GaussBench.noise(geometry.voxels()), 3, 3, 3);
        float[] still = new float[noise.length];
        float[] other = new float[noise.length];
        double middle = (geometry.ni() - 1) / 2.0;
        for (int v = 0; v < noise.length; v++) {
            int i = v % geometry.ni();
            double from = middle + (i - middle) / (1 + STRETCH);
            int low = (int) from;
            int next = Math.min(geometry.ni() - 1, low + 1);
            double x =
                    noise[v - i + low] + (from - low) * (noise[v - i + next] - noise[v - i + low]);
            still[v] = noise[v];
            other[v] = (float) (-x);
        }
        fixed = Volume.of(geometry, still, Quantity.UNKNOWN);
        moving = Volume.of(geometry, other, Quantity.UNKNOWN);
    }

    @Benchmark
    public Diffeomorphic.Found deform() {
        return Diffeomorphic.usual()
                .find(fixed, moving, Affine.IDENTITY, Optional.empty(), Progress.NONE);
    }
}
