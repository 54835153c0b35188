package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diapason.io.table.Csv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RobustnessTest {
    private static final String PERTURB = "{mask: lesion, noise-sd: 3, shift-voxels: 0.3}";

    @TempDir Path folder;

    private static String cell(Csv csv, String feature, String column) {
        Csv.Row row =
                csv.rows().stream().filter(r -> r.cells().get(0).equals(feature)).findFirst().get();
        return row.cells().get(csv.header().indexOf(column));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Cli.Said perturbed(Path recipe, Path cohort, Path out, int threads) {
        return Cli.run(
                "robustness",
                "--cohort",
                cohort,
                "--recipe",
                recipe,
                "--perturb",
                PERTURB,
                "--repeats",
                3,
                "--threads",
                threads,
                "--out",
                out);
    }

    /** Sites differ by 12 HU: before ComBat that tells exams apart, after it does so less. */
    @Test
    void correlationUnderPerturbationStandsBesideTheOneAfterHarmonization() throws IOException {
        TinyCohort cohort = TinyCohort.of(folder, 8);
        Path table = cohort.table();
        Path run = folder.resolve("run");
        Cli.Said ran = cohort.run(TinyCohort.WITH_TABLE, run, "--quiet");
        assertTrue(Files.exists(run.resolve("fitted.json")), ran.err());
        Path one = folder.resolve("one.csv");
        Path four = folder.resolve("four.csv");
        Cli.Said said = perturbed(run.resolve("fitted.json"), table, one, 1);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        perturbed(run.resolve("fitted.json"), table, four, 4);
        assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(four));
        Csv csv = Csv.read(one);
        assertEquals("8", cell(csv, "ct.stat_mean", "perturbation_subjects"));
        assertEquals("3", cell(csv, "ct.stat_mean", "perturbation_repeats"));
        double before = Double.parseDouble(cell(csv, "ct.stat_mean", "perturbation_icc"));
        double after = Double.parseDouble(cell(csv, "ct.stat_mean", "harmonized_perturbation_icc"));
        assertTrue(before > 0.9, "before " + before);
        assertTrue(after < before, "after " + after);
        assertTrue(said.out().startsWith("perturbation: "), said.out());
    }

    /** The example of Shrout and Fleiss 1979 as a table of two regions, one of them constant. */
    @Test
    void aTableOfRepeatedScansGivesThePublishedCorrelation() throws IOException {
        int[][] judges = {
            {9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}
        };
        StringBuilder text = new StringBuilder("exam,region,patient,site,age,f.x,f.y\n");
        for (int visit = 0; visit < 4; visit++) {
            for (int s = 0; s < 6; s++) {
                text.append("E").append(s).append(visit).append(",gtv,P").append(s);
                text.append(",A,50,").append(judges[s][visit]).append(",7\n");
            }
        }
        Path out = folder.resolve("icc.csv");
        Cli.Said said =
                Cli.run(
                        "robustness",
                        "--table",
                        file("features.csv", text.toString()),
                        "--harmonized",
                        file("features-harmonized.csv", text.toString()),
                        "--subject",
                        "patient",
                        "--covariates",
                        "age",
                        "--form",
                        "consistency",
                        "--out",
                        out);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        assertEquals(
                "retest: 1 poor, 1 undefined\nharmonized_retest: 1 poor, 1 undefined\n",
                said.out());
        Csv csv = Csv.read(out);
        assertEquals(
                List.of("f.x", "f.y"), csv.rows().stream().map(r -> r.cells().get(0)).toList());
        assertEquals(0.7148, Double.parseDouble(cell(csv, "f.x", "retest_icc")), 5e-5);
        assertEquals("poor", cell(csv, "f.x", "harmonized_retest_class"));
        assertEquals("", cell(csv, "f.y", "retest_icc"));
    }

    @Test
    void aSubjectScannedLessOftenThanTheOthersIsNamed() throws IOException {
        Path table =
                file(
                        "features.csv",
                        "exam,region,patient,f\nE1,gtv,P1,1\nE2,gtv,P1,2\nE3,gtv,P2,3\n");
        Cli.Said said =
                Cli.run(
                        "robustness",
                        "--table",
                        table,
                        "--subject",
                        "patient",
                        "--out",
                        folder.resolve("o.csv"));
        assertEquals(1, said.code());
        assertEquals(
                "diapason: subject P2 / gtv has 1 row, needed 2 as the others have. Leave it out of"
                        + " the table.\n",
                said.err());
    }

    @Test
    void whatIsMissingIsAskedForBeforeAnythingIsRead() {
        Path out = folder.resolve("o.csv");
        Cli.Said nothing = Cli.run("robustness", "--out", out);
        assertEquals(2, nothing.code());
        assertEquals(
                "diapason: give --perturb with --cohort and --recipe, or --table with --subject, or"
                        + " both.\n",
                nothing.err());
        Cli.Said half = Cli.run("robustness", "--perturb", PERTURB, "--out", out);
        assertEquals("diapason: --perturb needs --cohort and --recipe.\n", half.err());
    }
}
