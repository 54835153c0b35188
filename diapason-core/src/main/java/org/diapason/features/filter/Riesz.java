package org.diapason.features.filter;

import java.util.OptionalDouble;
import org.diapason.math.Boundary;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * Turns the response of another filter towards an axis, as a derivative does, but keeps the
 * strength of every frequency.
 *
 * <p>{@code R_l(ν) = (−i)^L √(L!/(l₁! l₂! l₃!)) ν₁^l₁ ν₂^l₂ ν₃^l₃ / |ν|^L}, L = l₁ + l₂ + l₃, zero
 * at ν = 0; ν in cycles a mm, so axes of different spacing are no matter. It is taken of the other
 * filter's response map, continued by the boundary; for a convolution this is the convolution with
 * the transformed kernel.
 *
 * <p>Steered, i, j and k give way to axes that follow the structure tensor from voxel to voxel, the
 * first across what changes most; each points to where the first-order transform does, so that odd
 * orders have a sign. IBSI 2 has no consensus for that.
 *
 * <p>Method: IBSI 2 manual, arXiv:2006.05470, section "Riesz transform" (AYRS); Unser and Van De
 * Ville 2010, IEEE Trans. Image Process. 19(3):636–652, doi:10.1109/TIP.2009.2038832.
 *
 * @param filter the other filter
 * @param orderI l₁, along i
 * @param orderJ l₂, along j
 * @param orderK l₃, along k; 0 in slices
 * @param steeredByMm width of the Gaussian that averages the structure tensor, in mm; without it
 *     the transform is not steered. The orders then sum to at most 4
 * @param boundary how the response map goes on beyond its border
 * @param space in slices or in the volume
 */
public record Riesz(
        Filter filter,
        @Default("0") int orderI,
        @Default("0") int orderJ,
        @Default("0") int orderK,
        @Default("") OptionalDouble steeredByMm,
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
        if (steeredByMm.isPresent()) {
            double sigma = steeredByMm.getAsDouble();
            if (!(sigma > 0) || Double.isInfinite(sigma)) {
                throw new IllegalArgumentException(
                        "steered-by-mm must be positive, got " + sigma + " mm");
            }
            if (order > Steering.MOST_ORDER) {
                throw new IllegalArgumentException(
                        "order-i, order-j and order-k must sum to at most "
                                + Steering.MOST_ORDER
                                + " with steered-by-mm, got "
                                + order);
            }
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
        if (steeredByMm.isPresent()) {
            return new Steering(g, space, boundary, scale)
                    .respond(response, orders, steeredByMm.getAsDouble(), factor);
        }
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
                + (steeredByMm.isPresent()
                        ? "-steered" + Numbers.plain(steeredByMm.getAsDouble()) + "mm"
                        : "")
                + Labels.end(space, boundary)
                + "-"
                + filter.label();
    }
}
