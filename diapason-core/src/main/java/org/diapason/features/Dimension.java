package org.diapason.features;

/** In how many dimensions voxels are neighbours, and when slices are brought together. */
public enum Dimension {
    /** Each k slice alone; features are averaged over the slices. */
    SLICE("2d"),
    /** Neighbours within k slices; one matrix over all slices (2.5-D). */
    MERGED_SLICES("2.5d"),
    /** Neighbours in the volume. */
    VOLUME("3d");

    private final String word;

    Dimension(String word) {
        this.word = word;
    }

    /** Returns the word of the manual, {@code 2d}, {@code 2.5d} or {@code 3d}. */
    @Override
    public String toString() {
        return word;
    }

    /** Says whether neighbours lie within slices. */
    boolean isPlane() {
        return this != VOLUME;
    }

    /** Returns the word as it stands in tags: {@code 2D}, {@code 2_5D} or {@code 3D}. */
    String tag() {
        return switch (this) {
            case SLICE -> "2D";
            case MERGED_SLICES -> "2_5D";
            case VOLUME -> "3D";
        };
    }

    /** Returns a suffix of tags in words: {@code _2_5D_comb} is "2.5-D merged". */
    static String words(String suffix) {
        return suffix.substring(1)
                .replace("2_5D", "2.5-D")
                .replace("2D", "2-D")
                .replace("3D", "3-D")
                .replace("_avg", " averaged")
                .replace("_comb", " merged");
    }
}
