package org.diapason.io.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import org.diapason.io.Images;
import org.diapason.volume.DataException;
import org.diapason.volume.Image;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the decoders of the JDK leave to their caller: orientation, signs, levels that are clear.
 */
class StatedSamplesTest {
    @TempDir Path folder;

    private float[] read(String name, byte[] file) throws IOException {
        return Images.read(Files.write(folder.resolve(name), file)).volume().values();
    }

    private static byte[] png(int columns, int depth, int type, byte[] rows, byte[]... chunks)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n'});
        int each = (columns * depth * (type == 2 ? 3 : 1) + 7) / 8 + 1;
        ByteBuffer head = ByteBuffer.allocate(13).putInt(columns).putInt(rows.length / each);
        out.write(chunk("IHDR", head.put((byte) depth).put((byte) type).array()));
        for (byte[] chunk : chunks) {
            out.write(chunk);
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(rows);
        }
        out.write(chunk("IDAT", packed.toByteArray()));
        out.write(chunk("IEND", new byte[0]));
        return PngSums.repair(out.toByteArray());
    }

    private static byte[] chunk(String type, byte[] data) {
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
    }

    /** Pages of one row of one sample each, of two pixels. */
    private static byte[] tiff(int bits, int format, int[] orientations, byte[] pixels) {
        ByteBuffer b = ByteBuffer.allocate(600).order(ByteOrder.LITTLE_ENDIAN);
        b.put(new byte[] {'I', 'I', 42, 0}).putInt(8);
        int page = 2 + 12 * 10 + 4;
        for (int n = 0; n < orientations.length; n++) {
            int[][] fields = {
                {256, 2},
                {257, 1},
                {258, bits},
                {259, 1},
                {262, 1},
                {273, 8 + 2 * page},
                {orientations[n] == 0 ? 275 : 274, orientations[n]},
                {277, 1},
                {279, pixels.length},
                {339, format}
            };
            b.putShort((short) fields.length);
            for (int[] field : fields) {
                b.putShort((short) field[0]).putShort((short) 3).putInt(1).putInt(field[1]);
            }
            b.putInt(n + 1 < orientations.length ? 8 + page : 0);
        }
        b.position(8 + 2 * page);
        return b.put(pixels).array();
    }

    private static byte[] exif(int orientation, ByteOrder order) {
        ByteBuffer b = ByteBuffer.allocate(38).order(order);
        byte sign = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M');
        b.put(sign).put(sign).putShort((short) 42).putInt(8).putShort((short) 2);
        b.putShort((short) 271).putShort((short) 2).putInt(1).putInt(0);
        b.putShort((short) 274).putShort((short) 3).putInt(1).putShort((short) orientation);
        return b.array();
    }

    /** Pillow 9.4.0: {@code np.asarray(ImageOps.exif_transpose(Image.open(f)))}. */
    @ParameterizedTest
    @CsvSource({
        "0, 3, '1 2 3 4 5 6'",
        "1, 3, '1 2 3 4 5 6'",
        "2, 3, '3 2 1 6 5 4'",
        "3, 3, '6 5 4 3 2 1'",
        "4, 3, '4 5 6 1 2 3'",
        "5, 2, '1 4 2 5 3 6'",
        "6, 2, '4 1 5 2 6 3'",
        "7, 2, '6 3 5 2 4 1'",
        "8, 2, '3 6 2 5 1 4'",
        "9, 3, '1 2 3 4 5 6'"
    })
    void picturesAreSeenAsTheCameraWasHeld(int orientation, int width, String seen)
            throws IOException {
        byte[] rows = {0, 1, 2, 3, 0, 4, 5, 6};
        byte[] lengths = {0, 0, 3, (byte) 0xE8, 0, 0, 7, (byte) 0xD0, 1}; // 1 mm and 0.5 mm
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            byte[] file =
                    png(
                            3,
                            8,
                            0,
                            rows,
                            chunk("pHYs", lengths),
                            chunk("eXIf", exif(orientation, order)));
            Image image = Images.read(Files.write(folder.resolve("a.png"), file));
            assertEquals(width, image.volume().geometry().ni());
            assertEquals(width == 3 ? 1 : 0.5, image.volume().geometry().spacing(0), 1e-9);
            StringBuilder found = new StringBuilder();
            for (float x : image.volume().values()) {
                found.append(found.length() > 0 ? " " : "").append((int) x);
            }
            assertEquals(seen, found.toString());
            boolean stored = orientation < 2 || orientation > 8;
            assertEquals(stored, image.tags().text("TurnedFromOrientation").isEmpty());
        }
    }

    @Test
    void aBrokenExifBlockTurnsNothing() throws IOException {
        byte[] rows = {0, 1, 2, 3, 0, 4, 5, 6};
        byte[] sound = exif(6, ByteOrder.BIG_ENDIAN);
        for (int at = 0; at < 30; at++) {
            for (int cut = 0; cut < 2; cut++) {
                byte[] broken = cut == 1 ? Arrays.copyOf(sound, at) : sound.clone();
                if (cut == 0) {
                    broken[at] = (byte) 0xFF;
                }
                float[] values = read("b.png", png(3, 8, 0, rows, chunk("eXIf", broken)));
                assertEquals(6, values.length);
            }
        }
    }

    /** tifffile 2023.2.3: {@code tifffile.imread(f)}. */
    @Test
    void samplesOfTiffHaveTheSignThatItStates() throws IOException {
        byte[] pixels = {-2, 5};
        assertArrayEquals(new float[] {-2, 5}, read("s.tif", tiff(8, 2, new int[] {0}, pixels)));
        assertArrayEquals(new float[] {254, 5}, read("u.tif", tiff(8, 1, new int[] {0}, pixels)));
        byte[] wide = {-1, -1, -1, -1, 0, 0, 0, -128};
        assertArrayEquals(
                new float[] {0x1p32f, 0x1p31f}, read("u4.tif", tiff(32, 1, new int[] {0}, wide)));
        assertArrayEquals(
                new float[] {-1, -0x1p31f}, read("s4.tif", tiff(32, 2, new int[] {0}, wide)));
        Image signed = Images.read(folder.resolve("s.tif"));
        assertEquals(0, Pictures.white(signed));
    }

    /** Page 2 need not repeat what page 1 says, and must not contradict it. */
    @Test
    void pagesOfTiffAreTurnedTogether() throws IOException {
        byte[] pixels = {1, 2};
        assertArrayEquals(
                new float[] {2, 1, 2, 1}, read("o.tif", tiff(8, 1, new int[] {3, 0}, pixels)));
        assertArrayEquals(
                new float[] {2, 1, 2, 1}, read("o.tif", tiff(8, 1, new int[] {2, 2}, pixels)));
        String message =
                assertThrows(
                                DataException.class,
                                () -> read("o.tif", tiff(8, 1, new int[] {3, 6}, pixels)))
                        .getMessage();
        assertEquals(
                "o.tif, byte 134: page 2 has another size, kind of number or orientation than page"
                        + " 1; pages are read as slices of one image. Save the others apart.",
                message);
    }

    /** A level or colour of a PNG may be clear (tRNS): ISO/IEC 15948, 11.3.2.1. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 1, 64, '0 255 255 0'",
        "4, 0, 15, 31, '17 255 255 0'",
        "8, 0, 7, 7, '7 0'",
        "8, 0, 7, 8, '8 255'"
    })
    void aClearLevelOfGreyIsNotOpaque(int depth, int type, int key, int first, String expected)
            throws IOException {
        int columns = depth == 8 ? 1 : 2;
        byte[] rows = {0, (byte) first};
        byte[] clear = chunk("tRNS", new byte[] {0, (byte) key});
        Image image =
                Images.read(
                        Files.write(
                                folder.resolve("t.png"), png(columns, depth, type, rows, clear)));
        StringBuilder found = new StringBuilder();
        for (int p = 0; p < columns; p++) {
            for (int c = 0; c < 2; c++) {
                found.append(found.length() > 0 ? " " : "");
                found.append((int) image.volume().channel(c)[p]);
            }
        }
        assertEquals(expected, found.toString());
        assertEquals(255, Pictures.white(image));
    }

    @Test
    void aClearColourIsNotOpaque() throws IOException {
        byte[] rows = {0, 1, 2, 3, 9, 8, 7};
        byte[] clear = chunk("tRNS", new byte[] {0, 9, 0, 8, 0, 7});
        Image image = Images.read(Files.write(folder.resolve("c.png"), png(2, 8, 2, rows, clear)));
        assertArrayEquals(new float[] {255, 0}, image.volume().channel(3));
        assertArrayEquals(new float[] {1, 9}, image.volume().channel(0));
    }
}
