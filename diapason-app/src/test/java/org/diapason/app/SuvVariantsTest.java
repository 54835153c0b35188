package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.diapason.steps.units.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Series as scanners and anonymisers write them, from bytes to SUV 0.20, 1.00 and 4.00. What one
 * stored number is worth is the closed form of the IBSI-SUV manual, typed beside each.
 */
class SuvVariantsTest {
    private static final double D = PetObject.DOSE;
    private static final double L = PetObject.LAMBDA;
    private static final double START = 70e3 / (D * Math.exp(-L * 3600));
    private static final String HEADER = "ID,SUVmin_expected,SUVmed_expected,SUVmax_expected\n";

    @TempDir Path folder;

    /** Activity before decay correction, of a frame of 300 s that began so long after injection. */
    private static double uncorrected(double seconds) {
        return 70e3 / D * Math.exp(L * seconds) * L * 300 / (1 - Math.exp(-L * 300));
    }

    private static PetObject dro(String name, double worth) {
        return new PetObject("DRO_" + name).worth(worth);
    }

    private static PetObject counts(String name, double worth) {
        return dro(name, worth)
                .with("Units", "CNTS", "Manufacturer", "Philips Medical Systems")
                .with("PhilipsPetCreator", "Philips PET Private Group");
    }

    static Stream<PetObject> variants() {
        String activity = String.valueOf(1.8);
        String suv = "0.0005";
        return Stream.of(
                dro("start", START),
                dro("admin", 70e3 / D).with("DecayCorrection", "ADMIN"),
                new PetObject("DRO_none")
                        .worth(uncorrected(3600), uncorrected(3900), uncorrected(4200))
                        .with("DecayCorrection", "NONE", "CorrectedImage", "ATTN\\SCAT")
                        .each("AcquisitionTime", "110000", "110500", "111000"),
                dro("bed_positions", START).each("AcquisitionTime", "110000", "110500", "111000"),
                dro("series_time_late", START).with("SeriesTime", "113000"),
                dro("ge_scan_time", START)
                        .with("Manufacturer", "GE MEDICAL SYSTEMS", "GEPetCreator", "GEMS_PETD_01")
                        .with("SeriesTime", "120000", "AcquisitionTime", "111500")
                        .with("GEScanDateTime", "20250101110000.00"),
                dro("ge_injection", START)
                        .with(
                                "GEPetCreator",
                                "GEMS_PETD_01",
                                "RadiopharmaceuticalStartDateTime",
                                "")
                        .with("GEAdministrationDateTime", "20250101100000.00"),
                dro("midnight_datetime", START)
                        .with("RadiopharmaceuticalStartDateTime", "20241231233000")
                        .with("SeriesTime", "003000", "AcquisitionTime", "003000"),
                dro("midnight_time", START)
                        .with("RadiopharmaceuticalStartDateTime", "")
                        .with("RadiopharmaceuticalStartTime", "233000")
                        .with("SeriesTime", "003000", "AcquisitionTime", "003000"),
                dro("midnight_in_scan", START)
                        .with("RadiopharmaceuticalStartDateTime", "20250101225800")
                        .with("SeriesTime", "235800", "AcquisitionTime", "235800")
                        .each("AcquisitionTime", "235800", "000300", "000800")
                        .each("AcquisitionDate", "20250101", "20250102", "20250102"),
                dro("beds_without_dates", START)
                        .with("SeriesDate", "", "AcquisitionDate", "", "SeriesTime", "235800")
                        .with("RadiopharmaceuticalStartDateTime", "")
                        .with("RadiopharmaceuticalStartTime", "225800")
                        .each("AcquisitionTime", "235800", "000300", "000800"),
                dro("beds_without_their_date", START)
                        .with("AcquisitionDate", "")
                        .each("AcquisitionTime", "110000", "110500", "111000"),
                dro("days", 70e3 / (D * Math.exp(-Math.log(2) / 282280 * 262800)))
                        .with("RadionuclideHalfLife", "282280")
                        .with("RadiopharmaceuticalStartDateTime", "20241229100000"),
                dro("gml_ibw_sex_o", 70 / 69.405).with("Units", "GML", "SUVType", "IBW"),
                dro("gml_lbm_sex_o", 70 / 54.51).with("Units", "GML", "SUVType", "LBM"),
                dro("gml_janma_f", 70e3 / 45197.014925373136)
                        .with("Units", "GML", "SUVType", "LBMJANMA", "PatientSex", "F"),
                dro("gml_without_type", 1).with("Units", "GML"),
                dro("cm2ml_without_type", 70e3 / 18481.430181213465).with("Units", "CM2ML"),
                counts("cnts_suv", 0.0005).with("PhilipsSuvScaleFactor", suv),
                counts("cnts_activity", 1.8 * START).with("PhilipsActivityScaleFactor", activity),
                counts("cnts_both", 0.0005)
                        .with("PhilipsSuvScaleFactor", suv)
                        .with("PhilipsActivityScaleFactor", "1.8000002"),
                counts("cnts_suv_zero", 1.8 * START)
                        .with("PhilipsSuvScaleFactor", "0.0")
                        .with("PhilipsActivityScaleFactor", activity),
                counts("cnts_other_block", 0.0005).with("PhilipsSuvScaleFactor", suv).inBlock(0x12),
                counts("cnts_creator_lost", 0.0005)
                        .with("PhilipsSuvScaleFactor", suv, "PhilipsPetCreator", ""),
                dro("cps", 3.2 / 0.064 * START)
                        .with("Units", "CPS", "DoseCalibrationFactor", "3.2"),
                dro("units_of_people", START)
                        .with("RadionuclideTotalDose", "368.08", "PatientWeight", "70000"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("variants")
    void everyVariantGivesTheThreeValues(PetObject object) throws IOException {
        object.write(folder);
        Files.writeString(
                folder.resolve("expected.csv"), HEADER + object.id() + ",0.2000,1.0000,4.0000\n");
        SuvObjects found = SuvObjects.check(folder, Units.of("suvbw").orElseThrow());
        assertEquals(1, found.objects().size());
        assertTrue(found.pass(), found::toString);
        assertTrue(!found.objects().get(0).cut(), "to four decimals");
    }

    @Test
    void aStrangersPrivateAttributeIsNotPhilips() throws IOException {
        counts("stranger", 1)
                .with("PhilipsSuvScaleFactor", "0.0005", "PhilipsPetCreator", "SOMEONE ELSE")
                .write(folder);
        Files.writeString(folder.resolve("expected.csv"), HEADER + "DRO_stranger,0.20,1.00,4.00\n");
        Cli.Said said = Cli.run("suv-verify", folder);
        assertEquals(1, said.code());
        assertTrue(said.out().contains("no SUV scale factor (7053,xx00) nor"), said.out());
    }

    @Test
    void aTableOfWhatFailedAndWhyStandsInTheOutput() throws IOException {
        dro("good", START).write(folder);
        dro("wrong", START * 1.02).write(folder);
        dro("refused", START).with("Units", "PROPCPS").write(folder);
        dro("unexpected", START).write(folder);
        Files.writeString(
                folder.resolve("expected.csv"),
                HEADER
                        + "DRO_absent,0.20,1.00,4.00\n"
                        + "DRO_good,0.20,1.00,4.00\n"
                        + "DRO_refused,0.20,1.00,4.00\n"
                        + "DRO_wrong,0.20,1.00,4.00\n");
        Cli.Said said = Cli.run("suv-verify", folder);
        assertEquals(1, said.code());
        List<String> lines = said.out().lines().toList();
        assertEquals("object          least          median          largest", lines.get(0));
        assertEquals(
                "DRO_absent      0.20   -       1.00    -       4.00     -       MISS: DRO_absent:"
                        + " there is no folder of this name.",
                lines.get(1));
        assertEquals(
                "DRO_good        0.20   0.2000  1.00    1.0000  4.00     4.0000  pass",
                lines.get(2));
        assertTrue(
                lines.get(3).contains("MISS: exam DRO_refused, image pet: Units (0054,1001) is"),
                lines.get(3));
        assertEquals(
                "DRO_unexpected  -      -       -       -       -        -       MISS:"
                        + " DRO_unexpected: has no line in expected.csv.",
                lines.get(4));
        assertEquals(
                "DRO_wrong       0.20   0.1961  1.00    0.9804  4.00     3.9216  MISS",
                lines.get(5));
        assertEquals("1 of 5 pass", lines.get(6));
    }

    @Test
    void nothingComparedIsAMissAndNoTableAnError() throws IOException {
        Files.writeString(folder.resolve("expected.csv"), HEADER);
        Cli.Said said = Cli.run("suv-verify", folder, "--json", "-");
        assertEquals(1, said.code());
        assertTrue(said.out().contains("\"compared\": 0"), said.out());
        assertEquals(
                "nothing was compared: expected.csv has no line",
                Cli.run("suv-verify", folder).out().lines().toList().get(1));
        Files.delete(folder.resolve("expected.csv"));
        assertEquals(1, Cli.run("suv-verify", folder).code());
    }
}
