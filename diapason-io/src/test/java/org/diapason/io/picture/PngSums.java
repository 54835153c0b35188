package org.diapason.io.picture;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Puts right the checksums of a PNG that was changed, so that what lies behind them is met. */
final class PngSums {
    private PngSums() {}

    static byte[] repair(byte[] png) {
        ByteBuffer in = ByteBuffer.wrap(png);
        int at = 8;
        while (png.length - at >= 12) {
            long length = in.getInt(at);
            if (length < 0 || length > png.length - at - 12) {
                break;
            }
            CRC32 crc = new CRC32();
            crc.update(png, at + 4, (int) length + 4);
            in.putInt(at + 8 + (int) length, (int) crc.getValue());
            at += (int) length + 12;
        }
        return png;
    }
}
