package org.diapason.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.catalogue.Tree;
import org.diapason.math.Rng;
import org.diapason.stats.Logistic;
import org.junit.jupiter.api.Assumptions;

/** Tables that tests of task commands read, and numbers from what they answer. */
final class TaskTables {
    private TaskTables() {}

    static Path reference(String name) {
        Path file =
                Path.of(System.getProperty("diapason.data", "absent"))
                        .resolve("references")
                        .resolve(name);
        Assumptions.assumeTrue(Files.isRegularFile(file), file + " is absent");
        return file;
    }

    static double number(Tree tree, String... path) {
        Tree at = tree;
        for (String name : path) {
            at =
                    at instanceof Tree.Items items
                            ? items.values().get(Integer.parseInt(name))
                            : ((Tree.Fields) at).values().get(name);
        }
        return Double.parseDouble(((Tree.Text) at).value());
    }

    static Path table(Path folder, String text) throws IOException {
        return Files.writeString(folder.resolve("t.csv"), text);
    }

    /** Probabilities that are too extreme by 2; scanner B has 4 events only. */
    static Path predictions(Path folder, String name, long seed, double prevalence)
            throws IOException {
        Rng rng = new Rng(seed);
        StringBuilder text = new StringBuilder("y,p,scanner\n");
        for (int r = 0; r < 600; r++) {
            boolean b = r % 20 == 0;
            boolean y = rng.nextDouble() < prevalence && (!b || r < 80);
            double l = (y ? 0.75 : -0.75) + rng.nextGaussian();
            text.append(y ? 1 : 0).append(',');
            text.append(Logistic.probability(3 * l)).append(',').append(b ? "B" : "A").append('\n');
        }
        return Files.writeString(folder.resolve(name), text.toString());
    }
}
