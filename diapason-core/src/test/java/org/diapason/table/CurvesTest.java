package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Penalised curves against mgcv 1.8-41 (R) on 120 rows of three sites. */
class CurvesTest {
    private static final int[] SHOWN = {0, 1, 2, 39, 76, 117, 118, 119};

    /**
     * r <- 0:119; site <- factor(c('A','B','C')[r %% 3 + 1]); s <- as.integer(site) - 1; x <- 20 +
     * 60 * ((r*37) %% 120)/119; w <- ((r*53) %% 120)/119; y1 <- 10 + s + 3*sin(x/12) +
     * sin(12.9898*(r+1)); y2 <- 5 - 0.5*s + 0.05*x + sin(78.233*(r+1)); y3 <- 2 + 0.7*s +
     * 2*cos(x/15) + 4*(w-0.4)^2 + 0.5*sin(4.1414*(r+1)^2)
     */
    private static FeatureTable table() {
        double[][] y = new double[3][120];
        SortedMap<String, List<String>> c = new TreeMap<>();
        for (String name : List.of("site", "x", "w")) {
            c.put(name, new ArrayList<>());
        }
        for (int r = 0; r < 120; r++) {
            int s = r % 3;
            double x = 20 + 60.0 * (r * 37 % 120) / 119;
            double w = r * 53 % 120 / 119.0;
            c.get("site").add(List.of("A", "B", "C").get(s));
            c.get("x").add(Double.toString(x));
            c.get("w").add(Double.toString(w));
            y[0][r] = 10 + s + 3 * Math.sin(x / 12) + Math.sin(12.9898 * (r + 1));
            y[1][r] = 5 - 0.5 * s + 0.05 * x + Math.sin(78.233 * (r + 1));
            y[2][r] =
                    2
                            + 0.7 * s
                            + 2 * Math.cos(x / 15)
                            + 4 * (w - 0.4) * (w - 0.4)
                            + 0.5 * Math.sin(4.1414 * (r + 1) * (r + 1));
        }
        return Tables.table(List.of("a", "b", "c"), y, c);
    }

    private static ComBat combat(List<String> protect, ComBat.Smoothing smoothing) {
        return ComBat.of("site", protect).by(ComBat.Method.NONE).by(smoothing);
    }

    /** Returns batch and curve as fitted to one feature, in the rows that are shown. */
    private static double[] fitted(ComBat combat, FeatureTable table, int feature) {
        ComBatModel model = Tables.fit(combat, table);
        double[] fitted = new double[SHOWN.length];
        for (int n = 0; n < fitted.length; n++) {
            double[] code = model.design().encode(table, SHOWN[n]);
            fitted[n] =
                    model.alpha().get(feature)
                            + model.sigma().get(feature)
                                    * model.batches().get(SHOWN[n] % 3).gamma().get(feature);
            for (int k = 0; k < code.length; k++) {
                fitted[n] += code[k] * model.effects().get(k).values().get(feature);
            }
        }
        return fitted;
    }

