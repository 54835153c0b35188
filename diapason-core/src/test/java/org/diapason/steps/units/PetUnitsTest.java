package org.diapason.steps.units;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SUV from every unit that a PET series may have, with closed forms. */
class PetUnitsTest {
    private static final Units BW = Units.of("suvbw").orElseThrow();
    private static final String PHILIPS = "Philips Medical Systems";

    private final PetHeader header = new PetHeader();

    @ParameterizedTest(name = "{0} {1}, sex {2}: SUVbw = {3} · stored")
    @CsvSource({
        // 70 kg over the mass of PetNormaliserTest
        "GML, '', O, 1",
        "GML, BW, O, 1",
        "GML, LBM, M, 70000/57800",
        "GML, LBMJAMES128, M, 70000/56520",
        "GML, LBMJANMA, F, 70000/45197.014925373136",
        "GML, IBW, O, 70000/69405",
        "CM2ML, BSA, O, 70000/18481.430181213465",
        "CM2ML, '', O, 70000/18481.430181213465"
    })
    void suvOfOneKindBecomesSuvByBodyWeight(String units, String type, String sex, String ratio) {
        String[] parts = ratio.split("/");
        double expected =
                parts.length == 1 ? 1 : Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
        header.with("Units", units).with("SUVType", type).with("PatientSex", sex);
        header.assertFactor(BW, expected);
    }

    @Test
    void suvThatIsWantedAsItIsNeedsNoBodyAndNoDose() {
        header.with("Units", "GML")
                .with("SUVType", "LBMJANMA")
                .without(
                        "PatientWeight", "PatientSize", "RadionuclideTotalDose", "DecayCorrection");
        header.assertFactor(Units.of("suvlbm-janma").orElseThrow(), 1);
    }

    @Test
    void suvByLeanMassBecomesSuvBySurface() {
        header.with("Units", "GML").with("SUVType", "LBMJAMES128").with("PatientSex", "M");
        header.assertFactor(Units.of("suvbsa").orElseThrow(), 18481.430181213465 / 56520);
    }

    @Test
    void aTypeThatContradictsTheUnitsFailsTheExam() {
        header.with("Units", "GML")
                .with("SUVType", "BSA")
                .assertFailed(
                        BW,
                        "Units (0054,1001) GML and SUVType (0054,1006) BSA contradict each other:"
                                + " BSA is in CM2ML, all others are in GML.");
        header.with("Units", "CM2ML")
                .with("SUVType", "IBW")
                .assertFailed(
                        BW,
                        "Units (0054,1001) CM2ML and SUVType (0054,1006) IBW contradict each other:"
                                + " BSA is in CM2ML, all others are in GML.");
        header.with("SUVType", "LEAN")
                .assertRefused(
                        BW,
                        "SUVType (0054,1006) is LEAN, which is not known. Leave this image out.");
    }

    @Test
    void philipsFactorToSuvNeedsNoDose() {
        counts().slice("PhilipsSuvScaleFactor", 0.0005, 0.0007)
                .without("RadionuclideTotalDose", "PatientWeight", "DecayCorrection")
                .assertFactors(BW, 0.0005, 0.0007);
        assertTrue(header.trace.warnings().isEmpty());
    }

    @Test
    void philipsFactorToSuvGoesToOtherNormalisersThroughTheWeight() {
        counts().slice("PhilipsSuvScaleFactor", 0.0005, 0.0005);
        header.assertFactor(Units.of("suvlbm").orElseThrow(), 0.0005 * 54510 / 70e3);
    }

    @Test
    void philipsFactorToActivityGoesTheWayOfBecquerel() {
        counts().slice("PhilipsActivityScaleFactor", 1.8, 1.8)
                .slice("PhilipsSuvScaleFactor", 0, 0)
                .assertFactor(BW, 1.8 * PetHeader.AFTER_ONE_HOUR);
    }

