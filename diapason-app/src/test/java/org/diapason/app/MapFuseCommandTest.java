package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.diapason.io.Images;
import org.diapason.math.Gauss;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A body with a hot square that MR shows too, blurred by 6 mm, and noise of 0.2. */
class MapFuseCommandTest {
    private static final Geometry GRID = Geometry.of(20, 18, 6, 2, 2, 4);

    @TempDir Path folder;
    private Path pet;
    private Path mr;
    private Path labels;
    private Path out;

    @BeforeEach
    void writeImages() {
        pet = folder.resolve("pet.nii.gz");
        mr = folder.resolve("mr.nii.gz");
        labels = folder.resolve("labels.nii.gz");
        out = folder.resolve("out.nii.gz");
        float[] l = new float[GRID.voxels()];
        for (int p = 0; p < l.length; p++) {
            int i = p % 20;
            int j = p / 20 % 18;
            l[p] = i > 2 && i < 17 && j > 2 && j < 15 ? 1 : 0;
            l[p] = i > 7 && i < 13 && j > 6 && j < 12 ? 2 : l[p];
        }
        double sigma = 6 / Gauss.FWHM_PER_SIGMA;
        float[] u = new float[l.length];
        float[] v = new float[l.length];
        Rng rng = new Rng(4);
        for (int p = 0; p < l.length; p++) {
            u[p] = l[p] == 2 ? 6 : 2 * l[p];
            v[p] = (float) (100 * l[p] + 2 * rng.nextGaussian());
        }
        float[] z = Gauss.blur(GRID, u, sigma / 2, sigma / 2, sigma / 4);
        for (int p = 0; p < z.length; p++) {
            z[p] = (float) Math.max(0, z[p] + 0.2 * rng.nextGaussian());
        }
        write(pet, z);
        write(mr, v);
        write(labels, l);
    }

    private static void write(Path file, float[] values) {
        Images.write(file, Image.of(Volume.of(GRID, values, Quantity.UNKNOWN)));
    }

    @Test
    void petGetsTheEdgesOfMrAndItIsSaid() throws Exception {
        Path json = folder.resolve("said.json");
        Cli.Said said =
                Cli.run(
                        "map-fuse",
                        pet,
                        mr,
                        out,
                        "--prior",
                        "dtv",
                        "--fwhm-mm",
                        "6",
                        "--noise",
                        "0.2",
                        "--mask",
                        labels,
                        "--json",
                        json);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        assertTrue(said.out().contains("by the discrepancy principle"), said.out());
        assertTrue(said.out().contains("an estimate under a prior: the unit stays"), said.out());
        assertTrue(Files.exists(folder.resolve("out.imposed.nii.gz")));
        Volume before = Images.read(pet).volume();
        Volume after = Images.read(out).volume();
        float step = after.at(8, 9, 3) - after.at(7, 9, 3);
        assertTrue(step > 1.5 * (before.at(8, 9, 3) - before.at(7, 9, 3)), "edge of " + step);
        String written = Files.readString(json);
        for (String key : new String[] {"weight", "gap", "imposedRms", "meanDrift"}) {
            assertTrue(written.contains("\"" + key + "\""), key);
        }
    }

    @Test
    void aPriorOfPetAloneNeedsNoMrAndSaysThatItIsNotUsed() {
        Cli.Said said =
                Cli.run(
                        "map-fuse",
                        pet,
                        mr,
                        out,
                        "--prior",
                        "tv",
                        "--fwhm-mm",
                        "6",
                        "--weight",
                        "1",
                        "--noise",
                        "0.2");
        assertEquals(
                "warning: mr.nii.gz is not used: the prior tv knows the first image alone\n",
                said.err());
        assertEquals(0, said.code());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--prior dtw --fwhm-mm 6 | prior \"dtw\" is not known; did you mean \"dtv\"?",
                "--prior dtv | pet.nii.gz does not state its resolution. Say it: --fwhm-mm W, from"
                        + " a phantom, or from the image by diapason step estimate-fwhm.",
                "--prior dtv --fwhm-mm 6,6 | --fwhm-mm takes one width or three, got 2",
                "--prior tv --fwhm-mm 6 --eta 1 | --eta is for jtv, dtv and pls.",
            })
    void settingsThatMakeNoSenseAreNamed(String options, String message) {
        String[] given = ("map-fuse P M O " + options).split(" ");
        Object[] words = Arrays.copyOf(given, given.length, Object[].class);
        words[1] = pet;
        words[2] = mr;
        words[3] = out;
        Cli.Said said = Cli.run(words);
        assertEquals("diapason: " + message, said.err().lines().findFirst().orElse(""));
        assertEquals(2, said.code());
    }

    @Test
    void anMrElsewhereIsToBeWarpedFirst() {
        Path other = folder.resolve("other.nii.gz");
        Geometry small = Geometry.of(5, 5, 5, 2, 2, 2);
        Images.write(other, Image.of(Volume.of(small, new float[125], Quantity.UNKNOWN)));
        Cli.Said said = Cli.run("map-fuse", pet, other, out, "--prior", "dtv", "--fwhm-mm", "6");
        assertEquals(2, said.code());
        assertTrue(
                said.err().contains("Bring it there: diapason warp other.nii.gz T OUT --like"),
                said.err());
    }

    @Test
    void regionsGetTheirMeansBack() throws Exception {
        Path json = folder.resolve("pvc.json");
        Cli.Said said =
                Cli.run("partial-volume", pet, labels, out, "--fwhm-mm", "6", "--json", json);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        assertTrue(said.out().contains("condition number 2.1"), said.out());
        // noise of 0.2 over 150 voxels leaves 0.02; the blur had taken a third of the contrast
        double inside = Images.read(out).volume().at(10, 9, 3);
        assertEquals(6, inside, 1, "one voxel");
        assertTrue(Files.readString(json).contains("\"corrected\""));
    }
}
