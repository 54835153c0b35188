package org.diapason.features;

/** The families of features of the IBSI 1 reference manual, chapter 3, in its order. */
public enum Family {
    MORPHOLOGY,
    LOCAL_INTENSITY,
    STATISTICS,
    HISTOGRAM,
    IVH,
    GLCM,
    GLRLM,
    GLSZM,
    GLDZM,
    NGTDM,
    NGLDM;

    /** Says whether the family needs intensities as levels 1 … N. */
    boolean needsLevels() {
        return ordinal() >= GLCM.ordinal() || this == HISTOGRAM;
    }

    /** Says whether the family looks at neighbours, so that the grid's spacing matters. */
    boolean isTexture() {
        return ordinal() >= GLCM.ordinal();
    }
}
