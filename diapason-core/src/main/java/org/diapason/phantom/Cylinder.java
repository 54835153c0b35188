package org.diapason.phantom;

import org.diapason.volume.Numbers;

/**
 * A round rod of any direction, its ends cut straight; a thin one is a wire.
 *
 * <p>Blurred, it is a disc times an interval. The disc of radius R at distance ρ is the integral
 * over its chords, {@code ∫ G(R sin θ) (Φ((R cos θ − ρ)/σ) − Φ((−R cos θ − ρ)/σ)) R cos θ dθ}, by
 * the trapezoidal rule, which is exact to rounding here; beyond R = 20 σ it is {@code Φ((R − ρ −
 * σ²/2R)/σ)}.
 *
 * @param centreMm x, y, z of the middle in mm
 * @param direction along the axis
 * @param radiusMm radius in mm; positive
 * @param lengthMm length along the axis in mm; positive
 */
public record Cylinder(Numbers centreMm, Numbers direction, double radiusMm, double lengthMm)
        implements Shape {
    private static final double THICK = 20;

    public Cylinder {
        Shape.three("centreMm of a cylinder", centreMm);
        direction = Shape.unit("direction of a cylinder", direction);
        Shape.positive("radiusMm of a cylinder", radiusMm);
        Shape.positive("lengthMm of a cylinder", lengthMm);
    }

    @Override
    public double distanceMm(double x, double y, double z) {
        double along = along(x, y, z);
        double side = across(x, y, z, along) - radiusMm;
        double end = Math.abs(along) - lengthMm / 2;
        return side > 0 && end > 0 ? Math.sqrt(side * side + end * end) : Math.max(side, end);
    }

    @Override
    public double share(double x, double y, double z, double sigmaMm) {
        double along = along(x, y, z);
        double between = Shape.interval(along, lengthMm / 2, sigmaMm);
        return between == 0 ? 0 : between * disc(across(x, y, z, along), radiusMm, sigmaMm);
    }

    @Override
    public double volumeMm3() {
        return Math.PI * radiusMm * radiusMm * lengthMm;
    }

    @Override
    public boolean thinnerThan(double mm) {
        return 2 * radiusMm < mm;
    }

    /** Returns the blurred disc. */
    static double disc(double rho, double radius, double sigma) {
        double in = (radius - rho) / sigma;
        if (Math.abs(in) > 8) {
            return in > 0 ? 1 : 0;
        }
        if (radius > THICK * sigma) {
            return Projection.phi(in - sigma / (2 * radius));
        }
        int n = 12 + (int) (4 * radius / sigma);
        double step = Math.PI / (2 * n);
        double sum = 0;
        for (int m = 0; m < n; m++) {
            double angle = (m + 0.5) * step;
            double chord = radius * StrictMath.cos(angle);
            double beside = radius * StrictMath.sin(angle) / sigma;
            if (beside < 8) {
                sum +=
                        chord
                                * StrictMath.exp(-beside * beside / 2)
                                * Shape.interval(rho, chord, sigma);
            }
        }
        return 2 * step * sum / (Math.sqrt(2 * Math.PI) * sigma);
    }

    private double along(double x, double y, double z) {
        return (x - centreMm.get(0)) * direction.get(0)
                + (y - centreMm.get(1)) * direction.get(1)
                + (z - centreMm.get(2)) * direction.get(2);
    }

    private double across(double x, double y, double z, double along) {
        double dx = x - centreMm.get(0) - along * direction.get(0);
        double dy = y - centreMm.get(1) - along * direction.get(1);
        double dz = z - centreMm.get(2) - along * direction.get(2);
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }
}
