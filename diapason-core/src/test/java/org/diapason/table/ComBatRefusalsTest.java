package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;

/** What ComBat refuses or warns of, in the words a user reads. */
class ComBatRefusalsTest {

    private static String refusal(ComBat combat, FeatureTable table) {
        return assertThrows(RefusedException.class, () -> Tables.fit(combat, table)).getMessage();
    }

    private static List<String> warnings(ComBat combat, FeatureTable table) {
        Trace trace = new Trace();
        Tables.fit(combat, table, trace);
        return trace.children().get(0).warnings();
    }

    private static ComBat to(String reference) {
        return new ComBat(
                "site",
                List.of(),
                "*",
                ComBat.Method.PARAMETRIC,
                ComBat.MeanOnly.NO,
                Optional.of(reference),
                5,
                false);
    }

    @Test
    void anUnknownOrSmallReferenceIsRefused() {
        FeatureTable table = Tables.random(61, 3, 3, 8);
        assertEquals(
                "ComBat: no exam is of the reference site \"D\" (there are A, B, C). Correct it.",
                refusal(to("D"), table));
        FeatureTable small =
                Tables.relabel(table, "site", r -> r < 4 ? "D" : table.covariate(r, "site"));
        assertEquals(
                "ComBat: the reference site \"D\" has 4 exams, fewer than min-scale-exams 5: the"
                        + " spread that all others are to get cannot be estimated. Name a larger one.",
                refusal(to("D"), small));
    }

    @Test
    void aFeatureOfTooFewValuesInTheReferenceIsUndefinedAndCounted() {
        FeatureTable table = Tables.random(61, 3, 3, 8);
        double[][] rows = new double[24][];
        for (int r = 0; r < 24; r++) {
            rows[r] = table.row(r).clone();
            rows[r][1] = r % 3 == 0 && r > 3 ? Double.NaN : rows[r][1];
        }
        FeatureTable holed = table.withRows(rows);
        assertEquals(
                List.of(
                        "1 feature has too few finite values for a fit and is undefined (NaN) in the"
                                + " harmonized table."),
                warnings(to("A"), holed));
        FeatureTable after = Tables.harmonized(to("A"), holed);
        assertTrue(Double.isNaN(after.row(1)[1]), "cannot be brought to a spread of two values");
        assertEquals(rows[3][1], after.row(3)[1], "the reference stays as it is");
    }

    @Test
    void theNonParametricMethodIsRefusedAboveTwentyThousandFeatures() {
        int features = ComBat.MOST_NONPARAMETRIC + 1;
        FeatureTable two = Tables.random(62, 1, 2, 2);
        FeatureTable table =
                FeatureTable.of(
                        IntStream.range(0, features).mapToObj(f -> "f" + f).toList(),
                        List.of("a", "b", "c", "d"),
                        List.of("", "", "", ""),
                        new double[4][features],
                        IntStream.range(0, 4).mapToObj(two::covariates).toList());
        assertEquals(
                "ComBat: method nonparametric compares every feature with every other, and 20001"
                        + " features would take 0.4 thousand million comparisons per batch; at most"
                        + " 20000 are taken. Use parametric, or fewer features.",
                refusal(ComBat.of("site", List.of()).by(ComBat.Method.NONPARAMETRIC), table));
    }

    @Test
    void aLevelAbsentFromABatchIsWarnedOfWhereOthersTellItApart() {
        FeatureTable table = Tables.random(63, 4, 3, 10);
        FeatureTable gap = Tables.relabel(table, "sex", r -> r % 3 == 1 || r % 2 == 0 ? "F" : "M");
        assertEquals(
                List.of(
                        "sex is not at every site: no exam with sex=M in B. Its effect there is taken"
                                + " from the others."),
                warnings(ComBat.of("site", List.of("sex")), gap));
    }

