package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;

/** A batch that was not in the fit. */
class NewBatchTest {
    private static final ComBat COMBAT = ComBat.of("site", List.of("age", "sex"));

    /** Rows of sites A, B, C in turn. */
    private static FeatureTable all() {
        return Tables.random(51, 12, 3, 25);
    }

    private static FeatureTable of(FeatureTable table, String sites) {
        int[] which = new int[table.size()];
        int n = 0;
        for (int r = 0; r < which.length; r++) {
            if (sites.contains(table.covariate(r, "site"))) {
                which[n++] = r;
            }
        }
        return table.rows(Arrays.copyOf(which, n));
    }

    /** By definition: z of the frozen target has mean γ̂ and variance δ̂² in the new site. */
    @Test
    void withoutShrinkingItsRowsGetTheMeanAndSpreadOfTheTarget() {
        ComBatModel model = Tables.fit(COMBAT.by(ComBat.Method.NONE), of(all(), "AB"));
        FeatureTable rows = of(all(), "C");
        ComBatModel.Batch placed = model.place(rows, new Trace());
        FeatureTable after = model.with(placed).apply(rows, new Trace());
        for (int f = 0; f < 12; f++) {
            double mean = 0;
            double square = 0;
            for (int r = 0; r < 25; r++) {
                double z = standardised(model, after, r, f);
                mean += z / 25;
                square += z * z / 24;
            }
            assertEquals(0, mean, 1e-11);
            assertEquals(1, square, 1e-11);
            // √(δ̂²/n)
            assertEquals(Math.sqrt(placed.delta().get(f) / 25), placed.error().get(f), 1e-12);
        }
    }

    @Test
    void theBatchesOfTheFitAreNotTouched() {
        FeatureTable known = of(all(), "AB");
        ComBatModel model = Tables.fit(COMBAT, known);
        ComBatModel more = model.with(model.place(of(all(), "C"), new Trace()));
        assertEquals(
                0,
                Tables.difference(model.apply(known, new Trace()), more.apply(known, new Trace())));
    }

    @Test
    void aBatchThatWasAloneStaysAsItIsWhenAnotherIsPlaced() {
        FeatureTable alone = of(all(), "A");
        ComBatModel model = Tables.fit(COMBAT, alone);
        ComBatModel more = model.with(model.place(of(all(), "B"), new Trace()));
        assertEquals(0, Tables.difference(alone, more.apply(alone, new Trace())), 1e-12);
    }

    /** The published formula for the standard error of γ*: √(δ*²·τ²/(n·τ² + δ*²)). */
    @Test
    void theStandardErrorIsThatOfThePosterior() {
        ComBatModel model = Tables.fit(COMBAT, of(all(), "AB"));
        FeatureTable rows = of(all(), "C");
        ComBatModel.Batch placed = model.place(rows, new Trace());
        double[] hat = new double[12];
        double mean = 0;
        for (int f = 0; f < 12; f++) {
            for (int r = 0; r < 25; r++) {
                hat[f] += standardised(model, rows, r, f) / 25;
            }
            mean += hat[f] / 12;
        }
        double tau = 0;
        for (double h : hat) {
            tau += (h - mean) * (h - mean) / 11;
        }
        for (int f = 0; f < 12; f++) {
            double d = placed.delta().get(f);
            assertEquals(Math.sqrt(d * tau / (25 * tau + d)), placed.error().get(f), 1e-12);
        }
    }

