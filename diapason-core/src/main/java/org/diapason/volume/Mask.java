package org.diapason.volume;

import java.util.List;

/**
 * A set of voxels on a grid. A label is a name in the exam, never a magic integer.
 *
 * <p>Never written to after it was made: {@link #voxels()} hands out the array itself.
 */
public final class Mask {
    private final Geometry geometry;
    private final boolean[] voxels;
    private final List<String> notes;

    private Mask(Geometry geometry, boolean[] voxels, List<String> notes) {
        if (voxels.length != geometry.voxels()) {
            throw new IllegalArgumentException(
                    "a grid of "
                            + geometry.voxels()
                            + " voxels cannot hold a mask of "
                            + voxels.length);
        }
        this.geometry = geometry;
        this.voxels = voxels;
        this.notes = List.copyOf(notes);
    }

    /** Returns a mask; the array is kept, not copied. */
    public static Mask of(Geometry geometry, boolean[] voxels) {
        return new Mask(geometry, voxels, List.of());
    }

    public Geometry geometry() {
        return geometry;
    }

    /** Returns membership per voxel, i fastest; do not write to it. */
    public boolean[] voxels() {
        return voxels;
    }

    public boolean at(int i, int j, int k) {
        return voxels[geometry.index(i, j, k)];
    }

    /** Returns the number of voxels in the set. */
    public int count() {
        int count = 0;
        for (boolean v : voxels) {
            count += v ? 1 : 0;
        }
        return count;
    }

    /**
     * Returns the same voxels on a grid of the same size, to snap a rounded grid to its image's.
     */
    public Mask onGrid(Geometry sameSize) {
        return new Mask(sameSize, voxels, notes);
    }

    /** Returns what the user must know of how the mask came about, in whole sentences. */
    public List<String> notes() {
        return notes;
    }

    public Mask withNotes(List<String> newNotes) {
        return new Mask(geometry, voxels, newNotes);
    }
}
