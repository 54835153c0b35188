package org.diapason.io.codec;

import org.diapason.volume.DataException;

/**
 * What one frame must hold; a decoder refuses a frame whose own header says anything else.
 *
 * @param columns pixels of a row
 * @param rows rows
 * @param samples samples of a pixel: 1 for grey, 3 for colours
 * @param bitsAllocated bits of the cell that holds one sample: 1, 8, 12, 16 or 32
 */
public record Shape(int columns, int rows, int samples, int bitsAllocated) {

    public Shape {
        if (columns < 1 || rows < 1 || samples < 1) {
            throw new IllegalArgumentException(
                    "a frame has at least one pixel, got " + columns + " × " + rows);
        }
        if (bitsAllocated != 1
                && bitsAllocated != 8
                && bitsAllocated != 12
                && bitsAllocated != 16
                && bitsAllocated != 32) {
            throw new IllegalArgumentException(
                    "bitsAllocated must be 1, 8, 12, 16 or 32, got " + bitsAllocated);
        }
        if ((double) columns * rows * samples > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "a frame of " + columns + " × " + rows + " pixels is too large to be held");
        }
    }

    public int pixels() {
        return columns * rows;
    }

    /** Returns the number of samples of the frame. */
    public int length() {
        return columns * rows * samples;
    }

    /**
     * Refuses a picture whose own header says anything else.
     *
     * @throws DataException before anything of the header's size was allocated
     */
    void require(String format, int columns, int rows, int samples, int precision) {
        if (columns != this.columns || rows != this.rows || samples != this.samples) {
            throw new DataException(
                    format
                            + ": the picture is "
                            + columns
                            + " × "
                            + rows
                            + " × "
                            + samples
                            + ", the attributes say "
                            + this
                            + ".");
        }
        if (precision < 2 || precision > bitsAllocated || precision > 16) {
            throw new DataException(
                    format
                            + ": the picture has samples of "
                            + precision
                            + " bits, 2 to "
                            + Math.min(16, bitsAllocated)
                            + " were expected.");
        }
    }

    @Override
    public String toString() {
        return columns + " × " + rows + " × " + samples;
    }
}
