package org.diapason.fusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.diapason.fusion.FeatureFusion.By;
import org.diapason.fusion.FeatureFusion.Kind;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FeatureFusionTest {
    private static final Geometry GRID = Geometry.of(30, 26, 12, 1, 1.2, 2.5);

    private static FeatureFusion fusion(Kind kind, By by, double sigma) {
        return new FeatureFusion(
                kind,
                by,
                sigma,
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                false,
                true);
    }

    /** A sphere beside a slab in noise. */
    private static Volume scene(long seed, double sphere, double slab) {
        float[] x = new float[GRID.voxels()];
        Rng rng = new Rng(seed);
        for (int v = 0; v < x.length; v++) {
            double i = v % 30 - 13.0;
            double j = 1.2 * (v / 30 % 26 - 12.0);
            double k = 2.5 * (v / 780 - 6.0);
            x[v] = (float) (3 * rng.nextGaussian());
            x[v] += (float) (i * i + j * j + k * k < 64 ? sphere : 0);
            x[v] += (float) (i > 11 ? slab : 0);
        }
        return Volume.of(GRID, x, Quantity.MR);
    }

    static Stream<Arguments> rules() {
        return Stream.of(Kind.values())
                .flatMap(k -> Stream.of(By.values()).map(b -> Arguments.of(k, b)))
                .filter(a -> a.get()[0] != Kind.TEXTURE || a.get()[1] != By.TENSOR);
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("rules")
    void anImageFusedWithItselfHasItsOwnMap(Kind kind, By by) {
        Volume a = scene(1, 100, 40);
        FeatureMap own = fusion(kind, By.UNION, 2).of(List.of(a));
        FeatureMap twice = fusion(kind, by, 2).of(List.of(a, a));
        assertArrayEquals(own.map().values(), twice.map().values(), 2e-7f);
        int apart = 0;
        for (int v = 0; v < GRID.voxels(); v++) {
            apart += own.contours().voxels()[v] != twice.contours().voxels()[v] ? 1 : 0;
        }
        assertEquals(0, apart);
        assertTrue(own.contours().count() > 100);
    }

    @Test
    void weightsOfThreeAndOneAreThoseOfSixAndTwo() {
        List<Volume> images = List.of(scene(1, 100, 0), scene(2, 0, 100));
        FeatureMap one = weighted(By.WEIGHT, 3, 1).of(images);
        FeatureMap other = weighted(By.WEIGHT, 6, 2).of(images);
        assertArrayEquals(one.map().values(), other.map().values());
        FeatureMap a = fusion(Kind.EDGE, By.UNION, 2).of(images.subList(0, 1));
        FeatureMap b = fusion(Kind.EDGE, By.UNION, 2).of(images.subList(1, 2));
        for (int v = 0; v < GRID.voxels(); v++) {
            float mean = 0.75f * a.map().values()[v] + 0.25f * b.map().values()[v];
            assertEquals(mean, one.map().values()[v], 1e-6);
        }
    }

    private static FeatureFusion weighted(By by, double... weights) {
        return new FeatureFusion(
                Kind.EDGE,
                by,
                2,
                Optional.of(Numbers.of(weights)),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                false,
                true);
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("rules")
    void mirroredImagesHaveTheMirroredMapOnAnyNumberOfThreads(Kind kind, By by) {
        Volume a = scene(1, 100, 40);
        Volume b = scene(2, -30, 70);
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            FeatureMap map = fusion(kind, by, 2).of(List.of(a, b));
            Parallel.setThreads(3);
            for (int axis = 0; axis < 3; axis++) {
                FeatureMap turned =
                        fusion(kind, by, 2).of(List.of(mirrored(a, axis), mirrored(b, axis)));
                assertArrayEquals(
                        mirrored(map.map(), axis).values(), turned.map().values(), "axis " + axis);
            }
            FeatureMap again = fusion(kind, by, 2).of(List.of(a, b));
            assertArrayEquals(map.map().values(), again.map().values());
            assertArrayEquals(map.contours().voxels(), again.contours().voxels());
        } finally {
            Parallel.setThreads(threads);
        }
    }

    private static Volume mirrored(Volume image, int axis) {
        Geometry g = image.geometry();
        float[] out = new float[g.voxels()];
        for (int v = 0; v < out.length; v++) {
            int[] at = {v % g.ni(), v / g.ni() % g.nj(), v / (g.ni() * g.nj())};
            at[axis] = g.size(axis) - 1 - at[axis];
            out[v] = image.values()[g.index(at[0], at[1], at[2])];
        }
        return Volume.of(g, out, image.quantity());
    }

    /** Steps at 45° to each other, one an image, on a grid of unlike spacings. */
    private static Volume step(double a, double b, double height, double offset) {
        Geometry g = Geometry.of(41, 51, 1, 1, 0.8, 1);
        float[] x = new float[g.voxels()];
        for (int v = 0; v < x.length; v++) {
            double way = a * (v % 41 - 20) + b * 0.8 * (v / 41 - 25);
            double bright = Math.max(0, Math.min(1, (way - offset) + 0.5));
            x[v] = (float) (height * bright);
        }
        return Volume.of(g, x, Quantity.MR);
    }

    /**
     * Where an edge along i of slope p meets one along j of slope q, J = diag(p², q²)/2: the larger
     * counts, in its own direction. Opposite contrasts add up, they do not cancel.
     */
    @Test
    void aTensorKeepsEdgesOfDifferentDirections() {
        Volume across = step(1, 0, 100, 0);
        Volume along = step(0, 1, 100, 0);
        Volume inverse = step(1, 0, -100, 0);
        int middle = 25 * 41 + 20;
        FeatureFusion tensor = fusion(Kind.EDGE, By.TENSOR, 3);
        double one = 1 / (3 * Math.sqrt(2 * Math.PI)); // of the range, per mm
        float[] crossed = tensor.of(List.of(across, along)).map().values();
        assertEquals(one / Math.sqrt(2), crossed[middle], 0.012 * one);
        assertEquals(one / Math.sqrt(2), crossed[10 * 41 + 20], 0.012 * one);
        assertEquals(one / Math.sqrt(2), crossed[25 * 41 + 8], 0.012 * one);
        float[] opposite = tensor.of(List.of(across, inverse)).map().values();
        assertEquals(one, opposite[middle], 0.012 * one);
        float[] sum = fusion(Kind.EDGE, By.WEIGHT, 3).of(List.of(across, along)).map().values();
        assertEquals(one, sum[middle], 0.012 * one);
        assertEquals(one / 2, sum[10 * 41 + 20], 0.012 * one);
    }

    /** Edges at 60° to each other with slopes of 1: λ = 1/2 (1 + cos 60°), on the bisector. */
    @Test
    void theDirectionOfATensorIsItsEigenvector() {
        float[][] a = {{1}, {0}, {0}};
        float[][] b = {{0.5f}, {(float) Math.sqrt(0.75)}, {0}};
        EdgeField field = EdgeField.of(List.of(a, b), Numbers.of(0.5, 0.5), By.TENSOR);
        assertEquals(Math.sqrt(0.75), field.strength()[0], 1e-7);
        assertEquals(Math.sqrt(0.75), field.direction()[0][0], 1e-7);
        assertEquals(0.5, field.direction()[1][0], 1e-7);
    }

    /** Towards the brighter side of the image that counts most there, whatever the others show. */
    @Test
    void directionsPointToTheBrighterSide() {
        float[][] weak = {{0.2f}, {0}, {0}};
        for (float sign : new float[] {1, -1}) {
            float[][] strong = {{0.6f * sign}, {-0.8f * sign}, {0}};
            for (By by : By.values()) {
                EdgeField field = EdgeField.of(List.of(weak, strong), Numbers.of(0.5, 0.5), by);
                assertEquals(0.6 * sign, field.direction()[0][0], 0.03, by.toString());
                assertEquals(-0.8 * sign, field.direction()[1][0], 0.03, by.toString());
            }
        }
    }

    /** Of a step at voxel 20 and one at 26: each image's own, and nothing elsewhere. */
    @ParameterizedTest(name = "by {0}")
    @EnumSource(By.class)
    void aBoundaryIsNowhereButAtTheCrossings(By by) {
        float[] map =
                fusion(Kind.BOUNDARY, by, 2)
                        .of(List.of(step(1, 0, 100, 0.2), step(1, 0, -60, 6)))
                        .map()
                        .values();
        double share = by == By.UNION ? 1 : by == By.WEIGHT ? 0.5 : Math.sqrt(0.5);
        double slope = share / (2 * Math.sqrt(2 * Math.PI));
        for (int v = 0; v < map.length; v++) {
            boolean on = v % 41 == 20 || v % 41 == 26;
            assertEquals(on ? slope : 0, map[v], on ? 0.03 * slope : 0);
        }
    }

    @Test
    void aCannyLineOfAStepIsOneVoxelWide() {
        for (By by : By.values()) {
            for (double offset : new double[] {0, 0.25, 0.5}) {
                Volume a = step(1, 0, 100, offset);
                Volume b = step(1, 0, -60, offset);
                boolean[] on = fusion(Kind.CANNY, by, 2).of(List.of(a, b)).contours().voxels();
                for (int j = 3; j < 48; j++) {
                    int count = 0;
                    for (int i = 0; i < 41; i++) {
                        count += on[j * 41 + i] ? 1 : 0;
                    }
                    assertEquals(1, count, by + ", row " + j);
                }
            }
        }
    }

    @Test
    void weakEdgesStayOnlyBetweenLowAndHigh() {
        Geometry g = Geometry.of(60, 20, 1, 1, 1, 1);
        float[] x = new float[g.voxels()];
        for (int v = 0; v < x.length; v++) {
            x[v] = v % 60 >= 40 ? 110 : v % 60 >= 20 ? 10 : 0; // a step of 10 and one of 100
        }
        Volume image = Volume.of(g, x, Quantity.MR);
        assertEquals(List.of(40), row(canny(2, 10), image));
        assertEquals(List.of(20, 40), row(canny(1, 1.5), image));
        assertEquals(List.of(40), row(canny(1, 10), image));
        assertEquals(List.of(), row(canny(1, 30), image));
    }

    private static FeatureFusion canny(double low, double high) {
        return new FeatureFusion(
                Kind.CANNY,
                By.UNION,
                2,
                Optional.empty(),
                OptionalDouble.of(low),
                OptionalDouble.of(high),
                false,
                false);
    }

    private static List<Integer> row(FeatureFusion fusion, Volume image) {
        FeatureMap found = fusion.of(List.of(image));
        boolean[] on = found.contours().voxels();
        for (int v = 0; v < on.length; v++) {
            assertEquals(on[v], found.map().values()[v] > 0);
        }
        return Stream.iterate(0, i -> i + 1).limit(60).filter(i -> on[600 + i]).toList();
    }

    /** Noise of SD s that is white has the texture s √(1 − 2 w₀ + Σw²), w the blur's weights. */
    @Test
    void textureIsTheStrengthOfFineDetail() {
        Geometry g = Geometry.of(120, 100, 1, 1, 1, 1);
        float[] x = new float[g.voxels()];
        Rng rng = new Rng(3);
        for (int v = 0; v < x.length; v++) {
            x[v] = (float) ((v % 120 < 60 ? 1 : 5) * rng.nextGaussian() + v % 120);
        }
        FeatureFusion texture =
                new FeatureFusion(
                        Kind.TEXTURE,
                        By.WEIGHT,
                        2,
                        Optional.empty(),
                        OptionalDouble.of(0.15),
                        OptionalDouble.of(0.25),
                        false,
                        false);
        FeatureMap found = texture.of(List.of(Volume.of(g, x, Quantity.MR)));
        double left = 0;
        double right = 0;
        for (int v = 0; v < x.length; v++) {
            int i = v % 120;
            double square = Math.pow(found.map().values()[v], 2);
            left += i >= 15 && i < 45 ? square / 3000 : 0;
            right += i >= 75 && i < 105 ? square / 3000 : 0;
        }
        double peak = 1 / (2 * Math.PI * 4);
        double expected = Math.sqrt(1 - 2 * peak + peak / 2); // Σw² of a Gaussian is w₀/2 in 2-D
        assertEquals(expected, Math.sqrt(left), 0.05 * expected);
        assertEquals(5 * expected, Math.sqrt(right), 5 * 0.05 * expected);
        assertTrue(found.contours().count() > 60);
        for (int v = 0; v < x.length; v++) {
            assertTrue(!found.contours().voxels()[v] || Math.abs(v % 120 - 60) < 15, "" + v % 120);
        }
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("rules")
    void whereAnImageHasNoValueTheMapHasNone(Kind kind, By by) {
        Volume a = scene(1, 100, 40);
        float[] holes = scene(2, 50, 10).values().clone();
        for (int v = 0; v < holes.length; v++) {
            holes[v] = v % 30 < 4 ? Float.NaN : holes[v];
        }
        FeatureMap map = fusion(kind, by, 2).of(List.of(a, a.withValues(holes)));
        for (int v = 0; v < holes.length; v++) {
            assertEquals(v % 30 < 4, Float.isNaN(map.map().values()[v]));
            assertFalse(v % 30 < 4 && map.contours().voxels()[v]);
        }
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("rules")
    void anEvenImageShowsNothing(Kind kind, By by) {
        Volume even = Volume.of(GRID, new float[GRID.voxels()], Quantity.MR);
        FeatureMap map = fusion(kind, by, 1).of(Collections.nCopies(2, even));
        assertArrayEquals(new float[GRID.voxels()], map.map().values());
        assertEquals(0, map.contours().count());
    }

    @Test
    void whatCannotBeFusedIsSaid() {
        Volume a = scene(1, 100, 0);
        Volume moved = Volume.of(Geometry.of(30, 26, 12, 1, 1.2, 2.4), a.values(), Quantity.MR);
        assertEquals(
                "image 2 does not lie on the grid of the first. Bring it there: diapason warp"
                        + " --like.",
                message(() -> fusion(Kind.EDGE, By.UNION, 1).of(List.of(a, moved))));
        assertEquals(
                "texture energy has no direction that a tensor could keep. Fuse it by union or by"
                        + " weight.",
                message(() -> fusion(Kind.TEXTURE, By.TENSOR, 1)));
        assertEquals(
                "weights have no meaning in a union, which takes the strongest. Leave them out or"
                        + " fuse by weight or by tensor.",
                message(() -> weighted(By.UNION, 1, 1)));
        assertEquals(
                "needs a weight for each of 2 images, got 3",
                message(() -> weighted(By.WEIGHT, 1, 1, 1).of(List.of(a, a))));
        assertEquals(
                "weights must not all be 0",
                message(() -> weighted(By.WEIGHT, 0, 0).of(List.of(a, a))));
        assertEquals("low must not exceed high, got 3.0 and 2.0", message(() -> canny(3, 2)));
        float[] none = new float[GRID.voxels()];
        Arrays.fill(none, Float.NaN);
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () -> fusion(Kind.EDGE, By.UNION, 1).of(List.of(a, a.withValues(none))));
        assertEquals("image 2 has no value: every voxel is NaN", e.getMessage());
    }

    private static String message(Executable run) {
        return assertThrows(IllegalArgumentException.class, run).getMessage();
    }
}
