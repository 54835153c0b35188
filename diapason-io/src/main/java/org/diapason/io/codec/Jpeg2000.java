package org.diapason.io.codec;

import java.util.Arrays;
import org.diapason.io.Room;
import org.diapason.volume.DataException;

/**
 * JPEG 2000, part 1 (ITU-T T.800): checks the codestream's own account of itself, then lets {@link
 * Jj2000} decode it.
 *
 * <p>Checked before the library is called: size, components, precision and tiles of the header, and
 * that every tile part lies within the frame, because the library decodes what is left of a
 * truncated stream without a word. Where the parts of a tile are more than it announces, which some
 * writers do, the number is set right, because the library leaves the rest out.
 */
final class Jpeg2000 implements FrameDecoder {
    private static final int SOC = 0xFF4F;
    private static final int SIZ = 0xFF51;
    private static final int PPM = 0xFF60;
    private static final int PPT = 0xFF61;
    private static final int COD = 0xFF52;
    private static final int SOT = 0xFF90;
    private static final int SOD = 0xFF93;
    private static final int EOC = 0xFFD9;
    private static final int MOST_TILES = 65535;

    /** Bytes that the library keeps for a code block, and for a code block of each layer. */
    private static final int BLOCK = 300;

    private static final int BLOCK_OF_LAYER = 20;

    @Override
    public void decode(byte[] frame, Shape shape, int[] out) {
        byte[] stream = codestream(frame);
        header(stream, shape);
        tileParts(stream, shape);
        Jj2000.decode(stream, shape, out);
    }

    /** Takes the codestream out of a JP2 file, which some writers put into DICOM. */
    private static byte[] codestream(byte[] frame) {
        int at = 0;
        boolean wrapped = frame.length >= 12 && int32(frame, 4) == 0x6A502020;
        while (wrapped && at + 8 <= frame.length) {
            long length = int32(frame, at) & 0xFFFFFFFFL;
            if (int32(frame, at + 4) == 0x6A703263) {
                return Arrays.copyOfRange(frame, at + 8, frame.length);
            }
            if (length < 8 || length > frame.length - at) {
                break;
            }
            at += (int) length;
        }
        if (wrapped || frame.length < 4 || int16(frame, 0) != SOC || int16(frame, 2) != SIZ) {
            throw bad("the frame does not begin with the markers FF4F and FF51.");
        }
        return frame.clone();
    }

    private static void header(byte[] in, Shape shape) {
        int components = in.length < 42 ? 0 : int16(in, 40);
        if (components < 1
                || int16(in, 4) != 38 + 3 * components
                || in.length < 42 + 3 * components) {
            throw bad("the header is shorter than it says.");
        }
        long width = u32(in, 8) - u32(in, 16);
        long height = u32(in, 12) - u32(in, 20);
        int precision = 0;
        for (int c = 0; c < components; c++) {
            precision = Math.max(precision, (in[42 + 3 * c] & 0x7F) + 1);
            if (in[43 + 3 * c] != 1 || in[44 + 3 * c] != 1) {
                throw bad("component " + (c + 1) + " is subsampled, which is not read.");
            }
        }
        shape.require("JPEG 2000", clamp(width), clamp(height), components, precision);
        long tileWidth = u32(in, 24);
        long tileHeight = u32(in, 28);
        if (tileWidth == 0 || tileHeight == 0) {
            throw bad("its tiles have no size.");
        }
        long across = (u32(in, 8) - u32(in, 32) + tileWidth - 1) / tileWidth;
        long down = (u32(in, 12) - u32(in, 36) + tileHeight - 1) / tileHeight;
        if (across < 1 || down < 1 || across > MOST_TILES || across * down > MOST_TILES) {
            throw bad(across + " × " + down + " tiles are more than a codestream can hold.");
        }
    }

    private static int clamp(long value) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, value));
    }

    /**
     * Walks main header and tile parts to the end-of-codestream marker, or the end of the bytes.
     */
    private static void tileParts(byte[] in, Shape shape) {
        int at = segments(in, 2, SOT, shape);
        int[] parts = new int[MOST_TILES + 1];
        int from = at;
        int all = 0;
        while (at + 12 <= in.length && int16(in, at) == SOT) {
            long length = u32(in, at + 6);
            parts[int16(in, at + 4)]++;
            all++;
            if (length == 0) {
                // the last part may leave its length open: it ends with the codestream
                length = in.length - at;
            }
            if (length < 14 || length > in.length - at) {
                throw bad(
                        "tile part "
                                + all
                                + " says it has "
                                + length
                                + " bytes, "
                                + (in.length - at)
                                + " are left.");
            }
            segments(in, at + 12, SOD, shape);
            at += (int) length;
        }
        boolean ended = at + 2 <= in.length && int16(in, at) == EOC;
        boolean padding = at >= in.length - 1;
        if (all == 0 || !ended && !padding) {
            throw bad("a tile part was expected at byte " + at + " of the frame.");
        }
        correct(in, from, all, parts);
    }

    /** Walks a header to the marker that ends it; returns where that stands. */
    private static int segments(byte[] in, int from, int end, Shape shape) {
        int at = from;
        while (at + 4 <= in.length && int16(in, at) != end) {
            int length = int16(in, at + 2);
            if (in[at] != (byte) 0xFF || length < 2) {
                throw bad("a marker was expected at byte " + at + " of the frame.");
            }
            if (int16(in, at) == PPM || int16(in, at) == PPT) {
                throw bad("its packet headers are packed apart (PPM or PPT), which is not read.");
            }
            if (int16(in, at) == COD && at + 12 <= in.length) {
                requireRoom(in, at, shape);
            }
            at += 2 + length;
        }
        return at;
    }

    /** Refuses more layers of code blocks than the library could hold (A.6.1). */
    private static void requireRoom(byte[] in, int cod, Shape shape) {
        int layers = int16(in, cod + 6);
        int area = 4 + (in[cod + 10] & 15) + (in[cod + 11] & 15);
        double blocks = Math.max(1, shape.length() / (double) (1L << area));
        Room.need("JPEG 2000", blocks * (BLOCK + (double) BLOCK_OF_LAYER * layers));
    }

    private static void correct(byte[] in, int from, int all, int[] parts) {
        int at = from;
        for (int n = 0; n < all; n++) {
            int tile = int16(in, at + 4);
            if (parts[tile] < 256 && (in[at + 11] & 0xFF) < parts[tile]) {
                in[at + 11] = (byte) parts[tile];
            }
            at += int32(in, at + 6);
        }
    }

    private static int int16(byte[] in, int at) {
        return (in[at] & 0xFF) << 8 | in[at + 1] & 0xFF;
    }

    private static int int32(byte[] in, int at) {
        return int16(in, at) << 16 | int16(in, at + 2);
    }

    private static long u32(byte[] in, int at) {
        return int32(in, at) & 0xFFFFFFFFL;
    }

    private static DataException bad(String what) {
        return new DataException("JPEG 2000: " + what);
    }
}
