package org.diapason.phantom;

import org.diapason.volume.Numbers;

/**
 * A ball; a small one is the bead of a point-spread measurement.
 *
 * <p>Blurred, with R the radius and r the distance from the centre: {@code Φ((R−r)/σ) − Φ(−(R+r)/σ)
 * − σ/(√(2π) r) · (exp(−(R−r)²/2σ²) − exp(−(R+r)²/2σ²))}, exact.
 *
 * @param centreMm x, y, z of the centre in mm
 * @param radiusMm radius in mm; positive
 */
public record Sphere(Numbers centreMm, double radiusMm) implements Shape {

    public Sphere {
        Shape.three("centreMm of a sphere", centreMm);
        Shape.positive("radiusMm of a sphere", radiusMm);
    }

    @Override
    public double distanceMm(double x, double y, double z) {
        return away(x, y, z) - radiusMm;
    }

    @Override
    public double share(double x, double y, double z, double sigmaMm) {
        double r = away(x, y, z);
        double in = (radiusMm - r) / sigmaMm;
        double out = (radiusMm + r) / sigmaMm;
        if (Math.abs(in) > 8) {
            return in > 0 ? 1 : 0;
        }
        if (r < 1e-4 * sigmaMm) {
            return 2 * Projection.phi(out)
                    - 1
                    - Math.sqrt(2 / Math.PI) * out * StrictMath.exp(-out * out / 2);
        }
        double shell =
                (StrictMath.exp(-in * in / 2) - StrictMath.exp(-out * out / 2))
                        * sigmaMm
                        / (Math.sqrt(2 * Math.PI) * r);
        return Projection.phi(in) - Projection.phi(-out) - shell;
    }

    @Override
    public double volumeMm3() {
        return 4 * Math.PI / 3 * radiusMm * radiusMm * radiusMm;
    }

    @Override
    public boolean thinnerThan(double mm) {
        return 2 * radiusMm < mm;
    }

    private double away(double x, double y, double z) {
        double dx = x - centreMm.get(0);
        double dy = y - centreMm.get(1);
        double dz = z - centreMm.get(2);
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }
}
