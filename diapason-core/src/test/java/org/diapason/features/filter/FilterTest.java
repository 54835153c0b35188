package org.diapason.features.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.diapason.math.Boundary;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws that hold for every filter; no image of a patient is needed. */
class FilterTest {
    private final int threads = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.setThreads(threads);
    }

    static List<Filter> filters(Boundary b, Space space) {
        boolean flat = space == Space.SLICE;
        Filter log = new LaplacianOfGaussian(1.5, 4, b, space);
        List<Filter> all = new ArrayList<>();
        all.add(new Mean(5, b, space));
        all.add(log);
        for (Pooling pooling : Pooling.values()) {
            all.add(new Laws(flat ? "E5S3" : "E5L3S5", pooling, OptionalInt.empty(), b, space));
            all.add(new SeparableWavelet("db3", flat ? "LH" : "LHL", 2, pooling, b, space));
        }
        all.add(new Laws(flat ? "L5W5" : "R5W5L3", Pooling.MAX, OptionalInt.of(3), b, space));
        for (Gabor.Part part : Gabor.Part.values()) {
            all.add(gabor(30, 0, Pooling.NONE, part, b, space));
        }
        all.add(gabor(0, 45, Pooling.MEAN, Gabor.Part.MODULUS, b, space));
        all.add(gabor(0, 60, Pooling.MAX, Gabor.Part.IMAGINARY, b, space));
        all.add(gabor(0, 120, Pooling.MIN, Gabor.Part.REAL, b, space));
        all.add(new Simoncelli(1, b, space, Frequencies.EXACT));
        all.add(new Simoncelli(2, Boundary.PERIODIC, space, Frequencies.CENTRED));
        all.add(new Shannon(1, b, space));
        all.add(new Riesz(log, 1, 0, 0, OptionalDouble.empty(), b, space));
        all.add(new Riesz(log, 1, 2, flat ? 0 : 3, OptionalDouble.empty(), b, space));
        all.add(new Riesz(log, 2, 1, 0, OptionalDouble.of(2), b, space));
        return all;
    }

    private static Gabor gabor(
            double theta, double step, Pooling pooling, Gabor.Part part, Boundary b, Space space) {
        OptionalDouble every = step > 0 ? OptionalDouble.of(step) : OptionalDouble.empty();
        return new Gabor(2, 3, 1.5, theta, every, pooling, part, b, space);
    }

    static List<Filter> mirrored() {
        return Stream.of(Space.values())
                .flatMap(s -> filters(Boundary.MIRROR, s).stream())
                .toList();
    }

    static Geometry cubes(int ni, int nj, int nk) {
        return Geometry.of(ni, nj, nk, 1, 1, 1);
    }

    static float[] noise(Geometry g) {
        Rng rng = new Rng(4);
        float[] values = new float[g.voxels()];
        for (int v = 0; v < values.length; v++) {
            values[v] = (float) (100 * rng.nextGaussian());
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("mirrored")
    void bitsDoNotDependOnTheNumberOfThreadsAndTheInputStays(Filter filter) {
        Geometry g = cubes(19, 23, 17);
        float[] in = noise(g);
        Parallel.setThreads(1);
        float[] alone = filter.respond(g, in);
        Parallel.setThreads(4);
        assertArrayEquals(alone, filter.respond(g, in));
        assertArrayEquals(noise(g), in);
    }

    /**
     * What sums to 0 answers 0 to a constant; means answer the constant; Haar's low pass √2 each.
     */
    @ParameterizedTest
    @EnumSource(value = Boundary.class, names = "ZERO", mode = EnumSource.Mode.EXCLUDE)
    void aConstantImageAnswersByTheSumOfTheKernel(Boundary b) {
        Geometry g = cubes(7, 9, 8);
        float[] flat = new float[g.voxels()];
        java.util.Arrays.fill(flat, 100);
        for (Space space : Space.values()) {
            boolean slice = space == Space.SLICE;
            constant(100, new Mean(5, b, space), g, flat);
            constant(0, new LaplacianOfGaussian(1.5, 6, b, space), g, flat);
            String laws = slice ? "L5E5" : "L5L5E5";
            constant(0, new Laws(laws, Pooling.MAX, OptionalInt.of(2), b, space), g, flat);
            String low = slice ? "LL" : "LLL";
            double gain = slice ? 200 : 200 * Math.sqrt(2);
            constant(gain, new SeparableWavelet("haar", low, 1, Pooling.NONE, b, space), g, flat);
            String high = slice ? "LH" : "LLH";
            constant(0, new SeparableWavelet("coif1", high, 2, Pooling.MEAN, b, space), g, flat);
            constant(0, new Simoncelli(1, b, space, Frequencies.EXACT), g, flat);
            constant(0, new Shannon(2, b, space), g, flat);
            constant(
                    0,
                    new Riesz(new Mean(3, b, space), 0, 1, 0, OptionalDouble.empty(), b, space),
                    g,
                    flat);
        }
    }

    private static void constant(double expected, Filter filter, Geometry g, float[] flat) {
        for (float x : filter.respond(g, flat)) {
            assertEquals(expected, x, 2e-3, filter.label());
        }
    }

    /** Images of one voxel an axis and smaller than every kernel, under every boundary. */
    @ParameterizedTest
    @EnumSource(Boundary.class)
    void smallImagesAnswerWithFiniteNumbers(Boundary b) {
        int[][] sizes = {{1, 1, 1}, {5, 4, 1}, {1, 6, 3}, {2, 1, 7}, {3, 3, 3}};
        for (int[] size : sizes) {
            Geometry g = cubes(size[0], size[1], size[2]);
            for (Space space : Space.values()) {
                for (Filter filter : filters(b, space)) {
                    for (float x : filter.respond(g, noise(g))) {
                        assertTrue(Float.isFinite(x), filter.label() + " on " + g);
                    }
                }
            }
        }
    }

    /** Continued by hand on every side, an image answers inside as it does by itself. */
    @ParameterizedTest
    @EnumSource(Boundary.class)
    void boundariesAreWhatAnImageContinuedByHandShows(Boundary b) {
        Geometry small = cubes(6, 5, 7);
        int m = 30;
        Geometry wide = cubes(6 + 2 * m, 5 + 2 * m, 7 + 2 * m);
        float[] in = noise(small);
        float[] continued = new float[wide.voxels()];
        for (int v = 0; v < continued.length; v++) {
            int i = b.at(v % wide.ni() - m, 6);
            int j = b.at(v / wide.ni() % wide.nj() - m, 5);
            int k = b.at(v / wide.ni() / wide.nj() - m, 7);
            continued[v] = (i | j | k) < 0 ? 0 : in[small.index(i, j, k)];
        }
        List<Filter> finite =
                List.of(
                        new Mean(7, b, Space.VOLUME),
                        new LaplacianOfGaussian(1.5, 4, b, Space.VOLUME),
                        new Laws("E5W5S3", Pooling.MAX, OptionalInt.empty(), b, Space.VOLUME),
                        gabor(30, 0, Pooling.NONE, Gabor.Part.REAL, b, Space.VOLUME));
        for (Filter filter : finite) {
            float[] a = filter.respond(small, in);
            float[] c = filter.respond(wide, continued);
            for (int v = 0; v < a.length; v++) {
                int at = wide.index(v % 6 + m, v / 6 % 5 + m, v / 30 + m);
                assertEquals(c[at], a[v], 2e-3, filter.label() + " at " + v);
            }
        }
    }

    /** Filters without an end see a box twice as long along each axis, mirrored beyond. */
    @ParameterizedTest
    @EnumSource(
            value = Boundary.class,
            names = {"ZERO", "NEAREST"})
    void filtersWithoutAnEndSeeTheImageContinuedToTwiceItsSize(Boundary b) {
        for (Space space : Space.values()) {
            boolean flat = space == Space.SLICE;
            Geometry small = cubes(6, 5, 7);
            Geometry wide = cubes(12, 10, flat ? 7 : 15);
            int[] first = {3, 2, flat ? 0 : 4};
            float[] in = noise(small);
            float[] continued = new float[wide.voxels()];
            for (int v = 0; v < continued.length; v++) {
                int i = b.at(v % 12 - first[0], 6);
                int j = b.at(v / 12 % 10 - first[1], 5);
                int k = b.at(v / 120 - first[2], 7);
                continued[v] = (i | j | k) < 0 ? 0 : in[small.index(i, j, k)];
            }
            for (int order = 0; order < 3; order++) {
                float[] a = ofOrder(order, b, space).respond(small, in);
                float[] c = ofOrder(order, Boundary.MIRROR, space).respond(wide, continued);
                for (int v = 0; v < a.length; v++) {
                    int i = v % 6 + first[0];
                    int j = v / 6 % 5 + first[1];
                    assertEquals(
                            c[wide.index(i, j, v / 30 + first[2])], a[v], 2e-4, b + " at " + v);
                }
            }
        }
    }

    private static Filter ofOrder(int order, Boundary b, Space space) {
        int deep = space == Space.SLICE ? 0 : order + 1;
        return order == 0
                ? new Simoncelli(1, b, space, Frequencies.EXACT)
                : new Riesz(
                        new Mean(1, b, space),
                        order,
                        order - 1,
                        deep,
                        OptionalDouble.empty(),
                        b,
                        space);
    }

    static List<Filter> blindToTurns() {
        Boundary b = Boundary.MIRROR;
        List<Filter> all = new ArrayList<>();
        for (Space space : Space.values()) {
            boolean flat = space == Space.SLICE;
            all.add(new Mean(5, b, space));
            all.add(new LaplacianOfGaussian(1.5, 4, b, space));
            for (Pooling pooling : List.of(Pooling.MAX, Pooling.MEAN, Pooling.MIN)) {
                String kernels = flat ? "E5S3" : "E5L3S5";
                all.add(new Laws(kernels, pooling, OptionalInt.of(2), b, space));
                all.add(new SeparableWavelet("db3", flat ? "LH" : "LHL", 2, pooling, b, space));
                all.add(gabor(0, 45, pooling, Gabor.Part.MODULUS, b, space));
            }
            all.add(new Simoncelli(1, b, space, Frequencies.EXACT));
            all.add(new Shannon(1, b, space));
            Filter log = new LaplacianOfGaussian(2, 4, b, space);
            all.add(new Riesz(log, 1, 0, 0, OptionalDouble.of(1.5), b, space));
            all.add(new Riesz(log, 0, 3, flat ? 0 : 1, OptionalDouble.of(1.5), b, space));
        }
        return all;
    }

    /** Pooled over all turns, a turned image answers with the turned response. */
    @ParameterizedTest
    @MethodSource("blindToTurns")
    void pooledResponsesTurnWithTheImage(Filter filter) {
        Geometry g = cubes(9, 11, 8);
        float[] in = noise(g);
        float[] there = filter.respond(g, in);
        float[] quarter = filter.respond(cubes(11, 9, 8), turn(g, in));
        assertArrayEquals(turn(g, there), quarter, 0.01f);
        if (filter.label().contains("-3d")) {
            float[] cycled = filter.respond(cubes(8, 9, 11), cycle(g, in));
            assertArrayEquals(cycle(g, there), cycled, 0.01f);
        }
    }

    /** Axes i, j, k become j, k, i. */
    private static float[] cycle(Geometry g, float[] in) {
        float[] out = new float[in.length];
        for (int v = 0; v < in.length; v++) {
            int i = v % g.ni();
            int j = v / g.ni() % g.nj();
            int k = v / g.ni() / g.nj();
            out[k + g.nk() * (i + g.ni() * j)] = in[v];
        }
        return out;
    }

    /** A quarter turn in the slice: (i, j) goes to (nj − 1 − j, i). */
    private static float[] turn(Geometry g, float[] in) {
        float[] out = new float[in.length];
        for (int v = 0; v < in.length; v++) {
            int i = v % g.ni();
            int j = v / g.ni() % g.nj();
            int k = v / g.ni() / g.nj();
            out[g.nj() - 1 - j + g.nj() * (i + g.ni() * k)] = in[v];
        }
        return out;
    }

    @ParameterizedTest
    @FieldSource("LABELS")
    void labelsNameTheSettings(String label, Filter filter) {
        assertEquals(label, filter.label());
    }

    static final List<org.junit.jupiter.params.provider.Arguments> LABELS =
            List.of(
                    label("mean-5-3d-zero", new Mean(5, Boundary.ZERO, Space.VOLUME)),
                    label(
                            "log-1.5mm-2d",
                            new LaplacianOfGaussian(1.5, 4, Boundary.MIRROR, Space.SLICE)),
                    label(
                            "riesz-1-0-0-3d-log-3mm-cut2-3d-nearest",
                            new Riesz(
                                    new LaplacianOfGaussian(3, 2, Boundary.NEAREST, Space.VOLUME),
                                    1,
                                    0,
                                    0,
                                    OptionalDouble.empty(),
                                    Boundary.MIRROR,
                                    Space.VOLUME)),
                    label(
                            "riesz-1-1-0-steered2.5mm-2d-mean-3-2d",
                            new Riesz(
                                    new Mean(3, Boundary.MIRROR, Space.SLICE),
                                    1,
                                    1,
                                    0,
                                    OptionalDouble.of(2.5),
                                    Boundary.MIRROR,
                                    Space.SLICE)),
                    label(
                            "gabor-sigma2mm-lambda3mm-gamma1.5-step45-mean-2d",
                            gabor(
                                    0,
                                    45,
                                    Pooling.MEAN,
                                    Gabor.Part.MODULUS,
                                    Boundary.MIRROR,
                                    Space.SLICE)));

    private static org.junit.jupiter.params.provider.Arguments label(String text, Filter filter) {
        return org.junit.jupiter.params.provider.Arguments.of(text, filter);
    }

    @Test
    void filtersOfDifferentSettingsHaveDifferentLabels() {
        Set<String> labels = new HashSet<>();
        int count = 0;
        for (Filter filter : mirrored()) {
            labels.add(filter.label());
            count++;
        }
        assertEquals(count, labels.size());
    }

    @ParameterizedTest
    @MethodSource("mirrored")
    void imagesWithAVoxelWithoutValueAreRefused(Filter filter) {
        Geometry g = cubes(4, 5, 6);
        float[] in = noise(g);
        in[7] = Float.NaN;
        in[9] = Float.POSITIVE_INFINITY;
        String message =
                assertThrows(RefusedException.class, () -> filter.respond(g, in)).getMessage();
        assertTrue(message.contains("2 of 120 voxels have no finite value"), message);
    }
}
