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
                    for (int p = row * g.ni(); p < (row + 1) * g.ni(); p++) {
                        pixel(
                                source,
                                target,
                                matte.length == 0 ? white : matte[p],
                                white,
                                light,
                                p,
                                out);
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

    private void pixel(
            Volume s, Volume d, double matte, int white, SrgbLight light, int p, float[][] out) {
        int colours = out.length - 1;
        double w = white;
        double as = s.channels() % 2 == 0 ? s.channel(s.channels() - 1)[p] : w;
        as = as * matte / w;
        double ad = d.channels() % 2 == 0 ? d.channel(d.channels() - 1)[p] : w;
        double fs = operator.ofSource(ad, w);
        double fd = operator.ofTarget(as, w);
        double all = Math.min(w * w, fs * as + fd * ad);
        out[colours][p] = whole(all / w, w);
        for (int c = 0; c < colours; c++) {
            double cs = s.channel(s.channels() < 3 ? 0 : c)[p];
            double cd = d.channel(d.channels() < 3 ? 0 : c)[p];
            if (premultiplied) {
                out[c][p] = whole((fs * (cs * matte / w) + fd * cd) / w, w);
            } else if (all == 0) {
                out[c][p] = 0;
            } else if (light == null) {
                out[c][p] = whole((fs * as * cs + fd * ad * cd) / all, w);
            } else {
                double mixed = fs * as * light.decoded(cs) + fd * ad * light.decoded(cd);
                out[c][p] = light.encoded(mixed / all);
            }
        }
    }

    private static float whole(double v, double white) {
        return (float) Math.min(white, Math.floor(v + 0.5));
    }
}
