package org.diapason.features;

/**
 * The surface of an ellipsoid as the reference manual computes it (section 3.1, area density of the
 * approximate enclosing ellipsoid): {@code 4π a b Σ_v (αβ)^v/(1 − 4v²) P_v((α² + β²)/(2αβ))} with
 * {@code α² = 1 − b²/a²}, {@code β² = 1 − c²/a²}, and v from 0 to 20.
 *
 * <p>This is not the surface of the ellipsoid unless it is a sphere: that would need {@code α² = 1
 * − c²/b²}. For semi-axes 3, 2, 2 the manual's series gives 59.3 where the surface is 67.7. The
 * consensus values are those of the manual's series, so it is kept.
 */
final class EllipsoidArea {
    private static final int LAST = 20;

    private EllipsoidArea() {}

    /**
     * Returns the area in mm² for semi-axes a ≥ b ≥ c in mm; NaN for a flat ellipsoid, whose volume
     * is 0.
     *
     * <p>With {@code Q_v = (αβ)^v P_v} Legendre's recurrence needs no division by αβ, which is 0
     * for a spheroid: {@code (v + 1) Q_{v+1} = (2v + 1)(α² + β²)/2 Q_v − v (αβ)² Q_{v−1}}.
     */
    static double of(double a, double b, double c) {
        if (!(c > 0)) {
            return Double.NaN;
        }
        double alpha2 = 1 - b * b / (a * a);
        double beta2 = 1 - c * c / (a * a);
        double before = 0;
        double now = 1;
        double sum = 0;
        for (int v = 0; v <= LAST; v++) {
            sum += now / (1 - 4.0 * v * v);
            double next =
                    ((2 * v + 1) * (alpha2 + beta2) / 2 * now - v * alpha2 * beta2 * before)
                            / (v + 1);
            before = now;
            now = next;
        }
        return 4 * Math.PI * a * b * sum;
    }
}
