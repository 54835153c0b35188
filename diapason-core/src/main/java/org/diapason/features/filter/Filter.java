package org.diapason.features.filter;

import org.diapason.volume.Geometry;

/**
 * A filter whose response map is measured in the place of the image.
 *
 * <p>Definitions: Depeursinge et al., Standardised convolutional filtering for radiomics (IBSI 2),
 * arXiv:2006.05470. Scales are in mm and are divided by the spacing of the grid; what IBSI counts
 * in voxels (supports, levels) stays in voxels, and is then refused on axes of different spacing.
 *
 * <p>Every filter needs a value at every voxel, so an image with NaN or infinite voxels is refused;
 * an axis of one voxel is continued by the boundary rule like any other. The bits do not depend on
 * the number of threads.
 */
public sealed interface Filter
        permits Mean,
                LaplacianOfGaussian,
                Laws,
                Gabor,
                SeparableWavelet,
                Simoncelli,
                Shannon,
                Riesz {

    /**
     * Returns the response at every voxel of an image with i fastest, which is not modified.
     *
     * @throws org.diapason.volume.RefusedException if a voxel has no finite value, or the grid does
     *     not carry the filter
     */
    float[] respond(Geometry g, float[] values);

    /** Returns the part of a column's name that says which filter this is. */
    String label();
}
