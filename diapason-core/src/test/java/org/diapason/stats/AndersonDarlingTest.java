package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The k-sample test against scipy. */
class AndersonDarlingTest {
    private static final double[] A = {1.2, 3.4, 2.2, 5.1, 4.0, 2.2, 3.3};
    private static final double[] B = {2.2, 6.1, 5.5, 4.0, 7.2, 3.9};
    private static final double[] C = {0.1, 2.0, 3.4, 8.8, 1.1, 2.2, 2.2, 9.0};
    private static final double[] D = {5.2, 7.4, 6.6, 8.1, 9.0, 7.7, 6.1};

    private static AndersonDarling of(double[]... samples) {
        double[] values = Arrays.stream(samples).flatMapToDouble(DoubleStream::of).toArray();
        int[] sample =
                IntStream.range(0, samples.length)
                        .flatMap(s -> Arrays.stream(samples[s]).mapToInt(v -> s))
                        .toArray();
        return AndersonDarling.of(values, sample, samples.length);
    }

    private static void same(double statistic, double p, double[]... samples) {
        AndersonDarling found = of(samples);
        assertEquals(statistic, found.statistic(), 1e-11);
        assertEquals(p, found.p(), 1e-12);
    }

    @Test
    void statisticAndProbabilityAreThoseOfScipy() {
        // scipy 1.10.1: anderson_ksamp([...]).statistic, .significance_level
        same(1.5526302809369337, 0.07432529501681519, A, B);
        same(1.1684390597842222, 0.11517019598631496, A, B, C);
        same(4.124704806370092, 0.0034589463160319984, A, B, C, D);
        same(
                4.1746697222380575,
                0.006945722930801036,
                new double[] {1, 2, 3, 4},
                new double[] {5, 6, 7, 8, 9});
        same(1.3636363636363114, 0.08902970028514401, new double[] {1}, new double[] {2, 3, 1.5});
    }

    @Test
    void manyTiesAreCountedByTheirMiddleRank() {
        same(
                0.9899952125826537,
                0.13977555566350625,
                new double[] {1, 1, 1, 2},
                new double[] {1, 2, 2, 2, 2},
                new double[] {2, 1, 1});
    }

    @Test
    void theProbabilityEndsWhereTheTableEnds() {
        same(6.891041901666783, 0.001, A, D);
        same(-0.33925893596381157, 0.25, A, C);
    }

    @Test
    void anEmptySampleDoesNotCount() {
        assertEquals(of(A, B), of(A, new double[0], B));
    }

    @Test
    void nothingIsSaidOfValuesThatAreAlikeOrOfOneSample() {
        for (AndersonDarling none :
                List.of(
                        of(new double[] {1, 1}, new double[] {1, 1}),
                        of(A),
                        of(new double[] {1}, new double[] {2, 3}))) {
            assertTrue(Double.isNaN(none.p()));
        }
    }
}
