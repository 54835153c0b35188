package org.diapason.phantom;

import org.diapason.volume.Numbers;

/**
 * An ellipsoid along the axes of the world.
 *
 * <p>Blurred: {@code Φ((−d − σ² κ/2) / σ)} with the distance d to first order and κ the sum of the
 * principal curvatures, which keeps the volume to second order of σ over the radius.
 *
 * @param centreMm x, y, z of the centre in mm
 * @param semiAxesMm half lengths along x, y, z in mm; positive
 */
public record Ellipsoid(Numbers centreMm, Numbers semiAxesMm) implements Shape {

    public Ellipsoid {
        Shape.three("centreMm of an ellipsoid", centreMm);
        Shape.positive("semiAxesMm of an ellipsoid", semiAxesMm);
    }

    @Override
    public double distanceMm(double x, double y, double z) {
        double level = 0;
        for (int a = 0; a < 3; a++) {
            double u = off(a, x, y, z) / semiAxesMm.get(a);
            level += u * u;
        }
        return (Math.sqrt(level) - 1) * roundMm();
    }

    @Override
    public double share(double x, double y, double z, double sigmaMm) {
        double level = 0;
        double slope = 0;
        double bent = 0;
        double trace = 0;
        for (int a = 0; a < 3; a++) {
            double u = off(a, x, y, z);
            double w = 1 / (semiAxesMm.get(a) * semiAxesMm.get(a));
            level += w * u * u;
            slope += w * w * u * u;
            bent += w * w * w * u * u;
            trace += w;
        }
        double root = Math.sqrt(level);
        double least = (root - 1) * roundMm();
        if (Math.abs(least) > 8 * sigmaMm || root < 0.1) {
            return least > 0 ? 0 : 1;
        }
        double steep = Math.sqrt(slope);
        double distance = root * (root - 1) / steep;
        double curvature = (trace * slope - bent) / (slope * steep);
        return Projection.phi(-(distance + sigmaMm * sigmaMm * curvature / 2) / sigmaMm);
    }

    @Override
    public double volumeMm3() {
        return 4 * Math.PI / 3 * semiAxesMm.get(0) * semiAxesMm.get(1) * semiAxesMm.get(2);
    }

    @Override
    public double roundMm() {
        return Math.min(semiAxesMm.get(0), Math.min(semiAxesMm.get(1), semiAxesMm.get(2)));
    }

    private double off(int axis, double x, double y, double z) {
        return (axis == 0 ? x : axis == 1 ? y : z) - centreMm.get(axis);
    }
}
