package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diapason.io.Images;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ramp of 10 a mm along x and noise. */
class FuseCommandTest {
    private static final Geometry GRID = Geometry.of(24, 20, 9, 1, 1, 2);

    @TempDir Path folder;
    private Path ct;
    private Path pet;
    private Path out;

    @BeforeEach
    void writeImages() {
        ct = folder.resolve("ct.nii.gz");
        pet = folder.resolve("pet.nii.gz");
        out = folder.resolve("out.nii.gz");
        Rng rng = new Rng(4);
        float[] noise = new float[GRID.voxels()];
        float[] ramp = new float[GRID.voxels()];
        for (int v = 0; v < noise.length; v++) {
            noise[v] = (float) (6 * rng.nextGaussian());
            ramp[v] = 10 * (v % 24);
        }
        write(ct, noise);
        write(pet, ramp);
    }

    private static void write(Path file, float[] values) {
        Images.write(file, Image.of(Volume.of(GRID, values, Quantity.UNKNOWN)));
    }

    @Test
    void aMeanIsWrittenAndItsDriftSaid() throws Exception {
        float[] in = new float[GRID.voxels()];
        in[GRID.index(10, 5, 3)] = 1;
        in[GRID.index(12, 5, 3)] = 1;
        Path mask = folder.resolve("gtv.nii.gz");
        write(mask, in);
        Path json = folder.resolve("said.json");
        Cli.Said said =
                Cli.run(
                        "fuse",
                        ct,
                        pet,
                        out,
                        "--rule",
                        "weighted",
                        "--weights",
                        "0,2",
                        "--mask",
                        mask,
                        "--json",
                        json);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        Volume fused = Images.read(out).volume();
        assertTrue(fused.geometry().isClose(GRID, 1e-3));
        assertEquals(70, fused.at(7, 3, 2));
        assertTrue(
                said.out()
                        .contains(
                                "drift       against pet.nii.gz in gtv.nii.gz: mean 110.0 + 0.0000,"
                                        + " largest 120.0 + 0.0000\n"),
                said.out());
        assertTrue(said.out().contains("fused       ct.nii.gz, pet.nii.gz by weighted\n"));
        String fields = Files.readString(json);
        assertTrue(fields.contains("\"quantitative\": true"), fields);
        assertTrue(fields.contains("\"image\": \"pet.nii.gz\""), fields);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max",
                "min",
                "energy",
                "softmax-energy",
                "pca",
                "laplacian",
                "dwt",
                "swt",
                "guided",
                "{swt: {levels: 2, detail: {match: {threshold: 0.8, consistency: false}}}}"
            })
    void everyRuleIsAWordAndSaysThatItDoesNotMeasure(String rule) {
        Cli.Said said = Cli.run("fuse", ct, pet, out, "--rule", rule);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        assertTrue(
                said.out()
                        .contains(
                                "values      fused, not quantitative (the rule selects or sharpens"
                                        + " instead of averaging)\n"),
                said.out());
        assertTrue(Files.exists(out));
    }

    @Test
    void thePictureShowsWhereNotToTrust() {
        Path png = folder.resolve("trust.png");
        Cli.Said said =
                Cli.run(
                        "fuse",
                        ct,
                        pet,
                        out,
                        "--rule",
                        "weighted",
                        "--shift-mm",
                        2,
                        "--noise",
                        3,
                        "--trust-picture",
                        png);
        assertEquals("", said.err());
        assertTrue(said.out().endsWith("out.edge-risk.nii.gz, trust.png\n"), said.out());
        assertEquals(3, Images.read(png).volume().channels());
        assertEquals(
                "diapason: --trust-picture shows what a misregistration does. Say how far the"
                        + " registration may be off: --shift-mm or --bias-certificate.\n",
                Cli.run("fuse", ct, pet, out, "--rule", "max", "--trust-picture", png).err());
        assertEquals(
                "diapason: --trust-picture trust.nii: slices are drawn as .png or .tif.\n",
                Cli.run(
                                "fuse",
                                ct,
                                pet,
                                out,
                                "--rule",
                                "max",
                                "--shift-mm",
                                1,
                                "--trust-picture",
                                folder.resolve("trust.nii"))
                        .err());
        assertEquals(
                "diapason: --tolerance is for --trust-picture.\n",
                Cli.run("fuse", ct, pet, out, "--rule", "max", "--tolerance", 1).err());
    }

    /** A file of HU or SUV cannot be had of it again by saying so. */
    @Test
    void whatWasFusedIsKnownLater() throws Exception {
        Cli.run("fuse", ct, pet, out, "--rule", "swt");
        assertEquals(
                "diapason: "
                        + out.getFileName()
                        + ": says itself what its values are (fused). Leave --func-quantity out.\n",
                Cli.run("overlay", ct, out, folder.resolve("o.png"), "--func-quantity", "SUVbw")
                        .err());
        Cli.Said said =
                Cli.run("fuse", out, out, folder.resolve("two.nii.gz"), "--rule", "weighted");
        assertTrue(
                said.out()
                        .contains(
                                "values      fused, not quantitative (an image measures nothing since"
                                        + " it was fused)\n"),
                said.out());
        float[] in = new float[GRID.voxels()];
        java.util.Arrays.fill(in, 0, GRID.voxels() / 2, 1);
        Path mask = folder.resolve("half.nii.gz");
        write(mask, in);
        Path table = folder.resolve("f.csv");
        said = Cli.run("features", out, mask, "--config", "ibsi-c", "--out", table);
        assertEquals(0, said.code());
        assertTrue(
                said.err().contains("the values are fused and measure nothing (no HU, no SUV)"),
                said.err());
        said =
                Cli.run(
                        "features",
                        out,
                        mask,
                        "--config",
                        "ibsi-c",
                        "--quantity",
                        "HU",
                        "--out",
                        table);
        assertEquals(
                "diapason: "
                        + out.getFileName()
                        + ": says itself what its values are (fused). Leave --quantity out.\n",
                said.err());
    }

    /** Half a ramp of 10 a mm, off by 2 mm on average; a maximum shows the ramp alone. */
    @Test
    void aMisregistrationGoesThroughTheRule() throws Exception {
        double s = 2 / Math.sqrt(8 / Math.PI);
        Cli.Said said =
                Cli.run("fuse", ct, pet, out, "--rule", "weighted", "--shift-mm", 2, "--noise", 3);
        assertEquals("", said.err());
        assertEquals(0.5 * 10 * s, at("out.bias-sd.nii.gz", 14), 1e-3);
        assertEquals(0, at("out.bias.nii.gz", 14), 1e-3);
        assertEquals(1, at("out.edge-risk.nii.gz", 14));
        Path json = folder.resolve("f.json");
        said =
                Cli.run(
                        "fuse",
                        ct,
                        pet,
                        out,
                        "--rule",
                        "max",
                        "--shift-mm",
                        2,
                        "--noise",
                        3,
                        "--json",
                        json);
        assertEquals(10 * s, at("out.bias-sd.nii.gz", 14), 0.05);
        assertTrue(said.out().contains(" voxels: bias or SD above the noise of 3.00\n"));
        assertTrue(
                said.out()
                        .contains(
                                "written     out.nii.gz, out.bias.nii.gz, out.bias-sd.nii.gz,"
                                        + " out.edge-risk.nii.gz\n"),
                said.out());
        assertTrue(Files.readString(json).contains("\"shiftMm\": 2"), Files.readString(json));
        said =
                Cli.run(
                        "fuse",
                        ct,
                        pet,
                        out,
                        "--rule",
                        "laplacian",
                        "--detail",
                        "max-abs",
                        "--shift-mm",
                        1,
                        "--moving",
                        1);
        assertEquals("", said.err());
        assertTrue(said.out().contains("(estimated)"), said.out());
    }

    private float at(String file, int i) {
        return Images.read(folder.resolve(file)).volume().at(i, 10, 4);
    }

    @Test
    void anImageOnAnotherGridIsSentToWarp() {
        Geometry other =
                new Geometry(24, 20, 9, GRID.spacingMm(), Numbers.of(3, 0, 0), Geometry.IDENTITY);
        Path away = folder.resolve("away.nii.gz");
        Images.write(away, Image.of(Volume.of(other, new float[other.voxels()], Quantity.UNKNOWN)));
        Cli.Said said = Cli.run("fuse", ct, away, out, "--rule", "max");
        assertEquals(1, said.code());
        assertEquals(
                "diapason: away.nii.gz lies on another grid than ct.nii.gz. Bring it there first:"
                        + " common-grid in a recipe, or diapason warp IN T OUT --like ct.nii.gz.\n",
                said.err());
        assertFalse(Files.exists(out));
    }

    @Test
    void wrongUseIsNamedBeforeAnythingIsRead() {
        assertEquals(
                "diapason: fuse: rule has no \"maxx\"; did you mean \"max\"?\n",
                Cli.run("fuse", "a", "b", out, "--rule", "maxx").err());
        assertEquals(
                "diapason: fuse: max has no setting \"levels\"; it has none.\n",
                Cli.run("fuse", "a", "b", out, "--rule", "max", "--levels", 3).err());
        assertEquals(
                "diapason: --moving must be 1 … 2, got 3\n",
                Cli.run("fuse", "a", "b", out, "--rule", "max", "--moving", 3).err());
        assertEquals(
                "diapason: OUT b.png: images are written as .nii.gz, .nii, .nrrd, .mha or .mhd.\n",
                Cli.run("fuse", "a", "b", folder.resolve("b.png"), "--rule", "max").err());
        assertEquals(
                "diapason: --rule has settings in braces; write --levels there too.\n",
                Cli.run("fuse", "a", "b", out, "--rule", "{swt: {}}", "--levels", 3).err());
        for (List<Object> wrong :
                List.<List<Object>>of(
                        List.of("fuse", ct, pet, ct, "--rule", "max"),
                        List.of("fuse", ct, pet, "--rule", "max"),
                        List.of("fuse", ct, pet, out, "--rule", "max", "--scale", "no"),
                        List.of("fuse", ct, pet, out))) {
            assertEquals(2, Cli.run(wrong.toArray()).code(), wrong.toString());
        }
        assertFalse(Files.exists(out));
    }
}
