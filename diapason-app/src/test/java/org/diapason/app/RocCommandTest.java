package org.diapason.app;

import static org.diapason.app.TaskTables.number;
import static org.diapason.app.TaskTables.predictions;
import static org.diapason.app.TaskTables.reference;
import static org.diapason.app.TaskTables.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.diapason.catalogue.Tree;
import org.diapason.io.run.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;

class RocCommandTest {
    @TempDir Path folder;

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
        Path table = table(folder, "y,s\nsick,2\nwell,1\nsick,3\n");
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
        Path three = table(folder, "y,s\n0,2\n1,1\n2,3\n");
        assertTrue(
                Cli.run("roc", three, "--label", "y", "--score", "s")
                        .err()
                        .contains(
                                "an outcome has two levels, found 3 (0, 1, 2) in 3 complete rows"));
        assertEquals(
                "diapason: t.csv has no column \"z\"; did you mean \"y\"?\n",
                Cli.run("roc", three, "--label", "z", "--score", "s").err());
        Path words = table(folder, "y,s\n0,2\n1,x\n");
        assertEquals(
                "diapason: t.csv, line 3, column \"s\": \"x\" is not a number. Correct it, or leave the"
                        + " cell empty.\n",
                Cli.run("roc", words, "--label", "y", "--score", "s").err());
    }

    @ParameterizedTest
    @CsvSource({"Good,Poor,Poor", "malignant,benign,malignant", "x,Control,x", "NO,YES,YES"})
    void whatWordsCanOnlyMeanNeedsNoOption(String low, String high, String positive)
            throws IOException {
        Path table = folder.resolve("words.csv");
        Files.writeString(
                table,
                "y,s\n" + (low + ",1\n").repeat(3) + low + ",3\n" + (high + ",2\n").repeat(4));
        Cli.Said said = Cli.run("roc", table, "--label", "y", "--score", "s");
        assertEquals(0, said.code(), said.err());
        assertTrue(said.out().contains(positive), said.out());
        // three of four low rows are 1: 3/4 of the pairs have the higher score in the second level
        String area = positive.equals(high) ? "0.75" : "0.25";
        assertTrue(said.out().contains(area), said.out());
    }

    @Test
    void aScoreThatPointsTheOtherWayIsTurnedOnlyWhenAskedFor() throws IOException {
        StringBuilder text = new StringBuilder("y,s,who\n");
        for (int r = 0; r < 40; r++) {
            text.append(r % 2).append(',').append(r % 2 == 1 ? r % 7 : 3 + r % 7).append(",p");
            text.append(r / 4).append('\n');
        }
        Path table = table(folder, text.append("1,,p1\n").toString());
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
    void aSubgroupThatIsTooSmallIsNamedAndWithheld() throws IOException {
        Path table = predictions(folder, "t.csv", 1, 0.5);
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
    void pagesAreWellFormedAndShowTheirCurves() throws Exception {
        Path table = predictions(folder, "t.csv", 1, 0.5);
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
        // acting on all is worth −∞ at the right: its curve ends where it leaves the chart
        String decisions = Files.readString(calibration).split("Decision curve")[1];
        String all = decisions.split("<polyline points=\"")[2].split("\"")[0];
        assertTrue(all.split(" ").length < 99, all);
        assertTrue(Double.parseDouble(all.substring(all.lastIndexOf(' ') + 1).split(",")[0]) < 400);
        assertTrue(Files.readString(roc).contains("1 − specificity"));
        assertTrue(Files.readString(roc).contains("<polygon points=\""), "its band");
        assertTrue(Files.readString(calibration).contains("<polygon points=\""), "its band");
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
        Path table = table(folder, text.toString());
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
}
