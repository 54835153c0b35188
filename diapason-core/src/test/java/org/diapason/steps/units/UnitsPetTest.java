package org.diapason.steps.units;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.HashMap;
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

/** The header of the IBSI-SUV reference object DRO_0_0: 70 kg, 368.08 MBq of F-18, one hour. */
class UnitsPetTest {
    // python3 -c "print(70e3/(368080000*2**(-3600/6586.2)))"
    private static final double AFTER_ONE_HOUR = 0.00027777812496068244;
    private static final double DAY = 86400;

    private final Map<String, String> series = new HashMap<>();
    private final Map<String, Numbers> slices = new HashMap<>();
    private final Map<String, String> covariates = new HashMap<>();
    private final Trace trace = new Trace();

    UnitsPetTest() {
        series.put("Modality", "PT");
        series.put("Units", "BQML");
        series.put("DecayCorrection", "START");
        series.put("CorrectedImage", "NORM\\DTIM\\ATTN\\SCAT\\DECY\\RAN");
        series.put("PatientWeight", "70.0");
        series.put("RadionuclideTotalDose", "368080000.0");
        series.put("RadionuclideHalfLife", "6586.2");
        series.put("RadiopharmaceuticalStartDateTime", "20250101100000.000000");
        series.put("RadiopharmaceuticalStartTime", "100000.000000");
        series.put("SeriesDate", "20250101");
        series.put("SeriesTime", "110000.000000");
        series.put("AcquisitionDate", "20250101");
        series.put("AcquisitionTime", "110000.000000");
        slices.put("RescaleSlope", Numbers.of(1, 4));
        slices.put("RescaleIntercept", Numbers.of(0, 0));
        acquired(20250101, 11, 11);
    }

    @Test
    void oneHourAfterInjectionTheDoseHasDecayed() {
        assertSuv(AFTER_ONE_HOUR);
        assertEquals(3600.0, trace.notes().get("pet.secondsFromInjection"));
        assertEquals(
                "series time less injection date and time", trace.notes().get("pet.referenceTime"));
        assertTrue(trace.warnings().isEmpty());
    }

    @Test
    void everySliceHasItsOwnSlope() {
        float[] suv = suv(3600, 900).values();
        assertEquals(1, suv[0], 3e-6); // 3600 Bq/ml · 2.77778e-4
        assertEquals(suv[0], suv[1], 0);
    }

    @Test
    void aDoseCorrectedToItsAdministrationIsTakenAsItIs() {
        series.put("DecayCorrection", "ADMIN");
        series.remove("RadionuclideHalfLife");
        series.remove("RadiopharmaceuticalStartDateTime");
        assertSuv(70e3 / 368080000.0);
    }

    @Test
    void aSeriesTimeAfterTheAcquisitionIsNotTrusted() {
        series.put("SeriesDate", "20250102");
        series.put("SeriesTime", "120000");
        assertSuv(AFTER_ONE_HOUR);
        assertEquals(
                "first acquisition less injection date and time",
                trace.notes().get("pet.referenceTime"));
    }

    @Test
    void aSeriesTimeBeforeTheFirstBedPositionIsTheReference() {
        acquired(20250101, 11.25, 11.5);
        assertSuv(AFTER_ONE_HOUR);
    }

    @Test
    void withoutASeriesTimeTheEarliestSliceCounts() {
        series.remove("SeriesTime");
        acquired(20250101, 11.25, 11);
        assertSuv(AFTER_ONE_HOUR);
    }