    @Test
    void twoFactorsThatAgreeWithinOnePercentGiveTheOneToSuv() {
        double exact = 1.8 * PetHeader.AFTER_ONE_HOUR;
        counts().slice("PhilipsActivityScaleFactor", 1.8, 1.8)
                .slice("PhilipsSuvScaleFactor", 1.009 * exact, 1.009 * exact)
                .assertFactor(BW, 1.009 * exact);
        assertEquals(
                1.009 * PetHeader.AFTER_ONE_HOUR,
                (double) header.trace.notes().get("pet.philipsSuvPerBqMl"),
                1e-15);
    }

    @Test
    void twoFactorsMoreThanOnePercentApartAreRefusedWithBothNumbers() {
        double exact = 1.8 * PetHeader.AFTER_ONE_HOUR;
        counts().slice("PhilipsActivityScaleFactor", 1.8, 1.8)
                .slice("PhilipsSuvScaleFactor", 1.011 * exact, 1.011 * exact)
                .assertRefused(
                        BW,
                        "Philips' factors make one Bq/ml SUV 0.000280834, dose, weight and times"
                                + " make it 0.000277778: more than 1 % apart. Correct what is"
                                + " wrong, or remove one of the factors.");
    }

    @Test
    void everySliceIsCompared() {
        double exact = 1.8 * PetHeader.AFTER_ONE_HOUR;
        counts().slice("PhilipsActivityScaleFactor", 1.8, 1.8)
                .slice("PhilipsSuvScaleFactor", exact, 1.1 * exact)
                .assertRefused(
                        BW,
                        "Philips' factors make one Bq/ml SUV 0.000305556, dose, weight and times"
                                + " make it 0.000277778: more than 1 % apart. Correct what is"
                                + " wrong, or remove one of the factors.");
        header.slice("PhilipsSuvScaleFactor", exact, 0).apply(BW, 1, 1);
        assertTrue(
                header.trace.notes().containsKey("pet.philipsBqMlPerCount"),
                "a factor that one slice lacks is none");
    }

    @Test
    void twoFactorsThatCannotBeComparedAreTakenAndSaid() {
        counts().slice("PhilipsActivityScaleFactor", 1.8, 1.8)
                .slice("PhilipsSuvScaleFactor", 0.0005, 0.0005)
                .without("RadionuclideTotalDose")
                .assertFactor(BW, 0.0005);
        header.assertWarned(
                "Philips' factor to SUV could not be checked against its factor to activity: no"
                        + " RadionuclideTotalDose (0018,1074), so SUV cannot be computed. Add the"
                        + " injected dose in Bq to the cohort table, column doseBq.");
    }

    @Test
    void factorsOfZeroSayThatTheScannerCouldNotConvert() {
        counts().slice("PhilipsActivityScaleFactor", 1.8, 0)
                .slice("PhilipsSuvScaleFactor", 0.0005, Double.NaN)
                .assertRefused(
                        BW,
                        "Units (0054,1001) is CNTS, and Philips' factors (7053,xx00) and (7053,xx09)"
                                + " are 0, by which the scanner says that it could not convert."
                                + " Leave this image out.");
    }

    @Test
    void factorsThatAnAnonymiserTookComeFromTheTable() {
        counts().with("PatientIdentityRemoved", "YES")
                .assertRefused(
                        BW,
                        "no SUV scale factor (7053,xx00) (missing since de-identified) nor activity"
                                + " scale factor (7053,xx09) of Philips, so counts cannot become"
                                + " SUV. Add one to the cohort table, column suvScaleFactor or"
                                + " activityScaleFactor.");
        header.column("suvScaleFactor", "0.0005").assertFactor(BW, 0.0005);
        header.columns.clear();
        header.column("activityScaleFactor", "1.8")
                .assertFactor(BW, 1.8 * PetHeader.AFTER_ONE_HOUR);
    }

