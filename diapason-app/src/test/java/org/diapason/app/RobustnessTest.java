package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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
                "retest: 1 poor, 1 undefined\n"
                        + "harmonized_retest: 1 poor, 1 undefined\n"
                        + "effect of harmonization, retest: 0 features rise in class, 0 fall, 1"
                        + " stay\n"
                        + "table: "
                        + out
                        + "\n",
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
                        "exam,region,patient,f\nE1,gtv,P1,1\nE2,gtv,P1,2\nE3,gtv,P1,3\n"
                                + "E4,gtv,P2,3\nE5,gtv,P2,3\nE6,gtv,P3,9\n");
        Path out = folder.resolve("o.csv");
        String note = "note: features.csv: left out, having one row only: P3 / gtv.\n";
        Object[] words = {"robustness", "--table", table, "--subject", "patient", "--out", out};
        Cli.Said said = Cli.run(with(words, "--form", "consistency"));
        assertEquals(1, said.code());
        assertEquals(
                note
                        + "diapason: subject P2 / gtv has 2 rows, needed 3 as the others have. Leave it"
                        + " out of the table, or take the form one-way.\n",
                said.err());
        said = Cli.run(words);
        assertEquals(note, said.err());
        // mean squares 1.2 and 2/3, (5 - 13/5)/1 = 2.4 rows a subject
        double icc = Double.parseDouble(cell(Csv.read(out), "f", "retest_icc"));
        assertEquals((1.2 - 2.0 / 3) / (1.2 + 1.4 * 2 / 3), icc, 1e-12);
    }

    private static Object[] with(Object[] words, Object... more) {
        return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray();
    }

    @Test
    void whatIsMissingIsAskedForBeforeAnythingIsRead() {
        Path out = folder.resolve("o.csv");
        Cli.Said nothing = Cli.run("robustness", "--out", out);
        assertEquals(2, nothing.code());
        assertEquals(
                "diapason: name the folder of a run, or give --perturb with --cohort and --recipe, or"
                        + " --table with --subject.\n",
                nothing.err());
        Cli.Said half = Cli.run("robustness", "--perturb", PERTURB, "--out", out);
        assertEquals(
                "diapason: --perturb needs --cohort and --recipe, or the folder of a run.\n",
                half.err());
        Cli.Said none = Cli.run("robustness", folder, "--subject", "patient", "--out", out);
        assertEquals(2, none.code());
        assertEquals(
                "diapason: "
                        + folder
                        + ": no run has ended here, there is no outcomes.csv. Name the folder that"
                        + " diapason run was given as --out.\n",
                none.err());
    }

    /** One command on a run: raw against harmonized, by subject, and perturbed, as one table. */
    @Test
    void theFolderOfARunIsEnough() throws IOException {
        TinyCohort cohort = TinyCohort.of(folder, 8);
        for (int n = 1; n <= 8; n++) {
            // E01 and E02 are P1 at sites A and B, E03 and E04 are P2 …; E08 came once
            cohort.set("E0" + n, "patient", n == 8 ? "9" : String.valueOf((n + 1) / 2));
        }
        Path run = folder.resolve("run");
        assertEquals(0, cohort.run(TinyCohort.WITH_TABLE + "raw: true\n", run, "--quiet").code());
        Files.delete(folder.resolve("cohort.csv"));
        Path out = folder.resolve("icc.csv");
        Path json = folder.resolve("icc.json");
        Cli.Said said =
                Cli.run(
                        "robustness",
                        run,
                        "--subject",
                        "patient",
                        "--perturb",
                        PERTURB,
                        "--repeats",
                        2,
                        "--out",
                        out,
                        "--json",
                        json);
        assertEquals(
                "note: before harmonization: features-raw.csv, after: features-harmonized.csv\n"
                        + "note: features-raw.csv: left out, having one row only: 4 / lesion, 9 /"
                        + " lesion.\n",
                said.err());
        assertEquals(0, said.code());
        assertTrue(said.out().contains("\neffect of harmonization, retest: "), said.out());
        assertTrue(said.out().contains("\neffect of harmonization, perturbation: "), said.out());
        Csv csv = Csv.read(out);
        assertEquals("3", cell(csv, "ct.stat_mean", "retest_subjects"));
        assertEquals("8", cell(csv, "ct.stat_mean", "perturbation_subjects"));
        assertTrue(csv.rows().stream().allMatch(r -> r.cells().get(0).startsWith("ct.")));
        String before = cell(csv, "ct.stat_mean", "retest_icc");
        String after = cell(csv, "ct.stat_mean", "harmonized_retest_icc");
        assertTrue(Double.parseDouble(before) < Double.parseDouble(after), before + " → " + after);
        String text = Files.readString(json);
        int place = text.indexOf("\"feature\": \"ct.stat_mean\"");
        assertTrue(text.indexOf("\"icc\": " + before, place) > place, "the numbers of the table");
        assertTrue(text.indexOf("\"icc\": " + after, place) > place);
        Cli.Said typo =
                Cli.run("robustness", run, "--subject", "pateint", "--out", out, "--json", "-");
        assertTrue(
                typo.err()
                        .endsWith(
                                "diapason: --subject pateint: features-raw.csv has no such column;"
                                        + " did you mean \"patient\"?\n"),
                typo.err());
        Cli.Said mask = Cli.run("robustness", run, "--perturb", "{mask: lesoin}", "--out", out);
        assertEquals(
                "diapason: --perturb: the recipe has no mask \"lesoin\"; did you mean"
                        + " \"lesion\"?\n",
                mask.err());
        assertEquals(2, mask.code());
    }

    /** An image that nothing is done to would have a correlation of 1. */
    @Test
    void featuresThatNoPerturbationTouchesAreNotCalledRobust() throws IOException {
        TinyCohort cohort = TinyCohort.of(folder, 3);
        for (String id : List.of("E01", "E02", "E03")) {
            cohort.set(id, "image.other", id + "/ct").set(id, "mask.spot", id + "/lesion.nii.gz");
        }
        Path recipe =
                cohort.recipe(
                        """
                        images: [units]
                        features:
                          - ibsi: {image: ct, mask: lesion, families: [statistics]}
                          - ibsi: {image: other, mask: spot, families: [statistics]}
                        """);
        Path out = folder.resolve("icc.csv");
        Cli.Said said =
                Cli.run(
                        "robustness",
                        "--cohort",
                        cohort.table(),
                        "--recipe",
                        recipe,
                        "--perturb",
                        "{image: ct, mask: lesion, noise-sd: 3}",
                        "--repeats",
                        2,
                        "--out",
                        out);
        assertEquals(
                "note: features of image other in mask spot are left out of the perturbations, which"
                        + " change image ct and mask lesion.\n",
                said.err());
        assertEquals(0, said.code());
        assertTrue(Csv.read(out).rows().stream().allMatch(r -> r.cells().get(0).startsWith("ct.")));
    }
}