    @Test
    void rangesThatDoNotOverlapAreWarnedOf() {
        FeatureTable table = Tables.random(64, 4, 3, 10);
        FeatureTable apart =
                Tables.relabel(table, "age", r -> Integer.toString(r % 3 * 5 + r / 3 % 5 * 2));
        // Site A 0 to 8, B 5 to 13, C 10 to 18.
        assertEquals(
                List.of(
                        "age of site A (0.00 to 8.00) and site C (10.00 to 18.00) do not overlap: what"
                                + " age does and what site does are told apart by the assumed straight"
                                + " line alone."),
                warnings(ComBat.of("site", List.of("age")), apart));
        FeatureTable turned =
                Tables.relabel(table, "age", r -> Integer.toString(10 - r % 3 * 5 + r / 3 % 5 * 2));
        assertTrue(
                warnings(ComBat.of("site", List.of("age")), turned)
                        .get(0)
                        .startsWith(
                                "age of site A (10.00 to 18.00) and site C (0.00 to 8.00) do not"));
        assertTrue(
                warnings(ComBat.of("site", List.of("s(age,4)")), apart)
                        .get(0)
                        .endsWith("told apart by the assumed curve alone."));
    }

    @Test
    void aCurveOverTooFewValuesIsRefusedWithAWayOut() {
        FeatureTable table = Tables.random(65, 4, 2, 12);
        FeatureTable three =
                Tables.relabel(table, "age", r -> Integer.toString(40 + r / 2 % 3 * 10));
        assertEquals(
                "s(age) cannot be fitted: some of its 10 functions have too few values of age within"
                        + " site, or another protected term says the same. Give it fewer functions, as"
                        + " in s(age,5), or protect age as a straight line.",
                refusal(ComBat.of("site", List.of("s(age)")).by(ComBat.Smoothing.NONE), three));
    }

    @Test
    void aCurveOverWhatASiteAloneDecidesIsRefusedAsConfounded() {
        FeatureTable table = Tables.random(66, 4, 3, 12);
        FeatureTable told = Tables.relabel(table, "age", r -> Integer.toString(40 + r % 3 * 10));
        assertTrue(
                refusal(ComBat.of("site", List.of("s(age,4)")), told)
                        .startsWith("age and site cannot be told apart: "),
                "names both");
    }

    @Test
    void anInteractionThatNoSiteShowsIsRefused() {
        FeatureTable table = Tables.random(67, 4, 2, 12);
        FeatureTable told =
                Tables.relabel(
                        Tables.relabel(table, "a", r -> r % 2 == 0 || r % 4 == 1 ? "0" : "1"),
                        "b",
                        r -> r % 2 == 0 ? Integer.toString(r / 2 % 2) : "1");
        // a is 0 throughout site A; b is 1 throughout B: a·b is a.
        assertEquals(
                "a:b cannot be told apart from site and the other protected terms: too few exams have"
                        + " both at one site. Leave the interaction a:b out of protect.",
                refusal(ComBat.of("site", List.of("a", "b", "a:b")), told));
    }

    @Test
    void outsideTheRangeACurveKeepsItsEndAndALineGoesOn() {
        FeatureTable table = Tables.random(68, 4, 2, 25);
        FeatureTable far = Tables.relabel(table.rows(3), "age", r -> "200");
        FeatureTable end = Tables.relabel(table.rows(3), "age", r -> oldest(table));
        Trace trace = new Trace();
        ComBatModel curve = Tables.fit(ComBat.of("site", List.of("s(age,5)")), table);
        assertEquals(0, Tables.difference(curve.apply(end, new Trace()), curve.apply(far, trace)));
        assertTrue(
                trace.warnings().get(0).endsWith("its effect is taken at the end of the range."),
                trace.warnings().toString());
        ComBatModel line = Tables.fit(ComBat.of("site", List.of("age")), table);
        assertTrue(
                Tables.difference(line.apply(end, new Trace()), line.apply(far, new Trace()))
                        > 1e-6);
    }

    private static String oldest(FeatureTable table) {
        return IntStream.range(0, table.size())
                        .map(r -> Integer.parseInt(table.covariate(r, "age")))
                        .max()
                        .getAsInt()
                + "";
    }
}