    // full <- function(x, k) min(x) + (-3:k) * diff(range(x)) / (k - 3)
    // gam(y ~ site + s(x, bs = 'ps', k = 10, m = c(2, 2)), knots = list(x = full(x, 10)), method =
    //   'REML' or 'GCV.Cp', control = gam.control(epsilon = 1e-13, newton = list(conv.tol =
    // 1e-12)))
    @ParameterizedTest(name = "{0} of feature {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "REML | 0 | 13.03261335, 10.74917669, 9.01894480, 12.91586393, 9.08702706, 12.62286852, 9.70199215, 9.31769763",
                "GCV | 0 | 13.16203084, 10.75331375, 9.05548329, 12.99068992, 9.09497258, 12.60984875, 9.70904997, 9.33917628",
                "REML | 1 | 6.04649819, 6.43545184, 6.86898891, 6.12024964, 6.80420905, 6.26775252, 6.65670617, 7.09024324",
                "REML | 2 | 2.78233931, 1.32851759, 2.15679045, 2.56607256, 1.00193295, 2.14502057, 1.07229397, 2.61975942",
                "GCV | 2 | 2.70756100, 1.34872515, 2.17462061, 2.50589323, 1.05027408, 2.10969207, 1.11260049, 2.61333502"
            })
    void aCurveEqualsMgcv(ComBat.Smoothing smoothing, int feature, String mgcv) {
        double[] expected = numbers(mgcv);
        double[] found = fitted(combat(List.of("s(x)"), smoothing), table(), feature);
        // Eight decimals were printed; gcv and reml are 0.1 apart in the first row.
        assertArrayEquals(expected, found, 2e-8);
    }

    @Test
    void twoCurvesEqualMgcv() {
        // gam(y3 ~ site + s(x, bs = 'ps', k = 10, m = c(2, 2)) + s(w, bs = 'ps', k = 8, m = c(2,
        // 2)),
        //   knots = list(x = full(x, 10), w = full(w, 8)), method = 'REML', control as above)
        String mgcv =
                "3.02824658, 0.91545783, 2.73785275, 2.25565375, 0.72302660, 2.10534995, 1.01692590,"
                        + " 2.34285129";
        ComBat two = combat(List.of("s(x)", "s(w,8)"), ComBat.Smoothing.REML);
        assertArrayEquals(numbers(mgcv), fitted(two, table(), 2), 1e-6, "mgcv stops near there");
        Trace trace = new Trace();
        Tables.fit(two, table().rows(order()), trace);
        Numbers freedom = (Numbers) trace.children().get(0).notes().get("freedom.s(x)");
        // summary(g)$edf: 4.96364912 and 3.46582774, of the third feature alone
        assertTrue(freedom.get(0) >= 1 && freedom.get(2) < 9, freedom.fixed(3));
    }

    private static int[] order() {
        return java.util.stream.IntStream.range(0, 120).map(r -> r * 7 % 120).toArray();
    }

    @Test
    void freedomOfACurveIsWhatMgcvSays() {
        Trace trace = new Trace();
        Tables.fit(combat(List.of("s(x)"), ComBat.Smoothing.REML), table(), trace);
        Numbers freedom = (Numbers) trace.children().get(0).notes().get("freedom.s(x)");
        // summary(g)$edf of the three features: 5.21129614, 1.00000000, 4.45143583
        assertArrayEquals(new double[] {1, 4.45143583, 5.21129614}, freedom.toArray(), 2e-6);
    }

    /** The second feature is a line and noise: what protects it as a line does the same. */
    @ParameterizedTest
    @EnumSource(
            value = ComBat.Smoothing.class,
            names = {"REML", "GCV"})
    void whatIsAStraightLineComesOutAsOne(ComBat.Smoothing smoothing) {
        double[] line = fitted(combat(List.of("x"), ComBat.Smoothing.NONE), table(), 1);
        assertArrayEquals(line, fitted(combat(List.of("s(x)"), smoothing), table(), 1), 1e-10);
    }

    /** By definition: Σ c̃ᵢ(y − fit) = λ·S·b, c̃ centred within the batches. */
    @ParameterizedTest
    @ValueSource(strings = {"s(x)", "s(x)+s(w)"})
    void theRecordedSmoothnessSolvesThePenalisedEquations(String terms) {
        FeatureTable table = table();
        Trace trace = new Trace();
        ComBat combat = combat(List.of(terms.split("\\+")), ComBat.Smoothing.REML);
        ComBatModel model = Tables.fit(combat, table, trace);
        double lambda = model.curves().get(0).lambda().get(0);
        int width = 9;
        double[] left = new double[width];
        for (int site = 0; site < 3; site++) {
            double[] mean = new double[width];
            double[] rest = new double[120];
            for (int r = site; r < 120; r += 3) {
                double[] code = model.design().encode(table, r);
                rest[r] = table.row(r)[0];
                for (int k = 0; k < code.length; k++) {
                    rest[r] -= code[k] * model.effects().get(k).values().get(0);
                }
                for (int k = 0; k < width; k++) {
                    mean[k] += code[k] / 40;
                }
            }
            for (int r = site; r < 120; r += 3) {
                double[] code = model.design().encode(table, r);
                for (int k = 0; k < width; k++) {
                    left[k] += (code[k] - mean[k]) * rest[r];
                }
            }
        }
        Numbers penalty = model.design().smooths().get(0).penalty();
        for (int k = 0; k < width; k++) {
            double right = 0;
            for (int l = 0; l < width; l++) {
                right +=
                        lambda
                                * penalty.get(k * width + l)
                                * model.effects().get(l).values().get(0);
            }
            assertEquals(right, left[k], 1e-7);
        }
        Numbers noted = (Numbers) trace.children().get(0).notes().get("lambda.s(x)");
        assertTrue(noted.get(0) <= lambda && lambda <= noted.get(2));
    }

    /**
     * No value between 35 and 60: functions without values of their own are drawn by the penalty.
     */
    @Test
    void aGapInTheValuesIsBridged() {
        FeatureTable whole = table();
        int[] rows =
                java.util.stream.IntStream.range(0, 120)
                        .filter(
                                r ->
                                        Math.abs(Double.parseDouble(whole.covariate(r, "x")) - 47.5)
                                                > 12.5)
                        .toArray();
        FeatureTable gap = whole.rows(rows);
        ComBatModel model = Tables.fit(combat(List.of("s(x,30)"), ComBat.Smoothing.REML), gap);
        FeatureTable inside = whole.rows(0, 3, 6);
        for (int r = 0; r < 3; r++) {
            double[] row = model.design().encode(inside, r);
            double curve = 0;
            for (int k = 0; k < row.length; k++) {
                curve += row[k] * model.effects().get(k).values().get(0);
            }
            assertTrue(Math.abs(curve) < 20, "it is " + curve);
        }
        assertThrows(
                RefusedException.class,
                () -> Tables.fit(combat(List.of("s(x,30)"), ComBat.Smoothing.NONE), gap));
    }

    @Test
    void aFeatureWithGapsIsFittedOnItsOwnRows() {
        FeatureTable whole = table();
        double[][] rows = new double[120][];
        for (int r = 0; r < 120; r++) {
            rows[r] = whole.row(r).clone();
            rows[r][0] = r % 11 == 5 ? Double.NaN : rows[r][0];
        }
        int[] kept = java.util.stream.IntStream.range(0, 120).filter(r -> r % 11 != 5).toArray();
        ComBat combat = combat(List.of("s(x)"), ComBat.Smoothing.REML);
        ComBatModel holed = Tables.fit(combat, whole.withRows(rows));
        ComBatModel fewer = Tables.fit(combat, whole.rows(kept));
        for (int k = 0; k < fewer.effects().size(); k++) {
            assertEquals(
                    fewer.effects().get(k).values().get(0),
                    holed.effects().get(k).values().get(0),
                    1e-9);
        }
    }

    @Test
    void aCurveBesideItsOwnLineIsRefused() {
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () ->
                                fitted(
                                        combat(List.of("x", "s(x)"), ComBat.Smoothing.REML),
                                        table(),
                                        0));
        assertEquals(
                "s(x) cannot be told apart from site and the other protected terms together: its"
                        + " straight line is a sum of them. Leave one of these terms out of protect.",
                e.getMessage());
    }

    @Test
    void gcvTakesOneCurve() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> combat(List.of("s(x)", "s(w)"), ComBat.Smoothing.GCV));
        assertEquals(
                "smoothing gcv is for one curve, and protect has 2. Take reml for several.",
                e.getMessage());
    }

    private static double[] numbers(String text) {
        return List.of(text.split(",")).stream()
                .mapToDouble(t -> Double.parseDouble(t.strip()))
                .toArray();
    }
}
