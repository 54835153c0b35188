package org.diapason.volume;

/**
 * Where places of the fixed image lie in the moving one, both in world mm (LPS): the direction that
 * resampling needs, and that of ITK's and elastix's files.
 *
 * <p>Transforms are composed and then applied once; no image is interpolated twice.
 */
public sealed interface Transform
        permits Affine, BsplineTransform, Chain, DisplacementField, Inverse {

    /** Moves a place, x, y, z in mm, from fixed to moving. */
    void apply(double[] place);

    /**
     * Returns how the moving place changes with the fixed one, {@code ∂q_r/∂p_c} at {@code [3 r +
     * c]}: directions are turned by it, volumes multiplied by its determinant.
     *
     * @param place fixed mm; not modified
     */
    double[] jacobian(double[] place);

    /**
     * Returns the way back, moving mm to fixed mm. That of a deformation is found place by place
     * ({@link Inverse}), which takes some ten times as long.
     *
     * @throws RefusedException if there is none
     */
    Transform inverse();

    /** Returns the map that does this first and then the other. */
    default Transform then(Transform next) {
        return Chain.of(this, next);
    }
}
