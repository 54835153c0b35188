package org.diapason.io.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import org.diapason.io.Room;
import org.diapason.io.codec.Shape;
import org.diapason.math.Parallel;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;

/**
 * Reads the stored numbers of frames, plain or compressed.
 *
 * <p>Frames are decoded in parallel, as many at once as half of the memory holds beside the result.
 */
final class PixelReader {
    private static final int BLOCK = 8;
    private static final int ROW = 4096;
    private static final int EXACT_BITS = 24;

    private PixelReader() {}

    /**
     * Returns the values of all slices, i fastest.
     *
     * @throws DataException if a slice is not grey, is broken or holds fewer pixels than it says,
     *     or if decoding would need more than half of the memory; checked before allocation
     */
    static float[] read(List<Frame> frames, Geometry geometry) {
        int plane = geometry.ni() * geometry.nj();
        long[] bytes = new long[frames.size()];
        each(
                frames,
                Integer.MAX_VALUE,
                () -> (reader, k) -> bytes[k] = check(frames.get(k), reader));
        long largest = Arrays.stream(bytes).max().orElseThrow();
        Room.need(frames.get(0).name(), 4.0 * geometry.voxels());
        int atOnce = atOnce(frames.get(0), 4L * geometry.voxels(), largest);
        float[] values = new float[geometry.voxels()];
        each(
                frames,
                atOnce,
                () -> {
                    Slices slices = new Slices(plane);
                    return (reader, k) -> slices.slice(reader, frames.get(k), values, k * plane);
                });
        return values;
    }

    /** Tells how many whole numbers are beyond the 24 bits that a float holds exactly. */
    static void tellRounded(List<Frame> frames, float[] values, Warnings warnings) {
        boolean wide =
                frames.stream()
                        .filter(f -> f.file().pixels().keyword() == Keyword.PixelData)
                        .anyMatch(f -> PixelFormat.of(f).stored() > EXACT_BITS);
        if (!wide) {
            return;
        }
        long beyond = 0;
        for (float v : values) {
            beyond += Math.abs(v) >= 1 << EXACT_BITS ? 1 : 0;
        }
        if (beyond > 0) {
            warnings.add(
                    "rounded",
                    frames.get(0).name()
                            + ": "
                            + beyond
                            + " of "
                            + values.length
                            + " pixels are 16777216 or more in size and were rounded to the 24 bits"
                            + " of a float, by 6e-8 of their value at most.");
        }
    }

    /** What is done with one frame and the reader of its file. */
    private interface Work {
        void on(FrameReader reader, int k);
    }

    /**
     * Works on all frames in parallel. A file of many frames is opened once for all of them: to
     * find its frames, or to inflate it, takes time in proportion to all it holds.
     *
     * @param works gives each block of frames its own work
     */
    private static void each(List<Frame> frames, int atOnce, Supplier<Work> works) {
        Map<DicomFile, List<Integer>> files = new LinkedHashMap<>();
        for (int k = 0; k < frames.size(); k++) {
            files.computeIfAbsent(frames.get(k).file(), f -> new ArrayList<>()).add(k);
        }
        List<Integer> single = new ArrayList<>();
        files.values().stream().filter(of -> of.size() == 1).forEach(single::addAll);
        blocks(
                single,
                atOnce,
                works,
                (work, k) -> {
                    try (FrameReader reader = FrameReader.open(frames.get(k).file())) {
                        work.on(reader, k);
                    }
                });
        for (Map.Entry<DicomFile, List<Integer>> file : files.entrySet()) {
            if (file.getValue().size() > 1) {
                try (FrameReader reader = FrameReader.open(file.getKey())) {
                    blocks(file.getValue(), atOnce, works, (work, k) -> work.on(reader, k));
                }
            }
        }
    }

    private static void blocks(
            List<Integer> of, int atOnce, Supplier<Work> works, ObjIntConsumer<Work> body) {
        Parallel.forEach(
                (of.size() + BLOCK - 1) / BLOCK,
                atOnce,
                block -> {
                    Work work = works.get();
                    int end = Math.min(of.size(), (block + 1) * BLOCK);
                    of.subList(block * BLOCK, end).forEach(k -> body.accept(work, k));
                });
    }

    /** Returns one frame of any kind of whole numbers: grey, colours, palette indices, bits. */
    static Samples stored(Frame frame) {
        try (FrameReader reader = FrameReader.open(frame.file())) {
            if (frame.file().pixels().keyword() != Keyword.PixelData) {
                throw frame.values()
                        .bad(
                                frame.file().pixels().keyword(),
                                "holds no whole numbers, which are needed");
            }
            PixelFormat format = PixelFormat.of(frame);
            Shape shape = format.shape();
            if (!frame.file().pixels().encapsulated()) {
                reader.require((frame.index() * format.bits() + format.bits() + 7) / 8);
            }
            atOnce(frame, 0, reader.memory(frame.index(), format));
            int[] cells = new int[shape.length()];
            reader.cells(frame.index(), format, cells);
            format.extract(cells);
            return new Samples(
                    shape.columns(),
                    shape.rows(),
                    shape.samples(),
                    format.stored(),
                    format.signed(),
                    format.colours(),
                    cells);
        }
    }

