package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.diapason.volume.Geometry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolution along an axis against the sum it is defined as. */
class ConvolveTest {

    @ParameterizedTest
    @CsvSource({
        "ZERO, '-1 -1 -1 -1 0 1 2 -1 -1 -1 -1'",
        "NEAREST, '0 0 0 0 0 1 2 2 2 2 2'",
        "PERIODIC, '2 0 1 2 0 1 2 0 1 2 0'",
        "MIRROR, '2 2 1 0 0 1 2 2 1 0 0'"
    })
    void boundariesContinueAnAxisOfThree(Boundary boundary, String voxels) {
        int[] expected = Arrays.stream(voxels.split(" ")).mapToInt(Integer::parseInt).toArray();
        for (int place = -4; place <= 6; place++) {
            assertEquals(expected[place + 4], boundary.at(place, 3), "place " + place);
        }
    }

    static Stream<Arguments> cases() {
        int[][] sizes = {{1, 1, 1}, {2, 3, 5}, {17, 9, 1}, {13, 40, 31}, {1100, 3, 2}, {3, 2, 700}};
        return Arrays.stream(sizes)
                .flatMap(
                        size ->
                                Stream.of(0, 1, 2)
                                        .flatMap(
                                                axis ->
                                                        Arrays.stream(Boundary.values())
                                                                .map(
                                                                        b ->
                                                                                Arguments.of(
                                                                                        size, axis,
                                                                                        b))));
    }

    /** Kernels even and not, with holes, longer than the axis, of 1 to 9 weights. */
    @ParameterizedTest
    @MethodSource("cases")
    void everyVoxelIsTheWeightedSumOfItsNeighbours(int[] size, int axis, Boundary boundary) {
        Kernel[] kernels = {
            Kernel.centred(0.5),
            Kernel.of(2, -1.5),
            Kernel.centred(0.25, 0.5, 0.25),
            Kernel.of(-1, 0.7, -0.2),
            Kernel.of(-2, 0.1, 0.2, 0.3, 0.4).spread(3),
            Kernel.centred(1, -4, 6, -4, 1, 2, 3),
            Kernel.centred(1, 2, 3, 4, 5, 4, 3, 2, 1).times(1 / 25.0)
        };
        Geometry g = Geometry.of(size[0], size[1], size[2], 1, 1, 1);
        float[] in = GaussTest.noise(g.voxels(), 5);
        for (Kernel kernel : kernels) {
            float[] out = new float[in.length];
            Convolve.along(g, in, axis, kernel, boundary, out, Convolve.Store.SET);
            float[] twice = out.clone();
            Convolve.along(g, in, axis, kernel, boundary, twice, Convolve.Store.ADD);
            float[] inPlace = in.clone();
            Convolve.along(g, inPlace, axis, kernel, boundary, inPlace, Convolve.Store.SET);
            assertArrayEquals(out, inPlace);
            for (int v = 0; v < in.length; v++) {
                double exact = direct(g, in, axis, kernel, boundary, v);
                assertEquals(exact, out[v], 2e-2, "values to 3000, kernels to 21: 3 ulp");
                assertEquals(2 * out[v], twice[v], "added");
            }
        }
    }

    private static double direct(
            Geometry g, float[] in, int axis, Kernel kernel, Boundary boundary, int v) {
        int[] at = {v % g.ni(), v / g.ni() % g.nj(), v / g.ni() / g.nj()};
        int here = at[axis];
        double[] w = kernel.weights();
        double sum = 0;
        for (int m = 0; m < w.length; m++) {
            at[axis] = boundary.at(here - kernel.first() - m, g.size(axis));
            sum += at[axis] < 0 ? 0 : w[m] * in[g.index(at[0], at[1], at[2])];
        }
        return sum;
    }

    @Test
    void flippedKernelsAnswerToFlippedRowsInTheSamePlace() {
        Geometry g = Geometry.of(9, 1, 1, 1, 1, 1);
        float[] in = GaussTest.noise(9, 3);
        Kernel kernel = Kernel.of(-1, 0.5, 0.25, -1).spread(2);
        float[] there = new float[9];
        float[] back = new float[9];
        Convolve.along(g, in, 0, kernel, Boundary.MIRROR, there, Convolve.Store.SET);
        float[] turned = turned(in);
        Convolve.along(g, turned, 0, kernel.flipped(), Boundary.MIRROR, back, Convolve.Store.SET);
        assertArrayEquals(there, turned(back), 1e-3f);
    }

