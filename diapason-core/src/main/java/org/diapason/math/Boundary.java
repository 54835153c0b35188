package org.diapason.math;

/** How an axis of voxels goes on beyond its ends, for filters that reach over them. */
public enum Boundary {
    /** By zeros: {@code 0 0 0 | a b c d | 0 0 0}. */
    ZERO,
    /** By the border voxel: {@code a a a | a b c d | d d d}. */
    NEAREST,
    /** By the other end: {@code b c d | a b c d | a b c}. */
    PERIODIC,
    /** By its mirror image at the border, half a voxel out: {@code c b a | a b c d | d c b}. */
    MIRROR;

    /**
     * Returns the voxel of an axis of n that stands at a place inside or outside it, or −1 where
     * there is only zero; as far outside as one likes.
     */
    public int at(int place, int n) {
        if (place >= 0 && place < n) {
            return place;
        }
        return switch (this) {
            case ZERO -> -1;
            case NEAREST -> place < 0 ? 0 : n - 1;
            case PERIODIC -> Math.floorMod(place, n);
            case MIRROR -> {
                int m = Math.floorMod(place, 2 * n);
                yield m < n ? m : 2 * n - 1 - m;
            }
        };
    }
}
