package org.diapason.io.picture;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.diapason.io.raw.Gunzip;

/** Walks through the chunks of a PNG file (ISO/IEC 15948) and checks their lengths and sums. */
final class PngHead {
    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int IHDR = 0x49484452;
    private static final int PHYS = 0x70485973;
    private static final int IDAT = 0x49444154;
    private static final int TRNS = 0x74524E53;
    private static final int IEND = 0x49454E44;
    private static final int EXIF = 0x65584966;

    private PngHead() {}

    /**
     * Brings the level of grey that is clear to 8 bits, as the decoder of the JDK does with the
     * samples it compares with it, but not with the level.
     */
    private static void scaleClearGrey(ByteBuffer in, int at, int length) {
        int depth = in.get(24);
        if (in.get(25) == 0 && length == 2 && (depth == 1 || depth == 2 || depth == 4)) {
            in.putShort(at + 8, (short) (in.getShort(at + 8) * 255 / ((1 << depth) - 1)));
            CRC32 crc = new CRC32();
            crc.update(in.array(), at + 4, length + 4);
            in.putInt(at + 8 + length, (int) crc.getValue());
        }
    }

    static PictureHead of(String file, ByteBuffer in) {
        if (in.limit() < 33 || in.getLong(0) != SIGNATURE || in.getInt(12) != IHDR) {
            throw PictureHead.bad(file, 0, "this is not a PNG file.");
        }
        double perMetreI = 0;
        double perMetreJ = 0;
        long packed = 0;
        boolean clear = false;
        int orientation = 1;
        int at = 8;
        int type = 0;
        while (type != IEND) {
            if (in.limit() - at < 12 || in.getInt(at) < 0 || in.getInt(at) > in.limit() - at - 12) {
                throw PictureHead.bad(file, at, "the file is truncated. Copy it again.");
            }
            int length = in.getInt(at);
            type = in.getInt(at + 4);
            CRC32 crc = new CRC32();
            crc.update(in.array(), at + 4, length + 4);
            if ((int) crc.getValue() != in.getInt(at + 8 + length)) {
                throw PictureHead.bad(
                        file,
                        at,
                        "the checksum of a chunk is wrong: the file is damaged. Copy it again.");
            }
            if (type == PHYS && length == 9 && in.get(at + 16) == 1) {
                perMetreI = in.getInt(at + 8) & 0xFFFFFFFFL;
                perMetreJ = in.getInt(at + 12) & 0xFFFFFFFFL;
            }
            if (type == TRNS) {
                clear = true;
                scaleClearGrey(in, at, length);
            }
            orientation = type == EXIF ? Upright.ofExif(in, at + 8, length) : orientation;
            packed += type == IDAT ? length : 0;
            at += length + 12;
        }
        int columns = in.getInt(16);
        int rows = in.getInt(20);
        int depth = in.get(24);
        int bands =
                switch (in.get(25)) {
                    case 0 -> clear ? 2 : 1;
                    case 2 -> clear ? 4 : 3;
                    case 3 -> clear ? 4 : 3;
                    case 4 -> 2;
                    case 6 -> 4;
                    default -> throw PictureHead.bad(file, 25, "the colour type is unknown.");
                };
        boolean plain = in.get(25) >= 4;
        int stored = plain ? bands : in.get(25) == 2 ? 3 : 1;
        double raw = (double) rows * (columns * (double) stored * depth / 8);
        if (columns < 1 || rows < 1 || depth < 1 || depth > 16 || raw > packed * Gunzip.LIMIT) {
            throw PictureHead.bad(
                    file,
                    16,
                    columns
                            + " × "
                            + rows
                            + " pixels do not fit the "
                            + packed
                            + " bytes of the picture: the file is broken.");
        }
        return new PictureHead(
                        columns,
                        rows,
                        1,
                        bands,
                        1000 / perMetreI,
                        1000 / perMetreJ,
                        "pHYs",
                        orientation,
                        PictureHead.Samples.PLAIN)
                .requireRoom(file, depth > 8 ? 4 : 2);
    }
}
