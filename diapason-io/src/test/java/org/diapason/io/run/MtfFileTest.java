package org.diapason.io.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.diapason.catalogue.Settings;
import org.diapason.math.Mtf;
import org.diapason.steps.resolution.Kernel;
import org.diapason.volume.Numbers;
import org.diapason.volume.ScannerCalibration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MtfFileTest {
    private static final Numbers PER_MM = Numbers.of(0, 0.25, 1);
    private static final Numbers SOFT = Numbers.of(1, 0.4, 0);
    private static final Numbers THICK = Numbers.of(1, 0.2, 0);

    @TempDir Path folder;

    @BeforeEach
    void write() throws IOException {
        file("soft.csv", "frequency_per_mm,mtf\n0,1\n0.25,0.4\n1,0\n");
        ScannerCalibration scanner =
                new ScannerCalibration("B", "2026-01-01", Numbers.of(3, 3, 5), 1, 0, Map.of());
        file("bare.json", Json.text(Settings.write(scanner)));
        scanner = scanner.withMtf(PER_MM, Optional.of(SOFT), Optional.of(THICK));
        file("b.json", Json.text(Settings.write(scanner)));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Kernel kernel(String settings) throws IOException {
        Path recipe = file("r.yaml", "images:\n  - kernel:\n" + settings);
        return (Kernel) RecipeFile.read(recipe).images().get(0);
    }

    @Test
    void aCurveIsReadFromATableOrACalibrationBesideTheRecipe() throws IOException {
        Mtf soft = new Mtf(PER_MM, SOFT);
        assertEquals(soft, kernel("      target: soft.csv\n").target().orElseThrow());
        Kernel both = kernel("      target: b.json\n      targetAcross: b.json\n");
        assertEquals(soft, both.target().orElseThrow());
        assertEquals(new Mtf(PER_MM, THICK), both.targetAcross().orElseThrow());
        assertEquals(
                soft,
                kernel("      target: {per-mm: [0, 0.25, 1], values: [1, 0.4, 0]}\n")
                        .target()
                        .orElseThrow());
    }

    @Test
    void whatIsNoCurveIsNamedWithItsPlaceInTheRecipe() throws IOException {
        file("wide.csv", "f,mtf\n0,1\n");
        file("word.csv", "frequency_per_mm,mtf\n0,1\n0.25,half\n");
        file("high.csv", "frequency_per_mm,mtf\n0,2\n0.25,1\n");
        String[][] faults = {
            {"none.csv", "none.csv: there is no such file."},
            {"wide.csv", "wide.csv: found the columns f, mtf, needed frequency_per_mm, mtf."},
            {"word.csv", "word.csv, line 3, column mtf: \"half\" is no number. Write one."},
            {
                "bare.json",
                "bare.json: the calibration of scanner B has no MTF within the slices. Analyse a"
                        + " phantom with an edge, wire or bead, or give a table with the columns"
                        + " frequency_per_mm and mtf."
            },
        };
        for (String[] fault : faults) {
            var e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> kernel("      target: " + fault[0] + "\n"));
            assertEquals("r.yaml, line 3, column 7: target: " + fault[1], e.getMessage());
        }
        var e =
                assertThrows(
                        IllegalArgumentException.class, () -> kernel("      target: high.csv\n"));
        assertEquals(
                "r.yaml, line 3, column 7: mtf: an MTF begins with value 1 at 0 per mm, got 2.0 at"
                        + " 0.0 per mm",
                e.getMessage());
    }
}
