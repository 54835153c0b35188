package org.diapason.registration;

/**
 * What a metric says of an image drawn on the fixed grid: how well it fits, and how much better
 * where its values were other ones.
 */
interface Pull {
    /** Returns its name in the trace of the search. */
    String name();

    /**
     * Writes for each voxel how the fit grows with its drawn value, and how fast that growth ends
     * (0 or more); both 0 where nothing is compared.
     *
     * @param drawn values; NaN where there is none
     * @return the fit, a sum over voxels in nats; the larger the better
     */
    double at(float[] drawn, float[] pull, float[] stiffness);
}
