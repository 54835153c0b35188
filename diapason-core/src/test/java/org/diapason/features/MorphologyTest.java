package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Morphology against consensus values, closed forms, direct sums and laws. */
class MorphologyTest {

    // IBSI reference manual, digital phantom: consensus value and tolerance
    @ParameterizedTest(name = "{0} = {1} ± {2}")
    @CsvSource({
        "morph_volume, 556, 4",
        "morph_vol_approx, 592, 4",
        "morph_area_mesh, 388, 3",
        "morph_av, 0.698, 0.004",
        "morph_comp_1, 0.0411, 0.0003",
        "morph_comp_2, 0.599, 0.004",
        "morph_sph_dispr, 1.19, 0.01",
        "morph_sphericity, 0.843, 0.005",
        "morph_asphericity, 0.186, 0.001",
        "morph_com, 0.672, 0.004",
        "morph_diam, 13.1, 0.1",
        "morph_pca_maj_axis, 11.4, 0.1",
        "morph_pca_min_axis, 9.31, 0.06",
        "morph_pca_least_axis, 8.54, 0.05",
        "morph_pca_elongation, 0.816, 0.005",
        "morph_pca_flatness, 0.749, 0.005",
        "morph_vol_dens_aabb, 0.869, 0.005",
        "morph_area_dens_aabb, 0.866, 0.005",
        "morph_vol_dens_aee, 1.17, 0.01",
        "morph_area_dens_aee, 1.36, 0.01",
        "morph_vol_dens_conv_hull, 0.961, 0.006",
        "morph_area_dens_conv_hull, 1.03, 0.01",
        "morph_integ_int, 1200, 10",
        "morph_moran_i, 0.0397, 0.0003",
        "morph_geary_c, 0.974, 0.006",
    })
    void meetsTheConsensusOfTheDigitalPhantom(String tag, double consensus, double tolerance) {
        double found = value(tag, phantom());
        double rounded = new BigDecimal(found).round(new MathContext(3)).doubleValue();
        assertEquals(consensus, rounded, tolerance + 1e-9 * consensus, "exactly " + found);
    }

