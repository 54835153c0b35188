package org.diapason.features;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Steps from a voxel to its neighbours, in a fixed order. */
final class Neighbours {
    private Neighbours() {}

    /**
     * A step to a neighbour.
     *
     * @param weight what the matrix along it counts for where directions are merged
     */
    record Direction(int i, int j, int k, double weight) {
        int offset(LevelGrid grid) {
            return i + grid.ni() * (j + grid.nj() * k);
        }
    }

    /** Returns one of each pair of opposite steps of a length in (distance − 1, distance]. */
    static List<Direction> directions(TextureParameters p, int distance, Norm norm, Dimension d) {
        List<Direction> all = new ArrayList<>();
        for (int[] s : steps(distance, norm, d)) {
            boolean forward = s[2] > 0 || s[2] == 0 && (s[1] > 0 || s[1] == 0 && s[0] > 0);
            if (forward && norm.of(s[0], s[1], s[2]) > distance - 1) {
                double weight = p.weighting().of(p.weightingNorm().of(s[0], s[1], s[2]));
                all.add(new Direction(s[0], s[1], s[2], weight));
            }
        }
        // equal weights stand together, so that whole numbers are summed first; the sort is stable
        all.sort(Comparator.comparingDouble(Direction::weight).reversed());
        return all;
    }

    /** Returns the offsets of all neighbours at most {@code distance} away. */
    static int[] offsets(LevelGrid grid, int distance, Norm norm, Dimension d) {
        return steps(distance, norm, d).stream()
                .mapToInt(s -> s[0] + grid.ni() * (s[1] + grid.nj() * s[2]))
                .toArray();
    }

    private static List<int[]> steps(int distance, Norm norm, Dimension d) {
        int deep = d == Dimension.VOLUME ? distance : 0;
        List<int[]> steps = new ArrayList<>();
        for (int k = -deep; k <= deep; k++) {
            for (int j = -distance; j <= distance; j++) {
                for (int i = -distance; i <= distance; i++) {
                    double length = norm.of(i, j, k);
                    if (length > 0 && length <= distance) {
                        steps.add(new int[] {i, j, k});
                    }
                }
            }
        }
        return steps;
    }
}
