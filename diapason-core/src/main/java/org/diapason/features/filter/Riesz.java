package org.diapason.features.filter;

import org.diapason.math.Boundary;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;

/**
 * Turns the response of another filter towards an axis, as a derivative does, but keeps the
 * strength of every frequency.
 *
 * <p>{@code R_l(ν) = (−i)^L √(L!/(l₁! l₂! l₃!)) ν₁^l₁ ν₂^l₂ ν₃^l₃ / |ν|^L}, L = l₁ + l₂ + l₃, zero
 * at ν = 0; ν in cycles a mm, so axes of different spacing are no matter. It is taken of the other
 * filter's response map, continued by the boundary; for a convolution this is the convolution with
 * the transformed kernel.
 *
 * <p>Not steered by the structure tensor: IBSI 2 has no consensus for that.
 *
 * <p>Method: IBSI 2 manual, arXiv:2006.05470, section "Riesz transform" (AYRS); Unser and Van De
 * Ville 2010, IEEE Trans. Image Process. 19(3):636–652, doi:10.1109/TIP.2009.2038832.
 *
 * @param filter the other filter
 * @param orderI l₁, along i
 * @param orderJ l₂, along j
 * @param orderK l₃, along k; 0 in slices
 * @param boundary how the response map goes on beyond its border
 * @param space in slices or in the volume
 */
public record Riesz(
        Filter filter,
        @Default("0") int orderI,
        @Default("0") int orderJ,
        @Default("0") int orderK,
        @Default("mirror") Boundary boundary,
        @Default("3d") Space space)
        implements Filter {

    private static final int MOST = 12;

    public Riesz {
        long order = (long) orderI + orderJ + orderK;
        if (orderI < 0 || orderJ < 0 || orderK < 0 || order < 1 || order > MOST) {
            throw new IllegalArgumentException(
                    "order-i, order-j and order-k must be 0 or more and sum to 1 to "
                            + MOST
                            + ", got "
                            + orderI
                            + ", "
                            + orderJ
                            + " and "
                            + orderK);
        }
        if (space == Space.SLICE && orderK > 0) {
            throw new IllegalArgumentException("order-k must be 0 with space 2d, got " + orderK);
        }
    }

    @Override
    public float[] respond(Geometry g, float[] values) {
        float[] response = filter.respond(g, values);
        int[] orders = {orderI, orderJ, orderK};
        double multinomial = 1;
        int total = 0;
        for (int l : orders) {
            for (int q = 1; q <= l; q++) {
                multinomial *= ++total / (double) q;
            }
        }
        double factor = Math.sqrt(multinomial);
        double[] scale = {1, g.spacing(0) / g.spacing(1), g.spacing(0) / g.spacing(2)};
        return new Fourier(square -> factor, orders, scale, Frequencies.EXACT)
                .inPlace(g, response, space, boundary);
    }

    @Override
    public String label() {
        return "riesz-"
                + orderI
                + "-"
                + orderJ
                + "-"
                + orderK
                + Labels.end(space, boundary)
                + "-"
                + filter.label();
    }
}
