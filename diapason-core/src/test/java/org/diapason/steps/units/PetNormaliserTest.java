package org.diapason.steps.units;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.diapason.volume.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SUV by every normaliser; the masses are typed in from their formulas for 70 kg and 175 cm. */
class PetNormaliserTest {
    private final PetHeader header = new PetHeader();

    private static Units units(String word) {
        return Units.of(word).orElseThrow();
    }

    @ParameterizedTest(name = "{0}, sex {1}: normaliser {2} g (or cm²)")
    @CsvSource({
        "suvbw, O, 70000",
        // (70/175)² = 0.16; 1.10 · 70 − 120 · 0.16, 1.07 · 70 − 148 · 0.16, their mean
        "suvlbm, M, 57800",
        "suvlbm, F, 51220",
        "suvlbm, O, 54510",
        // 1.10 · 70 − 128 · 0.16
        "suvlbm-james, M, 56520",
        "suvlbm-james, F, 51220",
        "suvlbm-james, O, 53870",
        // python3 -c "b=70/1.75**2; print(9270e3*70/(6680+216*b), 9270e3*70/(8780+244*b))"
        "suvlbm-janma, M, 55857.10772257747",
        "suvlbm-janma, F, 45197.014925373136",
        "suvlbm-janma, O, 50527.0613239753",
        // 48 + 1.06 · 23, 45.5 + 0.91 · 23
        "suvibw, M, 72380",
        "suvibw, F, 66430",
        "suvibw, O, 69405",
        // python3 -c "print(0.007184*175**0.725*70**0.425*1e4)"
        "suvbsa, O, 18481.430181213465"
    })
    void everyNormaliserIsItsFormula(String word, String sex, double normaliser) {
        header.with("PatientSex", sex)
                .assertFactor(units(word), PetHeader.AFTER_ONE_HOUR * normaliser / 70e3);
    }

    @ParameterizedTest
    @CsvSource({
        "suvbw, SUVbw, g/ml",
        "suvlbm, SUVlbm, g/ml",
        "suvlbm-james, SUVlbm-james, g/ml",
        "suvlbm-janma, SUVlbm-janma, g/ml",
        "suvbsa, SUVbsa, cm2/ml",
        "suvibw, SUVibw, g/ml"
    })
    void theQuantityIsNamedByItsNormaliser(String word, String label, String unit) {
        Quantity quantity = header.apply(units(word), 1, 1).quantity();
        assertEquals(Quantity.of(label), quantity);
        assertEquals(unit, quantity.unit());
        assertTrue(quantity.physical());
    }

    @ParameterizedTest(name = "{0} of sex {1} at BMI {2}: refused {3}")
    @CsvSource({
        // d(LBM)/dW = 0 at BMI 10⁴ · 1.10/240 = 45.83, 10⁴ · 1.10/256 = 42.97, 10⁴ · 1.07/296 =
        // 36.15
        "suvlbm, M, 45.8, ''",
        "suvlbm, M, 45.9, 45.8",
        "suvlbm-james, M, 42.9, ''",
        "suvlbm-james, M, 43.0, 43.0",
        "suvlbm, F, 36.1, ''",
        "suvlbm, F, 36.2, 36.1",
        "suvlbm-james, F, 36.2, 36.1",
        "suvlbm, O, 36.2, 36.1",
        "suvlbm-janma, F, 90, ''",
        "suvbw, F, 90, ''"
    })
    void leanMassThatFallsWithWeightIsRefused(String word, String sex, double bmi, String limit) {
        header.with("PatientSex", sex)
                .with("PatientSize", "1.6")
                .with("PatientWeight", String.valueOf(bmi * 1.6 * 1.6));
        if (limit.isEmpty()) {
            header.apply(units(word), 1, 1);
            return;
        }
        header.assertRefused(
                units(word),
                "the body-mass index is "
                        + bmi
                        + " kg/m², and above "
                        + limit
                        + " the lean body mass of James' formula falls with weight. Use"
                        + " suvlbm-janma (Janmahasatian), which does not.");
    }

    @Test
    void anIdealWeightBelowNothingIsRefused() {
        header.with("PatientSize", "1.02")
                .assertRefused(
                        units("suvibw"),
                        "a height of 102 cm is below what the formula of SUVibw was made for. Use"
                                + " suvbw.");
    }

    @Test
    void heightAndSexAreAskedForOnlyWhereTheyAreNeeded() {
        header.without("PatientSize", "PatientSex");
        header.assertFactor(units("suvbw"), PetHeader.AFTER_ONE_HOUR);
        header.assertRefused(
                units("suvbsa"),
                "no PatientSize (0010,1020), so SUV cannot be computed. Add the height in m to the"
                        + " cohort table, column heightM.");
        header.with("PatientSize", "1.75");
        header.apply(units("suvbsa"), 1, 1);
        header.assertRefused(
                units("suvlbm"),
                "no PatientSex (0010,0040), so SUV cannot be computed. Add the sex (M, F or O) to the"
                        + " cohort table, column sex.");
        header.column("sex", "f")
                .assertFactor(units("suvlbm"), PetHeader.AFTER_ONE_HOUR * 51220 / 70e3);
        header.column("sex", "female")
                .assertFailed(
                        units("suvlbm"),
                        "PatientSex (0010,0040) or column sex is not M, F or O: found 6 characters that"
                                + " are not shown.");
    }

    @Test
    void aHeightInCentimetresIsTakenAndSaid() {
        header.with("PatientSize", "175")
                .assertFactor(units("suvlbm"), PetHeader.AFTER_ONE_HOUR * 54510 / 70e3);
        header.assertWarned("the height is 175 m, more than anyone measures; it was taken as cm.");
        header.with("PatientSize", "1750")
                .assertFailed(
                        units("suvlbm"),
                        "the height is 1750.000 m, which nobody has, nor is it a height in cm."
                                + " Correct PatientSize (0010,1020) or column heightM.");
        assertThrows(
                RuntimeException.class,
                () -> header.with("PatientSize", "0.2").apply(units("suvlbm"), 1, 1));
    }

    @Test
    void wordsOfTheCommandLineNameWhatImagesBecome() {
        assertEquals(Optional.empty(), Units.of("raw"));
        assertEquals(new Units("*"), units("AUTO"));
        assertEquals(Units.Target.SUVLBM_JANMA, units("suvlbm-janma").quantity());
        assertEquals(
                "quantity \"suv\" is not known; known are raw, auto, hu, suvbw, suvlbm,"
                        + " suvlbm-james, suvlbm-janma, suvbsa, suvibw.",
                assertThrows(IllegalArgumentException.class, () -> Units.of("suv")).getMessage());
    }

    @Test
    void anImageThatCannotBecomeWhatWasAskedForIsRefused() {
        header.assertRefused(
                units("hu"),
                "a PET image cannot become hu. Give units a pattern that leaves it out (image), or"
                        + " another quantity.");
        header.with("Modality", "CT")
                .assertRefused(
                        units("suvbw"),
                        "a CT image cannot become suvbw. Give units a pattern that leaves it out"
                                + " (image), or another quantity.");
        header.with("Modality", "MR")
                .assertRefused(
                        units("hu"),
                        "an MR image cannot become hu. Give units a pattern that leaves it out"
                                + " (image), or another quantity.");
    }
}
