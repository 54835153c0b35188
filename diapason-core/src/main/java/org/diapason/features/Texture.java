package org.diapason.features;

import java.util.List;

/**
 * A family of features of the levels of neighbouring voxels.
 *
 * <p>What is undefined is NaN. An average is taken, feature by feature, over the matrices that
 * define it: a slice without a voxel has no matrix, and one without a pair of neighbours defines no
 * feature of pairs.
 */
public interface Texture {

    /** Returns the features, tags without the suffix of an aggregation. */
    List<Feature> features();

    /** Returns what tags end with, one suffix per aggregation. */
    default List<String> suffixes(Dimension d) {
        return List.of("_" + d.tag());
    }

    /**
     * Returns the features in the order of {@link #features()}, one array per suffix in the order
     * of {@link #suffixes}. Does not modify the grid; the same bits on any number of threads.
     */
    double[][] of(LevelGrid grid, Dimension d);
}
