package org.diapason.bench;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.diapason.math.Rng;
import org.diapason.registration.Registered;
import org.diapason.registration.Registration;
import org.diapason.step.Progress;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
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
 * Time to register two contrasts of one object that was moved and stretched; the size is an MR
 * image of a head at 1 mm.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgs = "-Xmx1536m")
public class LinearRegistrationBench {
    /** Centre, radii and both contrasts of ellipsoids, in shares of the box. */
    private static final double[][] PARTS = {
        {0.5, 0.5, 0.5, 0.38, 0.4, 0.36, 100, 60},
        {0.38, 0.45, 0.55, 0.1, 0.14, 0.08, 80, -50},
        {0.62, 0.6, 0.4, 0.08, 0.09, 0.12, -60, 120},
        {0.52, 0.3, 0.55, 0.12, 0.07, 0.1, 120, 70},
        {0.46, 0.66, 0.62, 0.07, 0.1, 0.07, 60, 90},
    };

    /** About an affine move of a few degrees, mm and percent. */
    static final Affine TRUTH =
            new Affine(
                    Numbers.of(1.02, 0.05, -0.03, 3, -0.04, 0.98, 0.06, -2, 0.03, -0.05, 1.01, 4));

    @Param({"181x217x181"})
    public String size;

    @Param({"RIGID", "AFFINE"})
    public Registration.Model model;

    @Param({"false", "true"})
    public boolean probe;

    private Volume fixed;
    private Volume moving;

    /** Draws both contrasts, each in its own place. */
    @Setup
    public void setUp() {
        Geometry box = Sizes.parse(size, 1, 1, 1);
        fixed = drawn(box, 0, Affine.IDENTITY);
        moving = drawn(box, 1, TRUTH);
    }

    private static Volume drawn(Geometry g, int contrast, Affine pose) {
        Affine back = pose.inverse();
        Rng rng = new Rng(contrast);
        float[] values = new float[g.voxels()];
        double[] p = new double[3];
        for (int v = 0; v < values.length; v++) {
            int row = v / g.ni();
            p[0] = v % g.ni();
            p[1] = row % g.nj();
            p[2] = row / g.nj();
            back.apply(p);
            double sum = 2 * rng.nextGaussian();
            for (double[] part : PARTS) {
                double square = 0;
                for (int a = 0; a < 3; a++) {
                    double d = (p[a] / g.size(a) - part[a]) / part[3 + a];
                    square += d * d;
                }
                // an edge some voxels wide
                double out = (Math.sqrt(square) - 1) * part[3] * g.ni();
                sum += part[6 + contrast] * Math.max(0, Math.min(1, 0.5 - out / 3));
            }
            values[v] = (float) sum;
        }
        return Volume.of(g, values, Quantity.UNKNOWN);
    }

    @Benchmark
    public Registered register() {
        return new Registration(
                        model, 64, 800_000, 1, Registration.Metric.MUTUAL_INFORMATION, probe)
                .find(fixed, moving, Optional.empty(), Progress.NONE);
    }
}
