package org.diapason.bench;

import java.util.concurrent.TimeUnit;
import org.diapason.math.Gauss;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.surface.IsoSurface;
import org.diapason.surface.LatticeMesh;
import org.diapason.surface.MarchingCubes;
import org.diapason.surface.Mesh;
import org.diapason.surface.SurfaceNets;
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
 * Time for the surface of a ball of 0.7 half widths in noise blurred by two voxels: 0.1 of it is
 * mild, 1.67 breaks the ball into some thousand pieces; for the same as a mask, and as a net. A
 * volume of 256³ is a head of 1 mm, a mask of 512³ a CT.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 20)
@Measurement(iterations = 30)
@Fork(value = 2, jvmArgs = "-Xmx3g")
public class SurfaceBench {
    @Param("256x256x256")
    public String size;

    @Param({"0.1", "1.6667"})
    public String noise;

    @Param("2")
    public String threads;

    Volume volume;
    Mask mask;
    Volume labels;

    /** Makes the ball. */
    @Setup
    public void setUp() {
        Parallel.setThreads(Integer.parseInt(threads));
        Geometry g = Sizes.parse(size, 1, 1, 1);
        float[] values = new float[g.voxels()];
        Rng rng = new Rng(71);
        for (int v = 0; v < values.length; v++) {
            values[v] = (float) rng.nextGaussian();
        }
        values = Gauss.blur(g, values, 2, 2, 2);
        double times = Double.parseDouble(noise);
        boolean[] inside = new boolean[values.length];
        float[] label = new float[values.length];
        for (int v = 0; v < values.length; v++) {
            double x = 2.0 * (v % g.ni()) / (g.ni() - 1) - 1;
            double y = 2.0 * (v / g.ni() % g.nj()) / (g.nj() - 1) - 1;
            double z = 2.0 * (v / g.ni() / g.nj()) / (g.nk() - 1) - 1;
            values[v] = (float) (0.7 - Math.sqrt(x * x + y * y + z * z) + times * values[v]);
            inside[v] = values[v] > 0;
            label[v] = !inside[v] ? 0 : x < 0 ? 1 : 2;
        }
        volume = Volume.of(g, values, Quantity.UNKNOWN);
        mask = Mask.of(g, inside);
        labels = Volume.of(g, label, Quantity.UNKNOWN);
    }

    @Benchmark
    public Mesh isoSurface() {
        return IsoSurface.of(volume, 0);
    }

    @Benchmark
    public Mesh ofMask() {
        return IsoSurface.of(mask);
    }

    @Benchmark
    public LatticeMesh marchingCubes() {
        return MarchingCubes.of(mask.geometry(), mask.voxels());
    }

    /** Both halves of the ball, twenty steps. */
    @Benchmark
    public Mesh[] nets() {
        SurfaceNets nets = SurfaceNets.of(labels).relaxed(20);
        return new Mesh[] {nets.mesh(1), nets.mesh(2)};
    }
}