    /** Of γ* = w·γ̂ + (1 − w)·γ̄ with the weight that sva gives it, τ²/(τ² + 1) whatever n. */
    @Test
    void theStandardErrorOfAMeanShrunkAsSvaDoesIsThatOfItsWeight() {
        ComBat sva =
                new ComBat(
                        "site",
                        List.of(),
                        "*",
                        ComBat.Method.PARAMETRIC,
                        ComBat.MeanOnly.SVA,
                        java.util.Optional.empty(),
                        3,
                        false);
        FeatureTable rows = of(all(), "C");
        ComBatModel model = Tables.fit(sva, of(all(), "AB"));
        double[] hat =
                Tables.fit(sva.by(ComBat.Method.NONE), of(all(), "AB"))
                        .place(rows, new Trace())
                        .gamma()
                        .toArray();
        double mean = Arrays.stream(hat).average().orElseThrow();
        double tau = Arrays.stream(hat).map(h -> (h - mean) * (h - mean)).sum() / 11;
        double w = tau / (tau + 1);
        double expected = Math.sqrt(w * w / 25 + (1 - w) * (1 - w) * tau);
        assertEquals(expected, model.place(rows, new Trace()).error().get(0), 1e-12);
    }

    /** Seen from the fit's own rows: a site left out and placed lands near where the fit had it. */
    @Test
    void aSiteOfTheReferencePlacedAnewIsWhereTheFitPutsIt() {
        FeatureTable table = all();
        ComBat toA =
                new ComBat(
                        "site",
                        List.of(),
                        "*",
                        ComBat.Method.PARAMETRIC,
                        ComBat.MeanOnly.NO,
                        java.util.Optional.of("A"),
                        5,
                        false);
        // Without covariates the target is A alone, so B in the fit or placed later is the same.
        ComBatModel both = Tables.fit(toA, of(table, "AB"));
        ComBatModel alone = Tables.fit(toA, of(table, "AC"));
        ComBatModel.Batch placed = alone.place(of(table, "B"), new Trace());
        assertArrayEquals(both.batches().get(1).gamma().toArray(), placed.gamma().toArray(), 1e-9);
        assertArrayEquals(both.batches().get(1).delta().toArray(), placed.delta().toArray(), 1e-9);
    }

    @Test
    void twoRowsMoveTheMeanOnlyAndSaySo() {
        ComBatModel model = Tables.fit(COMBAT, of(all(), "AB"));
        Trace trace = new Trace();
        ComBatModel.Batch placed = model.place(of(all(), "C").rows(0, 1), trace);
        assertTrue(Arrays.stream(placed.delta().toArray()).allMatch(d -> d == 1));
        assertEquals(
                List.of(
                        "site \"C\" is placed by 2 exams, fewer than min-scale-exams 3: only its mean"
                                + " is corrected."),
                trace.warnings());
    }

    @Test
    void aKnownBatchAndRowsOfTwoAreRefused() {
        ComBatModel model = Tables.fit(COMBAT, of(all(), "A"));
        assertEquals(
                "site \"A\" was in the fit of this model, so it cannot be placed anew.",
                refusal(model, of(all(), "A")));
        assertEquals(
                "exams of site \"B\" and \"C\" cannot be placed as one. Place them one after the"
                        + " other.",
                refusal(model, of(all(), "BC")));
        assertEquals(
                "ComBat has no exam to place a batch by. Add exams.", refusal(model, all().rows()));
    }

    @Test
    void anOlderOrUnknownVersionIsRefused() {
        ComBatModel m = Tables.fit(COMBAT, all());
        for (int version : new int[] {1, 3}) {
            assertEquals(
                    "this model is of version "
                            + version
                            + ", and only version 2 is read. Fit anew, or apply it with the program"
                            + " that wrote it.",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () ->
                                            new ComBatModel(
                                                    version,
                                                    m.settings(),
                                                    m.design(),
                                                    m.columns(),
                                                    m.alpha(),
                                                    m.effects(),
                                                    m.sigma(),
                                                    m.batches()))
                            .getMessage());
        }
    }

    private static String refusal(ComBatModel model, FeatureTable rows) {
        return assertThrows(RefusedException.class, () -> model.place(rows, new Trace()))
                .getMessage();
    }

    private static double standardised(ComBatModel model, FeatureTable table, int row, int f) {
        double[] code = model.design().encode(table, row);
        double mean = model.alpha().get(f);
        for (int k = 0; k < code.length; k++) {
            mean += code[k] * model.effects().get(k).values().get(f);
        }
        return (table.row(row)[f] - mean) / model.sigma().get(f);
    }
}
