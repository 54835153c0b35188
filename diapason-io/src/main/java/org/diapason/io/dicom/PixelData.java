package org.diapason.io.dicom;

/**
 * Where the pixels of a file lie.
 *
 * @param keyword the attribute that holds them: whole numbers, floats or doubles
 * @param vr its value representation, which says how big-endian files order bytes
 * @param offset where its value begins, −1 where the file has no pixels
 * @param length its bytes, −1 where they are encapsulated (compressed)
 */
record PixelData(Keyword keyword, String vr, long offset, long length) {
    static final PixelData NONE = new PixelData(Keyword.PixelData, "OW", -1, 0);

    /** Says whether a tag is one of those that hold pixels. */
    static boolean is(int tag) {
        return tag == Keyword.PixelData.tag()
                || tag == Keyword.FloatPixelData.tag()
                || tag == Keyword.DoubleFloatPixelData.tag();
    }

    boolean there() {
        return offset >= 0;
    }

    boolean encapsulated() {
        return length < 0;
    }
}
