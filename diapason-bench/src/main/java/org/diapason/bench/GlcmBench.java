package org.diapason.bench;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.diapason.features.Discretisation;
import org.diapason.features.Glcm;
import org.diapason.features.Ibsi;
import org.diapason.features.LevelGrid;
import org.diapason.math.Rng;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
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

/**
 * Time for the co-occurrence matrices of one lesion, and for all features there are; a ball of
 * about 50,000 voxels is a large tumour on a 1 mm grid.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 30)
@Measurement(iterations = 20)
@Fork(value = 2, jvmArgs = "-Xmx2g")
public class GlcmBench {
    static final int LEVELS = 32;

    @Param("200x200x60")
    public String size;

    @Param("22.85")
    public double radius;

    Exam exam;
    LevelGrid grid;

    /** Makes levels 1 … 32 by chance: as values they fall into the bin of their own number. */
    @Setup
    public void setUp() {
        Geometry g = Sizes.parse(size, 1, 1, 1);
        int[] centre = {g.ni() / 2, g.nj() / 2, g.nk() / 2};
        int reach = (int) radius + 1;
        int box = 2 * reach + 1;
        short[] cells = new short[box * box * box];
        float[] values = new float[g.voxels()];
        boolean[] inside = new boolean[values.length];
        Rng rng = new Rng(1);
        for (int v = 0; v < values.length; v++) {
            int i = v % g.ni() - centre[0];
            int j = v / g.ni() % g.nj() - centre[1];
            int k = v / (g.ni() * g.nj()) - centre[2];
            values[v] = 1 + rng.nextInt(LEVELS);
            inside[v] = i * i + j * j + k * k <= radius * radius;
            if (inside[v]) {
                cells[i + reach + box * (j + reach + box * (k + reach))] = (short) values[v];
            }
        }
        grid = new LevelGrid(box, box, box, cells, LEVELS);
        Image image = Image.of(Volume.of(g, values, Quantity.UNKNOWN));
        exam = Exam.of("ball", Map.of("ct", image), Map.of("gtv", Mask.of(g, inside)), Map.of());
    }

    @Benchmark
    public Glcm.Result cooccurrence() {
        return Glcm.of(grid);
    }

    @Benchmark
    public FeatureTable allFeatures() {
        return Ibsi.of("ct", "gtv", Discretisation.fixedCount(LEVELS)).apply(exam, new Trace());
    }
}
