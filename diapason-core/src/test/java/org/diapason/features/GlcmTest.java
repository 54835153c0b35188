package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.math.Rng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlcmTest {
    private static final Glcm GLCM = new Glcm(TextureParameters.IBSI, Rules.IBSI);

    @Test
    void aRowOfThreeHasOneDirectionAndFourOrderedPairs() {
        // levels 1 2 2: pairs 12 21 22 22, so p = [0, 1/4; 1/4, 1/2]
        LevelGrid row = grid(3, 1, 1, new int[] {1, 2, 2}, 2);
        double[][] result = of(row);
        assertArrayEquals(result[1], result[0]);
        assertEquals(0.5, feature(result[1], "cm_joint_max"));
        assertEquals(1.75, feature(result[1], "cm_joint_avg"));
        assertEquals(0.1875, feature(result[1], "cm_joint_var"));
        assertEquals(1.5, feature(result[1], "cm_joint_entr"), 1e-15);
        assertEquals(0.375, feature(result[1], "cm_energy"));
        assertEquals(0.5, feature(result[1], "cm_contrast"));
        assertEquals(3, feature(result[1], "cm_auto_corr"));
        assertEquals((3 - 1.75 * 1.75) / 0.1875, feature(result[1], "cm_corr"), 1e-14);
    }

    /** Half of the pairs differ by 0, half by 1; of the four levels only two are present. */
    @Test
    void normalisedDifferencesAreOfTheNumberOfLevelsNotOfThosePresent() {
        double[] merged = of(grid(3, 1, 1, new int[] {1, 2, 2}, 4))[1];
        assertEquals(0.5 + 0.5 / (1 + 1 / 4.0), feature(merged, "cm_inv_diff_norm"), 1e-15);
        assertEquals(0.5 + 0.5 / (1 + 1 / 16.0), feature(merged, "cm_inv_diff_mom_norm"), 1e-15);
    }

    @Test
    void voxelsThatDoNotTouchAreNoPair() {
        LevelGrid row = grid(5, 1, 1, new int[] {1, 0, 2, 0, 1}, 2);
        double[][] result = of(row);
        for (int f = 0; f < 25; f++) {
            assertTrue(Double.isNaN(result[1][f]) && Double.isNaN(result[0][f]));
        }
    }

    @Test
    void aDirectionThatDefinesNoCorrelationIsLeftOutOfItsMeanOnly() {
        // row 1 1, column 1 2 and both diagonals missing: two directions, one of a single level
        LevelGrid square = grid(2, 2, 1, new int[] {1, 1, 2, 0}, 2);
        double[][] result = of(square);
        assertEquals(-1, feature(result[0], "cm_corr"), 1e-15);
        assertEquals((0 + 1 + 1) / 3.0, feature(result[0], "cm_contrast"), 1e-15);
    }

    /** Counted by definition: every ordered pair of voxels at most one step apart on each axis. */
    @ParameterizedTest(name = "{0} levels")
    @ValueSource(ints = {2, 7, 60})
    void mergedAgreesWithTheDefinitionOverAllOrderedPairs(int levels) {
        int[] cells = texture(levels, 5);
        double[][] p = new double[levels + 1][levels + 1];
        double total = 0;
        for (int a = 0; a < cells.length; a++) {
            for (int b = 0; b < cells.length; b++) {
                int i = Math.abs(a % 6 - b % 6);
                int j = Math.abs(a / 6 % 5 - b / 6 % 5);
                int k = Math.abs(a / 30 - b / 30);
                if (a != b && Math.max(i, Math.max(j, k)) == 1 && cells[a] * cells[b] > 0) {
                    p[cells[a]][cells[b]]++;
                    total++;
                }
            }
        }
        double mean = 0;
        double entropy = 0;
        double normalised = 0;
        for (int a = 1; a <= levels; a++) {
            for (int b = 1; b <= levels; b++) {
                double share = p[a][b] / total;
                mean += a * share;
                entropy -= share == 0 ? 0 : share * Math.log(share) / Math.log(2);
                normalised += share / (1 + Math.pow((a - b) / (double) levels, 2));
            }
        }
        double shade = 0;
        double product = 0;
        double variance = 0;
        for (int a = 1; a <= levels; a++) {
            for (int b = 1; b <= levels; b++) {
                double share = p[a][b] / total;
                shade += Math.pow(a + b - 2 * mean, 3) * share;
                product += (a - mean) * (b - mean) * share;
                variance += (a - mean) * (a - mean) * share;
            }
        }
        double[] merged = of(grid(6, 5, 4, cells, levels))[1];
        assertEquals(mean, feature(merged, "cm_joint_avg"), 1e-11);
        assertEquals(entropy, feature(merged, "cm_joint_entr"), 1e-11);
        assertEquals(normalised, feature(merged, "cm_inv_diff_mom_norm"), 1e-11);
        assertEquals(shade, feature(merged, "cm_clust_shade"), 1e-9 * Math.pow(levels, 3));
        assertEquals(product / variance, feature(merged, "cm_corr"), 1e-11);
    }

    @Test
    void aShiftOfAllLevelsMovesTheMeanOnlyNotTheContrast() {
        int[] cells = texture(9, 3);
        int[] shifted = cells.clone();
        for (int v = 0; v < cells.length; v++) {
            shifted[v] += cells[v] > 0 ? 4000 : 0;
        }
        double[] low = of(grid(6, 5, 4, cells, 9))[1];
        double[] high = of(grid(6, 5, 4, shifted, 4009))[1];
        assertEquals(feature(low, "cm_joint_avg") + 4000, feature(high, "cm_joint_avg"), 1e-9);
        assertEquals(feature(low, "cm_contrast"), feature(high, "cm_contrast"));
        assertEquals(feature(low, "cm_corr"), feature(high, "cm_corr"));
        assertEquals(feature(low, "cm_info_corr2"), feature(high, "cm_info_corr2"));
    }

    private static double[][] of(LevelGrid grid) {
        return GLCM.of(grid, Dimension.VOLUME);
    }

    private static int[] texture(int levels, long seed) {
        Rng rng = new Rng(seed);
        int[] cells = new int[120];
        for (int v = 0; v < cells.length; v++) {
            cells[v] = rng.nextInt(5) == 0 ? 0 : 1 + rng.nextInt(levels);
        }
        return cells;
    }

    private static LevelGrid grid(int ni, int nj, int nk, int[] levels, int count) {
        short[] cells = new short[(ni + 2) * (nj + 2) * (nk + 2)];
        for (int v = 0; v < levels.length; v++) {
            int i = v % ni + 1;
            int j = v / ni % nj + 1;
            int k = v / ni / nj + 1;
            cells[i + (ni + 2) * (j + (nj + 2) * k)] = (short) levels[v];
        }
        return new LevelGrid(ni + 2, nj + 2, nk + 2, cells, count);
    }

    private static double feature(double[] values, String tag) {
        for (int f = 0; f < values.length; f++) {
            if (GlcmFeatures.FEATURES.get(f).tag().equals(tag)) {
                return values[f];
            }
        }
        throw new AssertionError(tag);
    }
}
