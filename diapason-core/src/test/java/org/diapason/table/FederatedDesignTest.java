package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.diapason.math.Rng;
import org.diapason.step.Fold;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.api.Test;

/** What one hospital cannot know, the merge does as ComBat of the pooled table does. */
class FederatedDesignTest {
    private static final int ROWS = 120;

    /** Sites A and B in turn; every column as text, from the row. */
    private static FeatureTable table(String[] columns, String[]... cells) {
        Rng rng = new Rng(12);
        double[][] rows = new double[ROWS][];
        List<SortedMap<String, String>> covariates = new ArrayList<>();
        for (int r = 0; r < ROWS; r++) {
            SortedMap<String, String> c = new TreeMap<>();
            c.put("site", r % 2 == 0 ? "A" : "B");
            for (int k = 0; k < columns.length; k++) {
                c.put(columns[k], cells[r % cells.length][k]);
            }
            covariates.add(c);
            rows[r] = new double[5];
            for (int f = 0; f < 5; f++) {
                rows[r][f] = 3 * (r % 2) + (r % 3) + (1 + r % 2) * rng.nextGaussian();
            }
        }
        List<String> exams = IntStream.range(0, ROWS).mapToObj(r -> "P" + r).toList();
        List<String> names = List.of("a", "b", "c", "d", "e");
        return FeatureTable.of(
                names, exams, exams.stream().map(e -> "").toList(), rows, covariates);
    }

    private static FeatureTable of(FeatureTable all, int site) {
        return all.rows(IntStream.range(0, ROWS).filter(r -> r % 2 == site).toArray());
    }

    private static void assertPooled(ComBat settings, FeatureTable all, List<String> warnings) {
        assertPooled(settings, all, settings, all, warnings);
    }

    /** Merges sums, with levels agreed on from {@code seen}, and compares with the pooled fit. */
    private static void assertPooled(
            ComBat settings,
            FeatureTable all,
            ComBat chosen,
            FeatureTable seen,
            List<String> warnings) {
        Optional<FederatedLevels> levels =
                Optional.of(
                        FederatedLevels.merge(
                                List.of("x", "y"),
                                List.of(
                                        FederatedLevels.of(settings, of(seen, 0), 5),
                                        FederatedLevels.of(settings, of(seen, 1), 5))));
        List<FederatedSums> parts =
                List.of(
                        FederatedSums.of(settings, of(all, 0), levels, 5),
                        FederatedSums.of(settings, of(all, 1), levels, 5));
        Trace trace = new Trace();
        ComBatModel merged = FederatedSums.merge(List.of("x", "y"), parts, chosen, false, trace);
        assertEquals(warnings, trace.warnings());
        ComBatModel pooled =
                (ComBatModel) Fold.learn(List.of(chosen), Fold.rows(all), new Trace()).get(0);
        assertEquals(pooled.settings(), merged.settings());
        assertEquals(pooled.design().names(), merged.design().names());
        FeatureTable expected = pooled.apply(all, new Trace());
        FeatureTable found = merged.apply(all, new Trace());
        for (int r = 0; r < ROWS; r++) {
            for (int f = 0; f < 5; f++) {
                assertEquals(expected.row(r)[f], found.row(r)[f], 1e-10);
            }
        }
    }

    @Test
    void aColumnOfOneValueHasNoEffectAndTheMergeSaysSo() {
        String[][] cells = {
            {"40", "3", "F"}, {"51", "3", "F"}, {"62", "3", "M"}, {"44", "3", "M"}, {"59", "3", "F"}
        };
        FeatureTable all = table(new String[] {"age", "dose", "sex"}, cells);
        List<String> warning =
                List.of("protected column dose is the same in every exam and has no effect.");
        ComBat plain = ComBat.of("site", List.of("dose", "age", "sex", "dose:sex", "dose:age"));
        assertPooled(plain, all, warning);
        assertPooled(ComBat.of("site", List.of("sex", "s(dose,4)", "age")), all, warning);
    }

    /** C, and then A, the first, were agreed on and are in no row that is summed. */
    @Test
    void aLevelThatIsInNoSumIsNoLevel() {
        String[] columns = {"age", "dx"};
        String[][] three = {
            {"40", "B"},
            {"51", "A"},
            {"62", "C"},
            {"44", "B"},
            {"59", "A"},
            {"48", "C"},
            {"66", "C"}
        };
        ComBat settings = ComBat.of("site", List.of("age", "dx", "age:dx"));
        for (String gone : List.of("C", "A")) {
            String[][] two = new String[three.length][];
            for (int n = 0; n < two.length; n++) {
                String now = gone.equals("C") ? "A" : "B";
                two[n] = new String[] {three[n][0], three[n][1].replace(gone, now)};
            }
            assertPooled(settings, table(columns, two), settings, table(columns, three), List.of());
        }
    }

    @Test
    void smoothnessIsChosenAtTheMerge() {
        String[][] cells = new String[31][];
        for (int n = 0; n < cells.length; n++) {
            cells[n] = new String[] {"" + (40 + n)};
        }
        FeatureTable all = table(new String[] {"age"}, cells);
        ComBat settings = ComBat.of("site", List.of("s(age,5)"));
        assertPooled(settings, all, settings.by(ComBat.Smoothing.GCV), all, List.of());
    }

    @Test
    void medianAndOtherSettingsAreRefused() {
        FeatureTable all = table(new String[] {"age"}, new String[][] {{"40"}, {"50"}, {"55"}});
        ComBat age = ComBat.of("site", List.of("age"));
        List<FederatedSums> parts = List.of(FederatedSums.of(age, all, Optional.empty(), 5));
        assertEquals(
                "sums of hospitals take method, mean-only, reference, min-scale-exams, original-stop"
                        + " and smoothing; other settings, such as location-scale, need rows, and"
                        + " sums have none. Leave them out.",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        FederatedSums.merge(
                                                List.of("x"),
                                                parts,
                                                age.by(ComBat.LocationScale.ROBUST),
                                                false,
                                                new Trace()))
                        .getMessage());
        assertEquals(
                "batch, protect and features of a merge are those of the sums: site; age; *",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        FederatedSums.merge(
                                                List.of("x"),
                                                parts,
                                                age.protecting(List.of()),
                                                false,
                                                new Trace()))
                        .getMessage());
    }
}
