package org.diapason.io.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.diapason.io.Images;
import org.diapason.io.TestData;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.volume.Channels;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pictures against Pillow 9.4.0 ({@code a = np.asarray(Image.open(f)).astype(float); a.sum()}) and
 * tifffile 2023.2.3 ({@code tifffile.imread(f).sum()}). The small files hold numbers of {@code
 * np.random.RandomState(1)} and were written by the two.
 */
class PicturesTest {
    @TempDir Path folder;

    private Path small(String name) throws IOException {
        try (InputStream in = PicturesTest.class.getResourceAsStream("/pictures/" + name)) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    private static double sum(Volume volume) {
        double sum = 0;
        for (int c = 0; c < volume.channels(); c++) {
            for (float v : volume.channel(c)) {
                sum += v;
            }
        }
        return sum;
    }

    private static String failure(Path file) {
        return assertThrows(DataException.class, () -> Images.read(file)).getMessage();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "astronaut, 3, 90124324, 0.08467, 198",
        "camera, 1, 33832495, 0.35273, 199",
        "chelsea, 3, 46802357, 0.35273, 145",
        "coffee, 3, 71003487, 0.26455, 23",
        "moon, 1, 29404580, 1, 117"
    })
    void realPngAreWhatPillowReads(
            String name, int channels, double sum, double spacing, double pixel) {
        Image image = Images.read(TestData.real("pictures/" + name + ".png"));
        Volume volume = image.volume();
        assertEquals(channels, volume.channels());
        assertEquals(sum, sum(volume));
        assertEquals(spacing, volume.geometry().spacing(0), 5e-6); // 1000/pHYs
        assertEquals(pixel, volume.channel(0)[volume.geometry().index(7, 3, 0)]);
        assertEquals(Quantity.PICTURE, volume.quantity());
        assertEquals(
                spacing == 1 ? "not stated, 1 mm taken" : "pHYs",
                image.tags().text("SpacingSource").orElseThrow());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "registration/antspy/r16slice.jpg, 3307036",
        "registration/antspy/simple.jpg, 903152"
    })
    void realGreyJpegAreWhatPillowReads(String name, double sum) {
        Volume volume = Images.read(TestData.real(name)).volume();
        assertEquals(Geometry.of(256, 256, 1, 1, 1, 1), volume.geometry());
        assertEquals(sum, sum(volume));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "be16.tif, 1, 1, 577634",
        "f32.tif, 1, 1, 2.933106519281864",
        "multi.tif, 1, 3, 6337",
        "stack16.tif, 1, 2, 866449",
        "rgb_lzw.tif, 3, 1, 5593",
        "planar.tif, 3, 1, 5593",
        "i16.tif, 1, 1, 62098",
        "g8_deflate.tif, 1, 1, 2268",
        "pack.tif, 1, 1, 2268",
        "pal.png, 3, 1, 5506",
        "la.png, 2, 1, 4536",
        "rgba.png, 4, 1, 7861",
        "g16.png, 1, 1, 577634"
    })
    void everyKindOfPixelIsWhatThePeersRead(String name, int channels, int pages, double sum)
            throws IOException {
        Volume volume = Images.read(small(name)).volume();
        assertEquals(channels, volume.channels());
        assertEquals(pages, volume.geometry().nk());
        assertEquals(5, volume.geometry().ni());
        assertEquals(3, volume.geometry().nj());
        assertEquals(sum, sum(volume), 1e-6);
        assertEquals(channels > 1 ? Channels.COLOURS : Channels.ONE, volume.meaning());
    }

    @Test
    void theResolutionOfTiffAndJpegBecomesMillimetres() throws IOException {
        Image tiff = Images.read(small("f32.tif")); // 254 × 127 dots an inch
        assertEquals(0.1, tiff.volume().geometry().spacing(0), 1e-12);
        assertEquals(0.2, tiff.volume().geometry().spacing(1), 1e-12);
        assertEquals("TIFF resolution", tiff.tags().text("SpacingSource").orElseThrow());
        Image jpeg = Images.read(small("rgb.jpg"));
        assertEquals(3, jpeg.volume().channels());
        assertEquals(0.1, jpeg.volume().geometry().spacing(0), 1e-12);
        assertEquals(0.2, jpeg.volume().geometry().spacing(1), 1e-12);
        assertEquals("JFIF density", jpeg.tags().text("SpacingSource").orElseThrow());
    }

    @Test
    void aPaletteInTiffAndBigTiffAreRefusedByName() throws IOException {
        assertEquals(
                "pal.tif, byte 8: page 1 has photometric interpretation 3 with 1 numbers of 8 bits"
                        + " and sample format 1; grey (1) and RGB (2) of 8, 16 or 32 bits or 32-bit"
                        + " floats are read. Save it as one of them.",
                failure(small("pal.tif")));
        Path file = small("be16.tif");
        byte[] bytes = Files.readAllBytes(file);
        bytes[3] = 43;
        Files.write(file, bytes);
        assertEquals(
                "be16.tif, byte 2: this is BigTIFF, which is not read. Save it as TIFF.",
                failure(file));
    }

    @Test
    void aDamagedPngIsFoundByItsChecksum() throws IOException {
        Path file = small("g16.png");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 20] ^= 1;
        Files.write(file, bytes);
        assertTrue(failure(file).contains("the checksum of a chunk is wrong"), failure(file));
        Files.write(file, Arrays.copyOf(bytes, 60));
        assertTrue(failure(file).endsWith("the file is truncated. Copy it again."), failure(file));
    }

    @Test
    void aSizeThatThePixelsCannotHaveIsRefusedBeforeDecoding() throws IOException {
        Path file = small("g16.png");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        bytes.putInt(16, 60_000).putInt(20, 60_000);
        PngSums.repair(bytes.array());
        Files.write(file, bytes.array());
        assertEquals(
                "g16.png, byte 16: 60000 × 60000 pixels do not fit the 42 bytes of the picture: the"
                        + " file is broken.",
                failure(file));
        Path tiff = small("pack.tif");
        ByteBuffer t = ByteBuffer.wrap(Files.readAllBytes(tiff)).order(ByteOrder.LITTLE_ENDIAN);
        int first = t.getInt(4) + 2;
        assertEquals(256, t.getShort(first)); // ImageWidth
        t.putShort(first + 8, (short) 30_000);
        Files.write(tiff, t.array());
        assertTrue(
                failure(tiff).contains("the picture needs 90000 bytes, the file gives it "),
                failure(tiff));
    }

    /** The walk through strips grows with the file, not with pages times strips. */
    @Test
    void pagesThatShareOneTableOfStripsAreRefused() throws IOException {
        int strips = 70_000;
        int pages = 600;
        ByteBuffer b = ByteBuffer.allocate(8 + 4 * strips + 78 * pages);
        b.order(ByteOrder.LITTLE_ENDIAN).putInt(0x2A4949).putInt(8 + 4 * strips);
        for (int n = 0; n < strips; n++) {
            b.putInt(1);
        }
        int[][] fields = {
            {256, 1, 1},
            {257, 1, strips},
            {258, 1, 8},
            {262, 1, 1},
            {273, strips, 8},
            {279, strips, 8}
        };
        for (int p = 1; p <= pages; p++) {
            b.putShort((short) fields.length);
            for (int[] f : fields) {
                b.putShort((short) f[0]).putShort((short) 4).putInt(f[1]).putInt(f[2]);
            }
            b.putInt(p < pages ? b.position() + 4 : 0);
        }
        Path file = Files.write(folder.resolve("shared.tif"), b.array());
        assertEquals(
                "shared.tif, byte 280320: its pages name more than 326808 strips, one for each"
                        + " byte.",
                failure(file));
    }

    @Test
    void tilesAreCountedInBytes() throws IOException {
        ByteBuffer b = ByteBuffer.allocate(8 + 2 + 12 * 10 + 4 + 1000);
        b.order(ByteOrder.LITTLE_ENDIAN).putInt(0x2A4949).putInt(8).putShort((short) 10);
        int[][] fields = {
            {256, 1, 8}, {257, 1, 8}, {258, 1, 32}, {259, 1, 1}, {262, 1, 1},
            {322, 1, 8192}, {323, 1, 4096}, {324, 1, 134}, {325, 1, 1000}, {339, 1, 3}
        };
        for (int[] f : fields) {
            b.putShort((short) f[0]).putShort((short) 4).putInt(f[1]).putInt(f[2]);
        }
        Path file = Files.write(folder.resolve("tile.tif"), b.array());
        // 8192 × 4096 numbers of 4 bytes are 128 MiB
        assertEquals("tile.tif, byte 8: its tiles are larger than 64 MiB or empty.", failure(file));
    }

    @Test
    void aPictureOfMorePixelsThanAnArrayHoldsIsRefusedByTheirNumber() throws IOException {
        byte[] bytes = Files.readAllBytes(small("rgb.jpg"));
        int frame = 2;
        while (bytes[frame] != (byte) 0xFF || bytes[frame + 1] != (byte) 0xC0) {
            frame++;
        }
        Arrays.fill(bytes, frame + 5, frame + 9, (byte) 0xFF);
        Path file = Files.write(folder.resolve("vast.jpg"), bytes);
        assertEquals(
                "vast.jpg: 65535 × 65535 pixels on 1 page are more than one image can hold. Split"
                        + " the file first.",
                failure(file));
    }

    @Test
    void plainPagesMustHaveAllTheirPixels() throws IOException {
        Path file = folder.resolve("plain.tif");
        Volume two = Volume.of(Geometry.of(2, 1, 1, 1, 1, 1), new float[2], Quantity.HU);
        Images.write(file, Image.of(two));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(2, bytes.getInt(18)); // ImageWidth, the first field
        bytes.putInt(18, 3);
        Files.write(file, bytes.array());
        assertEquals(
                "plain.tif, byte 8: the picture needs 12 bytes, the file gives it 8.",
                failure(file));
    }

    @Test
    void halfAJpegIsNotFilledWithGrey() throws IOException {
        Path file = small("rgb.jpg");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 60));
        assertTrue(failure(file).startsWith("rgb.jpg: the pixels are truncated"), failure(file));
    }

    /**
     * {@code identify out.tif} (ImageMagick 6.9.11) warned that the sum of channels and
     * ExtraSamples does not match SamplesPerPixel.
     */
    @ParameterizedTest
    @CsvSource({"1, 13", "2, 14", "3, 13", "4, 14"})
    void opacityIsNamedInTiff(int channels, int fields) throws IOException {
        Volume volume =
                Volume.of(
                        Geometry.of(1, 1, 1, 1, 1, 1),
                        List.of(new float[channels][1]),
                        channels > 1 ? Channels.COLOURS : Channels.ONE,
                        Quantity.PICTURE);
        Path file = folder.resolve("out.tif");
        Images.write(file, Image.of(volume));
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(fields, in.getShort(8));
        assertEquals(channels % 2 == 0 ? 338 : 296, in.getShort(8 + 2 + 12 * (fields - 2)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void floatsComeBackFromTiffWithTheirSpacing(int channels) {
        float[][] planes = new float[channels][24];
        for (int n = 0; n < 24; n++) {
            for (int c = 0; c < channels; c++) {
                planes[c][n] = n * 0.37f - 5 * c;
            }
        }
        planes[0][7] = Float.NaN;
        Geometry g = Geometry.of(4, 3, 2, 0.5, 0.25, 1);
        Volume volume =
                Volume.of(
                        g,
                        List.of(planes),
                        channels > 1 ? Channels.COLOURS : Channels.ONE,
                        Quantity.HU);
        Path file = folder.resolve("out.tif");
        Images.write(file, Image.of(volume));
        Volume back = Images.read(file).volume();
        assertEquals(g, back.geometry());
        for (int c = 0; c < channels; c++) {
            assertArrayEquals(planes[c], back.channel(c));
        }
    }

    /** Blocks of rows of 1 MB are packed by themselves. */
    @ParameterizedTest(name = "{0} threads")
    @ValueSource(ints = {1, 3})
    void manyBlocksOfRowsAreOnePng(int threads) throws IOException {
        Rng rng = new Rng(3);
        float[][] planes = new float[3][1301 * 701];
        for (float[] plane : planes) {
            for (int n = 0; n < plane.length; n++) {
                plane[n] = n % 1301 < 900 ? rng.nextInt(256) : n / 1301 % 256;
            }
        }
        Geometry g = Geometry.of(1301, 701, 1, 0.5, 0.5, 1);
        Volume volume = Volume.of(g, List.of(planes), Channels.COLOURS, Quantity.PICTURE);
        Path file = folder.resolve("out.png");
        int before = Parallel.threads();
        try {
            Parallel.setThreads(threads);
            Images.write(file, Image.of(volume));
        } finally {
            Parallel.setThreads(before);
        }
        Volume back = Images.read(file).volume();
        for (int c = 0; c < 3; c++) {
            assertArrayEquals(planes[c], back.channel(c));
        }
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
        int at = 33 + 21; // IHDR and pHYs
        assertEquals(0x49444154, in.getInt(at + 4), "IDAT");
        Inflater whole = new Inflater();
        whole.setInput(in.array(), at + 8, in.getInt(at));
        byte[] rows = new byte[701 * (1 + 3 * 1301) + 1];
        try {
            assertEquals(rows.length - 1, whole.inflate(rows));
            assertEquals(0, whole.inflate(rows), "the sum of all blocks is that of the rows");
            assertTrue(whole.finished());
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        } finally {
            whole.end();
        }
    }

    @ParameterizedTest(name = "{0} channels up to {1}")
    @CsvSource({"1, 255", "1, 65535", "2, 255", "3, 256", "4, 255"})
    void wholeNumbersComeBackFromPng(int channels, int highest) {
        float[][] planes = new float[channels][12];
        for (int n = 0; n < 12; n++) {
            for (int c = 0; c < channels; c++) {
                planes[c][n] = n * 20 + c;
            }
        }
        planes[0][11] = highest;
        Geometry g = Geometry.of(4, 3, 1, 0.5, 0.25, 1);
        Volume volume =
                Volume.of(
                        g,
                        List.of(planes),
                        channels > 1 ? Channels.COLOURS : Channels.ONE,
                        Quantity.PICTURE);
        Path file = folder.resolve("out.png");
        Images.write(file, Image.of(volume));
        Volume back = Images.read(file).volume();
        assertEquals(g, back.geometry());
        for (int c = 0; c < channels; c++) {
            assertArrayEquals(planes[c], back.channel(c));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, 0.5f, 65536, Float.NaN})
    void whatPngCannotHoldIsRefused(float value) {
        Volume volume =
                Volume.of(Geometry.of(2, 1, 1, 1, 1, 1), new float[] {3, value}, Quantity.HU);
        Path file = folder.resolve("out.png");
        String message =
                assertThrows(RefusedException.class, () -> Images.write(file, Image.of(volume)))
                        .getMessage();
        assertTrue(
                message.startsWith(
                        "out.png: PNG holds whole numbers from 0 to 65535, the values are "),
                message);
        assertTrue(Files.notExists(file));
    }

    @Test
    void aPictureWithHolesIsToldByTheValuesThatItHas() {
        float[] values = {3, Float.NaN, 0.5f};
        Volume holes = Volume.of(Geometry.of(3, 1, 1, 1, 1, 1), values, Quantity.HU);
        assertEquals(
                "out.png: PNG holds whole numbers from 0 to 65535, the values are 0.50 … 3.00, not"
                        + " whole, and NaN. Write .tif, .nii.gz, .nrrd or .mha, which hold them as"
                        + " they are.",
                assertThrows(
                                RefusedException.class,
                                () -> Images.write(folder.resolve("out.png"), Image.of(holes)))
                        .getMessage());
    }

    @Test
    void slicesAndFramesAreNotDroppedByAPicture() {
        Volume slices = Volume.of(Geometry.of(1, 1, 2, 1, 1, 1), new float[2], Quantity.HU);
        assertEquals(
                "out.png: PNG holds one slice, the image has 2 slices and 1 channel. Write .tif,"
                        + " .nii.gz, .nrrd or .mha.",
                assertThrows(
                                RefusedException.class,
                                () -> Images.write(folder.resolve("out.png"), Image.of(slices)))
                        .getMessage());
        Volume frames =
                Volume.of(
                        Geometry.of(1, 1, 1, 1, 1, 1),
                        List.of(new float[1], new float[1]),
                        Channels.frames(2, 0, 1),
                        Quantity.HU);
        assertEquals(
                "out.tif: TIFF holds slices of grey or colours, the image has 2 frames. Write"
                        + " .nii.gz, .nrrd or .mha.",
                assertThrows(
                                RefusedException.class,
                                () -> Images.write(folder.resolve("out.tif"), Image.of(frames)))
                        .getMessage());
    }
}
