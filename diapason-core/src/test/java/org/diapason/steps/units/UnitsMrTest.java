package org.diapason.steps.units;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.diapason.math.Rng;
import org.diapason.step.Trace;
import org.diapason.volume.Contrast;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsMrTest {
    private static final Units DV =
            new Units(
                    "*",
                    Units.Target.AUTO,
                    Units.ReferenceTime.QIBA,
                    Units.PhilipsScale.DV,
                    Optional.empty());
    private static final Units IN_BRAIN =
            new Units(
                    "*",
                    Units.Target.AUTO,
                    Units.ReferenceTime.QIBA,
                    Units.PhilipsScale.FP,
                    Optional.of("brain"));

    private final Map<String, String> series = new HashMap<>(Map.of("Modality", "MR"));
    private final Map<String, Numbers> slices = new HashMap<>();
    private final Trace trace = new Trace();

    private float[] values(Units units, float... stored) {
        Volume volume = Volume.of(Geometry.of(2, 1, 2, 1, 1, 1), stored, Quantity.STORED);
        Image image = new Image(volume, new Tags(series, slices), Optional.empty());
        Exam exam = Exam.of("P017", Map.of("mr", image), Map.of(), Map.of());
        Volume scaled = units.apply(exam, trace).image("mr").volume();
        assertEquals(Quantity.MR, scaled.quantity());
        return scaled.values();
    }

    private void philips() {
        series.put("Manufacturer", "Philips Medical Systems");
        slices.put("RescaleSlope", Numbers.of(2, 4));
        slices.put("RescaleIntercept", Numbers.of(10, -20));
        slices.put("PhilipsMrScaleSlope", Numbers.of(0.5, 0.25));
    }

    @Test
    void valuesOfPhilipsThatMayBeComparedAreFloatingPointOnes() {
        philips();
        // (PV + RI/RS)/SS: (100 + 5)/0.5, (200 + 5)/0.5, (100 − 5)/0.25, (200 − 5)/0.25
        assertArrayEquals(
                new float[] {210, 410, 380, 780},
                values(new Units("*"), 100, 200, 100, 200),
                1e-4f);
        assertEquals("fp", trace.notes().get("mr.scale"));
        assertTrue(trace.warnings().isEmpty());
    }

    @Test
    void displayedValuesOfPhilipsAreSlopeAndIntercept() {
        philips();
        assertArrayEquals(new float[] {210, 410, 380, 780}, values(DV, 100, 200, 100, 200), 0);
        slices.put("PhilipsMrScaleSlope", Numbers.of(5, 5));
        assertArrayEquals(new float[] {210, 410, 380, 780}, values(DV, 100, 200, 100, 200), 0);
        assertEquals("dv (slope and intercept)", trace.notes().get("mr.scale"));
    }

    @Test
    void theScaleSlopeDividesAndTheRescaleSlopeDropsOut() {
        philips();
        slices.put("PhilipsMrScaleSlope", Numbers.of(5, 5));
        assertArrayEquals(
                new float[] {21, 41, 19, 39}, values(new Units("*"), 100, 200, 100, 200), 1e-5f);
    }

    @Test
    void withoutItsScaleSlopePhilipsStaysAsDisplayedAndThatIsSaid() {
        philips();
        slices.put("PhilipsMrScaleSlope", Numbers.of(0.5, Double.NaN));
        series.put("PatientIdentityRemoved", "YES");
        assertArrayEquals(
                new float[] {210, 410, 380, 780}, values(new Units("*"), 100, 200, 100, 200), 0);
        assertEquals(
                "exam P017, image mr: no MR scale slope (2005,xx0E) (missing since de-identified) or"
                        + " RescaleSlope (0028,1053) of Philips in every slice, so values stay as"
                        + " displayed and cannot be compared between series.",
                trace.warnings().get(0));
    }

    @Test
    void otherMakersAreRescaledWhereTheFileSaysHow() {
        philips();
        series.put("Manufacturer", "SIEMENS");
        assertArrayEquals(
                new float[] {210, 410, 380, 780}, values(new Units("*"), 100, 200, 100, 200), 0);
        slices.clear();
        series.put("RealWorldValueSlope", "0.01");
        assertArrayEquals(new float[] {1, 2, 3, 4}, values(new Units("*"), 1, 2, 3, 4), 0);
        assertEquals("none, values as stored", trace.notes().get("mr.scale"));
        assertEquals("0.01 (not applied)", trace.notes().get("mr.realWorldValueSlope"));
    }

    @Test
    void aSlopeWithoutAnInterceptIsRefused() {
        slices.put("RescaleSlope", Numbers.of(2, 2));
        assertEquals(
                "exam P017, image mr: no RescaleIntercept (0028,1052) in 2 of 2 slices, so its slices"
                        + " have different scales. Export the series again.",
                assertThrows(RefusedException.class, () -> values(DV, 1, 2, 3, 4)).getMessage());
    }

    @Test
    void paddingIsTakenOutWithoutAnyRescale() {
        series.put("PixelPaddingValue", "0");
        assertArrayEquals(
                new float[] {Float.NaN, 2, 3, Float.NaN}, values(new Units("*"), 0, 2, 3, 0), 0);
    }

    @ParameterizedTest(name = "{0} TR {1} TE {2} TI {3}: {4}")
    @CsvSource({
        "SE, 600, 15, '', t1",
        "SE, 999, 29.9, 0, t1",
        "SE, 1000, 15, '', unknown",
        "SE, 600, 30, '', unknown",
        "SE, 3000, 90, '', t2",
        "SE, 3000, 70, '', t2",
        "SE, 2000, 90, '', unknown",
        "SE, 3000, 69, '', unknown",
        "SE, 3000, 40, '', unknown",
        "SE, 3000, 39, '', pd",
        "SE\\IR, 9000, 120, 2300, flair",
        "SE, 9000, 120, 2300, flair",
        "SE\\IR, 9000, 120, 1399, unknown",
        "SE\\IR, 9000, 120, 2901, unknown",
        "SE\\IR, 9000, 70, 2300, unknown",
        "SE\\IR, 4000, 120, 2300, unknown",
        "SE\\IR, 2000, 10, 800, t1-flair",
        "SE\\IR, 2000, 40, 800, unknown",
        "SE\\IR, 4000, 60, 150, stir",
        "IR, 4000, 60, 250, stir",
        "SE\\IR, 4000, 60, 300, unknown",
        "SE\\IR, 4000, 90, '', unknown",
        "GR\\IR, 2400, 3, 950, t1-ir-gre",
        "GR, 9, 3, 450, t1-ir-gre",
        "GR, 9, 10, 450, unknown",
        "GR, 9, 3, 380, t1-ir-gre",
        "GR\\SE, 9, 3, 450, unknown",
        "GR, 9, 3, 1300, t1-ir-gre",
        "GR, 9, 3, 379, unknown",
        "GR, 9, 3, 1301, unknown",
        "GR, 9, 3, '', unknown",
        "EP\\SE, 5000, 90, '', unknown",
        "RM, 600, 15, '', unknown",
        "'', 600, 15, '', unknown",
        "SE, 600, '', '', unknown",
        "SE, '', 15, '', unknown",
        "SE, six, 15, '', unknown"
    })
    void theContrastIsNamedByItsTagsOrUnknown(
            String sequence, String tr, String te, String ti, String label) {
        assertEquals(label, contrast(sequence, tr, te, ti).label());
    }

    @ParameterizedTest(name = "agent {0}: T1 becomes {1}, T2 {2}")
    @CsvSource({"Gadobutrol, t1c, t2", "'', t1, t2", "NONE, t1, t2", "no, t1, t2"})
    void anAgentMakesAnotherClassOfT1Only(String agent, String t1, String t2) {
        series.put("ContrastBolusAgent", agent);
        assertEquals(t1, contrast("SE", "600", "15", "").label());
        assertEquals(t2, contrast("SE", "3000", "90", "").label());
        assertEquals(t1.equals("t1") ? "t1-ir-gre" : t1, contrast("GR", "9", "3", "450").label());
    }

    @ParameterizedTest(name = "{0} with b {1}: {2}")
    @CsvSource({
        "DERIVED\\PRIMARY\\ADC, 1000, adc",
        "ORIGINAL\\PRIMARY\\DIFFUSION\\NONE, '', dwi",
        "DERIVED\\PRIMARY\\DIFFUSION\\TRACEW, '', dwi",
        "ORIGINAL\\PRIMARY\\DIFFUSION\\NONE, 0, t2",
        "ORIGINAL\\PRIMARY\\M, 800, dwi",
        "ORIGINAL\\PRIMARY\\M, 0, t2"
    })
    void diffusionIsNamedByTypeOrWeight(String type, String b, String label) {
        series.put("ImageType", type);
        series.put("DiffusionBValue", b);
        assertEquals(label, contrast("SE", "3000", "90", "").label());
    }

    @ParameterizedTest(name = "ADC around {0} is in {1}")
    @CsvSource({
        "0.0008, mm2/s",
        "0.8, 1e-3 mm2/s",
        "800, 1e-6 mm2/s",
        "20, unknown",
        "6e-6, unknown"
    })
    void theUnitOfADiffusionMapIsReadFromItsMedian(float value, String unit) {
        series.put("ImageType", "DERIVED\\PRIMARY\\ADC");
        values(new Units("*"), 0, value, 2 * value, value);
        assertEquals(unit, trace.notes().get("mr.adcUnit"));
        assertEquals(unit.equals("unknown"), !trace.warnings().isEmpty());
    }

    @Test
    void negativeDiffusionIsWarnedOf() {
        series.put("ImageType", "DERIVED\\PRIMARY\\ADC");
        values(new Units("*"), 0, 800, 900, -700);
        assertEquals(
                "exam P017, image mr: 1 of 3 voxels of this map of diffusion coefficients (ADC) that"
                        + " are not 0 lie below 0, which none can. Check its sign and its slope.",
                trace.warnings().get(0));
    }

    @Test
    void diffusionWithoutAWeightIsWarnedOf() {
        series.put("ImageType", "ORIGINAL\\PRIMARY\\DIFFUSION\\NONE");
        values(new Units("*"), 1, 2, 3, 4);
        assertEquals(
                "exam P017, image mr: is diffusion weighted by its ImageType (0008,0008) and says no"
                        + " b-value (0018,9087), or several. Keep it apart from series of another.",
                trace.warnings().get(0));
        series.put("DiffusionBValue", "800");
        values(new Units("*"), 1, 2, 3, 4);
        assertEquals(1, trace.warnings().size());
    }

    @Test
    void aMappingToAPhysicalUnitIsNamedAndNotApplied() {
        series.put("RealWorldValueSlope", "0.25");
        series.put("RealWorldValueUnit", "um2/s");
        assertArrayEquals(new float[] {1, 2, 3, 4}, values(new Units("*"), 1, 2, 3, 4), 0);
        assertEquals(
                "exam P017, image mr: RealWorldValueMappingSequence (0040,9096) says that stored ·"
                        + " 0.25 + 0 is in um2/s. It is not applied: values follow RescaleSlope and"
                        + " have no unit.",
                trace.warnings().get(0));
        series.put("RealWorldValueUnit", "1");
        values(new Units("*"), 1, 2, 3, 4);
        assertEquals(1, trace.warnings().size());
    }

    private Contrast contrast(String sequence, String tr, String te, String ti) {
        series.put("ScanningSequence", sequence);
        series.put("RepetitionTime", tr);
        series.put("EchoTime", te);
        series.put("InversionTime", ti);
        return Contrast.of(new Tags(series, slices));
    }

    @ParameterizedTest(name = "fluid {0}, grey {1}, white {2} by tags of TR {3}, TE {4}, TI {5}")
    @CsvSource({
        "100, 300, 500, 600, 15, '', CSF < GM < WM, false",
        "500, 300, 150, 600, 15, '', WM < GM < CSF, true",
        "500, 300, 150, 3000, 90, '', WM < GM < CSF, false",
        "50, 400, 300, 3000, 90, '', CSF < WM < GM, true",
        "50, 400, 300, 9000, 120, 2300, CSF < WM < GM, false",
        "100, 300, 500, 9000, 120, 2300, CSF < GM < WM, true",
        "100, 300, 500, 3000, 30, '', CSF < GM < WM, false"
    })
    void thePixelsOfABrainAreComparedWithTheTags(
            float csf,
            float grey,
            float white,
            String tr,
            String te,
            String ti,
            String order,
            boolean warned) {
        contrast("SE", tr, te, ti);
        brain(csf, grey, white, 10);
        assertEquals(order, trace.notes().get("mr.contrastByPixels"));
        assertEquals(warned, !trace.warnings().isEmpty(), trace.warnings()::toString);
    }

    @Test
    void theOrderDoesNotDependOnTheScaleOfTheValues() {
        contrast("SE", "600", "15", "");
        brain(100e-9f, 300e-9f, 500e-9f, 10e-9);
        assertEquals("CSF < GM < WM", trace.notes().get("mr.contrastByPixels"));
    }

    @Test
    void theWarningNamesBothOrders() {
        contrast("SE", "600", "15", "");
        brain(500, 300, 150, 10);
        assertEquals(
                "exam P017, image mr: by its tags the contrast is t1 (CSF < GM < WM), in the brain"
                        + " the pixels say WM < GM < CSF. Check the series before it is pooled with"
                        + " others.",
                trace.warnings().get(0));
    }

    @Test
    void pixelsThatSayNothingAreNotClear() {
        contrast("SE", "600", "15", "");
        brain(300, 300, 300, 0);
        assertEquals("not clear", trace.notes().get("mr.contrastByPixels"));
        brain(300, 300, 300, 50);
        assertEquals("not clear", trace.notes().get("mr.contrastByPixels"));
        assertTrue(trace.warnings().isEmpty());
    }

    @Test
    void aBrainOnAnotherGridFailsTheExam() {
        Volume volume = Volume.of(Geometry.of(2, 1, 2, 1, 1, 1), new float[4], Quantity.STORED);
        Image image = new Image(volume, new Tags(series, slices), Optional.empty());
        Mask mask = Mask.of(Geometry.of(2, 1, 2, 1, 1, 2), new boolean[4]);
        Exam exam = Exam.of("P017", Map.of("mr", image), Map.of("brain", mask), Map.of());
        assertThrows(DataException.class, () -> IN_BRAIN.apply(exam, trace));
    }

    /** A ball of white matter under 4 mm of grey matter under 2 mm of fluid, with ventricles. */
    private void brain(float csf, float grey, float white, double noise) {
        Geometry grid = Geometry.of(41, 41, 41, 1, 1, 1);
        float[] values = new float[grid.voxels()];
        boolean[] inside = new boolean[values.length];
        Rng rng = new Rng(3);
        for (int n = 0; n < values.length; n++) {
            double x = n % 41 - 20;
            double y = n / 41 % 41 - 20;
            double z = n / 1681 - 20;
            double r = Math.sqrt(x * x + y * y + z * z);
            inside[n] = r < 19;
            float tissue = r < 3 ? csf : r < 13 ? white : r < 17 ? grey : r < 19 ? csf : 0;
            values[n] = (float) (tissue + noise * rng.nextGaussian());
        }
        Image image =
                new Image(
                        Volume.of(grid, values, Quantity.STORED),
                        new Tags(series, slices),
                        Optional.empty());
        Exam exam =
                Exam.of(
                        "P017",
                        Map.of("mr", image),
                        Map.of("brain", Mask.of(grid, inside)),
                        Map.of());
        IN_BRAIN.apply(exam, trace);
    }
}
