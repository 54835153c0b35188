package org.diapason.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.diapason.math.Gauss;
import org.diapason.math.Interpolation;
import org.diapason.math.Mtf;
import org.diapason.math.Resample;
import org.diapason.math.Rng;
import org.diapason.step.Trace;
import org.diapason.steps.resolution.EstimateFwhm;
import org.diapason.steps.resolution.Kernel;
import org.diapason.steps.resolution.MatchTime;
import org.diapason.volume.Channels;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.hipparchus.special.Erf;
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
 * Time of the resolution steps beside the blur: {@code kernel} and {@code estimate-fwhm} on a ball
 * of water in air, {@code match-time} on 40 frames of a quarter of its planes' length and width,
 * and windowed sinc onto a grid turned by 10° about k.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 8)
@Fork(value = 1, jvmArgs = "-Xmx3g")
public class ResolutionBench {
    static final double FWHM_MM = 3;
    private static final int FRAMES = 40;

    @Param("512x512x100")
    public String size;

    Volume ball;
    Volume frames;
    Geometry turned;

    /** Makes the ball, FWHM 3 mm, noise of 10 HU, and the frames, an impulse in the middle one. */
    @Setup
    public void setUp() {
        Geometry g = Sizes.parse(size, 0.8, 0.8, 2);
        Rng rng = new Rng(1);
        double radius = 0.4 * Math.min(g.ni() * 0.8, g.nk() * 2);
        float[] v = new float[g.voxels()];
        for (int n = 0; n < v.length; n++) {
            double x = (n % g.ni() - g.ni() / 2.0 + 0.3) * 0.8;
            double y = (n / g.ni() % g.nj() - g.nj() / 2.0 + 0.4) * 0.8;
            double z = (n / (g.ni() * g.nj()) - g.nk() / 2.0 + 0.2) * 2;
            double d = (radius - Math.sqrt(x * x + y * y + z * z)) * Gauss.FWHM_PER_SIGMA / FWHM_MM;
            double share = Math.abs(d) > 8 ? (d > 0 ? 1 : 0) : Erf.erfc(-d / Math.sqrt(2)) / 2;
            v[n] = (float) (1000 * (share - 1) + 10 * rng.nextGaussian());
        }
        ball = Volume.of(g, v, Quantity.HU);
        Geometry small = Geometry.of(g.ni() / 4, g.nj() / 4, g.nk(), 3.2, 3.2, 2);
        List<float[]> planes = new ArrayList<>();
        double[] start = new double[FRAMES];
        double[] lasts = new double[FRAMES];
        for (int c = 0; c < FRAMES; c++) {
            planes.add(new float[small.voxels()]);
            start[c] = 5 * c;
            lasts[c] = 5;
        }
        planes.get(FRAMES / 2)[0] = 1;
        frames =
                Volume.of(
                        small,
                        planes,
                        Channels.frames(Numbers.of(start), Numbers.of(lasts)),
                        Quantity.BQ_ML);
        double c = Math.cos(Math.toRadians(10));
        double s = Math.sin(Math.toRadians(10));
        turned =
                new Geometry(
                        g.ni(),
                        g.nj(),
                        g.nk() / 2,
                        g.spacingMm(),
                        g.toWorld(0, 0, g.nk() / 4.0),
                        Numbers.of(c, -s, 0, s, c, 0, 0, 0, 1));
    }

    @Benchmark
    public Volume kernel() {
        Kernel step =
                new Kernel(
                        "*",
                        Optional.of(Mtf.gaussian(4)),
                        Optional.empty(),
                        OptionalDouble.empty(),
                        Optional.of(Mtf.gaussian(FWHM_MM)),
                        Optional.empty(),
                        0.001,
                        Optional.empty());
        return image(step.apply(exam(ball), new Trace()));
    }

    @Benchmark
    public Volume estimateFwhm() {
        EstimateFwhm step =
                new EstimateFwhm(
                        "*",
                        Optional.empty(),
                        OptionalDouble.empty(),
                        10,
                        OptionalDouble.empty(),
                        false);
        return image(step.apply(exam(ball), new Trace()));
    }

    @Benchmark
    public Volume matchTime() {
        return image(
                new MatchTime("*", 20, OptionalDouble.empty()).apply(exam(frames), new Trace()));
    }

    @Benchmark
    public float[] sincOntoATurnedGrid() {
        return Resample.onto(ball.geometry(), ball.values(), turned, Interpolation.SINC);
    }

    private static Exam exam(Volume volume) {
        return Exam.of("bench", Map.of("image", Image.of(volume)), Map.of(), Map.of());
    }

    private static Volume image(Exam exam) {
        return exam.image("image").volume();
    }
}
