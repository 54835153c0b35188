package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What must stay the same, and what hostile regions give. */
class TextureLawsTest {
    private static final TextureParameters WEIGHTED =
            new TextureParameters(Norm.CHEBYSHEV, 2, Weighting.INVERSE, Norm.EUCLIDEAN, 2, 2, 1);

    /** Distances and weights in mm, on voxels of three sides, turn with the volume. */
    private static final TextureParameters IN_MM =
            new TextureParameters(
                    Norm.EUCLIDEAN,
                    1,
                    Weighting.INVERSE,
                    Norm.EUCLIDEAN,
                    1,
                    1,
                    1,
                    OptionalDouble.of(3),
                    true);

    private static final double[] SIDES_MM = {1, 1.5, 2.5};

    /** Averages over directions are sums in another order; all else is equal to the bit. */
    @ParameterizedTest(name = "axes {0}, mirrored {1}")
    @CsvSource({"jik, 0", "kji, 0", "ikj, 5", "jki, 2", "kij, 7", "ijk, 1", "ijk, 6"})
    void turningAndMirroringTheVolumeChangesNothing(String order, int mirrored) {
        int[] cells = Textures.random(5, 11);
        int[] size = {6, 5, 4};
        int[] from = new int[3];
        for (int a = 0; a < 3; a++) {
            from[a] = "ijk".indexOf(order.charAt(a));
        }
        int[] turned = new int[cells.length];
        for (int v = 0; v < cells.length; v++) {
            int[] at = {v % 6, v / 6 % 5, v / 30};
            int[] to = new int[3];
            for (int a = 0; a < 3; a++) {
                int place = at[from[a]];
                to[a] = (mirrored >> a & 1) == 1 ? size[from[a]] - 1 - place : place;
            }
            turned[to[0] + size[from[0]] * (to[1] + size[from[1]] * to[2])] = cells[v];
        }
        for (TextureParameters p : List.of(TextureParameters.IBSI, WEIGHTED, IN_MM)) {
            Map<String, Double> a =
                    Textures.all(Textures.spaced(Textures.inFullMask(6, 5, 4, cells), SIDES_MM), p);
            LevelGrid other =
                    Textures.inFullMask(size[from[0]], size[from[1]], size[from[2]], turned);
            double[] sides = {SIDES_MM[from[0]], SIDES_MM[from[1]], SIDES_MM[from[2]]};
            Map<String, Double> b = Textures.all(Textures.spaced(other, sides), p);
            a.keySet().removeIf(tag -> !tag.contains("_3D"));
            assertEquals(95 + 41, a.size());
            a.forEach(
                    (tag, value) -> {
                        double slack = tag.endsWith("_avg") ? 1e-12 * Math.abs(value) : 0;
                        assertEquals(value, b.get(tag), slack, tag);
                    });
        }
    }

    @Test
    void oneSliceIsTheSameInTwoDimensionsAndInTwoAndAHalf() {
        int[] cells = Textures.random(5, 4);
        Map<String, Double> all = Textures.all(Textures.grid(12, 10, 1, cells));
        all.forEach(
                (tag, value) -> {
                    if (tag.contains("_2D")) {
                        assertEquals(value, all.get(tag.replace("_2D", "_2_5D")), tag);
                    }
                });
    }

    @Test
    void valuesOfTwoEqualSlicesApartAreThoseOfOneInTwoDimensions() {
        int[] slice = {1, 2, 2, 3, 1, 1, 2, 3, 3};
        int[] apart = new int[27];
        System.arraycopy(slice, 0, apart, 0, 9);
        System.arraycopy(slice, 0, apart, 18, 9);
        Map<String, Double> one = Textures.all(Textures.grid(3, 3, 1, slice));
        Map<String, Double> two = Textures.all(Textures.grid(3, 3, 3, apart));
        for (String tag : one.keySet()) {
            if (tag.matches(".*_2D(_comb)?")) {
                assertEquals(one.get(tag), two.get(tag), tag);
            }
        }
        assertEquals(
                2 * one.get("szm_glnu_2_5D"), two.get("szm_glnu_2_5D"), "merged slices add up");
    }

    /** All is said of one voxel but what needs a neighbour. */
    @ParameterizedTest
    @EnumSource(Dimension.class)
    void aSingleVoxelIsARunAZoneAndADependenceButNoPair(Dimension d) {
        Map<String, Double> all = only(d, Textures.all(Textures.grid(1, 1, 1, 3)));
        all.forEach(
                (tag, value) -> {
                    boolean needsNeighbour = tag.startsWith("cm") || tag.startsWith("ngt");
                    assertEquals(needsNeighbour, Double.isNaN(value), tag + " " + value);
                });
        String suffix = "_" + d.tag();
        assertEquals(1, all.get("rlm_sre" + suffix + "_comb"));
        assertEquals(1, all.get("rlm_r_perc" + suffix + "_avg"));
        assertEquals(9, all.get("szm_hgze" + suffix));
        assertEquals(1, all.get("dzm_lde" + suffix));
        assertEquals(1, all.get("ngl_hde" + suffix));
        assertEquals(0, all.get("ngl_dc_entr" + suffix));
    }

