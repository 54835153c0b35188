package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.catalogue.Settings;
import org.diapason.catalogue.Tree;
import org.diapason.gate.Recalibration;
import org.diapason.io.run.Json;
import org.diapason.io.table.Csv;
import org.diapason.math.Rng;
import org.diapason.stats.Logistic;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import javax.xml.parsers.DocumentBuilderFactory;

class TaskCommandsTest {
    @TempDir Path folder;

    private static Path reference(String name) {
        Path file =
                Path.of(System.getProperty("diapason.data", "absent"))
                        .resolve("references")
                        .resolve(name);
        Assumptions.assumeTrue(Files.isRegularFile(file), file + " is absent");
        return file;
    }

    static double number(Tree tree, String... path) {
        Tree at = tree;
        for (String name : path) {
            at =
                    at instanceof Tree.Items items
                            ? items.values().get(Integer.parseInt(name))
                            : ((Tree.Fields) at).values().get(name);
        }
        return Double.parseDouble(((Tree.Text) at).value());
    }

    // pROC 1.18.0, as in DeLongTest and RocTest
    @Test
    void theHaemorrhageStudyIsJudgedAsByProc() {
        Cli.Said said =
                Cli.run(
                        "roc",
                        reference("aSAH.csv"),
                        "--label",
                        "outcome",
                        "--positive",
                        "Poor",
                        "--score",
                        "wfns,s100b",
                        "--specificity",
                        "0.9,1",
                        "--by",
                        "gender",
                        "--json",
                        "-");
        assertEquals("", said.err());
        assertEquals(0, said.code());
        Tree json = Json.parse("said", said.out());
        assertEquals(41, number(json, "events"));
        assertEquals(0.823678861788618, number(json, "scores", "wfns", "auc"), 1e-12);
        assertEquals(0.00146991470882363, number(json, "scores", "wfns", "variance"), 1e-12);
        assertEquals(0.748534887819453, number(json, "scores", "wfns", "ciLow"), 1e-9);
        assertEquals(0.898822835757783, number(json, "scores", "wfns", "ciHigh"), 1e-9);
        assertEquals(2.20898359144091, number(json, "pairs", "0", "z"), 1e-9);
        assertEquals(0.0271757822291882, number(json, "pairs", "0", "p"), 1e-9);
        assertEquals(
                0.0334417344173442,
                number(json, "scores", "wfns", "partialSpecificity", "area"),
                1e-12);
        assertEquals(71, number(json, "by", "0", "n"), "women");
        // R 4.2: with(subset(aSAH, gender == "Female"), roc(outcome, wfns)$auc)
        assertEquals(0.7785714285714285, number(json, "by", "0", "scores", "wfns", "auc"), 1e-12);
    }

    @Test
    void whichLevelIsPositiveIsNeverGuessed() throws IOException {
        Path table = table("y,s\nsick,2\nwell,1\nsick,3\n");
        Cli.Said said = Cli.run("roc", table, "--label", "y", "--score", "s");
        assertEquals(
                "diapason: t.csv, column \"y\" has the levels sick, well, so which is positive has to be"
                        + " said: add --positive sick or --positive well.\n",
                said.err());
        assertEquals(2, said.code());
        Cli.Said other = Cli.run("roc", table, "--label", "y", "--score", "s", "--positive", "ill");
        assertEquals(
                "diapason: --positive ill: column \"y\" of t.csv has the levels sick, well.\n",
                other.err());
        Path three = table("y,s\n0,2\n1,1\n2,3\n");
        assertTrue(
                Cli.run("roc", three, "--label", "y", "--score", "s")
                        .err()
                        .contains(
                                "an outcome has two levels, found 3 (0, 1, 2) in 3 complete rows"));
        assertEquals(
                "diapason: t.csv has no column \"z\"; did you mean \"y\"?\n",
                Cli.run("roc", three, "--label", "z", "--score", "s").err());
        Path words = table("y,s\n0,2\n1,x\n");
        assertEquals(
                "diapason: t.csv, line 3, column \"s\": \"x\" is not a number. Correct it, or leave the"
                        + " cell empty.\n",
                Cli.run("roc", words, "--label", "y", "--score", "s").err());
    }

    private Path table(String text) throws IOException {
        return Files.writeString(folder.resolve("t.csv"), text);
    }

