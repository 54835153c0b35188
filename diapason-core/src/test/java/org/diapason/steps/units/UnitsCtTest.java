package org.diapason.steps.units;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/** Two slices of two voxels each. */
class UnitsCtTest {
    private final Map<String, String> series = new HashMap<>(Map.of("Modality", "CT"));
    private final Map<String, Numbers> slices =
            new HashMap<>(
                    Map.of(
                            "RescaleSlope", Numbers.of(1, 2),
                            "RescaleIntercept", Numbers.of(-1024, -1000)));
    private final Trace trace = new Trace();

    @Test
    void everySliceHasItsOwnSlopeAndIntercept() {
        assertArrayEquals(new float[] {-1024, -24, -1000, 200}, values(0, 1000, 0, 600), 0);
        assertEquals(1.0, trace.notes().get("ct.slopeMin"));
        assertEquals(2.0, trace.notes().get("ct.slopeMax"));
        assertEquals(-1024.0, trace.notes().get("ct.interceptMin"));
        assertEquals("HU", trace.notes().get("ct.quantity"));
    }

    @Test
    void paddingIsTakenOutOnTheStoredScaleBeforeTheRescale() {
        series.put("PixelPaddingValue", "-2000");
        // in slice 0 a stored 1000 becomes −2000 HU: a measurement, not padding
        slices.put("RescaleIntercept", Numbers.of(-3000, 0));
        assertArrayEquals(
                new float[] {Float.NaN, -2000, 0, Float.NaN}, values(-2000, 1000, 0, -2000));
        assertEquals(2.0, trace.notes().get("ct.paddingVoxels"));
    }

    @Test
    void aPaddingRangeCountsInEitherOrder() {
        series.put("PixelPaddingValue", "-2000");
        series.put("PixelPaddingRangeLimit", "-2048");
        assertArrayEquals(
                new float[] {Float.NaN, -3073, Float.NaN, -1000}, values(-2000, -2049, -2048, 0));
    }

    @Test
    void aSliceWithoutSlopeRefusesTheExamByTag() {
        slices.put("RescaleSlope", Numbers.of(1, Double.NaN));
        assertRefused(
                "exam P017, image ct: no RescaleSlope (0028,1053) in 1 of 2 slices, so its values"
                        + " cannot become HU. Export the series again.");
    }

    @Test
    void aSeriesWithoutInterceptRefusesTheExamByTag() {
        slices.remove("RescaleIntercept");
        assertRefused(
                "exam P017, image ct: no RescaleIntercept (0028,1052) in 2 of 2 slices, so its"
                        + " values cannot become HU. Export the series again.");
    }

    @Test
    void aSlopeOfZeroFailsTheExam() {
        slices.put("RescaleSlope", Numbers.of(0, 1));
        DataException e = assertThrows(DataException.class, () -> values(0, 0, 0, 0));
        assertEquals(
                "exam P017, image ct: RescaleSlope (0028,1053) is 0 in 1 of 2 slices, which makes"
                        + " all their voxels equal. Export the series again.",
                e.getMessage());
    }

    @Test
    void aRescaleTypeOtherThanHuIsRefused() {
        series.put("RescaleType", "US");
        assertRefused(
                "exam P017, image ct: RescaleType (0028,1054) is US, not HU (dental and cone-beam"
                        + " scanners write such values). Leave this image out, or convert it with"
                        + " quantity raw and keep it apart from HU.");
    }

    @Test
    void rescaleTypeHuIsTaken() {
        series.put("RescaleType", "HU ");
        assertArrayEquals(new float[] {0, 0, 0, 0}, values(1024, 1024, 500, 500), 0);
    }

    @Test
    void valuesFarBelowAirAndAnEmptyTissueRangeAreWarned() {
        values(-2000, 5000, 2000, 2000);
        assertEquals(
                List.of(
                        "exam P017, image ct: 1 voxels lie below -1100 HU, less than air; padding"
                                + " without a PixelPaddingValue (0028,0120)? Keep them out of every"
                                + " mask.",
                        "exam P017, image ct: under 1 % of the voxels lie near air (-1300 to -900"
                                + " HU) or soft tissue (-350 to 350 HU). Check slope and"
                                + " intercept."),
                trace.warnings());
    }

    @Test
    void aPlausibleImageIsNotWarned() {
        values(0, 1064, 500, 0);
        assertTrue(trace.warnings().isEmpty());
    }

    @Test
    void anImageWithoutModalityNamesTheColumnThatHelps() {
        series.clear();
        assertRefused(
                "exam P017, image ct: no Modality (0008,0060), so its values have no unit. Name it"
                        + " in the cohort table, column quantity.ct.");
    }

    @Test
    void anotherModalityIsRefused() {
        series.put("Modality", "US");
        assertRefused(
                "exam P017, image ct: Modality (0008,0060) is US, and only CT, PT and MR have a"
                        + " unit so far. Leave this image out.");
    }

    @Test
    void aTagThatDiffersBetweenSlicesFailsTheExam() {
        series.put("DiffersBetweenSlices", "KVP, RescaleType");
        DataException e = assertThrows(DataException.class, () -> values(0, 0, 0, 0));
        assertEquals(
                "exam P017, image ct: RescaleType (0028,1054) differs between the slices of one"
                        + " series. Split it.",
                e.getMessage());
    }

    @Test
    void anImageWithAQuantityPassesUntouched() {
        Exam exam = exam(Quantity.UNKNOWN, 1, 2, 3, 4);
        assertSame(exam.image("ct"), new Units("*").apply(exam, trace).image("ct"));
        assertEquals(Map.of("ct.quantity", "unknown (as it came)"), trace.notes());
    }

    @Test
    void magneticResonanceIsRescaledWhereTheFileSaysHow() {
        series.put("Modality", "MR");
        assertArrayEquals(new float[] {-1023, -1022, -994, -992}, values(1, 2, 3, 4), 0);
        slices.clear();
        assertArrayEquals(new float[] {1, 2, 3, 4}, values(1, 2, 3, 4), 0);
        assertEquals("unknown", trace.notes().get("ct.contrast"));
    }

    @Test
    void theInputIsNotModified() {
        Exam exam = exam(Quantity.STORED, 1, 2, 3, 4);
        new Units("*").apply(exam, trace);
        assertArrayEquals(new float[] {1, 2, 3, 4}, exam.image("ct").volume().values());
    }

    private void assertRefused(String message) {
        assertEquals(
                message,
                assertThrows(RefusedException.class, () -> values(0, 0, 0, 0)).getMessage());
    }

    private float[] values(float... stored) {
        return new Units("*")
                .apply(exam(Quantity.STORED, stored), trace)
                .image("ct")
                .volume()
                .values();
    }

    private Exam exam(Quantity quantity, float... stored) {
        Volume volume = Volume.of(Geometry.of(2, 1, 2, 1, 1, 1), stored, quantity);
        Image image = new Image(volume, new Tags(series, slices), Optional.empty());
        return Exam.of("P017", Map.of("ct", image), Map.of(), Map.of());
    }
}
