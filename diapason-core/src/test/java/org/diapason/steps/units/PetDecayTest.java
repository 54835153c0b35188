package org.diapason.steps.units;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reference times, days and nuclides; {@code factor(s)} is SUV per Bq/ml after s seconds. */
class PetDecayTest {
    private static final Units QIBA = new Units("*");
    private static final Units IBSI =
            new Units(
                    "*",
                    Units.Target.AUTO,
                    Units.ReferenceTime.IBSI,
                    Units.PhilipsScale.FP,
                    Optional.empty());
    private static final double L = PetHeader.LAMBDA;

    /** Zr-89. */
    private static final String DAYS = "282280";

    private final PetHeader header = new PetHeader();

    private static double factor(double seconds) {
        return 70e3 / (PetHeader.DOSE * Math.exp(-L * seconds));
    }

    /** Time within a frame of T s at which the activity is the mean of the frame. */
    private static double average(double t) {
        return Math.log(L * t / (1 - Math.exp(-L * t))) / L;
    }

    @Test
    void bothReferenceTimesAreWrittenDownWithTheirDifference() {
        header.assertFactor(QIBA, factor(3600));
        double apart = average(300) - 150;
        assertEquals(3600.0, header.trace.notes().get("pet.secondsFromInjectionQiba"));
        assertEquals(
                3600 + apart,
                (double) header.trace.notes().get("pet.secondsFromInjectionIbsi"),
                1e-6);
        assertEquals(
                apart, (double) header.trace.notes().get("pet.referenceTimesApartSeconds"), 1e-6);
        assertTrue(header.trace.warnings().isEmpty(), "0.4 s are less than 30 s");
    }

    @Test
    void theRuleOfIbsiTakesTheTimeOfEachFrame() {
        header.acquired(20250101, 11, 11.25)
                .slice("FrameReferenceTime", 150000, 1050000)
                .slice("ActualFrameDuration", 300000, 200000);
        header.assertFactors(
                IBSI, factor(3600 + average(300) - 150), factor(4500 + average(200) - 1050));
        assertEquals(
                "frame reference time less injection",
                header.trace.notes().get("pet.referenceTime"));
    }

    @ParameterizedTest(name = "{0} s apart are warned: {1}")
    @CsvSource({"29, false", "31, true", "-29, false", "-31, true"})
    void referencesMoreThanThirtySecondsApartAreWarned(double apart, boolean warned) {
        double frame = 1000 * (average(300) - apart);
        header.slice("FrameReferenceTime", frame, frame).apply(QIBA, 1e4f, 1e4f);
        assertEquals(warned, !header.trace.warnings().isEmpty());
    }

    @Test
    void theWarningNamesBothRulesAndWhatTheyChange() {
        header.slice("FrameReferenceTime", 1350000, 1350000).assertFactor(QIBA, factor(3600));
        // average(300) − 1350 = −1199.6 s; exp(−λ 1199.6) − 1 = −11.9 %
        header.assertWarned(
                "the reference time by frame reference time (ibsi) is -1200 s from that by series"
                        + " time (qiba); SUV by ibsi is -11.9 % from SUV by qiba. Taken was qiba.");
    }

    @Test
    void theRuleOfIbsiIsRefusedWithoutFrames() {
        header.without("FrameReferenceTime").assertFactor(QIBA, factor(3600));
        assertEquals("not known", header.trace.notes().get("pet.secondsFromInjectionIbsi"));
        header.assertRefused(
                IBSI,
                "no FrameReferenceTime (0054,1300) or ActualFrameDuration (0018,1242) in some"
                        + " slice, so the reference time cannot be computed. Use reference-time"
                        + " qiba.");
    }

    @Test
    void aRewrittenSeriesTimeOfGeGivesWayToItsScanTime() {
        header.with("SeriesTime", "120000")
                .acquired(20250101, 11.25, 11.5)
                .with("GEScanDateTime", "20250101110000.00")
                .assertFactor(QIBA, factor(3600));
        assertEquals(
                "GE's scan time less injection date and time",
                header.trace.notes().get("pet.referenceTime"));
        header.without("GEScanDateTime").assertFactor(QIBA, factor(4500));
    }

