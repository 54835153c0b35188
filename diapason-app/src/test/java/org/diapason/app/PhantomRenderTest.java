package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.catalogue.Settings;
import org.diapason.catalogue.Tree;
import org.diapason.io.Masks;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.run.Json;
import org.diapason.phantom.VirtualScanner;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhantomRenderTest {
    private static final String OBJECT =
            """
            name: ball
            quantity: hu
            background: 0
            field-mm: [24, 24, 24]
            regions:
              - name: ball
                value: 100
                shape: {sphere: {centre-mm: [1, 0, 0], radius-mm: 8}}
                texture: {gaussian-field: {sd: 5, correlation-mm: 2, seed: 3}}
            """;
    private static final String SCANNER =
            """
            name: mine
            gain: 1.02
            psf-mm: 3
            spacing-mm: [1, 1, 2]
            box-mm: [0, 0, 2]
            kernel: {mtf-table: {per-mm: [0, 0.3, 1], mtf: [1, 1.1, 0]}}
            bias: {lowest: 0.9, highest: 1.1, seed: 4}
            noise: {ramp: {sd: 2, peak-per-mm: 0.2}}
            """;

    @TempDir Path folder;

    private Path written(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void anObjectAndAScannerOfAFileBecomeAnImageMasksAndTheTruth() throws Exception {
        Path out = folder.resolve("out");
        Path scanner = written("s.yaml", SCANNER);
        Cli.Said said =
                Cli.run("phantom-render", written("o.yaml", OBJECT), out, "--scanner", scanner);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        Volume image = Nifti.read(out.resolve("image.nii.gz")).volume();
        assertEquals(24 * 24 * 12, image.geometry().voxels());
        boolean[] ball = Masks.read(out.resolve("mask-ball.nii.gz"), image.geometry()).voxels();
        double sum = 0;
        int count = 0;
        for (int v = 0; v < ball.length; v++) {
            sum += ball[v] ? image.values()[v] : 0;
            count += ball[v] ? 1 : 0;
        }
        assertEquals(4 / 3.0 * Math.PI * 512 / 2, count, 40, "a ball of 8 mm in voxels of 2 mm³");
        assertEquals(102 * 0.81, sum / count, 12, "its edge is blurred, its shading ± 10 %");
        Tree.Fields truth = (Tree.Fields) Json.read(out.resolve("truth.json"));
        VirtualScanner told = Settings.read(VirtualScanner.class, truth.values().get("scanner"));
        assertEquals(1.02, told.gain());
        assertEquals(1.1, told.kernel().orElseThrow().mtf(0.3), 1e-12);

        Path again = folder.resolve("again");
        Cli.run("phantom-render", folder.resolve("o.yaml"), again, "--scanner", scanner);
        assertArrayEquals(
                image.values(), Nifti.read(again.resolve("image.nii.gz")).volume().values());
        Path other = folder.resolve("other");
        Cli.run(
                "phantom-render",
                folder.resolve("o.yaml"),
                other,
                "--scanner",
                scanner,
                "--seed",
                2);
        float[] noise = Nifti.read(other.resolve("image.nii.gz")).volume().values();
        assertTrue(noise[0] != image.values()[0], "another seed is other noise");
    }

    @Test
    void theListNamesObjectsAndScanners() {
        Cli.Said said = Cli.run("phantom-render", "--list");
        assertEquals(0, said.code());
        assertTrue(said.out().contains("  nema-pet        SUVbw, 250 × 250 × 120 mm, 8 regions\n"));
        assertTrue(said.out().contains("  pet-old         FWHM "), said.out());
    }

    @Test
    void aNameThatIsNotThereIsAnsweredWithThoseThatAre() {
        Cli.Said said = Cli.run("phantom-render", "nema", folder, "--scanner", "pet-old");
        assertEquals(2, said.code());
        assertEquals(
                "diapason: there is no digital object \"nema\", only chest, head-ct, head-flair,"
                        + " head-pet, head-t1, head-t2, hu-rods, low-contrast, nema-pet,"
                        + " resolution, textures, uniform-water, whole-head-ct, whole-head-flair,"
                        + " whole-head-pet, whole-head-t1, whole-head-t2\n",
                said.err());
    }
}
