package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.diapason.io.nifti.Nifti;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of docs/concepts/combat.md, in the order of the page. */
class ComBatPageTest {
    private static final String HEADER = "exam,site,age,sex,disease,fold,f1,f2,f3,f4,f5,f6,f7,f8";

    @TempDir Path folder;
    private final Rng rng = new Rng(2);

    private String row(int r, char site) {
        int age = 40 + rng.nextInt(31);
        int disease = r / 8 % 2;
        StringBuilder row = new StringBuilder("P" + site + r + "," + site + "," + age);
        row.append(r / 4 % 2 == 0 ? ",F," : ",M,").append(disease).append(",k").append(r % 5);
        for (int f = 1; f <= 8; f++) {
            double noise = (1 + 0.2 * (site - 'A')) * rng.nextGaussian();
            row.append(',').append(10 * f + (site - 'A') + 0.1 * age + disease + noise);
        }
        return row.toString();
    }

    private void write(String name, List<String> rows, IntPredicate which) throws IOException {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (int r = 0; r < rows.size(); r++) {
            if (which.test(r)) {
                lines.add(rows.get(r));
            }
        }
        Files.write(folder.resolve(name), lines);
    }

    private void makeFiles() throws IOException {
        List<String> rows = new ArrayList<>();
        List<String> fresh = new ArrayList<>();
        for (int r = 0; r < 120; r++) {
            rows.add(row(r, "ABCD".charAt(r % 4)));
        }
        for (int r = 0; r < 24; r++) {
            fresh.add(row(r, 'E'));
        }
        write("features.csv", rows, r -> true);
        write("later.csv", rows, r -> r % 7 == 0);
        write("hospital1.csv", rows, r -> r % 4 < 2);
        write("hospital2.csv", rows, r -> r % 4 > 1);
        write("newsite.csv", fresh, r -> true);
        write("onerow.csv", fresh, r -> r == 3);
        Geometry grid = Geometry.of(5, 4, 3, 2, 2, 2);
        boolean[] inside = new boolean[grid.voxels()];
        StringBuilder cohort = new StringBuilder("exam,image.gm,site,age\n");
        for (int e = 0; e < 24; e++) {
            float[] values = new float[grid.voxels()];
            for (int v = 0; v < values.length; v++) {
                values[v] = (float) (e % 3 + rng.nextGaussian());
                inside[v] = v % 3 != 0;
            }
            Path image = folder.resolve("gm" + e + ".nii.gz");
            Nifti.write(image, Volume.of(grid, values, Quantity.UNKNOWN));
            cohort.append("E" + e + ",gm" + e + ".nii.gz,S" + e % 3 + ',');
            cohort.append(40 + rng.nextInt(31)).append('\n');
        }
        Nifti.writeMask(folder.resolve("brain.nii.gz"), Mask.of(grid, inside));
        Files.writeString(folder.resolve("cohort.csv"), cohort);
        Files.writeString(folder.resolve("later-cohort.csv"), cohort);
    }

    private static List<String> commands() throws IOException {
        return Files.readAllLines(Path.of("../docs/concepts/combat.md")).stream()
                .filter(line -> line.startsWith("diapason "))
                .toList();
    }

    private Object place(String before, String word) {
        boolean file =
                word.endsWith(".csv")
                        || word.endsWith(".json")
                        || word.endsWith(".nii.gz")
                        || List.of("--out", "--model").contains(before);
        return file ? folder.resolve(word) : word;
    }

    @Test
    void everyCommandOfThePageIsDoneWithoutAWordOfComplaint() throws IOException {
        makeFiles();
        List<String> commands = commands();
        assertEquals(17, commands.size());
        for (String command : commands) {
            String[] words = command.replace("'", "").split(" ");
            List<Object> placed = new ArrayList<>();
            for (int n = 1; n < words.length; n++) {
                placed.add(place(words[n - 1], words[n]));
            }
            Cli.Said said = Cli.run(placed.toArray());
            assertEquals(0, said.code(), command + "\n" + said.err());
            boolean pretends = command.contains("--pretend-target");
            assertEquals(pretends, !said.err().isEmpty(), command + "\n" + said.err());
        }
        assertTrue(Files.exists(folder.resolve("pretended.0.csv")));
        List<String> one = Files.readAllLines(folder.resolve("onerow-harmonized.csv"));
        List<String> all = Files.readAllLines(folder.resolve("newsite-harmonized.csv"));
        assertEquals(all.get(4), one.get(1), "a row by the calibration, and among its site");
        assertTrue(
                Files.mismatch(
                                folder.resolve("harmonized/E3.nii.gz"),
                                folder.resolve("later/E3.nii.gz"))
                        < 0);
    }
}
