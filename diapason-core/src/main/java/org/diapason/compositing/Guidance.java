package org.diapason.compositing;

/**
 * Which differences between neighbours a blended image shall have: the guidance field of Poisson
 * image editing (Pérez, Gangnet and Blake 2003, ACM Trans. Graph. 22(3):313–318,
 * doi:10.1145/882262.882269).
 */
public sealed interface Guidance
        permits Membrane, Seamless, Mixed, Average, Monochrome, Flatten, Illumination {

    /** A field of differences over one patch. */
    interface Field {
        /**
         * Writes what the blended image shall have as {@code f_p − f_q} into v, one number per
         * channel; must be the opposite of what it writes for (q, p).
         *
         * @param p a pixel of the patch, in the mask
         * @param q its neighbour along an axis, in the mask or not
         */
        void difference(int p, int q, double[] v);
    }

    /** Returns the field over a patch; may be asked by several threads at once. */
    Field over(Patch patch);

    /** Says whether it asks for the source. */
    default boolean needsSource() {
        return true;
    }

    /** Says whether it asks for values of the target in the mask. */
    default boolean needsTarget() {
        return false;
    }
}
