package org.diapason.io.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.diapason.volume.DataException;

/**
 * One of the three tables that turn the numbers of a PALETTE COLOR image into colours (PS3.3
 * C.7.6.3.1.5 and .6), written in full or in segments (C.7.9.2).
 *
 * @param first the number that has the first colour
 * @param bits bits of a colour, 8 or 16
 * @param entries the colours; kept, do not write to it afterwards
 */
record Palette(int first, int bits, int[] entries) {
    private static final int DISCRETE = 0;
    private static final int LINEAR = 1;
    private static final int INDIRECT = 2;

    /**
     * Reads a table.
     *
     * @param data where it stands in full
     * @param segmented where it stands in segments; asked where the other is absent
     * @throws DataException if it is absent, or of another length than its descriptor says
     */
    static Palette of(Frame frame, Keyword descriptor, Keyword data, Keyword segmented) {
        DataSet v = frame.values();
        double[] d = v.numbers(descriptor, 3);
        int count = d[0] == 0 ? 1 << 16 : (int) d[0] & 0xFFFF;
        boolean signed = v.integer(Keyword.PixelRepresentation, 0, 1) == 1;
        int first = signed ? (short) (int) d[1] : (int) d[1] & 0xFFFF;
        if (d[2] != 8 && d[2] != 16) {
            throw v.bad(descriptor, "has entries of " + (int) d[2] + " bits, 8 or 16 are read");
        }
        int bits = (int) d[2];
        DataSet.Element full = v.element(data.tag()).orElse(null);
        if (full != null) {
            return new Palette(first, bits, full(v, data, full, count, bits));
        }
        DataSet.Element pieces = v.element(segmented.tag()).orElse(null);
        if (pieces == null) {
            throw v.bad(data, "is missing, the palette needs it");
        }
        int[] numbers = numbers(pieces, bits == 16, pieces.bytes().length / (bits / 8));
        return new Palette(
                first, bits, new Segments(v, segmented, numbers, bits == 16, count).expanded());
    }

    private static int[] full(DataSet v, Keyword data, DataSet.Element e, int count, int bits) {
        int length = e.bytes().length;
        boolean words = length == 2 * count;
        if (!words && (bits != 8 || length != count + count % 2)) {
            throw v.bad(data, "has " + length + " bytes, " + 2 * count + " were expected");
        }
        return numbers(e, words, count);
    }

    /** Returns numbers of two bytes or one; single bytes in big-endian words change places. */
    private static int[] numbers(DataSet.Element e, boolean words, int count) {
        ByteBuffer in = ByteBuffer.wrap(e.bytes()).order(e.order());
        boolean swapped = e.order() == ByteOrder.BIG_ENDIAN && !e.vr().equals("OB");
        int[] numbers = new int[count];
        for (int n = 0; n < count; n++) {
            int at = swapped && (n ^ 1) < in.limit() ? n ^ 1 : n;
            numbers[n] = words ? in.getShort(2 * n) & 0xFFFF : in.get(at) & 0xFF;
        }
        return numbers;
    }

    /** Numbers below the first entry have its colour, those behind the last have the last's. */
    int colour(int stored) {
        long at = (long) stored - first;
        return entries[(int) Math.max(0, Math.min(entries.length - 1, at))];
    }

    /** Segments of a table (PS3.3 C.7.9.2): runs, ramps, and repeats of earlier segments. */
    private static final class Segments {
        private final DataSet values;
        private final Keyword keyword;
        private final int[] in;
        private final boolean words;
        private final int[] out;
        private int filled;

        Segments(DataSet values, Keyword keyword, int[] in, boolean words, int count) {
            this.values = values;
            this.keyword = keyword;
            this.in = in;
            this.words = words;
            this.out = new int[count];
        }

        int[] expanded() {
            for (int at = 0; filled < out.length; ) {
                at = segment(at, true);
            }
            return out;
        }

        /** Expands the segment that begins at a number, and returns where the next one begins. */
        private int segment(int at, boolean mayRepeat) {
            int kind = number(at);
            int length = number(at + 1);
            if (kind > (mayRepeat ? INDIRECT : LINEAR)
                    || length == 0
                    || kind != DISCRETE && filled == 0) {
                throw values.bad(keyword, "has a segment that means nothing, at number " + at);
            }
            if (kind == DISCRETE) {
                for (int n = 0; n < length; n++) {
                    put(number(at + 2 + n));
                }
                return at + 2 + length;
            }
            if (kind == LINEAR) {
                int from = out[filled - 1];
                int rise = number(at + 2) - from;
                for (int n = 1; n <= length; n++) {
                    put((int) Math.rint(from + rise * (double) n / length));
                }
                return at + 3;
            }
            long from = number(at + 2) | (long) number(at + 3) << 16;
            if (!words) {
                from = number(at + 2) | number(at + 3) << 8 | number(at + 4) << 16;
                from |= (long) number(at + 5) << 24;
            }
            int repeated = (int) Math.min(in.length, words ? from / 2 : from);
            for (int n = 0; n < length; n++) {
                repeated = segment(repeated, false);
            }
            return at + (words ? 4 : 6);
        }

        private int number(int at) {
            if (at >= in.length) {
                throw values.bad(
                        keyword, "ends after " + filled + " colours of " + out.length + " stated");
            }
            return in[at];
        }

        private void put(int colour) {
            if (filled == out.length) {
                throw values.bad(keyword, "has more than the " + filled + " colours stated");
            }
            out[filled++] = colour;
        }
    }
}
