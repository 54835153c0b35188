package org.diapason.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.table.Tables;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.api.Test;

class ConfoundersTest {
    private static final List<String> KERNEL = texts("A A A A A A B B B B B B B B B C C C C C");
    private static final List<String> THICKNESS = texts("5 5 5 4 4 3 3 3 3 3 2 2 2 1 1 1 1 1 1 1");

    /** Eight cases, then twelve controls. */
    private static FeatureTable table() {
        SortedMap<String, List<String>> columns = new TreeMap<>();
        columns.put("disease", texts("case ".repeat(8) + "base ".repeat(12)));
        columns.put("kernel", KERNEL);
        columns.put("thickness", THICKNESS);
        columns.put("scanner", texts("X ".repeat(8) + "Y ".repeat(12)));
        columns.put("room", texts("1 ".repeat(20)));
        columns.put("serial", texts("a b c d e f g h i j k l m n o p q r s t"));
        double[][] values = new double[1][20];
        return Tables.table(List.of("f"), values, columns);
    }

    /**
     * R: {@code sqrt(chisq.test(table(d, k), correct = FALSE)$statistic / 20)}, {@code m <-
     * summary(lm(d ~ k)); 1 / (1 - m$r.squared)} and its F test; the same of thickness.
     */
    @Test
    void strengthInflationAndPAgreeWithR() {
        Confounders.Column kernel = column("kernel");
        assertEquals(0.822147143719375, kernel.strength(), 1e-13);
        assertEquals(3.08571428571429, kernel.inflation(), 1e-12);
        assertEquals(6.92590380610608e-05, kernel.p(), 1e-15);
        Confounders.Column thickness = column("thickness");
        assertEquals(0.827390285521098, thickness.strength(), 1e-13);
        assertEquals(3.17032258064516, thickness.inflation(), 1e-12);
    }

    @Test
    void oneSidedLevelsAndTheirExamsAreNamed() {
        Confounders.Column kernel = column("kernel");
        assertEquals(List.of("A: 6 × case", "C: 5 × base"), kernel.oneSided());
        assertEquals(11, kernel.outside().size());
        assertEquals("P1000", kernel.outside().get(0));
        assertEquals(
                "kernel goes along with disease (Cramér's V 0.82, variance inflation 3.1);"
                        + " one-sided: A: 6 × case, C: 5 × base.",
                kernel.words("disease"));
    }

    /** Cases have 3 to 5 mm, the others 1 to 3: five exams have 3. */
    @Test
    void theSharedRangeOfANumberIsCounted() {
        assertEquals(0.25, column("thickness").overlap());
        assertEquals(15, column("thickness").outside().size());
        assertTrue(
                column("thickness")
                        .words("disease")
                        .endsWith("only 25 % of the exams lie where both levels have exams."));
    }

    @Test
    void whatIsBiologyUnderAnotherNameIsInseparableAndComesFirst() {
        Confounders found = Confounders.of(table(), "disease", name -> true);
        assertEquals("scanner", found.columns().get(0).name());
        assertTrue(found.columns().get(0).inseparable());
        assertFalse(column("kernel").inseparable());
    }

    @Test
    void aSingleValueAndASerialNumberArePassedOver() {
        Confounders found = Confounders.of(table(), "disease", name -> true);
        assertEquals(
                List.of("scanner", "thickness", "kernel"),
                found.columns().stream().map(Confounders.Column::name).toList());
    }

    private static Confounders.Column column(String name) {
        return Confounders.of(table(), "disease", name::equals).columns().get(0);
    }

    private static List<String> texts(String words) {
        return List.of(words.trim().split(" "));
    }
}
