package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.diapason.math.Parallel;
import org.diapason.step.Fold;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several batch variables at once: one variable is ComBat, two are what R finds. */
class JointComBatTest {
    private static final List<String> BOTH = List.of("site", "scanner");

    static JointComBatModel fit(JointComBat settings, FeatureTable table, Trace trace) {
        return (JointComBatModel) Fold.learn(List.of(settings), Fold.rows(table), trace).get(0);
    }

    private static FeatureTable harmonized(JointComBat settings, FeatureTable table) {
        return fit(settings, table, new Trace()).apply(table, new Trace());
    }

    private static JointComBat joint(
            List<String> batch, List<String> protect, ComBat.Method method) {
        return new JointComBat(
                batch, protect, "*", method, ComBat.MeanOnly.NO, 3, false, ComBat.Smoothing.REML);
    }

    /** Random features of three sites crossed with two scanners, unevenly. */
    static FeatureTable crossed(long seed, int features, int each) {
        FeatureTable table = Tables.random(seed, features, 3, each);
        FeatureTable named =
                Tables.relabel(table, "scanner", r -> r % 7 < 2 + r % 3 ? "new" : "old");
        double[][] rows = new double[named.size()][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = named.row(r).clone();
            if (named.covariate(r, "scanner").equals("new")) {
                for (int f = 0; f < rows[r].length; f++) {
                    rows[r][f] = 1.5 * rows[r][f] + f;
                }
            }
        }
        return named.withRows(rows);
    }

    private static FeatureTable without(FeatureTable table, int... cells) {
        double[][] rows =
                IntStream.range(0, table.size())
                        .mapToObj(r -> table.row(r).clone())
                        .toArray(double[][]::new);
        for (int c = 0; c < cells.length; c += 2) {
            rows[cells[c]][cells[c + 1]] = Double.NaN;
        }
        return table.withRows(rows);
    }

    @ParameterizedTest(name = "{0}, {1}, {2} missing cells")
    @CsvSource({
        "PARAMETRIC, NO, 0",
        "PARAMETRIC, NO, 3",
        "PARAMETRIC, SVA, 0",
        "NONPARAMETRIC, NO, 3",
        "NONE, NO, 0",
        "PARAMETRIC, CONSISTENT, 3"
    })
    void oneVariableIsComBat(ComBat.Method method, ComBat.MeanOnly meanOnly, int missing) {
        FeatureTable table = Tables.random(31, 14, 4, 9);
        for (int k = 0; k < missing; k++) {
            table = without(table, 5 * k, k);
        }
        List<String> protect = List.of("s(age,5)", "sex");
        ComBat combat = ComBat.of("site", protect).by(method);
        combat = new ComBat("site", protect, "*", method, meanOnly, combat.reference(), 3, false);
        JointComBat joint =
                new JointComBat(
                        List.of("site"),
                        protect,
                        "*",
                        method,
                        meanOnly,
                        3,
                        false,
                        ComBat.Smoothing.REML);
        assertEquals(
                0,
                Tables.difference(Tables.harmonized(combat, table), harmonized(joint, table)),
                1e-10);
    }

    @Test
    void aSiteWithoutAnyValueOfAFeatureIsLeftAsInComBat() {
        FeatureTable table = Tables.random(32, 5, 3, 8);
        for (int r = 1; r < table.size(); r += 3) {
            table = without(table, r, 2);
        }
        FeatureTable one = Tables.harmonized(ComBat.of("site", List.of("age")), table);
        FeatureTable joint = harmonized(JointComBat.of(List.of("site"), List.of("age")), table);
        assertEquals(0, Tables.difference(one, joint), 1e-10);
        assertTrue(Double.isFinite(joint.row(0)[2]));
    }

    @Test
    void twoVariablesAreWhatLeastSquaresAndAGammaModelOfTheVariancesGive() {
        // R: fit <- lm(y ~ site + scanner + age); s <- sqrt(mean(resid(fit)^2)); per cell of
        // site x scanner, nu = sum(1 - hat values of lm(y ~ site + scanner)) and rss of resid/s;
        // glm(rss/nu ~ site + scanner, weights = nu, family = Gamma(log), control =
        // list(epsilon = 1e-15)); mean(fitted - b*age) + b*age + resid/sqrt(fitted(glm)).
        FeatureTable table = fromR();
        FeatureTable after = harmonized(joint(BOTH, List.of("age"), ComBat.Method.NONE), table);
        double[][] expected = {
            {14.9781617850, 16.4300741449, 12.3953622467},
            {11.8615421163, 15.3204624397, 14.3661300620},
            {14.3619125192, 14.4409508579, 15.2727398746},
            {15.7847648393, 15.6836095105, 13.8876613931},
            {11.7507995693, 14.3312744794, 12.4275008753},
            {14.5883674252, 18.2082180706, 13.3280117603}
        };
        int[] rows = {0, 1, 2, 9, 19, 29};
        for (int k = 0; k < rows.length; k++) {
            assertArrayEquals(expected[k], after.row(rows[k]), 5e-8, "row " + rows[k]);
        }
    }

