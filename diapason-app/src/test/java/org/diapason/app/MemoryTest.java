package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.diapason.catalogue.Settings;
import org.diapason.io.dicom.DicomCtWriter;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.run.Json;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.ScannerCalibration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 600 slices of 512² must pass every image step in a heap of 2 GB: here an eighth of both. */
class MemoryTest {
    @TempDir static Path folder;

    @Test
    void seventyFiveSlicesOf512SquaredPassInAQuarterOfAGigabyte() throws Exception {
        int code = run("-Xmx256m");
        assertEquals(0, code, this::said);
    }

    @Test
    void aHeapThatIsTooSmallIsNamedWithWhatToDo() throws Exception {
        assertEquals(1, run("-Xmx168m"));
        String said = said();
        assertTrue(
                said.matches(
                        "diapason: the heap of \\d+ MB is too small for the images\\. Give it more, as"
                                + " in DIAPASON_JAVA_OPTIONS=-Xmx8g, or work on fewer at a time with"
                                + " --threads 1; a run goes on with --resume\\.\n"),
                said);
    }

    @Test
    void anImageThatTakesMoreThanHalfOfTheHeapFailsItsExamByName() throws Exception {
        assertEquals(1, run("-Xmx96m"));
        String outcomes = Files.readString(folder.resolve("out-Xmx96m/outcomes.csv"));
        assertTrue(
                outcomes.contains(
                        "slice-0001.dcm: its values take 75 MB of memory, more than half of the"),
                outcomes);
    }

    private int run(String heap) throws Exception {
        Path recipe =
                Files.writeString(
                        folder.resolve("recipe.yaml"),
                        """
                        images:
                          - units
                          - hu-line
                          - coarsest-fwhm
                          - isotropic: {spacing-mm: 1}
                          - histogram-reference: {mask: lesion, allow-physical: true}
                        features:
                          - ibsi: {image: ct, mask: lesion}
                        """);
        Path cohort =
                Files.writeString(
                        folder.resolve("cohort.csv"),
                        "exam,image.ct,mask.lesion,calibration\nE01,ct,lesion.nii.gz,scanner.json\n");
        ProcessBuilder java =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        heap,
                        "-XX:+UseParallelGC", // as the launcher does
                        "-XX:NewRatio=8",
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        "org.diapason.app.Main",
                        "run",
                        recipe.toString(),
                        "--cohort",
                        cohort.toString(),
                        "--out",
                        folder.resolve("out" + heap).toString());
        return java.redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile())
                .start()
                .waitFor();
    }

    @BeforeAll
    static void writeScan() throws IOException {
        Geometry grid = Geometry.of(512, 512, 75, 0.8, 0.8, 1);
        short[] stored = new short[grid.voxels()];
        boolean[] lesion = new boolean[grid.voxels()];
        for (int v = 0; v < stored.length; v++) {
            stored[v] = (short) (1024 + v % 97);
        }
        for (int k = 30; k < 45; k++) {
            for (int j = 240; j < 270; j++) {
                for (int i = 240; i < 270; i++) {
                    lesion[grid.index(i, j, k)] = true;
                }
            }
        }
        DicomCtWriter.write(folder.resolve("ct"), "large", grid, stored, 1, -1024, Map.of());
        Nifti.writeMask(folder.resolve("lesion.nii.gz"), Mask.of(grid, lesion));
        ScannerCalibration scanner =
                new ScannerCalibration("A", "2026-01-01", Numbers.of(2, 2, 2.4), 1, 0, Map.of());
        Files.writeString(folder.resolve("scanner.json"), Json.text(Settings.write(scanner)));
    }

    private String said() {
        try {
            return Files.readString(folder.resolve("said.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
