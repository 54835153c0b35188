package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.diapason.math.Rng;
import org.diapason.step.Fold;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CovBatTest {

    private static CovBatModel fit(CovBat covbat, FeatureTable table, Trace trace) {
        return (CovBatModel) Fold.learn(List.of(covbat), Fold.rows(table), trace).get(0);
    }

    private static CovBatModel fit(CovBat covbat, FeatureTable table) {
        return fit(covbat, table, new Trace());
    }

    private static CovBat of(String batch, List<String> protect, OptionalInt components) {
        return new CovBat(
                new ComBat(
                        batch,
                        protect,
                        "*",
                        ComBat.Method.PARAMETRIC,
                        ComBat.MeanOnly.NO,
                        Optional.empty(),
                        2,
                        false),
                0.95,
                components);
    }

    // R: B, alpha and stand by least squares on [batches | age, sex]; y <- sva 3.46 ComBat(d,
    // batch,
    // mod = model.matrix(~age + sex)) with conv 1e-13 in it.sol; p <- prcomp(t(y - stand), scale. =
    // TRUE); q <- which(cumsum(p$sdev^2)/sum(p$sdev^2) > 0.95)[1], or 3; the scores of 1:q, per
    // component: mu, the mean; sg, the root of the residual sum of squares of the batches over n;
    // (z - mean)/sd of the batch * sg + mu; p$x %*% t(p$rotation) * p$scale + p$center + stand
    @ParameterizedTest(name = "{0} features, {1} components asked for: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "60 | 0 | 31 | 13.9930278115, 16.4141881357, 14.3955293214, 13.9571582633,"
                        + " 15.2075211484, 15.3239531167 | 10.9962318065, 10.7502027550,"
                        + " 11.4816381081, 10.7015045000, 13.4982210673, 13.2208859274",
                "12 | 0 | 11 | 13.8852409990, 16.1517747952, 14.4686442970, 14.2011837258,"
                        + " 15.1009450771, 15.0916083775 | 28.9583190178, 27.6700282798,"
                        + " 28.2130730147, 29.4481401305, 27.3236770837, 28.3681782200",
                "12 | 3 | 3 | 13.8776409490, 16.0739288579, 14.4121821174, 14.2015325666,"
                        + " 15.1537873702, 14.9982201735 | 28.9708084755, 27.6719011360,"
                        + " 28.1712207320, 29.2901288127, 27.7587951289, 28.4664259075"
            })
    void equalsATranscriptionInR(int features, int asked, int held, String first, String last) {
        FeatureTable table = Tables.simulated(features);
        OptionalInt components = asked == 0 ? OptionalInt.empty() : OptionalInt.of(asked);
        CovBatModel model = fit(of("batch", List.of("age", "sex"), components), table);
        assertEquals(held, model.covariance().components().size());
        FeatureTable after = model.apply(table, new Trace());
        double[] head = numbers(first);
        double[] tail = numbers(last);
        for (int r = 0; r < 6; r++) {
            assertEquals(head[r], after.row(r)[0], 1e-8, "row " + r);
            assertEquals(tail[r], after.row(41 + r)[features - 1], 1e-8, "row " + (41 + r));
        }
    }

    // ComBatFamily (R): covfam(t(d), factor(batch), data.frame(age, sex), lm, y ~ age + sex), whose
    // shrinking stops at 1e-4: dat.covbat[1:6, 1] and n.pc
    @ParameterizedTest(name = "{0} features")
    @CsvSource(
            delimiter = '|',
            value = {
                "60 | 31 | 13.9930287133, 16.4141884173, 14.3955291254, 13.9571579329,"
                        + " 15.2075209323, 15.3239517627",
                "12 | 11 | 13.8852413103, 16.1517742682, 14.4686440761, 14.2011836395,"
                        + " 15.1009448622, 15.0916092337"
            })
    void equalsComBatFamilyToItsStop(int features, int held, String first) {
        FeatureTable table = Tables.simulated(features);
        CovBatModel model = fit(of("batch", List.of("age", "sex"), OptionalInt.empty()), table);
        assertEquals(held, model.covariance().components().size());
        double[] after = model.apply(table, new Trace()).column(table.features().get(0));
        assertArrayEquals(numbers(first), Arrays.copyOf(after, 6), 1e-5);
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(","))
                .mapToDouble(t -> Double.parseDouble(t.strip()))
                .toArray();
    }

    /** Two sites with the same means and spreads; features a and b correlate in one alone. */
    private static FeatureTable twoCovariances(int each) {
        Rng rng = new Rng(7);
        double[][] y = new double[5][2 * each];
        List<String> site = new ArrayList<>();
        for (int r = 0; r < 2 * each; r++) {
            boolean first = r % 2 == 0;
            site.add(first ? "A" : "B");
            double common = rng.nextGaussian();
            for (int f = 0; f < 5; f++) {
                double own = rng.nextGaussian();
                y[f][r] = 10 * f + (first ? 0.8 * common + 0.6 * own : own);
            }
        }
        SortedMap<String, List<String>> c = new TreeMap<>();
        c.put("site", site);
        return Tables.table(List.of("a", "b", "c", "d", "e"), y, c);
    }

    private static double correlation(FeatureTable table, int start) {
        double[] s = new double[5];
        int n = 0;
        for (int r = start; r < table.size(); r += 2) {
            double a = table.row(r)[0];
            double b = table.row(r)[1] - 10;
            s[0] += a;
            s[1] += b;
            s[2] += a * a;
            s[3] += b * b;
            s[4] += a * b;
            n++;
        }
        double cross = s[4] / n - s[0] / n * s[1] / n;
        return cross
                / Math.sqrt((s[2] / n - s[0] / n * s[0] / n) * (s[3] / n - s[1] / n * s[1] / n));
    }

    @Test
    void aTransformAndAProtectedSpreadAreRefused() {
        ComBat plain = ComBat.of("site", List.of());
        for (ComBat combat :
                List.of(
                        plain.transforming(List.of("log")),
                        plain.protectingScale(List.of("age")))) {
            assertEquals(
                    "CovBat takes residuals of the features as they are, of one spread each: it goes"
                            + " neither with transform nor with protect-scale. Leave one of them"
                            + " out.",
                    org.junit.jupiter.api.Assertions.assertThrows(
                                    IllegalArgumentException.class,
                                    () -> new CovBat(combat, 0.9, java.util.OptionalInt.empty()))
                            .getMessage());
        }
    }

    @Test
    void bringsCovariancesTogetherWhichComBatDoesNot() {
        FeatureTable table = twoCovariances(300);
        FeatureTable combat = Tables.harmonized(ComBat.of("site", List.of()), table);
        double before = correlation(combat, 0) - correlation(combat, 1);
        assertTrue(before > 0.5, "planted 0.64 and 0, left by ComBat: " + before);
        FeatureTable after =
                fit(of("site", List.of(), OptionalInt.empty()), table).apply(table, new Trace());
        double left = correlation(after, 0) - correlation(after, 1);
        assertTrue(Math.abs(left) < 0.15, "left by CovBat: " + left);
    }

    @Test
    void oneBatchIsTheIdentity() {
        FeatureTable table = Tables.random(51, 6, 1, 20);
        FeatureTable after =
                fit(of("site", List.of("age"), OptionalInt.empty()), table)
                        .apply(table, new Trace());
        assertEquals(0, Tables.difference(table, after));
    }

    @Test
    void orderOfRowsAndOfFeaturesDoNotMatter() {
        FeatureTable table = Tables.random(52, 9, 3, 12);
        CovBat covbat = of("site", List.of("age"), OptionalInt.empty());
        FeatureTable after = fit(covbat, table).apply(table, new Trace());
        int[] order = IntStream.range(0, 36).map(r -> r * 7 % 36).toArray();
        FeatureTable other = fit(covbat, table.rows(order)).apply(table.rows(order), new Trace());
        assertEquals(0, Tables.difference(after.rows(order), other), 1e-9);
        List<String> turned = new ArrayList<>(table.features());
        java.util.Collections.reverse(turned);
        FeatureTable mirrored = columns(table, turned);
        FeatureTable back = fit(covbat, mirrored).apply(mirrored, new Trace());
        for (String f : turned) {
            assertArrayEquals(after.column(f), back.column(f), 1e-9, f);
        }
    }

    private static FeatureTable columns(FeatureTable table, List<String> names) {
        double[][] rows = new double[table.size()][];
        List<String> exams = new ArrayList<>();
        List<SortedMap<String, String>> covariates = new ArrayList<>();
        for (int r = 0; r < rows.length; r++) {
            int row = r;
            rows[r] =
                    names.stream()
                            .mapToDouble(n -> table.row(row)[table.features().indexOf(n)])
                            .toArray();
            exams.add(table.exam(r));
            covariates.add(table.covariates(r));
        }
        return FeatureTable.of(
                names,
                exams,
                java.util.Collections.nCopies(rows.length, "lesion"),
                rows,
                covariates);
    }

    @Test
    void oneExamAtATimeGivesWhatAllTogetherGive() {
        FeatureTable table = Tables.random(53, 20, 3, 5);
        CovBatModel model = fit(of("site", List.of("age"), OptionalInt.of(4)), table);
        FeatureTable all = model.apply(table, new Trace());
        for (int r = 0; r < table.size(); r++) {
            FeatureTable one = model.apply(table.rows(r), new Trace());
            assertArrayEquals(all.row(r), one.row(0));
        }
    }

    @Test
    void theReferenceStaysAsItIs() {
        FeatureTable table = Tables.random(54, 9, 3, 12);
        ComBat reference =
                new ComBat(
                        "site",
                        List.of("age"),
                        "*",
                        ComBat.Method.PARAMETRIC,
                        ComBat.MeanOnly.NO,
                        Optional.of("B"),
                        3,
                        false);
        FeatureTable after =
                fit(new CovBat(reference, 0.95, OptionalInt.empty()), table)
                        .apply(table, new Trace());
        for (int r = 1; r < table.size(); r += 3) {
            assertArrayEquals(table.row(r), after.row(r));
        }
    }

    @Test
    void aConstantFeaturePassesAndAnUndefinedCellStaysUndefined() {
        FeatureTable table = Tables.random(55, 6, 2, 15);
        double[][] rows = new double[table.size()][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = table.row(r).clone();
            rows[r][2] = 7;
        }
        rows[4][0] = Double.NaN;
        Trace trace = new Trace();
        FeatureTable holed = table.withRows(rows);
        CovBatModel model = fit(of("site", List.of(), OptionalInt.empty()), holed, trace);
        FeatureTable after = model.apply(holed, new Trace());
        for (int r = 0; r < rows.length; r++) {
            assertEquals(7, after.row(r)[2]);
            assertEquals(r == 4, Double.isNaN(after.row(r)[0]));
        }
        assertTrue(
                trace.children().get(0).warnings().stream()
                        .anyMatch(w -> w.startsWith("1 undefined cell counts as the mean")),
                trace.children().get(0).warnings().toString());
    }

    @Test
    void moreComponentsThanThereAreAreRefused() {
        FeatureTable table = Tables.random(56, 6, 2, 15);
        CovBat many = of("site", List.of(), OptionalInt.of(7));
        assertEquals(
                "CovBat: components 7 are asked for, and the features of these exams have 6. Ask for"
                        + " fewer.",
                assertThrows(RefusedException.class, () -> fit(many, table)).getMessage());
    }

    @Test
    void aFeatureThatTheComponentsNeedMustBeThere() {
        FeatureTable table = Tables.random(57, 6, 2, 15);
        CovBatModel model = fit(of("site", List.of(), OptionalInt.empty()), table);
        FeatureTable fewer = columns(table, table.features().subList(0, 5));
        assertEquals(
                "feature f105 is missing, and the components of CovBat need it. Extract with the"
                        + " recipe of the fit.",
                assertThrows(RefusedException.class, () -> model.apply(fewer, new Trace()))
                        .getMessage());
    }

    private static FeatureTable siteNamed(FeatureTable table, String from, String to) {
        int[] own =
                IntStream.range(0, table.size())
                        .filter(r -> table.covariate(r, "site").equals(from))
                        .toArray();
        return LongComBatTest.with(table.rows(own), "site", new String[] {to});
    }

    /** Every number of a batch comes from its own rows, given the rest of the model. */
    @Test
    void aSiteOfTheFitUnderANewNameIsPlacedWhereItWas() {
        FeatureTable table = Tables.random(58, 9, 3, 12);
        CovBatModel model = fit(of("site", List.of("age"), OptionalInt.of(4)), table);
        FeatureTable strangers = siteNamed(table, "B", "Z");
        CovBatModel.Placed placed = model.place(strangers, new Trace());
        CovBatModel more = model.with(placed);
        FeatureTable was = model.apply(siteNamed(table, "B", "B"), new Trace());
        FeatureTable is = more.apply(strangers, new Trace());
        for (int r = 0; r < 12; r++) {
            assertArrayEquals(was.row(r), is.row(r), 1e-10);
        }
        assertTrue(placed.batch().error().get(0) > 0, "with a standard error");
        FeatureTable others = siteNamed(table, "A", "A");
        assertEquals(
                0,
                Tables.difference(
                        model.apply(others, new Trace()), more.apply(others, new Trace())));
        assertEquals(
                "site \"Z\" was in the fit of this model, so it cannot be placed anew.",
                assertThrows(RefusedException.class, () -> more.place(strangers, new Trace()))
                        .getMessage());
    }

    @Test
    void onePatientOfAnUnknownScannerIsRefusedAsComBatRefusesHim() {
        FeatureTable table = Tables.random(59, 9, 3, 12);
        FeatureTable one = siteNamed(table, "B", "Z").rows(0);
        CovBat covbat = of("site", List.of("age"), OptionalInt.empty());
        String said =
                assertThrows(
                                RefusedException.class,
                                () -> Tables.fit(covbat.combat(), table).apply(one, new Trace()))
                        .getMessage();
        CovBatModel model = fit(covbat, table);
        assertEquals(
                said,
                assertThrows(RefusedException.class, () -> model.apply(one, new Trace()))
                        .getMessage());
    }

    /**
     * What the fit aims at, without shrinking of scores: one mean and one variance at all sites.
     */
    @Test
    void scoresOfTheRowsOfTheFitHaveOneMeanAndOneVariance() {
        FeatureTable table = Tables.random(60, 9, 3, 12);
        CovBatModel model = fit(of("site", List.of("age"), OptionalInt.of(4)), table);
        FeatureTable after = model.apply(table, new Trace());
        int[] places = IntStream.range(0, 9).toArray();
        for (int k = 0; k < 4; k++) {
            CovBatModel.Component component = model.covariance().components().get(k);
            double[][] moments = new double[3][2];
            for (int r = 0; r < 36; r++) {
                double[] e = CovBatModel.residuals(model.combat(), after, r, places);
                double score = 0;
                for (int f = 0; f < 9; f++) {
                    double unit = model.covariance().scale().get(f);
                    double off = (e[f] - model.covariance().centre().get(f)) / unit;
                    score += off * component.direction().get(f);
                }
                moments[r % 3][0] += score / 12;
                moments[r % 3][1] += score * score / 12;
            }
            for (int site = 1; site < 3; site++) {
                double[] a = moments[0];
                double[] b = moments[site];
                assertEquals(a[0], b[0], 1e-12, "component " + k);
                assertEquals(a[1] - a[0] * a[0], b[1] - b[0] * b[0], 1e-12, "component " + k);
            }
        }
    }

    /** A bootstrap learns by what the model says; share and number of components agree. */
    @Test
    void theSettingsOfAModelFitItAnew() {
        FeatureTable table = Tables.random(61, 9, 3, 12);
        CovBatModel model = fit(of("site", List.of("age"), OptionalInt.empty()), table);
        assertEquals(model, fit(model.settings(), table));
    }
}
