package org.diapason.features;

import java.util.Arrays;

/**
 * Grey level co-occurrence (family LFYI, section 3.6 of the manual): how often two levels are
 * neighbours, in three dimensions.
 *
 * <p>Neighbours are at Chebyshev distance 1: 13 directions, each counted both ways (symmetric),
 * without a weight by distance. <em>Average</em> (ITBB) is the mean of a feature over the
 * directions that have a pair and define the feature; <em>merged</em> (IAZD) is the feature of the
 * sum of all matrices. A region without neighbours has no feature (NaN).
 *
 * <p>Counts are whole numbers, so merged features do not depend on how the image is turned, to the
 * bit. Takes 13 passes over the bounding box and, at N levels, 13 over half an N × N matrix.
 */
public final class Glcm {
    private static final int[][] DIRECTIONS = {
        {1, 0, 0},
        {-1, 1, 0},
        {0, 1, 0},
        {1, 1, 0},
        {-1, -1, 1},
        {0, -1, 1},
        {1, -1, 1},
        {-1, 0, 1},
        {0, 0, 1},
        {1, 0, 1},
        {-1, 1, 1},
        {0, 1, 1},
        {1, 1, 1}
    };

    private Glcm() {}

    /**
     * Features of one region.
     *
     * @param average per feature the mean over directions; NaN where no direction defines it
     * @param merged per feature the value of the summed matrix
     * @param directions how many of the 13 directions have a pair of neighbours
     */
    public record Result(double[] average, double[] merged, int directions) {}

    /** Returns the features in the order of the dictionary; the grid is not modified. */
    public static Result of(LevelGrid grid) {
        int low = grid.levels();
        int high = 1;
        for (short cell : grid.cells()) {
            if (cell > 0) {
                low = Math.min(low, cell);
                high = Math.max(high, cell);
            }
        }
        int side = high - low + 1;
        int[] all = new int[side * side];
        int[] pairs = new int[side * side];
        double[] sum = new double[GlcmFeatures.FEATURES.size()];
        int[] defined = new int[sum.length];
        int directions = 0;
        for (int[] d : DIRECTIONS) {
            Arrays.fill(pairs, 0);
            if (!count(grid, d[0] + grid.ni() * (d[1] + grid.nj() * d[2]), low, side, pairs)) {
                continue;
            }
            directions++;
            for (int c = 0; c < all.length; c++) {
                all[c] += pairs[c];
            }
            double[] features = GlcmFeatures.of(pairs, side, low, grid.levels());
            for (int f = 0; f < sum.length; f++) {
                boolean usable = !Double.isNaN(features[f]);
                sum[f] += usable ? features[f] : 0;
                defined[f] += usable ? 1 : 0;
            }
        }
        for (int f = 0; f < sum.length; f++) {
            sum[f] = defined[f] == 0 ? Double.NaN : sum[f] / defined[f];
        }
        return new Result(sum, GlcmFeatures.of(all, side, low, grid.levels()), directions);
    }

    /** Adds each pair one way, into row = lower level, column = higher level. */
    private static boolean count(LevelGrid grid, int offset, int low, int side, int[] pairs) {
        short[] cells = grid.cells();
        boolean any = false;
        int last = cells.length - offset;
        for (int c = 0; c < last; c++) {
            int a = cells[c];
            int b = cells[c + offset];
            if (a > 0 && b > 0) {
                pairs[(Math.min(a, b) - low) * side + Math.max(a, b) - low]++;
                any = true;
            }
        }
        return any;
    }
}
