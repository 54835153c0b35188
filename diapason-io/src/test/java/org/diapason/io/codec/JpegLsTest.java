package org.diapason.io.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** JPEG-LS by the standard's own example, and what no encoder at hand writes. */
class JpegLsTest {
    /** ITU-T T.87, H.3: the whole stream of the example image. */
    private static final String EXAMPLE =
            "FFD8 FFF7 000B 08 0004 0004 01 01 11 00 FFDA 0008 01 01 00 00 00 00"
                    + " C0 00 00 6C 80 20 8E 01 C0 00 00 57 40 00 00 6E E6 00 00 01 BC 18 00 00 05"
                    + " D8 00 00 91 60 FFD9";

    private static final int[] EXAMPLE_IMAGE = {
        0, 0, 90, 74, 68, 50, 43, 205, 64, 145, 145, 145, 100, 145, 145, 145
    };

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Test
    void theWorkedExampleOfTheStandardIsDecoded() {
        int[] out = new int[16];
        Codec.JPEG_LS.decode(bytes(EXAMPLE), new Shape(4, 4, 1, 8), out);
        assertArrayEquals(EXAMPLE_IMAGE, out);
    }

    @Test
    void presetParametersOfZeroMeanTheDefaults() {
        byte[] with = bytes(EXAMPLE.replace("FFDA", "FFF8 000D 01 0000 0000 0000 0000 0000 FFDA"));
        int[] out = new int[16];
        Codec.JPEG_LS.decode(with, new Shape(4, 4, 1, 8), out);
        assertArrayEquals(EXAMPLE_IMAGE, out);
    }

    @Test
    void mappingTablesAreRefusedByName() {
        byte[] with = bytes(EXAMPLE.replace("FFDA", "FFF8 0006 02 01 01 00 FFDA"));
        assertEquals(
                "JPEG-LS: the picture uses a mapping table, which DICOM does not allow and which is"
                        + " not read.",
                CodecTest.refusal(Codec.JPEG_LS, with, new Shape(4, 4, 1, 8)));
    }

    @Test
    void coloursTransformedByAVendorAreRefusedByName() {
        byte[] with = bytes(EXAMPLE.replace("FFF7", "FFE8 0007 6D726678 01 FFF7"));
        assertEquals(
                "JPEG-LS: the picture uses a vendor's colour transform, which is not read.",
                CodecTest.refusal(Codec.JPEG_LS, with, new Shape(4, 4, 1, 8)));
    }

    @Test
    void dataThatEndEarlyNameTheRow() {
        byte[] cut = bytes(EXAMPLE.substring(0, EXAMPLE.indexOf(" 6E E6")) + " FFD9");
        assertEquals(
                "JPEG-LS: the data end in row 2 of 4.",
                CodecTest.refusal(Codec.JPEG_LS, cut, new Shape(4, 4, 1, 8)));
    }

    /** A restart forgets everything, so two pictures below each other are one of two intervals. */
    @Test
    void restartIntervalsAreIndependentPictures() {
        Frames.Compressed top = Frames.named("jls-top");
        Frames.Compressed bottom = Frames.named("jls-bottom");
        byte[] joined = joined(top.bytes(), bottom.bytes(), 0xD0);
        int[] out = new int[Frames.COLUMNS * 18];
        Codec.JPEG_LS.decode(joined, new Shape(Frames.COLUMNS, 18, 1, 16), out);
        assertArrayEquals(Frames.picture(Frames.named("jls-12"), 0), out);
    }

    /** T.81, B.1.1.2: any marker may be preceded by any number of bytes FF. */
    @Test
    void fillingBeforeARestartMarkerIsSkipped() {
        Frames.Compressed top = Frames.named("jls-top");
        byte[] joined = joined(top.bytes(), Frames.named("jls-bottom").bytes(), 0xFF, 0xFF, 0xD0);
        int[] out = new int[Frames.COLUMNS * 18];
        Codec.JPEG_LS.decode(joined, new Shape(Frames.COLUMNS, 18, 1, 16), out);
        assertArrayEquals(Frames.picture(Frames.named("jls-12"), 0), out);
    }

    @Test
    void twoPicturesInOneFrameAreRefused() {
        byte[] with = bytes(EXAMPLE.replace("FFDA", "FFF7 000B 0C 0004 0004 01 01 11 00 FFDA"));
        assertEquals(
                "JPEG-LS: the frame holds two pictures.",
                CodecTest.refusal(Codec.JPEG_LS, with, new Shape(4, 4, 1, 16)));
    }

    @Test
    void aRestartMarkerOutOfTurnIsRefused() {
        byte[] joined =
                joined(Frames.named("jls-top").bytes(), Frames.named("jls-bottom").bytes(), 0xD1);
        assertEquals(
                "JPEG-LS: the restart marker before row 10 is missing.",
                CodecTest.refusal(Codec.JPEG_LS, joined, new Shape(Frames.COLUMNS, 18, 1, 16)));
    }

    private static byte[] joined(byte[] top, byte[] bottom, int... marker) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int frame = find(top, 0, 0xF7);
        out.write(top, 0, frame);
        out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xDD, 0, 4, 0, 9});
        byte[] head = Arrays.copyOfRange(top, frame, find(top, frame, 0xD9));
        // the rows stand behind marker, length and precision
        head[5] = 0;
        head[6] = 18;
        out.writeBytes(head);
        out.write(0xFF);
        for (int octet : marker) {
            out.write(octet);
        }
        int scan = find(bottom, 0, 0xDA);
        out.writeBytes(Arrays.copyOfRange(bottom, scan + 10, bottom.length));
        return out.toByteArray();
    }

    private static int find(byte[] in, int from, int marker) {
        int at = from;
        while (in[at] != (byte) 0xFF || in[at + 1] != (byte) marker) {
            at++;
        }
        return at;
    }
}
