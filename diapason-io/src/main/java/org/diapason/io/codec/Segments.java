package org.diapason.io.codec;

import org.diapason.volume.DataException;

/** Walks the marker segments of a JPEG family stream (ITU-T T.81 annex B, T.87 annex C). */
final class Segments {
    static final int SOI = 0xD8;
    static final int EOI = 0xD9;
    static final int SOS = 0xDA;
    static final int DQT = 0xDB;
    static final int DHT = 0xC4;
    static final int DRI = 0xDD;
    static final int APP8 = 0xE8;

    final byte[] in;
    private final String format;
    private int at;
    private int end;

    /** Starts after the start-of-image marker. */
    Segments(byte[] in, String format) {
        this.in = in;
        this.format = format;
        if (in.length < 4 || (in[0] & 0xFF) != 0xFF || (in[1] & 0xFF) != SOI) {
            throw bad("the frame does not begin with the marker FFD8.");
        }
        at = 2;
    }

    /** Goes to the next marker and returns its low byte; the body of its segment can be read. */
    int next() {
        while (at + 1 < in.length) {
            if ((in[at] & 0xFF) != 0xFF) {
                throw bad("a marker was expected at byte " + at + " of the frame.");
            }
            int marker = in[at + 1] & 0xFF;
            if (marker == 0xFF) {
                at++;
                continue;
            }
            at += 2;
            if (marker == EOI || marker == SOI || marker >= 0xD0 && marker <= 0xD7) {
                end = at;
                return marker;
            }
            if (at + 2 > in.length) {
                break;
            }
            int length = (in[at] & 0xFF) << 8 | in[at + 1] & 0xFF;
            end = at + length;
            at += 2;
            if (length < 2 || end > in.length) {
                throw bad(
                        "the segment at byte "
                                + (at - 4)
                                + " of the frame says it has "
                                + length
                                + " bytes, "
                                + (in.length - at + 2)
                                + " are left.");
            }
            return marker;
        }
        throw bad("the frame ends before its picture is complete.");
    }

    /** Leaves what is not read of the current segment. */
    void skip() {
        at = end;
    }

    /** Returns the bytes left in the current segment. */
    int left() {
        return end - at;
    }

    int u8() {
        if (at >= end) {
            throw bad("a segment ends early at byte " + at + " of the frame.");
        }
        return in[at++] & 0xFF;
    }

    int u16() {
        int high = u8();
        return high << 8 | u8();
    }

    /** Returns where the entropy-coded data after this segment begin. */
    int scanStart() {
        return end;
    }

    /** Goes on at a marker behind entropy-coded data. */
    void resume(int position) {
        at = position;
        end = position;
    }

    DataException bad(String what) {
        return new DataException(format + ": " + what);
    }
}
