package org.diapason.math;

/** How a value between voxels is made. */
public enum Interpolation {
    /** Straight lines between neighbours. */
    LINEAR,
    /** Cubic B-spline through the voxels, with the exact prefilter. */
    CUBIC,
    /** The value of the nearest voxel. */
    NEAREST
}
