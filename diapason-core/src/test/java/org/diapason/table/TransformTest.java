package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.diapason.math.Rng;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Features changed before ComBat and back after it. */
class TransformTest {
    private static final ComBat PLAIN = ComBat.of("site", List.of());

    private static FeatureTable oneSite(double... values) {
        SortedMap<String, List<String>> c = new TreeMap<>();
        c.put("site", Collections.nCopies(values.length, "A"));
        return Tables.table(List.of("a"), new double[][] {values}, c);
    }

    private static Transform learned(String kind, double... values) {
        return Tables.fit(PLAIN.transforming(List.of(kind)), oneSite(values)).transforms().get(0);
    }

    // scipy 1.10.1: minimize_scalar(lambda l: -boxcox_llf(l, v), bracket=(-2, 2), tol=1e-14).x,
    // and yeojohnson_llf
    @Test
    void ofOneBatchTheParametersAreThoseOfScipy() {
        double[] x = {0.21, 0.34, 0.5, 0.77, 1.1, 1.3, 1.9, 2.2, 3.4, 4.9, 7.7, 12.5};
        double[] y = {-2.1, -1.4, -0.6, -0.2, 0.1, 0.4, 0.9, 1.3, 2.8, 4.4, 7.1, 9.9};
        assertEquals(-0.0128932187762881, learned("box-cox", x).lambda().getAsDouble(), 1e-8);
        assertEquals(0.4484675379061205, learned("yeo-johnson", y).lambda().getAsDouble(), 1e-8);
        // norm.ppf((rankdata([3, 1, 2, 2, 5]) - .375)/5.25), smallest first
        assertArrayEquals(
                new double[] {-1.17976112, -0.24104039, 0.49720057, 1.17976112},
                learned("rank-normal", 3, 1, 2, 2, 5).scores().toArray(),
                1e-8);
    }

    /** t = e^(sN + shift) or a power of it: λ is found although batches differ in both. */
    @ParameterizedTest
    @CsvSource({"0", "0.5", "-0.3"})
    void shiftsAndSpreadsOfBatchesAreNotTakenForTheShape(double lambda) {
        FeatureTable normal = Tables.random(71, 4, 3, 400);
        FeatureTable table =
                map(
                        normal,
                        v -> {
                            double t = (v - 22) / 3;
                            return lambda == 0 ? Math.exp(t) : Math.pow(1 + lambda * t, 1 / lambda);
                        });
        ComBat combat = ComBat.of("site", List.of("age")).transforming(List.of("box-cox"));
        for (Transform t : Tables.fit(combat, table).transforms()) {
            // √(2/(3·1200·0.4²)) = 0.06 is about its standard error.
            assertEquals(lambda, t.lambda().getAsDouble(), 0.18);
        }
    }

    /** Volumes of two sites that differ in the mean and spread of their logarithm. */
    @Test
    void logTakesASiteOutOfVolumesWhereRawValuesKeepItAndGoBelowZero() {
        Rng rng = new Rng(72);
        FeatureTable shape = Tables.random(72, 6, 2, 300);
        double[][] rows = new double[600][6];
        for (int r = 0; r < 600; r++) {
            for (int f = 0; f < 6; f++) {
                boolean b = r % 2 == 1;
                rows[r][f] = Math.exp((b ? 1.5 : 0.3) + (b ? 1.1 : 0.4) * rng.nextGaussian());
            }
        }
        FeatureTable table = shape.withRows(rows);
        FeatureTable raw = Tables.harmonized(PLAIN, table);
        FeatureTable log = Tables.harmonized(PLAIN.transforming(List.of("log")), table);
        assertTrue(smallest(raw) < 0, "raw goes to " + smallest(raw));
        assertTrue(smallest(log) > 0);
        // √(2/300) · 1.36 is the 5 % point of the distance of two distributions.
        assertTrue(distance(raw) > 0.2, "raw leaves " + distance(raw));
        assertTrue(distance(log) < 0.11, "log leaves " + distance(log));
    }

