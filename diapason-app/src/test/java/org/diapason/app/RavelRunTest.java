package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A learner of three rounds whose model holds maps, through files and back. */
class RavelRunTest {
    private static final String RECIPE =
            """
            images:
              - units
              - z-score: {mask: lesion, allow-physical: true}
              - ravel: {image: ct, mask: "", control: lesion, protect: [disease]}
            features:
              - ibsi: {image: ct, mask: lesion}
            """;

    @TempDir Path folder;

    @Test
    void aModelLearnedInRoundsGivesItsOwnCohortWhatTheRunGave() throws IOException {
        TinyCohort cohort = TinyCohort.of(folder.resolve("data"), 10);
        Path run = folder.resolve("run");
        Cli.Said said = cohort.run(RECIPE, run);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        assertTrue(Files.readString(run.resolve("fitted.json")).contains("ravel-model"));
        Path applied = folder.resolve("applied");
        Path model = run.resolve("fitted.json");
        Object[] again = {"apply", model, "--cohort", cohort.table(), "--out", applied};
        assertEquals(0, Cli.run(again).code());
        assertEquals(
                Files.readString(run.resolve("features.csv")),
                Files.readString(applied.resolve("features.csv")));
    }

    @Test
    void aColumnThatRavelProtectsMustBeThere() throws IOException {
        TinyCohort cohort = TinyCohort.of(folder.resolve("data"), 3).without("disease");
        assertEquals(2, cohort.run(RECIPE, folder.resolve("run")).code());
    }
}
