package org.diapason.compositing;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Parallel;
import org.diapason.volume.Volume;

/**
 * An image as a format of whole numbers holds it: rounded to the nearest (halves to even ones) and
 * clipped to black and white.
 *
 * @param white the largest number that is written
 * @param changed values that were no such number
 * @param clipped those of them that were below 0 or above white by more than rounding
 */
public record Rounded(Volume volume, int white, long changed, long clipped) {
    private static final int WHITE_8 = 255;
    private static final int WHITE_16 = 65_535;

    /**
     * Rounds an image that was made of others: white is 255 where none of their values is above,
     * else 65535. NaN stays NaN.
     */
    public static Rounded of(Volume image, List<Volume> madeOf) {
        int white = WHITE_8;
        for (Volume one : madeOf) {
            for (int c = 0; c < one.channels(); c++) {
                for (float x : one.channel(c)) {
                    white = x > WHITE_8 ? WHITE_16 : white;
                }
            }
        }
        return of(image, white);
    }

    /** Rounds an image to whole numbers from 0 to white. NaN stays NaN. */
    public static Rounded of(Volume image, int white) {
        int channels = image.channels();
        float[][] planes = new float[channels][];
        long[] changed = new long[channels];
        long[] clipped = new long[channels];
        Parallel.forEach(
                channels,
                c -> {
                    float[] was = image.channel(c);
                    float[] is = new float[was.length];
                    for (int v = 0; v < is.length; v++) {
                        float whole = (float) Math.rint(was[v]);
                        is[v] = Math.min(white, Math.max(0, whole)) + 0f; // no −0
                        clipped[c] += is[v] != whole && whole == whole ? 1 : 0;
                        changed[c] += is[v] != was[v] && was[v] == was[v] ? 1 : 0;
                    }
                    planes[c] = is;
                });
        long all = 0;
        long cut = 0;
        for (int c = 0; c < channels; c++) {
            all += changed[c];
            cut += clipped[c];
        }
        List<float[]> rounded = new ArrayList<>(List.of(planes));
        Volume volume =
                Volume.of(image.geometry(), rounded, image.meaning(), image.quantity())
                        .withResampled(image.resampled());
        return new Rounded(volume, white, all, cut);
    }
}
