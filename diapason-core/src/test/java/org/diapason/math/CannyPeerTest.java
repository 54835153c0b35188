package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.diapason.volume.Geometry;
import org.junit.jupiter.api.Test;

/**
 * Lines beside those of scikit-image 0.19.3: canny(x, sigma=2.0, low_threshold=4, high_threshold=8,
 * mode='nearest'), row after row. Its Sobel differences are 8 times the slope per pixel, so that
 * its thresholds are 0.5 and 1 here.
 */
class CannyPeerTest {
    private static final int FIRST_ROW = 8;

    private static final List<String> PEER =
            List.of(
                    "24 25 26 27 28 29 30 31 32 33 34 35 36",
                    "22 23 24 36 37 38",
                    "21 22 38 39",
                    "19 20 21 39 40",
                    "19 40 41",
                    "18 19 41 42",
                    "17 18 42 43",
                    "17 43",
                    "16 17 43 44",
                    "16 44",
                    "16 44",
                    "16 44",
                    "16 44",
                    "16 44",
                    "15 44",
                    "16 44",
                    "16 44 62",
                    "16 44 60 61",
                    "16 44 58 59",
                    "16 44 56 57",
                    "16 17 43 44 54 55",
                    "17 43 52 53",
                    "17 18 42 50 51",
                    "18 19 41 42 48 49",
                    "19 39 40 41 47 48",
                    "19 20 21 38 39 45 46",
                    "21 22 36 37 38 44 45",
                    "22 23 24 34 35 36 43",
                    "24 25 26 27 28 29 30 31 32 33 34 42",
                    "40 41",
                    "39 40",
                    "36 37 38",
                    "31 32 33 34 35",
                    "28 29 30 31",
                    "26 27 28",
                    "24 25",
                    "22 23",
                    "20 21",
                    "17 18 19");

    @Test
    void linesAreThoseOfScikitImageOrBesideThem() {
        Geometry g = GaussDerivativesTest.PICTURE;
        GaussDerivatives d = GaussDerivatives.of(g, GaussDerivativesTest.picture(), 2, 3, false);
        float[] strength = new float[g.voxels()];
        for (int v = 0; v < strength.length; v++) {
            float x = d.gradient()[0][v];
            float y = d.gradient()[1][v];
            strength[v] = (float) Math.sqrt((double) x * x + (double) y * y);
        }
        float[] thin = ThinLines.thin(g, strength, d.gradient());
        boolean[] ours = ThinLines.joined(g, thin, 0.5, 1, 2);
        boolean[] theirs = new boolean[ours.length];
        for (int r = 0; r < PEER.size(); r++) {
            for (String i : PEER.get(r).split(" ")) {
                theirs[(FIRST_ROW + r) * 64 + Integer.parseInt(i)] = true;
            }
        }
        int same = 0;
        int one = 0;
        int other = 0;
        for (int v = 0; v < ours.length; v++) {
            same += ours[v] && theirs[v] ? 1 : 0;
            one += ours[v] ? 1 : 0;
            other += theirs[v] ? 1 : 0;
            assertTrue(!ours[v] || beside(theirs, v), "ours alone: " + v % 64 + ", " + v / 64);
            assertTrue(!theirs[v] || beside(ours, v), "theirs alone: " + v % 64 + ", " + v / 64);
        }
        assertTrue(2.0 * same / (one + other) > 0.95, same + " of " + one + " and " + other);
    }

    private static boolean beside(boolean[] on, int v) {
        for (int n = 0; n < 9; n++) {
            int i = v % 64 + n % 3 - 1;
            int j = v / 64 + n / 3 - 1;
            if (i >= 0 && i < 64 && j >= 0 && j < 48 && on[j * 64 + i]) {
                return true;
            }
        }
        return false;
    }
}