    @Test
    void withoutCorrectionEverySliceHasItsOwnDecay() {
        header.with("DecayCorrection", "NONE")
                .with("CorrectedImage", "NORM\\DTIM\\ATTN\\SCAT\\RAN")
                .acquired(20250101, 11, 11 + 5 / 60.0)
                .slice("ActualFrameDuration", 603000, 300000);
        // IBSI-SUV manual: m P W/D · λT/(1 − exp(−λT)) · exp(λ (t_acq − t_adm))
        header.assertFactors(
                QIBA,
                factor(3600) * L * 603 / (1 - Math.exp(-L * 603)),
                factor(3900) * L * 300 / (1 - Math.exp(-L * 300)));
    }

    @Test
    void withoutCorrectionTheFrameIsNeeded() {
        header.with("DecayCorrection", "NONE")
                .with("CorrectedImage", "ATTN")
                .slice("ActualFrameDuration", 300000, Double.NaN)
                .assertRefused(
                        QIBA,
                        "no ActualFrameDuration (0018,1242) in slice 1, so SUV cannot be computed."
                                + " Restore the tag.");
    }

    @Test
    void noCorrectionAndACorrectedImageContradictEachOther() {
        header.with("DecayCorrection", "NONE")
                .assertFailed(
                        QIBA,
                        "DecayCorrection (0054,1102) is NONE, and CorrectedImage (0028,0051) says"
                                + " DECY: they contradict each other.");
    }

    @Test
    void anUnknownDecayCorrectionFailsTheExam() {
        header.with("DecayCorrection", "MIDDLE")
                .assertFailed(
                        QIBA, "DecayCorrection (0054,1102) is MIDDLE, not ADMIN, START or NONE.");
    }

    @Test
    void anInjectionLateOnTheDayBeforeIsFound() {
        header.acquired(20250102, 0.5, 0.5)
                .with("SeriesDate", "20250102")
                .with("SeriesTime", "003000")
                .without("RadiopharmaceuticalStartDateTime")
                .with("RadiopharmaceuticalStartTime", "233000")
                .assertFactor(QIBA, factor(3600));
    }

    @Test
    void aTracerOfDaysNeedsTheDateOfItsInjection() {
        header.with("RadionuclideHalfLife", DAYS)
                .without("RadiopharmaceuticalStartDateTime")
                .assertRefused(
                        QIBA,
                        "the injection has a time without a date, and at a half-life of 282280 s"
                                + " days may lie between injection and scan. Add the time of"
                                + " injection as YYYYMMDDHHMMSS to the cohort table, column"
                                + " injectionDateTime.");
        double threeDaysAndAnHour = 3 * 86400 + 3600;
        double expected =
                70e3 / (PetHeader.DOSE * Math.exp(-Math.log(2) / 282280 * threeDaysAndAnHour));
        header.with("RadiopharmaceuticalStartDateTime", "20241229100000")
                .assertFactor(QIBA, expected);
        header.without("RadiopharmaceuticalStartDateTime")
                .with("GEAdministrationDateTime", "20241229100000.00")
                .assertFactor(QIBA, expected);
    }

    @Test
    void aTracerOfDaysNeedsTheDateOfItsScan() {
        header.with("RadionuclideHalfLife", DAYS)
                .withoutScanTimes()
                .with("AcquisitionTime", "110000")
                .assertRefused(
                        QIBA,
                        "the scan has a time without a date, and at a half-life of 282280 s days may"
                                + " lie between injection and scan. Add the start of the scan as"
                                + " YYYYMMDDHHMMSS to the cohort table, column"
                                + " acquisitionDateTime.");
    }

