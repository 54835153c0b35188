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

    private Cli.Said apply(Path rows, Object... more) {
        Object[] arguments = {
            "combat",
            "apply",
            rows,
            "--model",
            folder.resolve("m.json"),
            "--out",
            folder.resolve("o.csv")
        };
        Object[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Cli.run(all);
    }

    /** Subjects 200 … at site D, which adds 40. */
    private Path newSite(String name, int subjects) throws IOException {
        Rng rng = new Rng(4);
        StringBuilder text = new StringBuilder("who,note,f1,time,f2,site\n");
        for (int r = 0; r < subjects * 4; r++) {
            int s = r / 4;
            text.append(200 + s).append(",x,").append(s + 40 + rng.nextGaussian());
            text.append(',').append(r % 4).append(',').append(s + 40 + rng.nextGaussian());
            text.append(",D\n");
        }
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return file;
    }

    @Test
    void aNewSiteOfNewSubjectsIsPlacedAndOneOfItsRowsIsNot() throws IOException {
        fit("--subject", "who");
        Path many = newSite("many.csv", 12);
        Path calibration = folder.resolve("d.json");
        Cli.Said said = apply(many, "--save-calibration", calibration);
        assertEquals(0, said.code(), said.err());
        assertTrue(
                said.out().contains("site \"D\" was not in the fit and is placed by its 48 rows"));
        assertTrue(said.err().startsWith("warning: 12 subjects of 48 exams were not in the fit"));
        List<String> after = Files.readAllLines(folder.resolve("o.csv"));
        for (int r = 0; r < 48; r++) {
            // Subjects of the fit and of D have the same average, the site of the fit adds 10.
            double f1 = Double.parseDouble(after.get(r + 1).split(",")[2]);
            assertEquals(r / 4 + 10, f1, 4, after.get(r + 1));
        }
        Path one = folder.resolve("one.csv");
        Files.write(one, Files.readAllLines(many).subList(0, 2));
        Cli.Said alone = apply(one);
        assertEquals(1, alone.code());
        assertTrue(
                alone.err()
                        .endsWith(
                                "site \"D\" was not in the fit (it knows A, B, C) and has 1 complete"
                                        + " row where --new-site-rows asks for 20: collect more, or"
                                        + " give its file by --calibration.\n"),
                alone.err());
        Cli.Said calibrated = apply(one, "--calibration", calibration);
        assertEquals(0, calibrated.code(), calibrated.err());
        assertEquals(
                "site \"D\" was in the fit of this model, so it cannot be placed anew.",
                apply(one, "--calibration", calibration, "--calibration", calibration)
                        .err()
                        .replace("diapason: ", "")
                        .strip());
    }

    @Test
    void aSiteOfOneNewSubjectIsLeftEmpty() throws IOException {
        fit("--subject", "who");
        Cli.Said said = apply(newSite("one.csv", 1), "--new-site-rows", "4");
        assertEquals(1, said.code());
        assertTrue(
                said.err().contains("site \"D\" has exams of one subject only, who was not in"),
                said.err());
    }

    /** It was taken for a feature, whatever the option said. */
    @Test
    void columnsThatAreNoFeaturesStayAsTheyAre() throws IOException {
        Cli.Said said = fit("--subject", "who", "--covariates", "f2");
        assertTrue(said.out().startsWith("1 feature of 60 rows"), said.out());
        assertEquals(
                Files.readAllLines(table).get(1).split(",")[4],
                Files.readAllLines(folder.resolve("out.csv")).get(1).split(",")[4]);
    }

    @Test
    void theScaleAndACurveReachTheModel() throws IOException {
        fit("--subject", "who");
        String usual = Files.readString(folder.resolve("out.csv"));
        fit("--subject", "who", "--scale", "msr");
        String msr = Files.readString(folder.resolve("out.csv"));
        assertTrue(
                !usual.equals(msr) && Files.readString(folder.resolve("m.json")).contains("msr"));
        assertEquals(0, fit("--subject", "who", "--protect", "s(f2,4)").code());
        assertEquals(2, fit("--subject", "who", "--smoothing", "gcv").code());
    }
}
