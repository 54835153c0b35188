package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;

/** What crashed or ruined other programs, on 30 features of 40 exams unless said. */
class ComBatCrashTest {
    private static final ComBat COMBAT = ComBat.of("site", List.of("age"));

    private static FeatureTable table() {
        return Tables.random(31, 30, 4, 10);
    }

    /** neuroCombat 0.2.12: all 1,200 cells NaN. longCombat: stops. */
    @Test
    void oneNanCell() {
        FeatureTable table = with(table(), 5, 7, Double.NaN);
        FeatureTable after = Tables.harmonized(COMBAT, table);
        assertEquals(1, undefined(after));
        assertTrue(Double.isNaN(after.row(5)[7]));
        ComBat plain = COMBAT.by(ComBat.Method.NONE);
        FeatureTable whole = Tables.harmonized(plain, table());
        FeatureTable holed = Tables.harmonized(plain, table);
        for (int r = 0; r < 40; r++) {
            for (int f = 0; f < 30; f++) {
                if (f != 7) {
                    assertEquals(whole.row(r)[f], holed.row(r)[f], 1e-12);
                }
            }
        }
    }

    /** neuroCombat: all cells NaN. sva 3.46: the whole run switched to mean-only. */
    @Test
    void oneSingletonBatch() {
        FeatureTable all = table();
        FeatureTable table =
                Tables.relabel(all, "site", r -> r == 0 ? "E" : all.covariate(r, "site"));
        ComBatModel model = Tables.fit(COMBAT, table);
        assertEquals(0, undefined(model.apply(table, new Trace())));
        for (ComBatModel.Batch batch : model.batches()) {
            boolean unscaled = Arrays.stream(batch.delta().toArray()).allMatch(d -> d == 1);
            assertEquals(batch.name().equals("E"), unscaled, batch.name());
        }
    }

    /** neuroCombat: NaN. sva: dim(X) must have a positive length. longCombat: must be an array. */
    @Test
    void oneFeature() {
        FeatureTable table = Tables.random(32, 1, 4, 10);
        for (ComBat.Method method : ComBat.Method.values()) {
            FeatureTable after = Tables.harmonized(COMBAT.by(method), table);
            FeatureTable plain = Tables.harmonized(COMBAT.by(ComBat.Method.NONE), table);
            assertEquals(0, Tables.difference(plain, after));
            assertEquals(0, undefined(after));
        }
    }

    /** neuroCombat: AttributeError np.int. */
    @Test
    void referenceBatch() {
        // Around 0, taking a mean away and adding it again would lose digits.
        FeatureTable table = around(table(), -22);
        FeatureTable after = Tables.harmonized(COMBAT.to("B"), table);
        for (int r = 1; r < 40; r += 4) {
            assertArrayEquals(table.row(r), after.row(r), "exam " + r + " of the reference");
        }
        // Without covariates and shrinking, every site has exactly the reference's moments then.
        FeatureTable plain =
                Tables.harmonized(
                        ComBat.of("site", List.of()).by(ComBat.Method.NONE).to("B"), table);
        for (int site = 0; site < 4; site++) {
            assertEquals(moment(table, 1, false), moment(plain, site, false), 1e-11);
            double ratio = moment(plain, site, true) / moment(table, 1, true);
            // σ of the reference has the divisor n, δ̂ n − 1, so the others get 9/10 of its
            // variance.
            assertEquals(site == 1 ? 1 : 0.9, ratio, 1e-11);
        }
    }

    /** neuroCombat: NaN for 60 of 60 features. sva: 48,000 of 48,000 cells NaN. */
    @Test
    void nonParametricOfEightHundredPerBatch() {
        FeatureTable table = Tables.random(33, 6, 2, 800);
        ComBatModel model = Tables.fit(COMBAT.by(ComBat.Method.NONPARAMETRIC), table);
        ComBatModel raw = Tables.fit(COMBAT.by(ComBat.Method.NONE), table);
        assertEquals(0, undefined(model.apply(table, new Trace())));
        for (int i = 0; i < 2; i++) {
            double[] hat = raw.batches().get(i).gamma().toArray();
            double[] star = model.batches().get(i).gamma().toArray();
            for (int f = 0; f < hat.length; f++) {
                int own = f;
                double[] others =
                        IntStream.range(0, hat.length)
                                .filter(g -> g != own)
                                .mapToDouble(g -> hat[g])
                                .sorted()
                                .toArray();
                assertTrue(star[f] >= others[0] - 1e-12 && star[f] <= others[4] + 1e-12);
            }
        }
    }

