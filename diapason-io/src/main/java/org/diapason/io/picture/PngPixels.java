package org.diapason.io.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.Adler32;
import java.util.zip.Deflater;
import org.diapason.math.Parallel;
import org.diapason.volume.Volume;

/**
 * Packs the rows of a picture for PNG, blocks of rows on all cores.
 *
 * <p>Each row is written as its difference to the row above, which makes photographs half as long.
 * Blocks are packed by themselves, with what came before as their dictionary, and end on a whole
 * byte, so that one after the other they are one zlib stream (RFC 1950) whatever packed them.
 */
final class PngPixels {
    /** Bytes of rows that are packed at a time: much longer than what can be looked back at. */
    private static final int BLOCK = 1 << 20;

    private static final int WINDOW = 1 << 15;
    private static final int ADLER = 65521;

    /** The row above is subtracted. */
    private static final int UP = 2;

    private final Volume volume;
    private final int bytes;
    private final int columns;
    private final int rows;
    private final int line;
    private final int perBlock;

    /**
     * @param bytes of a sample, 1 or 2
     */
    PngPixels(Volume volume, int bytes) {
        this.volume = volume;
        this.bytes = bytes;
        columns = volume.geometry().ni();
        rows = volume.geometry().nj();
        line = 1 + columns * volume.channels() * bytes;
        perBlock = Math.max(1, BLOCK / line);
    }

    /** Returns the zlib stream of all rows. */
    byte[] packed() {
        int blocks = (rows + perBlock - 1) / perBlock;
        byte[][] packed = new byte[blocks][];
        long[] sums = new long[blocks];
        Parallel.forEach(
                blocks,
                b -> {
                    byte[] raw = raw(b * perBlock, Math.min(rows, (b + 1) * perBlock));
                    Adler32 sum = new Adler32();
                    sum.update(raw);
                    sums[b] = sum.getValue();
                    packed[b] = deflated(raw, before(b), b == blocks - 1);
                });
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x78);
        out.write(0x01); // the fastest level: of differences hardly longer than the best
        long sum = 1;
        for (int b = 0; b < blocks; b++) {
            out.writeBytes(packed[b]);
            long length = (long) (Math.min(rows, (b + 1) * perBlock) - b * perBlock) * line;
            sum = joined(sum, sums[b], length);
        }
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum).array());
        return out.toByteArray();
    }

    /** Returns the last rows before a block, as many as can be looked back at. */
    private byte[] before(int block) {
        int first = block * perBlock;
        return raw(Math.max(0, first - (WINDOW + line - 1) / line), first);
    }

    private byte[] raw(int from, int to) {
        byte[] raw = new byte[(to - from) * line];
        byte[] above = new byte[line];
        byte[] row = new byte[line];
        if (from > 0 && to > from) {
            samples(from - 1, above);
        }
        for (int j = from; j < to; j++) {
            samples(j, row);
            int at = (j - from) * line;
            raw[at] = UP;
            for (int i = 1; i < line; i++) {
                raw[at + i] = (byte) (row[i] - above[i]);
            }
            byte[] old = above;
            above = row;
            row = old;
        }
        return raw;
    }

    private void samples(int j, byte[] row) {
        int channels = volume.channels();
        for (int c = 0; c < channels; c++) {
            float[] plane = volume.channel(c);
            int at = 1 + c * bytes;
            for (int i = 0; i < columns; i++) {
                int v = (int) plane[j * columns + i];
                if (bytes == 2) {
                    row[at] = (byte) (v >> 8);
                }
                row[at + bytes - 1] = (byte) v;
                at += channels * bytes;
            }
        }
    }

    private static byte[] deflated(byte[] raw, byte[] before, boolean last) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            if (before.length > 0) {
                int from = Math.max(0, before.length - WINDOW);
                deflater.setDictionary(before, from, before.length - from);
            }
            deflater.setInput(raw);
            if (last) {
                deflater.finish();
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length / 2);
            byte[] buffer = new byte[1 << 16];
            int mode = last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH;
            int got;
            do {
                got = deflater.deflate(buffer, 0, buffer.length, mode);
                out.write(buffer, 0, got);
            } while (last ? !deflater.finished() : got == buffer.length);
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** Returns the sum of what two sums are of, one after the other. */
    private static long joined(long first, long second, long length) {
        long rest = length % ADLER;
        long a1 = first & 0xFFFF;
        long a = (a1 + (second & 0xFFFF) + ADLER - 1) % ADLER;
        long b = (rest * a1 + (first >> 16) + (second >> 16) + ADLER - rest) % ADLER;
        return b << 16 | a;
    }
}
