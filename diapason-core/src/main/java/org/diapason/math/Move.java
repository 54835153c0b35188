package org.diapason.math;

import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Transform;

/**
 * What is asked of a resampling.
 *
 * @param from the old grid
 * @param to the new one
 * @param transform where places of the new grid lie in the old one, in mm
 * @param how how values between voxels are made
 * @param boundary how the old grid goes on beyond its border
 * @param outside whether voxels outside the old field have the boundary's values, not NaN
 */
record Move(
        Geometry from,
        Geometry to,
        Transform transform,
        Interpolation how,
        Boundary boundary,
        boolean outside) {

    /** Says whether one axis can be done after the other. */
    boolean isSeparable() {
        return transform.equals(Affine.IDENTITY) && Grid.parallel(from, to);
    }

    Move by(Interpolation other) {
        return new Move(from, to, transform, other, boundary, outside);
    }

    /** Returns the taps of the three axes of what is separable. */
    Taps[] axes() {
        Numbers origin = to.originMm();
        Numbers first = from.toVoxel(origin.get(0), origin.get(1), origin.get(2));
        Taps[] axes = new Taps[3];
        for (int a = 0; a < 3; a++) {
            double step = to.spacing(a) / from.spacing(a);
            axes[a] = Taps.of(how, boundary, from.size(a), to.size(a), first.get(a), step);
        }
        return axes;
    }

    /** Returns the taps that make the spline's coefficients. */
    Taps[] coefficients() {
        Taps[] whole = new Taps[3];
        for (int a = 0; a < 3; a++) {
            whole[a] = Taps.coefficients(boundary, from.size(a));
        }
        return whole;
    }
}
