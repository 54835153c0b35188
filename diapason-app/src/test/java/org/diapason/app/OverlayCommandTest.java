package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.diapason.io.Images;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlayCommandTest {
    @TempDir Path folder;

    private Path ct;
    private Path pet;

    /** A CT of 50 HU, and a PET of 4 mm voxels that rises by 1 SUV a voxel along x. */
    @BeforeEach
    void images() {
        float[] hu = new float[16 * 12 * 8];
        Arrays.fill(hu, 50);
        ct = write("ct.nii.gz", Geometry.of(16, 12, 8, 2, 2, 2), hu);
        float[] suv = new float[6 * 4 * 2];
        for (int v = 0; v < suv.length; v++) {
            suv[v] = v % 6;
        }
        // beginning 4 mm in and ending before the CT does
        Geometry coarse =
                new Geometry(6, 4, 2, Numbers.of(4, 4, 4), Numbers.of(4, 4, 4), Geometry.IDENTITY);
        pet = write("pet.nii.gz", coarse, suv);
    }

    private Path write(String name, Geometry g, float[] values) {
        Path file = folder.resolve(name);
        Images.write(file, Image.of(Volume.of(g, values, Quantity.UNKNOWN)));
        return file;
    }

    private Cli.Said run(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("overlay", ct, pet));
        Collections.addAll(all, arguments);
        return Cli.run(all.toArray());
    }

    /** The PET lies on the CT's grid by both headers, in one linear interpolation. */
    @Test
    void theWholeIsAnRgbImageOnTheGridOfTheCt() throws Exception {
        Path out = folder.resolve("out.nii.gz");
        byte[] before = Files.readAllBytes(pet);
        Cli.Said said =
                run(
                        out,
                        "--window",
                        "-100:100",
                        "--range",
                        "0:12",
                        "--from",
                        "1",
                        "--alpha",
                        "0.3",
                        "--func-quantity",
                        "SUVbw");
        assertEquals("", said.err());
        assertEquals(
                "grey: -100 to 100 (as asked)\n"
                        + "colour: 0 to 12 SUVbw (as asked), from 1 SUVbw, opacity 30 %, hot\n"
                        + "out.nii.gz: RGB, on the grid of ct.nii.gz\n",
                said.out());
        Volume rgb = Images.read(out).volume();
        assertEquals(Images.read(ct).volume().geometry(), rgb.geometry());
        assertEquals(Channels.COLOURS, rgb.meaning());
        // i = 7 lies at 14 mm, 2.5 voxels into the PET; hot(2.5/12) = (0.625, 0, 0)
        // 255 (0.7 · 0.75 + 0.3 · 0.625) = 181.69; 255 · 0.525 = 133.875
        assertArrayEquals(new float[] {182, 134, 134}, at(rgb, 7, 4, 3));
        // 0.5 SUV is below --from, and x = 30 mm beyond the PET: 255 · 0.75
        assertArrayEquals(new float[] {191, 191, 191}, at(rgb, 3, 4, 3));
        assertArrayEquals(new float[] {191, 191, 191}, at(rgb, 15, 4, 3));
        assertArrayEquals(before, Files.readAllBytes(pet));
    }

    private static float[] at(Volume rgb, int i, int j, int k) {
        int v = rgb.geometry().index(i, j, k);
        return new float[] {rgb.channel(0)[v], rgb.channel(1)[v], rgb.channel(2)[v]};
    }

    /** T leads CT to PET: 4 mm along x moves the picture one voxel of the PET. */
    @Test
    void aTransformMovesTheColours() throws Exception {
        Path t = folder.resolve("t.tfm");
        Files.writeString(
                t,
                "#Insight Transform File V1.0\n#Transform 0\n"
                        + "Transform: AffineTransform_double_3_3\n"
                        + "Parameters: 1 0 0 0 1 0 0 0 1 4 0 0\nFixedParameters: 0 0 0\n");
        Path out = folder.resolve("out.nii");
        Cli.Said said =
                run(
                        out,
                        "--window",
                        "-100:100",
                        "--range",
                        "0:12",
                        "--alpha",
                        "0.3",
                        "--transform",
                        t);
        assertEquals("", said.err());
        // i = 6 lies at 12 mm, in the PET at 16: voxel 3; hot(3/12) = (0.75, 0, 0)
        // 255 (0.7 · 0.75 + 0.3 · 0.75) = 191.25; 255 · 0.7 · 0.75 = 133.875
        assertArrayEquals(new float[] {191, 134, 134}, at(Images.read(out).volume(), 6, 4, 3));
    }

    @Test
    void slicesBecomeAPngOnAnyNumberOfThreads() throws Exception {
        Path one = folder.resolve("one.png");
        Path two = folder.resolve("two.png");
        Path json = folder.resolve("said.json");
        String[] asked = {"--slices", "axial:2,3", "--slices", "coronal:10mm", "--range", "0:5"};
        List<Object> all = new ArrayList<>(List.of(one, "--threads", "1", "--json", json));
        Collections.addAll(all, (Object[]) asked);
        Cli.Said said = run(all.toArray());
        assertEquals("", said.err());
        assertTrue(
                said.out()
                        .endsWith(
                                "one.png: axial 2, z 4.0 mm; axial 3, z 6.0 mm; coronal 5, y 10.0"
                                        + " mm\n"),
                said.out());
        all.set(0, two);
        all.set(2, "3");
        run(all.toArray());
        assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
        Volume picture = Images.read(one).volume();
        assertEquals(3, picture.channels());
        assertEquals(Quantity.PICTURE, picture.quantity());
        String text = Files.readString(json);
        assertTrue(text.contains("\"from\": 1,"), text); // a fifth of 0 to 5
        assertTrue(text.contains("\"coronal 5, y 10.0 mm\""), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--lut|hott|--lut hott: did you mean \"hot\"?",
                "--slices|axail|--slices axail: did you mean \"axial\"?",
                "--window|240:-160|--window 240:-160: needs LO:HI, two numbers of which the second is"
                        + " higher, as in -160:240.",
                "--range|5|--range 5: needs LO:HI, two numbers of which the second is higher, as in"
                        + " -160:240.",
                "--alpha|60|--alpha is the opacity of the colours, 0 to 1, got 60.0",
                "--from|NaN|--from must be a number, got NaN",
                "--func-quantity|SUVbv|--func-quantity SUVbv: did you mean \"SUVbw\"?",
                "--slices|axial:8|--slices axial:8: ANAT has 8 axial slices, counted from 0, from 0.0"
                        + " to 14.0 mm."
            })
    void badSettingsAreNamedAndNothingIsWritten(String option, String value, String message) {
        Path out = folder.resolve("out.png");
        Cli.Said said = run(out, option, value);
        assertEquals("diapason: " + message + "\n", said.err());
        assertEquals(2, said.code());
        assertFalse(Files.exists(out));
    }

    @Test
    void aPictureWithoutColourIsWarnedOf() {
        Cli.Said said = run(folder.resolve("out.png"), "--from", "6");
        assertEquals(0, said.code());
        assertEquals(
                "warning: no voxel of pet.nii.gz reaches 6 within ct.nii.gz, so there is no colour in"
                        + " the picture. Lower --from.\n",
                said.err());
    }

    @Test
    void imagesApartAndInputsAsOutputsAreRefused() {
        Path far = folder.resolve("far.nii.gz");
        Geometry there =
                new Geometry(
                        2, 2, 2, Numbers.of(1, 1, 1), Numbers.of(900, 0, 0), Geometry.IDENTITY);
        write("far.nii.gz", there, new float[8]);
        Path out = folder.resolve("out.png");
        Cli.Said apart = Cli.run("overlay", ct, far, out);
        assertEquals(1, apart.code());
        assertEquals(
                "diapason: far.nii.gz: has no value where ct.nii.gz lies, as their headers say. Look"
                        + " at both with diapason inspect, or register them and give"
                        + " --transform.\n",
                apart.err());
        Cli.Said over = Cli.run("overlay", ct, pet, pet);
        assertEquals(2, over.code());
        assertTrue(over.err().contains("OUT would write over pet.nii.gz"), over.err());
        Cli.Said both = run(folder.resolve("x.nii"), "--slices", "axial:1");
        assertEquals("diapason: --slices: x.nii holds all voxels. Write a .png.\n", both.err());
        assertFalse(Files.exists(out));
    }

    /** The sarcoma in the calf of STS_010: hot voxels of the picture are where the PET's are. */
    @Test
    void aRealPetLiesOnItsCt() {
        Path sts = Path.of(System.getProperty("diapason.data", "none"), "cohort_sts", "STS_010");
        assumeTrue(Files.exists(sts), "needs the STS cohort: -Ddiapason.data=DIR");
        Path out = folder.resolve("sts.nii.gz");
        Cli.Said said =
                Cli.run(
                        "overlay",
                        sts.resolve("CT_image.nii.gz"),
                        sts.resolve("PET_image.nii.gz"),
                        out,
                        "--anat-quantity",
                        "HU",
                        "--func-quantity",
                        "SUVbw");
        assertEquals("", said.err());
        Volume rgb = Images.read(out).volume();
        boolean[] tumour = Images.readMask(sts.resolve("CT_mask.nii.gz")).voxels();
        int hot = 0;
        int inside = 0;
        int all = 0;
        for (int v = 0; v < tumour.length; v++) {
            boolean red = rgb.channel(0)[v] > rgb.channel(2)[v];
            hot += red ? 1 : 0;
            inside += red && tumour[v] ? 1 : 0;
            all += tumour[v] ? 1 : 0;
        }
        assertTrue(2.0 * inside / (hot + all) > 0.7, inside + " of " + hot + " and " + all);
    }
}
