package org.diapason.steps.units;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest(name = "{0} {1} of {2} is no HU: {3}")
    @CsvSource({
        "RescaleType, HU_MOD, Any, 'RescaleType (0028,1054) is HU_MOD, not HU'",
        "RescaleType, ED, Any, 'RescaleType (0028,1054) is ED, not HU'",
        "ConvolutionKernel, Sd36f\\3, SIEMENS, 'ConvolutionKernel (0018,1210) is SD36F, a"
                + " DirectDensity kernel'",
        "ConvolutionKernel, Sm40, Siemens Healthineers, 'ConvolutionKernel (0018,1210) is SM40, a"
                + " DirectDensity kernel'",
        "ConvolutionKernel, E30 DirectDensity, SIEMENS, 'ConvolutionKernel (0018,1210) is E30"
                + " DIRECTDENSITY, a DirectDensity kernel'",
        "ImageType, DERIVED\\PRIMARY\\AXIAL\\MAT_SPECIFIC, GE, 'ImageType (0008,0008) says"
                + " MAT_SPECIFIC, a map of a material'",
        "ImageType, DERIVED\\PRIMARY\\AXIAL\\ELECTRON_DENSITY, Philips, 'ImageType (0008,0008)"
                + " says ELECTRON_DENSITY, a map of a material'",
        "KVP, 90, Planmeca Oy, 'Manufacturer (0008,0070) is PLANMECA OY, a maker of dental'",
        "KVP, 90, J.Morita.Mfg.Corp., 'Manufacturer (0008,0070) is J.MORITA.MFG.CORP., a maker of"
                + " dental'"
    })
    void valuesThatAreNotAttenuationAreRefused(
            String keyword, String value, String maker, String reason) {
        series.put(keyword, value);
        series.put("Manufacturer", maker);
        String message =
                assertThrows(RefusedException.class, () -> values(0, 0, 0, 0)).getMessage();
        assertTrue(message.startsWith("exam P017, image ct: " + reason), message);
        assertTrue(
                message.endsWith(
                        " Leave this image out, or convert it with quantity raw and keep it apart"
                                + " from HU."),
                message);
    }

    @ParameterizedTest(name = "{0} {1} of {2} is HU")
    @CsvSource({
        "ConvolutionKernel, Br40d, SIEMENS",
        "ConvolutionKernel, Sd36f, GE MEDICAL SYSTEMS",
        "ConvolutionKernel, SA, Philips",
        "ConvolutionKernel, SMOOTH, SIEMENS",
        "ImageType, DERIVED\\PRIMARY\\AXIAL\\VMI, SIEMENS",
        "RescaleType, hu, Dental Clinic CT"
    })
    void otherKernelsAndMonoenergeticImagesAreHu(String keyword, String value, String maker) {
        series.put(keyword, value);
        series.put("Manufacturer", maker);
        assertArrayEquals(new float[] {0, 0, 0, 0}, values(1024, 1024, 500, 500), 0);
    }

    @ParameterizedTest(name = "air at {0} HU is warned: {1}")
    // the peak is the middle of the fullest 20 HU, of which -1060 to -1040 is one
    @CsvSource({
        "-1065, true",
        "-1055, false",
        "-1000, false",
        "-945, false",
        "-935, true",
        "-1090, true"
    })
    void airElsewhereIsWarned(float hu, boolean warned) {
        slices.put("RescaleSlope", Numbers.of(1, 1));
        slices.put("RescaleIntercept", Numbers.of(0, 0));
        values(hu, hu, hu, 40);
        assertEquals(warned, trace.warnings().stream().anyMatch(w -> w.contains("air peaks")));
    }

    @ParameterizedTest(name = "soft tissue at {0} HU is warned: {1}")
    @CsvSource({
        "345, false",
        "-345, false",
        "40, false",
        "-105, false",
        "-150, true",
        "140, false",
        "165, true",
        "300, true"
    })
    void softTissueElsewhereIsWarned(float hu, boolean warned) {
        slices.put("RescaleSlope", Numbers.of(1, 1));
        slices.put("RescaleIntercept", Numbers.of(0, 0));
        values(hu, hu, hu, -1000);
        assertEquals(
                warned, trace.warnings().stream().anyMatch(w -> w.contains("soft tissue peaks")));
        assertEquals(-990.0, trace.notes().get("ct.airPeakHu"));
    }

    @Test
    void anInterceptThatWasLeftOutIsSeen() {
        slices.put("RescaleSlope", Numbers.of(1, 1));
        slices.put("RescaleIntercept", Numbers.of(0, 0));
        values(0, 0, 1064, 1064);
        assertEquals(
                List.of(
                        "exam P017, image ct: no voxel is air or lung (below -350 HU), and 50.0 %"
                                + " lie at 850 to 1200 HU, where there is little but dense bone; an"
                                + " intercept of -1000 or -1024 that was left out looks like this."
                                + " Check slope and intercept."),
                trace.warnings(),
                "air at 0 and tissue at 1064");
        values(1000, 1000, 1064, 1064);
        assertEquals(3, trace.warnings().size(), "and neither air nor soft tissue");
    }

    @Test
    void denseBoneBesideAirIsNotWarned() {
        slices.put("RescaleSlope", Numbers.of(1, 1));
        slices.put("RescaleIntercept", Numbers.of(0, 0));
        values(-1000, 40, 1064, 1064);
        assertEquals(List.of(), trace.warnings());
    }

    @Test
    void aValueJustBelowTheEndOfARangeIsCounted() {
        slices.put("RescaleSlope", Numbers.of(1, 1));
        slices.put("RescaleIntercept", Numbers.of(0, 0));
        values(Math.nextDown(350f), 40, 40, -1000);
        assertEquals(40.0, trace.notes().get("ct.softTissuePeakHu"));
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
                        "exam P017, image ct: neither air (-1300 to -900 HU) nor soft tissue (-350"
                                + " to 350 HU) has a peak of 1 % of the voxels. Check slope and"
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

    @ParameterizedTest(name = "{0} as it came, {1} wanted: taken {2}")
    @CsvSource({
        "HU, hu, true",
        "UNKNOWN, auto, true",
        "UNKNOWN, hu, false",
        "SUV_BW, suvbw, true",
        "SUV_BW, suvlbm, false",
        "SUV_LBM, suvlbm, true",
        "HU, suvbw, false"
    })
    void aQuantityThatCameIsNotAnotherOne(Quantity found, String wanted, boolean taken) {
        Exam exam = exam(found, 1, 2, 3, 4);
        Units units = Units.of(wanted).orElseThrow();
        if (taken) {
            assertSame(exam.image("ct"), units.apply(exam, trace).image("ct"));
            return;
        }
        assertEquals(
                "exam P017, image ct: the values are "
                        + found.label()
                        + " as they came, and quantity "
                        + wanted
                        + " was asked for. Give the DICOM series instead.",
                assertThrows(RefusedException.class, () -> units.apply(exam, trace)).getMessage());
    }

    @Test
    void unitsAreNoHarmonization() {
        assertFalse(new Units("*").harmonizes());
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
