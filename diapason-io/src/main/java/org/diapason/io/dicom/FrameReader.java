package org.diapason.io.dicom;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.diapason.io.codec.Codec;
import org.diapason.io.codec.Shape;
import org.diapason.volume.DataException;

/**
 * Reads frames of one file into cells, on any number of threads; keeps the file open from the first
 * frame on, and its fragments in mind.
 */
final class FrameReader implements Closeable {
    private final DicomFile file;
    private Source source;
    private Fragments fragments;

    private FrameReader(DicomFile file) {
        this.file = file;
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
        FrameReader reader = new FrameReader(file);
        if (compressed) {
            try {
                reader.fragments = Fragments.of(file, reader.source());
            } catch (RuntimeException e) {
                reader.close();
                throw e;
            }
        }
        return reader;
    }

    /** Returns the file's bytes, opened (and inflated) by whichever thread asks first. */
    synchronized Source source() {
        if (source == null) {
            source = Source.open(file);
        }
        return source;
    }

    /** Returns about how many bytes it takes to decode a frame, its samples as ints included. */
    long memory(int frame, PixelFormat format) {
        PixelData pixels = file.pixels();
        long inflated = file.syntax().deflated() ? 2 * (pixels.offset() + pixels.length()) : 0;
        return fragments == null
                ? inflated + format.bits() / 8 + 4L * format.shape().length()
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
        byte[] bytes = fragments.frame(source(), frame);
        try {
            codec().decode(bytes, format.shape(), out);
        } catch (DataException e) {
            throw new DataException(
                    file.name() + ", frame " + (frame + 1) + ": " + e.getMessage(), e);
        }
    }

    private void plain(int frame, PixelFormat format, int[] out) {
        Shape shape = format.shape();
        if (shape.bitsAllocated() % 8 != 0) {
            packed(frame, format, out);
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

    /** Takes cells of 1 or 12 bits one after the other, the lowest bit of each byte first. */
    private void packed(int frame, PixelFormat format, int[] out) {
        Shape shape = format.shape();
        int width = shape.bitsAllocated();
        long bit = frame * format.bits();
        ByteBuffer in = bytes(bit / 8, (bit % 8 + format.bits() + 7) / 8, format);
        long at = bit % 8;
        for (int n = 0; n < out.length; n++, at += width) {
            int low = (int) (at >> 3);
            int pair = in.get(low) & 0xFF;
            if ((at & 7) + width > 8) {
                pair |= (in.get(low + 1) & 0xFF) << 8;
            }
            out[n] = pair >> (at & 7) & (1 << width) - 1;
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
        source().read(buffer, file.pixels().offset() + from);
        return buffer.flip();
    }

    /** Fills a buffer with bytes of the pixel data as they stand there. */
    void fill(ByteBuffer buffer, long from) {
        source().read(buffer, file.pixels().offset() + from);
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
    public synchronized void close() {
        if (source != null) {
            source.close();
        }
    }
}
