package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the digital phantom cannot tell apart: between two values, and between two peaks. */
class IntensityTest {
    private static final float[] SIX = {1, 2, 4, 8, 16, 3};

    @ParameterizedTest(name = "the {0} quantile is {1}")
    @CsvSource({"0.1, 1.5", "0.25, 2.25", "0.5, 3.5", "0.75, 7", "0.9, 12", "0, 1", "1, 16"})
    void percentilesInterpolateBetweenOrderStatistics(double fraction, double expected) {
        // numpy.percentile([1, 2, 4, 8, 16, 3], 100 * fraction)
        assertEquals(expected, Distribution.of(SIX).percentile(fraction), 1e-12);
    }

    @Test
    void momentsAgreeWithScipy() {
        Distribution d = Distribution.of(SIX);
        // scipy.stats.skew and kurtosis of the six values; numpy var
        assertEquals(1.1686661352240477, d.skewness(), 1e-12);
        assertEquals(-0.056341568514794105, d.kurtosis(Rules.IBSI), 1e-12);
        assertEquals(26.222222222222218, d.variance(), 1e-12);
        // of 2 3 4 8, which lie from the 10th to the 90th percentile, around their mean 4.25
        assertEquals(1.875, d.robustMeanAbsoluteDeviation(), 1e-12);
        assertEquals(3.6666666666666665, d.medianAbsoluteDeviation(), 1e-12);
    }

    @Test
    void theOrderOfTheVoxelsDoesNotMatterToTheBit() {
        float[] values = new float[999];
        float[] reversed = new float[values.length];
        for (int v = 0; v < values.length; v++) {
            values[v] = (float) Math.sqrt(v * 31 % 997);
            reversed[values.length - 1 - v] = values[v];
        }
        assertArrayEquals(IntensityStatistics.of(values), IntensityStatistics.of(reversed));
    }

    @ParameterizedTest(name = "counts {0}: mode {1}")
    @CsvSource({"1 2 0 2, 2", "2 0 2 1, 3", "1 0 1, 1", "1 3 2, 2"})
    void ofEqualPeaksTheModeIsTheOneNearestToTheMeanThenTheLower(String counts, double mode) {
        assertEquals(mode, histogram(counts)[9]);
    }

    @Test
    void gradientsAreCentralInsideAndOneSidedAtTheEnds() {
        // 5 0 2 2 9: −5, −1.5, 1, 3.5, 7
        double[] features = histogram("5 0 2 2 9");
        assertArrayEquals(new double[] {7, 5, -5, 1}, Arrays.copyOfRange(features, 19, 23), 0);
    }

    @Test
    void ofEqualGradientsTheLowestLevelIsReported() {
        // 0 1 0 1 would begin with an empty level: 3 4 3 4 has gradients 1, 0, 0, 1
        double[] features = histogram("3 4 3 4");
        assertArrayEquals(new double[] {1, 1, 0, 2}, Arrays.copyOfRange(features, 19, 23), 0);
    }

    private static double[] histogram(String counts) {
        int[] count = Arrays.stream(counts.split(" ")).mapToInt(Integer::parseInt).toArray();
        short[] levels = new short[Arrays.stream(count).sum()];
        int used = 0;
        for (int level = 0; level < count.length; level++) {
            Arrays.fill(levels, used, used += count[level], (short) (level + 1));
        }
        return IntensityHistogram.of(new Levels(count.length, levels, 0, 0));
    }
}
