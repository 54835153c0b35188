package org.diapason.steps.intensity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class ClipTest {
    private static final float NAN = Float.NaN;
    private static final Numbers UNIT = Numbers.of(0, 1);
    private final Trace trace = new Trace();

    @Test
    void smallestAndLargestOfTheMaskBecomeTheEndsOfTheRange() {
        Volume out = clip(0, 100, Optional.of(UNIT), exam(Quantity.MR, 3, 20, 10, 30, 5, 99, NAN));
        assertArrayEquals(new float[] {0.5f, 0, 1, 0, 1, NAN}, out.values());
        assertEquals(Quantity.MAPPED, out.quantity());
    }

    @Test
    void percentilesLieStraightBetweenRanks() {
        // R: quantile(c(1, 2, 4, 8, 16), c(.1, .9), type = 7) gives 1.4 and 12.8
        Volume out = clip(10, 90, Optional.empty(), exam(Quantity.MR, 5, 16, 8, 4, 2, 1));
        assertArrayEquals(new float[] {12.8f, 8, 4, 2, 1.4f}, out.values());
        assertEquals(1.4, (double) trace.notes().get("mr.low"), 1e-12);
        assertEquals(12.8, (double) trace.notes().get("mr.high"), 1e-12);
        assertEquals(1.0, trace.notes().get("mr.clippedBelow"));
        assertEquals(1.0, trace.notes().get("mr.clippedAbove"));
        assertEquals(Quantity.MR, out.quantity(), "without a range the scale is kept");
    }

    @Test
    void infiniteVoxelsAreClippedAndDoNotMoveThePercentiles() {
        Volume out =
                clip(
                        0,
                        100,
                        Optional.of(Numbers.of(-1, 1)),
                        exam(
                                Quantity.MR,
                                4,
                                Float.NEGATIVE_INFINITY,
                                2,
                                4,
                                Float.POSITIVE_INFINITY));
        assertArrayEquals(new float[] {-1, -1, 1, 1}, out.values());
    }

    @Test
    void percentilesOfOneValueAreRefused() {
        Exam exam = exam(Quantity.MR, 5, 0, 0, 0, 0, 7);
        RefusedException e =
                assertThrows(RefusedException.class, () -> clip(10, 60, Optional.of(UNIT), exam));
        assertEquals(
                "exam P017, image mr: most values in mask brain are about 0.000, so there is no spread"
                        + " to divide by. Choose another mask.",
                e.getMessage());
    }

    @Test
    void hounsfieldUnitsAreNotClippedWherePatientsDecide() {
        Exam exam = exam(Quantity.HU, 2, 0, 7);
        assertThrows(RefusedException.class, () -> clip(0, 100, Optional.of(UNIT), exam));
    }

    @Test
    void settingsThatCannotBeMeantAreNamed() {
        for (double[] p :
                new double[][] {{-1, 50}, {50, 50}, {90, 10}, {0, 101}, {Double.NaN, 9}}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new Clip("*", "", p[0], p[1], Optional.empty(), false));
        }
        for (Numbers r : new Numbers[] {Numbers.of(1), Numbers.of(1, 0), Numbers.of(0, 1e300)}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new Clip("*", "", 0, 100, Optional.of(r), false));
        }
    }

    private Volume clip(double low, double high, Optional<Numbers> range, Exam exam) {
        return new Clip("*", "brain", low, high, range, false)
                .apply(exam, trace)
                .image("mr")
                .volume();
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