    @Test
    void allTagsOfTheConsensusAreThereOnce() {
        assertEquals(29, Morphology.FEATURES.size());
        assertEquals(29, Morphology.FEATURES.stream().map(Feature::tag).distinct().count());
        assertEquals(29, Morphology.FEATURES.stream().map(Feature::code).distinct().count());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void moranAndGearyAreTheDirectSumsOverAllPairs(int seed) {
        Random random = new Random(seed);
        Geometry g = Geometry.of(1 + seed, 9 - seed, 1 + seed % 3 * 4, 0.7, 1.3, 1 + seed / 2.0);
        Region region = scattered(g, random, 0.6);
        double[] found = Autocorrelation.of(region);
        double mean = 0;
        for (float x : region.values()) {
            mean += (double) x / region.size();
        }
        double weights = 0;
        double products = 0;
        double differences = 0;
        double squares = 0;
        for (int a = 0; a < region.size(); a++) {
            double xa = region.values()[a] - mean;
            squares += xa * xa;
            for (int b = 0; b < region.size(); b++) {
                if (a != b) {
                    double xb = region.values()[b] - mean;
                    double w = 1 / distance(g, region.voxels()[a], region.voxels()[b]);
                    weights += w;
                    products += w * xa * xb;
                    differences += w * (xa - xb) * (xa - xb);
                }
            }
        }
        int n = region.size();
        assertEquals(n / weights * products / squares, found[0], 1e-11);
        assertEquals((n - 1) / (2 * weights) * differences / squares, found[1], 1e-11);
    }

    @Test
    void blocksAndThreadsDoNotChangeTheSums() {
        Region region = scattered(Geometry.of(13, 11, 9, 1, 1, 2), new Random(8), 0.4);
        double[] whole = Autocorrelation.of(region);
        int before = Parallel.threads();
        try {
            Parallel.setThreads(3);
            assertArrayEquals(whole, Autocorrelation.of(region), 0);
        } finally {
            Parallel.setThreads(before);
        }
        assertArrayEquals(whole, Autocorrelation.of(region, 1), 1e-13);
        assertArrayEquals(whole, Autocorrelation.of(region, 6000), 1e-13);
    }

    @Test
    void turningAndMirroringTheGridChangesNothing() {
        Geometry g = Geometry.of(7, 8, 9, 0.7, 1.9, 3.1);
        Random random = new Random(5);
        boolean[] inside = blob(g, random);
        float[] values = noise(g.voxels(), random);
        double[] straight = features(g, inside, values);
        Geometry turned = Geometry.of(9, 7, 8, 3.1, 0.7, 1.9);
        for (int flips = 0; flips < 8; flips++) {
            boolean[] turnedInside = new boolean[inside.length];
            float[] turnedValues = new float[inside.length];
            for (int v = 0; v < inside.length; v++) {
                int i = v % 7;
                int j = v / 7 % 8;
                int k = v / 56;
                int to =
                        turned.index(
                                (flips & 1) > 0 ? 8 - k : k,
                                (flips & 2) > 0 ? 6 - i : i,
                                (flips & 4) > 0 ? 7 - j : j);
                turnedInside[to] = inside[v];
                turnedValues[to] = values[v];
            }
            double[] found = features(turned, turnedInside, turnedValues);
            for (int f = 0; f < found.length; f++) {
                double slack = Morphology.FEATURES.get(f).tag().contains("mvee") ? 1e-5 : 1e-11;
                assertEquals(
                        straight[f],
                        found[f],
                        slack * Math.abs(straight[f]),
                        Morphology.FEATURES.get(f).tag() + ", flips " + flips);
            }
        }
    }

    @Test
    void aSampledEllipsoidHasTheShapeOfAnEllipsoid() {
        Geometry g = Geometry.of(70, 54, 46, 0.5, 0.5, 0.5);
        boolean[] inside = new boolean[g.voxels()];
        for (int v = 0; v < inside.length; v++) {
            double x = (v % 70 - 34.5) * 0.5 / 16;
            double y = (v / 70 % 54 - 26.5) * 0.5 / 12;
            double z = (v / 70 / 54 - 22.5) * 0.5 / 10;
            inside[v] = x * x + y * y + z * z <= 1;
        }
        double[] f = features(g, inside, noise(g.voxels(), new Random(1)));
        assertEquals(4.0 / 3 * Math.PI * 16 * 12 * 10, f[0], 0.01 * f[0], "volume in mm³");
        assertEquals(32, f[10], 0.5, "diameter in mm");
        // a solid ellipsoid has variance a²/5 along an axis, so 4 sqrt(λ) = 4 a / sqrt(5)
        assertEquals(4 * 16 / Math.sqrt(5), f[11], 0.05, "major axis in mm");
        assertEquals(4 * 12 / Math.sqrt(5), f[12], 0.05, "minor axis in mm");
        assertEquals(4 * 10 / Math.sqrt(5), f[13], 0.05, "least axis in mm");
        assertEquals(Math.PI / 6, f[16], 0.01, "density in the aligned box");
        assertEquals(Math.PI / 6, f[18], 0.02, "density in the oriented box");
        assertEquals(1, f[22], 0.06, "density in the smallest ellipsoid, half a voxel wider");
        assertEquals(1, f[24], 0.04, "density in the hull, which fills the steps");
    }

    @Test
    void theSeriesIsThatOfTheManualAndRightForSpheres() {
        assertEquals(4 * Math.PI * 9, EllipsoidArea.of(3, 3, 3), 1e-12);
        // α = β: Σ α^(2v)/(1 − 4v²) = (1 + (1 − α²)/α · artanh α)/2
        double alpha = Math.sqrt(1 - 4.0 / 9);
        double manual = 2 * Math.PI * 6 * (1 + (1 - alpha * alpha) / alpha * atanh(alpha));
        assertEquals(manual, EllipsoidArea.of(3, 2, 2), 1e-7 * manual);
        double truth = 2 * Math.PI * 4 * (1 + 3 / (2 * alpha) * Math.asin(alpha));
        assertEquals(0.8765, EllipsoidArea.of(3, 2, 2) / truth, 1e-3, "the manual's series is low");
        assertTrue(Double.isNaN(EllipsoidArea.of(3, 2, 0)));
    }

    @Test
    void oneVoxelHasASurfaceButNoShape() {
        Geometry g = Geometry.of(3, 3, 3, 1, 2, 3);
        boolean[] inside = new boolean[27];
        inside[26] = true;
        double[] f = features(g, inside, noise(27, new Random(2)));
        assertEquals(1, f[0], 1e-12, "an octahedron with half axes of 0.5, 1 and 1.5 mm");
        assertEquals(6, f[1], 0);
        assertEquals(3, f[10], 1e-12);
        assertEquals(0, f[9], 0);
        assertEquals(undefined(11, 12, 13, 14, 15, 20, 21, 27, 28), undefined(f));
    }

    @Test
    void oneSliceHasNoEllipsoidAroundIt() {
        Geometry g = Geometry.of(6, 5, 1, 1, 1, 4);
        boolean[] inside = new boolean[30];
        Arrays.fill(inside, true);
        double[] f = features(g, inside, noise(30, new Random(3)));
        assertEquals(0, f[13], 0, "least axis");
        assertEquals(0, f[15], 0, "flatness");
        assertEquals(undefined(20, 21), undefined(f));
    }

    @Test
    void oneLineHasOneAxis() {
        Geometry g = Geometry.of(5, 5, 5, 1, 1, 1);
        boolean[] inside = new boolean[125];
        for (int i = 0; i < 5; i++) {
            inside[g.index(i, i, i)] = true;
        }
        double[] f = features(g, inside, noise(125, new Random(4)));
        assertEquals(4 * Math.sqrt(7.5), f[11], 1e-12, "4 sqrt(3 · 2 · 5/4)");
        assertEquals(0, f[14], 0, "elongation");
        assertEquals(undefined(20, 21), undefined(f));
    }

    @Test
    void twoPartsAreOneBody() {
        Geometry g = Geometry.of(12, 3, 3, 1, 1, 1);
        boolean[] inside = new boolean[g.voxels()];
        inside[g.index(0, 1, 1)] = true;
        inside[g.index(11, 1, 1)] = true;
        double[] f = features(g, inside, noise(g.voxels(), new Random(4)));
        assertEquals(2.0 / 6, f[0], 1e-12, "two octahedra of 1/6 mm³");
        assertEquals(12, f[10], 1e-12);
    }

    @Test
    void voxelsWithoutAValueCountInTheShapeOnly() {
        float[] values = DigitalPhantom.values();
        values[0] = Float.NaN;
        values[1] = Float.NaN;
        double[] f = features(DigitalPhantom.GRID, DigitalPhantom.inside(), values);
        assertEquals(phantom()[0], f[0], 0);
        assertEquals(592, f[1], 0);
        assertEquals(f[0] * (159.0 - 5) / 72, f[26], 1e-9, "mean of the other 72 values");
        assertEquals(Set.of(), undefined(f));
    }

    @Test
    void withoutIntensitiesOnlyTheShapeIsKnown() {
        Region none = new Region(DigitalPhantom.GRID, new int[0], new float[0]);
        double[] f = Morphology.of(DigitalPhantom.GRID, DigitalPhantom.inside(), none);
        assertEquals(undefined(9, 26, 27, 28), undefined(f));
    }

    private static double[] phantom() {
        return features(DigitalPhantom.GRID, DigitalPhantom.inside(), DigitalPhantom.values());
    }

    private static double[] features(Geometry g, boolean[] inside, float[] values) {
        Region region =
                Region.of(
                        Volume.of(g, values, Quantity.UNKNOWN), Mask.of(g, inside), "the phantom");
        return Morphology.of(g, inside, region);
    }

    private static double value(String tag, double[] features) {
        for (int f = 0; f < features.length; f++) {
            if (Morphology.FEATURES.get(f).tag().equals(tag)) {
                return features[f];
            }
        }
        throw new AssertionError("no feature " + tag);
    }

    private static Set<String> undefined(int... places) {
        Set<String> tags = new TreeSet<>();
        for (int p : places) {
            tags.add(Morphology.FEATURES.get(p).tag());
        }
        return tags;
    }

    private static Set<String> undefined(double[] features) {
        return undefined(
                IntStream.range(0, features.length)
                        .filter(f -> !Double.isFinite(features[f]))
                        .toArray());
    }

    private static Region scattered(Geometry g, Random random, double share) {
        boolean[] inside = new boolean[g.voxels()];
        for (int v = 0; v < inside.length; v++) {
            inside[v] = random.nextDouble() < share;
        }
        inside[0] = true;
        inside[inside.length - 1] = true;
        float[] values = noise(g.voxels(), random);
        return Region.of(Volume.of(g, values, Quantity.UNKNOWN), Mask.of(g, inside), "noise");
    }

    private static boolean[] blob(Geometry g, Random random) {
        boolean[] inside = new boolean[g.voxels()];
        for (int v = 0; v < inside.length; v++) {
            inside[v] = random.nextDouble() < 0.5;
        }
        return inside;
    }

    private static float[] noise(int n, Random random) {
        float[] values = new float[n];
        for (int v = 0; v < n; v++) {
            values[v] = 50 + 10 * random.nextFloat();
        }
        return values;
    }

    private static double distance(Geometry g, int a, int b) {
        double x = (a % g.ni() - b % g.ni()) * g.spacing(0);
        double y = (a / g.ni() % g.nj() - b / g.ni() % g.nj()) * g.spacing(1);
        double z = (a / g.ni() / g.nj() - b / g.ni() / g.nj()) * g.spacing(2);
        return Math.sqrt(x * x + y * y + z * z);
    }

    private static double atanh(double x) {
        return 0.5 * Math.log((1 + x) / (1 - x));
    }
}
