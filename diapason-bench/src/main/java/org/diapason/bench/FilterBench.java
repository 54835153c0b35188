package org.diapason.bench;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.diapason.features.filter.Filter;
import org.diapason.features.filter.Frequencies;
import org.diapason.features.filter.Gabor;
import org.diapason.features.filter.LaplacianOfGaussian;
import org.diapason.features.filter.Laws;
import org.diapason.features.filter.Pooling;
import org.diapason.features.filter.SeparableWavelet;
import org.diapason.features.filter.Simoncelli;
import org.diapason.features.filter.Space;
import org.diapason.math.Boundary;
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

/**
 * Time of the filters of IBSI 2 on cubes of 1 mm: a CT of the chest cropped around a lesion, and
 * the Laplacian of Gaussian at five scales.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgs = "-Xmx3g")
public class FilterBench {
    static final List<Double> SCALES_MM = List.of(1.0, 1.5, 2.0, 3.0, 5.0);

    @Param({"200x197x180", "256x256x256"})
    public String size;

    Geometry geometry;
    float[] noise;

    /** Makes seeded white noise. */
    @Setup
    public void setUp() {
        geometry = Sizes.parse(size, 1, 1, 1);
        noise = GaussBench.noise(geometry.voxels());
    }

    @Benchmark
    public float[] laplacianOfGaussianAtFiveScales() {
        float[] last = noise;
        for (double sigma : SCALES_MM) {
            last = log(sigma).respond(geometry, noise);
        }
        return last;
    }

    static LaplacianOfGaussian log(double sigmaMm) {
        return new LaplacianOfGaussian(sigmaMm, 4, Boundary.MIRROR, Space.VOLUME);
    }

    @Benchmark
    public float[] lawsEnergyOfAllTurns() {
        return respond(
                new Laws("L5E5E5", Pooling.MAX, OptionalInt.of(7), Boundary.MIRROR, Space.VOLUME));
    }

    @Benchmark
    public float[] waveletOfAllTurns() {
        return respond(
                new SeparableWavelet("db3", "HHH", 2, Pooling.MEAN, Boundary.MIRROR, Space.VOLUME));
    }

    @Benchmark
    public float[] simoncelli() {
        return respond(new Simoncelli(1, Boundary.MIRROR, Space.VOLUME, Frequencies.EXACT));
    }

    @Benchmark
    public float[] gaborOfEightDirectionsInThreeStacks() {
        return respond(
                new Gabor(
                        5,
                        2,
                        1.5,
                        0,
                        OptionalDouble.of(22.5),
                        Pooling.MEAN,
                        Gabor.Part.MODULUS,
                        Boundary.MIRROR,
                        Space.VOLUME));
    }

    private float[] respond(Filter filter) {
        return filter.respond(geometry, noise);
    }
}
