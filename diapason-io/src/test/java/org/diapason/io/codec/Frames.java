package org.diapason.io.codec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Small compressed frames made by dcmtk, gdcm and libjpeg-turbo from a picture by formula, and what
 * these programs decode them to.
 *
 * <p>Columns of frames.tsv: name, the call that compressed it, transfer syntax, rows, samples, bits
 * allocated, bits stored, sign, CRC-32 of the decoded cells as 32-bit little-endian numbers, the
 * frame. Decoded with dcmtk 3.6.7 ({@code dcmdrle}, {@code dcmdjpls}, {@code dcmdjpeg +cn}), gdcm
 * 3.0.21 ({@code gdcmconv --raw}, JPEG 2000) and Pillow 9.4 (the frames of {@code cjpeg}), OpenJPEG
 * 2.5.0 (those of {@code opj_compress}).
 */
final class Frames {
    static final int COLUMNS = 23;

    private Frames() {}

    record Compressed(
            String name,
            Codec codec,
            Shape shape,
            int stored,
            boolean signed,
            String crc,
            byte[] bytes) {

        int[] decoded() {
            int[] out = new int[shape.length()];
            Arrays.fill(out, -7);
            codec.decode(bytes, shape, out);
            return out;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Compressed> all() {
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                Frames.class.getResourceAsStream("frames.tsv"),
                                StandardCharsets.US_ASCII))) {
            return in.lines().map(Frames::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Compressed named(String name) {
        return all().stream().filter(f -> f.name.equals(name)).findFirst().orElseThrow();
    }

    private static Compressed parse(String line) {
        String[] c = line.split("\t");
        Shape shape =
                new Shape(
                        COLUMNS,
                        Integer.parseInt(c[3]),
                        Integer.parseInt(c[4]),
                        Integer.parseInt(c[5]));
        // the syntax of progressive pictures has no codec; the decoder itself must refuse them
        Codec codec = Codec.of(c[2]).orElse(Codec.JPEG);
        return new Compressed(
                c[0],
                codec,
                shape,
                Integer.parseInt(c[6]),
                c[7].equals("1"),
                c[8],
                Base64.getDecoder().decode(c[9]));
    }

    /**
     * The picture before compression: a flat corner, the rest busy; quiet ones differ by one, jumps
     * are of half the range; diagonals and stripes are for the corners of JPEG-LS.
     */
    static int[] picture(Compressed frame, int firstRow) {
        int p = frame.stored;
        int range = 1 << p;
        int[] cells = new int[frame.shape.length()];
        int n = 0;
        for (int y = firstRow; y < firstRow + frame.shape.rows(); y++) {
            for (int x = 0; x < COLUMNS; x++) {
                for (int c = 0; c < frame.shape.samples(); c++) {
                    int rise = p > 8 ? y * (range / 40) : 0;
                    int busy = (3 * x * x + 5 * y * y + 11 * x * y + 37 * c * x + rise) % range;
                    int value = x < 12 && y < 12 ? range * (c + 1) / 5 : busy;
                    if (frame.name.endsWith("quiet")) {
                        int up = (x * x + 3 * x * y + y) % 13 == 0 ? 1 : 0;
                        value = 100 + up - ((x + y * y) % 17 == 0 ? 1 : 0);
                    } else if (frame.name.endsWith("jump")) {
                        value = (x * x + 3 * y) % 4 == 0 ? 32768 : 0;
                    } else if (frame.name.endsWith("diagonal")) {
                        // a third of the pixels lie 400 below their prediction: C falls to -128
                        value = Math.floorMod(x - y, 3) == 0 ? 400 : 0;
                    } else if (frame.name.endsWith("stripes")) {
                        // runs end where the line above changes too: errors of zero, then of one
                        int off = y >= 12 && x % 8 == 0 && (5 * y + x) % 3 == 0 ? 1 : 0;
                        value = x / 8 % 2 * 9 + off;
                    }
                    int shifted = frame.signed ? value - range / 2 : value;
                    cells[n++] = shifted & (1 << frame.shape.bitsAllocated()) - 1;
                }
            }
        }
        return cells;
    }

    static String crc(int[] cells) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * cells.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(cells);
        CRC32 crc = new CRC32();
        crc.update(bytes.array());
        return String.format("%08x", crc.getValue());
    }
}
