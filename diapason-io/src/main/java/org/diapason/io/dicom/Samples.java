package org.diapason.io.dicom;

/**
 * The stored numbers of one frame.
 *
 * @param columns pixels of a row
 * @param rows rows
 * @param channels numbers of a pixel, which stand beside each other
 * @param bits bits of a number; of 32 without sign each value is its bits
 * @param signed whether numbers have a sign
 * @param colours what the channels mean: the photometric interpretation of these numbers
 * @param values row by row; kept, do not write to it afterwards
 */
record Samples(
        int columns,
        int rows,
        int channels,
        int bits,
        boolean signed,
        String colours,
        int[] values) {}
