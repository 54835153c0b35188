package org.diapason.bench;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.diapason.math.Rng;
import org.diapason.step.Trace;
import org.diapason.steps.intensity.MrWeighting;
import org.diapason.steps.intensity.WhiteStripe;
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

/** Time of a white stripe of one head, of which the brain is an ellipsoid of 0.6 of each axis. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 20)
@Fork(value = 2, jvmArgs = "-Xmx2g")
public class WhiteStripeBench {
    static final double WHITE = 1000;

    @Param("256x256x180")
    public String size;

    /** Whether every voxel is brain, the most a mask can ask for. */
    @Param({"false", "true"})
    public boolean full;

    Exam exam;

    /** Makes fluid 300, grey 600 and white 1000 with noise 50, and skin and fat around them. */
    @Setup
    public void setUp() {
        Geometry g = Sizes.parse(size, 1, 1, 1);
        Rng rng = new Rng(3);
        float[] values = new float[g.voxels()];
        boolean[] brain = new boolean[values.length];
        int v = 0;
        for (int k = 0; k < g.nk(); k++) {
            for (int j = 0; j < g.nj(); j++) {
                for (int i = 0; i < g.ni(); i++, v++) {
                    double x = (2.0 * i / g.ni() - 1) / 0.6;
                    double y = (2.0 * j / g.nj() - 1) / 0.6;
                    double z = (2.0 * k / g.nk() - 1) / 0.6;
                    brain[v] = full || x * x + y * y + z * z < 1;
                    int share = v % 20;
                    double mean = share < 4 ? 300 : share < 12 ? 600 : WHITE;
                    double noise = 50 * rng.nextGaussian();
                    values[v] = (float) (brain[v] ? mean + noise : Math.abs(noise) * share);
                }
            }
        }
        exam =
                Exam.of(
                        "bench",
                        Map.of("t1", Image.of(Volume.of(g, values, Quantity.MR))),
                        Map.of("brain", Mask.of(g, brain)),
                        Map.of());
    }

    @Benchmark
    public Exam whiteStripe() {
        return whiteStripe(new Trace());
    }

    Exam whiteStripe(Trace trace) {
        return new WhiteStripe(
                        "t1",
                        "brain",
                        MrWeighting.T1,
                        Optional.empty(),
                        0.05,
                        0.02,
                        0.05,
                        0.001,
                        false)
                .apply(exam, trace);
    }
}