    @ParameterizedTest(name = "injected {0} {1}, scanned {2} {3}")
    @CsvSource({
        // only a time of injection, across midnight
        "'', 233000, 20250102, 003000",
        // date and time, across midnight
        "20250101, 233000, 20250102, 003000",
        // no date anywhere on the scan
        "20250101, 233000, '', 003000",
        "20250101, 100000, '', 110000",
        // no date at all
        "'', 233000, '', 003000",
        "'', 10, '', 11:00:00.0",
        // no seconds
        "20250101, 1000, 20250101, 1100"
    })
    void anHourIsAnHourWhateverIsKnownOfTheDate(
            String injectionDay, String injection, String scanDay, String scan) {
        slices.remove("AcquisitionSeconds");
        if (injectionDay.isEmpty()) {
            series.remove("RadiopharmaceuticalStartDateTime");
            series.put("RadiopharmaceuticalStartTime", injection);
        } else {
            series.put("RadiopharmaceuticalStartDateTime", injectionDay + injection);
        }
        for (String which : new String[] {"Series", "Acquisition"}) {
            series.put(which + "Date", scanDay);
            series.put(which + "Time", scan);
        }
        assertSuv(AFTER_ONE_HOUR);
    }

    @Test
    void aTimeZoneIsLeftAsideAndSaid() {
        series.put("RadiopharmaceuticalStartDateTime", "20250101100000.000000+0100");
        assertSuv(AFTER_ONE_HOUR);
        assertEquals(
                "exam P017, image pet: the time zone of RadiopharmaceuticalStartDateTime"
                        + " (0018,1078) was left aside; all times were taken from one clock.",
                trace.warnings().get(0));
    }

    @Test
    void aScanWithinHalfAnHourIsWarned() {
        series.put("RadiopharmaceuticalStartDateTime", "20250101105500");
        series.remove("RadiopharmaceuticalStartTime");
        suv(1, 1);
        assertEquals(
                "exam P017, image pet: the scan starts only 300 s after the injection; SUV is"
                        + " customary from 1800 s on.",
                trace.warnings().get(0));
    }

    @Test
    void aDoseInMegabecquerelIsTakenAndSaid() {
        series.put("RadionuclideTotalDose", "368.08");
        assertSuv(AFTER_ONE_HOUR);
        assertEquals(
                "exam P017, image pet: the dose is 368.080 Bq, less than"
                        + " anyone injects; it was taken as MBq.",
                trace.warnings().get(0));
    }

    @Test
    void aWeightInGramsIsTakenAndSaid() {
        series.put("PatientWeight", "70000");
        assertSuv(AFTER_ONE_HOUR);
        assertEquals(
                "exam P017, image pet: the weight is 70000 kg, more than anyone weighs; it was"
                        + " taken as g.",
                trace.warnings().get(0));
    }

    @Test
    void aMissingWeightComesFromTheCohortTable() {
        series.remove("PatientWeight");
        covariates.put("weightKg", "70");
        assertSuv(AFTER_ONE_HOUR);
        assertEquals(
                "exam P017, image pet: no PatientWeight (0010,1030); 70 came from column"
                        + " weightKg.",
                trace.warnings().get(0));
    }

    @Test
    void theWeightOfTheFileWinsOverTheCohortTable() {
        covariates.put("weightKg", "140");
        assertSuv(AFTER_ONE_HOUR);
    }

    @Test
    void aMissingWeightIsRefusedWithTheColumnToAdd() {
        series.remove("PatientWeight");
        assertRefused(
                "exam P017, image pet: no PatientWeight (0010,1030), so SUV cannot be computed. Add"
                        + " the weight in kg to the cohort table, column weightKg.");
    }

    @ParameterizedTest(name = "without {0} the message names {1}")
    @CsvSource({
        "Units, '(0054,1001)'",
        "DecayCorrection, '(0054,1102)'",
        "RadionuclideTotalDose, '(0018,1074)'",
        "RadionuclideHalfLife, '(0018,1075)'",
        "AcquisitionTime, '(0008,0032)'",
        "RadiopharmaceuticalStartTime, '(0018,1072)'"
    })
    void whatIsMissingIsRefusedByNameAndNumber(String keyword, String tag) {
        series.remove("RadiopharmaceuticalStartDateTime");
        slices.remove("AcquisitionSeconds");
        series.remove(keyword);
        String message = assertThrows(RefusedException.class, () -> suv(1, 1)).getMessage();
        assertTrue(
                message.startsWith("exam P017, image pet: no " + keyword + " " + tag + ", "),
                message);
    }

