package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.diapason.io.Images;
import org.diapason.io.picture.Pictures;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MosaicCommandTest {
    @TempDir Path folder;

    private static float truth(int i, int j) {
        return (float) (20 + (i * i + 3 * j + 7 * (i / 5 % 3)) % 97);
    }

    /** Columns from x on, under another gain and offset. */
    private Path tile(String name, int x, int ni, double gain, double offset) {
        float[] values = new float[ni * 20];
        for (int v = 0; v < values.length; v++) {
            values[v] = (float) (gain * truth(x + v % ni, v / ni) + offset);
        }
        Geometry grid =
                new Geometry(
                        ni,
                        20,
                        1,
                        Numbers.of(1, 1, 1),
                        Numbers.of(name.endsWith(".png") ? 0 : x, 0, 0),
                        Geometry.IDENTITY);
        Path file = folder.resolve(name);
        Images.write(file, Image.of(Volume.of(grid, values, Quantity.PICTURE)));
        return file;
    }

    private void assertWhole(Path file, double tolerance) {
        Volume whole = Images.read(file).volume();
        assertEquals(40, whole.geometry().ni());
        for (int v = 0; v < whole.values().length; v++) {
            assertEquals(truth(v % 40, v / 40), whole.values()[v], tolerance);
        }
    }

    @Test
    void imagesFindTheirPlaceByThemselves() throws Exception {
        Path out = folder.resolve("whole.nii.gz");
        Path json = folder.resolve("said.json");
        Cli.Said said =
                Cli.run(
                        "mosaic",
                        tile("right.nii.gz", 15, 25, 2, -10),
                        tile("left.nii.gz", 0, 25, 1, 0),
                        "--fixed",
                        "2",
                        "--out",
                        out,
                        "--json",
                        json);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        assertWhole(out, 1e-2);
        assertTrue(said.out().contains("right.nii.gz: gain 0.50000, offset 5.000\n"), said.out());
        assertTrue(said.out().contains("200 voxels, difference "), said.out());
        assertTrue(Files.readString(json).contains("\"rmsAfter\""));
    }

    @Test
    void picturesAreGivenTheirPlaceInPixels() {
        Path out = folder.resolve("whole.png");
        Path right = tile("right.png", 15, 25, 1, 30);
        Cli.Said said =
                Cli.run(
                        "mosaic",
                        tile("left.png", 0, 25, 1, 0),
                        right + "@15,0",
                        "--fixed",
                        "1",
                        "--out",
                        out);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        assertWhole(out, 0);
    }

    @Test
    void tilesApartAndUnknownWordsAreRefusedAndNothingIsWritten() {
        Path out = folder.resolve("whole.nii.gz");
        Path left = tile("left.png", 0, 25, 1, 0);
        Path right = tile("right.png", 15, 25, 1, 30);
        Cli.Said apart = Cli.run("mosaic", left, right + "@25,0", "--out", out);
        assertEquals(1, apart.code());
        assertTrue(apart.err().contains("shares fewer than 16 voxels"), apart.err());
        Cli.Said word = Cli.run("mosaic", left, right + "@15,0", "--out", out, "--blend", "mean");
        assertEquals(2, word.code());
        assertEquals("diapason: --blend mean: known: feather, nearest, gradient.\n", word.err());
        Cli.Said third = Cli.run("mosaic", left, right + "@15,0", "--out", out, "--fixed", "3");
        assertEquals(2, third.code());
        assertFalse(Files.exists(out));
    }

    @Test
    void aGradientMosaicLeavesNoSeamAndMeasuresNothing() throws Exception {
        Path out = folder.resolve("whole.nii.gz");
        Path json = folder.resolve("said.json");
        Cli.Said said =
                Cli.run(
                        "mosaic",
                        tile("left.nii.gz", 0, 25, 1, 0),
                        tile("right.nii.gz", 15, 25, 1, 30),
                        "--blend",
                        "gradient",
                        "--model",
                        "none",
                        "--fixed",
                        "1",
                        "--out",
                        out,
                        "--json",
                        json);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        // 0.001 of the largest minus the least value, 146
        assertWhole(out, 0.146);
        assertEquals(Quantity.FUSED, Images.read(out).volume().quantity());
        assertTrue(said.out().contains("\ngradient: 400 voxels × 1 channel, "), said.out());
        assertTrue(Files.readString(json).contains("\"maxErrorBound\""));
    }

    /** Two colours, of which the second tile shows one twice as bright: (1, 1) became (2, 1). */
    @Test
    void aTurnOfHueIsWarnedOf() throws Exception {
        String[] tiles = new String[2];
        for (int t = 0; t < 2; t++) {
            List<float[]> colours = new ArrayList<>();
            for (int c = 0; c < 3; c++) {
                float[] values = new float[25 * 20];
                for (int v = 0; v < values.length; v++) {
                    float gain = t == 1 && c == 0 ? 2 : 1;
                    values[v] = gain * truth(15 * t + v % 25, v / 25);
                }
                colours.add(values);
            }
            Path file = folder.resolve("colour" + t + ".tif");
            Geometry grid = Geometry.of(25, 20, 1, 1, 1, 1);
            Images.write(
                    file, Image.of(Volume.of(grid, colours, Channels.COLOURS, Quantity.PICTURE)));
            tiles[t] = file + (t == 0 ? "" : "@15,0");
        }
        Path json = folder.resolve("said.json");
        Cli.Said said =
                Cli.run(
                        "mosaic",
                        tiles[0],
                        tiles[1],
                        "--fixed",
                        "1",
                        "--out",
                        folder.resolve("whole.tif"),
                        "--json",
                        json);
        assertEquals(0, said.code(), said.err());
        // (2, 1, 1) to (1, 1, 1): acos(4/√18) = 19.47°
        assertEquals(
                "warning: tile colour1.tif@15,0: the ratio of its channels turned by 19.5° on"
                        + " average (95 % below 19.5°), above 5.0°: its colours are another tile's"
                        + " now. Keep the tile whose colours are right with --fixed, or choose"
                        + " --model none.\n",
                said.err());
        assertTrue(Files.readString(json).contains("\"angleDegrees\""));
    }

    private Path picture(String name, int white, float[]... planes) {
        Volume v =
                Volume.of(
                        Geometry.of(25, 20, 1, 1, 1, 1),
                        List.of(planes),
                        planes.length > 1 ? Channels.COLOURS : Channels.ONE,
                        Quantity.PICTURE);
        Path file = folder.resolve(name);
        Images.write(file, new Image(v, Pictures.tags(white), Optional.empty()));
        return file;
    }

    private float[] plane(int x, double gain) {
        float[] values = new float[500];
        for (int v = 0; v < values.length; v++) {
            values[v] = Math.round(gain * truth(x + v % 25, v / 25));
        }
        return values;
    }

    /** A picture of 8 bits above 255 would become one of 16 bits, and black to the eye. */
    @Test
    void whatPassesWhiteIsClippedAndTold() {
        Path out = folder.resolve("both.png");
        float[] lamp = plane(0, 1);
        lamp[0] = 200;
        Cli.Said said =
                Cli.run(
                        "mosaic",
                        picture("a.png", 255, lamp),
                        picture("b.png", 255, plane(15, 2.1)) + "@15,0",
                        "--fixed",
                        "2",
                        "--out",
                        out);
        assertEquals(0, said.code(), said.err());
        assertTrue(
                said.err().matches("warning: 1 values? w\\w+ clipped to 0 … 255, .*both.png.*\n"),
                said.err());
        Image image = Images.read(out);
        assertEquals(255, Pictures.white(image));
        float most = 0;
        for (float x : image.volume().values()) {
            most = Math.max(most, x);
        }
        assertEquals(255, most);
    }

    @Test
    void tilesOfEightAndSixteenBitsMeetOnOneScale() {
        Path out = folder.resolve("both.png");
        Cli.Said said =
                Cli.run(
                        "mosaic",
                        picture("a.png", 255, plane(0, 1)),
                        picture("b.png", 65535, plane(15, 257)) + "@15,0",
                        "--model",
                        "none",
                        "--out",
                        out);
        assertEquals("", said.err());
        Image image = Images.read(out);
        assertEquals(65535, Pictures.white(image));
        for (int v = 0; v < 800; v++) {
            assertEquals(257 * truth(v % 40, v / 40), image.volume().values()[v]);
        }
    }

    @Test
    void clearPixelsOfATileAreNotMeasured() {
        float[] opacity = new float[500];
        Arrays.fill(opacity, 255);
        opacity[20] = 0; // shared with the other tile
        opacity[3] = 0; // and not
        float[] broken = plane(0, 1);
        broken[20] = 250;
        broken[3] = 250;
        Path out = folder.resolve("both.png");
        Cli.Said said =
                Cli.run(
                        "mosaic",
                        picture("a.png", 255, broken, opacity),
                        picture("b.png", 255, plane(15, 1)) + "@15,0",
                        "--model",
                        "none",
                        "--out",
                        out);
        assertEquals(
                "warning: tile a.png has opacity: its clear pixels count as not measured, the others"
                        + " as opaque.\n",
                said.err());
        Volume whole = Images.read(out).volume();
        for (int v = 0; v < 800; v++) {
            assertEquals(v == 3 ? 0 : truth(v % 40, v / 40), whole.values()[v], "pixel " + v);
        }
    }
}
