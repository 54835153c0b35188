package org.diapason.io.dicom;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.diapason.volume.DataException;

/** The pixel data of a file that is written, and the transfer syntax they are in. */
interface Pixels {
    /** No pixels at all. */
    Pixels NONE = out -> {};

    /** Writes the whole element, header included. */
    void writeTo(OutputStream out) throws IOException;

    default String syntax() {
        return TransferSyntax.EXPLICIT_LITTLE.uid();
    }

    /** Returns 16-bit pixels, least significant byte first; the array is kept. */
    static Pixels of(byte[] words) {
        return out -> {
            DicomWriter.header(out, Keyword.PixelData.tag(), "OW", words.length);
            out.write(words);
        };
    }

    /** Returns pixels of 8 bits or packed ones; the array is kept. */
    static Pixels bytes(byte[] bytes) {
        int odd = bytes.length % 2;
        return out -> {
            DicomWriter.header(out, Keyword.PixelData.tag(), "OB", bytes.length + odd);
            out.write(bytes);
            out.write(new byte[odd]);
        };
    }

    /**
     * Returns the pixels of a file as they stand there, compressed ones too; only big-endian
     * numbers are turned. They are copied piece by piece when they are written.
     *
     * @throws DataException if fragments of compressed pixels do not end where the file says
     */
    static Pixels of(DicomFile file) {
        if (!file.pixels().there()) {
            return NONE;
        }
        return file.pixels().encapsulated() ? fragments(file) : plain(file);
    }

    private static Pixels plain(DicomFile file) {
        PixelData pixels = file.pixels();
        int bits =
                switch (pixels.keyword()) {
                    case FloatPixelData -> 32;
                    case DoubleFloatPixelData -> 64;
                    default -> file.values().integer(Keyword.BitsAllocated, 1, 64, 16);
                };
        boolean big = file.syntax().order() == ByteOrder.BIG_ENDIAN;
        if (big && (bits < 16 || bits % 8 != 0)) {
            throw file.bad(
                    "has pixels of "
                            + bits
                            + " bits in big-endian order, which may be packed in two ways. Convert"
                            + " it to little endian first (dcmconv +te).");
        }
        long length = pixels.length();
        if (length > 0xFFFFFFFEL) {
            throw file.bad("has more pixels than one element of a DICOM file holds.");
        }
        String vr =
                switch (pixels.keyword()) {
                    case FloatPixelData -> "OF";
                    case DoubleFloatPixelData -> "OD";
                    default -> bits > 8 ? "OW" : "OB";
                };
        return out -> {
            DicomWriter.header(out, pixels.keyword().tag(), vr, (int) (length + length % 2));
            copy(file, pixels.offset(), length, big ? bits / 8 : 1, out);
            out.write(new byte[(int) (length % 2)]);
        };
    }

    private static Pixels fragments(DicomFile file) {
        long end = endOfFragments(file);
        return new Pixels() {
            @Override
            public void writeTo(OutputStream out) throws IOException {
                DicomWriter.header(out, Keyword.PixelData.tag(), "OB", -1);
                copy(file, file.pixels().offset(), end - file.pixels().offset(), 1, out);
                out.write(new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xDD, (byte) 0xE0});
                out.write(new byte[4]);
            }

            @Override
            public String syntax() {
                return file.syntax().uid();
            }
        };
    }

    /** Returns where the delimiter of the fragments begins (PS3.5 A.4). */
    private static long endOfFragments(DicomFile file) {
        try (Bytes in = Bytes.open(file.path())) {
            in.seek(file.pixels().offset());
            while (true) {
                long start = in.position();
                int tag = in.u16("a fragment") << 16 | in.u16("a fragment");
                long length = in.u32("the length of a fragment");
                if (tag == 0xFFFEE0DD) {
                    return start;
                }
                if (tag != 0xFFFEE000) {
                    throw in.bad(
                            "expected a fragment of the pixels, found "
                                    + Keyword.tagText(tag)
                                    + ": the file is broken.");
                }
                in.skip(length, "a fragment");
            }
        }
    }

    private static void copy(DicomFile file, long from, long length, int width, OutputStream out)
            throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(1 << 16);
        try (Source source = Source.open(file)) {
            for (long done = 0; done < length; done += piece.limit()) {
                piece.clear().limit((int) Math.min(piece.capacity(), length - done));
                source.read(piece, from + done);
                out.write(swapped(piece.array(), piece.limit(), width), 0, piece.limit());
            }
        }
    }

    /** Returns numbers of {@code width} bytes in the other order; a rest stays as it is. */
    static byte[] swapped(byte[] bytes, int length, int width) {
        if (width == 1) {
            return bytes;
        }
        byte[] swapped = java.util.Arrays.copyOf(bytes, length);
        for (int n = 0; n + width <= length; n += width) {
            for (int b = 0; b < width; b++) {
                swapped[n + b] = bytes[n + width - 1 - b];
            }
        }
        return swapped;
    }
}
