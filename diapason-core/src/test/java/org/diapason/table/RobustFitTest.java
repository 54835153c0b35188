package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.api.Test;

class RobustFitTest {

    private static ComBat robust(ComBat combat) {
        return combat.by(ComBat.LocationScale.ROBUST);
    }

    @Test
    void equalsATranscriptionInR() {
        FeatureTable simulated = Tables.simulated(12);
        double[][] rows = new double[simulated.size()][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = simulated.row(r).clone();
        }
        rows[2][0] = 400;
        FeatureTable table = simulated.withRows(rows);
        ComBat combat =
                new ComBat(
                        "batch",
                        List.of("age", "sex"),
                        "*",
                        ComBat.Method.NONE,
                        ComBat.MeanOnly.NO,
                        Optional.empty(),
                        2,
                        false);
        FeatureTable after = Tables.harmonized(robust(combat), table);
        // R, y the rows of the first 12 features, d[1, 3] <- 400, X = [batches | age, sex], B <-
        // rlm(X, y, psi = psi.huber, acc = 1e-13) of MASS 7.3-58 (to 1e-11; here by its weights in
        // 500 rounds), s <- median|e|/0.6745; then 500 times e <- y - X'B; u <- e/(4.685*s); B <-
        // lm.wfit(X, y, ifelse(abs(u) < 1, (1 - u^2)^2, 0)); r <- y - C'B; md <- tapply(r, b,
        // median); a <- sum(md*table(b))/n; sg <- sqrt(bw(r - md[b], 0)); z <- (r - a)/sg; per
        // batch m <- median(z), sg*(z - m)/sqrt(bw(z, m)) + a + C'B; bw <- function(x, m) { D <- x
        // -
        // m; u <- D/(9/qnorm(.75)*median(abs(D))); i <- abs(u) < 1;
        // length(x)*sum((D^2*(1-u^2)^4)[i])/sum(((1-u^2)*(1-5*u^2))[i])^2 }
        double[] first = {
            13.6310931170,
            16.1226415853,
            397.1381835181,
            13.5003031356,
            14.9297540917,
            14.6286865446
        };
        double[] last = {
            28.9541985994, 27.5578134728, 28.1037636081, 29.3333904819, 27.8451288269, 28.9649086538
        };
        for (int r = 0; r < 6; r++) {
            assertEquals(first[r], after.row(r)[0], 1e-9, "row " + r);
            assertEquals(last[r], after.row(41 + r)[11], 1e-9, "row " + (41 + r));
        }
    }

    /**
     * Two sites of 200; one exam in ten of the second is a wrong unit, a thousand times too large.
     */
    @Test
    void outliersDoNotMoveTheOthers() {
        FeatureTable clean = Tables.random(61, 8, 2, 200);
        double[][] rows = new double[clean.size()][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = clean.row(r).clone();
            if (r % 20 == 1) {
                rows[r][0] *= 1000;
            }
        }
        ComBat combat = ComBat.of("site", List.of());
        double usual = moved(combat, clean, rows);
        double robust = moved(robust(combat), clean, rows);
        assertTrue(usual > 100, "means and variances move by " + usual);
        // A tenth of outliers on one side move a median by 0.13 standard deviations of 1 to 1.6.
        assertTrue(robust < 0.6, "medians and midvariances move by " + robust);
    }

    /**
     * One exam in ten of those over 60 is a wrong unit: a slope of least squares goes with them.
     */
    @Test
    void outliersDoNotTiltTheEffectOfAge() {
        FeatureTable clean = Tables.random(64, 8, 2, 200);
        double[][] rows = new double[clean.size()][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = clean.row(r).clone();
            if (r % 10 == 1 && Integer.parseInt(clean.covariate(r, "age")) > 60) {
                rows[r][0] *= 10;
            }
        }
        ComBat combat = ComBat.of("site", List.of("age"));
        FeatureTable soiled = clean.withRows(rows);
        // The age effect of the simulation is 0.02 a year.
        double usual = Tables.fit(combat, soiled).effects().get(0).values().get(0);
        double robust = Tables.fit(robust(combat), soiled).effects().get(0).values().get(0);
        assertTrue(usual > 0.2, "least squares: " + usual);
        assertEquals(0.02, robust, 0.01, "standard error 0.004");
    }

    private static double moved(ComBat combat, FeatureTable clean, double[][] rows) {
        FeatureTable before = Tables.harmonized(combat, clean);
        FeatureTable after = Tables.harmonized(combat, clean.withRows(rows));
        double most = 0;
        for (int r = 0; r < rows.length; r++) {
            if (r % 20 != 1) {
                most = Math.max(most, Math.abs(before.row(r)[0] - after.row(r)[0]));
            }
        }
        return most;
    }

    @Test
    void laterRowsGetWhatTheyGotInTheFitAndANewSiteIsPlacedRobustly() {
        FeatureTable table = Tables.random(62, 8, 3, 30);
        ComBatModel model = Tables.fit(robust(ComBat.of("site", List.of("age"))), table);
        FeatureTable after = model.apply(table, new Trace());
        assertArrayEquals(after.row(7), model.apply(table.rows(7), new Trace()).row(0));
        int[] own = IntStream.range(0, 30).map(r -> 3 * r).toArray();
        FeatureTable other = Tables.relabel(table.rows(own), "site", r -> "X");
        // The rows of A under a new name: the same estimates from the same numbers.
        ComBatModel.Batch placed = model.place(other, new Trace());
        assertArrayEquals(
                model.batches().get(0).gamma().toArray(), placed.gamma().toArray(), 1e-10);
        assertArrayEquals(
                model.batches().get(0).delta().toArray(), placed.delta().toArray(), 1e-10);
    }

    @Test
    void aFeatureTiedInMostExamsPassesUnchangedAndIsCounted() {
        FeatureTable table = Tables.random(63, 4, 2, 30);
        double[][] rows = new double[table.size()][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = table.row(r).clone();
            rows[r][1] = r % 5 < 3 ? 2 : rows[r][1];
        }
        Trace trace = new Trace();
        FeatureTable tied = table.withRows(rows);
        FeatureTable after =
                Tables.fit(robust(ComBat.of("site", List.of())), tied, trace)
                        .apply(tied, new Trace());
        assertArrayEquals(tied.column("f101"), after.column("f101"));
        assertTrue(
                trace.children()
                        .get(0)
                        .warnings()
                        .contains(
                                "1 feature has one value in more than half of the exams, no robust"
                                        + " scale, and passes unchanged."),
                trace.children().get(0).warnings().toString());
    }
}
