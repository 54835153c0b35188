package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
        Path folder = Path.of(System.getProperty("diapason.data", "")).resolve("references");
        assumeTrue(Files.isDirectory(folder), "no data/references");
        SortedMap<String, List<String>> c = new TreeMap<>();
        List<String[]> cells = Tables.csv(folder.resolve("sim4_pheno.csv"));
        List<String> names = List.of("id", "batch", "age", "sex");
        for (int k = 1; k < 4; k++) {
            int column = k;
            c.put(names.get(k), cells.stream().map(l -> l[column]).toList());
        }
        double[][] values = Arrays.copyOf(Tables.values(folder.resolve("sim4_data.csv"), 1), 12);
        values[0][2] = 400;
        List<String> features = IntStream.range(0, 12).mapToObj(f -> "f" + (10 + f)).toList();
        FeatureTable table = Tables.table(features, values, c);
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
        // R: B by least squares of the first 12 features, d[1, 3] <- 400, on [batches | age, sex];
        // r
        // <- d - C'B; md <- tapply(r, b, median); a <- sum(md * table(b))/n; sg <- sqrt(bw(r -
        // md[b], 0)); z <- (r - a)/sg; per batch m <- median(z), sg*(z - m)/sqrt(bw(z, m)) + a +
        // C'B;
        // bw <- function(x, m) { D <- x - m; u <- D/(9/qnorm(.75)*median(abs(D))); i <- abs(u) < 1;
        // length(x)*sum((D^2*(1-u^2)^4)[i])/sum(((1-u^2)*(1-5*u^2))[i])^2 }
        double[] first = {
            9.7513634043, 13.0636356633, 422.7172647344, 10.2510353921, 10.9322683568, 11.4398270211
        };
        double[] last = {
            28.9814676477, 27.6058270124, 28.1493753613, 29.1627162193, 27.4395857311, 28.8206151233
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
