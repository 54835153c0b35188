package org.diapason.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.diapason.features.Discretisation;
import org.diapason.features.Ibsi;
import org.diapason.features.filter.Filter;
import org.diapason.features.filter.Frequencies;
import org.diapason.features.filter.Gabor;
import org.diapason.features.filter.LaplacianOfGaussian;
import org.diapason.features.filter.Laws;
import org.diapason.features.filter.Mean;
import org.diapason.features.filter.Pooling;
import org.diapason.features.filter.Riesz;
import org.diapason.features.filter.SeparableWavelet;
import org.diapason.features.filter.Simoncelli;
import org.diapason.features.filter.Space;
import org.diapason.math.Boundary;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.math.Resample;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Filters against the response maps and the feature values of the IBSI 2 consensus. */
class Ibsi2Test {
    private static final OptionalInt NO_ENERGY = OptionalInt.empty();

    static Stream<Arguments> maps() {
        Space volume = Space.VOLUME;
        Boundary zero = Boundary.ZERO;
        Boundary mirror = Boundary.MIRROR;
        return Stream.of(
                map("1_a_1", "checkerboard", new Mean(15, zero, volume)),
                map("1_a_2", "checkerboard", new Mean(15, Boundary.NEAREST, volume)),
                map("1_a_3", "checkerboard", new Mean(15, Boundary.PERIODIC, volume)),
                map("1_a_4", "checkerboard", new Mean(15, mirror, volume)),
                map("2_a", "impulse", new LaplacianOfGaussian(3, 4, zero, volume)),
                map("2_b", "checkerboard", new LaplacianOfGaussian(5, 4, mirror, volume)),
                map("3_a_1", "impulse", laws("E5L5S5", false, false, zero)),
                map("3_a_2", "impulse", laws("E5L5S5", true, false, zero)),
                map("3_a_3", "impulse", laws("E5L5S5", true, true, zero)),
                map("3_b_1", "checkerboard", laws("E3W5R5", false, false, mirror)),
                map("3_b_2", "checkerboard", laws("E3W5R5", true, false, mirror)),
                map("3_b_3", "checkerboard", laws("E3W5R5", true, true, mirror)),
                map("4_a_1", "impulse", gabor(10, 4, 0.5, 60, 0, zero, Space.SLICE)),
                map("4_a_2", "impulse", gabor(10, 4, 0.5, 0, 45, zero, volume)),
                map("5_a_1", "impulse", wavelet("db2", "LHL", 1, Pooling.NONE, zero)),
                map("5_a_2", "impulse", wavelet("db2", "LHL", 1, Pooling.MEAN, zero)),
                map("7_a_1", "checkerboard", wavelet("haar", "LLL", 2, Pooling.MEAN, mirror)),
                map("7_a_2", "checkerboard", wavelet("haar", "HHH", 2, Pooling.MEAN, mirror)),
                map(
                        "9_a",
                        "impulse",
                        new Riesz(
                                new LaplacianOfGaussian(3, 4, zero, volume),
                                1,
                                0,
                                0,
                                zero,
                                volume)));
    }

    private static Arguments map(String id, String phantom, Filter filter) {
        return Arguments.of(id, phantom, filter);
    }

    private static Filter laws(String kernels, boolean max, boolean energy, Boundary boundary) {
        return new Laws(
                kernels,
                max ? Pooling.MAX : Pooling.NONE,
                energy ? OptionalInt.of(7) : NO_ENERGY,
                boundary,
                Space.VOLUME);
    }

    private static Filter wavelet(
            String name, String bands, int level, Pooling pooling, Boundary boundary) {
        Space space = bands.length() == 3 ? Space.VOLUME : Space.SLICE;
        return new SeparableWavelet(name, bands, level, pooling, boundary, space);
    }

