package org.diapason.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.diapason.compositing.Blend;
import org.diapason.compositing.Blended;
import org.diapason.compositing.Guidance;
import org.diapason.compositing.Layer;
import org.diapason.compositing.Mixed;
import org.diapason.compositing.Seamless;
import org.diapason.math.Rng;
import org.diapason.poisson.Multigrid;
import org.diapason.volume.Channels;
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
 * Time of a whole blend of three colours, from the images in memory to the certified outcome: a
 * picture of a million unknowns, and one of 16 megapixels with a mask of four.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 8)
@Fork(value = 1, jvmArgs = "-Xmx3g")
public class BlendBench {
    @Param({"1025x1025x1", "4096x4096x1"})
    public String size;

    /** Pixels of the square in the middle that are blended, along each axis. */
    @Param({"1023", "2000"})
    public String width;

    @Param({"source", "mixed"})
    public String gradients;

    Volume source;
    Volume target;
    Mask mask;
    private Blend blend;

    /** Makes two pictures of seeded noise: nothing is harder for a solver. */
    @Setup
    public void setUp() {
        Geometry g = Sizes.parse(size, 1, 1, 1);
        int wide = Integer.parseInt(width);
        source = noise(g, 1);
        target = noise(g, 2);
        boolean[] inside = new boolean[g.voxels()];
        for (int v = 0; v < inside.length; v++) {
            int i = v % g.ni() - (g.ni() - wide) / 2;
            int j = v / g.ni() - (g.nj() - wide) / 2;
            inside[v] = i >= 0 && i < wide && j >= 0 && j < wide;
        }
        mask = Mask.of(g, inside);
        Guidance guidance = gradients.equals("mixed") ? new Mixed(false) : new Seamless();
        blend = new Blend(guidance, 0, Blend.Hold.TARGET, new Multigrid(), OptionalDouble.empty());
    }

    private static Volume noise(Geometry g, long seed) {
        Rng rng = new Rng(seed);
        List<float[]> planes = new ArrayList<>();
        for (int c = 0; c < 3; c++) {
            float[] plane = new float[g.voxels()];
            for (int v = 0; v < plane.length; v++) {
                plane[v] = rng.nextInt(256);
            }
            planes.add(plane);
        }
        return Volume.of(g, planes, Channels.COLOURS, Quantity.PICTURE);
    }

    /** Blends to 0.001 of the range of the target, certified. */
    @Benchmark
    public Blended toAThousandthOfTheRange() {
        return blend.of(Optional.of(Layer.of(source)), target, mask);
    }
}