    @Test
    void becquerelOfPhilipsAreComparedWithItsFactors() {
        header.slice("PhilipsSuvScaleFactor", 0.001, 0.001)
                .slice("PhilipsActivityScaleFactor", 1.8, 1.8)
                .assertFactor(BW, PetHeader.AFTER_ONE_HOUR);
        header.assertWarned(
                "Philips' factors make one Bq/ml SUV 0.000555556, dose, weight and times make it"
                        + " 0.000277778: more than 1 % apart. Ours was taken.");
        double suv = 1.8 * PetHeader.AFTER_ONE_HOUR;
        header.slice("PhilipsSuvScaleFactor", suv, suv);
        header.apply(Units.of("suvlbm").orElseThrow(), 10000, 10000);
        assertTrue(
                header.trace.warnings().isEmpty(), "compared by body weight, whatever is wanted");
    }

    @Test
    void countsPerSecondAndVoxelNeedACalibration() {
        // voxel of 4 mm: 0.064 ml
        header.with("Units", "CPS")
                .with("DoseCalibrationFactor", "3.2")
                .assertFactor(BW, 3.2 / 0.064 * PetHeader.AFTER_ONE_HOUR);
        header.with("CorrectedImage", "ATTN\\DECY\\DCAL")
                .assertFactor(BW, 1 / 0.064 * PetHeader.AFTER_ONE_HOUR);
        header.with("CorrectedImage", "ATTN\\DECY")
                .without("DoseCalibrationFactor")
                .assertRefused(
                        BW,
                        "no DoseCalibrationFactor (0054,1322), so counts cannot become SUV. Add Bq"
                                + " per count per second to the cohort table, column"
                                + " doseCalibrationFactor.");
    }

    @Test
    void countsOfOtherMakersAreDividedByTheFrame() {
        header.with("Units", "CNTS")
                .with("DoseCalibrationFactor", "3.2")
                .slice("ActualFrameDuration", 300000, 150000)
                .assertFactors(
                        BW,
                        3.2 / 300 / 0.064 * PetHeader.AFTER_ONE_HOUR,
                        3.2 / 150 / 0.064 * PetHeader.AFTER_ONE_HOUR);
        header.without("ActualFrameDuration")
                .assertRefused(
                        BW,
                        "no ActualFrameDuration (0018,1242) in slice 0, so counts cannot become"
                                + " SUV. Restore the tag.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROPCNTS", "PROPCPS", "1CM", "NONE", "UMOLML"})
    void otherUnitsAreRefusedByName(String units) {
        header.with("Units", units)
                .assertRefused(
                        BW,
                        "Units (0054,1001) is "
                                + units
                                + ", which has no way to SUV; needed is BQML, GML, CM2ML, CNTS or"
                                + " CPS. Leave this image out, or give it as NIfTI in SUV with the"
                                + " column quantity.pet.");
    }

    @Test
    void aNegativeSlopeIsRefused() {
        header.slice("RescaleSlope", 1, -1)
                .assertRefused(
                        BW,
                        "RescaleSlope (0028,1053) is negative in 1 of 2 slices, which turns uptake"
                                + " upside down. Export it again.");
    }

    @ParameterizedTest
    @CsvSource({"GML", "CNTS"})
    void correctionsAreRequiredWhateverTheUnits(String units) {
        header.with("Units", units)
                .slice("PhilipsSuvScaleFactor", 1, 1)
                .with("CorrectedImage", "ATTN")
                .assertRefused(
                        BW,
                        "CorrectedImage (0028,0051) is ATTN, without DECY, so its values are not"
                                + " activity. Use the corrected series.");
    }

    @Test
    void anUnknownCorrectionIsSaid() {
        header.without("CorrectedImage").assertFactor(BW, PetHeader.AFTER_ONE_HOUR);
        header.assertWarned(
                "no CorrectedImage (0028,0051), so it is not known whether attenuation was"
                        + " corrected.");
    }

    @Test
    void theUnitAndTheDecayMayComeFromTheTable() {
        header.without("Units", "DecayCorrection")
                .column("petUnits", "BQML")
                .column("decayCorrection", "ADMIN")
                .assertFactor(BW, 70e3 / PetHeader.DOSE);
    }

