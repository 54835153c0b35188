package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.diapason.io.Images;
import org.diapason.io.picture.Pictures;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlendCommandTest {
    private static final int NI = 24;
    private static final int NJ = 20;

    @TempDir Path folder;
    private Path out;

    /** The value of channel c at a pixel. */
    private interface At {
        double of(int i, int j, int c);
    }

    @BeforeEach
    void nameTheOutcome() {
        out = folder.resolve("out.png");
    }

    private Path write(String name, int ni, int nj, int channels, At at) {
        return write(name, Geometry.of(ni, nj, 1, 1, 1, 1), channels, Quantity.PICTURE, at);
    }

    private Path write(String name, Geometry g, int channels, Quantity quantity, At at) {
        List<float[]> planes = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            float[] plane = new float[g.voxels()];
            for (int v = 0; v < plane.length; v++) {
                plane[v] = (float) at.of(v % g.ni(), v / g.ni(), c);
            }
            planes.add(plane);
        }
        Path file = folder.resolve(name);
        Images.write(
                file,
                Image.of(
                        Volume.of(
                                g,
                                planes,
                                channels > 1 ? Channels.COLOURS : Channels.ONE,
                                quantity)));
        return file;
    }

    private Path target() {
        return write("target.png", NI, NJ, 1, (i, j, c) -> 40 + 3 * i + 2 * j);
    }

    /** 20 above a target's slope, with a peak. */
    private Path source() {
        return write(
                "source.png",
                NI,
                NJ,
                1,
                (i, j, c) -> 60 + 3 * i + 2 * j + (i == 9 && j == 8 ? 30 : 0));
    }

    private Path mask() {
        return write(
                "mask.png", NI, NJ, 1, (i, j, c) -> i > 5 && i < 14 && j > 4 && j < 13 ? 1 : 0);
    }

    private static Volume read(Path file) {
        return Images.read(file).volume();
    }

    /** A constant added to the source vanishes, its peak of 30 stays. */
    @Test
    void whatIsLaidInKeepsItsDifferencesAndTakesTheTargetsLevel() throws Exception {
        Path json = folder.resolve("said.json");
        Cli.Said said = Cli.run("blend", source(), target(), mask(), out, "--json", json);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        Volume blended = read(out);
        for (int v = 0; v < NI * NJ; v++) {
            int i = v % NI;
            int j = v / NI;
            assertEquals(40 + 3 * i + 2 * j + (i == 9 && j == 8 ? 30 : 0), blended.values()[v]);
        }
        assertTrue(
                said.out()
                        .startsWith(
                                "blended     source.png into target.png by source, 64 pixels × 1 channel\n"),
                said.out());
        assertTrue(said.out().contains(", allowed 0.1070\n"), said.out()); // (147 − 40)/1000
        assertTrue(said.out().contains("\nvalues      picture\n"), said.out());
        assertTrue(said.out().contains(" of them clipped to 0 … 255\n"), said.out());
        assertTrue(
                said.out().contains("drift       mean in the mask + 0.4688, largest change 30."),
                said.out());
        String fields = Files.readString(json);
        for (String key :
                List.of(
                        "unknowns",
                        "channels",
                        "iterations",
                        "relativeResidual",
                        "maxErrorBound",
                        "seconds")) {
            assertTrue(fields.contains("\"" + key + "\": "), key);
        }
        assertTrue(fields.contains("\"unknowns\": 64"), fields);
    }

    private void assertSaid(int code, String message, Object... arguments) {
        Cli.Said said = Cli.run(arguments);
        assertEquals("diapason: " + message + "\n", said.err());
        assertEquals(code, said.code());
        assertFalse(Files.exists(out));
    }

    @Test
    void aMaskThatIsEmptyOrOutsideIsRefused() {
        Path empty = write("empty.png", NI, NJ, 1, (i, j, c) -> 0);
        assertSaid(
                1,
                "the mask is empty: every pixel of it is 0. Nothing would change.",
                "blend",
                source(),
                target(),
                empty,
                out);
        assertSaid(
                1,
                "the mask lies outside of the target: with its first pixel at 30, -2 none of its 64"
                        + " pixels meets the 24 × 20 of the target. Check --offset.",
                "blend",
                source(),
                target(),
                mask(),
                out,
                "--offset",
                "30,-2");
    }

    @Test
    void aMaskPartlyOutsideIsCutAndToldOf() {
        Cli.Said said = Cli.run("blend", source(), target(), mask(), out, "--offset", "-8,0");
        assertEquals(0, said.code());
        assertEquals(
                "warning: 16 of 64 pixels of the mask lie outside of the target and were left out.\n",
                said.err());
    }

    @Test
    void aMaskOfEverythingIsBlendedAndToldOf() {
        Path all = write("all.png", NI, NJ, 1, (i, j, c) -> 65_535);
        Cli.Said said = Cli.run("blend", source(), target(), all, out);
        assertEquals(0, said.code());
        assertEquals(
                "warning: the mask covers every pixel, so nothing holds the level: it is the mean of"
                        + " the source.\n",
                said.err());
        assertEquals(60, read(out).at(0, 0, 0));
    }

    @Test
    void sizesMustBeAlike() {
        Path small = write("small.png", 5, 4, 1, (i, j, c) -> 1);
        assertSaid(
                1,
                "small.png: the mask has 5 × 4 pixels, the source 24 × 20, the target 24 × 20. Draw"
                        + " it on one of them.",
                "blend",
                source(),
                target(),
                small,
                out);
        assertSaid(
                1,
                "the source ends inside the mask: 64 of 64 pixels of the mask lie beside it. Move the"
                        + " source, or leave these pixels out of the mask.",
                "blend",
                small,
                target(),
                mask(),
                out);
    }

    @Test
    void valuesThatAreMissingAreRefused() {
        Geometry g = Geometry.of(NI, NJ, 1, 1, 1, 1);
        Path gaps =
                write(
                        "gaps.nii.gz",
                        g,
                        1,
                        Quantity.UNKNOWN,
                        (i, j, c) -> i == 8 && j == 8 ? Float.NaN : i);
        assertSaid(
                1,
                "the source has no value (NaN) in 1 of 64 pixels of the mask. Leave them out of the"
                        + " mask, or fill them first.",
                "blend",
                gaps,
                target(),
                mask(),
                out);
    }

    /** 16 bits stay, opacity of the target stays, that of the source is told of. */
    @Test
    void deepPicturesAndOpacityStayWhatTheyAre() {
        Path deep =
                write(
                        "deep.png",
                        NI,
                        NJ,
                        4,
                        (i, j, c) -> c == 3 ? 65_535 - i : 10_000 + 500 * i + 300 * j + c);
        Path clear =
                write(
                        "clear.png",
                        NI,
                        NJ,
                        4,
                        (i, j, c) -> c == 3 ? (i < 8 ? 0 : 65_535) : 9000 + 500 * i + 300 * j);
        Cli.Said said = Cli.run("blend", clear, deep, mask(), out);
        assertEquals(0, said.code());
        assertEquals(
                "warning: the source's opacity is not used: the mask says what is blended, though 16"
                        + " of its pixels are transparent in the source.\n",
                said.err());
        Volume blended = read(out);
        assertEquals(4, blended.channels());
        for (int v = 0; v < NI * NJ; v++) {
            assertEquals(65_535 - v % NI, blended.channel(3)[v]);
            assertEquals(10_000 + 500 * (v % NI) + 300 * (v / NI) + 2, blended.channel(2)[v]);
        }
    }

    /** A peak of 30 of 255 is one of 7710 of 65535, and a deep target is written deep. */
    @Test
    void aSourceIsBroughtToTheDepthOfItsTarget() {
        Path deep = write("deep.png", NI, NJ, 1, (i, j, c) -> 257 * (40 + 3 * i + 2 * j));
        Cli.Said said = Cli.run("blend", source(), deep, mask(), out);
        assertEquals(0, said.code());
        assertEquals(65_535, Pictures.white(Images.read(out)));
        Volume blended = read(out);
        for (int v = 0; v < NI * NJ; v++) {
            int i = v % NI;
            int j = v / NI;
            int peak = i == 9 && j == 8 ? 30 : 0;
            assertEquals(257 * (40 + 3 * i + 2 * j + peak), blended.values()[v]);
        }
    }

    /** White with opacity, and 16-bit grey: both mean the same pixels. */
    @Test
    void masksMayBeDrawnByOpacityOrInSixteenBits() {
        Path drawn =
                write(
                        "drawn.png",
                        NI,
                        NJ,
                        2,
                        (i, j, c) -> c == 0 ? 255 : i > 5 && i < 14 && j > 4 && j < 13 ? 9 : 0);
        Path deep =
                write(
                        "deep.png",
                        NI,
                        NJ,
                        1,
                        (i, j, c) -> i > 5 && i < 14 && j > 4 && j < 13 ? 40_000 : 0);
        for (Path mask : List.of(drawn, deep)) {
            Cli.Said said = Cli.run("blend", source(), target(), mask, out);
            assertTrue(said.out().contains(" 64 pixels × 1 channel"), said.out() + said.err());
        }
    }

    @Test
    void greyGoesIntoColoursAndColoursIntoGrey() {
        Path colours = write("colours.png", NI, NJ, 3, (i, j, c) -> 50 + 10 * c + 3 * i + 2 * j);
        Cli.Said into = Cli.run("blend", source(), colours, mask(), out);
        assertTrue(into.out().contains(" 64 pixels × 3 channels"), into.out() + into.err());
        assertEquals(3, read(out).channels());
        assertEquals(50 + 20 + 27 + 16 + 30, read(out).channel(2)[9 + NI * 8]);
        Cli.Said back = Cli.run("blend", colours, target(), mask(), out);
        assertTrue(back.out().contains(" 64 pixels × 1 channel"), back.out() + back.err());
        assertEquals(1, read(out).channels());
    }

    /** A slope of 40 a pixel in the mask leaves 0 … 255 of a target of 10 and 240. */
    @Test
    void wholeNumbersAreClippedToTheRangeOfThePictureAndCounted() {
        Path steep = write("steep.png", NI, NJ, 1, (i, j, c) -> i > 9 ? 200 : 0);
        Path dark = write("dark.png", NI, NJ, 1, (i, j, c) -> i % 2 == 0 ? 240 : 235);
        Cli.Said said = Cli.run("blend", steep, dark, mask(), out);
        assertEquals(0, said.code());
        Volume blended = read(out);
        float most = 0;
        int white = 0;
        for (float x : blended.values()) {
            most = Math.max(most, x);
            white += x == 255 ? 1 : 0;
        }
        assertEquals(255, most);
        assertTrue(said.out().contains(", " + white + " of them clipped to 0 … 255"), said.out());
        Path whole = folder.resolve("whole.tif");
        Cli.run("blend", steep, dark, mask(), whole);
        assertTrue(read(whole).at(11, 8, 0) > 256, "TIFF holds what PNG cannot");
    }

    /** Places in mm: the source lies 5 voxels right of and 3 below the target's first voxel. */
    @Test
    void volumesLieWhereTheirFilesSayAndMeasureNothingAfterwards() {
        Geometry g =
                new Geometry(
                        12, 11, 3, Numbers.of(2, 2, 3), Numbers.of(-7, 5, 9), Geometry.IDENTITY);
        Geometry part =
                new Geometry(5, 6, 3, Numbers.of(2, 2, 3), Numbers.of(3, 11, 9), Geometry.IDENTITY);
        Path target = write("t.nii.gz", g, 1, Quantity.HU, (i, j, c) -> 0.25 * i + j % 11);
        Path source =
                write(
                        "s.nii.gz",
                        part,
                        1,
                        Quantity.HU,
                        (i, j, c) -> 0.25 * i + j % 6 + 700 + (i == 2 && j % 6 == 3 ? 30 : 0));
        Path mask =
                write(
                        "m.nii.gz",
                        part,
                        1,
                        Quantity.UNKNOWN,
                        (i, j, c) -> i > 0 && i < 4 && j % 6 > 0 && j % 6 < 5 ? 0.2 : 0);
        Path whole = folder.resolve("out.nii.gz");
        Cli.Said said = Cli.run("blend", source, target, mask, whole);
        assertEquals("", said.err());
        assertTrue(said.out().contains(" 36 pixels × 1 channel"), said.out());
        assertTrue(
                said.out()
                        .contains(
                                "values      fused, not quantitative (made up from differences in the"
                                        + " mask)\n"),
                said.out());
        Volume blended = read(whole);
        assertEquals(Quantity.FUSED, blended.quantity());
        Volume was = read(target);
        for (int v = 0; v < blended.values().length; v++) {
            int peak = v % 12 == 7 && v / 12 % 11 == 6 ? 30 : 0;
            assertEquals(was.values()[v] + peak, blended.values()[v], 0.02);
        }
        Cli.Said moved =
                Cli.run("blend", source, target, mask, whole, "--offset", "1,2,0", "--json", "-");
        assertTrue(moved.out().startsWith("{"), moved.out());
        assertTrue(moved.out().contains("\"quantitative\": false"), moved.out());
    }

    @Test
    void everySolverIsReachedAndSaysWhenAMaskIsNotForIt() {
        for (String solver : List.of("multigrid", "sor", "direct", "fft", "amg")) {
            Cli.Said said = Cli.run("blend", source(), target(), mask(), out, "--solver", solver);
            assertEquals("", said.err());
            assertTrue(said.out().contains("\nsolved      " + solver + ", "), said.out());
            assertEquals(40 + 27 + 16 + 30, read(out).at(9, 8, 0));
        }
        Path round =
                write(
                        "round.png",
                        NI,
                        NJ,
                        1,
                        (i, j, c) -> (i - 9) * (i - 9) + (j - 8) * (j - 8) < 20 ? 1 : 0);
        Cli.Said said = Cli.run("blend", source(), target(), round, out, "--solver", "fft");
        assertEquals(2, said.code());
        assertTrue(
                said.err().contains("needs a mask that is a full box: 20 of the 81 pixels"),
                said.err());
    }

    @Test
    void aMembraneNeedsNoSource() {
        Cli.Said said = Cli.run("blend", "-", target(), mask(), out, "--gradients", "membrane");
        assertEquals("", said.err());
        Volume was = read(target()); // a slope is its own membrane
        for (int v = 0; v < NI * NJ; v++) {
            assertEquals(was.values()[v], read(out).values()[v]);
        }
    }

    @Test
    void edgesOfFlatteningAreAMaskOfTheTarget() {
        Path edges = write("edges.png", NI, NJ, 1, (i, j, c) -> 255);
        Cli.Said said =
                Cli.run(
                        "blend",
                        source(),
                        target(),
                        mask(),
                        out,
                        "--gradients",
                        "flatten",
                        "--edges",
                        edges);
        assertEquals(0, said.code(), said.err());
        assertEquals(40 + 27 + 16 + 30, read(out).at(9, 8, 0));
    }

    @Test
    void wordsThatAreUnknownOrDoNotGoTogetherAreNamed() {
        Object[] plain = {"blend", source(), target(), mask(), out};
        String[][] wrong = {
            {"--gradients mixd", "--gradients mixd: did you mean \"mixed\"?"},
            {"--solver multigird", "--solver multigird: did you mean \"multigrid\"?"},
            {"--tolerance 0", "the tolerance must be above 0, got 0.0"},
            {"--screen -1", "the screen must be 0 … 1e9, got -1.0"},
            {"--per-channel", "--per-channel is for --gradients mixed."},
            {"--share 0.1", "--share is for --gradients illumination."},
            {"--hold target", "--hold is for --screen."},
            {"--offset 3", "--offset 3: needs two or three whole numbers, as in 120,40."},
            {
                "--gradients membrane",
                "--gradients membrane takes nothing from a source: give - for SOURCE."
            },
            {
                "--gradients flatten",
                "--gradients flatten keeps the differences at edges: say where they are with"
                        + " --edges."
            },
        };
        for (String[] one : wrong) {
            List<Object> all = new ArrayList<>(List.of(plain));
            all.addAll(List.of(one[0].split(" ")));
            assertSaid(2, one[1], all.toArray());
        }
        Cli.Said over = Cli.run("blend", source(), target(), mask(), target());
        assertEquals(
                "diapason: OUT would write over target.png, which this command reads or writes"
                        + " itself. Name another.\n",
                over.err());
    }

    /** Every second pixel by itself: a million parts are solved in little more than a second. */
    @Test
    void aMillionPartsAreNoTrouble() {
        int ni = 2000;
        int nj = 1000;
        Path target = write("big.png", ni, nj, 1, (i, j, c) -> (7 * i + 13 * j) % 251);
        Path source = write("other.png", ni, nj, 1, (i, j, c) -> (11 * i + 5 * j) % 241);
        Path parts = write("parts.png", ni, nj, 1, (i, j, c) -> (i + j) % 2);
        long start = System.nanoTime();
        Cli.Said said = Cli.run("blend", source, target, parts, out);
        double seconds = (System.nanoTime() - start) / 1e9;
        assertEquals(0, said.code(), said.err());
        assertTrue(said.out().contains(", 1000000 pixels × 1 channel"), said.out());
        assertTrue(seconds < 20, seconds + " s");
        // alone among four neighbours that hold it: f = (Σ f_q + Σ (g_p − g_q))/4
        Volume t = read(target);
        Volume g = read(source);
        double f = 0;
        int[][] sides = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};
        for (int[] d : sides) {
            f += t.at(301 + d[0], 500 + d[1], 0);
            f += g.at(301, 500, 0) - g.at(301 + d[0], 500 + d[1], 0);
        }
        double clipped = Math.max(0, Math.min(255, f / 4));
        assertEquals(clipped, read(out).at(301, 500, 0), 0.5 + 0.251);
    }
}
