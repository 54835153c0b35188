package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.io.Images;
import org.diapason.io.Masks;
import org.diapason.io.nifti.Nifti;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cube that is bright in one image and dark, in another unit, in the other. */
class FuseFeaturesCommandTest {
    private static final Geometry GRID = Geometry.of(24, 22, 20, 1, 1, 1.5);

    @TempDir Path folder;
    private Path ct;
    private Path pet;
    private Path drawn;

    @BeforeEach
    void writeImages() {
        ct = folder.resolve("ct.nii.gz");
        pet = folder.resolve("pet.nii.gz");
        drawn = folder.resolve("drawn.nii.gz");
        boolean[] in = new boolean[GRID.voxels()];
        float[] a = new float[in.length];
        float[] b = new float[in.length];
        for (int v = 0; v < in.length; v++) {
            int i = v % 24;
            int j = v / 24 % 22;
            int k = v / (24 * 22);
            in[v] = i >= 7 && i < 17 && j >= 6 && j < 16 && k >= 6 && k < 14;
            a[v] = in[v] ? 400 : -100;
            b[v] = in[v] ? 0 : 5;
        }
        Images.write(ct, Image.of(Volume.of(GRID, a, Quantity.UNKNOWN)));
        Images.write(pet, Image.of(Volume.of(GRID, b, Quantity.UNKNOWN)));
        Nifti.writeMask(drawn, Mask.of(GRID, in));
    }

    @Test
    void aCubeIsFoundInItsBoxAndHeldAgainstTheDrawnOne() throws Exception {
        Path out = folder.resolve("edges.nii.gz");
        Path mask = folder.resolve("mask.nii.gz");
        Path lines = folder.resolve("lines.nii.gz");
        Path json = folder.resolve("said.json");
        Cli.Said said =
                Cli.run(
                        "fuse-features",
                        ct,
                        pet,
                        out,
                        "--map",
                        "canny",
                        "--by",
                        "tensor",
                        "--sigma-mm",
                        "1",
                        "--contours-out",
                        lines,
                        "--seed-box",
                        "3:20,2:19,3:16",
                        "--mask-out",
                        mask,
                        "--watershed",
                        "--reference",
                        drawn,
                        "--json",
                        json);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        assertTrue(said.out().startsWith("image       ct.nii.gz, divided by 500\n"), said.out());
        assertTrue(said.out().contains("image       pet.nii.gz, divided by 5\n"), said.out());
        assertTrue(said.out().contains("agreement   Dice 0.9"), said.out());
        String fields = Files.readString(json);
        assertTrue(fields.contains("\"dice\": 0.9"), fields);
        assertTrue(fields.contains("\"hausdorffMm\": "), fields);
        assertTrue(fields.contains("\"meanSurfaceDistanceMm\": 0."), fields);
        Mask on = Masks.read(lines);
        float[] map = Images.read(out).volume().values();
        for (int v = 0; v < map.length; v++) {
            assertEquals(on.voxels()[v], map[v] > 0);
        }
        assertTrue(Masks.read(mask).at(12, 11, 10));
        assertFalse(Masks.read(mask).at(4, 11, 10));
    }

    @Test
    void anImageElsewhereIsSentToWarp() {
        Path other = folder.resolve("mr.nii.gz");
        Geometry g = Geometry.of(24, 22, 20, 1, 1, 2);
        Images.write(other, Image.of(Volume.of(g, new float[g.voxels()], Quantity.UNKNOWN)));
        Path out = folder.resolve("o.nii.gz");
        Cli.Said said =
                Cli.run("fuse-features", ct, other, out, "--map", "edge", "--sigma-mm", "1");
        assertEquals(2, said.code());
        assertTrue(
                said.err()
                        .contains(
                                "mr.nii.gz does not lie on the grid of ct.nii.gz. Bring it there:"
                                        + " diapason warp mr.nii.gz T OUT --like ct.nii.gz"),
                said.err());
        assertFalse(Files.exists(out));
    }

    @Test
    void whatDoesNotGoTogetherIsSaid() {
        Path out = folder.resolve("o.nii.gz");
        assertTrue(
                Cli.run(
                                "fuse-features",
                                ct,
                                out,
                                "--map",
                                "edge",
                                "--sigma-mm",
                                "1",
                                "--reference",
                                drawn)
                        .err()
                        .contains("give --seed-box and --mask-out."));
        assertTrue(
                Cli.run("fuse-features", ct, ct, "--map", "edge", "--sigma-mm", "1")
                        .err()
                        .contains("OUT would write over ct.nii.gz"));
        assertTrue(
                Cli.run(
                                "fuse-features",
                                ct,
                                out,
                                "--map",
                                "texture",
                                "--by",
                                "tensor",
                                "--sigma-mm",
                                "1")
                        .err()
                        .contains("texture energy has no direction"));
        assertFalse(Files.exists(out));
    }
}
