package org.diapason.bench;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.diapason.math.Rng;
import org.diapason.phantom.Motion;
import org.diapason.phantom.MovedObject;
import org.diapason.phantom.ObjectLibrary;
import org.diapason.reconstruction.MapFusion;
import org.diapason.reconstruction.MapPrior;
import org.diapason.step.Progress;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
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
 * Time of all of {@code map-fuse} but its files: the weight searched, the image, and the one with a
 * flat guide, of the whole head in PET of 6 mm (white noise of 0.8, grey matter 8) and T1.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(value = 1, jvmArgs = "-Xmx3g")
public class MapFusionBench {
    private static final double WIDTH_MM = 6;
    private static final double PET_SD = 0.8;
    private static final double MR_SD = 20;

    @Param("256x256x180")
    public String size;

    @Param("dtv")
    public String prior;

    /** Of λ; {@code search} for the discrepancy principle. */
    @Param("search")
    public String weight;

    private Volume pet;
    private Volume mr;

    /** Draws the head on a grid that is 256 mm wide, whatever its size. */
    @Setup
    public void setUp() {
        Geometry one = Sizes.parse(size, 1, 1, 1);
        double mm = 256.0 / one.ni();
        Geometry about = Sizes.parse(size, mm, mm, mm);
        Numbers middle =
                about.toWorld((one.ni() - 1) / 2.0, (one.nj() - 1) / 2.0, (one.nk() - 1) / 2.0);
        Geometry g =
                new Geometry(
                        one.ni(),
                        one.nj(),
                        one.nk(),
                        about.spacingMm(),
                        Numbers.of(-middle.get(0), -middle.get(1), -middle.get(2)),
                        about.direction());
        pet = seen("whole-head-pet", g, WIDTH_MM, PET_SD);
        mr = seen("whole-head-t1", g, 1.2 * mm, MR_SD);
    }

    private static Volume seen(String object, Geometry g, double fwhmMm, double sd) {
        Volume clean = new MovedObject(ObjectLibrary.of(object), Motion.NONE).on(g, fwhmMm);
        float[] values = clean.values().clone();
        Rng rng = new Rng(object.hashCode());
        for (int p = 0; p < values.length; p++) {
            values[p] = (float) Math.max(0, values[p] + sd * rng.nextGaussian());
        }
        return clean.withValues(values);
    }

    @Benchmark
    public MapFusion.Result fuse() {
        return fuse(Progress.NONE);
    }

    MapFusion.Result fuse(Progress progress) {
        MapFusion.Settings settings =
                new MapFusion.Settings(
                        MapPrior.of(prior),
                        Numbers.of(WIDTH_MM, WIDTH_MM, WIDTH_MM),
                        weight.equals("search")
                                ? OptionalDouble.empty()
                                : OptionalDouble.of(Double.parseDouble(weight)),
                        OptionalDouble.of(PET_SD),
                        MapFusion.Noise.GAUSSIAN,
                        OptionalDouble.empty(),
                        0.95,
                        OptionalInt.empty(),
                        MapFusion.TOLERANCE);
        return MapFusion.of(pet, Optional.of(mr), settings, progress);
    }
}
