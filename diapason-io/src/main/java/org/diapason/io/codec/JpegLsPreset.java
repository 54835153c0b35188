package org.diapason.io.codec;

/**
 * The numbers that steer a JPEG-LS scan (ITU-T T.87, C.2.4.1.1).
 *
 * @param maxval the largest sample
 * @param t1 first threshold of local gradients
 * @param t2 second threshold
 * @param t3 third threshold
 * @param reset samples of a context after which its sums are halved
 */
record JpegLsPreset(int maxval, int t1, int t2, int t3, int reset) {
    private static final int RESET = 64;

    /** Returns the preset with defaults in place of zeros (C.2.4.1.1.1). */
    JpegLsPreset completed(int precision, int near) {
        int max = maxval != 0 ? maxval : (1 << precision) - 1;
        int a;
        int b;
        int c;
        if (max >= 128) {
            int factor = (Math.min(max, 4095) + 128) / 256;
            a = factor * (3 - 2) + 2 + 3 * near;
            b = factor * (7 - 3) + 3 + 5 * near;
            c = factor * (21 - 4) + 4 + 7 * near;
        } else {
            int factor = 256 / (max + 1);
            a = Math.max(2, 3 / factor + 3 * near);
            b = Math.max(3, 7 / factor + 5 * near);
            c = Math.max(4, 21 / factor + 7 * near);
        }
        int first = t1 != 0 ? t1 : clamp(a, near + 1, max);
        int second = t2 != 0 ? t2 : clamp(b, first, max);
        int third = t3 != 0 ? t3 : clamp(c, second, max);
        return new JpegLsPreset(max, first, second, third, reset != 0 ? reset : RESET);
    }

    private static int clamp(int value, int low, int max) {
        return value > max || value < low ? low : value;
    }

    /** Says whether the numbers may stand beside each other (table C.1). */
    boolean sound(int precision, int near) {
        return maxval >= 1
                && maxval < 1 << precision
                && near <= Math.min(255, maxval / 2)
                && t1 > near
                && t1 <= t2
                && t2 <= t3
                && t3 <= maxval
                && reset >= 3
                && reset <= Math.max(255, maxval);
    }
}
