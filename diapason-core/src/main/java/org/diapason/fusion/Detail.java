package org.diapason.fusion;

import org.diapason.volume.Geometry;

/** How the details of one scale, one band of each image, become those of the fused image. */
public sealed interface Detail permits MaxAbs, Match {

    /**
     * The bands, told row by row, so that none is ever held whole. They have a value everywhere.
     */
    interface Bands {
        /**
         * Writes some rows of a band.
         *
         * @param image whose
         * @param from the first voxel of the first row
         * @param n voxels, of whole rows
         */
        void read(int image, int from, int n, float[] to);
    }

    /** Where the fused band goes, each row once. */
    interface Taker {
        /** Takes the rows of n voxels from voxel {@code from} on; does not keep the array. */
        void take(float[] fused, int from, int n);
    }

    /**
     * Fuses the bands of some images; both ends are called by several threads at once.
     *
     * @param grid of the bands
     */
    void fuse(Geometry grid, int images, Bands bands, Taker out);
}
