package org.diapason.steps.intensity;

/** The form of a map between two scanners. */
public enum Mapping {
    /** Gain and offset through the paired means of the masks; 10 subjects. */
    AFFINE(10),
    /**
     * The mean quantiles of one site onto those of the same subjects at the other; 20 subjects.
     * Isotonic regression of paired voxels is drawn towards the mean by noise and misplacement.
     */
    MONOTONE(20),
    /** Straight between the mean values of tissues, in any order; 10 subjects. */
    TISSUE_WISE(10);

    private final int leastPairs;

    Mapping(int leastPairs) {
        this.leastPairs = leastPairs;
    }

    int leastPairs() {
        return leastPairs;
    }
}
