package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RngTest {

    /** The published test vector of SplitMix64 for seed 1234567 (rosettacode.org, "Splitmix64"). */
    @Test
    void drawsTheNumbersOfSplitMix64() {
        Rng rng = new Rng(1234567);
        String[] published = {
            "6457827717110365317",
            "3203168211198807973",
            "9817491932198370423",
            "4593380528125082431",
            "16408922859458223821"
        };
        for (String number : published) {
            assertEquals(number, Long.toUnsignedString(rng.nextLong()));
        }
    }

    /** Standard errors of n = 200,000: mean 0.0022, variance 0.0032, kurtosis 0.011. */
    @Test
    void normalDeviatesHaveTheMomentsOfANormal() {
        Rng rng = new Rng(8);
        int n = 200_000;
        double m1 = 0;
        double m2 = 0;
        double m4 = 0;
        for (int k = 0; k < n; k++) {
            double z = rng.nextGaussian();
            m1 += z / n;
            m2 += z * z / n;
            m4 += z * z * z * z / n;
        }
        assertEquals(0, m1, 0.01);
        assertEquals(1, m2, 0.015);
        assertEquals(3, m4, 0.1);
    }

    @Test
    void wholeNumbersAreSpreadEvenly() {
        Rng rng = new Rng(3);
        int[] counts = new int[7];
        for (int k = 0; k < 70_000; k++) {
            counts[rng.nextInt(7)]++;
        }
        for (int c : counts) {
            assertEquals(10_000, c, 500, "five standard deviations of 93");
        }
    }

    @Test
    void streamsOfOtherNamesDiffer() {
        assertNotEquals(Rng.seed(1, "ab"), Rng.seed(1, "ba"));
        assertNotEquals(Rng.seed(1, "ab"), Rng.seed(2, "ab"));
        assertEquals(Rng.seed(1, "ab"), Rng.seed(1, "ab"));
    }

    @Test
    void aShuffleKeepsEveryElement() {
        int[] values = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        new Rng(4).shuffle(values);
        boolean[] seen = new boolean[10];
        int moved = 0;
        for (int n = 0; n < 10; n++) {
            seen[values[n]] = true;
            moved += values[n] != n ? 1 : 0;
        }
        for (boolean s : seen) {
            assertTrue(s);
        }
        assertTrue(moved > 3);
    }
}
