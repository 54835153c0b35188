package org.diapason.picture;

import java.util.List;
import org.diapason.math.Parallel;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * One image in colour over another in grey.
 *
 * <p>Each channel is {@code 255 ((1 − α) g + α c)}, rounded half to even, where g is the share of
 * the grey image in its window and c the colour of the other in its range. Where the other is NaN
 * or below {@code from}, α is 0. Where the grey image is NaN, g is 0 (black). The images are not
 * modified; what comes out is a picture and never a quantity again.
 *
 * @param window of the grey image
 * @param lut colours of the other
 * @param range of the other
 * @param alpha opacity of the colours, 0 … 1
 * @param from values of the other below are transparent; −∞ for none
 */
public record Overlay(ValueRange window, Lut lut, ValueRange range, double alpha, double from) {

    public Overlay {
        if (!(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException(
                    "--alpha is the opacity of the colours, 0 to 1, got " + alpha);
        }
        if (Double.isNaN(from) || from == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("--from must be a number, got " + from);
        }
    }

    /**
     * Returns where colours begin if nobody says: a fifth up a range that starts at 0 or above,
     * since the first colours would only darken the grey; at all values of another.
     */
    public static double defaultFrom(ValueRange range) {
        return range.low() >= 0
                ? range.low() + (range.high() - range.low()) / 5
                : Double.NEGATIVE_INFINITY;
    }

    /** Says whether a value of the coloured image is seen. */
    public boolean shows(float value) {
        return value >= from; // NaN is not
    }

    /** Returns a pixel as 0xRRGGBB. */
    public int colour(float grey, float coloured) {
        double g = grey == grey ? window.share(grey) : 0;
        double a = shows(coloured) ? alpha : 0;
        double share = a > 0 ? range.share(coloured) : 0;
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
            double part = a > 0 ? (1 - a) * g + a * lut.at(share, c) : g;
            rgb = rgb << 8 | (int) Math.rint(255 * part);
        }
        return rgb;
    }

    /** Returns the pixels of two planes of equal size as 0xRRGGBB. */
    public int[] colours(float[] grey, float[] coloured) {
        int[] out = new int[grey.length];
        for (int p = 0; p < out.length; p++) {
            out[p] = colour(grey[p], coloured[p]);
        }
        return out;
    }

    /**
     * Returns all voxels as a picture of red, green and blue, whole numbers from 0 to 255, on the
     * grid of both.
     *
     * @throws RefusedException if the grids differ
     */
    public Volume volume(Volume grey, Volume coloured) {
        Geometry g = grey.geometry();
        if (!g.equals(coloured.geometry())) {
            throw new RefusedException("both images must lie on one grid. Warp one first.");
        }
        float[] a = grey.values();
        float[] b = coloured.values();
        float[][] rgb = new float[3][g.voxels()];
        int plane = g.ni() * g.nj();
        Parallel.forEach(
                g.nk(),
                k -> {
                    for (int v = k * plane; v < (k + 1) * plane; v++) {
                        int colour = colour(a[v], b[v]);
                        rgb[0][v] = colour >> 16;
                        rgb[1][v] = colour >> 8 & 0xff;
                        rgb[2][v] = colour & 0xff;
                    }
                });
        return Volume.of(g, List.of(rgb), Channels.COLOURS, Quantity.PICTURE);
    }
}
