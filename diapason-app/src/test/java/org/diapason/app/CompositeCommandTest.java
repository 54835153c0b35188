package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.io.Images;
import org.diapason.io.picture.Pictures;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompositeCommandTest {
    @TempDir Path folder;

    private Path picture(String name, int white, int ni, float[]... planes) {
        Path file = folder.resolve(name);
        Geometry g = Geometry.of(ni, planes[0].length / ni, 1, 1, 1, 1);
        Channels kind = planes.length == 1 ? Channels.ONE : Channels.COLOURS;
        Volume v = Volume.of(g, List.of(planes), kind, Quantity.PICTURE);
        Tags tags = new Tags(Map.of(Pictures.WHITE, Integer.toString(white)), Map.of());
        Images.write(file, new Image(v, tags, Optional.empty()));
        return file;
    }

    private Path volume(String name, float... values) {
        Path file = folder.resolve(name);
        Geometry g = Geometry.of(values.length, 1, 1, 2, 2, 2);
        Images.write(file, Image.of(Volume.of(g, values, Quantity.UNKNOWN)));
        return file;
    }

    private Cli.Said run(Path fg, Path bg, Path out, Object... more) {
        Object[] all = new Object[4 + more.length];
        all[0] = "composite";
        all[1] = fg;
        all[2] = bg;
        all[3] = out;
        System.arraycopy(more, 0, all, 4, more.length);
        return Cli.run(all);
    }

    @Test
    void aPictureLiesWhereItIsLaidAndNothingElseChanges() {
        Path bg = picture("bg.png", 255, 3, new float[] {10, 20, 30, 40, 50, 60});
        Path fg = picture("fg.png", 255, 2, new float[] {110, 120});
        Path out = folder.resolve("out.png");

        Cli.Said said = run(fg, bg, out, "--offset", "2,1", "--alpha", "0.5");

        assertEquals("", said.err());
        assertArrayEquals(new float[] {10, 20, 30, 40, 50, 85}, Images.read(out).volume().values());
        assertTrue(said.out().contains("out.png: 3 × 2, picture"), said.out());
    }

    /** A dark picture of 16 bits is written with 16 bits, or 200 would become 200 of 255. */
    @Test
    void sixteenBitsStaySixteenBitsHoweverDark() {
        Path bg = picture("bg.png", 65535, 2, new float[] {100, 200});
        Path fg = picture("fg.png", 255, 2, new float[] {1, 1}, new float[] {0, 255});
        Path out = folder.resolve("out.png");

        assertEquals("", run(fg, bg, out).err());

        Image made = Images.read(out);
        assertArrayEquals(new float[] {100, 257}, made.volume().channel(0));
        assertEquals(65535, Pictures.white(made));
        assertEquals(65535, Pictures.white(Images.read(bg)));
    }

    @Test
    void anOpacityOfAPictureMultipliesThatOfTheForeground() {
        Path bg = picture("bg.png", 255, 2, new float[] {0, 0});
        Path fg = picture("fg.png", 255, 2, new float[] {200, 200}, new float[] {255, 102});
        Path matte = picture("matte.png", 255, 2, new float[] {51, 255});
        Path out = folder.resolve("out.png");

        assertEquals("", run(fg, bg, out, "--alpha", matte).err());

        // 200 · 0.2 and 200 · 0.4
        assertArrayEquals(new float[] {40, 80}, Images.read(out).volume().channel(0));
    }

    @Test
    void volumesAreMixedAsTheyAreAndWhatWasNotMeasuredCoversNothing() throws Exception {
        Path bg = volume("bg.nii.gz", 1, 2, 3, Float.NaN);
        Path fg = volume("fg.nii.gz", 3, Float.NaN, 5, 7);
        Path out = folder.resolve("out.nii.gz");
        Path json = folder.resolve("out.json");

        Cli.Said said = run(fg, bg, out, "--alpha", "0.25", "--json", json);

        assertEquals("", said.err());
        assertArrayEquals(
                new float[] {1.5f, 2, 3.5f, Float.NaN}, Images.read(out).volume().values());
        assertTrue(
                said.out().contains("4 voxels covered, 1 of them left as they were"), said.out());
        assertTrue(Files.readString(json).contains("\"unmeasured\""));
    }

    @Test
    void whatMakesNoSenseIsToldBeforeAnythingIsWritten() {
        Path bg = picture("bg.png", 255, 2, new float[] {0, 0});
        Path fg = picture("fg.png", 255, 1, new float[] {200});
        Path v = volume("v.nii.gz", 1, 2);
        Path far = volume("far.nii.gz", 1, 2, 3);
        Path out = folder.resolve("out.png");
        Path out2 = folder.resolve("out.nii.gz");

        said(run(fg, bg, out, "--operator", "ovr"), "did you mean \"over\"?");
        said(run(fg, bg, out, "--alpha", "1.5"), "--alpha must be from 0 to 1, got 1.5");
        said(run(fg, bg, out, "--offset", "1"), "two or three whole numbers");
        said(run(fg, bg, out, "--offset", "2,0"), "does not reach one of 2 × 1 × 1");
        said(run(fg, bg, out, "--alpha", bg), "needs the size of FG, 1 × 1 × 1");
        said(run(fg, bg, bg), "which this command reads");
        said(run(fg, bg, out, "--premultiplied", "--linear-light"), "Take straight colours");
        said(run(v, v, out2, "--operator", "plus"), "are for two pictures of whole samples");
        said(run(far, v, out2), "does not lie on the grid of v.nii.gz");
        assertFalse(Files.exists(out));
        assertFalse(Files.exists(out2));
    }

    private static void said(Cli.Said said, String words) {
        assertTrue(said.err().contains(words), said.err());
        assertTrue(said.code() != 0);
    }
}
