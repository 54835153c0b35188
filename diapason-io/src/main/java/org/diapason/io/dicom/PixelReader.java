package org.diapason.io.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.diapason.io.InputFile;
import org.diapason.io.Room;
import org.diapason.math.Parallel;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;

/** Reads the stored numbers of single-frame, uncompressed, one-channel images into one plane. */
final class PixelReader {
    private static final int BLOCK = 8;
    private static final int ROW = 4096;

    private PixelReader() {}

    /** How the numbers of one file are packed (PS3.5 section 8.1.1). */
    private record Format(int allocated, int stored, int highBit, boolean signed, ByteOrder order) {
        static Format of(Frame frame) {
            DataSet v = frame.values();
            String colours = v.text(Keyword.PhotometricInterpretation).orElse("MONOCHROME2");
            int samples = v.integer(Keyword.SamplesPerPixel, 1, 65535, 1);
            if (samples != 1 || !colours.startsWith("MONOCHROME")) {
                throw v.bad(
                        Keyword.PhotometricInterpretation,
                        "is \"" + colours + "\" with " + samples + " samples, only grey is read");
            }
            int allocated = v.integer(Keyword.BitsAllocated, 1, 64);
            if (allocated != 8 && allocated != 16 && allocated != 32) {
                throw v.bad(Keyword.BitsAllocated, "is " + allocated + ", 8, 16 or 32 are read");
            }
            int stored = v.integer(Keyword.BitsStored, 1, allocated, allocated);
            int highBit = v.integer(Keyword.HighBit, stored - 1, allocated - 1, stored - 1);
            ByteOrder order = frame.file().syntax().order();
            if (allocated == 8 && order == ByteOrder.BIG_ENDIAN) {
                throw v.bad(Keyword.BitsAllocated, "is 8 in a big-endian file, which is not read");
            }
            boolean signed = v.integer(Keyword.PixelRepresentation, 0, 1) == 1;
            return new Format(allocated, stored, highBit, signed, order);
        }
    }

    /**
     * Returns the values of all slices, i fastest, decoded in parallel.
     *
     * @throws DataException if a file holds fewer pixels than it says; checked before allocation
     */
    static float[] read(List<Frame> frames, Geometry geometry) {
        int plane = geometry.ni() * geometry.nj();
        Format[] formats = new Format[frames.size()];
        int largest = 0;
        for (int k = 0; k < formats.length; k++) {
            formats[k] = Format.of(frames.get(k));
            long bytes = (long) plane * (formats[k].allocated / 8);
            Frame frame = frames.get(k);
            long needed = (frame.index() + 1) * bytes;
            if (frame.file().pixelLength() < needed || bytes > Integer.MAX_VALUE - 8) {
                throw frame.values()
                        .bad(
                                Keyword.PixelData,
                                "has "
                                        + frame.file().pixelLength()
                                        + " bytes, "
                                        + needed
                                        + " are needed");
            }
            largest = Math.max(largest, (int) bytes);
        }
        Room.need(frames.get(0).name(), 4.0 * geometry.voxels());
        float[] values = new float[geometry.voxels()];
        int most = largest;
        Parallel.forEach(
                (formats.length + BLOCK - 1) / BLOCK,
                block -> {
                    ByteBuffer buffer = ByteBuffer.allocate(most);
                    int end = Math.min(formats.length, (block + 1) * BLOCK);
                    for (int k = block * BLOCK; k < end; k++) {
                        buffer.clear().limit(plane * (formats[k].allocated / 8));
                        fill(frames.get(k), buffer);
                        decode(buffer, formats[k], values, k * plane, plane);
                    }
                });
        return values;
    }

    private static void fill(Frame frame, ByteBuffer buffer) {
        DicomFile file = frame.file();
        long start = file.pixelOffset() + (long) frame.index() * buffer.limit();
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, start + buffer.position()) < 0) {
                    throw file.bad("became shorter while it was read.");
                }
            }
        } catch (IOException e) {
            throw InputFile.unreadable(file.path(), e);
        }
        buffer.flip();
    }

    private static void decode(ByteBuffer in, Format f, float[] out, int at, int count) {
        in.order(f.order);
        if (f.allocated == 16) {
            ShortBuffer shorts = in.asShortBuffer();
            short[] row = new short[ROW];
            for (int done = 0; done < count; done += ROW) {
                int part = Math.min(ROW, count - done);
                shorts.get(row, 0, part);
                decode(row, f, out, at + done, part);
            }
            return;
        }
        int up = 31 - f.highBit;
        int down = 32 - f.stored;
        for (int n = 0; n < count; n++) {
            int raw = (f.allocated == 8 ? in.get(n) : in.getInt(4 * n)) << up;
            out[at + n] = f.signed ? raw >> down : (raw >>> down) & 0xFFFFFFFFL;
        }
    }

    /** Shifts the high bit to the top and back down, which takes overlays out and sets the sign. */
    private static void decode(short[] row, Format f, float[] out, int at, int count) {
        int up = 31 - f.highBit;
        int down = 32 - f.stored;
        if (f.signed) {
            for (int n = 0; n < count; n++) {
                out[at + n] = row[n] << up >> down;
            }
        } else {
            for (int n = 0; n < count; n++) {
                out[at + n] = row[n] << up >>> down;
            }
        }
    }
}
