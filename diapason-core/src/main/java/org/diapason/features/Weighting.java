package org.diapason.features;

/** What the matrix of a direction counts for where directions are merged. */
public enum Weighting {
    /** 1. */
    NONE,
    /** 1/‖m‖ of the step m from voxel to neighbour. */
    INVERSE,
    /** exp(−‖m‖²) of the step m from voxel to neighbour. */
    EXPONENTIAL;

    double of(double length) {
        return switch (this) {
            case NONE -> 1;
            case INVERSE -> 1 / length;
            case EXPONENTIAL -> StrictMath.exp(-length * length);
        };
    }
}