    @Test
    void aLogIsComBatOfTheLogarithms() {
        FeatureTable table = Tables.random(73, 5, 3, 20);
        ComBat combat = ComBat.of("site", List.of("age"));
        FeatureTable expected =
                map(Tables.harmonized(combat, map(table, StrictMath::log)), StrictMath::exp);
        assertEquals(
                0,
                Tables.difference(
                        expected, Tables.harmonized(combat.transforming(List.of("log")), table)),
                1e-12);
    }

    @Test
    void theFirstPatternThatFitsAFeatureDecides() {
        FeatureTable table = Tables.random(74, 4, 2, 20);
        ComBatModel model =
                Tables.fit(
                        PLAIN.transforming(List.of("none:f101", "log:f102", "yeo-johnson:f10*")),
                        table);
        assertEquals(
                List.of("f100", "f102", "f103"),
                model.transforms().stream().map(Transform::feature).toList());
        FeatureTable after = model.apply(table, new Trace());
        FeatureTable alone = Tables.harmonized(PLAIN.transforming(List.of("log")), table);
        assertEquals(Transform.Kind.LOG, model.transforms().get(1).kind());
        assertEquals(alone.features(), after.features());
        assertEquals(
                "transform \"square\" is none. Write none, log, box-cox, yeo-johnson or rank-normal,"
                        + " for some features with a pattern after it: log:shape_*.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> PLAIN.transforming(List.of("square")))
                        .getMessage());
    }

    @Test
    void aFitRefusesWhatTheTransformDoesNotTakeAndALaterCellIsUndefinedAndSaid() {
        FeatureTable table = Tables.random(75, 3, 2, 20);
        FeatureTable zero = with(table, 7, 1, 0);
        ComBat log = PLAIN.transforming(List.of("log"));
        assertEquals(
                "exam P1007: feature f101 is 0, and transform log takes numbers above 0 only."
                        + " Correct it, or give this feature another transform (yeo-johnson takes any"
                        + " number).",
                assertThrows(RefusedException.class, () -> Tables.fit(log, zero)).getMessage());
        ComBatModel model = Tables.fit(log, table);
        Trace trace = new Trace();
        FeatureTable after = model.apply(zero, trace);
        assertTrue(Double.isNaN(after.row(7)[1]));
        assertEquals(model.apply(table, new Trace()).row(7)[0], after.row(7)[0]);
        assertTrue(
                trace.warnings()
                        .contains(
                                "1 value is not above 0, which the transform of the fit does not"
                                        + " take: undefined (NaN) in the harmonized table (first:"
                                        + " P1007, f101 0)."),
                trace.warnings().toString());
        for (double cell : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
            assertEquals(cell, model.apply(with(table, 7, 1, cell), new Trace()).row(7)[1]);
        }
    }

    @Test
    void whatComesOutBeyondTheValuesOfTheFitIsSaid() {
        FeatureTable table = Tables.random(76, 3, 2, 20);
        ComBatModel model = Tables.fit(PLAIN.transforming(List.of("log")), table);
        Trace trace = new Trace();
        model.apply(with(table.rows(4), 0, 2, 900), trace);
        assertEquals(1, trace.warnings().size());
        assertTrue(
                trace.warnings()
                        .get(0)
                        .startsWith(
                                "1 value is brought beyond the smallest or largest value of the fit"
                                        + " (first: P1004, f102 "),
                trace.warnings().get(0));
    }

