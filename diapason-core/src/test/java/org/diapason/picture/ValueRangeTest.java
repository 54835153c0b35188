package org.diapason.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueRangeTest {

    /** 0, 1 … 1000 plus an offset, and a gap. */
    private static Volume ramp(Quantity quantity, float offset) {
        float[] values = new float[1002];
        for (int v = 0; v < 1001; v++) {
            values[v] = v + offset;
        }
        values[1001] = Float.NaN;
        return Volume.of(Geometry.of(1002, 1, 1, 1, 1, 1), values, quantity);
    }

    @Test
    void theQuantityDecidesWhereItHasAScale() {
        assertEquals("-160 to 240 HU", ValueRange.grey(ramp(Quantity.HU, 0)).words(Quantity.HU));
        assertEquals(10, ValueRange.colour(ramp(Quantity.SUV_LBM, 0)).high());
        assertEquals(-4, ValueRange.colour(ramp(Quantity.Z_SCORE, 0)).low());
    }

    @Test
    void othersAreShownByTheirPercentiles() {
        ValueRange grey = ValueRange.grey(ramp(Quantity.MR, 0));
        assertEquals(10, grey.low());
        assertEquals(990, grey.high());
        assertEquals("1st percentile to 99th percentile", grey.why());
        ValueRange colour = ValueRange.colour(ramp(Quantity.BQ_ML, 0));
        assertEquals(0, colour.low());
        assertEquals(999, colour.high(), 1e-9);
        ValueRange signed = ValueRange.colour(ramp(Quantity.UNKNOWN, -500));
        assertEquals(-490, signed.low());
        assertEquals(499, signed.high(), 1e-9);
    }

    /** A mask with few voxels has 0 as every percentile; its highest value still has a colour. */
    @Test
    void fewBrightVoxelsStillHaveARange() {
        float[] values = new float[5000];
        values[77] = 3;
        Geometry g = Geometry.of(5000, 1, 1, 1, 1, 1);
        ValueRange few = ValueRange.colour(Volume.of(g, values, Quantity.UNKNOWN));
        assertEquals(0, few.low());
        assertEquals(3, few.high());
        ValueRange none = ValueRange.grey(Volume.of(g, new float[5000], Quantity.UNKNOWN));
        assertEquals(-0.5, none.low());
        assertEquals(0.5, none.high());
    }

    @Test
    void coloursThatPartDoSoAtZero() {
        ValueRange signed = ValueRange.colour(ramp(Quantity.UNKNOWN, -200)).evenAroundZero();
        assertEquals(-799, signed.low(), 1e-9);
        assertEquals(799, signed.high(), 1e-9);
        assertEquals(0.5, signed.share(0));
        assertEquals(
                "1st percentile to 99.9th percentile, as far to either side of 0", signed.why());
        ValueRange above = new ValueRange(2, 5, "");
        assertEquals(above, above.evenAroundZero());
    }

    /** 3e17 ± 0.5 is one number. */
    @Test
    void anEvenImageOfLargeNumbersHasARange() {
        float[] values = {3e17f, 3e17f};
        ValueRange grey =
                ValueRange.grey(Volume.of(Geometry.of(2, 1, 1, 1, 1, 1), values, Quantity.MR));
        assertEquals(0.5, grey.share(3e17f), 1e-6);
    }

    @Test
    void anImageWithoutValuesIsRefused() {
        Volume empty =
                Volume.of(
                        Geometry.of(2, 1, 1, 1, 1, 1),
                        new float[] {Float.NaN, Float.POSITIVE_INFINITY},
                        Quantity.MR);
        RefusedException e = assertThrows(RefusedException.class, () -> ValueRange.colour(empty));
        assertEquals("no voxel has a value, so there is nothing to show.", e.getMessage());
    }

    @Test
    void twoNumbersAreRead() {
        ValueRange r = ValueRange.parse("--window", "-160:240.5");
        assertEquals(-160, r.low());
        assertEquals(240.5, r.high());
        assertEquals(0.25, new ValueRange(-2, 2, "").share(-1));
        assertEquals(Double.NaN, r.share(Double.NaN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5:", ":5", "5:5", "6:5", "a:b", "0:NaN", "1:2:3", "0:1e999"})
    void anythingElseIsAnError(String text) {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class, () -> ValueRange.parse("--range", text));
        assertEquals(
                "--range "
                        + text
                        + ": needs LO:HI, two numbers of which the second is higher, as in"
                        + " -160:240.",
                e.getMessage());
    }
}
