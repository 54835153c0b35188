package org.diapason.io.nifti;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives broken, or meaning two things at once, and what is said about it. */
class NiftiHostileTest {
    private static final Geometry GRID = TestData.oblique(4, 3, 2, false);

    @TempDir Path folder;

    private static byte[] sound() {
        float[] values = new float[24];
        for (int n = 0; n < 24; n++) {
            values[n] = n * 0.5f - 3;
        }
        try {
            Path file = Files.createTempFile("sound", ".nii");
            Nifti.write(file, Volume.of(GRID, values, Quantity.HU));
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            return bytes;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path changed(Consumer<ByteBuffer> change) throws IOException {
        byte[] bytes = sound();
        change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        return Files.write(folder.resolve("image.nii"), bytes);
    }

    private static String failure(Path file) {
        return assertThrows(DataException.class, () -> Nifti.read(file)).getMessage();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @ParameterizedTest(name = "dim[{0}] = {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0 | 200   | byte 40: expected 1 to 7 axes, found 200: the file is broken.
                    0 | -1    | byte 40: expected 1 to 7 axes, found -1: the file is broken.
                    2 | -1    | byte 44: axis 2 has -1 voxels.
                    1 | 32767 | byte 448: the header needs 786760 bytes, the file has 448: it is truncated or broken. Copy it again.
                    """)
    void sizesAreComparedWithTheFileBeforeAnythingIsAllocated(int n, short value, String message)
            throws IOException {
        assertEquals("image.nii, " + message, failure(changed(b -> b.putShort(40 + 2 * n, value))));
    }

    @Test
    void threeHundredBytesThatAskForEighteenGigabytesAreRefused() throws IOException {
        Path file =
                changed(
                        b -> {
                            b.putShort(42, (short) 32767).putShort(44, (short) 32767);
                            b.putShort(46, (short) 32767).putShort(48, (short) 32767);
                            b.putShort(40, (short) 4);
                        });
        assertEquals(
                "image.nii, byte 40: an image of 35181150961663 voxels cannot be held.",
                failure(file));
        Path packed =
                Files.write(
                        folder.resolve("bomb.nii.gz"),
                        gzip(
                                Arrays.copyOf(
                                        Files.readAllBytes(
                                                changed(
                                                        b ->
                                                                b.putShort(42, (short) 32767)
                                                                        .putShort(
                                                                                44,
                                                                                (short) 32767))),
                                        352)));
        assertTrue(failure(packed).contains("the file has at most "), failure(packed));
    }

    @ParameterizedTest(name = "vox_offset {0}")
    @ValueSource(floats = {Float.NaN, 1e30f, -8, 351, 352.5f, Float.POSITIVE_INFINITY, 1e9f})
    void aVoxOffsetThatCannotBeIsRefused(float offset) throws IOException {
        String message = failure(changed(b -> b.putFloat(108, offset)));
        assertTrue(message.startsWith("image.nii, byte 108: vox_offset is "), message);
        assertTrue(
                message.endsWith(
                        "a whole number from 352 to 67108864 is needed: the file is broken."),
                message);
    }

    @Test
    void extensionsAreSkippedAndAFlagWithoutAnyDoesNotMatter() throws IOException {
        byte[] plain = sound();
        byte[] flagged = plain.clone();
        flagged[348] = 1;
        Path file = Files.write(folder.resolve("e.nii"), flagged);
        assertEquals(-3, Nifti.read(file).volume().values()[0]);
        byte[] head = Arrays.copyOf(plain, 352);
        head[348] = 1;
        ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).putFloat(108, 352 + 48);
        byte[] extension = new byte[48];
        ByteBuffer.wrap(extension).order(ByteOrder.LITTLE_ENDIAN).putInt(0x7FFFFFF0).putInt(6);
        Files.write(file, join(head, extension, Arrays.copyOfRange(plain, 352, plain.length)));
        assertEquals(-3, Nifti.read(file).volume().values()[0]);
        assertEquals(8.5f, Nifti.read(file).volume().values()[23]);
    }

    @Test
    void bytesInTheOtherOrderAreTheSameImage() throws IOException {
        ByteBuffer little = ByteBuffer.wrap(sound()).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer big = ByteBuffer.wrap(sound());
        big.putInt(0, 348).putFloat(108, 352).putFloat(112, 1);
        for (int at = 40; at < 56; at += 2) {
            big.putShort(at, little.getShort(at));
        }
        for (int at : new int[] {70, 72, 252, 254}) {
            big.putShort(at, little.getShort(at));
        }
        for (int at = 76; at < 108; at += 4) {
            big.putFloat(at, little.getFloat(at));
        }
        for (int at = 256; at < 328; at += 4) {
            big.putFloat(at, little.getFloat(at));
        }
        for (int at = 352; at < 448; at += 4) {
            big.putFloat(at, little.getFloat(at));
        }
        Path file = Files.write(folder.resolve("big.nii"), big.array());
        Path same = Files.write(folder.resolve("little.nii"), little.array());
        assertEquals(Nifti.read(same).volume().geometry(), Nifti.read(file).volume().geometry());
        assertArrayEquals(Nifti.read(same).volume().values(), Nifti.read(file).volume().values());
        assertEquals(
                "image.nii, byte 0: expected the header size 348 or 540, found 349: this is not a"
                        + " NIfTI file.",
                failure(changed(b -> b.putInt(0, 349))));
    }

    @Test
    void withoutAnyOrientationAnImageIsRefused() throws IOException {
        assertEquals(
                "image.nii, byte 252: qform_code and sform_code are both 0, so nothing says where"
                        + " the patient's left is. Convert the original again, or set the form you"
                        + " know to be true (nibabel: image.set_qform(affine, 1)).",
                failure(changed(b -> b.putInt(252, 0))));
    }

    @Test
    void formsThatDisagreeAreRefusedAndNamedBoth() throws IOException {
        // the offset of the qform is moved by 0.02 mm along x; 0.005 mm is rounding
        assertEquals(
                "image.nii, byte 252: qform (code 1) and sform (code 1) place a voxel 0.02 mm apart,"
                        + " at most 0.01 mm is rounding. Set the code of the wrong one to 0"
                        + " (nibabel: image.set_qform(None, 0) or image.set_sform(None, 0)).",
                failure(changed(b -> b.putFloat(268, b.getFloat(268) + 0.02f))));
        Path rounded = changed(b -> b.putFloat(268, b.getFloat(268) + 0.005f));
        assertTrue(GRID.isClose(Nifti.read(rounded).volume().geometry(), 1e-4), "sform is taken");
        Path apart = changed(b -> b.putFloat(268, 99).putShort(252, (short) 0));
        assertTrue(GRID.isClose(Nifti.read(apart).volume().geometry(), 1e-4), "qform is off");
    }

    @Test
    void nearHalfATurnTheRoundedQuaternionIsNoDisagreement() throws IOException {
        // half a turn about y; one step of a float in c leaves 7e-4 rad open, 3 mm at the last
        // voxel
        Path file =
                changed(
                        b -> {
                            b.putShort(42, (short) 1);
                            b.putFloat(80, 200).putFloat(84, 200).putFloat(88, 200).putFloat(76, 1);
                            b.putFloat(256, 0).putFloat(260, 0.99999994f).putFloat(264, 0);
                            float[] s = {-200, 0, 0, 0, 0, 200, 0, 0, 0, 0, -200, 0};
                            for (int n = 0; n < 12; n++) {
                                b.putFloat(280 + 4 * n, s[n]);
                            }
                            for (int n = 0; n < 3; n++) {
                                b.putFloat(268 + 4 * n, 0);
                            }
                            b.putShort(44, (short) 1).putShort(46, (short) 24);
                        });
        Geometry g = Nifti.read(file).volume().geometry();
        assertEquals(Numbers.of(1, 0, 0, 0, -1, 0, 0, 0, -1), g.direction());
    }

    @Test
    void aShearedOrSingularFormIsRefused() throws IOException {
        String end =
                ": the axes are sheared, singular or not finite, not at right angles. Resample the"
                        + " image to a grid with right angles first.";
        assertEquals(
                "image.nii, byte 280: sform" + end,
                failure(
                        changed(
                                b ->
                                        b.putFloat(284, b.getFloat(284) + 0.1f)
                                                .putShort(252, (short) 0))));
        for (float broken : new float[] {0, Float.NaN}) {
            Path file =
                    changed(
                            b ->
                                    b.putFloat(280, broken)
                                            .putFloat(296, 0)
                                            .putFloat(312, 0)
                                            .putShort(252, (short) 0));
            assertEquals("image.nii, byte 280: sform" + end, failure(file));
        }
    }

    @ParameterizedTest(name = "unit {0} is {1} mm")
    @CsvSource({"0, 1", "1, 1000", "2, 1", "3, 0.001"})
    void lengthsBecomeMillimetres(int unit, double mm) throws IOException {
        Geometry g = Nifti.read(changed(b -> b.put(123, (byte) unit))).volume().geometry();
        for (int a = 0; a < 3; a++) {
            assertEquals(GRID.spacing(a) * mm, g.spacing(a), 1e-6 * mm);
            assertEquals(GRID.originMm().get(a) * mm, g.originMm().get(a), 1e-4 * mm);
        }
    }

    @Test
    void aUnitThatDoesNotExistIsRefused() throws IOException {
        assertEquals(
                "image.nii, byte 123: xyzt_units names the unit of length 5, which does not exist; 1"
                        + " m, 2 mm and 3 µm do.",
                failure(changed(b -> b.put(123, (byte) 5))));
    }

    @ParameterizedTest(name = "unit {0} is {1} s")
    @CsvSource({"8, 1", "16, 0.001", "24, 0.000001", "0, NaN"})
    void timesBecomeSeconds(int unit, double second) throws IOException {
        Path file =
                changed(
                        b -> {
                            b.put(123, (byte) (2 | unit)).putFloat(92, 2000).putFloat(136, 500);
                            b.putShort(40, (short) 4).putShort(46, (short) 1);
                            b.putShort(48, (short) 2);
                        });
        Channels frames = Nifti.read(file).volume().meaning();
        assertEquals(Channels.Kind.FRAMES, frames.kind());
        assertEquals(2500 * second, frames.startSeconds().get(1), 1e-9);
        assertEquals(2000 * second, frames.durationSeconds().get(0), 1e-9);
    }

    @Test
    void anAxisOfHertzIsNoTime() throws IOException {
        Path file =
                changed(
                        b -> {
                            b.put(123, (byte) (2 | 32)).putShort(40, (short) 4);
                            b.putShort(46, (short) 1).putShort(48, (short) 2);
                        });
        assertEquals(Channels.COMPONENTS, Nifti.read(file).volume().meaning());
    }

    @ParameterizedTest(name = "slope {0}, intercept {1}")
    @CsvSource({"NaN, 0", "Infinity, 0", "1, NaN", "2, -Infinity"})
    void aSlopeThatIsNoNumberIsRefused(float slope, float intercept) throws IOException {
        String message = failure(changed(b -> b.putFloat(112, slope).putFloat(116, intercept)));
        assertTrue(message.startsWith("image.nii, byte 112: scl_slope is "), message);
        assertTrue(message.endsWith("finite numbers are needed. Write the image again."), message);
    }

    @Test
    void nanStaysNanAndInfinityIsRefusedWithItsByte() throws IOException {
        Path nan = changed(b -> b.putFloat(352 + 4 * 5, Float.NaN));
        assertTrue(Float.isNaN(Nifti.read(nan).volume().values()[5]));
        assertEquals(
                "image.nii, byte 372: a voxel is infinite or too large for a float. Write the image"
                        + " again with NaN where nothing was measured.",
                failure(changed(b -> b.putFloat(352 + 4 * 5, Float.NEGATIVE_INFINITY))));
    }

    @ParameterizedTest(name = "type {0}")
    @CsvSource({
        "32, '(complex, 64 bits)'",
        "1792, '(complex, 128 bits)'",
        "2048, '(complex, 256 bits)'",
        "1536, '(float, 128 bits)'",
        "1, (single bits)"
    })
    void typesThatAreNotReadAreNamed(int type, String name) throws IOException {
        String message = failure(changed(b -> b.putShort(70, (short) type)));
        assertTrue(
                message.startsWith(
                        "image.nii, byte 70: data type " + type + " " + name + " is not"),
                message);
    }

    @Test
    void severalGzipMembersAreOneFileAndZerosAfterThemArePadding() throws IOException {
        byte[] all = sound();
        byte[] first = gzip(Arrays.copyOf(all, 400));
        byte[] second = gzip(Arrays.copyOfRange(all, 400, all.length));
        Path file = Files.write(folder.resolve("m.nii.gz"), join(first, second, new byte[512]));
        assertEquals(8.5f, Nifti.read(file).volume().values()[23]);
    }

    @Test
    void whatFollowsOrIsMissingAtTheEndOfGzipIsRefused() throws IOException {
        byte[] packed = gzip(sound());
        String message =
                "g.nii.gz, byte 448 unpacked: the compressed data are truncated or damaged. Copy the"
                        + " file again.";
        byte[] wrongSum = packed.clone();
        wrongSum[packed.length - 8] ^= 1;
        byte[] wrongLength = packed.clone();
        wrongLength[packed.length - 4] ^= 1;
        for (byte[] broken :
                new byte[][] {
                    join(packed, "trailing garbage".getBytes()),
                    Arrays.copyOf(packed, packed.length - 3),
                    wrongSum,
                    wrongLength
                }) {
            assertEquals(message, failure(Files.write(folder.resolve("g.nii.gz"), broken)));
        }
    }

    @Test
    void aFileThatIsNotPackedIsReadWhateverItsName() throws IOException {
        Path file = Files.write(folder.resolve("plain.nii.gz"), sound());
        assertEquals(8.5f, Nifti.read(file).volume().values()[23]);
    }

    @Test
    void aBombBehindTheVoxelsIsNotUnpackedToItsEnd() throws IOException {
        Path file =
                Files.write(
                        folder.resolve("b.nii.gz"), join(gzip(sound()), gzip(new byte[20 << 20])));
        assertEquals(
                "b.nii.gz, byte 448: over 16 MiB follow the voxels: the file is broken.",
                failure(file));
    }
}
