package org.diapason.phantom;

import org.diapason.volume.Numbers;

/**
 * A box along the axes of the world; blurred it is the product of three blurred intervals, exact.
 *
 * @param centreMm x, y, z of the centre in mm
 * @param edgesMm lengths along x, y, z in mm; positive
 */
public record Box(Numbers centreMm, Numbers edgesMm) implements Shape {

    public Box {
        Shape.three("centreMm of a box", centreMm);
        Shape.positive("edgesMm of a box", edgesMm);
    }

    @Override
    public double distanceMm(double x, double y, double z) {
        double[] p = {x, y, z};
        double most = Double.NEGATIVE_INFINITY;
        double outside = 0;
        for (int a = 0; a < 3; a++) {
            double d = Math.abs(p[a] - centreMm.get(a)) - edgesMm.get(a) / 2;
            most = Math.max(most, d);
            outside += d > 0 ? d * d : 0;
        }
        return outside > 0 ? Math.sqrt(outside) : most;
    }

    @Override
    public double share(double x, double y, double z, double sigmaMm) {
        return Shape.interval(x - centreMm.get(0), edgesMm.get(0) / 2, sigmaMm)
                * Shape.interval(y - centreMm.get(1), edgesMm.get(1) / 2, sigmaMm)
                * Shape.interval(z - centreMm.get(2), edgesMm.get(2) / 2, sigmaMm);
    }

    @Override
    public double volumeMm3() {
        return edgesMm.get(0) * edgesMm.get(1) * edgesMm.get(2);
    }

    @Override
    public boolean thinnerThan(double mm) {
        return Math.min(edgesMm.get(0), Math.min(edgesMm.get(1), edgesMm.get(2))) < mm;
    }
}
