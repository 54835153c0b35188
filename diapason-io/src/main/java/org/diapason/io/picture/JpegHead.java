package org.diapason.io.picture;

import java.nio.ByteBuffer;

/** Walks through the segments of a JPEG file (ITU T.81) up to its first scan. */
final class JpegHead {
    private JpegHead() {}

    static PictureHead of(String file, ByteBuffer in) {
        if (in.limit() < 4 || (in.getShort(0) & 0xFFFF) != 0xFFD8) {
            throw PictureHead.bad(file, 0, "this is not a JPEG file.");
        }
        double perMmI = 0;
        double perMmJ = 0;
        int orientation = 1;
        int at = 2;
        while (true) {
            if (in.limit() - at < 4 || in.get(at) != (byte) 0xFF) {
                throw PictureHead.bad(file, at, "the file is truncated or broken. Copy it again.");
            }
            int marker = in.get(at + 1) & 0xFF;
            if (marker == 0xFF) {
                at++;
                continue;
            }
            int length = in.getShort(at + 2) & 0xFFFF;
            if (length < 2 || in.limit() - at - 2 < length) {
                throw PictureHead.bad(file, at, "the file is truncated or broken. Copy it again.");
            }
            if (marker == 0xE0 && length >= 14 && in.getInt(at + 4) == 0x4A464946) {
                double mm = in.get(at + 11) == 1 ? 25.4 : in.get(at + 11) == 2 ? 10 : 0;
                perMmI = (in.getShort(at + 12) & 0xFFFF) / mm;
                perMmJ = (in.getShort(at + 14) & 0xFFFF) / mm;
            }
            if (marker == 0xE1 && length >= 8 && in.getInt(at + 4) == 0x45786966) {
                orientation = Upright.ofExif(in, at + 10, length - 8); // after Exif, 0, 0
            }
            if (marker >= 0xC0
                    && marker <= 0xCF
                    && marker != 0xC4
                    && marker != 0xC8
                    && marker != 0xCC) {
                return frame(file, in, at, marker, length, 1 / perMmI, 1 / perMmJ, orientation);
            }
            if (marker == 0xDA || marker == 0xD9) {
                throw PictureHead.bad(
                        file, at, "there is no frame before the scan: the file is broken.");
            }
            at += 2 + length;
        }
    }

    private static PictureHead frame(
            String file,
            ByteBuffer in,
            int at,
            int marker,
            int length,
            double i,
            double j,
            int orientation) {
        int bands = length < 8 ? 0 : in.get(at + 9) & 0xFF;
        int depth = length < 8 ? 0 : in.get(at + 4);
        if (marker > 0xC2 || depth != 8 || bands != 1 && bands != 3) {
            throw PictureHead.bad(
                    file,
                    at,
                    "process "
                            + (marker - 0xC0)
                            + " with "
                            + depth
                            + " bits and "
                            + bands
                            + " colours is not read; baseline and progressive JPEG of 8 bits, grey"
                            + " or three colours, are. Save it as PNG or TIFF.");
        }
        int rows = in.getShort(at + 5) & 0xFFFF;
        int columns = in.getShort(at + 7) & 0xFFFF;
        if (rows < 1 || columns < 1) {
            throw PictureHead.bad(
                    file, at, columns + " × " + rows + " pixels: the file is broken.");
        }
        return new PictureHead(
                        columns,
                        rows,
                        1,
                        bands,
                        i,
                        j,
                        "JFIF density",
                        orientation,
                        PictureHead.Samples.PLAIN)
                .requireRoom(file, 2);
    }
}
