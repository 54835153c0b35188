package org.diapason.features;

import org.diapason.volume.Numbers;

/** How far apart two voxels are, in voxels or, where each axis has its spacing, in mm. */
public enum Norm {
    /** The largest difference along an axis: 26 voxels have distance 1. */
    CHEBYSHEV,
    /** The sum of the differences: 6 voxels have distance 1. */
    MANHATTAN,
    /** The square root of the sum of squares: 6 voxels have distance 1. */
    EUCLIDEAN;

    /** Returns the length of a step whose part along each axis is counted in a unit. */
    double of(int[] step, Numbers unit) {
        double x = Math.abs(step[0] * unit.get(0));
        double y = Math.abs(step[1] * unit.get(1));
        double z = Math.abs(step[2] * unit.get(2));
        return switch (this) {
            case CHEBYSHEV -> Math.max(x, Math.max(y, z));
            case MANHATTAN -> x + y + z;
            case EUCLIDEAN -> Math.sqrt(x * x + y * y + z * z);
        };
    }
}
