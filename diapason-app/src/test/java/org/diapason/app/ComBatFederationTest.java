package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.diapason.io.run.ComBatFile;
import org.diapason.math.Rng;
import org.diapason.table.ComBat;
import org.diapason.table.ComBatModel;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComBatFederationTest {
    private static final String HEADER = "exam,site,age,sex,f1,f2,f3\n";

    @TempDir Path folder;

    /** Rows of the sites in turn; ages and sexes in turn within them. */
    private static List<String> rows(String sites, int count) {
        Rng rng = new Rng(11);
        List<String> rows = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            char site = sites.charAt(r % sites.length());
            int age = 40 + rng.nextInt(30);
            StringBuilder row = new StringBuilder("P" + r + "," + site + "," + age);
            row.append(r / sites.length() % 2 == 0 ? ",F" : ",M");
            for (int f = 0; f < 3; f++) {
                row.append(',').append(10 * f + 2 * (site - 'A') + 0.1 * age + rng.nextGaussian());
            }
            rows.add(row.toString());
        }
        return rows;
    }

    private Path table(String name, List<String> rows, String sites) throws IOException {
        Path file = folder.resolve(name);
        List<String> own = rows.stream().filter(r -> sites.contains(r.split(",")[1])).toList();
        Files.writeString(file, HEADER + String.join("\n", own) + "\n");
        return file;
    }

    private Cli.Said summarise(Path table, Path out, Object... more) {
        List<Object> words =
                new ArrayList<>(
                        List.of("combat", "summarise", table, "--batch", "site", "--out", out));
        words.addAll(List.of(more));
        return Cli.run(words.toArray());
    }

    private static void done(Cli.Said said) {
        assertEquals("", said.err());
        assertEquals(0, said.code());
    }

    private void assertPooled(Path merged, Path all, Object... fit) {
        Path model = folder.resolve("pooled.json");
        List<Object> words = new ArrayList<>(List.of("combat", "fit", all, "--batch", "site"));
        words.addAll(List.of("--model", model, "--out", folder.resolve("pooled.csv")));
        words.addAll(List.of(fit));
        done(Cli.run(words.toArray()));
        ComBatModel a = ComBatFile.read(model).model();
        ComBatModel b = ComBatFile.read(merged).model();
        assertEquals(a.columns(), b.columns());
        assertEquals(a.settings(), b.settings());
        assertNear(a.alpha(), b.alpha());
        assertNear(a.sigma(), b.sigma());
        for (int k = 0; k < a.effects().size(); k++) {
            assertNear(a.effects().get(k).values(), b.effects().get(k).values());
        }
        for (int i = 0; i < a.batches().size(); i++) {
            assertEquals(a.batches().get(i).name(), b.batches().get(i).name());
            assertNear(a.batches().get(i).gamma(), b.batches().get(i).gamma());
            assertNear(a.batches().get(i).delta(), b.batches().get(i).delta());
        }
    }

    private static void assertNear(Numbers expected, Numbers found) {
        assertEquals(expected.size(), found.size());
        for (int n = 0; n < expected.size(); n++) {
            assertEquals(expected.get(n), found.get(n), 1e-10);
        }
    }

    @Test
    void sumsOfHospitalsGiveTheModelOfThePooledTable() throws IOException {
        List<String> rows = rows("ABCD", 120);
        Path x = folder.resolve("x.json");
        Path y = folder.resolve("y.json");
        done(summarise(table("x.csv", rows, "CA"), x, "--protect", "age"));
        done(summarise(table("y.csv", rows, "BD"), y, "--protect", "age"));
        for (String row : rows) {
            for (String cell : row.split(",")) {
                boolean number = cell.contains(".") && cell.length() > 10;
                assertFalse(number && Files.readString(x).contains(cell), "a cell of a row");
            }
        }
        Path model = folder.resolve("model.json");
        Cli.Said said =
                Cli.run(
                        "combat",
                        "merge",
                        x,
                        y,
                        "--model",
                        model,
                        "--method",
                        "none",
                        "--reference",
                        "B");
        done(said);
        assertEquals(
                "3 features of 120 rows from 4 batches in 2 files\nmodel: " + model + "\n",
                said.out());
        assertPooled(
                model,
                table("all.csv", rows, "ABCD"),
                "--protect",
                "age",
                "--method",
                "none",
                "--reference",
                "B");
    }

    @Test
    void levelsAreAgreedOnInARoundOfTheirOwn() throws IOException {
        List<String> rows = rows("ABC", 120);
        Path tx = table("x.csv", rows, "AC");
        Path ty = table("y.csv", rows, "B");
        Path x = folder.resolve("x.json");
        Path y = folder.resolve("y.json");
        Path levels = folder.resolve("levels.json");
        String terms = "age,sex,age:sex";
        Cli.Said early = summarise(tx, x, "--protect", terms);
        assertEquals(1, early.code());
        assertEquals(
                "diapason: protected column sex is text, whose levels all hospitals must agree on"
                        + " first. Run combat summarise --levels-only everywhere, combat merge on the"
                        + " files with --levels levels.json, then combat summarise --levels"
                        + " levels.json.\n",
                early.err());
        done(summarise(tx, x, "--protect", terms, "--levels-only"));
        done(summarise(ty, y, "--protect", terms, "--levels-only"));
        done(Cli.run("combat", "merge", x, y, "--levels", levels));
        done(summarise(tx, x, "--protect", terms, "--levels", levels));
        done(summarise(ty, y, "--protect", terms, "--levels", levels));
        Path model = folder.resolve("model.json");
        done(Cli.run("combat", "merge", y, x, "--model", model));
        assertPooled(model, table("all.csv", rows, "ABC"), "--protect", terms);
    }

    @Test
    void aSmallSiteIsLeftOutByNameAndTheMergeSaysSo() throws IOException {
        List<String> rows = new ArrayList<>(rows("AB", 60));
        rows.addAll(rows("Z", 4));
        Path x = folder.resolve("x.json");
        Cli.Said said = summarise(table("x.csv", rows, "ABZ"), x);
        assertEquals("left out: site \"Z\": it has fewer than 5 rows.\n", said.err());
        assertEquals(1, said.code());
        assertFalse(Files.readString(x).contains("\"name\": \"Z\", \"rows\""));
        Cli.Said merged = Cli.run("combat", "merge", x, "--model", folder.resolve("m.json"));
        assertEquals(
                "warning: x.json left out site \"Z\": it has fewer than 5 rows.\n", merged.err());
        assertEquals(0, merged.code());
    }

    @Test
    void aFileGivenTwiceOrChangedOrOfAnotherKindIsRefused() throws IOException {
        List<String> rows = rows("AB", 60);
        Path x = folder.resolve("x.json");
        Path model = folder.resolve("m.json");
        done(summarise(table("x.csv", rows, "AB"), x));
        assertEquals(
                "diapason: x.json and x.json are the same sums, which would count every row twice."
                        + " Give each file once.\n",
                Cli.run("combat", "merge", x, x, "--model", model).err());
        String text = Files.readString(x);
        Files.writeString(x, text.replace("\"rows\": 30", "\"rows\": 31"));
        assertTrue(
                Cli.run("combat", "merge", x, "--model", model)
                        .err()
                        .startsWith("diapason: x.json was changed after it was written"));
        Files.writeString(x, text.replace("\"version\": 2", "\"version\": 1"));
        assertEquals(
                "diapason: x.json: found version 1 of combat sums, and this program reads version 2."
                        + " Make it anew by diapason combat summarise of the program that merges.\n",
                Cli.run("combat", "merge", x, "--model", model).err());
        Files.writeString(x, text.replace("combat-sums", "combat-model"));
        assertEquals(
                "diapason: x.json is no combat sums: it does not say \"kind\": \"combat-sums\". Make"
                        + " one by diapason combat summarise.\n",
                Cli.run("combat", "merge", x, "--model", model).err());
        assertEquals(
                "diapason: --fewest must be at least 5 rows, got 1\n",
                summarise(table("x.csv", rows, "AB"), x, "--fewest", "1").err());
    }

    @Test
    void whatIsToBePredictedIsNotProtected() throws IOException {
        Cli.Said said =
                summarise(
                        table("x.csv", rows("AB", 60), "AB"),
                        folder.resolve("x.json"),
                        "--protect",
                        "age",
                        "--target",
                        "age");
        assertEquals(1, said.code());
        assertEquals(
                "diapason: --protect names age, which is to be predicted: every row would be moved by"
                        + " its own answer, and a prediction tested on it would look better than it"
                        + " is. Leave age out of --protect.\n",
                said.err());
    }

    /** GCV and REML give other curves: it was silently REML. */
    @Test
    void smoothnessAndPatternAreThoseThatWereAskedFor() throws IOException {
        List<String> rows = rows("AB", 120);
        Path tx = table("x.csv", rows, "A");
        Path ty = table("y.csv", rows, "B");
        Path x = folder.resolve("x.json");
        Path y = folder.resolve("y.json");
        Path levels = folder.resolve("levels.json");
        Object[] terms = {"--protect", "s(age,4)", "--features", "f?"};
        done(summarise(tx, x, append(terms, "--levels-only")));
        done(summarise(ty, y, append(terms, "--levels-only")));
        assertEquals(
                "diapason: --method does not go with --levels: nothing is fitted yet. Give it when"
                        + " the sums are merged.\n",
                Cli.run("combat", "merge", x, y, "--levels", levels, "--method", "none").err());
        done(Cli.run("combat", "merge", x, y, "--levels", levels));
        done(summarise(tx, x, append(terms, "--levels", levels)));
        done(summarise(ty, y, append(terms, "--levels", levels)));
        Path model = folder.resolve("model.json");
        done(Cli.run("combat", "merge", x, y, "--model", model, "--smoothing", "gcv"));
        ComBatModel merged = ComBatFile.read(model).model();
        assertEquals(ComBat.Smoothing.GCV, merged.settings().smoothing());
        assertEquals("f?", merged.settings().features());
        assertEquals(List.of("f1", "f2", "f3"), merged.columns());
    }

    private static Object[] append(Object[] words, Object... more) {
        List<Object> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(more));
        return all.toArray();
    }

    @Test
    void whatIsReadIsNeverWrittenOver() throws IOException {
        Path table = table("x.csv", rows("AB", 60), "AB");
        assertEquals(
                "diapason: --out would write over x.csv, which this command reads or writes itself."
                        + " Name another.\n",
                summarise(table, folder.resolve("../" + folder.getFileName() + "/x.csv")).err());
        Path sums = folder.resolve("x.json");
        done(summarise(table, sums));
        Cli.Said said = Cli.run("combat", "merge", sums, "--model", sums);
        assertEquals(2, said.code());
        assertEquals(
                "diapason: --model would write over x.json, which this command reads or writes"
                        + " itself. Name another.\n",
                said.err());
    }
}
