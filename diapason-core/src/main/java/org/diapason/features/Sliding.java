package org.diapason.features;

/**
 * Features of a window that moves along i: a plane of voxels across i enters at its front, one
 * leaves at its back, and only they are looked at.
 */
interface Sliding {

    /**
     * Takes the plane around a cell into the window.
     *
     * @param behind the plane behind it is in the window
     */
    void enter(int cell, boolean behind);

    /**
     * Takes the plane around a cell, the last of the window, out of it.
     *
     * @param ahead the plane ahead of it is in the window
     */
    void leave(int cell, boolean ahead);

    /** Returns the features of what is in the window; at least one voxel is. */
    double[] features();

    /** Empties the window. */
    void clear();
}