    @Test
    void theTableMayDateTheInjectionAndTheScanOfATracerOfDays() {
        header.with("RadionuclideHalfLife", DAYS)
                .without("RadiopharmaceuticalStartDateTime", "AcquisitionSeconds")
                .without("SeriesDate", "SeriesTime", "AcquisitionDate")
                .slice("AcquisitionSecondsOfDay", 11 * 3600, 11.5 * 3600)
                .with("DecayCorrection", "NONE")
                .with("CorrectedImage", "ATTN")
                .column("injectionDateTime", "20241229100000")
                .column("acquisitionDateTime", "20250101110000");
        double l = Math.log(2) / 282280;
        double first = 3 * 86400 + 3600;
        double frame = l * 300 / (1 - Math.exp(-l * 300));
        header.assertFactors(
                QIBA,
                70e3 / PetHeader.DOSE * frame * Math.exp(l * first),
                70e3 / PetHeader.DOSE * frame * Math.exp(l * (first + 1800)));
        header.assertWarned(
                "no RadiopharmaceuticalStartDateTime (0018,1078); 20241229100000 came from column"
                        + " injectionDateTime.");
    }

    @Test
    void aFractionOfAnHourOrAMinuteIsNoTime() {
        for (String time : new String[] {"11.5", "1100.5"}) {
            header.with("SeriesTime", time)
                    .assertFailed(
                            QIBA,
                            "SeriesTime (0008,0031) is not a time HHMMSS: found \"" + time + "\".");
        }
    }

    @Test
    void aDateWithPointsIsADate() {
        header.with("SeriesDate", "2025.01.01").assertFactor(QIBA, factor(3600));
    }

    @Test
    void geInjectionTimeStandsInForTheStandardOne() {
        header.without("RadiopharmaceuticalStartDateTime", "RadiopharmaceuticalStartTime")
                .with("GEAdministrationDateTime", "20250101100000.00")
                .assertFactor(QIBA, factor(3600));
    }

    @Test
    void timesThatAreMissingComeFromTheTable() {
        header.without("RadiopharmaceuticalStartDateTime", "RadiopharmaceuticalStartTime")
                .assertRefused(
                        QIBA,
                        "no RadiopharmaceuticalStartTime (0018,1072), nor"
                                + " RadiopharmaceuticalStartDateTime (0018,1078), so the dose cannot"
                                + " be decayed to the scan. Add the time of injection as"
                                + " YYYYMMDDHHMMSS to the cohort table, column injectionDateTime.");
        header.column("injectionDateTime", "20250101100000").assertFactor(QIBA, factor(3600));
        header.withoutScanTimes()
                .assertRefused(
                        QIBA,
                        "no AcquisitionTime (0008,0032), so the dose cannot be decayed to the scan."
                                + " Add the start of the scan as YYYYMMDDHHMMSS to the cohort"
                                + " table, column acquisitionDateTime.");
        header.column("acquisitionDateTime", "20250101111500").assertFactor(QIBA, factor(4500));
    }

    @Test
    void doseAndHalfLifeMayComeFromTheTable() {
        header.without("RadionuclideTotalDose", "RadionuclideHalfLife")
                .column("doseBq", "368080000")
                .column("halfLifeSeconds", "6586.2")
                .assertFactor(QIBA, factor(3600));
        header.columns.remove("halfLifeSeconds");
        header.assertRefused(
                QIBA,
                "no RadionuclideHalfLife (0018,1075), so the dose cannot be decayed to the scan. Add"
                        + " the half-life in s to the cohort table, column halfLifeSeconds.");
        header.column("doseBq", "370 MBq")
                .assertFailed(QIBA, "column doseBq is not a number: found \"370 MBq\".");
        header.column("doseBq", "-3")
                .assertFailed(QIBA, "column doseBq must be positive, found -3.000.");
    }

    @ParameterizedTest
    @CsvSource({"C-111A1", "77004003"})
    void aMissingHalfLifeComesFromTheNuclide(String code) {
        header.without("RadionuclideHalfLife")
                .with("RadionuclideCode", code)
                .assertFactor(QIBA, factor(3600));
        header.assertWarned(
                "no RadionuclideHalfLife (0018,1075); that of F-18, 6586.2 s, was taken by"
                        + " RadionuclideCodeSequence (0054,0300).");
    }

