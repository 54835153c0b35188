package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.io.Images;
import org.diapason.io.table.Csv;
import org.diapason.step.Trace;
import org.diapason.steps.units.Units;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The digital reference objects of the IBSI SUV effort: SUV 0.20, 1.00 and 4.00 in each. */
class SuvObjectsTest {

    private static Path data() {
        Path dro = Path.of(System.getProperty("diapason.data", "../../shared/data"), "suv/dro");
        Assumptions.assumeTrue(Files.isDirectory(dro), "suv/dro is not in the data folder");
        return dro;
    }

    private static Exam suv(String object) {
        Path scan = data().resolve(object).resolve("PT");
        Exam exam = Exam.of(object, Map.of("pet", Images.read(scan)), Map.of(), Map.of());
        return new Units("*").apply(exam, new Trace());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DRO_0_0", "DRO_1_0", "DRO_2_0", "DRO_2_1", "DRO_2_4", "DRO_3_0", "DRO_3_1",
                "DRO_4_0", "DRO_4_1", "DRO_5_0"
            })
    void theThreeValuesOfAnObjectAreTheExpectedOnes(String object) {
        SortedMap<String, Integer> found = histogram(object);
        // pydicom 2.3.1: v = np.stack([d.pixel_array * float(d.RescaleSlope) for d in slices]);
        // np.unique(np.round(4 * v / v.max(), 2), return_counts=True)
        assertEquals(counts(expected(object), 515, 202172, 515, 1107518), found);
    }

    @Test
    void withoutDecayCorrectionBothBedPositionsMeet() {
        // the same call, slice by slice: the object is drawn larger in this one
        assertEquals(counts(expected("DRO_3_4"), 515, 213461, 515, 1096229), histogram("DRO_3_4"));
    }

    @Test
    void theObjectInCm2HoldsWholeStepsOnlyAndEachIsTheTruthCutDown() {
        // d.pixel_array holds 5, 26 and 105 at slope 0.01 where 5.28, 26.40 and 105.61 are meant:
        // 100 · SUV · 18481.43 cm²/70000 g. No factor takes 5 to 0.20 and 105 to 4.00.
        assertEquals(
                counts(List.of("0.19", "0.98", "3.98"), 515, 202172, 515, 1107518),
                histogram("DRO_2_3"));
        double step = 0.01 * 70000 / 18481.430181213465;
        List<String> expected = expected("DRO_2_3");
        assertEquals(5, Math.floor(Double.parseDouble(expected.get(0)) / step));
        assertEquals(26, Math.floor(Double.parseDouble(expected.get(1)) / step));
        assertEquals(105, Math.floor(Double.parseDouble(expected.get(2)) / step));
    }

    private static Map<String, Integer> counts(
            List<String> values, int least, int median, int largest, int zero) {
        return new TreeMap<>(
                Map.of(
                        "0.00",
                        zero,
                        values.get(0),
                        least,
                        values.get(1),
                        median,
                        values.get(2),
                        largest));
    }

    private static SortedMap<String, Integer> histogram(String object) {
        Volume pet = suv(object).image("pet").volume();
        assertEquals(Quantity.SUV_BW, pet.quantity());
        SortedMap<String, Integer> counts = new TreeMap<>();
        for (float v : pet.values()) {
            counts.merge(Numbers.fixed(v, 2), 1, Integer::sum);
        }
        return counts;
    }

    private static List<String> expected(String object) {
        Csv csv = Csv.read(data().resolve("expected.csv"));
        Csv.Row row =
                csv.rows().stream()
                        .filter(r -> csv.text(r, "ID").equals(object))
                        .findFirst()
                        .orElseThrow();
        return List.of(
                csv.text(row, "SUVmin_expected"),
                csv.text(row, "SUVmed_expected"),
                csv.text(row, "SUVmax_expected"));
    }

    @Test
    void everyObjectIsVerifiedByTheCommand(@TempDir Path folder) throws IOException {
        Path json = folder.resolve("suv.json");
        Cli.Said said = Cli.run("suv-verify", data(), "--json", json);
        assertEquals(0, said.code(), said.out());
        assertTrue(said.out().endsWith("12 of 12 pass\n"), said.out());
        assertTrue(Files.readString(json).contains("\"passed\": 12"), Files.readString(json));
    }

    @Test
    void everyObjectIsNamedAbove() {
        assertEquals(12, Csv.read(data().resolve("expected.csv")).rows().size());
    }

    @Test
    void anObjectExpectedTwiceIsRefused(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("expected.csv"),
                """
                ID,SUVmin_expected,SUVmed_expected,SUVmax_expected
                DRO_1,0.20,1.00,4.00
                DRO_1,0.30,1.00,4.00
                """);
        assertEquals(
                "expected.csv: has two lines for DRO_1, one is expected. Remove one.",
                assertThrows(
                                DataException.class,
                                () -> SuvObjects.check(folder, Units.of("suvbw").orElseThrow()))
                        .getMessage());
    }
}
