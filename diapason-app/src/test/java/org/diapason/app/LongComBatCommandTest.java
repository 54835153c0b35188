package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diapason.math.Rng;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongComBatCommandTest {
    @TempDir Path folder;
    private Path table;

    /** 12 subjects, 5 visits at sites that add 0, 10 and 20; a subject adds his number. */
    @BeforeEach
    void writeTable() throws IOException {
        Rng rng = new Rng(3);
        StringBuilder text = new StringBuilder("who,note,f1,time,f2,site\n");
        for (int r = 0; r < 60; r++) {
            int s = r / 5;
            int t = r % 5;
            int site = (s + t) % 3;
            text.append(100 + s).append(",x,").append(s + 10 * site + rng.nextGaussian());
            text.append(',').append(t).append(',').append(s - 10 * site + rng.nextGaussian());
            text.append(',').append("ABC".charAt(site)).append('\n');
        }
        table = folder.resolve("table.csv");
        Files.writeString(table, text);
    }

    private Cli.Said fit(String... more) {
        Object[] arguments = {
            "combat",
            "fit",
            table,
            "--batch",
            "site",
            "--protect",
            "time",
            "--model",
            folder.resolve("m.json"),
            "--out",
            folder.resolve("out.csv")
        };
        Object[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Cli.run(all);
    }

    @Test
    void subjectsKeepTheirLevelsAndLaterRowsComeOutAsInTheFit() throws IOException {
        Cli.Said said = fit("--subject", "who");
        assertEquals("", said.err());
        assertEquals(0, said.code());
        assertTrue(
                said.out().startsWith("2 features of 60 rows of 12 subjects from 3 batches"),
                said.out());
        List<String> after = Files.readAllLines(folder.resolve("out.csv"));
        assertEquals("who,note,f1,time,f2,site", after.get(0));
        for (int r = 0; r < 60; r++) {
            String[] cells = after.get(r + 1).split(",");
            assertEquals(Integer.toString(100 + r / 5), cells[0]);
            // The average site adds 10; noise of 1 and a site's mean known to 0.3 are left.
            assertEquals(r / 5 + 10, Double.parseDouble(cells[2]), 4);
        }
        Path later = folder.resolve("later.csv");
        List<String> rows = Files.readAllLines(table);
        Files.write(later, List.of(rows.get(0), rows.get(17)));
        Cli.Said applied =
                Cli.run(
                        "combat",
                        "apply",
                        later,
                        "--model",
                        folder.resolve("m.json"),
                        "--out",
                        folder.resolve("later-out.csv"));
        assertEquals("", applied.err());
        assertEquals(0, applied.code());
        assertEquals(after.get(17), Files.readAllLines(folder.resolve("later-out.csv")).get(1));
    }

    @Test
    void numbersNamedAsCovariatesAreNoFeatures() throws IOException {
        Cli.Said said = fit("--subject", "who", "--covariates", "f2");
        assertTrue(said.out().startsWith("1 feature of 60 rows of 12 subjects"), said.out());
    }

    @Test
    void aSlopeMayVaryAndOtherFormsOfComBatDoNotGoWithSubjects() {
        assertEquals(0, fit("--subject", "who", "--random-slope", "time").code());
        Cli.Said alone = fit("--random-slope", "time");
        assertEquals(2, alone.code());
        assertTrue(alone.err().startsWith("diapason: --random-slope needs --subject"));
        Cli.Said other = fit("--subject", "who", "--method", "none");
        assertEquals(2, other.code());
        assertTrue(other.err().startsWith("diapason: --method does not go with --subject"));
    }

    @Test
    void aModelThatWasChangedIsNotApplied() throws IOException {
        fit("--subject", "who");
        Path model = folder.resolve("m.json");
        Files.writeString(model, Files.readString(model).replace("\"exams\": 20", "\"exams\": 21"));
        Cli.Said said =
                Cli.run(
                        "combat",
                        "apply",
                        table,
                        "--model",
                        model,
                        "--out",
                        folder.resolve("o.csv"));
        assertEquals(1, said.code());
        assertTrue(said.err().contains("was changed after it was written"), said.err());
    }
}
