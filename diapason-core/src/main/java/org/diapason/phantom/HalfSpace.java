package org.diapason.phantom;

import org.diapason.volume.Numbers;

/**
 * All on one side of a plane: an edge, tilted as one likes; blurred it is {@code Φ(−d/σ)}, exact.
 *
 * @param throughMm x, y, z of a place on the plane in mm
 * @param outward direction out of the solid, across the plane; of any length but 0, kept as 1
 */
public record HalfSpace(Numbers throughMm, Numbers outward) implements Shape {

    public HalfSpace {
        Shape.three("throughMm of a half-space", throughMm);
        outward = Shape.unit("outward of a half-space", outward);
    }

    @Override
    public double distanceMm(double x, double y, double z) {
        return (x - throughMm.get(0)) * outward.get(0)
                + (y - throughMm.get(1)) * outward.get(1)
                + (z - throughMm.get(2)) * outward.get(2);
    }

    @Override
    public double share(double x, double y, double z, double sigmaMm) {
        return Projection.phi(-distanceMm(x, y, z) / sigmaMm);
    }

    @Override
    public double volumeMm3() {
        return Double.POSITIVE_INFINITY;
    }
}
