package org.diapason.io.raw;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPOutputStream;
import org.diapason.volume.Volume;

/** Writes channels as little-endian 32-bit floats. */
public final class FloatBytes {
    private static final int CHUNK = 1 << 14;

    private FloatBytes() {}

    /** Writes all channels, one after the other, i fastest. */
    public static void write(Volume volume, OutputStream out) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(4 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (int c = 0; c < volume.channels(); c++) {
            float[] values = volume.channel(c);
            for (int from = 0; from < values.length; from += CHUNK) {
                int count = Math.min(CHUNK, values.length - from);
                for (int n = 0; n < count; n++) {
                    chunk.putFloat(4 * n, values[from + n]);
                }
                out.write(chunk.array(), 0, 4 * count);
            }
        }
    }

    /** Writes all channels of a voxel side by side. */
    public static void writeInterleaved(Volume volume, OutputStream out) throws IOException {
        int channels = volume.channels();
        ByteBuffer chunk = ByteBuffer.allocate(4 * channels).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < volume.geometry().voxels(); n++) {
            for (int c = 0; c < channels; c++) {
                chunk.putFloat(4 * c, volume.channel(c)[n]);
            }
            out.write(chunk.array());
        }
    }

    /** Packs at level 1: images hardly shrink further, and take seconds less. No time is in it. */
    public static OutputStream gzip(OutputStream out) throws IOException {
        return new FastGzip(out);
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(1);
        }
    }
}
