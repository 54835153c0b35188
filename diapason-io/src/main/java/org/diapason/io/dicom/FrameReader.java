package org.diapason.io.dicom;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.diapason.io.codec.Codec;
import org.diapason.io.codec.Shape;
import org.diapason.volume.DataException;

/** Reads frames of one file into cells; keeps the file open and its fragments in mind. */
final class FrameReader implements Closeable {
    private final DicomFile file;
    private final Source source;
    private final Fragments fragments;

    private FrameReader(DicomFile file, Source source, Fragments fragments) {
        this.file = file;
        this.source = source;
        this.fragments = fragments;
    }

    /**
     * Opens a file that has pixels in a syntax that is read.
     *
     * @throws DataException if it has none
     */
    static FrameReader open(DicomFile file) {
        file.syntax()
                .refusal()
                .ifPresent(
                        reason -> {
                            throw file.bad(reason);
                        });
        PixelData pixels = file.pixels();
        if (!pixels.there()) {
            throw file.bad("holds no pixels.");
        }
        boolean compressed = file.syntax().codec().isPresent();
        if (compressed != pixels.encapsulated()) {
            throw file.bad(
                    "its transfer syntax is "
                            + file.syntax().label()
                            + ", but its pixel data are "
                            + (compressed ? "not " : "")
                            + "in fragments. Export it again.");
        }
        Source source = Source.open(file);
        try {
            return new FrameReader(file, source, compressed ? Fragments.of(file, source) : null);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /** Says whether this reads a file. */
    boolean reads(DicomFile other) {
        return file == other;
    }

    /** Returns about how many bytes it takes to decode a frame, its samples as ints included. */
    long memory(int frame, PixelFormat format) {
        return fragments == null
                ? format.bits() / 8 + 4L * format.shape().length()
                : fragments.bytes(frame) + codec().memory(format.shape());
    }

    private Codec codec() {
        return file.syntax().codec().orElseThrow();
    }

    /** Reads the cells of a frame, channels beside each other. */
    void cells(int frame, PixelFormat format, int[] out) {
        if (fragments == null) {
            plain(frame, format, out);
            return;
        }
        byte[] bytes = fragments.frame(source, frame);
        try {
            codec().decode(bytes, format.shape(), out);
        } catch (DataException e) {
            throw new DataException(
                    file.name() + ", frame " + (frame + 1) + ": " + e.getMessage(), e);
        }
    }

    private void plain(int frame, PixelFormat format, int[] out) {
        Shape shape = format.shape();
        if (shape.bitsAllocated() == 1) {
            long bit = frame * format.bits();
            ByteBuffer in = bytes(bit / 8, (bit % 8 + format.bits() + 7) / 8, format);
            for (int n = 0, b = (int) (bit % 8); n < shape.length(); n++, b++) {
                out[n] = in.get(b >> 3) >> (b & 7) & 1;
            }
            return;
        }
        long length = format.bits() / 8;
        ByteBuffer in = bytes(frame * length, length, format);
        if (format.subsampled()) {
            for (int p = 0; p < shape.pixels(); p++) {
                out[3 * p] = cell(in, 4 * (p / 2) + p % 2, shape);
                out[3 * p + 1] = cell(in, 4 * (p / 2) + 2, shape);
                out[3 * p + 2] = cell(in, 4 * (p / 2) + 3, shape);
            }
        } else if (format.planar()) {
            for (int c = 0, n = 0; c < shape.samples(); c++) {
                for (int at = c; at < shape.length(); at += shape.samples(), n++) {
                    out[at] = cell(in, n, shape);
                }
            }
        } else {
            for (int n = 0; n < shape.length(); n++) {
                out[n] = cell(in, n, shape);
            }
        }
    }

    private static int cell(ByteBuffer in, int n, Shape shape) {
        return switch (shape.bitsAllocated()) {
            case 8 -> in.get(n) & 0xFF;
            case 16 -> in.getShort(2 * n) & 0xFFFF;
            default -> in.getInt(4 * n);
        };
    }

    /** Returns bytes of the pixel data in the order of their numbers. */
    ByteBuffer bytes(long from, long length, PixelFormat format) {
        if (!format.swapped()) {
            return bytes(from, length).order(format.order());
        }
        long even = from - from % 2;
        long end = from + length + (from + length) % 2;
        ByteBuffer words = bytes(even, end - even);
        for (int n = 0; n + 1 < words.limit(); n += 2) {
            words.putShort(n, Short.reverseBytes(words.getShort(n)));
        }
        return words.position((int) (from - even)).slice().order(ByteOrder.BIG_ENDIAN);
    }

    private ByteBuffer bytes(long from, long length) {
        require(from + length);
        ByteBuffer buffer = ByteBuffer.allocate((int) length);
        source.read(buffer, file.pixels().offset() + from);
        return buffer.flip();
    }

    /** Fills a buffer with bytes of the pixel data as they stand there. */
    void fill(ByteBuffer buffer, long from) {
        source.read(buffer, file.pixels().offset() + from);
        buffer.flip();
    }

    /** Refuses pixel data shorter than this. */
    void require(long length) {
        if (file.pixels().length() < length) {
            throw file.values()
                    .bad(
                            file.pixels().keyword(),
                            "has " + file.pixels().length() + " bytes, " + length + " are needed");
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
