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
                "diapason: there is no command \"insepct\"; did you mean \"inspect\"?\n"
                        + "Try: diapason --help\n",
                Cli.run("insepct"));
        assertUsage(
                "diapason: there is no command \"fitt\"; did you mean \"fit\"?\n"
                        + "Try: diapason combat --help\n",
                Cli.run("combat", "fitt"));
        assertUsage(
                "diapason: there is no command \"nothing\"\nTry: diapason --help\n",
                Cli.run("help", "nothing"));
    }

    @Test
    void anUnknownOptionIsGuessed() throws IOException {
        assertUsage(
                "diapason: there is no option \"--thread\"; did you mean \"--threads\"?\n"
                        + "Try: diapason run --help\n",
                cohort.run(TinyCohort.RECIPE, out(), "--thread=2"));
    }

    @Test
    void aNeededOptionThatIsMisspeltIsNotSaidToBeMissing() {
        assertUsage(
                "diapason: there is no option \"--otu\"; did you mean \"--out\"?\n"
                        + "Try: diapason run --help\n",
                Cli.run("run", "r.yaml", "--cohort", "c.csv", "--otu", out()));
    }

    @Test
    void anOptionThatIsCutShortIsGuessed() {
        assertUsage(
                "diapason: there is no option \"--prob\"; did you mean \"--probability\"?\n"
                        + "Try: diapason calibrate --help\n",
                Cli.run("calibrate", "t.csv", "--label", "y", "--prob", "p"));
    }

    @Test
    void wordsThatAreNoNumbersAreSaidToBeNone() {
        assertUsage(
                "diapason: --threshold needs a number, got \"abc\"\nTry: diapason mesh --help\n",
                Cli.run("mesh", "in.nii", "out.stl", "--threshold", "abc"));
        assertUsage(
                "diapason: --threads needs a whole number, got \"1.5\"\nTry: diapason mesh --help\n",
                Cli.run("mesh", "in.nii", "out.stl", "--threads", "1.5"));
    }

    @Test
    void aFileWhereAFolderIsNeededIsNamedWithoutItsPlace() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Cli.Said said = Cli.run("demo", "--out", file);
        assertEquals("diapason: file: is a file, a folder was expected.\n", said.err());
        assertEquals(1, said.code());
    }

    @Test
    void filesTooFewAreCounted() {
        assertUsage(
                "diapason: IMAGE IMAGE… OUT are 3 files or more, got 1\n"
                        + "Try: diapason fuse --help\n",
                Cli.run("fuse", "a.nii", "--rule", "swt"));
        assertUsage(
                "diapason: IMAGE IMAGE… OUT are 3 files or more, got 2\n"
                        + "Try: diapason fuse --help\n",
                Cli.run("fuse", "--rule", "swt", "a.nii", "b.nii"));
    }

    @Test
    void helpWritesWhatAnOptionTakesOnce() {
        String help = Cli.run("help", "judge").out();
        assertTrue(help.contains("[--covariates=COLUMNS]..."), help);
        assertTrue(help.contains("\n      --covariates=COLUMNS "), help);
        assertFalse(help.contains("COLUMNS..."), help);
    }

    @Test
    void wordsTooManyAreNamed() {
        assertUsage(
                "diapason: Unmatched arguments from index 2: 'b', 'c'\n"
                        + "Try: diapason inspect --help\n",
                Cli.run("inspect", "a", "b", "c"));
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
