package org.diapason.io.dicom;

import static org.diapason.io.dicom.TinyDicom.table;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.diapason.volume.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames in fragments, told apart by every table and in spite of every wrong one. */
class FragmentsTest {
    private static final String JPEG_LS = "1.2.840.10008.1.2.4.80";

    /** ITU-T T.87, H.3, with a padding byte: 56 bytes. */
    private static final byte[] EXAMPLE =
            HexFormat.of()
                    .parseHex(
                            "FFD8FFF7000B08000400040101"
                                    + "1100FFDA0008010100000000C000006C80208E01C0000057"
                                    + "4000006EE6000001BC18000005D80000916000FFD9");

    private static final int[] IMAGE = {
        0, 0, 90, 74, 68, 50, 43, 205, 64, 145, 145, 145, 100, 145, 145, 145
    };

    @TempDir Path folder;

    private int[] read(int frames, int frame, UnaryOperator<TinyDicom> pixels) {
        TinyDicom tiny = TinyDicom.grey(JPEG_LS, 4, 4, 8);
        tiny.text(Keyword.NumberOfFrames, "IS", Integer.toString(frames));
        return PixelReader.stored(pixels.apply(tiny).frame(folder, frame)).values();
    }

    private String refusal(int frames, int frame, UnaryOperator<TinyDicom> pixels) {
        return assertThrows(DataException.class, () -> read(frames, frame, pixels)).getMessage();
    }

    private static byte[] part(int from, int to) {
        return Arrays.copyOfRange(EXAMPLE, from, to);
    }

    @Test
    void oneFrameMayBeCutIntoManyFragmentsWithoutATable() {
        assertArrayEquals(
                IMAGE,
                read(
                        1,
                        0,
                        t ->
                                t.fragments(
                                        table(),
                                        true,
                                        part(0, 10),
                                        part(10, 50),
                                        part(50, EXAMPLE.length))));
    }

    @Test
    void aMissingEndMarkerIsForgiven() {
        assertArrayEquals(IMAGE, read(1, 0, t -> t.fragments(table(), false, EXAMPLE)));
    }

    @Test
    void anOddFragmentIsReadWithAndWithoutItsPaddingByte() {
        byte[] odd = part(0, 21);
        assertArrayEquals(
                IMAGE, read(1, 0, t -> t.fragments(table(), true, odd, part(21, EXAMPLE.length))));
        byte[] file = TinyDicom.grey(JPEG_LS, 4, 4, 8).fragments(table(), true, EXAMPLE).file();
        assertEquals(0, EXAMPLE.length % 2, "the case below needs an even example");
        int length = file.length - 8 - EXAMPLE.length - 4;
        // one byte less is counted, and stands there as padding
        file[length] = (byte) (EXAMPLE.length - 1);
        assertArrayEquals(IMAGE, stored(file));
    }