    @Test
    void effectsOfAVariableHaveAMeanOfZeroAndScalesAreDividedEvenly() {
        // The same calls: coefficients less their mean over the rows, over s; exp of those of the
        // glm so divided that sum(nu * delta2)/sum(nu) of site and scanner agree.
        JointComBatModel model =
                fit(joint(BOTH, List.of("age"), ComBat.Method.NONE), fromR(), new Trace());
        double[] gamma = {0.069564635355, -0.140622322835, 0.035777685761};
        double[] delta = {0.311470159642, 2.953711014050, 0.240415273088};
        for (int l = 0; l < 3; l++) {
            ComBatModel.Batch site = model.variables().get(0).levels().get(l);
            assertEquals(gamma[l], site.gamma().get(0), 1e-11);
            assertEquals(delta[l], site.delta().get(0), 1e-8);
        }
        ComBatModel.Batch scanner = model.variables().get(1).levels().get(1);
        assertEquals(0.380487559287, scanner.gamma().get(0), 1e-11);
        assertEquals(1.322679761644, scanner.delta().get(0), 1e-8);
    }

    @Test
    void orderOfVariablesOfRowsAndOfPartsChangesNothing() {
        FeatureTable table = without(crossed(33, 8, 15), 0, 0, 4, 3, 9, 3);
        List<String> protect = List.of("age", "sex");
        FeatureTable one = harmonized(JointComBat.of(BOTH, protect), table);
        FeatureTable turned =
                harmonized(JointComBat.of(List.of("scanner", "site"), protect), table);
        assertEquals(0, Tables.difference(one, turned), 1e-9);
        int[] back = IntStream.range(0, table.size()).map(r -> table.size() - 1 - r).toArray();
        FeatureTable reversed = harmonized(JointComBat.of(BOTH, protect), table.rows(back));
        assertEquals(0, Tables.difference(one, reversed.rows(back)), 1e-9);
    }

    @Test
    void aLevelWithoutAnyValueOfAFeatureIsTheSameWhicheverVariableComesFirst() {
        FeatureTable table = crossed(34, 6, 15);
        for (int r = 0; r < table.size(); r++) {
            if (table.covariate(r, "site").equals("A")) {
                table = without(table, r, 1);
            }
        }
        FeatureTable one = harmonized(JointComBat.of(BOTH, List.of("age")), table);
        FeatureTable turned =
                harmonized(JointComBat.of(List.of("scanner", "site"), List.of("age")), table);
        assertEquals(0, Tables.difference(one, turned), 1e-9);
        assertTrue(Double.isFinite(turned.row(1)[1]));
        assertTrue(Double.isNaN(turned.row(0)[1]));
    }