    @Test
    void aScoreThatPointsTheOtherWayIsTurnedOnlyWhenAskedFor() throws IOException {
        StringBuilder text = new StringBuilder("y,s,who\n");
        for (int r = 0; r < 40; r++) {
            text.append(r % 2).append(',').append(r % 2 == 1 ? r % 7 : 3 + r % 7).append(",p");
            text.append(r / 4).append('\n');
        }
        Path table = table(text.append("1,,p1\n").toString());
        Cli.Said said = Cli.run("roc", table, "--label", "y", "--score", "s");
        assertTrue(said.out().contains("below 0.5: do low values speak for positive?"), said.out());
        assertTrue(said.out().contains("1 rows left out"), said.out());
        Cli.Said turned =
                Cli.run(
                        "roc",
                        table,
                        "--label",
                        "y",
                        "--score",
                        "s",
                        "--low",
                        "s",
                        "--cluster",
                        "who",
                        "--interval",
                        "logit");
        assertTrue(turned.out().contains("s: AUC 0.8"), turned.out());
        assertTrue(turned.out().contains("belong together: 10 of them"), turned.out());
        Cli.Said both =
                Cli.run(
                        "roc",
                        table,
                        "--label",
                        "y",
                        "--score",
                        "s",
                        "--cluster",
                        "who",
                        "--specificity",
                        "0.9,1");
        assertTrue(both.out().contains("  specificity 0.9 to 1: area 0.0"), both.out());
        assertEquals(2, Cli.run("roc", table, "--label", "y", "--score", "s", "--low", "t").code());
        assertEquals(
                2,
                Cli.run("roc", table, "--label", "y", "--score", "s", "--specificity", "1,0.9")
                        .code());
    }

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

    /** Probabilities that are too extreme by 2; scanner B has 4 events only. */
    private Path predictions(String name, long seed, double prevalence) throws IOException {
        Rng rng = new Rng(seed);
        StringBuilder text = new StringBuilder("y,p,scanner\n");
        for (int r = 0; r < 600; r++) {
            boolean b = r % 20 == 0;
            boolean y = rng.nextDouble() < prevalence && (!b || r < 80);
            double l = (y ? 0.75 : -0.75) + rng.nextGaussian();
            text.append(y ? 1 : 0).append(',');
            text.append(Logistic.probability(3 * l)).append(',').append(b ? "B" : "A").append('\n');
        }
        return Files.writeString(folder.resolve(name), text.toString());
    }

