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
         * Writes what the blended image shall have as {@code f_p − f_q} into v[c][m] for every
         * channel c and n pairs (p + m, q + m) of neighbours along an axis.
         *
         * <p>Must be the opposite of what it writes for (q, p). What it writes where p is not in
         * the mask does not count.
         *
         * @param p the first pixel of a run of one row of the patch
         * @param q the neighbour of p
         * @param v at least n long each
         */
        void differences(int p, int q, int n, double[][] v);
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
