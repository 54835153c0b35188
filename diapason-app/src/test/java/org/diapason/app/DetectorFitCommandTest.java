package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.io.nifti.Nifti;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorFitCommandTest {
    private static final int NI = 24;
    private static final int NJ = 16;
    @TempDir Path folder;

    @Test
    void framesBecomeACalibrationAndTheCalibrationCorrectsAnImage() throws Exception {
        frames("dark", 0);
        frames("flat", 1000);
        frames("scan", 500);
        Path json = folder.resolve("panel.json");
        Cli.Said fit = fit(json);
        assertEquals(0, fit.code(), fit.err());
        assertTrue(fit.out().startsWith("panel: 24 × 16 pixels, 1 dead\n"), fit.out());
        Path out = folder.resolve("out.nii.gz");
        Cli.Said step = step(json, out);
        assertEquals(0, step.code(), step.err());
        float[] values = Nifti.read(out).volume().values();
        float[] expected = new float[values.length];
        java.util.Arrays.fill(expected, (float) (500 * meanGain()));
        assertArrayEquals(expected, values, 0.05f);
        assertTrue(step.out().contains("image.deadPixels: 1"), step.out());
        assertTrue(step.err().contains("its day is not known"), step.err());
    }

    @Test
    void aFieldThatIsNotTheOneWrittenIsRefused() throws Exception {
        frames("dark", 0);
        frames("flat", 1000);
        frames("scan", 500);
        Path json = folder.resolve("panel.json");
        fit(json);
        Files.copy(
                folder.resolve("panel.dark.nii.gz"),
                folder.resolve("panel.gain.nii.gz"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Cli.Said step = step(json, folder.resolve("out.nii.gz"));
        assertEquals(1, step.code());
        assertTrue(
                step.err()
                        .contains(
                                "panel.gain.nii.gz is not the image that panel.json was written with"),
                step.err());
    }

    @Test
    void aLevelNeedsTheLevelOfTheFlat() throws Exception {
        frames("dark", 0);
        frames("flat", 1000);
        Cli.Said said =
                Cli.run(
                        "detector-fit",
                        folder.resolve("dark.nii.gz"),
                        "--flat",
                        folder.resolve("flat.nii.gz"),
                        "--level",
                        "500=" + folder.resolve("flat.nii.gz"),
                        "--detector",
                        "panel",
                        "--date",
                        "2026-01-01",
                        "--expires",
                        "2026-06-30",
                        "--out",
                        folder.resolve("panel.json"));
        assertEquals(2, said.code());
        assertTrue(said.err().contains("--level and --flat-level belong together"), said.err());
    }

    private Cli.Said fit(Path json) {
        return Cli.run(
                "detector-fit",
                folder.resolve("dark.nii.gz"),
                "--flat",
                folder.resolve("flat.nii.gz"),
                "--detector",
                "panel",
                "--date",
                "2026-01-01",
                "--expires",
                "2026-06-30",
                "--out",
                json);
    }

    private Cli.Said step(Path json, Path out) {
        return Cli.run(
                "step",
                "detector",
                folder.resolve("scan.nii.gz"),
                out,
                "--detector-calibration",
                json);
    }

    private static double gain(int p) {
        return p == 100 ? 0 : 1 + 0.01 * new Rng(p).nextGaussian();
    }

    private static double meanGain() {
        double sum = 0;
        for (int p = 0; p < NI * NJ; p++) {
            sum += gain(p) / (NI * NJ - 1);
        }
        return sum;
    }

    /** Three frames without noise, of a detector whose pixel 100 is dead. */
    private void frames(String name, double dose) {
        Geometry grid = Geometry.of(NI, NJ, 3, 0.2, 0.2, 1);
        float[] values = new float[grid.voxels()];
        for (int v = 0; v < values.length; v++) {
            int p = v % (NI * NJ);
            values[v] = (float) (50 + p * 0.001 + dose * gain(p));
        }
        Nifti.write(folder.resolve(name + ".nii.gz"), Volume.of(grid, values, Quantity.UNKNOWN));
    }
}
