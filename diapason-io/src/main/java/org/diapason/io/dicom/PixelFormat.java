package org.diapason.io.dicom;

import java.nio.ByteOrder;
import org.diapason.io.codec.Shape;
import org.diapason.volume.DataException;

/**
 * How the numbers of a frame are packed (PS3.5 section 8, PS3.3 C.7.6.3).
 *
 * @param shape what a frame holds
 * @param stored bits of a number
 * @param highBit where the highest of them stands in its cell
 * @param signed whether the highest bit is a sign
 * @param order the order of bytes
 * @param swapped whether bytes of 8-bit numbers change places in pairs: big-endian words
 * @param colours the photometric interpretation
 * @param planar whether the samples of a frame lie one plane after the other
 */
record PixelFormat(
        Shape shape,
        int stored,
        int highBit,
        boolean signed,
        ByteOrder order,
        boolean swapped,
        String colours,
        boolean planar) {
    static final String YBR_FULL_422 = "YBR_FULL_422";

    /**
     * Reads the format of a frame of whole numbers.
     *
     * @throws DataException if attributes are missing, contradict each other or are not read
     */
    static PixelFormat of(Frame frame) {
        DataSet v = frame.values();
        int samples = v.integer(Keyword.SamplesPerPixel, 1, 4, 1);
        String colours =
                v.text(Keyword.PhotometricInterpretation)
                        .orElse(samples == 1 ? "MONOCHROME2" : "RGB");
        int allocated = v.integer(Keyword.BitsAllocated, 1, 64);
        boolean plain = frame.file().syntax().codec().isEmpty();
        boolean read =
                switch (allocated) {
                    case 1, 8, 16, 32 -> true;
                    case 12 -> plain;
                    default -> false;
                };
        if (!read) {
            throw v.bad(
                    Keyword.BitsAllocated,
                    "is "
                            + allocated
                            + ", 1, 8, 16, 32 and (not compressed) 12 are read. Convert it first"
                            + " (gdcmconv --raw)");
        }
        int stored = v.integer(Keyword.BitsStored, 1, allocated, allocated);
        int highBit = v.integer(Keyword.HighBit, stored - 1, allocated - 1, stored - 1);
        boolean signed = v.integer(Keyword.PixelRepresentation, 0, 1) == 1;
        boolean planar = v.integer(Keyword.PlanarConfiguration, 0, 1, 0) == 1 && samples > 1;
        ByteOrder order = frame.file().syntax().order();
        boolean words =
                order == ByteOrder.BIG_ENDIAN
                        && allocated < 16
                        && !frame.file().pixels().vr().equals("OB");
        Shape shape = shape(v, samples, allocated);
        if (colours.equals(YBR_FULL_422)
                && (samples != 3 || allocated % 8 != 0 || shape.columns() % 2 == 1)
                && plain) {
            throw v.bad(
                    Keyword.PhotometricInterpretation,
                    "is YBR_FULL_422 with "
                            + samples
                            + " samples and "
                            + shape.columns()
                            + " columns of "
                            + allocated
                            + " bits, three, an even number and whole bytes were expected");
        }
        PixelFormat format =
                new PixelFormat(shape, stored, highBit, signed, order, words, colours, planar);
        if (format.bits() / 8 > Integer.MAX_VALUE - 8) {
            throw v.bad(Keyword.Rows, "makes frames of " + format.bits() / 8 + " bytes, too large");
        }
        return format;
    }

    private static Shape shape(DataSet v, int samples, int allocated) {
        int columns = v.integer(Keyword.Columns, 1, 65535);
        int rows = v.integer(Keyword.Rows, 1, 65535);
        try {
            return new Shape(columns, rows, samples, allocated);
        } catch (IllegalArgumentException e) {
            throw v.bad(Keyword.Rows, "makes " + e.getMessage());
        }
    }

    /** Returns the bits of a frame that is not compressed. */
    long bits() {
        long samples = shape.length();
        if (subsampled()) {
            samples = 2L * shape.pixels();
        }
        return samples * shape.bitsAllocated();
    }

    /** Says whether two pixels share their colours (uncompressed YBR_FULL_422). */
    boolean subsampled() {
        return colours.equals(YBR_FULL_422);
    }

    /** Says whether frames are of one grey channel. */
    boolean grey() {
        return shape.samples() == 1 && colours.startsWith("MONOCHROME");
    }

    /**
     * Takes the number out of its cell: shifting the high bit to the top and back down takes
     * overlays out and sets the sign. Unsigned numbers of 32 bits stay as their bits.
     */
    void extract(int[] cells) {
        int up = 31 - highBit;
        int down = 32 - stored;
        if (signed) {
            for (int n = 0; n < cells.length; n++) {
                cells[n] = cells[n] << up >> down;
            }
        } else {
            for (int n = 0; n < cells.length; n++) {
                cells[n] = cells[n] << up >>> down;
            }
        }
    }

    /** Says whether a number of 32 bits without sign may be above the largest int. */
    boolean wide() {
        return !signed && stored == 32;
    }
}