    @Test
    void voxelsThatDoNotTouchAreZonesOfTheirOwnWithoutTone() {
        Map<String, Double> all = Textures.all(Textures.grid(5, 1, 1, 2, 0, 0, 0, 2));
        assertEquals(2, all.get("szm_glnu_3D"));
        assertEquals(1, all.get("szm_lze_3D"));
        assertEquals(1, all.get("szm_z_perc_3D"));
        assertEquals(1, all.get("rlm_lre_3D_comb"));
        assertTrue(Double.isNaN(all.get("cm_contrast_3D_comb")));
        assertTrue(Double.isNaN(all.get("ngt_strength_3D")));
    }

    @ParameterizedTest
    @EnumSource(Dimension.class)
    void oneLevelHasNoCorrelationAndTheCoarsenessOfTheManual(Dimension d) {
        int[] cells = new int[27];
        java.util.Arrays.fill(cells, 4);
        Map<String, Double> all = only(d, Textures.all(Textures.grid(3, 3, 3, cells)));
        Map<String, Double> undefined = new TreeMap<>(all);
        undefined.values().removeIf(value -> !Double.isNaN(value));
        String suffix = "_" + d.tag();
        assertEquals(
                new TreeMap<>(
                                Map.of(
                                        "cm_corr" + suffix + "_avg", Double.NaN,
                                        "cm_corr" + suffix + "_comb", Double.NaN,
                                        "cm_info_corr1" + suffix + "_avg", Double.NaN,
                                        "cm_info_corr1" + suffix + "_comb", Double.NaN))
                        .keySet(),
                undefined.keySet());
        assertEquals(1e6, all.get("ngt_coarseness" + suffix));
        assertEquals(0, all.get("ngt_contrast" + suffix));
        assertEquals(0, all.get("ngt_busyness" + suffix));
        assertEquals(0, all.get("ngt_complexity" + suffix));
        assertEquals(0, all.get("ngt_strength" + suffix));
        assertEquals(1, all.get("cm_joint_max" + suffix + "_comb"));
    }

    /** Of 14 pairs, log₂ 14 less 14 log₂ 14 / 14 is not 0 in floating point. */
    @Test
    void oneLevelHasNoEntropyWhateverTheRounding() {
        Map<String, Double> all = Textures.all(Textures.grid(8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1));
        assertEquals(0, all.get("cm_joint_entr_3D_comb"));
        assertEquals(0, all.get("cm_sum_entr_3D_comb"));
        assertTrue(Double.isNaN(all.get("cm_info_corr1_3D_comb")));
        assertEquals(0, all.get("cm_info_corr2_3D_comb"));
    }

    /** Twice as many of level 1 as of level 2: 1 · 2/3 − 2 · 1/3 is 0. */
    @Test
    void busynessIsUndefinedWhereLevelsTimesSharesAreEqual() {
        Map<String, Double> all = Textures.all(Textures.grid(3, 1, 1, 1, 2, 1));
        assertTrue(Double.isNaN(all.get("ngt_busyness_3D")));
        assertEquals(1 / ((2 / 3.0) * 2 + 1 / 3.0), all.get("ngt_coarseness_3D"), 1e-15);
    }

    @Test
    void anEmptyGridHasNoTexture() {
        Textures.all(Textures.grid(2, 2, 2, new int[8]))
                .forEach((tag, value) -> assertTrue(Double.isNaN(value), tag));
    }

    @Test
    void theGridIsNotModified() {
        LevelGrid grid = Textures.inFullMask(6, 5, 4, Textures.random(5, 2));
        short[] cells = grid.cells().clone();
        boolean[] mask = grid.mask().clone();
        Textures.all(grid, WEIGHTED);
        assertArrayEquals(cells, grid.cells());
        assertArrayEquals(mask, grid.mask());
    }

    @Test
    void levelsUpTo4096AndAllDifferentAreMeasured() {
        int[] cells = new int[4096];
        for (int v = 0; v < cells.length; v++) {
            cells[v] = 1 + (int) (v * 2654435761L % 4096);
        }
        Map<String, Double> all = Textures.all(Textures.grid(16, 16, 16, cells));
        assertEquals(1, all.get("szm_z_perc_3D"));
        assertEquals(4096, all.get("rlm_rlnu_3D_avg"));
        assertEquals(1, all.get("ngl_hde_2D"));
        assertNotEquals(0, all.get("cm_contrast_3D_comb"));
    }

    private static Map<String, Double> only(Dimension d, Map<String, Double> all) {
        all.keySet().removeIf(tag -> !tag.matches(".*_" + d.tag() + "(_avg|_comb)?"));
        assertEquals(25 * 2 + 16 * 2 + 16 + 16 + 5 + 17, all.size());
        return all;
    }
}
