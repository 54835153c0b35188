package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.math.Rng;
import org.junit.jupiter.api.Test;

/** What {@code combat} says of tables and files that are not as they should be. */
class ComBatInputTest extends ComBatFiles {
    @Test
    void aFoldWithoutASiteOfItsRowsIsRefusedByItsName() throws IOException {
        List<String> rows = new ArrayList<>(rows(1, "AB", 40));
        rows.set(7, rows.get(7).replaceFirst(",B,", ",E,"));
        table = write("table.csv", rows);
        assertTrue(
                fit("--fold", "fold")
                        .err()
                        .startsWith(
                                "diapason: --fold fold, rows of 2 by a fit on the others: exam P7: site"
                                        + " \"E\" was not in the fit (it knows A, B)."));
        rows.set(7, rows.get(7).replaceFirst("[^,]*$", ""));
        table = write("table.csv", rows);
        assertEquals(
                "diapason: exam P7: column fold is missing, so it is of no fold. Fill it in.\n",
                fit("--fold", "fold").err());
    }

    @Test
    void numbersNamedAsCovariatesAreNoFeaturesAndMixedColumnsAreNamed() throws IOException {
        List<String> rows = new ArrayList<>(rows(1, "AB", 20));
        for (int r = 0; r < 10; r++) {
            rows.set(r, rows.get(r).replaceFirst("word", "" + r));
        }
        table = write("table.csv", rows);
        Cli.Said said =
                Cli.run(
                        "combat",
                        "fit",
                        table,
                        "--batch",
                        "site",
                        "--covariates",
                        "age,dx,fold",
                        "--model",
                        model,
                        "--out",
                        out);
        assertEquals(
                "warning: column note is partly numbers, partly text, so it is no feature.\n",
                said.err());
        assertTrue(said.out().startsWith("3 features of 20 rows"), said.out());
    }

    @Test
    void aColumnThatIsNumbersButForOneCellIsAnError() throws IOException {
        List<String> rows = new ArrayList<>(rows(1, "AB", 20));
        rows.set(2, rows.get(2).replaceFirst("word,[^,]*", "word,12;5"));
        table = write("table.csv", rows);
        assertEquals(
                "diapason: table.csv, line 4, column \"f1\": \"12;5\" is not a number, but 19 other"
                        + " cells of the column are. Correct it, or leave the column out by"
                        + " --covariates.\n",
                fit().err());
    }

    @Test
    void whatIsReadIsNeverWrittenOver() throws IOException {
        String before = Files.readString(table);
        Cli.Said said =
                Cli.run(
                        "combat", "fit", table, "--batch", "site", "--model", model, "--out",
                        table);
        assertEquals(2, said.code());
        assertEquals(
                "diapason: --out would write over table.csv, which this command reads or writes"
                        + " itself. Name another.\n",
                said.err());
        assertEquals(
                "diapason: --model would write over m, which this command reads or writes itself."
                        + " Name another.\n",
                Cli.run(
                                "combat",
                                "fit",
                                table,
                                "--batch",
                                "site",
                                "--model",
                                folder.resolve("m"),
                                "--out",
                                folder.resolve("m"))
                        .err());
        assertEquals(0, fit().code());
        assertEquals(2, Cli.run("combat", "apply", table, "--model", model, "--out", model).code());
        assertEquals(before, Files.readString(table));
    }

    /** Columns that are numbers in every row and count them are features unless named. */
    @Test
    void aColumnThatSeemsToNumberTheRowsIsSaidToBeAFeature() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("site,patient_id,volume,f1");
        Rng rng = new Rng(8);
        for (int r = 0; r < 40; r++) {
            lines.add((r % 2 == 0 ? "A," : "B,") + (900 - r) + "," + r + "," + rng.nextGaussian());
        }
        Path numbered = folder.resolve("numbered.csv");
        Files.write(numbered, lines);
        Object[] words = {
            "combat", "fit", numbered, "--batch", "site", "--model", model, "--out", out
        };
        assertEquals(
                "warning: column patient_id is another whole number in every row and is taken for a"
                        + " feature. If it numbers the rows, name it by --covariates.\n",
                Cli.run(words).err());
        Object[] named = Arrays.copyOf(words, words.length + 2);
        named[words.length] = "--covariates";
        named[words.length + 1] = "patient_id";
        assertEquals("", Cli.run(named).err());
    }

    @Test
    void aModelThatIsCutShortOrAbsentOrNoTextIsSaidToBeThat() throws IOException {
        assertEquals(0, fit().code());
        byte[] whole = Files.readAllBytes(model);
        Files.write(model, Arrays.copyOf(whole, whole.length - 40));
        String cut = run("apply", table).err();
        assertTrue(cut.startsWith("diapason: model.json, line "), cut);
        assertTrue(cut.contains("not JSON: Unexpected end-of-input"), cut);
        Files.write(model, new byte[] {0x1f, (byte) 0x8b, 8, 0});
        assertEquals(
                "diapason: model.json: the file is no JSON: it is no UTF-8 text.\n",
                run("apply", table).err());
        Files.delete(model);
        assertEquals("diapason: model.json: does not exist.\n", run("apply", table).err());
    }
}
