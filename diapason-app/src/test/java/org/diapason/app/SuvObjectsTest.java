package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.diapason.volume.Exam;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
            strings = {"DRO_0_0", "DRO_1_0", "DRO_3_0", "DRO_3_1", "DRO_4_0", "DRO_4_1", "DRO_5_0"})
    void theThreeValuesOfAnObjectAreTheExpectedOnes(String object) {
        Volume pet = suv(object).image("pet").volume();
        assertEquals(Quantity.SUV_BW, pet.quantity());
        SortedMap<String, Integer> counts = new TreeMap<>();
        for (float v : pet.values()) {
            counts.merge(Numbers.fixed(v, 2), 1, Integer::sum);
        }
        // pydicom 2.3.1: v = np.stack([d.pixel_array * float(d.RescaleSlope) for d in slices]);
        // np.unique(np.round(4 * v / v.max(), 2), return_counts=True)
        Map<String, Integer> expected = new TreeMap<>(Map.of("0.00", 1107518));
        List<String> values = expected(object);
        for (int n = 0; n < 3; n++) {
            expected.put(values.get(n), new int[] {515, 202172, 515}[n]);
        }
        assertEquals(expected, counts);
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

    @ParameterizedTest
    @CsvSource({
        "DRO_2_0, 'Units (0054,1001) is GML, not supported yet; needed is BQML.'",
        "DRO_2_1, 'Units (0054,1001) is GML, not supported yet; needed is BQML.'",
        "DRO_2_3, 'Units (0054,1001) is CM2ML, not supported yet; needed is BQML.'",
        "DRO_2_4, 'Units (0054,1001) is CNTS, not supported yet; needed is BQML.'",
        "DRO_3_4, 'DecayCorrection (0054,1102) is NONE, not supported yet; needed is START or ADMIN.'"
    })
    void whatIsNotSupportedYetIsRefusedByName(String object, String reason) {
        data();
        String message = assertThrows(RefusedException.class, () -> suv(object)).getMessage();
        assertTrue(message.startsWith("exam " + object + ", image pet: " + reason), message);
    }

    @Test
    void everyObjectIsEitherReadOrRefusedAbove() {
        assertEquals(12, Csv.read(data().resolve("expected.csv")).rows().size());
    }
}