    @ParameterizedTest(name = "{0} = {1} is refused")
    @CsvSource({
        "Units, PROPCNTS, 'Units (0054,1001) is PROPCNTS, which has no way to SUV; needed is BQML,"
                + " GML, CM2ML, CNTS or CPS. Leave this image out, or give it as NIfTI in SUV with"
                + " the column quantity.pet.'",
        "CorrectedImage, NORM\\DECY, 'CorrectedImage (0028,0051) is NORM\\DECY, without ATTN, so its"
                + " values are not activity. Use the corrected series.'"
    })
    void whatHasNoWayToSuvIsRefused(String keyword, String value, String message) {
        series.put(keyword, value);
        assertRefused("exam P017, image pet: " + message);
    }

    @Test
    void anInterceptIsRefused() {
        slices.put("RescaleIntercept", Numbers.of(0, 3));
        assertRefused(
                "exam P017, image pet: RescaleIntercept (0028,1052) is not 0 in 1 of 2 slices, which"
                        + " no PET series should have. Export it again.");
    }

    @Test
    void aScanBeforeTheInjectionFailsTheExam() {
        series.put("RadiopharmaceuticalStartDateTime", "20250101120000");
        assertFailed(
                "exam P017, image pet: the scan starts -3600 s after the injection (series time"
                        + " less injection date and time), expected 0 to 65862 s (10 half-lives)."
                        + " Correct dates and times of the series.");
    }

    @Test
    void datesAYearApartFailTheExam() {
        series.put("RadiopharmaceuticalStartDateTime", "20240101100000");
        assertThrows(DataException.class, () -> suv(1, 1));
    }

    @Test
    void aBrokenNumberFailsTheExamWithWhatWasFound() {
        series.put("PatientWeight", "70 kg");
        assertFailed(
                "exam P017, image pet: PatientWeight (0010,1030) is not a number: found 5"
                        + " characters that are not shown.");
    }

    @Test
    void aBrokenTimeFailsTheExamWithWhatWasFound() {
        series.put("SeriesTime", "250000");
        assertFailed(
                "exam P017, image pet: SeriesTime (0008,0031) is not a time HHMMSS: found"
                        + " 6 characters that are not shown.");
    }

    private void assertSuv(double expected) {
        Volume suv = suv(1e6f, 0);
        assertEquals(Quantity.SUV_BW, suv.quantity());
        assertEquals(expected, (double) trace.notes().get("pet.suvPerBqMl"), 1e-12 * expected);
        assertEquals(1e6 * expected, suv.values()[0], 6e-8 * 1e6 * expected);
    }

    private void assertRefused(String message) {
        assertEquals(message, assertThrows(RefusedException.class, () -> suv(1, 1)).getMessage());
    }

    private void assertFailed(String message) {
        assertEquals(message, assertThrows(DataException.class, () -> suv(1, 1)).getMessage());
    }

    private void acquired(int day, double... hours) {
        double midnight = LocalDate.of(day / 10000, day / 100 % 100, day % 100).toEpochDay() * DAY;
        double[] seconds = new double[hours.length];
        for (int k = 0; k < hours.length; k++) {
            seconds[k] = midnight + 3600 * hours[k];
        }
        slices.put("AcquisitionSeconds", Numbers.of(seconds));
    }

    private Volume suv(float... stored) {
        Volume volume = Volume.of(Geometry.of(1, 1, 2, 4, 4, 4), stored, Quantity.STORED);
        Image image = new Image(volume, new Tags(series, slices), Optional.empty());
        Exam exam = Exam.of("P017", Map.of("pet", image), Map.of(), covariates);
        return new Units("*").apply(exam, trace).image("pet").volume();
    }
}
