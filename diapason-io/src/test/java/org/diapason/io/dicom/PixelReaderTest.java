package org.diapason.io.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.diapason.math.Parallel;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers in their cells, by PS3.5 section 8 and PS3.3 C.7.6.3. */
class PixelReaderTest {
    private static final String LITTLE = "1.2.840.10008.1.2.1";
    private static final String BIG = "1.2.840.10008.1.2.2";
    private static final String DEFLATED = "1.2.840.10008.1.2.1.99";

    @TempDir Path folder;

    private int[] stored(TinyDicom tiny, int frame) {
        return PixelReader.stored(tiny.frame(folder, frame)).values();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int n = 0; n < values.length; n++) {
            bytes[n] = (byte) values[n];
        }
        return bytes;
    }

    private static byte[] words(ByteOrder order, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(order);
        Arrays.stream(values).forEach(v -> bytes.putShort((short) v));
        return bytes.array();
    }

    private static String refusal(Supplier<?> call) {
        return assertThrows(DataException.class, call::get).getMessage();
    }

    @Test
    void bitsArePackedFromTheLowestOfEachByteAcrossFrames() {
        // 5 pixels a frame: the second frame begins at bit 5
        TinyDicom tiny =
                TinyDicom.grey(LITTLE, 5, 1, 1)
                        .text(Keyword.NumberOfFrames, "IS", "2")
                        .bytes(Keyword.PixelData, "OB", bytes(0b01001101, 0b10));
        assertArrayEquals(new int[] {1, 0, 1, 1, 0}, stored(tiny, 0));
        assertArrayEquals(new int[] {0, 1, 0, 0, 1}, stored(tiny, 1));
    }

    @Test
    void signsStandAtTheHighBitAndOverlaysAboveAndBelowItAreTakenOut() {
        // 6 bits stored in bits 2 to 7 of 16; bits 0, 1 and 8 to 15 are an overlay's
        int[] cells = {0xFF03 | 0b100001 << 2, 0x0103 | 0b011111 << 2};
        TinyDicom tiny =
                TinyDicom.grey(LITTLE, 2, 1, 16)
                        .us(Keyword.BitsStored, 6)
                        .us(Keyword.HighBit, 7)
                        .us(Keyword.PixelRepresentation, 1)
                        .bytes(Keyword.PixelData, "OW", words(ByteOrder.LITTLE_ENDIAN, cells));
        assertArrayEquals(new int[] {-31, 31}, stored(tiny, 0));
        tiny.us(Keyword.PixelRepresentation, 0);
        assertArrayEquals(new int[] {33, 31}, stored(tiny, 0));
        float[] volume =
                PixelReader.read(List.of(tiny.frame(folder, 0)), Geometry.of(2, 1, 1, 1, 1, 1));
        assertArrayEquals(new float[] {33, 31}, volume);
    }

    @Test
    void eightBitsInBigEndianWordsChangePlacesAndInBytesDoNot() {
        byte[] pixels = bytes(2, 1, 4, 3, 0, 5);
        TinyDicom tiny = TinyDicom.grey(BIG, 5, 1, 8);
        assertArrayEquals(
                new int[] {1, 2, 3, 4, 5}, stored(tiny.bytes(Keyword.PixelData, "OW", pixels), 0));
        assertArrayEquals(
                new int[] {2, 1, 4, 3, 0}, stored(tiny.bytes(Keyword.PixelData, "OB", pixels), 0));
        // the second frame of three pixels begins in the middle of a word
        TinyDicom two =
                TinyDicom.grey(BIG, 3, 1, 8)
                        .text(Keyword.NumberOfFrames, "IS", "2")
                        .bytes(Keyword.PixelData, "OW", bytes(2, 1, 4, 3, 6, 5));
        assertArrayEquals(new int[] {4, 5, 6}, stored(two, 1));
    }

    @Test
    void wordsOfSixteenBitsFollowTheOrderOfTheFile() {
        TinyDicom tiny =
                TinyDicom.grey(BIG, 2, 1, 16)
                        .us(Keyword.PixelRepresentation, 1)
                        .bytes(Keyword.PixelData, "OW", words(ByteOrder.BIG_ENDIAN, -2, 300));
        assertArrayEquals(new int[] {-2, 300}, stored(tiny, 0));
    }

    @Test
    void thirtyTwoBitsWithoutSignReachTheirUpperHalf() {
        TinyDicom tiny =
                TinyDicom.grey(LITTLE, 1, 1, 32)
                        .bytes(Keyword.PixelData, "OW", bytes(0, 0, 0, 0x80));
        Frame frame = tiny.frame(folder, 0);
        assertEquals(
                0x80000000L,
                (long) PixelReader.read(List.of(frame), Geometry.of(1, 1, 1, 1, 1, 1))[0]);
    }

    @Test
    void floatsAndDoublesBecomeTheVolume() {
        Geometry g = Geometry.of(2, 1, 1, 1, 1, 1);
        byte[] floats =
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putFloat(1.5f)
                        .putFloat(-3e9f)
                        .array();
        TinyDicom single =
                TinyDicom.grey(LITTLE, 2, 1, 32).bytes(Keyword.FloatPixelData, "OF", floats);
        assertArrayEquals(
                new float[] {1.5f, -3e9f}, PixelReader.read(List.of(single.frame(folder, 0)), g));
        byte[] doubles =
                ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putDouble(0.1)
                        .putDouble(-7)
                        .array();
        TinyDicom twice =
                TinyDicom.grey(LITTLE, 2, 1, 64).bytes(Keyword.DoubleFloatPixelData, "OD", doubles);
        assertArrayEquals(
                new float[] {0.1f, -7}, PixelReader.read(List.of(twice.frame(folder, 0)), g));
        assertEquals(
                "FloatPixelData (7FE0,0008) holds no whole numbers, which are needed.",
                refusal(() -> stored(single, 0)).split(": ", 2)[1]);
    }

    private static TinyDicom colour(String syntax, String colours, int columns, int planar) {
        return TinyDicom.grey(syntax, columns, 1, 8)
                .us(Keyword.SamplesPerPixel, 3)
                .us(Keyword.PlanarConfiguration, planar)
                .text(Keyword.PhotometricInterpretation, "CS", colours);
    }

    @Test
    void planesOfColoursComeBesideEachOther() {
        byte[] pixels = bytes(1, 2, 3, 4, 5, 6);
        TinyDicom by = colour(LITTLE, "RGB", 2, 0).bytes(Keyword.PixelData, "OB", pixels);
        assertArrayEquals(new int[] {1, 2, 3, 4, 5, 6}, stored(by, 0));
        TinyDicom planes = colour(LITTLE, "RGB", 2, 1).bytes(Keyword.PixelData, "OB", pixels);
        assertArrayEquals(new int[] {1, 3, 5, 2, 4, 6}, stored(planes, 0));
    }

    @Test
    void twoPixelsShareTheirColoursInYbrFull422() {
        TinyDicom tiny =
                colour(LITTLE, "YBR_FULL_422", 2, 0)
                        .bytes(Keyword.PixelData, "OB", bytes(10, 20, 100, 200));
        assertArrayEquals(new int[] {10, 100, 200, 20, 100, 200}, stored(tiny, 0));
        TinyDicom odd =
                colour(LITTLE, "YBR_FULL_422", 3, 0).bytes(Keyword.PixelData, "OB", new byte[8]);
        assertTrue(refusal(() -> stored(odd, 0)).contains("3 columns"));
    }

    /** PS3.5 of 1999, annex D: two cells of 12 bits in three bytes, lowest bits first. */
    @Test
    void cellsOfTwelveBitsArePackedAcrossBytesRowsAndFrames() {
        TinyDicom tiny =
                TinyDicom.grey(LITTLE, 3, 1, 12)
                        .text(Keyword.NumberOfFrames, "IS", "2")
                        .bytes(
                                Keyword.PixelData,
                                "OW",
                                bytes(0x23, 0x61, 0x45, 0x89, 0xC7, 0xAB, 0xEF, 0x0D, 0, 0));
        assertArrayEquals(new int[] {0x123, 0x456, 0x789}, stored(tiny, 0));
        assertArrayEquals(new int[] {0xABC, 0xDEF, 0x000}, stored(tiny, 1));
        TinyDicom big =
                TinyDicom.grey(BIG, 3, 1, 12)
                        .us(Keyword.PixelRepresentation, 1)
                        .bytes(Keyword.PixelData, "OW", bytes(0x61, 0x23, 0x89, 0x45, 0, 0x0F));
        assertArrayEquals(new int[] {0x123, 0x456, -0x077}, stored(big, 0));
        assertArrayEquals(
                new float[] {0x123, 0x456, 0x789},
                PixelReader.read(List.of(tiny.frame(folder, 0)), Geometry.of(3, 1, 1, 1, 1, 1)));
    }

    @Test
    void infinitePixelsAreRefused() {
        byte[] value =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(1e300).array();
        TinyDicom tiny =
                TinyDicom.grey(LITTLE, 1, 1, 64).bytes(Keyword.DoubleFloatPixelData, "OD", value);
        assertEquals(
                "tiny.dcm: a pixel is infinite or too large for a 32-bit float. Write NaN where"
                        + " nothing was measured.",
                refusal(
                        () ->
                                PixelReader.read(
                                        List.of(tiny.frame(folder, 0)),
                                        Geometry.of(1, 1, 1, 1, 1, 1))));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 24, 64})
    void cellsOfOtherSizesAreRefused(int allocated) {
        TinyDicom tiny =
                TinyDicom.grey(LITTLE, 2, 2, allocated)
                        .bytes(Keyword.PixelData, "OW", new byte[64]);
        assertEquals(
                "BitsAllocated (0028,0100) is "
                        + allocated
                        + ", 1, 8, 16, 32 and (not compressed) 12 are read. Convert it first"
                        + " (gdcmconv --raw).",
                refusal(() -> stored(tiny, 0)).split(": ", 2)[1]);
    }

    @Test
    void moreBitsStoredThanAllocatedAreRefused() {
        TinyDicom tiny =
                TinyDicom.grey(LITTLE, 2, 2, 8)
                        .us(Keyword.BitsStored, 9)
                        .bytes(Keyword.PixelData, "OB", new byte[4]);
        assertEquals(
                "BitsStored (0028,0101) is 9, a whole number 1–8 was expected.",
                refusal(() -> stored(tiny, 0)).split(": ", 2)[1]);
    }

    @Test
    void fewerPixelsThanStatedAreRefused() {
        TinyDicom tiny =
                TinyDicom.grey(LITTLE, 300, 300, 16).bytes(Keyword.PixelData, "OW", new byte[64]);
        assertEquals(
                "PixelData (7FE0,0010) has 64 bytes, 180000 are needed.",
                refusal(() -> stored(tiny, 0)).split(": ", 2)[1]);
    }

    @Test
    void aDeflatedFileIsReadFrameByFrame() {
        TinyDicom tiny =
                TinyDicom.grey(DEFLATED, 3, 1, 16)
                        .text(Keyword.NumberOfFrames, "IS", "2")
                        .bytes(
                                Keyword.PixelData,
                                "OW",
                                words(ByteOrder.LITTLE_ENDIAN, 1, 2, 3, 4, 5, 6));
        assertArrayEquals(new int[] {4, 5, 6}, stored(tiny, 1));
        float[] volume =
                PixelReader.read(
                        List.of(tiny.frame(folder, 1), tiny.frame(folder, 0)),
                        Geometry.of(3, 1, 2, 1, 1, 1));
        assertArrayEquals(new float[] {4, 5, 6, 1, 2, 3}, volume);
    }

    /** A file of many frames is opened, found its way in and inflated once for all of them. */
    @Test
    void aFileOfManyFramesIsReadOnce() throws IOException {
        Path io = Path.of("/proc/self/io");
        Assumptions.assumeTrue(Files.isReadable(io), "needs Linux to count what is read");
        int frames = 64;
        byte[] noise = new byte[frames * 1 << 15];
        new java.util.Random(5).nextBytes(noise);
        TinyDicom tiny =
                TinyDicom.grey(DEFLATED, 128, 128, 16)
                        .text(Keyword.NumberOfFrames, "IS", "" + frames)
                        .bytes(Keyword.PixelData, "OW", noise);
        Frame first = tiny.frame(folder, 0);
        List<Frame> all = new ArrayList<>();
        for (int n = 0; n < frames; n++) {
            all.add(new Frame(first.file(), n, first.values()));
        }
        long before = readSoFar(io);
        PixelReader.read(all, Geometry.of(128, 128, frames, 1, 1, 1));
        long taken = readSoFar(io) - before;
        assertTrue(taken < 3L * noise.length, taken + " bytes for " + noise.length);
    }

    private static long readSoFar(Path io) throws IOException {
        return Long.parseLong(Files.readAllLines(io).get(0).split(" ")[1]);
    }

    /** Two threads that inflate at once would hold the file twice, and so on. */
    @Test
    void manyThreadsShareOneInflatedFile() {
        TinyDicom tiny =
                TinyDicom.grey(DEFLATED, 2048, 2048, 16)
                        .bytes(Keyword.PixelData, "OW", new byte[1 << 23]);
        DicomFile file = tiny.frame(folder, 0).file();
        int before = Parallel.threads();
        Set<Source> sources = ConcurrentHashMap.newKeySet();
        try (FrameReader reader = FrameReader.open(file)) {
            Parallel.setThreads(8);
            Parallel.forEach(64, block -> sources.add(reader.source()));
        } finally {
            Parallel.setThreads(before);
        }
        assertEquals(1, sources.size());
    }

    @Test
    void wholeNumbersThatAFloatRoundsAreCounted() {
        TinyDicom tiny =
                TinyDicom.grey(LITTLE, 3, 1, 32)
                        .bytes(
                                Keyword.PixelData,
                                "OW",
                                bytes(0xFF, 0xFF, 0xFF, 0, 1, 0, 0, 1, 0, 0, 0, 0x80));
        Frame frame = tiny.frame(folder, 0);
        Geometry plane = Geometry.of(3, 1, 1, 1, 1, 1);
        Warnings warnings = new Warnings();
        PixelReader.tellRounded(List.of(frame), PixelReader.read(List.of(frame), plane), warnings);
        assertEquals(
                List.of(
                        "tiny.dcm: 2 of 3 pixels are 16777216 or more in size and were rounded to"
                                + " the 24 bits of a float, by 6e-8 of their value at most."),
                warnings.sentences());
    }

    @Test
    void aDeflatedFileThatIsBrokenOrCutIsRefused() throws IOException {
        TinyDicom tiny =
                TinyDicom.grey(DEFLATED, 8, 8, 16).bytes(Keyword.PixelData, "OW", new byte[128]);
        byte[] file = tiny.file();
        Path cut = Files.write(folder.resolve("cut.dcm"), Arrays.copyOf(file, file.length - 9));
        assertEquals(
                "cut.dcm: the deflated data set ends early: the file is truncated.",
                refusal(() -> DicomFile.read(cut)));
        byte[] broken = file.clone();
        Arrays.fill(broken, broken.length - 60, broken.length, (byte) 0xFF);
        Path path = Files.write(folder.resolve("broken.dcm"), broken);
        assertTrue(refusal(() -> DicomFile.read(path)).startsWith("broken.dcm"));
    }

    /** Zeros deflate to a thousandth; a reader's own bound is an eighth of the memory. */
    @Test
    void aDeflatedBombIsRefusedAtItsBound() throws IOException {
        byte[] file =
                TinyDicom.grey(DEFLATED, 8, 8, 16)
                        .bytes(Keyword.PixelData, "OW", new byte[1 << 20])
                        .file();
        assertTrue(file.length < 2000, "a bomb");
        Path path = Files.write(folder.resolve("bomb.dcm"), file);
        long from = DicomFile.read(path).orElseThrow().dataOffset();
        try (Source source = Source.open(path)) {
            assertEquals(
                    "bomb.dcm: its deflated data set grows beyond 1000000 bytes, an eighth of the"
                            + " memory. Give Java more memory (-Xmx) if the file is sound.",
                    refusal(() -> source.inflated(from, 1_000_000)));
        }
    }

    @Test
    void compressedSlicesGiveTheSameVolumeOnOneThreadAndOnMany() {
        List<Frame> frames = new ArrayList<>();
        float[] expected = new float[4 * 3 * 20];
        for (int k = 0; k < 20; k++) {
            byte[] plane = new byte[12];
            for (int n = 0; n < plane.length; n++) {
                plane[n] = (byte) (7 * k + n);
                expected[12 * k + n] = 7 * k + n;
            }
            byte[] frame = new byte[64 + 14];
            frame[0] = 1;
            frame[4] = 64;
            // one run of twelve bytes as they are
            frame[64] = 11;
            System.arraycopy(plane, 0, frame, 65, 12);
            TinyDicom tiny =
                    TinyDicom.grey("1.2.840.10008.1.2.5", 4, 3, 8)
                            .fragments(TinyDicom.table(), true, frame);
            frames.add(tiny.frame(sub(k), 0));
        }
        Geometry g = Geometry.of(4, 3, 20, 1, 1, 1);
        int before = Parallel.threads();
        try {
            for (int threads : new int[] {1, 4}) {
                Parallel.setThreads(threads);
                assertArrayEquals(expected, PixelReader.read(frames, g));
            }
        } finally {
            Parallel.setThreads(before);
        }
    }

    private Path sub(int k) {
        try {
            return Files.createDirectories(folder.resolve("slice" + k));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The attributes ask for more than half of the memory; nothing of it is allocated. */
    @Test
    void decodingThatNeedsMoreThanHalfOfTheMemoryIsRefused() {
        int side = 45_000;
        TinyDicom tiny =
                TinyDicom.grey("1.2.840.10008.1.2.5", side, side, 8)
                        .fragments(TinyDicom.table(), true, new byte[70]);
        long needed = Math.round((70 + 5.0 * side * side) / (1 << 20));
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        assertEquals(
                "tiny.dcm: its values take "
                        + needed
                        + " MB of memory, more than half of the "
                        + heap
                        + " MB that Java may use. If the file is sound, give Java more, as in"
                        + " DIAPASON_JAVA_OPTIONS=-Xmx8g.",
                refusal(() -> stored(tiny, 0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.55", "4.92", "4.94", "4.100", "4.110", "4.201", "4.202", "4.203"})
    void aSyntaxThatIsNotReadIsNamedWithThoseThatAre(String end) {
        TinyDicom tiny =
                TinyDicom.grey("1.2.840.10008.1.2." + end, 4, 4, 8)
                        .fragments(TinyDicom.table(), true, new byte[8]);
        String message = refusal(() -> stored(tiny, 0));
        assertTrue(!message.contains("unknown"), message);
        assertTrue(
                message.endsWith(
                        " (1.2.840.10008.1.2."
                                + end
                                + "), which is not read. Read are uncompressed and deflated files,"
                                + " RLE, JPEG (baseline, extended, lossless), JPEG-LS and JPEG 2000."
                                + " Convert it first (gdcmconv --raw)."),
                message);
    }
}