    private int[] stored(byte[] file) {
        try {
            Path path = java.nio.file.Files.write(folder.resolve("odd.dcm"), file);
            DicomFile dicom = DicomFile.read(path).orElseThrow();
            return PixelReader.stored(new Frame(dicom, 0, dicom.values())).values();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Three frames, the second in two fragments; frame 2 is the one that can be lost. */
    private static TinyDicom three(TinyDicom t, byte[] table) {
        return t.fragments(table, true, EXAMPLE, part(0, 30), part(30, EXAMPLE.length), EXAMPLE);
    }

    private static int afterOne() {
        return EXAMPLE.length + 8;
    }

    private static int afterTwo() {
        return 2 * EXAMPLE.length + 24;
    }

    @Test
    void aSoundBasicOffsetTableIsFollowed() {
        for (int frame = 0; frame < 3; frame++) {
            assertArrayEquals(
                    IMAGE, read(3, frame, t -> three(t, table(0, afterOne(), afterTwo()))));
        }
    }

    @Test
    void anEmptyTableIsRebuiltFromTheMarkersOfPictures() {
        for (int frame = 0; frame < 3; frame++) {
            assertArrayEquals(IMAGE, read(3, frame, t -> three(t, table())));
        }
    }

    @Test
    void aWrongOrShortTableIsNotFollowed() {
        for (int frame = 0; frame < 3; frame++) {
            assertArrayEquals(IMAGE, read(3, frame, t -> three(t, table(0, 4, 4000))));
            assertArrayEquals(IMAGE, read(3, frame, t -> three(t, table(0, afterOne()))));
            int inside = afterOne() + 38;
            // points at a fragment, but at the second half of a picture
            assertArrayEquals(IMAGE, read(3, frame, t -> three(t, table(0, inside, afterTwo()))));
        }
    }

    @Test
    void aTableWithMoreEntriesThanFramesIsReadAsFarAsThereAreFrames() {
        TinyDicom tiny = TinyDicom.grey(JPEG_LS, 4, 4, 8).text(Keyword.NumberOfFrames, "IS", "2");
        DicomFile file = three(tiny, table(0, afterOne(), afterTwo())).frame(folder, 0).file();
        try (Source source = Source.open(file)) {
            assertArrayEquals(EXAMPLE, Fragments.of(file, source).frame(source, 1));
        }
    }

    @Test
    void theExtendedOffsetTableIsFollowed() {
        ByteBuffer table = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        table.putLong(0).putLong(afterOne()).putLong(afterTwo());
        for (int frame = 0; frame < 3; frame++) {
            assertArrayEquals(
                    IMAGE,
                    read(
                            3,
                            frame,
                            t ->
                                    three(t, table())
                                            .bytes(
                                                    Keyword.ExtendedOffsetTable,
                                                    "OV",
                                                    table.array())));
        }
    }

    @Test
    void fragmentsThatFitNoNumberOfFramesAreRefused() {
        assertEquals(
                "tiny.dcm: its 4 fragments cannot be told apart into 5 frames: no table of offsets"
                        + " fits them. Export it again.",
                refusal(5, 0, t -> three(t, table())));
    }

    @Test
    void aFrameThatIsNotThereIsRefused() {
        assertEquals("tiny.dcm: has no frame 4, it has 3.", refusal(3, 3, t -> three(t, table())));
    }

    @Test
    void aBrokenFrameIsNamed() {
        byte[] broken = EXAMPLE.clone();
        broken[7] = 9;
        assertEquals(
                "tiny.dcm, frame 2: JPEG-LS: the picture is 4 × 2308 × 1, the attributes say 4 × 4 ×"
                        + " 1.",
                refusal(2, 1, t -> t.fragments(table(), true, EXAMPLE, broken)));
    }

    @Test
    void aFragmentLongerThanTheFileIsRefused() {
        byte[] file = TinyDicom.grey(JPEG_LS, 4, 4, 8).fragments(table(), false, EXAMPLE).file();
        byte[] cut = Arrays.copyOf(file, file.length - 7);
        String message = assertThrows(DataException.class, () -> stored(cut)).getMessage();
        assertEquals(
                "odd.dcm, byte "
                        + (file.length - EXAMPLE.length)
                        + ": a fragment needs "
                        + EXAMPLE.length
                        + " bytes, but only "
                        + (EXAMPLE.length - 7)
                        + " remain: the file is truncated or broken. Copy it again.",
                message);
    }

    @Test
    void pixelsWithoutAFragmentAreRefused() {
        assertEquals(
                "the pixel data hold no fragment.",
                refusal(1, 0, t -> t.fragments(table(), true)).split(": ", 2)[1]);
    }

    @Test
    void compressedPixelsThatAreNotInFragmentsAreRefused() {
        assertEquals(
                "tiny.dcm: its transfer syntax is JPEG-LS Lossless (1.2.840.10008.1.2.4.80), but its"
                        + " pixel data are not in fragments. Export it again.",
                refusal(1, 0, t -> t.bytes(Keyword.PixelData, "OW", EXAMPLE)));
    }
}
