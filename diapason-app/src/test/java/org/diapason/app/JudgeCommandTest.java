package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.catalogue.Tree;
import org.diapason.io.run.Json;
import org.diapason.math.Rng;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three sites of 20 rows with 20, 50 and 80 % cases, whose features rise by 3 SD in cases. */
class JudgeCommandTest {
    @TempDir Path folder;
    private Path before;
    private Path after;
    private Path model;

    @BeforeEach
    void makeTable() throws IOException {
        before = folder.resolve("before.csv");
        after = folder.resolve("after.csv");
        model = folder.resolve("model.json");
        Rng rng = new Rng(5);
        double[][] offset = new double[12][3];
        for (double[] feature : offset) {
            Arrays.setAll(feature, s -> 1.5 * rng.nextGaussian());
        }
        List<String> lines = new ArrayList<>();
        lines.add("exam,site,disease,f0,f1,f2,f3,f4,f5,f6,f7,f8,f9,f10,f11");
        int[] cases = {4, 10, 16};
        for (int r = 0; r < 60; r++) {
            boolean ill = r % 20 < cases[r / 20];
            StringBuilder line = new StringBuilder("P" + r + "," + "ABC".charAt(r / 20));
            line.append(ill ? ",case" : ",base");
            for (double[] feature : offset) {
                line.append(',').append(feature[r / 20] + (ill ? 3 : 0) + rng.nextGaussian());
            }
            lines.add(line.toString());
        }
        Files.write(before, lines);
    }

    private void fit(Object... more) {
        List<Object> words =
                new ArrayList<>(
                        List.of("combat", "fit", before, "--batch", "site", "--features", "f*"));
        words.addAll(List.of("--model", model, "--out", after));
        words.addAll(Arrays.asList(more));
        assertEquals(0, Cli.run(words.toArray()).code());
    }

    private Cli.Said judge(Object... more) {
        List<Object> words =
                new ArrayList<>(List.of("judge", before, after, "--batch", "site", "--quiet"));
        words.addAll(List.of("--biology", "disease", "--bootstraps", "100"));
        words.addAll(Arrays.asList(more));
        return Cli.run(words.toArray());
    }

    private static double number(Tree tree, String... path) {
        Tree at = tree;
        for (String name : path) {
            at = ((Tree.Fields) at).values().get(name);
        }
        return Double.parseDouble(((Tree.Text) at).value());
    }

    @Test
    void protectedComBatIsBetterAndEveryKeyIsThere() throws IOException {
        fit("--protect", "disease");
        Path json = folder.resolve("judge.json");
        Path html = folder.resolve("judge.html");
        Cli.Said said = judge("--model", model, "--json", json, "--html", html);
        assertEquals(0, said.code(), said.err());
        assertTrue(said.out().startsWith("verdict: better\n"), said.out());
        assertTrue(said.err().contains("Test with site in the model."), said.err());
        Tree fields = Json.read(json);
        assertEquals(1, number(fields, "kept", "value"), 0.1);
        assertTrue(number(fields, "kept", "low") < number(fields, "kept", "high"));
        assertEquals(1, number(fields, "within", "value"), 0.1);
        assertTrue(number(fields, "siteShare", "before") > 0.3);
        assertTrue(number(fields, "siteShare", "after") < 0.15);
        assertTrue(number(fields, "siteAuc", "before") > 0.95);
        assertEquals(0.5, number(fields, "siteAuc", "after"), 0.2);
        assertTrue(number(fields, "biologyAuc", "after") > 0.95);
        assertTrue(number(fields, "fisherRatioWithinSite", "before") > 2);
        assertEquals(0.05, number(fields, "falsePositives", "value"), 0.02);
        String page = Files.readString(html);
        assertTrue(page.contains("How far to go") && page.contains("better"), "the page");
    }

    @Test
    void unprotectedComBatIsHarmWithExitCode1() {
        fit();
        Cli.Said said = judge("--model", model);
        assertEquals(1, said.code(), said.out());
        assertTrue(said.out().startsWith("verdict: harm\n"), said.out());
    }

