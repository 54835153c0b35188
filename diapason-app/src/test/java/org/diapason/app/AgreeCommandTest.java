package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.catalogue.Tree;
import org.diapason.io.run.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgreeCommandTest {
    @TempDir Path folder;

    private Path table(String text) throws IOException {
        return Files.writeString(folder.resolve("t.csv"), text);
    }

    private static Tree json(Object... arguments) {
        Cli.Said said = Cli.run(arguments);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        return Json.parse("said", said.out());
    }

    private static final String JUDGES =
            "target,j1,j2,j3,j4\n1,9,2,5,8\n2,6,1,3,2\n3,8,4,6,8\n4,7,1,2,6\n5,10,5,6,9\n6,6,2,4,7\n";

    /**
     * The six targets and four judges of Shrout and Fleiss 1979: .17, .29, .71 and .44, .62, .91.
     * Limits: R 4.2, d <- j1 - j2; mean(d) + c(-1, 1) * qnorm(.975) * sd(d); their interval
     * qt(.975, 5) * sd(d) * sqrt(1/6 + qnorm(.975)^2/10)
     */
    @Test
    void theJudgesOfShroutAndFleissAgreeAsPublished() throws IOException {
        Path table = table(JUDGES + "7,5,,4,4\n");
        Tree said = json("agree", table, "--measurements", "j1,j2,j3,j4", "--json", "-");
        assertEquals(6, TaskTables.number(said, "subjects"));
        assertEquals(1, TaskTables.number(said, "leftOut"));
        String[] forms = {"oneWay", "agreement", "consistency"};
        double[] single = {.17, .29, .71};
        double[] mean = {.44, .62, .91};
        for (int f = 0; f < 3; f++) {
            assertEquals(
                    single[f], TaskTables.number(said, "icc", forms[f], "single", "value"), .005);
            assertEquals(mean[f], TaskTables.number(said, "icc", forms[f], "mean", "value"), .005);
        }
        assertEquals(31 / 6.0, TaskTables.number(said, "blandAltman", "0", "bias", "value"), 1e-12);
        assertEquals(
                2.875380189,
                TaskTables.number(said, "blandAltman", "0", "lowerLimit", "value"),
                1e-8);
        assertEquals(
                7.457953144,
                TaskTables.number(said, "blandAltman", "0", "upperLimit", "value"),
                1e-8);
        assertEquals(
                9.688260149,
                TaskTables.number(said, "blandAltman", "0", "upperLimit", "high"),
                1e-8);
        Cli.Said text = Cli.run("agree", table, "--measurements", "j1,j2,j3,j4");
        assertTrue(text.out().contains("ICC(2,1) agreement 0.290 (0.019 to 0.761)"), text.out());
        assertTrue(text.out().contains("\nj1 − j2: bias 5.17 ("), text.out());
    }

    // R 4.2, vcd 1.4-11: Kappa(as.table(matrix(c(11,3,1,2,9,4,0,3,12), 3, byrow = TRUE)))
    @Test
    void twoRatersOfThreeLevelsAgreeAsInVcd() throws IOException {
        int[][] counts = {{11, 3, 1}, {2, 9, 4}, {0, 3, 12}};
        String[] words = {"none", "mild", "severe"};
        StringBuilder text = new StringBuilder("anna,ben,carl\n");
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int n = 0; n < counts[i][j]; n++) {
                    text.append(words[i]).append(',').append(words[j]).append(",mild\n");
                }
            }
        }
        Path table = table(text + "mild,,mild\n");
        Tree said = json("agree", table, "--raters", "anna,ben", "--json", "-");
        assertEquals(45, TaskTables.number(said, "pairs", "0", "n"));
        assertEquals(0.566666666667, TaskTables.number(said, "pairs", "0", "value"), 1e-12);
        assertEquals(0.101198668733, TaskTables.number(said, "pairs", "0", "standardError"), 1e-12);
        assertEquals(11, TaskTables.number(said, "pairs", "0", "table", "1", "1"));
        Tree weighted =
                json(
                        "agree",
                        table,
                        "--raters",
                        "anna,ben",
                        "--weights",
                        "quadratic",
                        "--levels",
                        "none,mild,severe",
                        "--json",
                        "-");
        assertEquals(0.733333333333, TaskTables.number(weighted, "pairs", "0", "value"), 1e-12);
        assertEquals(11, TaskTables.number(weighted, "pairs", "0", "table", "0", "0"));
        assertEquals(
                "diapason: --weights linear needs the order of the categories mild, none, severe: add"
                        + " --levels with all of them, the least first\n",
                Cli.run("agree", table, "--raters", "anna,ben", "--weights", "linear").err());
        assertEquals(
                "diapason: t.csv, line 17, column \"anna\": \"mild\" is none of the levels none, severe."
                        + " Correct it, or name it in --levels.\n",
                Cli.run("agree", table, "--raters", "anna,ben", "--levels", "none,severe").err());
        Cli.Said three = Cli.run("agree", table, "--raters", "anna,ben,carl");
        assertTrue(three.out().contains("Fleiss' kappa "), three.out());
        assertTrue(three.out().contains("ben, carl: Cohen's kappa 0.000"), three.out());
        assertTrue(three.out().contains("46 subjects, 46 rated twice or more"), three.out());
    }

    @Test
    void numbersThatAreRatingsStandByTheirSize() throws IOException {
        Path table = table("a,b\n2,10\n10,2.0\n9,9\n2,2\n");
        Cli.Said said = Cli.run("agree", table, "--raters", "a,b", "--weights", "linear");
        assertTrue(said.out().contains("levels 2, 9, 10; weights linear"), said.err() + said.out());
        Path rare = table("a,b\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n1,1\n1,0\n0,1\n");
        Cli.Said paradox = Cli.run("agree", rare, "--raters", "a,b");
        assertTrue(
                paradox.out()
                        .contains(
                                "prevalence index 0.800, bias index 0.000: one category is rare, so"
                                        + " kappa is low"),
                paradox.out());
    }

    @Test
    void whatIsComparedIsSaid() throws IOException {
        Path table = table(JUDGES);
        assertEquals(2, Cli.run("agree", table).code());
        assertEquals(
                "diapason: --raters needs two or more columns, each once, got j1,j1\n",
                Cli.run("agree", table, "--raters", "j1,j1").err());
        assertEquals(
                "diapason: --weights and --levels are for categories; give those by --raters\n",
                Cli.run("agree", table, "--measurements", "j1,j2", "--levels", "1,2").err());
        assertEquals(
                "diapason: t.csv: agreement needs 2 to 100 categories, found 1 in a, b. Name all that"
                        + " raters chose from by --levels.\n",
                Cli.run("agree", table("a,b\nx,x\nx,x\n"), "--raters", "a,b").err());
    }
}
