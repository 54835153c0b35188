package org.diapason.app;

import static org.diapason.app.TaskTables.number;
import static org.diapason.app.TaskTables.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.diapason.catalogue.Tree;
import org.diapason.io.run.Json;
import org.diapason.math.Rng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadersCommandTest {
    @TempDir Path folder;

    /** Four readers, sixty cases, two tests; the second adds 1 to the ratings of the sick. */
    private Path ratings(boolean all) throws IOException {
        Rng rng = new Rng(4);
        StringBuilder text = new StringBuilder("case,reader,test,truth,rating\n");
        for (int c = 0; c < 60; c++) {
            double own = c % 2 + rng.nextGaussian();
            for (int r = 0; r < 4; r++) {
                for (int t = 0; t < 2; t++) {
                    double rating = own + 2.0 * t * (c % 2) + 0.5 * rng.nextGaussian();
                    if (all || r < 3 || t == 0) {
                        text.append(c).append(",r").append(r).append(t == 0 ? ",a," : ",b,");
                        text.append(c % 2).append(',').append(rating).append('\n');
                    }
                }
            }
        }
        return table(folder, text.toString());
    }

    private static Cli.Said readers(Path table, String json) {
        return Cli.run(
                "readers",
                table,
                "--label",
                "truth",
                "--score",
                "rating",
                "--test",
                "test",
                "--reader",
                "reader",
                "--case",
                "case",
                "--json",
                json);
    }

    @Test
    void readersAreComparedUnderTwoTests() throws IOException {
        Tree said = Json.parse("said", readers(ratings(true), "-").out());
        Tree random =
                ((Tree.Fields) ((Tree.Fields) said).values().get("obuchowskiRockette"))
                        .values()
                        .get("otherReadersAndCases");
        assertTrue(number(random, "p") < 0.05);
        assertTrue(number(random, "differences", "0", "high") < 0, "b is better than a");
        assertEquals(
                number(random, "differences", "0", "value"),
                number(said, "uStatistics", "0", "value"),
                1e-12);
        assertTrue(number(said, "uStatistics", "0", "p") < 0.05);
    }

    @Test
    void aReaderWhoMissedATestLeavesUStatistics() throws IOException {
        Cli.Said said = readers(ratings(false), folder.resolve("r.json").toString());
        assertEquals("", said.err());
        assertTrue(said.out().contains("not every reader read under every test"), said.out());
        assertTrue(said.out().contains("a − b, U-statistic: -0."), said.out());
    }
}
