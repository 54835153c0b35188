package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;

class HistogramMapTest {

    private static SortedFloats of(float... values) {
        return SortedFloats.of(values);
    }

    @Test
    void quantilesAreThoseOfHazen() {
        // numpy 2.4.6: quantile([3, 1, 4, 1, 5, 9, 2, 6], (arange(5) + .5)/5, method='hazen')
        Numbers q = HistogramMap.quantiles(of(3, 1, 4, 1, 5, 9, 2, 6), 5, Cdf.MID_RANK);
        double[] numpy = {1.0, 1.9, 3.5, 5.1, 8.1};
        assertArrayEquals(numpy, q.toArray(), 1e-12);
    }

    @Test
    void tiesAreAveraged() {
        StraightPieces map = HistogramMap.of(of(1, 2, 1), Numbers.of(10, 20, 30), Cdf.MID_RANK);
        assertArrayEquals(new float[] {15, 30, 22.5f}, map.apply(new float[] {1, 2, 1.5f}));
    }

    @Test
    void matchingToOneselfIsTheIdentity() {
        float[] v = GaussTest.noise(1001, 3);
        StraightPieces map =
                HistogramMap.of(
                        of(v), HistogramMap.quantiles(of(v), v.length, Cdf.MID_RANK), Cdf.MID_RANK);
        assertArrayEquals(v, map.apply(v), 1e-3f);
        assertEquals(1, map.steepest(), 0.1);
    }

    /** A thinned map must land where the full one does: here the truth is y = 3 x + 1. */
    @Test
    void aMillionValuesAreThinnedWithoutHarm() {
        float[] v = GaussTest.noise(300_000, 4);
        float[] y = new float[v.length];
        for (int n = 0; n < v.length; n++) {
            y[n] = 3 * v[n] + 1;
        }
        StraightPieces map =
                HistogramMap.of(
                        of(v), HistogramMap.quantiles(of(y), 4096, Cdf.MID_RANK), Cdf.MID_RANK);
        assertEquals(HistogramMap.THINNED, map.knots());
        float[] out = map.apply(v);
        for (int n = 0; n < v.length; n++) {
            assertEquals(y[n], out[n], 4, "a quantile step of 12000/4096");
        }
    }

    @Test
    void theMapNeverFallsAndIsFlatOutside() {
        StraightPieces map = HistogramMap.of(of(0, 0, 5, 9), Numbers.of(1, 1, 7), Cdf.MID_RANK);
        float last = Float.NEGATIVE_INFINITY;
        for (float x = -2; x < 12; x += 0.25f) {
            float y = map.apply(new float[] {x})[0];
            assertTrue(y >= last);
            last = y;
        }
        assertArrayEquals(map.apply(new float[] {0, 9}), map.apply(new float[] {-100, 100}));
    }

    @Test
    void aConstantImageGoesToTheMedian() {
        StraightPieces map = HistogramMap.of(of(4, 4, 4), Numbers.of(10, 20, 40), Cdf.MID_RANK);
        assertArrayEquals(new float[] {20, Float.NaN}, map.apply(new float[] {4, Float.NaN}));
    }

    /** Equal steps of value hold one of these knots or hundreds; the map is rank by rank. */
    @Test
    void knotsAreFoundWhereValuesCrowd() {
        float[] v = new float[1001];
        double[] ranks = new double[v.length];
        float[] between = new float[v.length - 1];
        for (int n = 0; n < v.length; n++) {
            v[n] = (float) StrictMath.exp(n / 50.0);
            ranks[n] = n;
            if (n > 0) {
                between[n - 1] = (float) (((double) v[n - 1] + v[n]) / 2);
            }
        }
        StraightPieces map = HistogramMap.of(of(v), Numbers.of(ranks), Cdf.MID_RANK);
        float[] at = map.apply(v);
        float[] half = map.apply(between);
        for (int n = 0; n < v.length; n++) {
            assertEquals(n, at[n], 1e-4 * n);
            if (n > 0) {
                assertEquals(n - 0.5, half[n - 1], 1e-4 * n);
            }
        }
    }

