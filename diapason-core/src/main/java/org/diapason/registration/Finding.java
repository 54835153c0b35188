package org.diapason.registration;

import org.diapason.volume.Numbers;

/**
 * One thing that speaks against a registration.
 *
 * @param kind what it is
 * @param status how much it weighs: {@link Status#WARN} or {@link Status#FAIL}
 * @param sentence what was found, what was needed and what to do, for people
 * @param found the number it rests on; NaN where there is none
 */
public record Finding(Kind kind, Status status, String sentence, double found) {

    /** What can be wrong. */
    public enum Kind {
        /** An image has one value only. */
        CONSTANT,
        /** An image has no finite value. */
        NO_VALUES,
        /** The mask holds no voxel that has a value. */
        EMPTY_MASK,
        /** The mask is too small to say where the image lies. */
        SMALL_MASK,
        /** An image has several values a voxel. */
        CHANNELS,
        /** An image has too few voxels. */
        SMALL_IMAGE,
        /** An image is one slice and the other is not. */
        ONE_SLICE,
        /** Wherever it was put, the moving image hardly covers the fixed one. */
        DISJOINT,
        /** The images hardly know more of each other here than elsewhere. */
        UNRELATED,
        /** Searches from places nearby do not come back. */
        UNSTABLE,
        /** There is another place that fits as well. */
        AMBIGUOUS,
        /** Where the headers put the images they fit as well. */
        HEADER,
        /** The transform stretches or shears more than bodies and scanners do. */
        DISTORTED,
        /** The way there and the way back do not meet. */
        INCONSISTENT,
        /** Places are expected to lie farther off than can be passed in silence. */
        IMPRECISE,
        /** Space is folded over. */
        FOLDED,
        /** Between edges a deformation is a smooth guess. */
        GUESSED
    }

    public Finding {
        if (status == Status.PASS) {
            throw new IllegalArgumentException("a finding warns or fails");
        }
    }

    /** Says the finding without its sentence, for logs. */
    @Override
    public String toString() {
        return status + " " + kind + " " + (found == found ? Numbers.fixed(found, 4) : "");
    }
}
