package org.diapason.app;

import static org.diapason.app.TaskTables.number;
import static org.diapason.app.TaskTables.reference;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.diapason.catalogue.Tree;
import org.diapason.io.Images;
import org.diapason.io.run.Json;
import org.diapason.io.table.Csv;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecideCommandTest {
    private static final Path EXAMPLE = Path.of("../examples/decide");
    @TempDir Path folder;

    private static String cell(Csv csv, int row, String column) {
        assertTrue(csv.header().contains(column), column + " of " + csv.header());
        return csv.text(csv.rows().get(row), column);
    }

    private static List<String> column(Csv csv, String name) {
        return csv.rows().stream().map(r -> csv.text(r, name)).toList();
    }

    @Test
    void theExampleDecidesEveryRow() {
        Path out = folder.resolve("decided.csv");
        Cli.Said said =
                Cli.run(
                        "decide",
                        EXAMPLE.resolve("rules.yaml"),
                        "--cohort",
                        EXAMPLE.resolve("lesions.csv"),
                        "--out",
                        out);
        assertEquals("", said.err());
        assertEquals(1, said.code(), "one row is refused: a label that is neither word");
        Csv csv = Csv.read(out);
        assertEquals(
                List.of("L1", "L2", "L3", "L4", "L5", "L6", "L7", "L8"), column(csv, "lesion"));
        assertEquals(36.0 / 37, Double.parseDouble(cell(csv, 0, "together.probability")), 1e-12);
        // odds 9 · 1/9 · 0.15/0.75
        assertEquals(1 / 6.0, Double.parseDouble(cell(csv, 1, "together.probability")), 1e-12);
        // p = 1 counts 99 to 1: 99 · 1/4 · 1/5 = 4.95
        assertEquals(4.95 / 5.95, Double.parseDouble(cell(csv, 2, "together.probability")), 1e-12);
        assertEquals(
                List.of("yes", "no", "yes", "yes", "unknown", "no", "yes", "refused"),
                column(csv, "together"));
        assertEquals(
                List.of("yes", "no", "no", "unknown", "unknown", "no", "unknown", "yes"),
                column(csv, "protocol"));
        assertEquals(
                List.of("yes", "no", "no", "unknown", "unknown", "no", "yes", "refused"),
                column(csv, "two-of-three"));
        assertEquals(
                List.of("yes", "unknown", "unknown", "unknown", "unknown", "no", "yes", "refused"),
                column(csv, "majority"));
        assertEquals(
                List.of("no", "yes", "yes", "no", "", "no", "no", "no"),
                column(csv, "conflicting"));
        assertEquals("ct ct_benign mr pet", cell(csv, 4, "missing"));
        assertEquals(
                "ct says \"unclear\", which is neither yes nor no",
                cell(csv, 7, "together.reason"));
        assertTrue(
                said.out()
                        .contains(
                                "rule together: 4 yes, 2 no, 1 unknown, 1 refused\n"
                                        + "  1 row: ct says \"unclear\""),
                said.out());
    }

    // pROC 1.18.0: the areas of all 113 patients are in RocCommandTest; here half of them judge
    @Test
    void theHaemorrhageStudyIsLearnedAndJudgedOnOtherPatients() {
        Path out = folder.resolve("decided.csv");
        Cli.Said said =
                Cli.run(
                        "decide",
                        EXAMPLE.resolve("asah.yaml"),
                        "--cohort",
                        reference("aSAH.csv"),
                        "--out",
                        out,
                        "--json",
                        "-");
        assertEquals("", said.err());
        assertEquals(0, said.code());
        Tree json = Json.parse("said", said.out());
        assertEquals(113, number(json, "rows"));
        assertEquals(57, number(json, "calibrating"));
        assertEquals(56, number(json, "judging"));
        assertEquals(20, number(json, "experts", "wfns", "judged", "events"));
        Cli.Said roc = roc(out);
        Tree area = Json.parse("roc", roc.out());
        for (String expert : List.of("wfns", "s100b", "ndka")) {
            assertEquals(
                    number(area, "scores", expert, "auc"),
                    number(json, "experts", expert, "judged", "auc"),
                    1e-12);
        }
        double together = number(json, "rules", "together", "judged", "auc");
        assertEquals(number(area, "scores", "together.probability", "auc"), together, 1e-12);
        assertEquals(
                together - number(json, "experts", "s100b", "judged", "auc"),
                number(json, "rules", "together", "judged", "against", "s100b", "difference"),
                1e-12);
    }

    /** Judges the judging half by the command for one table. */
    private Cli.Said roc(Path decided) {
        Csv csv = Csv.read(decided);
        List<List<String>> rows = new ArrayList<>();
        for (Csv.Row row : csv.rows()) {
            if (csv.text(row, "half").equals("judges")) {
                rows.add(row.cells());
            }
        }
        Path judging = folder.resolve("judging.csv");
        Csv.write(judging, csv.header(), rows);
        return Cli.run(
                "roc",
                judging,
                "--label",
                "outcome",
                "--positive",
                "Poor",
                "--score",
                "wfns,s100b,ndka,together.probability",
                "--json",
                "-");
    }

    private static final String PLAN =
            """
            finding: x
            truth: {column: y, patient: patient}
            experts:
              a: {score: {column: a, finding: x}}
              b: {posterior: {column: b, finding: x}}
              c: {label: {column: c, finding: x}}
            rules:
              fused: bayes
              votes: {vote: {quorum: 0.4}}
              words: {logic: {when: "a > 1 and (b > 0.5 or c)"}}
            """;

    /** Two rows of each of 300 patients; every seventh a is missing, all of the last patient. */
    private Path patients() throws IOException {
        Rng rng = new Rng(4);
        StringBuilder text = new StringBuilder("patient,y,a,b,c\n");
        for (int r = 0; r < 600; r++) {
            boolean y = r / 2 % 3 == 0;
            double a = rng.nextGaussian() + (y ? 1.2 : 0);
            double b = 1 / (1 + StrictMath.exp(-(rng.nextGaussian() * 3 + (y ? 2 : -2))));
            boolean c = rng.nextDouble() < (y ? 0.8 : 0.2);
            boolean none = r >= 598;
            text.append("P").append(r / 2).append(',').append(y ? 1 : 0).append(',');
            text.append(none || r % 7 == 0 ? "" : "" + a).append(',');
            text.append(none ? "" : "" + b).append(',').append(none ? "" : c ? "yes" : "no");
            text.append('\n');
        }
        return Files.writeString(folder.resolve("patients.csv"), text.toString());
    }

    private Cli.Said decide(String plan, Object... more) throws IOException {
        Path rules = Files.writeString(folder.resolve("rules.yaml"), plan);
        List<Object> all = new ArrayList<>(List.of("decide", rules));
        all.addAll(List.of(more));
        return Cli.run(all.toArray());
    }

    @Test
    void noPatientCalibratesAndJudgesAndNoRowIsLost() throws IOException {
        Path out = folder.resolve("d.csv");
        Path json = folder.resolve("d.json");
        Cli.Said said =
                decide(PLAN, "--cohort", patients(), "--out", out, "--json", json, "--threads", 1);
        assertEquals("", said.err());
        Csv csv = Csv.read(out);
        Set<String> calibrating = new HashSet<>();
        Set<String> judging = new HashSet<>();
        for (Csv.Row row : csv.rows()) {
            (csv.text(row, "half").equals("judges") ? judging : calibrating)
                    .add(csv.text(row, "patient"));
        }
        assertEquals(300, calibrating.size() + judging.size());
        calibrating.retainAll(judging);
        assertEquals(Set.of(), calibrating);
        Tree tree = Json.read(json);
        for (String rule : List.of("fused", "votes", "words")) {
            double rows = 0;
            for (String answer : List.of("yes", "no", "unknown", "refused")) {
                rows += number(tree, "rules", rule, answer);
            }
            assertEquals(600, rows, rule);
        }
        assertEquals("unknown", cell(csv, 599, "fused"), "nobody speaks");
        assertEquals("no expert says anything", cell(csv, 599, "fused.reason"));
        assertEquals(2, number(tree, "rules", "fused", "unknown"));
        assertTrue(number(tree, "rules", "fused", "judged", "against", "c", "difference") > 0);
        assertEquals(
                150, number(tree, "rules", "fused", "judged", "clusters"), 1, "patients, not rows");
        byte[] first = Files.readAllBytes(out);
        decide(PLAN, "--cohort", patients(), "--out", out, "--json", json, "--threads", 8);
        assertArrayEquals(first, Files.readAllBytes(out), "threads change nothing");
    }

    @Test
    void aTruthMayJudgeWithoutTeaching() throws IOException {
        Path json = folder.resolve("d.json");
        String plan =
                STATED.replace("prior: 0.5\nexp", "prior: 0.5\ntruth: {column: y, share: 0}\nexp");
        Path table = folder.resolve("t.csv");
        Files.writeString(table, "a,b,c,y\n0.9,0.8,1,1\n0.6,0.2,0,0\n0.3,0.6,1,1\n0.2,0.1,0,0\n");
        Cli.Said said =
                decide(plan, "--cohort", table, "--out", folder.resolve("d.csv"), "--json", json);
        assertEquals("", said.err());
        Tree tree = Json.read(json);
        assertEquals(0, number(tree, "calibrating"));
        assertEquals(4, number(tree, "judging"));
        // 36/37, 3/11, 9/23, 1/37: the third is above the second
        assertEquals(1, number(tree, "rules", "fused", "judged", "auc"), 0);
        assertEquals(
                9.0 / 23,
                Double.parseDouble(cell(Csv.read(folder.resolve("d.csv")), 2, "fused.probability")),
                1e-12);
    }

    @Test
    void mistakesAreSaidWithTheirPlaceAndWhatWasMeant() throws IOException {
        Path table = patients();
        Path out = folder.resolve("d.csv");
        String[][] wrong = {
            {"column: a,", "column: aa,", "patients.csv has no column \"aa\"; did you mean \"a\"?"},
            {
                "finding: x\ntruth",
                "findings: x\ntruth",
                "rules.yaml, line 1, column 1: decision-plan has no setting \"findings\"; did you mean"
                        + " \"finding\"?"
            },
            {
                "fused: bayes",
                "fused: bays",
                "rules.yaml, line 8, column 3: fused has no \"bays\"; did you mean \"bayes\"?"
            },
            {
                "fused: bayes",
                "fused: {bayes: {experts: [a, d]}}",
                "rule fused names the expert \"d\", whom the plan does not have; did you mean \"a\"?"
            },
            {
                "{quorum: 0.4}",
                "{weights: {bb: 2}}",
                "rule votes names the expert \"bb\", whom the plan does not have; did you mean \"b\"?"
            },
            {
                "b > 0.5 or c",
                "bb > 0.5 or c",
                "rule words, line 1, column 12: there is neither an expert nor a column \"bb\"; did you"
                        + " mean \"b\"?"
            },
            {
                "b > 0.5 or c",
                "b or c",
                "rule words, line 1, column 12: b gives a number, which says neither yes nor no; compare"
                        + " it, as in b > 0.5"
            },
            {
                "b > 0.5 or c)",
                "b > 0.5 or c",
                "rules.yaml, line 10, column 11: logic: rule, line 1, column 24: expected and, or or ),"
                        + " found the end."
            },
            {
                "fused: bayes",
                "half: bayes",
                "patients.csv or another rule has a column \"half\" already. Rename it, or the rule."
            },
            {
                "c: {label: {column: c, finding: x}}",
                "c: {label: {column: c, finding: z}}",
                "expert c speaks of \"z\", and to be decided is \"x\": evidence for different findings is"
                        + " not put together. Name the experts of one finding (experts:), or join them by"
                        + " a logic rule."
            }
        };
        for (String[] w : wrong) {
            String plan = PLAN.replace(w[0], w[1]);
            assertTrue(!plan.equals(PLAN), w[0]);
            Cli.Said said = decide(plan, "--cohort", table, "--out", out);
            assertEquals("diapason: " + w[2] + "\n", said.err());
            assertTrue(said.code() > 0);
        }
        assertTrue(!Files.exists(out), "nothing is written");
        assertEquals(
                "diapason: --out would write over patients.csv, which this command reads or writes"
                        + " itself. Name another.\n",
                decide(PLAN, "--cohort", table, "--out", table).err());
    }

    private Path map(String name, float... values) {
        Path file = folder.resolve(name + ".nii.gz");
        Geometry grid = Geometry.of(values.length / 2, 1, 2, 1, 1, 3);
        Images.write(file, Image.of(Volume.of(grid, values, Quantity.UNKNOWN)));
        return file;
    }

    private float[] voxels(String name) {
        return Images.read(folder.resolve(name)).volume().values();
    }

    private static final String STATED =
            """
            finding: x
            prior: 0.5
            experts:
              a: {posterior: {column: a, finding: x, prior: 0.5, calibrated: here}}
              b: {posterior: {column: b, finding: x, prior: 0.5, calibrated: here}}
              c: {label: {column: c, finding: x, sensitivity: 0.8, specificity: 0.8}}
            rules:
              fused: {bayes: {experts: [a, b], dependence: independent}}
              words: {logic: {when: "a > 0.5 and (b > 0.5 or c)"}}
            """;

    @Test
    void mapsAreDecidedVoxelByVoxel() throws IOException {
        float no = Float.NaN;
        Path a = map("a", 0.9f, 0.25f, no, no, 1, 0.75f);
        Path b = map("b", 0.8f, 0.75f, 0.2f, no, 0.5f, 1.5f);
        Path c = map("c", 1, 0, 1, 1, 1, 2);
        Path out = folder.resolve("p.nii.gz");
        Object[] maps = {"--maps", "a=" + a, "b=" + b, "c=" + c, "--out", out, "--rule", "fused"};
        Cli.Said said = decide(STATED, maps);
        assertEquals("", said.err());
        assertEquals(
                "rule fused, 6 voxels: 2 yes, 1 no, 1 unknown, 2 refused, in 0 experts conflict\n",
                said.out());
        assertEquals(1, said.code());
        assertArrayEquals(
                new float[] {36f / 37, 0.5f, 0.2f, no, no, no}, voxels("p.nii.gz"), 1e-6f);
        assertArrayEquals(new float[] {1, 1, 0, no, no, no}, voxels("p.answer.nii.gz"), 0);
        // 3 : 1 against each other: (1 − 1/3)²
        assertEquals(4 / 9f, voxels("p.conflict.nii.gz")[1], 1e-6f);
        maps[7] = "words";
        maps[5] = folder.resolve("w.nii.gz");
        assertEquals(1, decide(STATED, maps).code());
        assertArrayEquals(new float[] {1, 0, no, no, 1, no}, voxels("w.answer.nii.gz"), 0);
        assertArrayEquals(voxels("w.answer.nii.gz"), voxels("w.nii.gz"), "no probability");
    }

    @Test
    void mapsAreDecidedByWhatATableTaught() throws IOException {
        Path table = patients();
        Path out = folder.resolve("d.csv");
        String plan = PLAN.replace("  votes: {vote: {quorum: 0.4}}\n", "");
        decide(plan, "--cohort", table, "--out", out);
        Csv csv = Csv.read(out);
        int[] rows = {1, 2, 3, 4, 5, 6};
        float[][] said = new float[3][6];
        for (int n = 0; n < 6; n++) {
            said[0][n] = (float) Double.parseDouble(cell(csv, rows[n], "a"));
            said[1][n] = (float) Double.parseDouble(cell(csv, rows[n], "b"));
            said[2][n] = cell(csv, rows[n], "c").equals("yes") ? 1 : 0;
        }
        Path map = folder.resolve("m.nii.gz");
        Cli.Said again =
                decide(
                        plan,
                        "--cohort",
                        table,
                        "--rule",
                        "fused",
                        "--out",
                        map,
                        "--maps",
                        "a=" + map("a", said[0]),
                        "b=" + map("b", said[1]),
                        "c=" + map("c", said[2]));
        assertEquals("", again.err());
        for (int n = 0; n < 6; n++) {
            double p = Double.parseDouble(cell(csv, rows[n], "fused.probability"));
            assertEquals(p, voxels("m.nii.gz")[n], 1e-6, "row " + n);
        }
    }

    @Test
    void mapsThatDoNotFitAreRefused() throws IOException {
        Path a = map("a", 0.9f, 0.2f);
        Path b = map("b", 0.9f, 0.2f, 0.1f, 0.2f);
        Path out = folder.resolve("p.nii.gz");
        Object[] maps = {"--maps", "a=" + a, "b=" + b, "c=" + a, "--out", out, "--rule", "fused"};
        assertEquals(
                "diapason: b.nii.gz: lies on another grid than the map before it. Bring the maps to one"
                        + " grid: diapason warp.\n",
                decide(STATED, maps).err());
        maps[7] = "fuse";
        assertEquals(
                "diapason: --rule fuse: there is no such rule; did you mean \"fused\"?\n",
                decide(STATED, maps).err());
        assertEquals(
                "diapason: --maps has no map of the expert b; add b=FILE, or take the expert out of the"
                        + " plan\n",
                decide(STATED, "--maps", "a=" + a, "--out", out, "--rule", "fused").err());
        assertEquals(
                "diapason: the plan learns from the column \"y\", and maps have none: add --cohort with"
                        + " the table to learn from.\n",
                decide(
                                PLAN, "--maps", "a=" + a, "b=" + a, "c=" + a, "--out", out,
                                "--rule", "fused")
                        .err());
        assertEquals(
                "diapason: decide needs --cohort with a table, or --maps with images\n",
                decide(PLAN, "--out", out).err());
    }
}