    @Test
    void withoutAModelTheIntervalsAreLabelledAndTheVerdictIsAtBestNoChange() {
        fit("--protect", "disease");
        Cli.Said said = judge();
        assertEquals(0, said.code());
        assertTrue(said.out().startsWith("verdict: no change\n"), said.out());
        assertTrue(said.out().contains("do not contain the fit"), said.out());
        assertFalse(said.out().contains("put in"), "what needs a fit is not shown");
    }

    @Test
    void aModelThatDidNotMakeTheTableIsRefused() throws IOException {
        fit("--protect", "disease");
        byte[] harmonized = Files.readAllBytes(after);
        fit();
        Files.write(after, harmonized);
        Cli.Said said = judge("--model", model);
        assertEquals(1, said.code());
        assertTrue(
                said.err().contains("model.json does not make after.csv of before.csv: f"),
                said.err());
    }

    @Test
    void rowsInAnotherOrderAreRefused() throws IOException {
        fit("--protect", "disease");
        List<String> lines = new ArrayList<>(Files.readAllLines(after));
        lines.add(lines.remove(1));
        Files.write(after, lines);
        assertEquals(
                "diapason: after.csv, data row 1: column exam is not what it is in before.csv. Give"
                        + " two tables of the same rows in the same order.\n",
                judge().err());
    }

    @Test
    void aCovBatModelIsFittedAnewInTheIntervals() {
        fit("--protect", "disease", "--covbat");
        Cli.Said said = judge("--model", model);
        assertEquals(0, said.code(), said.err());
        assertFalse(said.out().contains("do not contain the fit"), said.out());
    }

    /** Rows 3k to 3k + 2 are of one patient: three visits at one or two sites. */
    @Test
    void aLongitudinalModelIsFittedAnewWithItsSubjectsDrawn() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(before));
        lines.set(0, lines.get(0) + ",patient");
        for (int r = 1; r < lines.size(); r++) {
            lines.set(r, lines.get(r) + ",s" + (r - 1) / 3);
        }
        Files.write(before, lines);
        fit("--protect", "disease", "--subject", "patient");
        Path json = folder.resolve("judge.json");
        Cli.Said said = judge("--model", model, "--json", json);
        assertEquals(0, said.code(), said.err());
        assertFalse(said.out().contains("do not contain the fit"), said.out());
        assertEquals(1, number(Json.read(json), "kept", "value"), 0.1);
        assertTrue(number(Json.read(json), "kept", "low") < 1);
    }

    @Test
    void subgroupsAndConfoundingAreInTheFieldsAndOnThePage() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(before));
        lines.set(0, lines.get(0) + ",sex,score");
        for (int r = 1; r < lines.size(); r++) {
            lines.set(r, lines.get(r) + "," + (r % 20 < 2 ? "F" : "M") + ",0.5");
        }
        Files.write(before, lines);
        fit("--protect", "disease");
        Path json = folder.resolve("judge.json");
        Path html = folder.resolve("judge.html");
        Cli.Said said =
                judge(
                        "--model",
                        model,
                        "--subgroups",
                        "sex",
                        "--prediction",
                        "score",
                        "--json",
                        json,
                        "--html",
                        html);
        assertEquals(0, said.code(), said.err());
        String fields = Files.readString(json);
        assertTrue(fields.contains("\"cramersV\":"), "confounding");
        assertTrue(fields.contains("Brier score"), "errors");
        Tree sites = ((Tree.Items) field(Json.read(json), "subgroups")).values().get(0);
        assertTrue(sites.toString().contains("rowsAt"), sites.toString());
        String page = Files.readString(html);
        assertTrue(page.contains("Subgroups by sex") && page.contains(">few<"), "hidden counts");
        assertTrue(page.contains("What goes along with disease"), "confounding");
        assertFalse(page.contains("(90 %)"), "18 of 20 are counted nowhere else");
    }

    private static Tree field(Tree tree, String name) {
        return ((Tree.Fields) tree).values().get(name);
    }
}
