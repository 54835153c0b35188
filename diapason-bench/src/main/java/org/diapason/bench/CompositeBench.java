package org.diapason.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.diapason.compositing.PictureComposite;
import org.diapason.compositing.PorterDuff;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.volume.Channels;
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
 * Time to lay one picture with opacity on another as {@code composite} does: four planes of whole
 * samples in float each, beside a plain copy of such a picture.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(value = 1, jvmArgs = "-Xmx3g")
public class CompositeBench {
    @Param({"1920x1080x1"})
    public String size;

    /** The largest sample. */
    @Param({"255", "65535"})
    public String white;

    Volume source;
    Volume target;
    private int top;

    /** Makes seeded noise. */
    @Setup
    public void setUp() {
        Geometry g = Sizes.parse(size, 1, 1, 1);
        top = Integer.parseInt(white);
        source = noise(g, new Rng(1));
        target = noise(g, new Rng(2));
    }

    private Volume noise(Geometry g, Rng rng) {
        List<float[]> planes = new ArrayList<>();
        for (int c = 0; c < 4; c++) {
            float[] plane = new float[g.voxels()];
            for (int p = 0; p < plane.length; p++) {
                plane[p] = rng.nextInt(top + 1);
            }
            planes.add(plane);
        }
        return Volume.of(g, planes, Channels.COLOURS, Quantity.PICTURE);
    }

    @Benchmark
    public float[][] copy() {
        float[][] out = new float[4][];
        Parallel.forEach(4, c -> out[c] = source.channel(c).clone());
        return out;
    }

    /** With a division for every pixel. */
    @Benchmark
    public Volume straight() {
        return over(false, false);
    }

    @Benchmark
    public Volume premultiplied() {
        return over(true, false);
    }

    @Benchmark
    public Volume linearLight() {
        return over(false, true);
    }

    private Volume over(boolean premultiplied, boolean linear) {
        return new PictureComposite(PorterDuff.OVER, premultiplied, linear)
                .of(source, target, new float[0], top);
    }
}
