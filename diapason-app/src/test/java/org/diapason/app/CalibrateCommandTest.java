package org.diapason.app;

import static org.diapason.app.TaskTables.number;
import static org.diapason.app.TaskTables.predictions;
import static org.diapason.app.TaskTables.reference;
import static org.diapason.app.TaskTables.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.diapason.catalogue.Settings;
import org.diapason.catalogue.Tree;
import org.diapason.gate.Recalibration;
import org.diapason.io.run.Json;
import org.diapason.io.table.Csv;
import org.diapason.math.Rng;
import org.diapason.stats.Logistic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrateCommandTest {
    @TempDir Path folder;

    @Test
    void theCancerPredictionIsCalibratedAsInTheReference() {
        Cli.Said said =
                Cli.run(
                        "calibrate",
                        reference("df_binary.csv"),
                        "--label",
                        "cancer",
                        "--positive",
                        "TRUE",
                        "--probability",
                        "cancerpredmarker",
                        "--threshold",
                        "0.1",
                        "--cost",
                        "1:4",
                        "--json",
                        "-");
        assertEquals("", said.err());
        assertEquals(0, said.code());
        Tree json = Json.parse("said", said.out());
        assertEquals(750, number(json, "n"));
        assertEquals(105, number(json, "events"));
        assertEquals(0.084929097797, number(json, "brier"), 1e-11);
        assertEquals(0.860627537837, number(json, "auc"), 1e-11);
        assertEquals(1.00000002870, number(json, "slope"), 1e-9);
        assertEquals(4.03003511874e-08, number(json, "intercept"), 1e-9);
        assertEquals(3.11070413221e-09, number(json, "calibrationInTheLarge"), 1e-9);
        assertEquals(0.0218550072, number(json, "ece"), 1e-9);
        assertEquals(14.4006402172, number(json, "hosmerLemeshow"), 1e-9);
        assertEquals(0.0874074074074, number(json, "netBenefit", "0", "model"), 1e-12);
        assertEquals(0.0673333333333, number(json, "netBenefit", "1", "model"), 1e-12);
        assertEquals(0.2, number(json, "costThreshold"), 1e-15);
    }

    @Test
    void aMapIsLearnedOnSomeRowsAndJudgedOnOthers() throws IOException {
        Path learned = predictions(folder, "learned.csv", 1, 0.5);
        Path others = predictions(folder, "others.csv", 2, 0.5);
        Path map = folder.resolve("map.json");
        Path out = folder.resolve("out.csv");
        Cli.Said said =
                Cli.run(
                        "calibrate",
                        learned,
                        "--label",
                        "y",
                        "--probability",
                        "p",
                        "--recalibrate",
                        "auto",
                        "--out",
                        map,
                        "--table",
                        out);
        assertEquals("", said.err());
        Recalibration read = Settings.read(Recalibration.class, Json.read(map));
        String word = read.method().name().toLowerCase(Locale.ROOT);
        assertTrue(said.out().contains("recalibration: " + word + ", " + read.reason()));
        Csv written = Csv.read(out);
        assertEquals(List.of("y", "p", "scanner", "p-recalibrated"), written.header());
        double p = Double.parseDouble(written.rows().get(5).cells().get(1));
        assertEquals(
                read.apply(p), Double.parseDouble(written.rows().get(5).cells().get(3)), 1e-15);
        Tree before =
                Json.parse(
                        "before",
                        Cli.run(
                                        "calibrate",
                                        others,
                                        "--label",
                                        "y",
                                        "--probability",
                                        "p",
                                        "--json",
                                        "-")
                                .out());
        Tree after =
                Json.parse(
                        "after",
                        Cli.run(
                                        "calibrate",
                                        others,
                                        "--label",
                                        "y",
                                        "--probability",
                                        "p",
                                        "--with",
                                        map,
                                        "--json",
                                        "-")
                                .out());
        assertTrue(number(before, "slopeHigh") < 0.75, "half is right: " + number(before, "slope"));
        assertEquals(1, number(after, "slope"), 0.2);
        assertTrue(number(after, "brier") < number(before, "brier"));
        assertEquals(number(before, "auc"), number(after, "auc"), 1e-12);
    }

    /** Every row twice is no more patients: the same slope, an interval no narrower. */
    @Test
    void calibrationIsJudgedByPatients() throws IOException {
        StringBuilder text = new StringBuilder("y,p,who\n");
        Rng rng = new Rng(5);
        for (int r = 0; r < 100; r++) {
            double l = rng.nextGaussian();
            int y = rng.nextDouble() < Logistic.probability(l) ? 1 : 0;
            for (int copy = 0; copy < 2; copy++) {
                text.append(y).append(',').append(Logistic.probability(l)).append(",w").append(r);
                text.append('\n');
            }
        }
        Path table = table(folder, text.toString());
        Tree rows = calibrated(table);
        Tree patients = calibrated(table, "--cluster", "who");
        assertEquals(100, number(patients, "clusters"));
        assertEquals(number(rows, "slope"), number(patients, "slope"), 1e-12);
        for (String name : List.of("slope", "brier", "ici")) {
            double narrow = number(rows, name + "High") - number(rows, name + "Low");
            double wide = number(patients, name + "High") - number(patients, name + "Low");
            assertTrue(wide > 1.25 * narrow && wide < 1.6 * narrow, name + " √2: " + wide / narrow);
        }
        assertTrue(
                number(patients, "netBenefit", "0", "modelHigh")
                        > number(rows, "netBenefit", "0", "modelHigh"));
        Cli.Said one = Cli.run("roc", table, "--label", "y", "--score", "p", "--cluster", "y");
        assertEquals(0, one.code(), one.err());
        Path single = Files.writeString(folder.resolve("u.csv"), "y,p,who\n0,.1,a\n1,.2,a\n");
        assertEquals(
                "diapason: --cluster who: all rows are of one, so nothing can be said of others\n",
                Cli.run("roc", single, "--label", "y", "--score", "p", "--cluster", "who").err());
    }

    private static Tree calibrated(Path table, String... more) {
        List<Object> all = new java.util.ArrayList<>(List.of("calibrate", table, "--label", "y"));
        all.addAll(List.of("--probability", "p", "--threshold", "0.5", "--json", "-"));
        all.addAll(List.of(more));
        Cli.Said said = Cli.run(all.toArray());
        assertEquals("", said.err());
        return Json.parse("said", said.out());
    }

    @Test
    void theShareOfEventsElsewhereIsEstimatedOrRefused() throws IOException {
        Path source = predictions(folder, "source.csv", 1, 0.5);
        Path map = folder.resolve("map.json");
        Cli.run(
                "calibrate",
                source,
                "--label",
                "y",
                "--probability",
                "p",
                "--recalibrate",
                "logistic",
                "--out",
                map);
        Path target = predictions(folder, "target.csv", 3, 0.5);
        Cli.Said said =
                Cli.run(
                        "calibrate",
                        source,
                        "--label",
                        "y",
                        "--probability",
                        "p",
                        "--target",
                        target);
        assertTrue(said.out().contains("events in target.csv: 0."), said.out());
        // rows that are those of the source have its share of events, whatever map is put before
        Cli.Said same =
                Cli.run(
                        "calibrate",
                        source,
                        "--label",
                        "y",
                        "--probability",
                        "p",
                        "--with",
                        map,
                        "--target",
                        source,
                        "--json",
                        "-");
        Tree json = Json.parse("said", same.out());
        assertEquals(number(json, "target", "source"), number(json, "target", "prevalence"), 1e-9);
    }

    @Test
    void optionsThatDoNotFitAreNamed() throws IOException {
        Path table = predictions(folder, "t.csv", 1, 0.5);
        assertEquals(
                "diapason: --recalibrate needs auto, intercept, temperature, firth, logistic, platt, beta or"
                        + " isotonic, got \"spline\"\n",
                Cli.run(
                                "calibrate",
                                table,
                                "--label",
                                "y",
                                "--probability",
                                "p",
                                "--recalibrate",
                                "spline",
                                "--out",
                                folder.resolve("m.json"))
                        .err());
        assertEquals(
                "diapason: --out and --table write what --recalibrate learns; add --recalibrate auto.\n",
                Cli.run(
                                "calibrate",
                                table,
                                "--label",
                                "y",
                                "--probability",
                                "p",
                                "--out",
                                folder.resolve("m.json"))
                        .err());
        assertEquals(
                "diapason: --cost needs FP:FN, as in 1:4, got \"4\"\n",
                Cli.run("calibrate", table, "--label", "y", "--probability", "p", "--cost", "4")
                        .err());
        Path beyond = table(folder, "y,p\n0,0.2\n1,1.2\n");
        Cli.Said said = Cli.run("calibrate", beyond, "--label", "y", "--probability", "p");
        assertEquals("diapason: a probability must be 0 … 1, got 1.2\n", said.err());
    }
}
