package org.diapason.io.codec;

import java.util.Arrays;
import org.diapason.volume.DataException;

/**
 * RLE Lossless (DICOM PS3.5, annex G): the bytes of a frame in planes, each packed by runs.
 *
 * <p>A plane holds one byte of one sample of all pixels, the most significant byte first. With one
 * bit allocated the only plane holds eight pixels in a byte.
 */
final class Rle implements FrameDecoder {
    private static final int HEADER = 64;
    private static final int MOST_SEGMENTS = 15;

    @Override
    public void decode(byte[] frame, Shape shape, int[] out) {
        if (frame.length < HEADER) {
            throw new DataException(
                    "RLE: the header needs 64 bytes, the frame has " + frame.length + ".");
        }
        int bytes = Math.max(1, shape.bitsAllocated() / 8);
        int wanted = shape.samples() * bytes;
        int segments = int32(frame, 0);
        if (segments != wanted || wanted > MOST_SEGMENTS) {
            throw new DataException(
                    "RLE: the header announces "
                            + Integer.toUnsignedString(segments)
                            + " segments, "
                            + wanted
                            + " are needed for "
                            + shape.samples()
                            + " samples of "
                            + shape.bitsAllocated()
                            + " bits.");
        }
        boolean packed = shape.bitsAllocated() == 1;
        int length = packed ? (shape.length() + 7) / 8 : shape.pixels();
        byte[] plane = new byte[length];
        Arrays.fill(out, 0, shape.length(), 0);
        for (int s = 0; s < segments; s++) {
            int from = int32(frame, 4 + 4 * s);
            int to = s + 1 < segments ? int32(frame, 8 + 4 * s) : frame.length;
            if (from < HEADER || to < from || to > frame.length) {
                throw new DataException(
                        "RLE: segment " + (s + 1) + " does not lie within the frame's bytes.");
            }
            unpack(frame, from, to, plane, s);
            if (packed) {
                bits(plane, out, shape.length());
            } else {
                int shift = 8 * (bytes - 1 - s % bytes);
                spread(plane, out, s / bytes, shape.samples(), shift);
            }
        }
    }

    private static void unpack(byte[] in, int from, int to, byte[] plane, int segment) {
        int at = from;
        int filled = 0;
        while (filled < plane.length) {
            int code = at < to ? in[at++] : Byte.MIN_VALUE;
            int count = code >= 0 ? code + 1 : 1 - code;
            if (code == Byte.MIN_VALUE && at < to) {
                continue;
            }
            int needed = code >= 0 ? count : 1;
            if (code == Byte.MIN_VALUE || to - at < needed || plane.length - filled < count) {
                throw new DataException(
                        "RLE: segment "
                                + (segment + 1)
                                + " holds "
                                + (code == Byte.MIN_VALUE || to - at < needed ? "less" : "more")
                                + " than the "
                                + plane.length
                                + " bytes of its plane.");
            }
            if (code >= 0) {
                System.arraycopy(in, at, plane, filled, count);
            } else {
                Arrays.fill(plane, filled, filled + count, in[at]);
            }
            at += needed;
            filled += count;
        }
    }

    private static void spread(byte[] plane, int[] out, int first, int step, int shift) {
        for (int n = 0, at = first; n < plane.length; n++, at += step) {
            out[at] |= (plane[n] & 0xFF) << shift;
        }
    }

    private static void bits(byte[] plane, int[] out, int count) {
        for (int n = 0; n < count; n++) {
            out[n] = plane[n >> 3] >> (n & 7) & 1;
        }
    }

    private static int int32(byte[] in, int at) {
        return in[at] & 0xFF
                | (in[at + 1] & 0xFF) << 8
                | (in[at + 2] & 0xFF) << 16
                | in[at + 3] << 24;
    }
}
