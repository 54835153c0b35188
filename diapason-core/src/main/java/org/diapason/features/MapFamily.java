package org.diapason.features;

import java.util.ArrayList;
import java.util.List;
import org.diapason.features.filter.Space;

/** The families that have maps, in the order of the manual. */
enum MapFamily {
    STATISTICS(IntensityStatistics.FEATURES, ""),
    HISTOGRAM(IntensityHistogram.FEATURES, ""),
    PAIRS_AVERAGED(GlcmFeatures.FEATURES, "_avg"),
    PAIRS_MERGED(GlcmFeatures.FEATURES, "_comb");

    private final List<Feature> features;
    private final String end;

    MapFamily(List<Feature> features, String end) {
        this.features = features;
        this.end = end;
    }

    boolean ofPairs() {
        return !end.isEmpty();
    }

    /** Returns the tags of the family's maps, in the order of its features. */
    List<String> tags(Space space) {
        return features.stream().map(f -> f.tag() + suffix(space)).toList();
    }

    /** Returns the tags of all maps. */
    static List<String> all(Space space) {
        List<String> all = new ArrayList<>();
        for (MapFamily family : values()) {
            all.addAll(family.tags(space));
        }
        return all;
    }

    /** Returns a pattern that stands for all tags of pairs of this kind. */
    String pattern(Space space) {
        return "cm_*" + suffix(space);
    }

    private String suffix(Space space) {
        return ofPairs() ? "_" + dimension(space).tag() + end : "";
    }

    /** Returns which neighbours a voxel has: in one slice, 2-D and 2.5-D are the same. */
    static Dimension dimension(Space space) {
        return space == Space.VOLUME ? Dimension.VOLUME : Dimension.SLICE;
    }
}
