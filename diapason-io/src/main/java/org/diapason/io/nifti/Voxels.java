package org.diapason.io.nifti;

import java.nio.ByteBuffer;

/** Turns stored voxels of any NIfTI-1 type into scaled floats. */
final class Voxels {
    private Voxels() {}

    /** Decodes {@code count} voxels from the start of {@code in} to {@code out} at {@code from}. */
    static void decode(ByteBuffer in, NiftiHeader header, float[] out, int from, int count) {
        double slope = header.slope();
        double intercept = header.intercept();
        boolean scaled = slope != 1 || intercept != 0;
        int width = header.width();
        int type = header.type();
        for (int n = 0; n < count; n++) {
            double stored = stored(in, type, n * width);
            out[from + n] = (float) (scaled ? stored * slope + intercept : stored);
        }
        for (int n = from; n < from + count; n++) {
            if (Float.isInfinite(out[n])) {
                throw NiftiHeader.bad(
                        header.file(),
                        header.offset() + (long) n * width,
                        "a voxel is infinite or too large for a float. Write the image again with"
                                + " NaN where nothing was measured.");
            }
        }
    }

    private static double stored(ByteBuffer in, int type, int at) {
        return switch (type) {
            case 2 -> in.get(at) & 0xFF;
            case 256 -> in.get(at);
            case 4 -> in.getShort(at);
            case 512 -> in.getShort(at) & 0xFFFF;
            case 8 -> in.getInt(at);
            case 768 -> in.getInt(at) & 0xFFFFFFFFL;
            case 16 -> in.getFloat(at);
            case 64 -> in.getDouble(at);
            case 1024 -> in.getLong(at);
            default -> unsigned(in.getLong(at));
        };
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : 2.0 * ((bits >>> 1) | (bits & 1));
    }
}
