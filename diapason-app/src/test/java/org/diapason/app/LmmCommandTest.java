package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diapason.catalogue.Tree;
import org.diapason.io.run.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LmmCommandTest {
    @TempDir Path folder;
    private Path table;

    /** The data of MixedModelParityTest, to 12 decimals, with two rows that miss a cell. */
    @BeforeEach
    void writeTable() throws IOException {
        StringBuilder text = new StringBuilder("y,s,t,site,sex,my note,same\n");
        for (int r = 0; r < 96; r++) {
            if (r * 7 % 11 > 2) {
                int s = r % 12;
                int t = r / 12;
                int site = (s + 2 * t) % 5;
                double y = 50 + 3 * t + 4 * Math.sin(1 + 3 * s) + t * Math.sin(2 + 5 * s);
                y += 2 * Math.cos(3 * site) + 1.5 * Math.sin(17 * r + 0.3);
                text.append(y).append(",p").append(s).append(',').append(t).append(',');
                text.append(site).append(s % 3 == 0 ? ",F" : ",M").append(",,x\n");
            }
        }
        text.append(",p1,3,2,F,,x\n12,na,1,2,F,,x\n");
        table = folder.resolve("table.csv");
        Files.writeString(table, text);
    }

    private static double number(Tree tree, String... path) {
        Tree at = tree;
        for (String key : path) {
            at =
                    at instanceof Tree.Items items
                            ? items.values().get(Integer.parseInt(key))
                            : ((Tree.Fields) at).values().get(key);
        }
        return Double.parseDouble(((Tree.Text) at).value());
    }

    /** lmer(y ~ t*sex + (t | s), d), as in MixedModelParityTest. */
    @Test
    void theModelIsWrittenForPeopleAndMachines() throws IOException {
        Path json = folder.resolve("lmm.json");
        Path effects = folder.resolve("effects.csv");
        Cli.Said said =
                Cli.run(
                        "lmm",
                        table,
                        "--formula",
                        "y ~ t*sex + (t | s)",
                        "--json",
                        json,
                        "--effects",
                        effects);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        assertEquals(
                """
                y ~ t*sex + (t | s)
                70 rows, 12 of s; 2 rows with an empty cell left out

                fixed        estimate  std. error    df      t         p
                (Intercept)    50.326      1.3302  10.5  37.83  < 0.0001
                t              3.3867      0.4173   9.8   8.12  < 0.0001
                sexM           0.5415      1.6446  10.8   0.33    0.7483
                t:sexM        -0.4100      0.5141  10.0  -0.80    0.4436

                random    term         variance  std. deviation
                s         (Intercept)    3.8861          1.9713
                s         t              0.5147          0.7174
                residual                 5.7800          2.4042
                correlation in s of (Intercept) and t: 0.140

                REML criterion: 352.673
                """,
                said.out());
        Tree tree = Json.read(json);
        assertEquals(0.5414777971384, number(tree, "fixed", "sexM", "estimate"), 1e-6);
        assertEquals(0.5141194167387, number(tree, "fixed", "t:sexM", "standardError"), 1e-6);
        assertEquals(10.805749438353, number(tree, "fixed", "sexM", "df"), 1e-5);
        assertEquals(3.8860779897958, number(tree, "random", "0", "variance"), 1e-5);
        assertEquals(0.1395976, number(tree, "correlations", "0", "correlation"), 1e-6);
        assertEquals(5.7799598795046, number(tree, "residualVariance"), 1e-5);
        assertEquals(352.6725553698, number(tree, "remlCriterion"), 1e-8);
        List<String> lines = Files.readAllLines(effects);
        assertEquals("group,level,term,effect", lines.get(0));
        assertTrue(lines.get(1).startsWith("s,p0,(Intercept),2.09440"), lines.get(1));
        assertEquals(25, lines.size());
    }

    /** The same from lmer(y ~ t + (1 | s) + (1 | site), d). */
    @Test
    void numbersMayNameGroupsAndJsonMayBeStandardOutput() {
        Cli.Said said =
                Cli.run("lmm", table, "--formula", "y ~ t + (1 | s) + (1 | site)", "--json", "-");
        assertEquals(0, said.code());
        assertTrue(said.out().contains("{\"group\": \"site\", \"term\": \"(Intercept)\""));
        assertTrue(said.out().contains("\"variance\": 4.22968"), said.out());
        assertTrue(said.out().contains("\"groups\": {\"s\": 12, \"site\": 5}"), said.out());
        assertFalse(said.out().contains("REML criterion"));
    }

    @Test
    void likelihoodHasAnotherCriterion() {
        Cli.Said said =
                Cli.run("lmm", table, "--formula", "y ~ t + (t | s)", "--ml", "--json", "-");
        assertTrue(said.out().contains("\"deviance\": 356.7121767"), said.out());
        assertFalse(said.out().contains("remlCriterion"), said.out());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            value = {
                "y ~ t # 2 # --formula needs a response before ~ and a random term after it, as in"
                        + " 'y ~ days + (days | subject)'; got \"y ~ t\".",
                "y ~ tt + (1|s) # 2 # table.csv: has no column \"tt\" of the formula; did you mean"
                        + " \"t\"?",
                "sex ~ t + (1|s) # 1 # table.csv, line 2, column \"sex\": \"M\" is not a number,"
                        + " and it is the response. Correct it, or leave the cell empty.",
                "y ~ t + factor(t) + (1|s) # 1 # the effect of factor(t)7 cannot be told apart"
                        + " from (Intercept), t, factor(t)1, factor(t)2, factor(t)3, factor(t)4,"
                        + " factor(t)5, factor(t)6. Leave a term out of the formula, or add rows in"
                        + " which they differ.",
                "y ~ same + (1|s) # 1 # column same is \"x\" in every row, so it has no effect that"
                        + " could be estimated. Leave it out of the formula.",
                "y ~ t + (1|same) # 1 # column same is the same in every row, so groups cannot"
                        + " vary. Leave its term out of the formula.",
                "y ~ t + (factor(t)|s) # 1 # ((Intercept) + factor(t)1 + factor(t)2 + factor(t)3 +"
                        + " factor(t)4 + factor(t)5 + factor(t)6 + factor(t)7 | s) has 96 random"
                        + " effects for 70 rows, so they cannot be told apart from the residual."
                        + " Measure each s more often, or leave an effect out.",
                "y ~ `my note` + (1|s) # 1 # table.csv: no row has a value in each of the columns"
                        + " y, my note, s."
            })
    void whatCannotBeFittedIsSaid(String formula, int code, String message) {
        Cli.Said said = Cli.run("lmm", table, "--formula", formula);
        assertEquals("diapason: " + message + "\n", said.err());
        assertEquals(code, said.code());
    }
}
