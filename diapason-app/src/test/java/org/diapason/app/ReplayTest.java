package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diapason.io.dicom.DicomCtWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    @TempDir Path folder;

    private TinyCohort cohort;
    private Path trace;

    @BeforeEach
    void run() throws IOException {
        cohort = TinyCohort.of(folder.resolve("data"), 12);
        assertEquals(0, cohort.run(TinyCohort.WITH_TABLE, folder.resolve("out")).code());
        trace = folder.resolve("out/traces/E04.json");
    }

    @Test
    void oneExamIsRedoneToTheSameHashes() {
        Cli.Said said = Cli.run("replay", trace);
        assertEquals("", said.err());
        assertEquals(
                "E04: 6 of 6 hashes are the same (images and masks in, images, masks and features out)\n",
                said.out());
        assertEquals(0, said.code());
    }

    @Test
    void oneChangedVoxelIsSeenInEverythingItTouches() {
        float[] hu = cohort.hu("E04");
        hu[TinyCohort.GRID.index(5, 5, 5)] += 1;
        DicomCtWriter.write(
                cohort.folder.resolve("E04/ct"),
                "E04",
                TinyCohort.GRID,
                hu,
                1,
                -1024,
                java.util.Map.of());
        Cli.Said said = Cli.run("replay", trace);
        assertEquals(1, said.code());
        assertEquals(
                List.of(
                        "differs: open image.ct",
                        "differs: result features",
                        "differs: result image.ct",
                        "differs: row features"),
                said.out().lines().filter(l -> l.startsWith("differs")).toList());
    }

    @Test
    void anotherFittedJsonIsNotTheOneOfTheTrace() throws IOException {
        Path fitted = folder.resolve("out/fitted.json");
        Files.writeString(fitted, Files.readString(fitted) + " ");
        Cli.Said said = Cli.run("replay", trace);
        assertEquals(1, said.code());
        assertEquals(
                "diapason: fitted.json is not the one the trace was made with. Restore it, or run"
                        + " again.\n",
                said.err());
    }

    @Test
    void whatWasRedoneCanBeKept() {
        assertEquals(0, Cli.run("replay", trace, "--out", folder.resolve("again")).code());
        assertTrue(Files.exists(folder.resolve("again/images/E04/ct.nii.gz")));
        assertEquals(1, TinyCohort.rows(folder.resolve("again/features-harmonized.csv")).size());
    }

    @Test
    void aMovedCohortIsFoundByItsRoot() throws IOException {
        Files.move(cohort.folder, folder.resolve("moved"));
        Cli.Said lost = Cli.run("replay", trace);
        assertEquals(1, lost.code());
        assertEquals(
                "failed at open: exam E04: image.ct names \"E04/ct\", which does not exist. Correct the"
                        + " path; relative ones start at the cohort table's folder or at --root.\n",
                lost.out());
        assertEquals(0, Cli.run("replay", trace, "--root", folder.resolve("moved")).code());
    }
}
