package org.diapason.steps.intensity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Set;
import org.diapason.math.Rng;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZScoreTest {
    private final Trace trace = new Trace();

    @Test
    void countsStandardDeviationsOfTheMaskFromItsMean() {
        // mask: 2, 4, 4, 4, 5, 5, 7, 9 with mean 5 and standard deviation 2 (dividing by n)
        Exam exam = exam(Quantity.MR, 8, 2, 4, 4, 4, 5, 5, 7, 9, 15, Float.NaN);
        Volume z = plain(exam);
        assertArrayEquals(
                new float[] {-1.5f, -.5f, -.5f, -.5f, 0, 0, 1, 2, 5, Float.NaN}, z.values());
        assertEquals(Quantity.Z_SCORE, z.quantity());
        assertEquals(5.0, trace.notes().get("mr.mean"));
        assertEquals(2.0, trace.notes().get("mr.sd"));
        assertEquals(15, exam.image("mr").volume().values()[8]);
    }

    @Test
    void theRobustFormCountsScaledMedianDeviationsFromTheMedian() {
        // median 4, absolute deviations 3 1 0 1 96, their median 1
        Exam exam = exam(Quantity.MR, 5, 1, 3, 4, 5, 100, 4 + 14.826f);
        Volume z = new ZScore("*", "brain", true, false).apply(exam, trace).image("mr").volume();
        assertEquals(10, z.values()[5], 1e-6);
        assertEquals(4.0, trace.notes().get("mr.median"));
        assertEquals(1.4826, trace.notes().get("mr.scaledMad"));
    }

    /** The median deviation of sorted values is found from their middle outwards. */
    @ParameterizedTest(name = "{0} values")
    @ValueSource(ints = {2, 3, 4, 7, 10, 101, 5000})
    void theMedianDeviationIsThatOfAllDeviations(int n) {
        Rng rng = new Rng(n);
        float[] values = new float[n];
        for (int v = 0; v < n; v++) {
            values[v] = (float) StrictMath.exp(rng.nextGaussian());
        }
        new ZScore("*", "brain", true, false).apply(exam(Quantity.MR, n, values), trace);
        double median = (double) trace.notes().get("mr.median");
        double[] away = new double[n];
        for (int v = 0; v < n; v++) {
            away[v] = Math.abs(values[v] - median);
        }
        java.util.Arrays.sort(away);
        assertEquals(
                1.4826 * (away[(n - 1) / 2] / 2 + away[n / 2] / 2),
                (double) trace.notes().get("mr.scaledMad"),
                1e-15);
    }

    @Test
    void theMedianOfAnEvenNumberLiesHalfWay() {
        new ZScore("*", "brain", true, false).apply(exam(Quantity.MR, 4, 1, 2, 4, 9), trace);
        assertEquals(3.0, trace.notes().get("mr.median"));
    }

    @ParameterizedTest(name = "gain {0}, offset {1}, robust {2}")
    @CsvSource({"3, 0, false", "1, 700, false", "0.37, -55, false", "0.37, -55, true"})
    void isBlindToGainAndOffset(float gain, float offset, boolean robust) {
        Rng rng = new Rng(7);
        float[] values = new float[1000];
        float[] other = new float[1000];
        for (int v = 0; v < values.length; v++) {
            values[v] = (float) (100 + 20 * rng.nextGaussian());
            other[v] = gain * values[v] + offset;
        }
        ZScore step = new ZScore("*", "brain", robust, false);
        // float values of about 800 are good to 6e-5, a spread of 7 makes that 1e-5
        assertArrayEquals(
                step.apply(exam(Quantity.MR, 500, values), trace).image("mr").volume().values(),
                step.apply(exam(Quantity.MR, 500, other), trace).image("mr").volume().values(),
                2e-5f);
    }

    @Test
    void voxelsWithoutAValueAreLeftOutAndCounted() {
        plain(exam(Quantity.MR, 4, Float.NaN, 1, 3, Float.NaN));
        assertEquals(2.0, trace.notes().get("mr.mean"));
        assertEquals(2.0, trace.notes().get("mr.nanVoxels"));
    }

    @Test
    void aConstantMaskIsRefused() {
        assertRefused(
                "exam P017, image mr: all values in mask brain are about 5.000, so there is no"
                        + " spread to divide by. Choose another mask.",
                exam(Quantity.MR, 3, 5, 5, 5, 9));
        assertThrows(RefusedException.class, () -> plain(exam(Quantity.MR, 2, 0, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"HU", "SUVbw", "Bq/ml"})
    void aPhysicalScaleIsNotDestroyedUnlessAllowed(String quantity) {
        Exam exam = exam(Quantity.of(quantity), 2, 1, 2);
        assertRefused(
                "exam P017, image mr: the quantity is "
                        + quantity
                        + ", and a z-score would destroy its scale. Leave the step out, or set"
                        + " allow-physical to true.",
                exam);
        Volume z = new ZScore("*", "brain", false, true).apply(exam, trace).image("mr").volume();
        assertArrayEquals(new float[] {-1, 1}, z.values());
    }

    @Test
    void aMaskOnAnotherGridIsRefused() {
        Exam exam =
                Exam.of(
                        "P017",
                        exam(Quantity.MR, 2, 1, 2).images(),
                        Map.of("brain", Mask.of(Geometry.of(2, 1, 1, 2, 1, 1), new boolean[2])),
                        Map.of());
        assertRefused(
                "exam P017, image mr: mask brain lies on another grid. Name the image it was drawn"
                        + " on, or resample both to one grid.",
                exam);
    }

    @Test
    void anEmptyMaskFailsTheExam() {
        DataException e =
                assertThrows(DataException.class, () -> plain(exam(Quantity.MR, 0, 1, 2)));
        assertEquals(
                "exam P017, image mr: there is no finite value in mask brain, so there is nothing for"
                        + " a z-score to work on. Correct it or leave this exam out.",
                e.getMessage());
    }

    @Test
    void namesItsMaskSoThatItIsOpened() {
        assertEquals(Set.of("brain"), new ZScore("*", "brain", false, false).masks());
    }

    private void assertRefused(String message, Exam exam) {
        assertEquals(message, assertThrows(RefusedException.class, () -> plain(exam)).getMessage());
    }

    private Volume plain(Exam exam) {
        return new ZScore("*", "brain", false, false).apply(exam, trace).image("mr").volume();
    }

    /** A row of voxels, the first {@code masked} of which are in the mask. */
    private static Exam exam(Quantity quantity, int masked, float... values) {
        Geometry row = Geometry.of(values.length, 1, 1, 1, 1, 1);
        boolean[] inside = new boolean[values.length];
        java.util.Arrays.fill(inside, 0, masked, true);
        return Exam.of(
                "P017",
                Map.of("mr", Image.of(Volume.of(row, values, quantity))),
                Map.of("brain", Mask.of(row, inside)),
                Map.of());
    }
}
