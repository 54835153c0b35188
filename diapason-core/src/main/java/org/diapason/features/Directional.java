package org.diapason.features;

import java.util.List;
import org.diapason.features.LevelGrid.Slab;
import org.diapason.features.Neighbours.Direction;

/**
 * One matrix per direction, their features averaged, and the features of the merged matrix.
 *
 * <p>2-D: averaged over all directions of all slices; merged over the directions of a slice, then
 * averaged over the slices. 2.5-D: a direction's matrix is that of all slices. A matrix that does
 * not define a feature is left out of its mean. Merged counts are whole numbers, summed by weight
 * first, so that they do not depend on how the image is turned, to the bit.
 */
final class Directional {
    private Directional() {}

    /** Counts what lies along one direction in a slab. */
    interface Counter {
        void count(LevelGrid grid, Slab slab, int offset, Tally into);
    }

    /**
     * Turns a matrix, perhaps an empty one, into features; {@code voxels} are counted once per
     * direction merged in it.
     */
    interface Formula {
        double[] of(Counts counts, double voxels);
    }

    /** Returns what tags end with, averaged and merged. */
    static List<String> suffixes(Dimension d) {
        return List.of("_" + d.tag() + "_avg", "_" + d.tag() + "_comb");
    }

    /** Returns the features averaged and merged; NaN where no matrix defines them. */
    static double[][] of(
            LevelGrid grid,
            Dimension d,
            List<Direction> directions,
            Tally tally,
            Counter counter,
            Formula formula,
            int features) {
        MeanFeatures average = new MeanFeatures(features);
        MeanFeatures merged = new MeanFeatures(features);
        for (Slab slab : grid.slabs(d)) {
            Counts all = Counts.NONE;
            Counts equal = Counts.NONE;
            double voxels = 0;
            for (int n = 0; n < directions.size(); n++) {
                Direction direction = directions.get(n);
                counter.count(grid, slab, direction.offset(grid), tally);
                Counts one = tally.take();
                average.add(formula.of(one, slab.voxels()));
                equal = equal.plus(one, 1);
                voxels += slab.voxels() * direction.weight();
                boolean last = n + 1 == directions.size();
                if (last || directions.get(n + 1).weight() != direction.weight()) {
                    all = all.plus(equal, direction.weight());
                    equal = Counts.NONE;
                }
            }
            merged.add(formula.of(all, voxels));
        }
        return new double[][] {average.mean(), merged.mean()};
    }
}
