package org.diapason.volume;

/**
 * Where places of the fixed image lie in the moving one, both in world mm (LPS): the direction that
 * resampling needs, and that of ITK's and elastix's files.
 *
 * <p>Transforms are composed and then applied once; no image is interpolated twice.
 */
public sealed interface Transform permits Affine, Chain, DisplacementField {

    /** Moves a place, x, y, z in mm, from fixed to moving. */
    void apply(double[] place);

    /**
     * Returns the way back, moving mm to fixed mm.
     *
     * @throws RefusedException if there is none
     */
    Transform inverse();

    /** Returns the map that does this first and then the other. */
    default Transform then(Transform next) {
        return Chain.of(this, next);
    }
}