    @Test
    void threadsChangeNoBit() {
        FeatureTable table = crossed(35, 150, 15);
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            FeatureTable one = harmonized(JointComBat.of(BOTH, List.of("age")), table);
            Parallel.setThreads(5);
            FeatureTable five = harmonized(JointComBat.of(BOTH, List.of("age")), table);
            assertEquals(0, Tables.difference(one, five));
        } finally {
            Parallel.setThreads(threads);
        }
    }

    @Test
    void aRowByItselfGetsWhatItGotInTheFit() {
        FeatureTable table = crossed(36, 8, 15);
        JointComBatModel model = fit(JointComBat.of(BOTH, List.of("age")), table, new Trace());
        FeatureTable all = model.apply(table, new Trace());
        for (int r = 0; r < table.size(); r++) {
            assertArrayEquals(
                    all.row(r), model.apply(table.rows(r), new Trace()).row(0), 1e-12 * 30);
        }
    }

    @Test
    void aCombinationThatTheFitHadNoExamOfIsHarmonizedByItsLevels() {
        FeatureTable table = crossed(37, 3, 15);
        int[] kept =
                IntStream.range(0, table.size())
                        .filter(
                                r ->
                                        !(table.covariate(r, "site").equals("C")
                                                && table.covariate(r, "scanner").equals("new")))
                        .toArray();
        JointComBatModel model =
                fit(JointComBat.of(BOTH, List.of()), table.rows(kept), new Trace());
        int other =
                IntStream.range(0, table.size())
                        .filter(r -> Arrays.binarySearch(kept, r) < 0)
                        .findFirst()
                        .orElseThrow();
        ComBatModel.Batch site = model.variables().get(0).levels().get(2);
        ComBatModel.Batch scanner = model.variables().get(1).levels().get(0);
        double s = model.sigma().get(0);
        double shift = s * (site.gamma().get(0) + scanner.gamma().get(0));
        double scale = Math.sqrt(site.delta().get(0) * scanner.delta().get(0));
        double a = model.alpha().get(0);
        assertEquals(
                a + (table.row(other)[0] - a - shift) / scale,
                model.apply(table.rows(other), new Trace()).row(0)[0],
                1e-11);
    }

    @Test
    void shiftsAndScalesOfBothVariablesAreGoneAfterwards() {
        FeatureTable after =
                harmonized(joint(BOTH, List.of(), ComBat.Method.NONE), crossed(45, 6, 80));
        JointComBatModel again =
                fit(joint(BOTH, List.of(), ComBat.Method.NONE), after, new Trace());
        for (JointComBatModel.Variable v : again.variables()) {
            for (ComBatModel.Batch level : v.levels()) {
                for (int f = 0; f < 6; f++) {
                    // Rows of another scale weigh otherwise now, so 0 and 1 up to a part of an SE
                    // (0.11); before, the scanner alone is 2 apart.
                    assertEquals(0, level.gamma().get(f), 0.15);
                    assertEquals(1, level.delta().get(f), 0.15);
                }
            }
        }
    }

    @Test
    void anExamOrTwoOfALevelMoveOnlyItsMean() {
        FeatureTable table = crossed(46, 6, 15);
        FeatureTable few =
                Tables.relabel(
                        table, "scanner", r -> r < 2 ? "rare" : table.covariate(r, "scanner"));
        Trace trace = new Trace();
        JointComBatModel model = fit(JointComBat.of(BOTH, List.of()), few, trace);
        ComBatModel.Batch rare = model.variables().get(1).levels().get(2);
        assertEquals(Numbers.of(1, 1, 1, 1, 1, 1), rare.delta());
        assertTrue(
                trace.children().get(0).warnings().stream()
                        .anyMatch(w -> w.startsWith("scanner \"rare\" has 2 exams, fewer than")));
    }

    private static FeatureTable fromR() {
        String text =
                """
                C,2,43,14.95,14.69,12.52
                B,2,54,10.5,18.74,15.62
                C,2,48,14.73,13.42,13.76
                C,2,42,13.71,13.08,13.74
                B,2,79,14.65,16.98,18.3
                C,2,30,14.92,14.3,12.47
                C,2,34,13.93,12.62,13.54
                A,2,39,12.03,13.8,15.45
                A,1,78,13.97,15.25,14.87
                A,2,64,16.12,15.34,15.74
                A,1,74,13.51,14.5,15.74
                C,1,40,11.91,11.33,11.87
                C,2,66,14.74,14.62,14.72
                A,1,48,13.07,12.96,13.54
                B,2,54,20.05,20.26,20.73
                C,2,30,12.35,13.46,12.85
                A,1,60,13.2,13.98,15.09
                C,1,71,12.77,13.95,13.7
                A,1,63,13.28,13.81,15.03
                B,1,37,10.23,16.45,12.1
                C,1,56,11.95,12.8,12.62
                A,2,43,13.84,15.42,15.4
                B,2,78,19.53,13.6,12.01
                A,1,74,14.85,15.05,16.55
                C,2,39,12.18,11.66,11.44
                A,2,55,13.48,11.83,16.63
                C,2,76,15.92,14.84,14.15
                B,2,72,9.97,14.55,21.01
                B,1,65,13.07,16.08,17.76
                B,2,61,15.49,24.07,13.05
                """;
        List<String[]> lines = new ArrayList<>();
        text.lines().forEach(l -> lines.add(l.split(",")));
        double[][] values = new double[3][lines.size()];
        java.util.SortedMap<String, List<String>> covariates = new java.util.TreeMap<>();
        String[] names = {"site", "scanner", "age"};
        for (int c = 0; c < 3; c++) {
            int column = c;
            covariates.put(names[c], lines.stream().map(l -> l[column]).toList());
            for (int r = 0; r < lines.size(); r++) {
                values[c][r] = Double.parseDouble(lines.get(r)[3 + c]);
            }
        }
        return Tables.table(List.of("f1", "f2", "f3"), values, covariates);
    }
}
