package org.diapason.registration;

import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * Two slices laid into the plane z = 0, where linear models of slices move.
 *
 * @param fixed on a grid along x and y
 * @param moving in the same plane: where it was if both were parallel, else from its own corner on
 * @param fromFixed world mm to the fixed slice's plane
 * @param fromMoving world mm to the moving slice's plane
 */
record Slices(Volume fixed, Volume moving, Affine fromFixed, Affine fromMoving) {
    private static final double PARALLEL = 1 - 1e-6;

    static Slices of(Volume fixed, Volume moving) {
        Geometry f = fixed.geometry();
        Geometry m = moving.geometry();
        Affine fromFixed = frame(f, 1);
        double[] origin = m.originMm().toArray();
        fromFixed.apply(origin);
        double cosine = 0;
        for (int r = 0; r < 3; r++) {
            cosine += f.direction().get(3 * r + 2) * m.direction().get(3 * r + 2);
        }
        boolean parallel = Math.abs(cosine) > PARALLEL;
        Affine fromMoving =
                parallel
                        ? fromFixed.then(Affine.shift(0, 0, -origin[2]))
                        : frame(m, side(f) * side(m));
        return new Slices(laid(fixed, fromFixed), laid(moving, fromMoving), fromFixed, fromMoving);
    }

    /** Returns a transform between the slices as one between the planes. */
    Affine flattened(Affine transform) {
        return fromFixed.inverse().then(transform).then(fromMoving);
    }

    /** Returns a transform between the planes as one between the slices. */
    Affine back(Affine transform) {
        return fromFixed.then(transform).then(fromMoving.inverse());
    }

    private static double side(Geometry g) {
        return Affine.toWorld(g).determinant() < 0 ? -1 : 1;
    }

    /** Returns the map of world mm to mm along the axes of a grid from its corner on. */
    private static Affine frame(Geometry g, double normal) {
        double[] m = new double[12];
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                m[4 * c + r] = g.direction().get(3 * r + c) * (c == 2 ? normal : 1);
                m[4 * c + 3] -= m[4 * c + r] * g.originMm().get(r);
            }
        }
        return new Affine(Numbers.of(m));
    }

    private static Volume laid(Volume image, Affine frame) {
        Geometry g = image.geometry();
        Affine there = Affine.toWorld(g).then(frame);
        double[] direction = new double[9];
        double[] origin = new double[3];
        for (int r = 0; r < 3; r++) {
            origin[r] = there.get(r, 3);
            for (int c = 0; c < 3; c++) {
                direction[3 * r + c] = there.get(r, c) / g.spacing(c);
            }
        }
        Geometry flat =
                new Geometry(
                        g.ni(),
                        g.nj(),
                        1,
                        g.spacingMm(),
                        Numbers.of(origin),
                        Numbers.of(direction));
        return Volume.of(flat, image.values(), image.quantity());
    }
}
