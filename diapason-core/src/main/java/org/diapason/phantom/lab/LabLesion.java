package org.diapason.phantom.lab;

/**
 * A ball in the white matter of the experiment's head, cut through its middle.
 *
 * @param kind who sees it
 * @param xMm place of its middle
 * @param yMm place of its middle
 * @param radiusMm its radius
 */
public record LabLesion(Kind kind, double xMm, double yMm, double radiusMm) {
    /** Who sees a lesion. */
    public enum Kind {
        /** PET and MR. */
        MATCHED,
        /** PET alone: a prior that trusts MR may erase it. */
        PET_ONLY,
        /** MR alone: a prior that trusts MR may invent it in PET. */
        MR_ONLY,
        /** Nobody: white matter, to tell what noise makes of such a place. */
        CONTROL;

        /** Returns the name as it is written in tables. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        boolean inPet() {
            return this == MATCHED || this == PET_ONLY;
        }

        boolean inMr() {
            return this == MATCHED || this == MR_ONLY;
        }
    }

    /** Returns the name as it is written in tables: {@code pet-only-8}. */
    public String name() {
        return kind.word() + "-" + Math.round(radiusMm);
    }

    /** Says whether a place is within a margin around it; a negative margin is inside. */
    boolean near(double x, double y, double marginMm) {
        double r = radiusMm + marginMm;
        return (x - xMm) * (x - xMm) + (y - yMm) * (y - yMm) <= r * r;
    }
}
