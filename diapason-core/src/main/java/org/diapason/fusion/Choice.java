package org.diapason.fusion;

import java.util.Arrays;
import org.diapason.math.Kept;

/**
 * Takes at each place one of several images, named by its number; without branches, which would be
 * guessed wrong half of the time.
 */
final class Choice {
    /** The bits of a float without its sign: their order is that of sizes. */
    private static final int SIZE = 0x7fffffff;

    private Choice() {}

    /** Puts the values of the larger size into {@code most}. */
    static void larger(float[] values, float[] most, int n) {
        for (int v = 0; v < n; v++) {
            int x = Float.floatToRawIntBits(values[v]);
            int y = Float.floatToRawIntBits(most[v]);
            int larger = (y & SIZE) - (x & SIZE) >> 31; // all ones where x is larger
            most[v] = Float.intBitsToFloat(x & larger | y & ~larger);
        }
    }

    /**
     * Writes the number of the image of the largest size in plane k, the first of equal ones.
     *
     * @param most where the largest of them are left
     */
    static void largest(Kept[] images, int k, float[] most, float[] chosen) {
        for (int n = 0; n < images.length; n++) {
            larger(images[n].at(k), n, most, chosen);
        }
    }

    /** The same of one image after the other, from 0 on. */
    static void larger(float[] values, int image, float[] most, float[] chosen) {
        if (image == 0) {
            System.arraycopy(values, 0, most, 0, most.length);
            Arrays.fill(chosen, 0);
            return;
        }
        int number = Float.floatToRawIntBits(image);
        for (int v = 0; v < most.length; v++) {
            int x = Float.floatToRawIntBits(values[v]);
            int y = Float.floatToRawIntBits(most[v]);
            int now = Float.floatToRawIntBits(chosen[v]);
            int larger = (y & SIZE) - (x & SIZE) >> 31;
            most[v] = Float.intBitsToFloat(x & larger | y & ~larger);
            chosen[v] = Float.intBitsToFloat(number & larger | now & ~larger);
        }
    }

    /** Writes the values in plane k of the image that was chosen. */
    static void take(Kept[] images, int k, float[] chosen, float[] to) {
        System.arraycopy(images[0].at(k), 0, to, 0, to.length);
        for (int n = 1; n < images.length; n++) {
            take(images[n].at(k), n, chosen, to);
        }
    }

    private static void take(float[] values, int image, float[] chosen, float[] to) {
        int number = Float.floatToRawIntBits(image);
        for (int v = 0; v < to.length; v++) {
            int off = Float.floatToRawIntBits(chosen[v]) ^ number;
            int other = (off | -off) >> 31; // all ones where it is not this image
            int x = Float.floatToRawIntBits(values[v]);
            int y = Float.floatToRawIntBits(to[v]);
            to[v] = Float.intBitsToFloat(x & ~other | y & other);
        }
    }

    /** Returns 1 where the image is the one that was chosen, else 0. */
    static float is(float chosen, int image) {
        return Math.max(0, 1 - Math.abs(chosen - image));
    }
}
