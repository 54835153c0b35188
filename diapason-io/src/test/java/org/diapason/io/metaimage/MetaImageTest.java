package org.diapason.io.metaimage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.diapason.io.TestData;
import org.diapason.volume.Channels;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetaImageTest {
    private static final String HEAD =
            """
            ObjectType = Image
            NDims = 3
            BinaryData = True
            BinaryDataByteOrderMSB = True
            CompressedData = False
            TransformMatrix = 0 1 0 0 0 1 1 0 0
            Offset = 10 20 30
            CenterOfRotation = 0 0 0
            ElementSpacing = 0.5 2 3
            DimSize = 2 1 2
            ElementType = MET_UCHAR
            ElementDataFile = LOCAL
            """;

    @TempDir Path folder;

    private Path file(String header, byte... data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header.getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(data);
        return Files.write(folder.resolve("x.mha"), bytes.toByteArray());
    }

    private static String failure(Path file) {
        return assertThrows(DataException.class, () -> MetaImage.read(file)).getMessage();
    }

    /**
     * Sums by numpy 1.24: {@code a = np.frombuffer(b[b.index(b'LOCAL\n') + 6:], '<i2' or
     * 'u1').reshape(256, 256); a.astype(float).sum(); a[:, :20].astype(float).sum()}.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "CT_2D_head_fixed, 2660536, 2137",
        "CT_2D_head_moving, 5027809, 31158",
        "CT_2D_head_fixed_mask, 27363, 0"
    })
    void realPlanesAreRead(String name, double sum, double part) {
        Path file = TestData.real("registration/itkelastix/" + name + ".mha");
        Volume volume = MetaImage.read(file).volume();
        assertEquals(Geometry.of(256, 256, 1, 1, 1, 1), volume.geometry());
        double all = 0;
        double left = 0;
        for (int n = 0; n < 65536; n++) {
            all += volume.values()[n];
            left += n % 256 < 20 ? volume.values()[n] : 0;
        }
        assertEquals(sum, all);
        assertEquals(part, left);
    }

    @Test
    void theMatrixListsTheDirectionOfEachAxisAsInItk() throws IOException {
        // the header above with 4 × 3 × 2 shorts: plastimatch convert (1.9.4, ITK) to NIfTI, then
        // nibabel's affine: [[0, 0, -3, -10], [-0.5, 0, 0, -20], [0, 2, 0, 30]] in RAS
        Geometry g = MetaImage.read(file(HEAD, new byte[4])).volume().geometry();
        assertEquals(Numbers.of(10, 20.5, 30), g.toWorld(1, 0, 0));
        assertEquals(Numbers.of(10, 20, 32), g.toWorld(0, 1, 0));
        assertEquals(Numbers.of(13, 20, 30), g.toWorld(0, 0, 1));
    }

    @ParameterizedTest(name = "{0}, big {1}")
    @CsvSource({
        "MET_CHAR, True, ff01, -1, 1",
        "MET_UCHAR, False, ff01, 255, 1",
        "MET_SHORT, True, ff000001, -256, 1",
        "MET_USHORT, False, ff000001, 255, 256",
        "MET_INT, True, fffffffe00000001, -2, 1",
        "MET_LONG, True, fffffffe00000001, -2, 1",
        "MET_UINT, False, feffffff01000000, 4294967294, 1",
        "MET_LONG_LONG, True, fffffffffffffffe0000000000000001, -2, 1",
        "MET_ULONG_LONG, False, feffffffffffffff0100000000000000, 18446744073709551614, 1",
        "MET_FLOAT, True, 3fc00000c0000000, 1.5, -2",
        "MET_DOUBLE, False, 000000000000f83f00000000000000c0, 1.5, -2"
    })
    void everyTypeAndOrderIsRead(String type, String big, String hex, double first, double second)
            throws IOException {
        String head =
                HEAD.replace("MSB = True", "MSB = " + big)
                        .replace("MET_UCHAR", type)
                        .replace("2 1 2", "2 1 1");
        for (String field : List.of("BinaryDataByteOrderMSB", "ElementByteOrderMSB")) {
            Path file =
                    file(
                            head.replace("BinaryDataByteOrderMSB", field),
                            HexFormat.of().parseHex(hex));
            assertArrayEquals(
                    new float[] {(float) first, (float) second},
                    MetaImage.read(file).volume().values());
        }
    }

    @Test
    void packedNumbersAreZlibOrGzip() throws IOException {
        byte[] data = {1, 2, 3, 4};
        ByteArrayOutputStream zlib = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(zlib)) {
            out.write(data);
        }
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(data);
        }
        String head = HEAD.replace("CompressedData = False", "CompressedData = True");
        for (ByteArrayOutputStream packed : List.of(zlib, gzip)) {
            byte[] bytes = packed.toByteArray();
            assertArrayEquals(
                    new float[] {1, 2, 3, 4}, MetaImage.read(file(head, bytes)).volume().values());
            bytes[bytes.length - 1] ^= 1;
            String message = failure(file(head, bytes));
            assertTrue(message.endsWith("truncated or damaged. Copy the file again."), message);
        }
    }

    @Test
    void channelsStandSideBySideAndFramesOneAfterTheOther() throws IOException {
        byte[] data = {1, 2, 3, 4, 5, 6, 7, 8};
        String two = HEAD.replace("ElementType", "ElementNumberOfChannels = 2\nElementType");
        Volume vectors = MetaImage.read(file(two, data)).volume();
        assertEquals(Channels.COMPONENTS, vectors.meaning());
        assertArrayEquals(new float[] {1, 3, 5, 7}, vectors.channel(0));
        String film =
                HEAD.replace("NDims = 3", "NDims = 4")
                        .replace("2 1 2", "2 1 2 2")
                        .replace("0 1 0 0 0 1 1 0 0", "0 1 0 0 0 0 1 0 1 0 0 0 0 0 0 1")
                        .replace("10 20 30", "10 20 30 0")
                        .replace("Rotation = 0 0 0", "Rotation = 0 0 0 0")
                        .replace("0.5 2 3", "0.5 2 3 9");
        Volume frames = MetaImage.read(file(film, data)).volume();
        assertEquals(Channels.Kind.FRAMES, frames.meaning().kind());
        assertArrayEquals(new float[] {5, 6, 7, 8}, frames.channel(1));
        assertEquals(
                MetaImage.read(file(HEAD, new byte[4])).volume().geometry(), frames.geometry());
    }

    @Test
    void aHeaderFindsItsFilesInOrder() throws IOException {
        Files.write(folder.resolve("b2.raw"), new byte[] {9, 9, 3, 4});
        Files.write(folder.resolve("b1.raw"), new byte[] {9, 1, 2});
        Path file = folder.resolve("x.mhd");
        String head = HEAD.replace("ElementType", "HeaderSize = -1\nElementType");
        for (String data : List.of("LIST\nb1.raw\nb2.raw\n", "b%d.raw 1 2 1\n")) {
            Files.writeString(file, head.replace("LOCAL\n", data));
            assertArrayEquals(new float[] {1, 2, 3, 4}, MetaImage.read(file).volume().values());
        }
        Files.write(folder.resolve("c.raw"), new byte[] {9, 1, 2, 3, 4});
        Files.writeString(file, head.replace("-1", "1").replace("LOCAL", "c.raw"));
        assertArrayEquals(new float[] {1, 2, 3, 4}, MetaImage.read(file).volume().values());
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    = LOCAL | = ../x.raw | x.mha, line 12: the data file must lie beside the header or in a folder below it. Move it there and name it without its folder.
                    = LOCAL | = LIST     | x.mha, line 12: this is no name of a file.
                    MET_UCHAR | MET_STRING | x.mha, line 11: ElementType MET_STRING is not read; integers of 8 to 64 bits, MET_FLOAT and MET_DOUBLE are.
                    2 1 2     | 2 0 2      | x.mha, line 10: axis 2 has 0 voxels.
                    2 1 2     | 2 1        | x.mha, line 10: NDims is 3 and DimSize has 2 numbers; 1 to 4 axes are read.
                    2 1 2     | 99999 99999 99999 | x.mha, line 10: so many voxels cannot be held.
                    2 1 2     | 2 1 3      | x.mha, byte 272: the header needs 6 bytes of voxels, the file has 4: it is truncated or broken. Copy it again.
                    = Image   | = Mesh     | x.mha, line 1: ObjectType is "Mesh", an Image is needed.
                    0 1 0 0   | 1 1 0 0    | x.mha, line 6: the axes are sheared, singular or not finite, not at right angles. Resample the image to a grid with right angles first.
                    Rotation = 0 0 0 | Rotation = 0 0 5 | x.mha, line 8: CenterOfRotation is not 0, and programs differ on what it moves. Put it into Offset and write 0.
                    CompressedData = False | ElementToIntensityFunctionSlope = 2 | x.mha, line 5: the file carries a slope or offset of intensity, which some programs apply and others ignore. Apply it, write 1 and 0, and try again.
                    """)
    void headersThatCannotBeAreRefused(String from, String to, String message) throws IOException {
        assertEquals(message, failure(file(HEAD.replace(from, to), new byte[4])));
    }

    @Test
    void aWrittenFileIsPlainSinceItkNeedsASizeOfPackedNumbers() throws IOException {
        // plastimatch 1.9.4 (ITK 5) read other voxels from a packed file without CompressedDataSize
        Path file = folder.resolve("plain.mha");
        MetaImage.write(
                file, Volume.of(Geometry.of(2, 1, 1, 1, 1, 1), new float[] {0, 1}, Quantity.HU));
        byte[] bytes = Files.readAllBytes(file);
        String head = new String(bytes, 0, bytes.length - 8, StandardCharsets.US_ASCII);
        assertTrue(head.contains("\nCompressedData = False\n"), head);
        assertTrue(head.endsWith("\nElementDataFile = LOCAL\n"), head);
        assertEquals((byte) 0x3F, bytes[bytes.length - 1]); // 1.0f, little-endian
    }

    @Test
    void whatWasWrittenComesBack() {
        Geometry g = TestData.oblique(4, 3, 2, true);
        float[] a = new float[24];
        float[] b = new float[24];
        for (int n = 0; n < 24; n++) {
            a[n] = n * 0.37f;
            b[n] = -n;
        }
        b[3] = Float.NaN;
        for (String name : List.of("out.mha", "out.mhd")) {
            Path file = folder.resolve(name);
            MetaImage.write(file, Volume.of(g, a, Quantity.HU));
            Volume one = MetaImage.read(file).volume();
            assertTrue(g.isClose(one.geometry(), 1e-12));
            assertEquals(g.originMm(), one.geometry().originMm());
            assertArrayEquals(a, one.values());
            for (Channels meaning :
                    List.of(Channels.frames(2, Double.NaN, Double.NaN), Channels.COMPONENTS)) {
                MetaImage.write(file, Volume.of(g, List.of(a, b), meaning, Quantity.MR));
                Volume two = MetaImage.read(file).volume();
                assertEquals(meaning, two.meaning());
                assertArrayEquals(a, two.channel(0));
                assertArrayEquals(b, two.channel(1));
            }
        }
    }
}
