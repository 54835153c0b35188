package org.diapason.compositing;

/**
 * The curve between samples of sRGB and light, by tables.
 *
 * <p>IEC 61966-2-1: a sample s of 0 to 1 is light s/12.92 up to 0.04045, above ((s + 0.055)/1.055)
 * to the power of 2.4. Light becomes the nearest sample, distances measured in samples, so that a
 * sample turned into light and back is the sample again.
 */
final class SrgbLight {
    private static final SrgbLight OF_8_BITS = new SrgbLight(255);

    /** Light of each sample. */
    private final double[] light;

    /** Light of what lies halfway between a sample and the next. */
    private final double[] halfway;

    /** Where the search for a light of n/(length − 1) or more may begin. */
    private final int[] start;

    private SrgbLight(int white) {
        light = new double[white + 1];
        halfway = new double[white];
        for (int s = 0; s <= white; s++) {
            light[s] = light((double) s / white);
        }
        for (int s = 0; s < white; s++) {
            halfway[s] = light((s + 0.5) / white);
        }
        // the curve is steepest in the dark: 12.92 samples for each of these, and fewer in the
        // light
        start = new int[white + 2];
        for (int n = 0, at = 0; n < start.length; n++) {
            while (at < white && halfway[at] < n / (white + 1.0)) {
                at++;
            }
            start[n] = at;
        }
    }

    static SrgbLight of(int white) {
        return white == 255 ? OF_8_BITS : new SrgbLight(white);
    }

    private static double light(double s) {
        return s <= 0.04045 ? s / 12.92 : StrictMath.pow((s + 0.055) / 1.055, 2.4);
    }

    double decoded(double sample) {
        return light[(int) sample];
    }

    /** Returns how many of the limits between samples are at most l. */
    float encoded(double l) {
        int at = start[(int) (l * (start.length - 1))];
        while (at < halfway.length && halfway[at] <= l) {
            at++;
        }
        return at;
    }
}
