package org.diapason.compositing;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Parallel;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * One picture laid on another by an operator of Porter and Duff, to the last bit of its samples.
 *
 * <p>With opacities {@code a} and colours {@code c} from 0 to white W, shares {@code F_S} and
 * {@code F_D} of the operator ({@link PorterDuff}): opacity {@code (F_S a_S + F_D a_D)/W}; a
 * straight colour {@code (F_S a_S c_S + F_D a_D c_D)/(F_S a_S + F_D a_D)}, 0 where that is 0/0, the
 * divisor at most W²; a premultiplied one {@code (F_S c_S + F_D c_D)/W}. Numerators of samples of 8
 * and 16 bits are whole numbers below 2⁵³, so each result is the true one, rounded once, halves up.
 * What would pass W (plus) stays at W.
 *
 * @param operator how S is laid on D
 * @param premultiplied whether colours hold their opacity already
 * @param linearLight whether colours are mixed as light: decoded by sRGB before and encoded after
 */
public record PictureComposite(PorterDuff operator, boolean premultiplied, boolean linearLight) {

    public PictureComposite {
        if (premultiplied && linearLight) {
            throw new IllegalArgumentException(
                    "premultiplied samples are mixed as they are: their colours were multiplied"
                            + " before or after the curve of sRGB, which files do not say. Take"
                            + " straight colours for linear light.");
        }
    }

    /**
     * Returns S on D, its first pixel on a pixel of D; beyond S, S is clear.
     *
     * @param x where the first pixel of S lies on D; so y
     * @throws org.diapason.volume.RefusedException if S does not reach D
     */
    public Volume of(Volume source, Volume target, float[] matte, int white, int x, int y) {
        Laid laid = Laid.of(source, matte, white, target.geometry(), x, y, 0);
        Volume placed =
                Volume.of(
                        target.geometry(),
                        List.of(laid.planes()),
                        source.meaning(),
                        Quantity.PICTURE);
        return of(placed, target, laid.opacity(), white);
    }

    /**
     * Returns S on D, both of one size.
     *
     * @param source 1 to 4 channels: grey or colours, and opacity where there are 2 or 4; whole
     *     numbers from 0 to white
     * @param target the same, of as many pixels
     * @param matte multiplies the opacity of S, one per pixel, 0 to white; empty for none
     * @param white the largest sample, 255 or 65535
     * @return a picture of the target's grid; with a channel of opacity unless all of it is opaque
     *     and neither the target nor the operator has one
     */
    public Volume of(Volume source, Volume target, float[] matte, int white) {
        Geometry g = target.geometry();
        int n = target.channel(0).length;
        if (source.channel(0).length != n || matte.length != 0 && matte.length != n) {
            throw new IllegalArgumentException(
                    "pictures of one size are composed, got "
                            + source.channel(0).length
                            + " and "
                            + n
                            + " pixels, matte "
                            + matte.length);
        }
        int colours = Math.max(colours(source), colours(target));
        SrgbLight light = linearLight ? SrgbLight.of(white) : null;
        float[][] out = new float[colours + 1][n];
        Parallel.forEach(
                g.nj() * g.nk(),
                row -> {
                    int from = row * g.ni();
                    Shares shares = new Shares(g.ni());
                    opacities(source, target, matte, white, from, shares, out[colours]);
                    for (int c = 0; c < colours; c++) {
                        float[] s = source.channel(source.channels() < 3 ? 0 : c);
                        float[] d = target.channel(target.channels() < 3 ? 0 : c);
                        if (premultiplied) {
                            shares.premultiplied(s, d, white, from, out[c]);
                        } else if (light == null) {
                            shares.straight(s, d, white, from, out[c]);
                        } else {
                            shares.asLight(s, d, light, from, out[c]);
                        }
                    }
                });
        boolean clear = target.channels() % 2 == 0 || operator == PorterDuff.IN;
        List<float[]> planes = new ArrayList<>(List.of(out));
        if (!clear) {
            planes.remove(colours);
        }
        return Volume.of(
                g, planes, planes.size() > 1 ? Channels.COLOURS : Channels.ONE, Quantity.PICTURE);
    }

    private static int colours(Volume v) {
        return v.channels() < 3 ? 1 : 3;
    }

    private void opacities(
            Volume s, Volume d, float[] matte, double w, int from, Shares shares, float[] out) {
        float[] ofS = s.channels() % 2 == 0 ? s.channel(s.channels() - 1) : null;
        float[] ofD = d.channels() % 2 == 0 ? d.channel(d.channels() - 1) : null;
        for (int i = 0; i < shares.all.length; i++) {
            int p = from + i;
            double m = matte.length == 0 ? w : matte[p];
            double as = (ofS == null ? w : ofS[p]) * m / w;
            double ad = ofD == null ? w : ofD[p];
            double fs = operator.ofSource(ad, w);
            double fd = operator.ofTarget(as, w);
            double all = least(w * w, fs * as + fd * ad);
            out[p] = whole(all / w, w);
            shares.ofSource[i] = premultiplied ? fs : fs * as;
            shares.ofTarget[i] = premultiplied ? fd : fd * ad;
            shares.matte[i] = m;
            shares.all[i] = all;
        }
    }

    /** What each pixel of a row gives, by which samples are mixed one channel after the other. */
    private static final class Shares {
        private final double[] ofSource;
        private final double[] ofTarget;
        private final double[] matte;
        private final double[] all;

        Shares(int pixels) {
            ofSource = new double[pixels];
            ofTarget = new double[pixels];
            matte = new double[pixels];
            all = new double[pixels];
        }

        void premultiplied(float[] s, float[] d, double w, int from, float[] out) {
            for (int i = 0; i < all.length; i++) {
                double mixed =
                        ofSource[i] * (s[from + i] * matte[i] / w) + ofTarget[i] * d[from + i];
                out[from + i] = whole(mixed / w, w);
            }
        }

        void straight(float[] s, float[] d, double w, int from, float[] out) {
            for (int i = 0; i < all.length; i++) {
                double mixed = ofSource[i] * s[from + i] + ofTarget[i] * d[from + i];
                out[from + i] = all[i] == 0 ? 0 : whole(mixed / all[i], w);
            }
        }

        void asLight(float[] s, float[] d, SrgbLight light, int from, float[] out) {
            for (int i = 0; i < all.length; i++) {
                double mixed =
                        ofSource[i] * light.decoded(s[from + i])
                                + ofTarget[i] * light.decoded(d[from + i]);
                out[from + i] = all[i] == 0 ? 0 : light.encoded(mixed / all[i]);
            }
        }
    }

    private static float whole(double v, double white) {
        return (float) least(white, Math.floor(v + 0.5));
    }

    /** Of two numbers, neither NaN: Math.min, which looks for that, took a third of the time. */
    private static double least(double one, double other) {
        return other < one ? other : one;
    }
}