    /** Returns how many frames may be worked on at once; at least one must fit. */
    private static int atOnce(Frame any, long result, long each) {
        Room.need(any.name(), (double) result + each);
        long half = Runtime.getRuntime().maxMemory() / 2;
        return (int) Math.max(1, Math.min(1 << 16, (half - result) / Math.max(1, each)));
    }

    /** Checks what can be checked before anything is allocated; returns the bytes of decoding. */
    private static long check(Frame frame, FrameReader reader) {
        DataSet v = frame.values();
        Keyword pixels = frame.file().pixels().keyword();
        if (pixels != Keyword.PixelData) {
            long width = pixels == Keyword.FloatPixelData ? 4 : 8;
            long bytes =
                    width
                            * v.integer(Keyword.Columns, 1, 65535)
                            * v.integer(Keyword.Rows, 1, 65535);
            reader.require((frame.index() + 1) * bytes);
            if (bytes > Integer.MAX_VALUE - 8) {
                throw v.bad(pixels, "has frames of " + bytes + " bytes, which is too large");
            }
            return bytes;
        }
        PixelFormat format = PixelFormat.of(frame);
        if (!format.grey()) {
            throw v.bad(
                    Keyword.PhotometricInterpretation,
                    "is \""
                            + format.colours()
                            + "\" with "
                            + format.shape().samples()
                            + " samples, only grey makes a volume. A single colour file is read as"
                            + " a picture: give its own path");
        }
        if (!frame.file().pixels().encapsulated()) {
            reader.require(((frame.index() + 1) * format.bits() + 7) / 8);
        }
        return reader.memory(frame.index(), format);
    }

    /** Reads slices one after the other with the same buffers. */
    private static final class Slices {
        private final int plane;
        private int[] cells;
        private ByteBuffer buffer = ByteBuffer.allocate(0);

        Slices(int plane) {
            this.plane = plane;
        }

        void slice(FrameReader reader, Frame frame, float[] out, int at) {
            PixelData pixels = frame.file().pixels();
            if (pixels.keyword() != Keyword.PixelData) {
                real(reader, frame, out, at);
                return;
            }
            PixelFormat format = PixelFormat.of(frame);
            if (!pixels.encapsulated() && format.shape().bitsAllocated() == 16) {
                fill(reader, 2 * plane, frame.index());
                shorts(buffer.order(format.order()), format, out, at);
                return;
            }
            if (cells == null) {
                cells = new int[plane];
            }
            reader.cells(frame.index(), format, cells);
            format.extract(cells);
            for (int n = 0; n < plane; n++) {
                out[at + n] = format.wide() ? cells[n] & 0xFFFFFFFFL : cells[n];
            }
        }

        private void fill(FrameReader reader, int bytes, int index) {
            if (buffer.capacity() < bytes) {
                buffer = ByteBuffer.allocate(bytes);
            }
            reader.fill(buffer.clear().limit(bytes), (long) index * bytes);
        }

        private void real(FrameReader reader, Frame frame, float[] out, int at) {
            ByteOrder order = frame.file().syntax().order();
            boolean single = frame.file().pixels().keyword() == Keyword.FloatPixelData;
            fill(reader, (single ? 4 : 8) * plane, frame.index());
            buffer.order(order);
            for (int n = 0; n < plane; n++) {
                out[at + n] = single ? buffer.getFloat(4 * n) : (float) buffer.getDouble(8 * n);
                if (Float.isInfinite(out[at + n])) {
                    throw frame.bad(
                            "a pixel is infinite or too large for a 32-bit float. Write NaN where"
                                    + " nothing was measured.");
                }
            }
        }

        private void shorts(ByteBuffer in, PixelFormat format, float[] out, int at) {
            ShortBuffer shorts = in.asShortBuffer();
            short[] row = new short[ROW];
            int up = 31 - format.highBit();
            int down = 32 - format.stored();
            for (int done = 0; done < plane; done += ROW) {
                int part = Math.min(ROW, plane - done);
                shorts.get(row, 0, part);
                if (format.signed()) {
                    signed(row, part, up, down, out, at + done);
                } else {
                    unsigned(row, part, up, down, out, at + done);
                }
            }
        }
    }

    private static void signed(short[] row, int count, int up, int down, float[] out, int at) {
        for (int n = 0; n < count; n++) {
            out[at + n] = row[n] << up >> down;
        }
    }

    private static void unsigned(short[] row, int count, int up, int down, float[] out, int at) {
        for (int n = 0; n < count; n++) {
            out[at + n] = row[n] << up >>> down;
        }
    }
}
