package org.diapason.compositing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PackedAlphaTest {

    /** All 256³ triples of opacity, source and target, against whole-number division. */
    @Test
    void everyStraightPixelIsTheTrueOneRounded() {
        int[] s = new int[1 << 16];
        int[] d = new int[1 << 16];
        int[] out = new int[1 << 16];
        for (int a = 0; a < 256; a++) {
            for (int p = 0; p < 1 << 16; p++) {
                int x = p & 255;
                int z = p >> 8;
                s[p] = a << 24 | x << 16 | z << 8 | x;
                d[p] = 0xff000000 | z << 16 | x << 8 | (255 - z);
            }
            PackedAlpha.overOpaque(s, d, out);
            for (int p = 0; p < 1 << 16; p++) {
                int x = p & 255;
                int z = p >> 8;
                int expected =
                        0xff000000
                                | mixed(a, x, z) << 16
                                | mixed(a, z, x) << 8
                                | mixed(a, x, 255 - z);
                assertEquals(expected, out[p], "a " + a + ", x " + x + ", z " + z);
            }
        }
    }

    private static int mixed(int a, int x, int z) {
        return (2 * (a * x + (255 - a) * z) + 255) / 510;
    }

    /** Every opacity with every target, colours at most their opacity. */
    @Test
    void everyPremultipliedPixelIsTheTrueOneRounded() {
        int[] s = new int[1 << 16];
        int[] d = new int[1 << 16];
        int[] out = new int[1 << 16];
        for (int p = 0; p < 1 << 16; p++) {
            int a = p >> 8;
            int z = p & 255;
            s[p] = a << 24 | a << 16 | a / 2 << 8;
            d[p] = z << 24 | z << 16 | z / 3 << 8 | 255 - z;
        }
        PackedAlpha.over(s, d, out);
        for (int p = 0; p < 1 << 16; p++) {
            int a = p >> 8;
            int z = p & 255;
            int expected =
                    a + mixed(a, 0, z) << 24
                            | a + mixed(a, 0, z) << 16
                            | a / 2 + mixed(a, 0, z / 3) << 8
                            | mixed(a, 0, 255 - z);
            assertEquals(expected, out[p], "a " + a + ", z " + z);
        }
    }
}
