package org.diapason.phantom;

import org.diapason.volume.Numbers;

/**
 * A solid of a digital object: what is inside, and how much of it a Gaussian eye sees.
 *
 * <p>Places are world millimetres (x, y, z), directions need not have length 1. A bead or "point"
 * is a small {@link Sphere}, a wire a thin {@link Cylinder}: both are exact however small. A solid
 * knows two things, from which masks and images are made: where its surface is, and its membership
 * blurred by a Gaussian, in closed form.
 */
public sealed interface Shape permits Sphere, Ellipsoid, Folded, Cylinder, Box, HalfSpace, Bars {

    /** Returns the distance to the surface in mm, negative inside; never more than the true one. */
    double distanceMm(double x, double y, double z);

    /**
     * Returns the share of the solid in a Gaussian of standard deviation {@code sigmaMm} around a
     * place: its indicator function convolved with the Gaussian.
     */
    double share(double x, double y, double z, double sigmaMm);

    /** Returns the volume in mm³; infinite for a half-space. */
    double volumeMm3();

    /**
     * Returns the radius in mm, five standard deviations of which {@link #share} should not exceed
     * to stay within 1e-3; infinite where it is exact for any.
     */
    default double roundMm() {
        return Double.POSITIVE_INFINITY;
    }

    /**
     * Returns whether the solid's narrowest extent is under a width, so that a grid may miss it.
     */
    default boolean thinnerThan(double mm) {
        return false;
    }

    /** Checks three finite numbers. */
    static Numbers three(String what, Numbers given) {
        boolean sound = given.size() == 3;
        for (int a = 0; sound && a < 3; a++) {
            sound = Double.isFinite(given.get(a));
        }
        if (!sound) {
            throw new IllegalArgumentException(
                    what + " needs three numbers x, y, z in mm, got " + given.fixed(2));
        }
        return given;
    }

    /** Checks three positive numbers. */
    static void positive(String what, Numbers given) {
        three(what, given);
        for (int a = 0; a < 3; a++) {
            positive(what, given.get(a));
        }
    }

    /** Checks a positive length. */
    static void positive(String what, double mm) {
        if (!(mm > 0) || Double.isInfinite(mm)) {
            throw new IllegalArgumentException(
                    what + " must be positive, got " + Numbers.fixed(mm, 2) + " mm");
        }
    }

    /** Returns a direction of length 1. */
    static Numbers unit(String what, Numbers given) {
        three(what, given);
        double length =
                Math.sqrt(
                        given.get(0) * given.get(0)
                                + given.get(1) * given.get(1)
                                + given.get(2) * given.get(2));
        if (!(length > 0)) {
            throw new IllegalArgumentException(what + " must not be 0, 0, 0");
        }
        return Math.abs(length - 1) < 1e-12
                ? given
                : Numbers.of(given.get(0) / length, given.get(1) / length, given.get(2) / length);
    }

    /** Returns the share of an interval of half width {@code half} in a Gaussian {@code off} it. */
    static double interval(double off, double half, double sigma) {
        return Projection.phi((half - off) / sigma) - Projection.phi((-half - off) / sigma);
    }
}
