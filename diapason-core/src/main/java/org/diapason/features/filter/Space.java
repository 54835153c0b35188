package org.diapason.features.filter;

/** Along which axes a filter works. */
public enum Space {
    /** In each slice alone: along i and j. */
    SLICE("2d", 2),
    /** In the volume: along i, j and k. */
    VOLUME("3d", 3);

    private final String word;
    private final int axes;

    Space(String word, int axes) {
        this.word = word;
        this.axes = axes;
    }

    /** Returns how many axes there are, from i on. */
    int axes() {
        return axes;
    }

    /** Returns 2d or 3d. */
    @Override
    public String toString() {
        return word;
    }
}
