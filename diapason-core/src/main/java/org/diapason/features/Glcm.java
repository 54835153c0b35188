package org.diapason.features;

import java.util.List;
import org.diapason.features.LevelGrid.Slab;
import org.diapason.features.Neighbours.Direction;

/**
 * Grey level co-occurrence (family LFYI, section 3.6 of the manual): how often two levels are
 * neighbours.
 *
 * <p>There are 13 directions, 4 within a slice, each counted both ways (symmetric); a distance in
 * voxels multiplies them, and other norms and a distance in mm have their own: see {@link
 * TextureParameters}. <em>Averaged</em> is the mean of a feature over the directions that have a
 * pair and define the feature; <em>merged</em> is the feature of the sum of all matrices. In the
 * manual's letters, averaged and merged: BTW3 and SUJT in 2-D, JJUI and ZW7Z in 2.5-D, ITBB and
 * IAZD in 3-D. A region without neighbours has no feature (NaN).
 *
 * <p>Takes one pass over the bounding box per direction; at N levels the matrix takes 4 N² bytes.
 */
record Glcm(TextureParameters parameters, Rules rules) implements Texture {
    @Override
    public List<Feature> features() {
        return GlcmFeatures.list(rules);
    }

    @Override
    public List<String> suffixes(Dimension d) {
        return Directional.suffixes(d);
    }

    @Override
    public double[][] of(LevelGrid grid, Dimension d) {
        List<Direction> directions = Neighbours.ofPairs(parameters, grid.spacingMm(), d);
        LevelGrid wide = grid.rimmed(directions.stream().map(Direction::step).toList());
        int low = grid.levels();
        int high = 1;
        for (short cell : grid.cells()) {
            if (cell > 0) {
                low = Math.min(low, cell);
                high = Math.max(high, cell);
            }
        }
        return Directional.of(
                wide,
                d,
                directions,
                new Tally(high + 1, Math.max(1, high - low + 1)),
                Glcm::count,
                (pairs, voxels) -> GlcmFeatures.of(pairs, grid.levels(), rules),
                features().size());
    }

    /** Counts each pair one way: row = lower level, column = difference. */
    private static void count(LevelGrid grid, Slab slab, int offset, Tally into) {
        short[] cells = grid.cells();
        for (int c = slab.from(); c < slab.to(); c++) {
            int a = cells[c];
            if (a > 0) {
                int b = cells[c + offset];
                if (b > 0) {
                    into.add(Math.min(a, b), Math.abs(a - b));
                }
            }
        }
    }
}
