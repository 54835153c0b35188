package org.diapason.features;

import java.util.List;
import org.diapason.features.LevelGrid.Slab;
import org.diapason.features.Neighbours.Direction;

/**
 * Grey level co-occurrence (family LFYI, section 3.6 of the manual): how often two levels are
 * neighbours.
 *
 * <p>At Chebyshev distance 1 there are 13 directions, 4 within a slice, each counted both ways
 * (symmetric). <em>Averaged</em> is the mean of a feature over the directions that have a pair and
 * define the feature; <em>merged</em> is the feature of the sum of all matrices. In the manual's
 * letters, averaged and merged: BTW3 and SUJT in 2-D, JJUI and ZW7Z in 2.5-D, ITBB and IAZD in 3-D.
 * A region without neighbours has no feature (NaN).
 *
 * <p>Takes one pass over the bounding box per direction; at N levels the matrix takes 4 N² bytes.
 */
final class Glcm implements Texture {
    private final TextureParameters parameters;
    private final Rules rules;

    Glcm(TextureParameters parameters) {
        this(parameters, Rules.IBSI);
    }

    Glcm(TextureParameters parameters, Rules rules) {
        this.parameters = parameters;
        this.rules = rules;
    }

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
        LevelGrid wide = grid.rimmed(parameters.distance());
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
                directions(d),
                new Tally(high + 1, Math.max(1, high - low + 1)),
                Glcm::count,
                (pairs, voxels) -> GlcmFeatures.of(pairs, grid.levels(), rules),
                features().size());
    }

    /** Returns how many directions of a volume have a pair of neighbours. */
    int directions(LevelGrid grid) {
        LevelGrid wide = grid.rimmed(parameters.distance());
        int found = 0;
        for (Direction direction : directions(Dimension.VOLUME)) {
            int offset = direction.offset(wide);
            short[] cells = wide.cells();
            int c = 0;
            while (c < cells.length && (cells[c] == 0 || cells[c + offset] == 0)) {
                c++;
            }
            found += c < cells.length ? 1 : 0;
        }
        return found;
    }

    private List<Direction> directions(Dimension d) {
        return Neighbours.directions(parameters, parameters.distance(), parameters.norm(), d);
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
