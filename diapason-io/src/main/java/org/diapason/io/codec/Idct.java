package org.diapason.io.codec;

/**
 * The inverse 8 × 8 cosine transform in whole numbers (C. Loeffler, A. Ligtenberg, G. Moschytz,
 * "Practical fast 1-D DCT algorithms with 11 multiplications", ICASSP 1989, figure 1).
 *
 * <p>Constants have 13 fractional bits; the columns keep 2 fractional bits for 8-bit samples and 1
 * for 12-bit ones. These are the precisions of the Independent JPEG Group's accurate integer
 * method, with which DICOM tools decode, so that the rounding of lossy pictures agrees to the bit.
 */
final class Idct {
    private static final int BITS = 13;

    private static final int SQRT2_C6 = 4433;
    private static final int SQRT2_C2_LESS_C6 = 6270;
    private static final int SQRT2_C2_AND_C6 = 15137;
    private static final int SQRT2_C3 = 9633;
    private static final int C7_FROM_ODD = 2446;
    private static final int C5_FROM_ODD = 16819;
    private static final int C3_FROM_ODD = 25172;
    private static final int C1_FROM_ODD = 12299;
    private static final int C3_LESS_C7 = 7373;
    private static final int C1_AND_C3 = 20995;
    private static final int C3_AND_C5 = 16069;
    private static final int C3_LESS_C5 = 3196;

    private Idct() {}

    /** Transforms a block, which is overwritten, and puts its samples into a plane. */
    static void inverse(int[] block, int precision, short[] plane, int at, int stride) {
        int extra = precision == 8 ? 2 : 1;
        for (int x = 0; x < 8; x++) {
            eight(block, x, 8, BITS - extra);
        }
        int centre = 1 << precision - 1;
        int most = (1 << precision) - 1;
        for (int y = 0; y < 8; y++) {
            eight(block, 8 * y, 1, BITS + extra + 3);
            for (int x = 0; x < 8; x++) {
                int value = block[8 * y + x] + centre;
                plane[at + y * stride + x] = (short) Math.min(most, Math.max(0, value));
            }
        }
    }

    /** Transforms eight numbers in place and rounds {@code drop} bits away. */
    private static void eight(int[] b, int at, int step, int drop) {
        int s2 = b[at + 2 * step];
        int s6 = b[at + 6 * step];
        int turned = (s2 + s6) * SQRT2_C6;
        int even2 = turned - s6 * SQRT2_C2_AND_C6;
        int even3 = turned + s2 * SQRT2_C2_LESS_C6;
        int sum = b[at] + b[at + 4 * step] << BITS;
        int difference = b[at] - b[at + 4 * step] << BITS;
        int half = 1 << drop - 1;
        int e0 = sum + even3 + half;
        int e3 = sum - even3 + half;
        int e1 = difference + even2 + half;
        int e2 = difference - even2 + half;

        int s1 = b[at + step];
        int s3 = b[at + 3 * step];
        int s5 = b[at + 5 * step];
        int s7 = b[at + 7 * step];
        int z1 = -(s7 + s1) * C3_LESS_C7;
        int z2 = -(s5 + s3) * C1_AND_C3;
        int z5 = (s7 + s3 + s5 + s1) * SQRT2_C3;
        int z3 = z5 - (s7 + s3) * C3_AND_C5;
        int z4 = z5 - (s5 + s1) * C3_LESS_C5;
        int o7 = s7 * C7_FROM_ODD + z1 + z3;
        int o5 = s5 * C5_FROM_ODD + z2 + z4;
        int o3 = s3 * C3_FROM_ODD + z2 + z3;
        int o1 = s1 * C1_FROM_ODD + z1 + z4;

        b[at] = e0 + o1 >> drop;
        b[at + step] = e1 + o3 >> drop;
        b[at + 2 * step] = e2 + o5 >> drop;
        b[at + 3 * step] = e3 + o7 >> drop;
        b[at + 4 * step] = e3 - o7 >> drop;
        b[at + 5 * step] = e2 - o5 >> drop;
        b[at + 6 * step] = e1 - o3 >> drop;
        b[at + 7 * step] = e0 - o1 >> drop;
    }
}
