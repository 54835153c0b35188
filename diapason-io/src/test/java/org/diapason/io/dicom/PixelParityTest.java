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
import org.diapason.io.Images;
import org.diapason.io.TestData;
import org.diapason.volume.Channels;
import org.diapason.volume.DataException;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
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
                        + " not shown.",
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

    /**
     * CRC-32 of red, green and blue of each pixel, as {@link #crc} takes it, through the door.
     *
     * <p>pydicom 2.3.1, of {@code ds.pixel_array}: as it is (RGB, YBR_RCT), {@code
     * convert_color_space(.., "YBR_FULL", "RGB")} or {@code apply_color_lut(.., ds)}; 8 bits in
     * big-endian words, which pydicom does not swap, by {@code dcm2pnm +op -W} of dcmtk 3.6.7.
     * dcm2pnm gives the same for all that it reads in 8 bits, but for the uncompressed YBR_FULL_422
     * (by at most 1).
     */
    @ParameterizedTest
    @CsvSource({
        "ExplVR_BigEnd.dcm, 444f7302",
        "GDCMJ2K_TextGBR.dcm, 3d6fc354",
        "SC_jpeg_no_color_transform.dcm, ba27aecb",
        "SC_jpeg_no_color_transform_2.dcm, 7318fc7f",
        "SC_rgb_dcmtk_+eb+cr.dcm, 2ce9b3e0",
        "SC_rgb_dcmtk_+eb+cy+n1.dcm, db4a7815",
        "SC_rgb_dcmtk_+eb+cy+n2.dcm, ce4fa48c",
        "SC_rgb_dcmtk_+eb+cy+np.dcm, db4a7815",
        "SC_rgb_dcmtk_+eb+cy+s2.dcm, ce4fa48c",
        "SC_rgb_dcmtk_+eb+cy+s4.dcm, ce4fa48c",
        "SC_rgb_gdcm_KY.dcm, 7ec1cf95",
        "SC_rgb_jls_lossy_line.dcm, 926fbce5",
        "SC_rgb_jls_lossy_sample.dcm, 926fbce5",
        "SC_rgb_jpeg.dcm, ba27aecb",
        "SC_rgb_jpeg_app14_dcmd.dcm, 7318fc7f",
        "SC_rgb_jpeg_dcmd.dcm, ba27aecb",
        "SC_rgb_jpeg_dcmtk.dcm, ce4fa48c",
        "SC_rgb_jpeg_gdcm.dcm, 7ec1cf95",
        "SC_rgb_jpeg_lossy_gdcm.dcm, fd739f2a",
        "SC_rgb_rle.dcm, 7ec1cf95",
        "SC_rgb_rle_16bit.dcm, 41449bf5",
        "SC_rgb_rle_16bit_2frame.dcm#frame=1, 41449bf5",
        "SC_rgb_rle_2frame.dcm#frame=1, 7ec1cf95",
        "SC_rgb_small_odd.dcm, 8c6b5a2f",
        "SC_rgb_small_odd_big_endian.dcm, 8c6b5a2f",
        "SC_rgb_small_odd_jpeg.dcm, 680f0ce5",
        "SC_ybr_full_422_uncompressed.dcm, ce4fa48c",
        "examples_jpeg2k.dcm, 75150068",
        "examples_palette.dcm, 6a75e618",
        "examples_rgb_color.dcm, 4e575c1c",
        "examples_ybr_color.dcm#frame=1, b3bd0519",
    })
    void coloursAreThoseOfOtherPrograms(String name, String crc) {
        Path file = TestData.real("dicom/pydicom_files/" + name.split("#")[0]);
        Path asked = file.resolveSibling(name);
        Volume picture = Images.read(asked).volume();
        assertEquals(Channels.COLOURS, picture.meaning());
        assertEquals(Quantity.PICTURE, picture.quantity());
        int[] rgb = new int[3 * picture.channel(0).length];
        for (int n = 0; n < rgb.length; n++) {
            rgb[n] = (int) picture.channel(n % 3)[n / 3];
        }
        assertEquals(crc, crc(rgb));
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