    /** λ < 0 has an end: t < −1/λ. */
    @Test
    void whatNoValueLeadsToIsUndefinedAndSaid() {
        FeatureTable table = map(Tables.random(77, 3, 2, 60), v -> 1 / (30 - v));
        ComBat means =
                new ComBat(
                        "site",
                        List.of(),
                        "*",
                        ComBat.Method.NONE,
                        ComBat.MeanOnly.SVA,
                        Optional.empty(),
                        3,
                        false);
        ComBatModel model = Tables.fit(means.transforming(List.of("box-cox")), table);
        assertTrue(model.transforms().get(0).lambda().getAsDouble() < -0.5);
        int up = model.batches().get(0).gamma().get(0) < 0 ? 0 : 1;
        Trace trace = new Trace();
        FeatureTable after = model.apply(with(table.rows(up), 0, 0, 1e9), trace);
        assertTrue(Double.isNaN(after.row(0)[0]), "" + after.row(0)[0]);
        assertTrue(
                trace.warnings().stream()
                        .anyMatch(w -> w.contains("brought beyond what the transform can change")),
                trace.warnings().toString());
    }

    @ParameterizedTest
    @CsvSource({"log", "box-cox", "yeo-johnson", "rank-normal"})
    void laterRowsAndANewSiteAreChangedAsTheFitChangedThem(String kind) {
        FeatureTable table = Tables.random(78, 5, 3, 150);
        ComBat combat = ComBat.of("site", List.of("age")).transforming(List.of(kind));
        ComBatModel model = Tables.fit(combat, table);
        FeatureTable after = model.apply(table, new Trace());
        assertArrayEquals(after.row(7), model.apply(table.rows(7), new Trace()).row(0));
        int[] own = java.util.stream.IntStream.range(0, 150).map(r -> 3 * r).toArray();
        FeatureTable other = Tables.relabel(table.rows(own), "site", r -> "X");
        ComBatModel.Batch placed = model.place(other, new Trace());
        assertArrayEquals(model.batches().get(0).gamma().toArray(), placed.gamma().toArray(), 1e-9);
    }

    @Test
    void everyTransformIsUndone() {
        double[] values = {0.02, 0.5, 1, 3, 3, 40, 700};
        for (String kind : List.of("log", "box-cox", "yeo-johnson", "rank-normal")) {
            Transform t = learned(kind, values);
            for (double v : new double[] {0.02, 0.3, 1, 55, 700, 900}) {
                assertEquals(v, t.back(t.forward(v)), 1e-11 * v, kind);
            }
        }
        // -0.3 lies below all values of the fit, on the other branch.
        Transform above = learned("yeo-johnson", values);
        assertEquals(-0.3, above.back(above.forward(-0.3)), 1e-12);
        assertTrue(above.forward(-0.3) < above.forward(0));
        Transform negative = learned("yeo-johnson", -9, -2, -1, 0, 3, 4);
        for (double v : new double[] {-9, -0.4, 0, 2}) {
            assertEquals(v, negative.back(negative.forward(v)), 1e-12);
        }
    }

    private static FeatureTable map(FeatureTable table, DoubleUnaryOperator function) {
        double[][] rows = new double[table.size()][];
        Arrays.setAll(rows, r -> Arrays.stream(table.row(r)).map(function).toArray());
        return table.withRows(rows);
    }

    private static FeatureTable with(FeatureTable table, int row, int feature, double value) {
        double[][] rows = new double[table.size()][];
        Arrays.setAll(rows, r -> table.row(r).clone());
        rows[row][feature] = value;
        return table.withRows(rows);
    }

    private static double smallest(FeatureTable table) {
        double least = Double.POSITIVE_INFINITY;
        for (int r = 0; r < table.size(); r++) {
            least = Math.min(least, Arrays.stream(table.row(r)).min().orElseThrow());
        }
        return least;
    }

    /** Returns the largest distance of the distributions of two sites, over the features. */
    private static double distance(FeatureTable table) {
        double most = 0;
        for (int f = 0; f < table.features().size(); f++) {
            double[] all = table.column(table.features().get(f));
            for (double at : all) {
                double below = 0;
                for (int r = 0; r < all.length; r++) {
                    below += all[r] <= at ? (r % 2 == 0 ? 1 : -1) : 0;
                }
                most = Math.max(most, Math.abs(below) / (all.length / 2.0));
            }
        }
        return most;
    }
}
