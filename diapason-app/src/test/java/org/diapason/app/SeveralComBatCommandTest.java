package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.math.Rng;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeveralComBatCommandTest {
    @TempDir Path folder;
    private Path table;

    /** 90 rows of sites that add 0, 10 and 20, crossed with scanners that add 0 and 5. */
    @BeforeEach
    void writeTable() throws IOException {
        Rng rng = new Rng(3);
        StringBuilder text = new StringBuilder("exam,site,f1,age,f2,scanner\n");
        for (int r = 0; r < 90; r++) {
            int site = r % 3;
            int scanner = r % 7 < 2 + site ? 1 : 0;
            text.append("P").append(r).append(',').append("ABC".charAt(site));
            text.append(',').append(10 * site + 5 * scanner + rng.nextGaussian());
            text.append(',').append(40 + rng.nextInt(40));
            text.append(',').append(3 - 10 * site + 5 * scanner + rng.nextGaussian());
            text.append(',').append(scanner == 0 ? "old" : "new").append('\n');
        }
        table = folder.resolve("table.csv");
        Files.writeString(table, text);
    }

    private Cli.Said fit(Object... more) {
        List<Object> all =
                new ArrayList<>(
                        List.of(
                                "combat",
                                "fit",
                                table,
                                "--batch",
                                "site,scanner",
                                "--protect",
                                "age",
                                "--model",
                                folder.resolve("m.json"),
                                "--out",
                                folder.resolve("out.csv")));
        all.addAll(Arrays.asList(more));
        return Cli.run(all.toArray());
    }

    private Cli.Said apply(Path rows, Path out) {
        return Cli.run("combat", "apply", rows, "--model", folder.resolve("m.json"), "--out", out);
    }

    private void laterRowsComeOutAsInTheFit() throws IOException {
        Path later = folder.resolve("later.csv");
        List<String> rows = Files.readAllLines(table);
        Files.write(later, List.of(rows.get(0), rows.get(17)));
        Path out = folder.resolve("later-out.csv");
        Cli.Said applied = apply(later, out);
        assertEquals("", applied.err());
        assertEquals(0, applied.code());
        assertEquals(
                Files.readAllLines(folder.resolve("out.csv")).get(17),
                Files.readAllLines(out).get(1));
    }

    @Test
    void bothColumnsAreHarmonizedAtOnceAndLaterRowsByTheModel() throws IOException {
        Cli.Said said = fit();
        assertEquals("", said.err());
        assertEquals(0, said.code());
        assertTrue(
                said.out().startsWith("2 features of 90 rows harmonized for site, scanner at once"),
                said.out());
        List<String> after = Files.readAllLines(folder.resolve("out.csv"));
        assertEquals("exam,site,f1,age,f2,scanner", after.get(0));
        double[] sums = new double[2];
        for (int r = 0; r < 90; r++) {
            // 10 + 5·39/90 is the mean of all; noise of 1 and a little of the shifts are left.
            assertEquals(12, Double.parseDouble(after.get(r + 1).split(",")[2]), 4.5);
            sums[r % 3 / 2] += Double.parseDouble(after.get(r + 1).split(",")[2]);
        }
        assertEquals(sums[0] / 60, sums[1] / 30, 0.5);
        laterRowsComeOutAsInTheFit();
    }

    @Test
    void nestedSaysWhatEachOrderLeaves() throws IOException {
        Cli.Said said = fit("--order", "nested");
        assertEquals("", said.err());
        assertTrue(said.out().contains("in this order\norder scanner, site: "), said.out());
        assertTrue(said.out().contains("\norder site, scanner: "), said.out());
        laterRowsComeOutAsInTheFit();
    }

    @Test
    void aRowOfAnUnknownLevelIsLeftEmptyAndNamed() throws IOException {
        fit();
        Path later = folder.resolve("later.csv");
        List<String> rows = Files.readAllLines(table);
        Files.write(
                later, List.of(rows.get(0), rows.get(3), rows.get(4).replaceAll("...$", "next")));
        Cli.Said said = apply(later, folder.resolve("o.csv"));
        assertEquals(1, said.code());
        assertTrue(
                said.err().startsWith("left empty: 1 row: exam P3: scanner \"next\" was not in"),
                said.err());
        assertTrue(said.out().startsWith("1 of 2 rows harmonized, 1 left empty"), said.out());
        assertTrue(Files.readAllLines(folder.resolve("o.csv")).get(2).startsWith("P3,A,,"));
    }

    @Test
    void whatDoesNotGoWithSeveralColumnsIsRefusedByName() {
        Cli.Said reference = fit("--reference", "A");
        assertEquals(2, reference.code());
        assertTrue(
                reference
                        .err()
                        .startsWith("diapason: --reference does not go with several --batch"),
                reference.err());
        Cli.Said sums =
                Cli.run(
                        "combat",
                        "summarise",
                        table,
                        "--batch",
                        "site,scanner",
                        "--out",
                        folder.resolve("s.json"));
        assertEquals(2, sums.code());
        assertTrue(
                sums.err()
                        .startsWith(
                                "diapason: --batch names 2 columns (site,scanner), and combat"
                                        + " summarise takes one."),
                sums.err());
    }

    @Test
    void aScannerWithinASiteIsRefusedUnlessNested() throws IOException {
        String text = Files.readString(table);
        Files.writeString(table, text.replaceAll("(?m)^(P\\d+,)(.)(,.*,)(old|new)$", "$1$2$3$2$4"));
        Cli.Said said = fit();
        assertEquals(1, said.code());
        assertTrue(said.err().contains("scanner lies within site"), said.err());
        assertEquals(0, fit("--order", "nested").code());
    }

    private Path hiddenCohort() throws IOException {
        Rng rng = new Rng(9);
        StringBuilder text = new StringBuilder("exam,kvp,sex");
        for (int f = 0; f < 12; f++) {
            text.append(",f").append(f);
        }
        for (int r = 0; r < 100; r++) {
            boolean in = rng.nextInt(100) < 45;
            text.append("\nP").append(100 + r).append(in ? ",120," : ",140,");
            text.append(rng.nextInt(2) == 0 ? "F" : "M");
            for (int f = 0; f < 12; f++) {
                text.append(',').append(rng.nextGaussian() + (in ? 1.5 : 0));
            }
        }
        Path file = folder.resolve("hidden.csv");
        Files.writeString(file, text.append('\n'));
        return file;
    }

    private Cli.Said hidden(String evidence, Path out) throws IOException {
        return Cli.run(
                "combat",
                "hidden",
                hiddenCohort(),
                "--evidence",
                evidence,
                "--covariates",
                "kvp",
                "--out",
                out,
                "--json",
                folder.resolve("h.json"));
    }

    @Test
    void aHiddenBatchThatTheAcquisitionAgreesWithIsWritten() throws IOException {
        Path out = folder.resolve("with.csv");
        Cli.Said said = hidden("kvp", out);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        assertTrue(
                said.out()
                        .contains(
                                "2 groups of exams were found, and the acquisition agrees: kvp V "),
                said.out());
        List<String> lines = Files.readAllLines(out);
        assertTrue(lines.get(0).endsWith(",f11,hidden-batch"), lines.get(0));
        long same =
                lines.stream()
                        .skip(1)
                        .filter(l -> l.contains(",140,") == l.endsWith(",h1"))
                        .count();
        assertTrue(same >= 95, same + " of 100 in their group");
        assertTrue(Files.readString(folder.resolve("h.json")).contains("\"proposed\""));
    }

    @Test
    void aHiddenGroupWithoutEvidenceIsRefusedAndNothingWritten() throws IOException {
        Path out = folder.resolve("with.csv");
        Cli.Said said = hidden("sex", out);
        assertEquals(1, said.code());
        assertTrue(said.err().contains("no column of the acquisition agrees (sex V "), said.err());
        assertFalse(Files.exists(out));
        assertTrue(Files.readString(folder.resolve("h.json")).contains("\"refused\""));
    }
}
