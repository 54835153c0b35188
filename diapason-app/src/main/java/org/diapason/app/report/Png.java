package org.diapason.app.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.Adler32;
import java.util.zip.CRC32;

/**
 * Writes 8-bit grey pictures as PNG (ISO/IEC 15948) without compression: compressors differ between
 * JDKs and operating systems, and a report must have the same bytes everywhere.
 */
final class Png {
    private static final int BLOCK = 65535;

    private Png() {}

    /** Returns the file of a picture, row by row from the top. */
    static byte[] of(int columns, int rows, byte[] grey) {
        byte[] lines = new byte[rows * (columns + 1)];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(grey, r * columns, lines, r * (columns + 1) + 1, columns);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        ByteBuffer header = ByteBuffer.allocate(13).putInt(columns).putInt(rows);
        header.put((byte) 8);
        chunk(out, "IHDR", header.array());
        chunk(out, "IDAT", stored(lines));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    /** Returns the picture as an address that holds it. */
    static String address(int columns, int rows, byte[] grey) {
        return "data:image/png;base64,"
                + Base64.getEncoder().encodeToString(of(columns, rows, grey));
    }

    /** A zlib stream (RFC 1950) of stored blocks (RFC 1951, 3.2.4). */
    private static byte[] stored(byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x78);
        out.write(0x01);
        for (int from = 0; from < data.length; from += BLOCK) {
            int length = Math.min(BLOCK, data.length - from);
            out.write(from + length == data.length ? 1 : 0);
            out.write(length);
            out.write(length >> 8);
            out.write(~length);
            out.write(~length >> 8);
            out.write(data, from, length);
        }
        Adler32 sum = new Adler32();
        sum.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(name);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
