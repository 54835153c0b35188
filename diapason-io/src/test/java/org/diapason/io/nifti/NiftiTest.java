package org.diapason.io.nifti;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.diapason.io.TestData;
import org.diapason.volume.Channels;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NiftiTest {
    @TempDir Path folder;

    private static Volume ramp(Geometry g) {
        float[] values = new float[g.voxels()];
        for (int n = 0; n < values.length; n++) {
            values[n] = n * 0.37f - 11;
        }
        return Volume.of(g, values, Quantity.HU);
    }

    /** Writes an uncompressed image whose header or voxels were changed by hand. */
    private Path changed(Consumer<ByteBuffer> change) throws IOException {
        Path file = folder.resolve("image.nii");
        Nifti.write(file, ramp(TestData.oblique(4, 3, 2, false)));
        byte[] bytes = Files.readAllBytes(file);
        change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        Files.write(file, bytes);
        return file;
    }

    private static String failure(Path file) {
        return assertThrows(DataException.class, () -> Nifti.read(file)).getMessage();
    }

    @ParameterizedTest(name = "left-handed {0}, {1}")
    @CsvSource({"false, a.nii", "true, a.nii", "false, a.nii.gz", "true, a.nii.gz"})
    void anObliqueGridAndItsValuesComeBack(boolean leftHanded, String name) {
        Geometry g = TestData.oblique(4, 3, 2, leftHanded);
        Nifti.write(folder.resolve(name), ramp(g));
        Volume back = Nifti.read(folder.resolve(name)).volume();
        // the header holds floats: relative rounding 6e-8 of 300 mm is 2e-5 mm
        assertTrue(g.isClose(back.geometry(), 1e-4));
        assertArrayEquals(ramp(g).values(), back.values());
        assertEquals(Quantity.UNKNOWN, back.quantity());
    }

    @ParameterizedTest(name = "left-handed {0}")
    @ValueSource(booleans = {false, true})
    void qformAloneSaysTheSameAsSform(boolean leftHanded) throws IOException {
        Geometry g = TestData.oblique(4, 3, 2, leftHanded);
        Path file = folder.resolve("q.nii");
        Nifti.write(file, ramp(g));
        byte[] bytes = Files.readAllBytes(file);
        bytes[254] = 0;
        Files.write(file, bytes);
        assertTrue(g.isClose(Nifti.read(file).volume().geometry(), 1e-4));
    }

    @Test
    void everyHalfTurnHasItsQuaternion() {
        for (double[] d :
                new double[][] {{1, 1, 1}, {1, -1, -1}, {-1, 1, -1}, {-1, -1, 1}, {-1, -1, -1}}) {
            Geometry g =
                    new Geometry(
                            2,
                            3,
                            4,
                            Numbers.of(1, 2, 3),
                            Numbers.of(5, 6, 7),
                            Numbers.of(d[0], 0, 0, 0, d[1], 0, 0, 0, d[2]));
            Path file = folder.resolve("turn.nii");
            Nifti.write(file, ramp(g));
            assertTrue(Nifti.read(file).tags().series().isEmpty(), "qform and sform agree");
            assertEquals(g, Nifti.read(file).volume().geometry());
        }
    }

    @Test
    void aMaskComesBackAndNothingElseIsLeftBehind() throws IOException {
        Geometry g = TestData.oblique(4, 3, 2, true);
        boolean[] voxels = new boolean[24];
        voxels[5] = true;
        voxels[23] = true;
        Nifti.writeMask(folder.resolve("mask.nii.gz"), Mask.of(g, voxels));
        assertArrayEquals(voxels, Nifti.readMask(folder.resolve("mask.nii.gz")).voxels());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void theFileHoldsNoTime() throws IOException {
        Nifti.write(folder.resolve("a.nii.gz"), ramp(TestData.oblique(4, 3, 2, false)));
        byte[] bytes = Files.readAllBytes(folder.resolve("a.nii.gz"));
        assertArrayEquals(new byte[4], Arrays.copyOfRange(bytes, 4, 8)); // RFC 1952: MTIME
    }

    @ParameterizedTest(name = "type {0}: {1}")
    @CsvSource({
        "2, 255",
        "256, -1",
        "4, -2",
        "512, 65534",
        "8, -3",
        "768, 4294967293",
        "1024, -4",
        "1280, 18446744073709551612",
        "64, -0.25"
    })
    void everyTypeHasItsSign(int type, double expected) throws IOException {
        byte[] bytes = new byte[352 + 8];
        ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
        b.putInt(0, 348).putShort(40, (short) 1).putShort(42, (short) 1).putShort(70, (short) type);
        b.putShort(252, (short) 1)
                .putFloat(80, 1)
                .putFloat(84, 1)
                .putFloat(88, 1)
                .putFloat(108, 352);
        b.put(344, (byte) 'n').put(345, (byte) '+').put(346, (byte) '1');
        switch (type) {
            case 2, 256 -> b.put(352, (byte) -1);
            case 4, 512 -> b.putShort(352, (short) -2);
            case 8, 768 -> b.putInt(352, -3);
            case 64 -> b.putDouble(352, -0.25);
            default -> b.putLong(352, -4);
        }
        Path file = Files.write(folder.resolve("type.nii"), bytes);
        assertEquals((float) expected, Nifti.read(file).volume().values()[0]);
    }

    @Test
    void slopeZeroMeansUnscaledAndSlopeNanIsRefused() throws IOException {
        Path scaled = changed(b -> b.putFloat(112, 2).putFloat(116, 1));
        assertEquals(-21, Nifti.read(scaled).volume().values()[0]);
        Path zero = changed(b -> b.putFloat(112, 0).putFloat(116, 5));
        assertEquals(-11, Nifti.read(zero).volume().values()[0]);
        Path nan = changed(b -> b.putFloat(112, Float.NaN));
        assertEquals(
                "image.nii, byte 112: scl_slope is NaN and scl_inter 0.000000, finite numbers are"
                        + " needed. Write the image again.",
                failure(nan));
    }

    @Test
    void aHeaderThatAsksForMoreThanTheFileHasIsRefusedBeforeAllocation() throws IOException {
        Path file =
                changed(
                        b ->
                                b.putShort(42, (short) 1000)
                                        .putShort(44, (short) 1000)
                                        .putShort(46, (short) 2000));
        assertEquals(
                "image.nii, byte 448: the header needs 8000000352 bytes, the file has 448: it is"
                        + " truncated or broken. Copy it again.",
                failure(file));
    }

    /**
     * A big-endian pair of 2 × 1 × 2 × 1 × 3 shorts, its header by nibabel 5.0.0 ({@code
     * Nifti1Pair(a, A).header.as_byteswapped('>').binaryblock}); affine and values by {@code
     * nib.load('q.hdr')}.
     */
    @Test
    void aBigEndianPairOfFiveAxesIsWhatNibabelReads() throws IOException {
        String head =
                "H4sIAAAAAAACA2NgYIxhIAawMjAxMIIxMxAzIksxv2dgYRBgYNjfwMDgAOQ7AAkHINseDY"
                        + "MAjAYCLoaBBlB/wNzkqMDAcHABkP7AwHAASRlInAHqLxAAqYEBkD9B6tFBXqYhAwAnPYxLXAEAAA==";
        String data = "fed4012c00000258ff380190006402bcff9c01f400c80320";
        try (InputStream in =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(head)))) {
            Files.write(folder.resolve("q.hdr"), in.readAllBytes());
        }
        Files.write(folder.resolve("q.img"), HexFormat.of().parseHex(data));
        Volume volume = Nifti.read(folder.resolve("q.hdr")).volume();
        // nibabel: [[-2, 0, 0, 10], [0, 3, 0, -20], [0, 0, 4, 30]] in RAS
        assertEquals(Numbers.of(-10, 20, 30), volume.geometry().originMm());
        assertEquals(Numbers.of(-8, 17, 34), volume.geometry().toWorld(1, 1, 1));
        assertEquals(Channels.COMPONENTS, volume.meaning());
        assertArrayEquals(new float[] {-300, 300, 0, 600}, volume.channel(0));
        assertArrayEquals(new float[] {-200, 400, 100, 700}, volume.channel(1));
        assertArrayEquals(new float[] {-100, 500, 200, 800}, volume.channel(2));
    }

    @Test
    void aTwoFileImageIsSentToItsHeader() throws IOException {
        Path file = changed(b -> b.put(345, (byte) 'i'));
        assertEquals(
                "image.nii, byte 344: expected magic \"n+1\", found \"ni1\" (a two-file image). Give"
                        + " the .hdr file instead.",
                failure(file));
    }

    @Test
    void damagedCompressionIsFoundByItsChecksum() throws IOException {
        Path file = folder.resolve("crc.nii.gz");
        Nifti.write(file, ramp(TestData.oblique(4, 3, 2, false)));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 8] ^= 1; // RFC 1952: CRC32 stands in the last 8 bytes
        Files.write(file, bytes);
        assertEquals(
                "crc.nii.gz, byte 448 unpacked: the compressed data are truncated or damaged. Copy"
                        + " the file again.",
                failure(file));
    }

    @Test
    void framesComponentsAndTheirTimesComeBack() {
        Geometry g = TestData.oblique(4, 3, 2, true);
        List<float[]> planes = new ArrayList<>();
        for (int c = 0; c < 5; c++) {
            planes.add(ramp(g).values().clone());
            planes.get(c)[c] = 1000 + c;
        }
        for (Channels meaning :
                List.of(
                        Channels.frames(5, 2.5, 0.5),
                        Channels.COMPONENTS,
                        Channels.frames(5, Double.NaN, Double.NaN))) {
            Path file = folder.resolve("many.nii.gz");
            Nifti.write(file, Volume.of(g, planes, meaning, Quantity.BQ_ML));
            Volume back = Nifti.read(file).volume();
            assertEquals(meaning, back.meaning());
            for (int c = 0; c < 5; c++) {
                assertArrayEquals(planes.get(c), back.channel(c));
            }
            assertTrue(g.isClose(back.geometry(), 1e-4));
            assertEquals(
                    "many.nii.gz: has 5 "
                            + meaning.kind().plural()
                            + ", a mask has one. Take one: diapason convert IN OUT --frame N",
                    assertThrows(DataException.class, () -> Nifti.readMask(file)).getMessage());
        }
    }

    @Test
    void anAxisTooLongForNifti1MakesItNifti2WithTheOriginInDouble() throws IOException {
        Geometry g =
                new Geometry(
                        40000,
                        1,
                        1,
                        Numbers.of(0.1, 1, 1),
                        Numbers.of(0.1, -0.2, 0.3),
                        Geometry.IDENTITY);
        Path file = folder.resolve("long.nii.gz");
        Nifti.write(file, ramp(g));
        assertEquals(
                540,
                ByteBuffer.wrap(new GZIPInputStream(Files.newInputStream(file)).readNBytes(4))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt());
        Volume back = Nifti.read(file).volume();
        assertArrayEquals(ramp(g).values(), back.values());
        assertEquals(g.originMm(), back.geometry().originMm());
        // with 300 columns it is NIfTI-1, whose origin is a float
        Geometry small = Geometry.of(300, 1, 1, 1, 1, 1);
        Nifti.write(folder.resolve("short.nii"), ramp(small));
        assertEquals(92, Files.readAllBytes(folder.resolve("short.nii"))[0]); // 348 = 1 · 256 + 92
    }

    @ParameterizedTest(name = "data type {0}")
    @CsvSource({"128, 3", "2304, 4"})
    void coloursStandSideBySideInTheFile(int type, int colours) throws IOException {
        Path file =
                changed(
                        b -> {
                            b.putShort(70, (short) type);
                            for (int n = 0; n < 24 * colours; n++) {
                                b.put(352 + n, (byte) (n % colours * 60 + n / colours));
                            }
                        });
        Volume picture = Nifti.read(file).volume();
        assertEquals(Channels.COLOURS, picture.meaning());
        assertEquals(colours, picture.channels());
        for (int c = 0; c < colours; c++) {
            assertEquals(60 * c, picture.channel(c)[0]);
            assertEquals(60 * c + 23, picture.channel(c)[23]);
        }
    }

    /** RGB24: type 128, 24 bits, red green blue of the first voxel, then those of the next. */
    @Test
    void wholeColoursAreWrittenAsRgbAndOthersAsFloats() throws IOException {
        Path file = folder.resolve("rgb.nii");
        Geometry g = Geometry.of(2, 1, 1, 1, 2, 3);
        List<float[]> planes =
                List.of(new float[] {1, 255}, new float[] {2, 0}, new float[] {3, 128});
        Nifti.write(file, Volume.of(g, planes, Channels.COLOURS, Quantity.PICTURE));
        byte[] bytes = Files.readAllBytes(file);
        assertEquals(128, bytes[70] & 0xff);
        assertEquals(24, bytes[72]);
        assertEquals(3, bytes[40], "three axes");
        assertArrayEquals(
                new byte[] {1, 2, 3, (byte) 255, 0, (byte) 128},
                Arrays.copyOfRange(bytes, 352, bytes.length));
        Volume back = Nifti.read(file).volume();
        assertEquals(Channels.COLOURS, back.meaning());
        assertEquals(g, back.geometry());
        for (int c = 0; c < 3; c++) {
            assertArrayEquals(planes.get(c), back.channel(c));
        }
        planes.get(1)[0] = 2.5f;
        Nifti.write(file, Volume.of(g, planes, Channels.COLOURS, Quantity.PICTURE));
        assertEquals(2.5f, Nifti.read(file).volume().channel(1)[0]);
    }
}
