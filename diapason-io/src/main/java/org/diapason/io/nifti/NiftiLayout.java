package org.diapason.io.nifti;

import java.nio.ByteBuffer;

/**
 * Where the fields of a header stand, in bytes from the start of the file.
 *
 * @param version 1 or 2
 * @param bytes the size of the header
 * @param magic the magic text
 * @param dim the number of axes, followed by their sizes
 * @param dimBytes the bytes of each
 * @param type the data type code
 * @param pixdim the sign of axis k, followed by the spacings
 * @param realBytes the bytes of each real number
 * @param voxOffset where the voxels begin
 * @param slope the factor of the stored numbers; the summand follows it
 * @param tOffset when the first frame begins
 * @param qform the code of the qform; that of the sform follows it
 * @param codeBytes the bytes of each code
 * @param quatern the quaternion's b, c, d; the offsets follow it
 * @param srow the three rows of the sform
 * @param units the units of space and time
 */
record NiftiLayout(
        int version,
        int bytes,
        int magic,
        int dim,
        int dimBytes,
        int type,
        int pixdim,
        int realBytes,
        int voxOffset,
        int slope,
        int tOffset,
        int qform,
        int codeBytes,
        int quatern,
        int srow,
        int units) {

    /** nifti1.h */
    static final NiftiLayout ONE =
            new NiftiLayout(1, 348, 344, 40, 2, 70, 76, 4, 108, 112, 136, 252, 2, 256, 280, 123);

    /** nifti2.h */
    static final NiftiLayout TWO =
            new NiftiLayout(2, 540, 4, 16, 8, 12, 104, 8, 168, 176, 216, 344, 4, 352, 400, 500);

    /** Returns the first byte of the n-th real number from a field. */
    int place(int field, int n) {
        return field + n * realBytes;
    }

    double real(ByteBuffer raw, int field, int n) {
        int at = place(field, n);
        return realBytes == 4 ? raw.getFloat(at) : raw.getDouble(at);
    }

    void putReal(ByteBuffer raw, int field, int n, double value) {
        int at = place(field, n);
        if (realBytes == 4) {
            raw.putFloat(at, (float) value);
        } else {
            raw.putDouble(at, value);
        }
    }

    long size(ByteBuffer raw, int n) {
        int at = dim + n * dimBytes;
        return dimBytes == 2 ? raw.getShort(at) : raw.getLong(at);
    }

    int code(ByteBuffer raw, int n) {
        int at = qform + n * codeBytes;
        return codeBytes == 2 ? raw.getShort(at) : raw.getInt(at);
    }

    int unitsOf(ByteBuffer raw) {
        return version == 1 ? raw.get(units) : raw.getInt(units);
    }
}
