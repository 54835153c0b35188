package org.diapason.bench;

import java.util.concurrent.TimeUnit;
import org.diapason.math.Rng;
import org.diapason.reconstruction.ParallelBeam;
import org.diapason.reconstruction.Projector;
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

/** Time to project one slice and back: 256² pixels, 180 views of 256 bins. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 20)
@Measurement(iterations = 40)
@Fork(value = 2, jvmArgs = "-Xmx1g")
public class ProjectorBench {
    /** Pixels along a side, and views. */
    @Param({"256x180"})
    public String size;

    Projector projector;
    float[] image;
    float[] data;
    float[] back;

    /** Makes a seeded image. */
    @Setup
    public void setUp() {
        int side = Integer.parseInt(size.split("x")[0]);
        int views = Integer.parseInt(size.split("x")[1]);
        projector = Projector.of(ParallelBeam.covering(side, 1, views));
        image = new float[projector.pixels()];
        Rng rng = new Rng(1);
        for (int v = 0; v < image.length; v++) {
            image[v] = (float) rng.nextDouble();
        }
        data = new float[projector.measurements()];
        back = new float[image.length];
    }

    @Benchmark
    public float[] forwardAndBack() {
        projector.forward(image, data);
        projector.backward(data, back);
        return back;
    }
}