    /** Closed form: of 4 values the tied pair has the mid-rank share 1/2, the upper one 3/4. */
    @Test
    void bothReadingsOfATieAreTheirFormula() {
        SortedFloats source = of(1, 2, 2, 3);
        SortedFloats reference = of(10, 20, 30, 40);
        StraightPieces mid = HistogramMap.of(source, reference, Cdf.MID_RANK);
        assertArrayEquals(new float[] {10, 25, 40}, mid.apply(new float[] {1, 2, 3}));
        StraightPieces upper = HistogramMap.of(source, reference, Cdf.UPPER);
        assertArrayEquals(new float[] {10, 30, 40}, upper.apply(new float[] {1, 2, 3}));
    }

    @Test
    void upperSharesOfATiedReferenceAreThoseOfScikitImage() {
        // scikit-image 0.19.3: match_histograms(float64([1, 2, 3, 4, 5]), float64([7, 7, 7, 9, 9]))
        StraightPieces map = HistogramMap.of(of(1, 2, 3, 4, 5), of(9, 7, 7, 9, 7), Cdf.UPPER);
        double[] peer = {7, 7, 7, 8, 9};
        for (int x = 1; x <= 5; x++) {
            assertEquals(peer[x - 1], map.at(x), 1e-12);
        }
    }

    @Test
    void upperQuantilesOfAllValuesAreTheValues() {
        assertEquals(Numbers.of(1, 2, 5, 9), HistogramMap.quantiles(of(9, 1, 5, 2), 4, Cdf.UPPER));
    }

    @Test
    void oneSliceOnAnotherHasTheFiguresOfScikitImage() throws IOException {
        Path folder = Path.of(System.getProperty("diapason.data", "none"), "references");
        assumeTrue(Files.isDirectory(folder), "no reference data");
        float[] r16 = pixels(folder.resolve("r16_pixels.csv"));
        StraightPieces map =
                HistogramMap.of(of(r16), of(pixels(folder.resolve("r64_pixels.csv"))), Cdf.UPPER);
        double sum = 0;
        double squares = 0;
        for (float x : r16) {
            sum += map.at(x);
            squares += map.at(x) * map.at(x);
        }
        double mean = sum / r16.length;
        // scikit-image 0.19.3, both slices as float64: m = match_histograms(r16, r64);
        // m.mean(), m.std(), m[r16 == v] for v in 1, 10, 50, 100, 200, 254
        assertEquals(49.20546518908277, mean, 1e-9);
        assertEquals(78.84344953132063, Math.sqrt(squares / r16.length - mean * mean), 1e-9);
        assertEquals(4.65775401, map.at(1), 1e-8);
        assertEquals(16.06666667, map.at(10), 1e-8);
        assertEquals(44.32, map.at(50), 1e-8);
        assertEquals(95.43333333, map.at(100), 1e-8);
        assertEquals(187.74193548, map.at(200), 1e-8);
        assertEquals(255, map.at(254), 1e-8);
    }

    private static float[] pixels(Path file) throws IOException {
        String[] cells = Files.readString(file).trim().split("[,\\s]+");
        float[] values = new float[cells.length];
        for (int n = 0; n < values.length; n++) {
            values[n] = Float.parseFloat(cells[n]);
        }
        return values;
    }

    /** Of a thinned map the ends are exact: here the truth is the rank of the value. */
    @Test
    void theLowestAndTheHighestValuesAreKnotsThemselves() {
        float[] v = new float[400_000];
        for (int n = 0; n < v.length; n++) {
            v[n] = (float) (n < 1_000 ? n - 1e7 : n < 399_000 ? n : n + 1e7);
        }
        StraightPieces map = HistogramMap.of(of(v), of(v), Cdf.MID_RANK);
        for (int n : new int[] {0, 1, 500, 999, 399_000, 399_500, 399_999}) {
            assertEquals(v[n], map.at(v[n]), 0);
        }
        assertEquals(200_000, map.at(200_000), 0.1);
    }

    @Test
    void oneThreadAndFourGiveTheSameKnots() {
        float[] v = GaussTest.noise(700_000, 8);
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            float[] one = HistogramMap.of(of(v), of(1, 2, 7), Cdf.UPPER).apply(v);
            Parallel.setThreads(4);
            assertArrayEquals(one, HistogramMap.of(of(v), of(1, 2, 7), Cdf.UPPER).apply(v));
        } finally {
            Parallel.setThreads(threads);
        }
    }
}
