package org.diapason.io.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.diapason.io.TestData;
import org.diapason.volume.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The stored numbers of pydicom's test files are those of other programs, to the bit.
 *
 * <p>pixels.tsv: file, the first 64 bits of SHA-256 over the numbers of all frames (32-bit little
 * endian, samples of a pixel beside each other, taken out of their cells by BitsStored, HighBit and
 * PixelRepresentation), and the programs that give this hash:
 *
 * <ul>
 *   <li>pydicom 2.3.1, {@code dcmread(file).pixel_array} (plug-ins gdcm and Pillow 9.4)
 *   <li>gdcm 3.0.21, {@code gdcmconv --raw in out}, then read as it stands
 *   <li>dcmtk 3.6.7, {@code dcmdjpls}, {@code dcmdjpeg +cn}, {@code dcmdrle} or {@code dcmconv +te}
 * </ul>
 */
class PixelParityTest {

    static List<String[]> files() throws IOException {
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                PixelParityTest.class.getResourceAsStream("pixels.tsv"),
                                StandardCharsets.US_ASCII))) {
            return in.lines().map(line -> line.split("\t")).toList();
        }
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("files")
    void storedNumbersAreThoseOfOtherPrograms(String name, String hash, String programs)
            throws NoSuchAlgorithmException {
        DicomFile file = file(name);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        int frames = Math.max(1, file.values().integer(Keyword.NumberOfFrames, 0, 1000, 1));
        for (int n = 0; n < frames; n++) {
            int[] values = PixelReader.stored(new Frame(file, n, file.values())).values();
            ByteBuffer bytes =
                    ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asIntBuffer().put(values);
            digest.update(bytes.array());
        }
        assertEquals(hash, HexFormat.of().formatHex(digest.digest()).substring(0, 16), programs);
    }

    /**
     * The standard leaves the rounding of the irreversible wavelet open: 20 of 262,144 samples are
     * 1 above or below those of OpenJPEG 2.5 (gdcm and Pillow), whose sums stand here.
     */
    @Test
    void lossyJpeg2000DiffersFromOpenJpegByRoundingAlone() {
        int[] values = stored("JPEG2000.dcm");
        assertEquals(3_527_976, Arrays.stream(values).sum(), 20);
        long squares = Arrays.stream(values).mapToLong(v -> (long) v * v).sum();
        // 20 samples of at most 245 that are off by one
        assertEquals(164_034_874, squares, 20 * (2 * 245 + 1));
        assertEquals(-30, Arrays.stream(values).min().orElseThrow());
        assertEquals(245, Arrays.stream(values).max().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JPEG2000-embedded-sequence-delimiter.dcm | frame 1: JPEG 2000: the picture is"
                        + " 2147483647 × 1024 × 1, the attributes say 256 × 1024 × 1.",
                "MR_truncated.dcm | byte 1500: PixelData (7FE0,0010) needs 8192 bytes, but only 8130"
                        + " remain: the file is truncated (it ends at byte 9630 of 9692) or broken."
                        + " Copy it again.",
                "badVR.dcm | byte 1000: NumberOfFrames (0028,0008) is not a number: found 2 characters that are"
                        + " no number.",
            })
    void brokenFilesAreRefusedByName(String name, String message) {
        DataException e =
                assertThrows(
                        DataException.class,
                        () -> {
                            DicomFile file = file(name);
                            file.values().integer(Keyword.NumberOfFrames, 0, 1000, 1);
                            PixelReader.stored(new Frame(file, 0, file.values()));
                        });
        assertEquals(name + ", " + message, e.getMessage());
    }

    /** CRC-32 of red, green and blue, as {@link #crc} takes it. */
    @ParameterizedTest
    @CsvSource({
        // pydicom.pixel_data_handlers.util.apply_color_lut(ds.pixel_array, ds)
        "examples_palette.dcm, 6a75e618",
        // convert_color_space(ds.pixel_array, "YBR_FULL", "RGB"), and dcmdjpeg +ca
        "examples_ybr_color.dcm, b3bd0519",
        "SC_rgb_jpeg_dcmtk.dcm, ce4fa48c",
        "SC_ybr_full_422_uncompressed.dcm, ce4fa48c",
    })
    void coloursAreThoseOfOtherPrograms(String name, String crc) {
        DicomFile file = file(name);
        Samples picture = Colours.picture(new Frame(file, 0, file.values()));
        assertEquals("RGB", picture.colours());
        assertEquals(crc, crc(picture.values()));
    }

    private static String crc(int[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(bytes.array());
        return String.format("%08x", crc.getValue());
    }

    private static int[] stored(String name) {
        DicomFile file = file(name);
        return PixelReader.stored(new Frame(file, 0, file.values())).values();
    }

    private static DicomFile file(String name) {
        Path path = TestData.real("dicom/pydicom_files/" + name);
        return DicomFile.read(path).orElseThrow();
    }
}
