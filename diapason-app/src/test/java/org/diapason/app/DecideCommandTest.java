package org.diapason.app;

import static org.diapason.app.DecidePlans.PLAN;
import static org.diapason.app.DecidePlans.STATED;
import static org.diapason.app.DecidePlans.cell;
import static org.diapason.app.DecidePlans.column;
import static org.diapason.app.DecidePlans.decide;
import static org.diapason.app.DecidePlans.patients;
import static org.diapason.app.TaskTables.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diapason.catalogue.Tree;
import org.diapason.io.run.Json;
import org.diapason.io.table.Csv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecideCommandTest {
    private static final Path EXAMPLE = Path.of("../examples/decide");
    @TempDir Path folder;

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

    @Test
    void aTruthMayJudgeWithoutTeaching() throws IOException {
        Path json = folder.resolve("d.json");
        String plan =
                STATED.replace("prior: 0.5\nexp", "prior: 0.5\ntruth: {column: y, share: 0}\nexp");
        Path table = folder.resolve("t.csv");
        Files.writeString(table, "a,b,c,y\n0.9,0.8,1,1\n0.6,0.2,0,0\n0.3,0.6,1,1\n0.2,0.1,0,0\n");
        Cli.Said said =
                decide(
                        folder,
                        plan,
                        "--cohort",
                        table,
                        "--out",
                        folder.resolve("d.csv"),
                        "--json",
                        json);
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
        Path table = patients(folder);
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
                "b: {posterior: {column: b,",
                "b: {score: {column: a,",
                "rule fused: the experts a and b speak in one column, which would count twice. Name"
                        + " one of them (experts:)."
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
            Cli.Said said = decide(folder, plan, "--cohort", table, "--out", out);
            assertEquals("diapason: " + w[2] + "\n", said.err());
            assertTrue(said.code() > 0);
        }
        assertTrue(!Files.exists(out), "nothing is written");
        assertEquals(
                "diapason: --out would write over patients.csv, which this command reads or writes"
                        + " itself. Name another.\n",
                decide(folder, PLAN, "--cohort", table, "--out", table).err());
    }
}
