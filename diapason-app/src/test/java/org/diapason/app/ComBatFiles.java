package org.diapason.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.math.Rng;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A table of three sites as a file, and the commands on it. */
abstract class ComBatFiles {
    static final String HEADER = "exam,note,f1,site,f2,age,sex,dx,f3,fold";

    @TempDir Path folder;
    Path table;
    Path model;
    Path out;

    @BeforeEach
    void makeTable() throws IOException {
        table = write("table.csv", rows(1, "ABC", 45));
        model = folder.resolve("model.json");
        out = folder.resolve("out.csv");
    }

    Path write(String name, List<String> rows) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, HEADER + "\n" + String.join("\n", rows) + "\n");
        return file;
    }

    /** Rows of the given sites in turn; a site shifts, age and dx have effects. */
    static List<String> rows(long seed, String sites, int count) {
        Rng rng = new Rng(seed);
        List<String> rows = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            char site = sites.charAt(r % sites.length());
            int age = 40 + rng.nextInt(30);
            int dx = rng.nextInt(2);
            double[] f = new double[3];
            for (int k = 0; k < 3; k++) {
                f[k] =
                        10 * (k + 1)
                                + 2 * (site - 'A')
                                + 0.05 * age
                                + dx
                                + (1 + 0.3 * (site - 'A')) * rng.nextGaussian();
            }
            rows.add(
                    String.join(
                            ",",
                            "P" + r,
                            "word",
                            "" + f[0],
                            "" + site,
                            r == 4 ? "NA" : "" + f[1],
                            "" + age,
                            rng.nextInt(2) == 0 ? "F" : "M",
                            "" + dx,
                            "" + f[2],
                            "" + r % 5));
        }
        return rows;
    }

    Cli.Said fit(Object... more) {
        return run("fit", table, more);
    }

    Cli.Said run(String what, Path of, Object... more) {
        List<Object> words =
                new ArrayList<>(List.of("combat", what, of, "--model", model, "--out", out));
        if (what.equals("fit")) {
            words.addAll(List.of("--batch", "site", "--features", "f?"));
        }
        words.addAll(Arrays.asList(more));
        return Cli.run(words.toArray());
    }

    static List<String[]> cells(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(l -> l.split(",", -1)).toList();
    }
}
