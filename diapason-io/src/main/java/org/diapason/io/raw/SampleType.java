package org.diapason.io.raw;

import java.nio.ByteBuffer;

/** The types of numbers in image files. */
public enum SampleType {
    INT8(1),
    UINT8(1),
    INT16(2),
    UINT16(2),
    INT32(4),
    UINT32(4),
    INT64(8),
    UINT64(8),
    FLOAT32(4),
    FLOAT64(8);

    private final int bytes;

    SampleType(int bytes) {
        this.bytes = bytes;
    }

    /** Returns the bytes of one number. */
    public int bytes() {
        return bytes;
    }

    /** Returns the number that stands at a byte of the buffer, in the buffer's order. */
    double at(ByteBuffer in, int at) {
        return switch (this) {
            case INT8 -> in.get(at);
            case UINT8 -> in.get(at) & 0xFF;
            case INT16 -> in.getShort(at);
            case UINT16 -> in.getShort(at) & 0xFFFF;
            case INT32 -> in.getInt(at);
            case UINT32 -> in.getInt(at) & 0xFFFFFFFFL;
            case INT64 -> in.getLong(at);
            case UINT64 -> unsigned(in.getLong(at));
            case FLOAT32 -> in.getFloat(at);
            case FLOAT64 -> in.getDouble(at);
        };
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : 2.0 * ((bits >>> 1) | (bits & 1));
    }
}
