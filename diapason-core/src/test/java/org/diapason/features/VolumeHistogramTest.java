package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalDouble;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;

/** The intensity-volume histogram of regions whose curve is known on paper. */
class VolumeHistogramTest {
    private static final OptionalDouble NONE = OptionalDouble.empty();

    /** In the order v10, v90, i10, i90, v10 − v90, i10 − i90, area. */
    private static double[] of(
            Discretisation rule, OptionalDouble low, OptionalDouble high, float... values) {
        return VolumeHistogram.of(values, rule, low, high, "exam x");
    }

    /** ν = 1, 0.9, …, 0.1 at 1 … 10 HU: a straight line from 1 to 0.1, of area 0.55. */
    @Test
    void tenVoxelsOfTenWholeUnitsMakeAStraightLine() {
        float[] values = {7, 2, 3, 10, 5, 6, 1, 8, 9, 4};
        assertArrayEquals(
                new double[] {0.9, 0.1, 10, 2, 0.8, 8, 0.55},
                of(Discretisation.asLevels(), NONE, NONE, values),
                1e-12);
    }

    /** The axis spans the range asked for, not what was found in it: −10 … 10, γ = (g + 10)/20. */
    @Test
    void theRangeOfReSegmentationIsTheAxis() {
        assertArrayEquals(
                new double[] {1, 0, 5, 1, 1, 4, (10 + 0.875 + 0.625 + 0.375 + 0.25 + 0.125) / 20},
                of(
                        Discretisation.asLevels(),
                        OptionalDouble.of(-10),
                        OptionalDouble.of(10),
                        0,
                        1,
                        2,
                        4),
                1e-12);
    }

    /** Bins of 2 from 0 have the centres 1, 3, 5, 7, 9; no level has a tenth of the voxels. */
    @Test
    void binsOfAFixedSizeStandForTheirCentres() {
        assertArrayEquals(
                new double[] {0.8, 0.2, 11, 3, 0.6, 8, 0.6},
                of(
                        Discretisation.fixedWidth(2, 0),
                        NONE,
                        OptionalDouble.of(10),
                        1.5f,
                        2.5f,
                        5.5f,
                        6.5f,
                        9.5f),
                1e-12);
    }

    @Test
    void binsOfAFixedNumberStandForTheirNumbers() {
        assertArrayEquals(
                new double[] {0.8, 0.2, 6, 2, 0.6, 4, 0.6},
                of(Discretisation.fixedCount(5), NONE, NONE, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
                1e-12);
    }

    @Test
    void oneIntensityHasNoFractionsOfItsRange() {
        assertArrayEquals(
                new double[] {Double.NaN, Double.NaN, 8, 8, Double.NaN, 0, 0},
                of(Discretisation.asLevels(), NONE, NONE, 7, 7, 7));
    }

    /** 12.3 as a float is 12.30000019: three bins of 0.1 from 12 reach it. */
    @Test
    void aHighestValueMeantOnAnEdgeEndsTheRange() {
        float[] values = {12.05f, 12.15f, 12.25f, 12.3f};
        double[] three = {0.75, 0.5, 12.35, 12.15, 0.25, 0.2, 0.75};
        Discretisation rule = Discretisation.fixedWidth(0.1, 12);
        assertArrayEquals(three, of(rule, NONE, NONE, values), 1e-12);
        assertArrayEquals(three, of(rule, NONE, OptionalDouble.of(12.3), values), 1e-12);
    }

    @Test
    void aQuantityHasItsCustomaryLevels() {
        assertEquals(Discretisation.asLevels(), VolumeHistogram.customary(Quantity.HU));
        assertEquals(Discretisation.fixedWidth(0.1, 0), VolumeHistogram.customary(Quantity.SUV_BW));
        assertEquals(Discretisation.fixedCount(1000), VolumeHistogram.customary(Quantity.MR));
    }

    @Test
    void tooManyLevelsAreRefused() {
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () -> of(Discretisation.asLevels(), NONE, NONE, 0, 5e6f));
        assertEquals(
                "exam x: the intensity-volume histogram would have 5000001 levels of 1, more than"
                        + " 4194304. Set ivh to a bin-count or a larger bin-width.",
                e.getMessage());
    }
}