    private static float[] turned(float[] x) {
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = x[x.length - 1 - i];
        }
        return y;
    }

    /** Kernels that follow each other at once are those kernels, one call each. */
    @ParameterizedTest
    @EnumSource(Boundary.class)
    void aChainIsItsKernelsOneAfterTheOther(Boundary boundary) {
        List<Kernel> chain =
                List.of(
                        Kernel.of(-3, 1, -2, 0.5, 4),
                        Kernel.centred(1, 2, 1),
                        Kernel.of(1, 0.5, 0.25));
        for (int[] size : new int[][] {{5, 4, 3}, {1500, 3, 2}, {2, 1100, 3}, {3, 1, 40}}) {
            Geometry g = Geometry.of(size[0], size[1], size[2], 1, 1, 1);
            float[] in = GaussTest.noise(g.voxels(), 3);
            for (int axis = 0; axis < 3; axis++) {
                float[] each = in.clone();
                for (Kernel kernel : chain) {
                    Convolve.along(g, each, axis, kernel, boundary, each, Convolve.Store.SET);
                }
                float[] atOnce = new float[in.length];
                Convolve.along(g, in, axis, chain, boundary, atOnce, Convolve.Store.SET);
                assertArrayEquals(each, atOnce, "axis " + axis);
                float[] inPlace = in.clone();
                Convolve.along(g, inPlace, axis, chain, boundary, inPlace, Convolve.Store.SET);
                assertArrayEquals(each, inPlace, "in place, axis " + axis);
            }
        }
    }

    /** A box continued by hand to all its planes, transformed as it is. */
    @ParameterizedTest
    @EnumSource(
            value = Boundary.class,
            names = {"ZERO", "NEAREST"})
    void continuedTransformsAreThoseOfABoxContinuedByHand(Boundary boundary) {
        int plane = 70;
        float[] box = GaussTest.noise(5 * plane, 4);
        float[] wide = new float[12 * plane];
        for (int v = 0; v < wide.length; v++) {
            int k = boundary.at(v / plane - 3, 5);
            wide[v] = k < 0 ? 0 : box[k * plane + v % plane];
        }
        Cosines.forward(wide, plane, 1, 12, 2);
        float[] more = new float[7 * plane];
        Cosines.forwardContinued(box, more, plane, boundary);
        assertArrayEquals(Arrays.copyOfRange(wide, 0, 5 * plane), box);
        assertArrayEquals(Arrays.copyOfRange(wide, 5 * plane, 12 * plane), more);
        for (boolean odd : new boolean[] {false, true}) {
            float[] back = box.clone();
            float[] all = wide.clone();
            Cosines.inverse(all, plane, 1, 12, 2, odd);
            Cosines.inverseContinued(back, more, plane, odd);
            assertArrayEquals(Arrays.copyOfRange(all, 3 * plane, 8 * plane), back);
        }
    }

    @Test
    void kernelsWithoutACentreAreNamed() {
        assertEquals(
                "a centred kernel needs an odd number of weights, got 2",
                assertThrows(IllegalArgumentException.class, () -> Kernel.centred(1, 1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Kernel.of(0));
    }

    /** A mirrored box of twice the length, transformed by its definition. */
    @ParameterizedTest
    @CsvSource({"1, 3, 2", "5, 4, 3", "40, 2, 1", "3, 70, 2", "2, 3, 67"})
    void cosineTransformsAreTheSumsTheyAreDefinedAs(int ni, int nj, int nk) {
        int[] size = {ni, nj, nk};
        Geometry g = Geometry.of(ni, nj, nk, 1, 1, 1);
        float[] in = GaussTest.noise(g.voxels(), 2);
        for (int axis = 0; axis < 3; axis++) {
            int n = size[axis];
            float[] spectrum = in.clone();
            Cosines.forward(spectrum, ni, nj, nk, axis);
            float[] odd = spectrum.clone();
            Cosines.inverse(odd, ni, nj, nk, axis, true);
            for (int v = 0; v < in.length; v++) {
                int[] at = {v % ni, v / ni % nj, v / ni / nj};
                int here = at[axis];
                double cosines = 0;
                double sines = 0;
                for (int t = 0; t < n; t++) {
                    at[axis] = t;
                    int x = g.index(at[0], at[1], at[2]);
                    cosines += 2 * in[x] * Math.cos(Math.PI * here * (2 * t + 1) / (2 * n));
                    sines += spectrum[x] * Math.sin(Math.PI * t * (2 * here + 1) / (2 * n)) / n;
                }
                assertEquals(cosines, spectrum[v], 0.05, "axis " + axis + ", " + v);
                assertEquals(sines, odd[v], 0.01, "odd, axis " + axis + ", " + v);
            }
            Cosines.inverse(spectrum, ni, nj, nk, axis, false);
            assertArrayEquals(in, spectrum, 2e-3f);
        }
    }
}
