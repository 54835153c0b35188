package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.catalogue.Tree;
import org.diapason.io.run.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComBatCommandTest extends ComBatFiles {
    @Test
    void theTableKeepsItsRowsItsColumnsAndEveryOtherCell() throws IOException {
        Cli.Said said = fit("--protect", "age,sex,dx,s(age,4),age:sex", "--protect", "");
        assertEquals(2, said.code(), "an empty term is refused: " + said.err());
        said = fit("--protect", "s(age,4),sex,dx");
        assertEquals("", said.err());
        assertEquals(0, said.code());
        assertEquals(
                "3 features of 45 rows from 3 batches harmonized\ntable: "
                        + out
                        + "\nmodel: "
                        + model
                        + "\n",
                said.out());
        List<String[]> before = cells(table);
        List<String[]> after = cells(out);
        assertEquals(before.size(), after.size());
        assertArrayEquals(before.get(0), after.get(0));
        for (int r = 1; r < before.size(); r++) {
            for (int c = 0; c < 10; c++) {
                boolean feature = c == 2 || c == 4 || c == 8;
                boolean changed = !before.get(r)[c].equals(after.get(r)[c]);
                assertEquals(feature && !before.get(r)[c].equals("NA"), changed, r + ", " + c);
            }
        }
    }

    @Test
    void applyToTheTableOfTheFitGivesTheSameBytes() throws IOException {
        assertEquals(0, fit("--protect", "s(age,4),sex,age:sex", "--json", "-").code(), "age:sex");
        byte[] fitted = Files.readAllBytes(out);
        assertEquals(0, run("apply", table).code());
        assertArrayEquals(fitted, Files.readAllBytes(out));
    }

    @Test
    void covarianceIsHarmonizedAndAppliedToTheSameBytes() throws IOException {
        assertEquals(0, fit("--protect", "age,sex").code());
        byte[] combat = Files.readAllBytes(out);
        Cli.Said said = fit("--protect", "age,sex", "--covbat", "2", "--json", "-");
        assertEquals(0, said.code(), said.err());
        Tree.Fields fields = (Tree.Fields) Json.parse("said", said.out());
        Tree.Fields fit = (Tree.Fields) fields.values().get("fit");
        assertEquals("2", ((Tree.Text) fit.values().get("components")).value());
        byte[] fitted = Files.readAllBytes(out);
        assertFalse(Arrays.equals(combat, fitted));
        assertEquals(0, run("apply", table).code());
        assertArrayEquals(fitted, Files.readAllBytes(out));
        Path calibration = folder.resolve("d.json");
        Path many = write("many.csv", rows(30, "D", 25));
        Cli.Said later = run("apply", many, "--save-calibration", calibration);
        assertEquals("", later.err());
        String[] placed = cells(out).get(3);
        Path one = write("one.csv", List.of(Files.readAllLines(many).get(3)));
        assertEquals(1, run("apply", one).code());
        assertEquals(0, run("apply", one, "--calibration", calibration).code());
        assertArrayEquals(placed, cells(out).get(1), "one row of D by its calibration");
    }

    @Test
    void smoothnessAndRobustnessReachTheModelAndApplyToTheSameBytes() throws IOException {
        assertEquals(0, fit("--protect", "s(age,6),sex").code());
        byte[] usual = Files.readAllBytes(out);
        assertEquals(0, fit("--protect", "s(age,6),sex", "--smoothing", "none").code());
        byte[] rough = Files.readAllBytes(out);
        assertFalse(Arrays.equals(usual, rough));
        assertEquals(0, fit("--protect", "s(age,6),sex", "--location-scale", "robust").code());
        byte[] robust = Files.readAllBytes(out);
        assertFalse(Arrays.equals(usual, robust));
        assertEquals(0, run("apply", table).code());
        assertArrayEquals(robust, Files.readAllBytes(out));
    }

    @Test
    void aShareAboveOneThatIsNoNumberOfComponentsIsRefused() {
        Cli.Said said = fit("--covbat", "1.5");
        assertEquals(2, said.code());
        assertTrue(
                said.err()
                        .contains(
                                "--covbat must be a share of variance between 0 and 1 or a number of"
                                        + " components, got 1.5"),
                said.err());
    }

    @Test
    void theReferenceIsCopiedToTheLetter() throws IOException {
        assertEquals(0, fit("--reference", "B", "--mean-only", "--method", "nonparametric").code());
        List<String[]> before = cells(table);
        List<String[]> after = cells(out);
        for (int r = 1; r < before.size(); r++) {
            boolean reference = before.get(r)[3].equals("B");
            assertEquals(reference, Arrays.equals(before.get(r), after.get(r)), "row " + r);
        }
    }

    @Test
    void byDefaultEveryColumnOfNumbersNotNamedOtherwiseIsAFeature() {
        Cli.Said said =
                Cli.run(
                        "combat",
                        "fit",
                        table,
                        "--batch",
                        "site",
                        "--protect",
                        "age,sex",
                        "--target",
                        "dx",
                        "--model",
                        model,
                        "--out",
                        out,
                        "--json",
                        "-");
        Tree.Fields fields = (Tree.Fields) Json.parse("said", said.out());
        // f1, f2, f3 and fold, a number that nobody named; dx is the target.
        assertEquals("4", ((Tree.Text) fields.values().get("features")).value());
    }

    @Test
    void oneRowOfAnUnknownSiteIsLeftEmptyCountedAndNamed() throws IOException {
        fit("--protect", "age,sex");
        List<String> rows = rows(2, "AD", 4);
        Path later = write("later.csv", rows);
        Cli.Said said = run("apply", later);
        assertEquals(1, said.code());
        assertEquals(
                "left empty: 2 rows (P1, P3): site \"D\" was not in the fit (it knows A, B, C) and"
                        + " has 2 complete rows where --new-site-rows asks for 20: collect more, or"
                        + " give its file by --calibration.\n",
                said.err());
        assertTrue(said.out().startsWith("2 of 4 rows harmonized, 2 left empty\n"), said.out());
        List<String[]> after = cells(out);
        assertEquals("", after.get(2)[2]);
        assertEquals("word", after.get(2)[1]);
        assertFalse(after.get(1)[2].isEmpty());
    }

    @Test
    void aNewSiteIsPlacedByItsRowsAndLaterRowsOfItByItsCalibration() throws IOException {
        fit("--protect", "age,sex");
        Path many = write("many.csv", rows(3, "AD", 60));
        Path calibration = folder.resolve("d.json");
        Cli.Said said = run("apply", many, "--save-calibration", calibration);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        assertTrue(
                said.out().contains("site \"D\" was not in the fit and is placed by its 30 rows;"),
                said.out());
        List<String[]> placed = cells(out);
        // Rows of A answer to the model alone.
        Path one = write("one.csv", rows(3, "AD", 2));
        assertEquals(0, run("apply", one, "--calibration", calibration).code());
        assertArrayEquals(placed.get(1), cells(out).get(1));
        assertArrayEquals(placed.get(2), cells(out).get(2), "one row of D by its calibration");
        double mean = 0;
        for (int r = 1; r < placed.size(); r++) {
            mean += (r % 2 == 0 ? 1 : -1) * Double.parseDouble(placed.get(r)[2]) / 30;
        }
        // Planted 6 apart; the standard error of two means of 30 is 0.3.
        assertEquals(0, mean, 1.2);
    }

    @Test
    void aCalibrationOfAnotherModelIsRefused() throws IOException {
        fit("--protect", "age");
        Path calibration = folder.resolve("d.json");
        Path many = write("many.csv", rows(3, "D", 30));
        assertEquals(0, run("apply", many, "--save-calibration", calibration).code());
        fit("--protect", "age,sex");
        assertEquals(
                "diapason: d.json places batches for another model than this one. Take the model it"
                        + " was made with, or make the calibration anew.\n",
                run("apply", many, "--calibration", calibration).err());
    }

    @ParameterizedTest(name = "version {0}")
    @CsvSource({"1", "3"})
    void aModelOfAnotherVersionIsRefused(String version) throws IOException {
        fit();
        String text = Files.readString(model);
        assertTrue(text.contains("\"version\": 2,"), text);
        Files.writeString(model, text.replace("\"version\": 2,", "\"version\": " + version + ","));
        Cli.Said said = run("apply", table);
        assertEquals(1, said.code());
        assertEquals(
                "diapason: model.json: found version "
                        + version
                        + " of ComBat models, and this program reads version 2. Fit anew, or apply it"
                        + " with the program that wrote it.\n",
                said.err());
    }

    @Test
    void aModelChangedByHandIsRefused() throws IOException {
        fit();
        String text = Files.readString(model);
        Files.writeString(model, text.replace("\"exams\": 15", "\"exams\": 16"));
        assertEquals(
                "diapason: model.json was changed after it was written: its content does not have"
                        + " the hash that stands in it. Restore the file, or make it anew.\n",
                run("apply", table).err());
        Files.writeString(model, "{}");
        assertEquals(
                "diapason: model.json is no combat model: it does not say \"kind\":"
                        + " \"combat-model\". Make one by diapason combat fit.\n",
                run("apply", table).err());
    }

    /** The model is read back: a transform, a spread and the smoothness of a curve. */
    @Test
    void aTransformAndASpreadAreInTheModelAndLaterRowsEqualTheFit() throws IOException {
        String[] how = {
            "--transform", "none:f1,log", "--protect-scale", "age", "--protect", "s(age,5),sex"
        };
        assertEquals(0, fit((Object[]) how).code());
        byte[] fitted = Files.readAllBytes(out);
        String json = Files.readString(model);
        assertTrue(json.contains("\"kind\": \"log\"") && json.contains("\"lambda\""), json);
        assertEquals(0, run("apply", table).code());
        assertArrayEquals(fitted, Files.readAllBytes(out));
        assertEquals(0, fit("--protect", "s(age,5),sex").code());
        assertFalse(Arrays.equals(fitted, Files.readAllBytes(out)));
        Cli.Said said = fit("--protect-scale", "age,dx", "--target", "dx");
        assertEquals(1, said.code());
        assertEquals(
                "diapason: --protect-scale names dx, which is to be predicted: the spread of every row"
                        + " would follow its own answer. Leave dx out of --protect-scale.",
                said.err().strip());
        assertEquals(2, fit("--transform", "square").code());
    }

    @Test
    void whatOnlyTheSpreadDependsOnIsNoFeature() {
        Cli.Said said =
                Cli.run(
                        "combat",
                        "fit",
                        table,
                        "--batch",
                        "site",
                        "--protect-scale",
                        "age",
                        "--covariates",
                        "dx,fold",
                        "--model",
                        model,
                        "--out",
                        out);
        assertEquals("", said.err());
        assertTrue(said.out().startsWith("3 features of 45 rows"), said.out());
    }

    @Test
    void protectingTheTargetIsRefusedWithTheWaysOut() {
        Cli.Said said = fit("--protect", "age,dx", "--target", "dx");
        assertEquals(1, said.code());
        assertEquals(
                "diapason: --protect names dx, which is to be predicted: every row would be moved by"
                        + " its own answer, and a prediction tested on it would look better than it is."
                        + " Leave dx out of --protect; or harmonize out of fold by --fold COLUMN; or"
                        + " write a table per value of it by --pretend-target.\n",
                said.err());
        assertFalse(Files.exists(out));
        assertFalse(Files.exists(model));
    }

    @Test
    void pretendingWritesATablePerValueAndLooksAtNoRowsOwn() throws IOException {
        Object[] how = {
            "--protect", "age,dx", "--target", "dx", "--pretend-target", "--fold", "fold"
        };
        assertEquals(0, fit(how).code());
        byte[] zero = Files.readAllBytes(folder.resolve("out.0.csv"));
        assertFalse(Files.exists(out));
        assertNotEquals(
                cells(folder.resolve("out.0.csv")).get(1)[2],
                cells(folder.resolve("out.1.csv")).get(1)[2]);
        // Row 1 says that it is the other class: its own out-of-fold values must not move.
        List<String> lines = new ArrayList<>(Files.readAllLines(table));
        String[] first = lines.get(1).split(",");
        first[7] = first[7].equals("0") ? "1" : "0";
        lines.set(1, String.join(",", first));
        Files.writeString(table, String.join("\n", lines) + "\n");
        assertEquals(0, fit(how).code());
        String[] again = cells(folder.resolve("out.0.csv")).get(1);
        String[] before = new String(zero).split("\n")[1].split(",", -1);
        assertEquals(before[2], again[2]);
        assertEquals(before[8], again[8]);
    }

    @Test
    void applyWithoutTheTargetGivesTheMeanOfThePretendedTables() throws IOException {
        assertEquals(0, fit("--protect", "age,dx", "--target", "dx", "--fold", "fold").code());
        Path later = folder.resolve("later.csv");
        List<String> lines = new ArrayList<>();
        double cases = 0;
        for (String line : Files.readAllLines(table)) {
            List<String> cells = new ArrayList<>(List.of(line.split(",", -1)));
            cases += cells.remove(7).equals("1") ? 1 : 0;
            lines.add(String.join(",", cells));
        }
        Files.writeString(later, String.join("\n", lines) + "\n");
        assertEquals(0, run("apply", later).code());
        assertEquals(0, run("apply", later, "--pretend-target").code());
        double share = cases / 45;
        List<String[]> mean = cells(out);
        List<String[]> one = cells(folder.resolve("out.1.csv"));
        List<String[]> none = cells(folder.resolve("out.0.csv"));
        for (int r = 1; r <= 45; r++) {
            assertEquals(
                    share * Double.parseDouble(one.get(r)[2])
                            + (1 - share) * Double.parseDouble(none.get(r)[2]),
                    Double.parseDouble(mean.get(r)[2]),
                    1e-12);
        }
    }
}
