package org.diapason.features;

/** How far apart two voxels are, in voxels. */
public enum Norm {
    /** The largest difference of an index: 26 voxels have distance 1. */
    CHEBYSHEV,
    /** The sum of the differences: 6 voxels have distance 1. */
    MANHATTAN,
    /** The square root of the sum of squares: 6 voxels have distance 1. */
    EUCLIDEAN;

    double of(int i, int j, int k) {
        return switch (this) {
            case CHEBYSHEV -> Math.max(Math.abs(i), Math.max(Math.abs(j), Math.abs(k)));
            case MANHATTAN -> Math.abs(i) + Math.abs(j) + Math.abs(k);
            case EUCLIDEAN -> Math.sqrt(i * i + j * j + k * k);
        };
    }
}