    /** neuroCombat: Singular matrix. longCombat: finishes silently. */
    @Test
    void diagnosisFullyConfoundedWithSite() {
        FeatureTable table = Tables.relabel(table(), "dx", r -> r % 4 < 2 ? "case" : "control");
        assertEquals(
                "dx and site cannot be told apart: no exam with dx=control in A; no exam with"
                        + " dx=control in B; no exam with dx=case in C; no exam with dx=case in D."
                        + " Removing site would remove dx. Collect exams for what is missing, or use"
                        + " travelling subjects.",
                assertThrows(
                                RefusedException.class,
                                () -> Tables.fit(ComBat.of("site", List.of("age", "dx")), table))
                        .getMessage());
    }

    /** neuroCombat: difference of 0.512 at an SD of 3.42. */
    @Test
    void applyToTrainingDataIsTheFit() {
        FeatureTable table = table();
        // From the letters of the model, as a paper says it.
        ComBatModel plain = Tables.fit(COMBAT, table);
        FeatureTable whole = plain.apply(table, new Trace());
        for (int r = 0; r < 40; r++) {
            ComBatModel.Batch b = plain.batches().get(r % 4);
            for (int f = 0; f < 30; f++) {
                double age = Double.parseDouble(table.covariate(r, "age"));
                double s = plain.sigma().get(f);
                double m = plain.alpha().get(f) + age * plain.effects().get(0).values().get(f);
                double z = (table.row(r)[f] - m) / s - b.gamma().get(f);
                double y = s * z / Math.sqrt(b.delta().get(f)) + m;
                assertEquals(y, whole.row(r)[f], 1e-12);
            }
        }
        for (ComBat combat :
                List.of(COMBAT, COMBAT.by(ComBat.Method.NONPARAMETRIC), COMBAT.to("B"))) {
            ComBatModel model = Tables.fit(combat, table);
            FeatureTable fit = model.apply(table, new Trace());
            for (int r = 0; r < 40; r++) {
                FeatureTable one = model.apply(table.rows(r), new Trace());
                assertEquals(0, Tables.difference(fit.rows(r), one), 1e-12);
            }
        }
    }

    /** longCombat: error, since it searches for names that begin with the batch's. */
    @Test
    void covariateSiteAgeBesideBatchSite() {
        FeatureTable table = table();
        FeatureTable named = Tables.relabel(table, "site_age", r -> table.covariate(r, "age"));
        FeatureTable expected = Tables.harmonized(COMBAT, table);
        FeatureTable after = Tables.harmonized(ComBat.of("site", List.of("site_age")), named);
        assertEquals(0, Tables.difference(expected, after));
        assertNotEquals(0, Tables.difference(table, after));
    }

    /** neuroCombat and sva: finite. */
    @Test
    void twentyOfThirtyFeaturesConstant() {
        FeatureTable table = table();
        double[][] rows = new double[40][];
        for (int r = 0; r < 40; r++) {
            rows[r] = table.row(r).clone();
            Arrays.fill(rows[r], 10, 30, 0.3);
        }
        FeatureTable flat = table.withRows(rows);
        Trace trace = new Trace();
        FeatureTable after = Tables.fit(COMBAT, flat, trace).apply(flat, new Trace());
        assertEquals(0, undefined(after));
        for (int r = 0; r < 40; r++) {
            for (int f = 10; f < 30; f++) {
                assertEquals(0.3, after.row(r)[f]);
            }
        }
        assertEquals(
                List.of(
                        "20 features do not vary beyond batch and protected columns and pass"
                                + " unchanged."),
                trace.children().get(0).warnings());
    }

    private static FeatureTable around(FeatureTable table, double shift) {
        double[][] rows = new double[table.size()][];
        Arrays.setAll(rows, r -> Arrays.stream(table.row(r)).map(v -> v + shift).toArray());
        return table.withRows(rows);
    }

    private static FeatureTable with(FeatureTable table, int row, int feature, double value) {
        double[][] rows = new double[table.size()][];
        Arrays.setAll(rows, r -> table.row(r).clone());
        rows[row][feature] = value;
        return table.withRows(rows);
    }

    /** Returns mean or variance of feature 3 in every fourth row. */
    private static double moment(FeatureTable table, int site, boolean variance) {
        double sum = 0;
        double squares = 0;
        for (int r = site; r < 40; r += 4) {
            sum += table.row(r)[3] / 10;
        }
        for (int r = site; r < 40; r += 4) {
            squares += (table.row(r)[3] - sum) * (table.row(r)[3] - sum) / 9;
        }
        return variance ? squares : sum;
    }

    private static int undefined(FeatureTable table) {
        int count = 0;
        for (int r = 0; r < table.size(); r++) {
            count += (int) Arrays.stream(table.row(r)).filter(v -> !Double.isFinite(v)).count();
        }
        return count;
    }
}
