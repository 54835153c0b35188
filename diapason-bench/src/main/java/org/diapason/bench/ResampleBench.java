package org.diapason.bench;

import java.util.concurrent.TimeUnit;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.math.Resample;
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

/** Time to put one CT of 0.8 × 0.8 × 2 mm on the IBSI grid of 1 mm. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 20)
@Fork(value = 2, jvmArgs = "-Xmx3g")
public class ResampleBench {
    @Param("512x512x150")
    public String size;

    @Param({"LINEAR", "CUBIC"})
    public Interpolation interpolation;

    Geometry from;
    Geometry to;
    float[] values;

    /** Makes a ramp in mm along all axes: interpolation must reproduce it. */
    @Setup
    public void setUp() {
        from = Sizes.parse(size, 0.8, 0.8, 2);
        to = Grid.isotropic(from, 1);
        values = new float[from.voxels()];
        for (int v = 0; v < values.length; v++) {
            int i = v % from.ni();
            int j = v / from.ni() % from.nj();
            int k = v / (from.ni() * from.nj());
            values[v] = (float) (0.8 * i + 2 * 0.8 * j + 3 * 2 * k);
        }
    }

    @Benchmark
    public float[] toOneMillimetre() {
        return Resample.onto(from, values, to, interpolation);
    }
}
