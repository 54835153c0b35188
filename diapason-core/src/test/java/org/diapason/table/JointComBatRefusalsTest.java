package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;

/** What several batch variables at once are refused for, by name. */
class JointComBatRefusalsTest {
    private static final List<String> BOTH = List.of("site", "scanner");

    private static FeatureTable crossed(long seed, int features, int each) {
        return JointComBatTest.crossed(seed, features, each);
    }

    private static JointComBatModel fit(JointComBat settings, FeatureTable table, Trace trace) {
        return JointComBatTest.fit(settings, table, trace);
    }

    private static String refusal(JointComBat settings, FeatureTable table) {
        return assertThrows(RefusedException.class, () -> fit(settings, table, new Trace()))
                .getMessage();
    }

    @Test
    void anUnknownLevelIsRefusedByName() {
        FeatureTable table = crossed(38, 3, 15);
        JointComBatModel model = fit(JointComBat.of(BOTH, List.of()), table, new Trace());
        FeatureTable odd = Tables.relabel(table.rows(4), "scanner", r -> "next");
        RefusedException e =
                assertThrows(RefusedException.class, () -> model.apply(odd, new Trace()));
        assertEquals(
                "exam P1004: scanner \"next\" was not in the fit (it knows new, old). Correct it,"
                        + " leave this exam out, or fit anew with exams of it.",
                e.getMessage());
    }

    @Test
    void aScannerWithinASiteIsRefusedByNameOfTheLevels() {
        FeatureTable table = Tables.random(39, 3, 3, 6);
        FeatureTable nested =
                Tables.relabel(
                        table, "scanner", r -> table.covariate(r, "site") + (r % 2 == 0 ? 1 : 2));
        String said =
                "scanner lies within site (site A with scanner A1, A2; site B with scanner B1, B2;"
                        + " site C with scanner C1, C2), so their effects cannot be told apart."
                        + " Nested: use only the finer one, scanner.";
        assertEquals(said, refusal(JointComBat.of(BOTH, List.of()), nested));
        assertEquals(said, refusal(JointComBat.of(List.of("scanner", "site"), List.of()), nested));
    }

    @Test
    void variablesThatSayTheSameOrShareNoExamAreRefused() {
        FeatureTable table = Tables.random(40, 3, 4, 6);
        assertEquals(
                "site and scanner say the same (site A with scanner a; site B with scanner b; site"
                        + " C with scanner c; and more), so their effects cannot be told apart."
                        + " Leave one of them out.",
                refusal(
                        JointComBat.of(BOTH, List.of()),
                        Tables.relabel(
                                table, "scanner", r -> table.covariate(r, "site").toLowerCase())));
        assertEquals(
                "the effects of site and scanner cannot be told apart: no exam connects site A, B"
                        + " with scanner 0, 1; site C, D with scanner 2, 3. Collect exams that do,"
                        + " or use only the finer one.",
                refusal(
                        JointComBat.of(BOTH, List.of()),
                        Tables.relabel(
                                table, "scanner", r -> String.valueOf(r % 4 / 2 * 2 + r / 4 % 2))));
    }

    @Test
    void aThirdVariableThatIsASumOfTheOthersIsRefused() {
        // Kernel k0, k1, k2 is the number of "B" and "y": 0, 1 or 2.
        FeatureTable site = Tables.random(41, 3, 2, 12);
        FeatureTable two = Tables.relabel(site, "scanner", r -> r / 2 % 2 == 0 ? "x" : "y");
        FeatureTable three = Tables.relabel(two, "kernel", r -> "k" + (r % 2 + r / 2 % 2));
        assertEquals(
                "the effects of site and scanner and kernel cannot be told apart: of their 5"
                        + " independent levels these exams determine 4, since some level of one is a"
                        + " sum of levels of the others. Leave one of them out, or collect exams of"
                        + " other combinations.",
                refusal(JointComBat.of(List.of("site", "scanner", "kernel"), List.of()), three));
    }

    @Test
    void biologyThatIsOneOfTheVariablesIsRefused() {
        FeatureTable table = crossed(43, 3, 15);
        FeatureTable confounded =
                Tables.relabel(
                        table,
                        "disease",
                        r -> table.covariate(r, "scanner").equals("new") ? "yes" : "no");
        assertEquals(
                "disease and scanner cannot be told apart: no exam with disease=no in new; no exam"
                        + " with disease=yes in old. Removing scanner would remove disease. Collect"
                        + " exams for what is missing, or use travelling subjects.",
                refusal(JointComBat.of(BOTH, List.of("disease")), confounded));
    }

    @Test
    void aMissingLevelIsRefusedByNameOfItsColumn() {
        FeatureTable table =
                Tables.relabel(crossed(44, 3, 15), "scanner", r -> r == 7 ? "" : "a" + r % 2);
        assertEquals(
                "exam P1007: column scanner is missing, so its batch is unknown. Fill it in or leave"
                        + " this exam out.",
                refusal(JointComBat.of(BOTH, List.of()), table));
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        for (List<String> wrong :
                List.of(List.<String>of(), List.of("site", "site"), List.of(""))) {
            assertThrows(IllegalArgumentException.class, () -> JointComBat.of(wrong, List.of()));
        }
        assertThrows(
                IllegalArgumentException.class, () -> JointComBat.of(BOTH, List.of("scanner")));
    }
}