    private static Filter gabor(
            double sigma,
            double lambda,
            double gamma,
            double theta,
            double step,
            Boundary boundary,
            Space space) {
        return new Gabor(
                sigma,
                lambda,
                gamma,
                theta,
                step > 0 ? OptionalDouble.of(step) : OptionalDouble.empty(),
                step > 0 ? Pooling.MEAN : Pooling.NONE,
                Gabor.Part.MODULUS,
                boundary,
                space);
    }

    private static Volume phantom(String name) {
        Path file = Path.of("ibsi2/digital_phantoms/nifti", name, "image", name + ".nii.gz");
        return Images.read(TestData.real(file.toString())).volume();
    }

    private static float[] reference(String id) {
        String file = "ibsi2/reference/reference_response_maps/" + id + "-ValidCRM.nii.gz";
        return Images.read(TestData.real(file)).volume().values();
    }

    @ParameterizedTest(name = "map {0}")
    @MethodSource("maps")
    void everyVoxelOfAResponseMapIsWithinOnePercentOfTheRange(
            String id, String phantom, Filter filter) {
        Volume image = phantom(phantom);
        Miss miss = miss(filter.respond(image.geometry(), image.values()), reference(id));
        assertTrue(miss.largest <= 0.01, id + ": " + miss);
        assertTrue(miss.beyondThousandth <= 0.001, id + ": " + miss);
    }

    /**
     * The map 8.a.1 is the mean of seven: two took the frequencies of the discrete transform, five
     * put them evenly from −1 to 1. Each alone is within 1 % of the range everywhere.
     */
    @Test
    void theMapOfSimoncelliIsAMeanOverTwoGridsOfFrequencies() {
        Volume image = phantom("checkerboard");
        float[] reference = reference("8_a_1");
        float[] mean = new float[reference.length];
        for (Frequencies f : Frequencies.values()) {
            Filter filter = new Simoncelli(1, Boundary.PERIODIC, Space.VOLUME, f);
            float[] map = filter.respond(image.geometry(), image.values());
            Miss miss = miss(map, reference);
            assertEquals(f == Frequencies.EXACT ? 0.00946 : 0.00378, miss.largest, 1e-5);
            for (int v = 0; v < mean.length; v++) {
                mean[v] += (f == Frequencies.EXACT ? 2 : 5) * map[v] / 7;
            }
        }
        assertEquals(0, miss(mean, reference).largest, 1e-6);
    }

    private record Miss(double largest, double beyondThousandth) {}

