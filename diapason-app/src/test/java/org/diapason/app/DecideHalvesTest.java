package org.diapason.app;

import static org.diapason.app.DecidePlans.PLAN;
import static org.diapason.app.DecidePlans.cell;
import static org.diapason.app.DecidePlans.decide;
import static org.diapason.app.DecidePlans.patients;
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
import org.diapason.io.run.Json;
import org.diapason.io.table.Csv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is learned on one half of the patients and judged on the other. */
class DecideHalvesTest {
    private static final Path EXAMPLE = Path.of("../examples/decide");
    @TempDir Path folder;

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

    @Test
    void noPatientCalibratesAndJudgesAndNoRowIsLost() throws IOException {
        Path out = folder.resolve("d.csv");
        Path json = folder.resolve("d.json");
        Cli.Said said =
                decide(
                        folder,
                        PLAN,
                        "--cohort",
                        patients(folder),
                        "--out",
                        out,
                        "--json",
                        json,
                        "--threads",
                        1);
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
        decide(
                folder,
                PLAN,
                "--cohort",
                patients(folder),
                "--out",
                out,
                "--json",
                json,
                "--threads",
                8);
        assertArrayEquals(first, Files.readAllBytes(out), "threads change nothing");
    }
}