    @Test
    void aMapIsLearnedOnSomeRowsAndJudgedOnOthers() throws IOException {
        Path learned = predictions("learned.csv", 1, 0.5);
        Path others = predictions("others.csv", 2, 0.5);
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

    /** By hand over all seven thresholds; a score that is turned round has the same one, turned. */
    @Test
    void theThresholdOfLeastCostIsFoundOnScores() throws IOException {
        StringBuilder text = new StringBuilder("y,s,m,who\n");
        double[] scores = {.9, .8, .7, .6, .4, .3, .2, .1, .1, .05};
        int[] y = {1, 1, 1, 0, 1, 0, 0, 0, 0, 1};
        for (int r = 0; r < 10; r++) {
            text.append(y[r]).append(',').append(scores[r]).append(',').append(-scores[r]);
            text.append(",w").append(r / 2).append('\n');
        }
        Path table = table(text.toString());
        Cli.Said said =
                Cli.run(
                        "threshold",
                        table,
                        "--label",
                        "y",
                        "--score",
                        "s",
                        "--cost",
                        "1:4",
                        "--prevalence",
                        "0.3",
                        "--json",
                        "-");
        assertEquals("", said.err());
        Tree json = Json.parse("said", said.out());
        assertEquals(.35, number(json, "threshold"), 1e-15);
        assertEquals(.8, number(json, "sensitivity"), 1e-15);
        assertEquals(.3 * 4 * .2 + .7 * .2, number(json, "cost"), 1e-15);
        assertEquals(.3 * .8 - .7 * .2 / 4, number(json, "netBenefit"), 1e-15);
        assertEquals(.3 - .7 / 4, number(json, "netBenefitOfAll"), 1e-15);
        assertEquals(100 * (.3 * .8 + .7 * .2), number(json, "calledOf100"), 1e-12);
        Cli.Said turned =
                Cli.run(
                        "threshold",
                        table,
                        "--label",
                        "y",
                        "--score",
                        "m",
                        "--low",
                        "--cost",
                        "1:4",
                        "--cluster",
                        "who",
                        "--prevalence",
                        "0.3");
        assertTrue(turned.out().contains("act where m ≤ -0.3500 ("), turned.out());
        Cli.Said dear =
                Cli.run("threshold", table, "--label", "y", "--score", "s", "--cost", "1:99");
        assertTrue(dear.out().contains("prevalence 0.500 (that of the table)"), dear.out());
        assertTrue(dear.out().contains("act on all: no threshold costs less"), dear.out());
        Cli.Said free =
                Cli.run("threshold", table, "--label", "y", "--score", "s", "--cost", "1:0");
        assertTrue(free.out().contains("act where s ≥ 0.6500 ("), free.out());
        assertTrue(free.out().contains("net benefit: none, as a miss costs nothing"), free.out());
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
        Path table = table(text.toString());
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
    void aSubgroupThatIsTooSmallIsNamedAndWithheld() throws IOException {
        Path table = predictions("t.csv", 1, 0.5);
        Cli.Said said =
                Cli.run(
                        "calibrate",
                        table,
                        "--label",
                        "y",
                        "--probability",
                        "p",
                        "--by",
                        "scanner");
        assertTrue(said.out().contains("\nscanner A: slope "), said.out());
        assertTrue(
                said.out()
                        .contains("\nscanner B: not shown, fewer than 5 positive or other rows\n"),
                said.out());
        Cli.Said json =
                Cli.run(
                        "roc", table, "--label", "y", "--score", "p", "--by", "scanner", "--json",
                        "-");
        Tree.Items groups =
                (Tree.Items) ((Tree.Fields) Json.parse("said", json.out())).values().get("by");
        Tree.Fields small = (Tree.Fields) groups.values().get(1);
        assertFalse(small.values().containsKey("n"));
        assertFalse(small.values().containsKey("events"));
        Cli.Said crossed =
                Cli.run(
                        "roc",
                        table,
                        "--label",
                        "y",
                        "--score",
                        "p",
                        "--by",
                        "scanner,y",
                        "--smallest",
                        "2");
        assertTrue(crossed.out().contains("scanner A, y 0: not shown"), crossed.out());
    }

    @Test
    void theShareOfEventsElsewhereIsEstimatedOrRefused() throws IOException {
        Path source = predictions("source.csv", 1, 0.5);
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
        Path target = predictions("target.csv", 3, 0.5);
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
    void pagesAreWellFormedAndShowTheirCurves() throws Exception {
        Path table = predictions("t.csv", 1, 0.5);
        Path roc = folder.resolve("roc.html");
        Path calibration = folder.resolve("c.html");
        Cli.run("roc", table, "--label", "y", "--score", "p", "--report", roc);
        Cli.run("calibrate", table, "--label", "y", "--probability", "p", "--report", calibration);
        for (Path page : List.of(roc, calibration)) {
            String text = Files.readString(page);
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(text.substring(text.indexOf('\n')))));
            assertTrue(text.contains("<polyline points=\""), text);
        }
        assertTrue(Files.readString(calibration).contains("aria-label=\"Decision curve\""));
        assertTrue(Files.readString(roc).contains("1 − specificity"));
        assertTrue(Files.readString(roc).contains("<polygon points=\""), "its band");
        assertTrue(Files.readString(calibration).contains("<polygon points=\""), "its band");
    }

    /** Four readers, sixty cases, two tests; the second adds 1 to the ratings of the sick. */
    private Path ratings(boolean all) throws IOException {
        Rng rng = new Rng(4);
        StringBuilder text = new StringBuilder("case,reader,test,truth,rating\n");
        for (int c = 0; c < 60; c++) {
            double own = c % 2 + rng.nextGaussian();
            for (int r = 0; r < 4; r++) {
                for (int t = 0; t < 2; t++) {
                    double rating = own + 2.0 * t * (c % 2) + 0.5 * rng.nextGaussian();
                    if (all || r < 3 || t == 0) {
                        text.append(c).append(",r").append(r).append(t == 0 ? ",a," : ",b,");
                        text.append(c % 2).append(',').append(rating).append('\n');
                    }
                }
            }
        }
        return table(text.toString());
    }

    private static Cli.Said readers(Path table, String json) {
        return Cli.run(
                "readers",
                table,
                "--label",
                "truth",
                "--score",
                "rating",
                "--test",
                "test",
                "--reader",
                "reader",
                "--case",
                "case",
                "--json",
                json);
    }

    @Test
    void readersAreComparedUnderTwoTests() throws IOException {
        Tree said = Json.parse("said", readers(ratings(true), "-").out());
        Tree random =
                ((Tree.Fields) ((Tree.Fields) said).values().get("obuchowskiRockette"))
                        .values()
                        .get("otherReadersAndCases");
        assertTrue(number(random, "p") < 0.05);
        assertTrue(number(random, "differences", "0", "high") < 0, "b is better than a");
        assertEquals(
                number(random, "differences", "0", "value"),
                number(said, "uStatistics", "0", "value"),
                1e-12);
        assertTrue(number(said, "uStatistics", "0", "p") < 0.05);
    }

    @Test
    void aReaderWhoMissedATestLeavesUStatistics() throws IOException {
        Cli.Said said = readers(ratings(false), folder.resolve("r.json").toString());
        assertEquals("", said.err());
        assertTrue(said.out().contains("not every reader read under every test"), said.out());
        assertTrue(said.out().contains("a − b, U-statistic: -0."), said.out());
    }

    @Test
    void optionsThatDoNotFitAreNamed() throws IOException {
        Path table = predictions("t.csv", 1, 0.5);
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
        Path beyond = table("y,p\n0,0.2\n1,1.2\n");
        Cli.Said said = Cli.run("calibrate", beyond, "--label", "y", "--probability", "p");
        assertEquals("diapason: a probability must be 0 … 1, got 1.2\n", said.err());
    }
}
