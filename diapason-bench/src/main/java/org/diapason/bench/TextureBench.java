package org.diapason.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.diapason.features.Dimension;
import org.diapason.features.Discretisation;
import org.diapason.features.Ibsi;
import org.diapason.features.LevelGrid;
import org.diapason.features.Texture;
import org.diapason.features.TextureParameters;
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
 * Time for the texture of one lesion on one core, and for all features there are; an ellipsoid of
 * about 50,000 voxels is a large tumour on a 1 mm grid. Intensities are waves and noise in equal
 * parts, so that zones and runs have sizes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 30)
@Measurement(iterations = 20)
@Fork(value = 2, jvmArgs = "-Xmx2g")
public class TextureBench {
    static final int LEVELS = 32;

    @Param("200x200x60")
    public String size;

    /** Half axes of the ellipsoid in voxels, as parts of the longest. */
    @Param("30")
    public double radius;

    @Param("VOLUME")
    public Dimension dimension;

    /** A family by its place in the manual, from 0; or all of them. */
    @Param("all")
    public String family;

    Exam exam;
    LevelGrid grid;
    private List<Texture> families;

    @Setup
    public void setUp() {
        Geometry g = Sizes.parse(size, 1, 1, 1);
        float[] values = new float[g.voxels()];
        boolean[] inside = new boolean[values.length];
        Rng rng = new Rng(1);
        float min = Float.MAX_VALUE;
        float max = -Float.MAX_VALUE;
        for (int v = 0; v < values.length; v++) {
            int i = v % g.ni() - g.ni() / 2;
            int j = v / g.ni() % g.nj() - g.nj() / 2;
            int k = v / (g.ni() * g.nj()) - g.nk() / 2;
            double wave = Math.sin(i / 7.0) + Math.cos(j / 9.0) + Math.sin(k / 5.0);
            values[v] = (float) (wave / 2 + rng.nextGaussian() / 3);
            double b = j / 0.83;
            double c = k / 0.53;
            inside[v] = i * i + b * b + c * c <= radius * radius;
            min = inside[v] ? Math.min(min, values[v]) : min;
            max = inside[v] ? Math.max(max, values[v]) : max;
        }
        grid = levels(g, values, inside, min, max);
        Image image = Image.of(Volume.of(g, values, Quantity.UNKNOWN));
        exam = Exam.of("lesion", Map.of("ct", image), Map.of("gtv", Mask.of(g, inside)), Map.of());
        List<Texture> all = TextureParameters.IBSI.families();
        families = family.equals("all") ? all : List.of(all.get(Integer.parseInt(family)));
    }

    private LevelGrid levels(Geometry g, float[] values, boolean[] inside, float min, float max) {
        int reach = (int) radius + 1;
        int box = 2 * reach + 1;
        int deep = 2 * (int) (radius * 0.53) + 3;
        short[] cells = new short[box * box * deep];
        for (int v = 0; v < values.length; v++) {
            if (inside[v]) {
                int i = v % g.ni() - g.ni() / 2 + reach;
                int j = v / g.ni() % g.nj() - g.nj() / 2 + reach;
                int k = v / (g.ni() * g.nj()) - g.nk() / 2 + deep / 2;
                double place = ((double) values[v] - min) / ((double) max - min);
                cells[i + box * (j + box * k)] = (short) Math.min(LEVELS, place * LEVELS + 1);
            }
        }
        return new LevelGrid(box, box, deep, cells, LEVELS);
    }

    @Benchmark
    public List<double[][]> families() {
        List<double[][]> found = new ArrayList<>();
        families.forEach(f -> found.add(f.of(grid, dimension)));
        return found;
    }

    @Benchmark
    public FeatureTable allFeatures() {
        return Ibsi.of("ct", "gtv", Discretisation.fixedCount(LEVELS)).apply(exam, new Trace());
    }
}
