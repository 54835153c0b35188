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

/** Usage and settings: exit code 2, a sentence that helps, and nothing written. */
class ExitCodesTest {
    @TempDir Path folder;

    private TinyCohort cohort;

    @BeforeEach
    void cohort() {
        cohort = TinyCohort.of(folder.resolve("data"), 2);
    }

    private Path out() {
        return folder.resolve("out");
    }

    private void assertUsage(String message, Cli.Said said) {
        assertEquals(message, said.err());
        assertEquals(2, said.code());
        assertEquals("", said.out());
        assertFalse(Files.exists(out()));
    }

    @Test
    void anUnknownCommandIsGuessed() {
        assertUsage(
                "diapason: Unmatched argument at index 0: 'runn'\nDid you mean: diapason run?\nTry: diapason --help\n",
                Cli.run("runn"));
    }

    @Test
    void anUnknownOptionIsGuessed() throws IOException {
        assertUsage(
                "diapason: Unknown option: '--thread=2'\nPossible solutions: --threads\nTry: diapason run --help\n",
                cohort.run(TinyCohort.RECIPE, out(), "--thread=2"));
    }

    @Test
    void theOutputFolderMustBeNamed() throws IOException {
        assertUsage(
                "diapason: Missing required option: '--out=DIR'\nTry: diapason run --help\n",
                Cli.run("run", cohort.recipe(TinyCohort.RECIPE), "--cohort", cohort.table()));
    }

    @Test
    void noThreadIsTooFew() throws IOException {
        assertUsage(
                "diapason: --threads must be at least 1, got 0\n",
                cohort.run(TinyCohort.RECIPE, out(), "--threads", 0));
    }

    @Test
    void aMisspeltSettingIsNamedWithItsPlace() throws IOException {
        assertUsage(
                "diapason: recipe.yaml, line 4, column 17: isotropic has no setting \"spacing\"; did you"
                        + " mean \"spacing-mm\"?\n",
                cohort.run(TinyCohort.RECIPE.replace("spacing-mm", "spacing"), out()));
    }

    @Test
    void aMisspeltMethodIsNamedWithItsPlace() throws IOException {
        assertUsage(
                "diapason: recipe.yaml, line 3, column 5: there is no method \"unit\"; did you mean"
                        + " \"units\"?\n",
                cohort.run(TinyCohort.RECIPE.replace("- units", "- unit"), out()));
    }

    @Test
    void aRecipeThatIsNotThereIsNamed() {
        Path absent = folder.resolve("absent.yaml");
        assertUsage(
                "diapason: " + absent + ": there is no such file.\n",
                Cli.run("run", absent, "--cohort", cohort.table(), "--out", out()));
    }

    @Test
    void aCohortTableThatIsNotThereIsNamed() throws IOException {
        assertUsage(
                "diapason: absent.csv: there is no such file.\n",
                Cli.run(
                        "run",
                        cohort.recipe(TinyCohort.RECIPE),
                        "--cohort",
                        folder.resolve("absent.csv"),
                        "--out",
                        out()));
    }

    @Test
    void aRaggedCohortTableIsNamedWithItsLine() throws IOException {
        Path table = Files.writeString(folder.resolve("ragged.csv"), "exam,image.ct\nE01\n");
        assertUsage(
                "diapason: ragged.csv, line 2: has 1 cells, the header has 2. Cells are separated"
                        + " by \",\"; quote those that contain it.\n",
                Cli.run(
                        "run",
                        cohort.recipe(TinyCohort.RECIPE),
                        "--cohort",
                        table,
                        "--out",
                        out()));
    }

    @Test
    void aColumnThatTheRecipeNeedsIsGuessed() throws IOException {
        cohort.without("site").setAll("sites", "A");
        assertUsage(
                "diapason: the recipe needs the column \"site\" of the cohort table; did you mean"
                        + " \"sites\"?\n",
                cohort.run(TinyCohort.WITH_TABLE, out()));
    }

    @Test
    void aFolderThatIsNotEmptyIsLeftAlone() throws IOException {
        Files.createDirectories(out());
        Files.writeString(out().resolve("mine.txt"), "mine");
        Cli.Said said = cohort.run(TinyCohort.RECIPE, out());
        assertEquals(2, said.code());
        assertEquals(
                "diapason: --out "
                        + out()
                        + " is not empty. Name another folder, or add --overwrite to replace what an"
                        + " earlier run left there.\n",
                said.err());
        assertEquals(1, Contents.of(out()).size());
        assertEquals(0, cohort.run(TinyCohort.RECIPE, out(), "--overwrite").code());
        assertEquals("mine", Files.readString(out().resolve("mine.txt")));
    }

    @Test
    void overwritingLeavesNothingOfTheEarlierRun() throws IOException {
        TinyCohort larger = TinyCohort.of(folder.resolve("larger"), 12);
        assertEquals(0, larger.run(TinyCohort.WITH_TABLE, out()).code());
        assertEquals(0, cohort.run(TinyCohort.RECIPE, folder.resolve("fresh")).code());
        assertEquals(0, cohort.run(TinyCohort.RECIPE, out(), "--overwrite").code());
        assertEquals(Contents.of(folder.resolve("fresh")).keySet(), Contents.of(out()).keySet());
    }

    @Test
    void jsonOnStandardOutputIsAllThatIsSaid() throws IOException {
        Cli.Said said = cohort.run(TinyCohort.RECIPE, out(), "--json", "-");
        assertEquals(0, said.code());
        assertEquals("", said.err());
        Tree.Fields fields = (Tree.Fields) Json.parse("said", said.out());
        assertEquals(
                List.of("exams", "done", "refused", "failed", "refusal", "verdict", "report"),
                List.copyOf(fields.values().keySet()));
        assertEquals("2", ((Tree.Text) fields.values().get("done")).value());
    }

    @Test
    void jsonInAFileStandsBesideWhatIsSaid() throws IOException {
        Path json = folder.resolve("summary.json");
        Cli.Said said = cohort.run(TinyCohort.RECIPE, out(), "--json", json);
        assertEquals(
                "2 done\nwarnings of 2 exams are in the report\nreport: "
                        + out().resolve("report.html")
                        + "\n",
                said.out());
        assertTrue(Files.readString(json).contains("\"done\": 2"));
    }

    @Test
    void aStepThatIsAskedForAnotherFormatThanNiftiSaysSo() {
        Cli.Said nrrd = Cli.run("step", "isotropic", "a.nii", "b.nrrd", "--spacing-mm", 1);
        assertEquals(
                "diapason: OUT b.nrrd: a step writes NIfTI. Name it .nii or .nii.gz; diapason convert"
                        + " makes other formats of it.\n",
                nrrd.err());
        assertEquals(2, nrrd.code());
    }
}