    private static Miss miss(float[] map, float[] reference) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float x : reference) {
            low = Math.min(low, x);
            high = Math.max(high, x);
        }
        double largest = 0;
        int beyond = 0;
        for (int v = 0; v < map.length; v++) {
            double off = Math.abs(map[v] - reference[v]) / (high - low);
            largest = Double.isNaN(off) ? off : Math.max(largest, off);
            beyond += off <= 0.001 ? 0 : 1;
        }
        return new Miss(largest, beyond / (double) map.length);
    }

    static Stream<Arguments> values() {
        return Stream.of("1A 1B 2A 3A 3B 4B 5A 6A 6B 7B 8A 9B".split(" "))
                .map(id -> Arguments.of(id.charAt(0) - '0', id.substring(1)));
    }

    private static Filter filter(int id, Space space) {
        boolean flat = space == Space.SLICE;
        Boundary mirror = Boundary.MIRROR;
        return switch (id) {
            case 1, 2 -> new Mean(5, mirror, space);
            case 3 -> new LaplacianOfGaussian(1.5, 4, mirror, space);
            case 4 ->
                    new Laws(
                            flat ? "L5E5" : "L5E5E5",
                            Pooling.MAX,
                            OptionalInt.of(7),
                            mirror,
                            space);
            case 5 -> gabor(5, 2, 1.5, 0, 22.5, mirror, space);
            case 6 -> wavelet("db3", flat ? "LH" : "LLH", 1, Pooling.MEAN, mirror);
            case 7 -> wavelet("db3", flat ? "HH" : "HHH", 2, Pooling.MEAN, mirror);
            default -> new Simoncelli(id - 7, Boundary.PERIODIC, space, Frequencies.CENTRED);
        };
    }

    @ParameterizedTest(name = "filter {0}.{1}")
    @MethodSource("values")
    void statisticsOfTheResponseToTheCtPhantomAreThoseOfTheConsensus(int id, String configuration)
            throws IOException {
        Space space = configuration.equals("A") ? Space.SLICE : Space.VOLUME;
        assertEquals(List.of(), misses(id, configuration, filter(id, space)));
    }

    /**
     * The values 8.A and 9.B were agreed on with centred frequencies and without continuing the
     * image: with the frequencies that the samples have, one value each is beyond its tolerance.
     */
    @ParameterizedTest(name = "filter {0}.{1} misses {2}")
    @CsvSource({"8, A, stat_qcod, -315", "9, B, stat_min, -599"})
    void exactFrequenciesMissOneValueOfSimoncelli(
            int id, String configuration, String tag, double found) throws IOException {
        Space space = configuration.equals("A") ? Space.SLICE : Space.VOLUME;
        Filter exact = new Simoncelli(id - 7, Boundary.PERIODIC, space, Frequencies.EXACT);
        List<String> misses = misses(id, configuration, exact);
        assertEquals(1, misses.size(), misses.toString());
        assertTrue(misses.get(0).contains(tag), misses.toString());
        assertTrue(misses.get(0).endsWith(": " + (int) found), misses.toString());
    }

    private static List<String> misses(int id, String configuration, Filter filter)
            throws IOException {
        Path table = TestData.real("ibsi2/reference/reference_feature_values/reference_values.csv");
        Path phantom = TestData.real("ibsi1/ct_phantom/nifti");
        Volume image = Images.read(phantom.resolve("image/phantom.nii.gz")).volume();
        Geometry g = image.geometry();
        boolean[] mask = Masks.read(phantom.resolve("mask/mask.nii.gz"), g).voxels().clone();
        float[] values = image.values();
        if (configuration.equals("B")) {
            Geometry cubes = Grid.isotropic(g, 1);
            values = Resample.onto(g, values, cubes, Interpolation.CUBIC);
            mask = Resample.mask(g, mask, cubes);
            for (int v = 0; v < values.length; v++) {
                values[v] = (float) Math.rint(values[v]);
            }
            g = cubes;
        }
        for (int v = 0; v < values.length; v++) {
            mask[v] &= values[v] >= -1000 && values[v] <= 400;
        }
        // filter 1 is none
        float[] map = id == 1 ? values : filter.respond(g, values);
        Map<String, Double> found = statistics(g, map, mask);
        List<String> misses = new ArrayList<>();
        int compared = 0;
        for (String line : Files.readAllLines(table)) {
            String[] cell = line.split(";");
            if (cell[0].equals(id + "." + configuration)) {
                compared++;
                BigDecimal value = new BigDecimal(found.get(cell[2])).round(new MathContext(3));
                double off = Math.abs(value.doubleValue() - Double.parseDouble(cell[3]));
                if (!(off <= Double.parseDouble(cell[4]) * (1 + 1e-9))) {
                    misses.add(line + ": " + value.toPlainString());
                }
            }
        }
        assertEquals(18, compared);
        return misses;
    }

    private static Map<String, Double> statistics(Geometry g, float[] map, boolean[] mask) {
        Exam exam =
                Exam.of(
                        "ibsi",
                        Map.of("map", Image.of(Volume.of(g, map, Quantity.UNKNOWN))),
                        Map.of("roi", Mask.of(g, mask)),
                        Map.of());
        FeatureTable row =
                Ibsi.of("map", "roi", Discretisation.fixedCount(2)).apply(exam, new Trace());
        Map<String, Double> found = new HashMap<>();
        for (int f = 0; f < row.features().size(); f++) {
            found.put(row.features().get(f).substring("map.".length()), row.row(0)[f]);
        }
        return found;
    }
}