    @Test
    void uptakeBeyondAllReasonIsWarned() {
        header.apply(BW, 100, 100);
        header.assertWarned(
                "the largest SUVbw is 0.028 g/ml, expected is 0.5 to 1000. Check dose, weight and"
                        + " times.");
        header.apply(BW, 1e7f, 0);
        header.assertWarned(
                "the largest SUVbw is 2777.781 g/ml, expected is 0.5 to 1000. Check dose, weight and"
                        + " times.");
        header.apply(BW, 1e5f, 0);
        assertTrue(header.trace.warnings().isEmpty());
    }

    /** The doses of a whole body fill it with a mean SUV near 1, whatever the tracer. */
    @ParameterizedTest(name = "a body of {0} Bq/ml is warned: {1}")
    @CsvSource({"600, true", "800, false", "3600, false", "20000, false", "23000, true"})
    void aBodyFarFromOneIsWarned(float activity, boolean warned) {
        // most of the field is air; one hot voxel leaves the mean of the body as it is
        float[] stored = new float[400];
        java.util.Arrays.fill(stored, 0, 120, activity);
        stored[0] = 5 * activity;
        header.applyTo(BW, stored);
        double mean = (119 + 5) * activity / 120 * PetHeader.AFTER_ONE_HOUR;
        assertEquals(mean, (double) header.trace.notes().get("pet.bodyMeanSuv"), 1e-5 * mean);
        assertEquals(
                warned,
                header.trace.warnings().stream().anyMatch(w -> w.contains("mean of the body")),
                header.trace.warnings()::toString);
    }

    @Test
    void aFewVoxelsAreNoBody() {
        header.applyTo(BW, 1e5f, 1e5f);
        assertTrue(header.trace.warnings().isEmpty(), header.trace.warnings()::toString);
    }

    @Test
    void aLeanMassBelowNothingMakesNoSuvByWeight() {
        header.with("Units", "GML")
                .with("SUVType", "LBMJAMES128")
                .with("PatientSex", "F")
                .with("PatientSize", "1.6")
                .with("PatientWeight", "200")
                .assertRefused(
                        BW,
                        "SUVType (0054,1006) is LBMJAMES128, and its formula gives this body"
                                + " -17.2 kg, so its values cannot be brought to SUVbw. Use the"
                                + " series in Bq/ml.");
    }

    @Test
    void aWeightThatOnlyTheComparisonNeedsRefusesNothing() {
        header.slice("PhilipsSuvScaleFactor", 1e-3, 1e-3)
                .slice("PhilipsActivityScaleFactor", 2, 2)
                .without("PatientWeight")
                .apply(Units.of("suvibw").orElseThrow(), 1e4f, 1e4f);
        assertTrue(
                header.trace.warnings().get(0).contains("could not be checked"),
                header.trace.warnings()::toString);
    }

    @ParameterizedTest(name = "\"{0}\" is no number")
    @ValueSource(strings = {"70f", "70d", "0x46p0", "NaN", "1e309"})
    void whatOnlyJavaTakesForANumberIsNone(String weight) {
        header.with("PatientWeight", weight);
        DataException e = assertThrows(DataException.class, () -> header.apply(BW, 1, 1));
        assertTrue(
                e.getMessage().contains("PatientWeight (0010,1030) is not a number"),
                e.getMessage());
    }

    @Test
    void factorsBySliceAreWrittenDown() {
        header.with("DecayCorrection", "NONE").with("CorrectedImage", "ATTN");
        header.acquired(20250101, 11, 11.5).apply(BW, 1e4f, 1e4f);
        Numbers factors = (Numbers) header.trace.notes().get("pet.suvPerBqMlBySlice");
        assertEquals(Math.exp(PetHeader.LAMBDA * 1800), factors.get(1) / factors.get(0), 1e-12);
    }

    private PetHeader counts() {
        return header.with("Units", "CNTS").with("Manufacturer", PHILIPS);
    }
}