    @ParameterizedTest(name = "half-life {0} s with code {1}: nuclide {2}, warned {3}")
    @CsvSource({
        "6586.2, C-111A1, F-18, false",
        "6588, '', F-18, false",
        "6651, C-111A1, F-18, false",
        "6653, C-111A1, unknown, true",
        "4057.7, C-131A3, Ga-68, false",
        "4057.7, C-111A1, Ga-68, true",
        "5000, '', unknown, true"
    })
    void aHalfLifeIsComparedWithItsNuclide(
            String seconds, String code, String nuclide, boolean warned) {
        header.with("RadionuclideHalfLife", seconds).with("RadionuclideCode", code);
        header.apply(QIBA, 1e4f, 1e4f);
        assertEquals(nuclide, header.trace.notes().get("pet.nuclide"));
        assertEquals(warned, !header.trace.warnings().isEmpty(), header.trace.warnings()::toString);
    }

    @Test
    void theWarningNamesBothNuclides() {
        // the reference object DRO_5_0 is of Ga-68 and has the code of Ga-66
        header.with("RadionuclideHalfLife", "4057.7").with("RadionuclideCode", "C-131A1");
        header.apply(QIBA, 1e4f, 1e4f);
        header.assertWarned(
                "the half-life is 4057.7 s (Ga-68), but RadionuclideCodeSequence (0054,0300) says"
                        + " Ga-66, 34164.0 s. The half-life was taken.");
    }

    @Test
    void aTimeZoneThatTheFileStatesIsReckoned() {
        header.with("RadiopharmaceuticalStartDateTime", "20250101090000+0000")
                .with("TimezoneOffsetFromUTC", "+0100")
                .assertFactor(QIBA, factor(3600));
        assertTrue(header.trace.warnings().isEmpty());
        header.with("TimezoneOffsetFromUTC", "-0030")
                .without("RadiopharmaceuticalStartTime")
                .assertFactor(QIBA, factor(3600 + 5400));
        header.with("TimezoneOffsetFromUTC", "CET")
                .assertFailed(
                        QIBA,
                        "TimezoneOffsetFromUTC (0008,0201) has no offset from UTC of the form +HHMM:"
                                + " found 3 characters that are not shown.");
    }

    @Test
    void twoInjectionTimesThatContradictEachOtherAreSaid() {
        header.with("RadiopharmaceuticalStartTime", "103000").assertFactor(QIBA, factor(3600));
        header.assertWarned(
                "RadiopharmaceuticalStartDateTime (0018,1078) and RadiopharmaceuticalStartTime"
                        + " (0018,1072) are not the same time; the first was taken.");
    }

    @ParameterizedTest(name = "a dose of {0} Bq is warned: {1}")
    @CsvSource({"3e5, true", "2e6, false", "9e9, false", "2e10, true"})
    void anUnusualDoseIsWarned(String dose, boolean warned) {
        header.with("RadionuclideTotalDose", dose).apply(QIBA, 1e4f, 1e4f);
        assertEquals(warned, header.trace.warnings().stream().anyMatch(w -> w.contains("unusual")));
    }

    @Test
    void anEarlyScanOfAShortTracerIsUsual() {
        header.with("RadionuclideHalfLife", "122.2")
                .with("RadiopharmaceuticalStartDateTime", "20250101105900")
                .without("RadiopharmaceuticalStartTime")
                .apply(QIBA, 1e5f, 1e5f);
        assertFalse(
                header.trace.warnings().stream().anyMatch(w -> w.contains("customary")),
                header.trace.warnings()::toString);
    }

    @Test
    void whatAnAnonymiserTookIsSaid() {
        header.without("PatientWeight")
                .with("PatientIdentityRemoved", "YES")
                .assertRefused(
                        QIBA,
                        "no PatientWeight (0010,1030) (missing since de-identified), so SUV cannot be"
                                + " computed. Add the weight in kg to the cohort table, column"
                                + " weightKg.");
        header.with("PatientWeight", "0")
                .assertRefused(
                        QIBA,
                        "no PatientWeight (0010,1030) (missing since de-identified), so SUV cannot be"
                                + " computed. Add the weight in kg to the cohort table, column"
                                + " weightKg.");
    }
}
