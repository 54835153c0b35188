package org.diapason.bench;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.diapason.math.Rng;
import org.diapason.step.Trace;
import org.diapason.steps.intensity.N4;
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

/** Time to correct one MR head of three tissues for a field of 0.8 to 1.2, in blocks of 4 mm. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(value = 2, jvmArgs = "-Xmx1g")
public class N4Bench {
    private static final double[] TISSUES = {300, 600, 1000};

    @Param("256x256x180")
    public String size;

    Exam exam;
    float[] field;
    boolean[] inside;

    /** Makes an ellipsoid of wavy sheets of tissue with 3 % noise. */
    @Setup
    public void setUp() {
        int[] n = {0, 0, 0};
        Geometry one = Sizes.parse(size, 1, 1, 1);
        for (int a = 0; a < 3; a++) {
            n[a] = one.size(a);
        }
        // the head fills 256 mm of the first axis, whatever the size
        double mm = 256.0 / n[0];
        Geometry g = Sizes.parse(size, mm, mm, mm);
        float[] values = new float[g.voxels()];
        field = new float[values.length];
        inside = new boolean[values.length];
        Rng rng = new Rng(1);
        for (int v = 0; v < values.length; v++) {
            double x = (v % n[0] + 0.5) / n[0] * 2 - 1;
            double y = (v / n[0] % n[1] + 0.5) / n[1] * 2 - 1;
            double z = (v / (n[0] * n[1]) + 0.5) / n[2] * 2 - 1;
            inside[v] = x * x + y * y + z * z < 0.64;
            field[v] = (float) (1 + 0.2 * (x - 0.6 * y + 0.5 * z * x) / 0.95);
            double sheet = 6 * x + 1.5 * Math.sin(5 * y) + 1.5 * Math.cos(6 * z);
            double tissue = inside[v] ? TISSUES[Math.floorMod((int) Math.floor(sheet), 3)] : 0;
            values[v] = (float) Math.abs(tissue * field[v] + 18 * rng.nextGaussian());
        }
        exam =
                Exam.of(
                        "head",
                        Map.of("t1", Image.of(Volume.of(g, values, Quantity.MR))),
                        Map.of("brain", Mask.of(g, inside)),
                        Map.of());
    }

    @Benchmark
    public Exam correct() {
        return step(false).apply(exam, new Trace());
    }

    static N4 step(boolean field) {
        return new N4("*", Optional.of("brain"), 4, 3, 200, 200, 0.1, 0.01, 200, 0.0002, field);
    }
}
