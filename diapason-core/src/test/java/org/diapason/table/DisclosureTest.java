package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.diapason.math.Rng;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.api.Test;

/** What an attacker who knows every rule but no row would try on files of sums. */
class DisclosureTest {
    private static final int ROWS = 60;

    /** Rows of site A; grade and sex are given, ages are in turn. */
    private static FeatureTable table(int[] grade, String[] sex, double[][] features) {
        List<String> exams = new ArrayList<>();
        List<SortedMap<String, String>> covariates = new ArrayList<>();
        for (int r = 0; r < features.length; r++) {
            exams.add("P" + r);
            covariates.add(
                    new TreeMap<>(
                            Map.of(
                                    "site",
                                    "A",
                                    "grade",
                                    "" + grade[r],
                                    "sex",
                                    sex[r],
                                    "age",
                                    "" + (40 + r * 7 % 31))));
        }
        List<String> names = List.of("f1", "f2");
        return FeatureTable.of(
                names, exams, exams.stream().map(e -> "").toList(), features, covariates);
    }

    private static double[][] noise() {
        Rng rng = new Rng(3);
        double[][] rows = new double[ROWS][];
        for (int r = 0; r < ROWS; r++) {
            rows[r] = new double[] {rng.nextGaussian(), rng.nextGaussian()};
        }
        return rows;
    }

    private static String[] sexes() {
        return IntStream.range(0, ROWS)
                .mapToObj(r -> r % 2 == 0 ? "F" : "M")
                .toArray(String[]::new);
    }

    private static String leftOut(FeatureTable table, String... protect) {
        ComBat settings = ComBat.of("site", List.of(protect));
        try {
            FederatedLevels levels = FederatedLevels.of(settings, table, 5);
            return FederatedSums.of(settings, table, Optional.of(levels), 5).leftOut().toString();
        } catch (org.diapason.volume.RefusedException e) {
            return e.getMessage();
        }
    }

    /** Three grades under three functions and a mean: the sums of each grade follow. */
    @Test
    void aGradeOfOnePatientUnderACurveIsNotSummed() {
        int[] grade = IntStream.range(0, ROWS).map(r -> r % 2).toArray();
        grade[9] = 2;
        assertEquals(
                "nothing may leave this hospital: A: sums of s(grade,4) would tell of fewer than 5"
                        + " of its rows. Collect more rows, or protect less.",
                leftOut(table(grade, sexes(), noise()), "s(grade,4)"));
        assertEquals("[]", leftOut(table(grade, sexes(), noise()), "grade"), "a line mixes grades");
        for (int r = 0; r < 12; r += 3) {
            grade[r + 2] = 2;
        }
        assertEquals("[]", leftOut(table(grade, sexes(), noise()), "s(grade,4)"), "five of them");
    }

    /** Men are of grades 1 and 3; Σ(grade − 1)·male·y is of the two men of grade 3. */
    @Test
    void aGradeOfTwoMenInAnInteractionIsNotSummed() {
        int[] grade = IntStream.range(0, ROWS).map(r -> r % 2 == 1 ? 1 : r / 2 % 3).toArray();
        grade[7] = 3;
        grade[11] = 3;
        assertEquals(
                "nothing may leave this hospital: A: sums of grade:sex would tell of fewer than 5 of"
                        + " its rows. Collect more rows, or protect less.",
                leftOut(table(grade, sexes(), noise()), "grade", "sex", "grade:sex"));
        assertEquals("[]", leftOut(table(grade, sexes(), noise()), "grade", "sex"));
    }

    /** Six rows have f2; with five numbers and a mean there are as many sums of f2 as rows. */
    @Test
    void theFewRowsThatHaveAFeatureAreJudgedByThemselves() {
        double[][] rows = noise();
        for (int r = 6; r < ROWS; r++) {
            rows[r][1] = Double.NaN;
        }
        int[] grade = IntStream.range(0, ROWS).map(r -> r % 7).toArray();
        ComBat settings = ComBat.of("site", List.of("age", "grade", "s(age,4)"));
        FeatureTable table = table(grade, sexes(), rows);
        FederatedSums sums =
                FederatedSums.of(
                        settings, table, Optional.of(FederatedLevels.of(settings, table, 5)), 5);
        assertEquals(ROWS - 6, sums.batches().get(0).rows());
        assertEquals(6, sums.batches().get(0).dropped());
    }

    /** A feature that is 0 but for two rows: its sum and squares give both. */
    @Test
    void aFeatureThatIsOneValueButForTwoRowsIsNotSummed() {
        double[][] rows = noise();
        for (int r = 0; r < ROWS; r++) {
            rows[r][1] = r == 4 ? 17 : r == 40 ? 23 : 0;
        }
        int[] grade = new int[ROWS];
        assertEquals(
                "nothing may leave this hospital: A: feature f2 is one value in all but fewer than 5"
                        + " of its rows. Collect more rows, or protect less.",
                leftOut(table(grade, sexes(), rows)));
        for (int r = 0; r < ROWS; r++) {
            rows[r][1] = 0;
        }
        assertEquals("[]", leftOut(table(grade, sexes(), rows)), "no row differs");
        for (int r = 0; r < 5; r++) {
            rows[r][1] = r + 1;
        }
        assertEquals("[]", leftOut(table(grade, sexes(), rows)), "five rows do");
    }

    /** The first level has no number of its own: 1 − Σ others is of its rows. */
    @Test
    void oneSpellingOfANumberAmongTextsIsALevelOfItsOwn() {
        int[] grade = IntStream.range(0, ROWS).map(r -> r % 2).toArray();
        String[] sex = sexes();
        sex[30] = "1";
        sex[31] = "1.0";
        for (int r = 32; r < 37; r++) {
            sex[r] = "1.0";
        }
        String said = leftOut(table(grade, sex, noise()), "sex");
        assertTrue(said.contains("one combination of protected levels"), said);
    }
}
