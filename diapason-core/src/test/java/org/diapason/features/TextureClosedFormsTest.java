package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Map;
import org.diapason.catalogue.Settings;
import org.diapason.catalogue.Tree;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers that a pencil gives on tiny grids, and settings other than those of the consensus. */
class TextureClosedFormsTest {
    private static final double ROUNDING = 1e-14;
    private static final Numbers CUBES = Numbers.of(1, 1, 1);

    @Test
    void slicesWithoutAPairAreLeftOutOfPairsButNotOfRuns() {
        // slice 0: 1 1 2; slice 1: a single 2; slice 2: nothing
        LevelGrid grid = Textures.grid(3, 1, 3, 1, 1, 2, 2, 0, 0, 0, 0, 0);
        Map<String, Double> all = Textures.all(grid);
        assertEquals(0.5, all.get("cm_contrast_2D_avg"));
        assertEquals(0.5, all.get("cm_contrast_2D_comb"));
        // four directions a slice: along i 2 runs of 3 voxels, else each voxel is a run
        assertEquals((2 / 3.0 + 3 + 4) / 8, all.get("rlm_r_perc_2D_avg"), ROUNDING);
        assertEquals((11 / 12.0 + 1) / 2, all.get("rlm_r_perc_2D_comb"), ROUNDING);
        assertEquals(15 / 16.0, all.get("rlm_r_perc_2_5D_comb"), ROUNDING);
        assertEquals((3 / 4.0 + 3) / 4, all.get("rlm_r_perc_2_5D_avg"), ROUNDING);
    }

    /** One zone of 300 voxels, longer than any table of short sizes, and one of 2. */
    @Test
    void largeSizesCountAsSmallOnesDo() {
        int[] cells = new int[400];
        Arrays.fill(cells, 0, 300, 3);
        cells[310] = 1;
        cells[311] = 1;
        Map<String, Double> all = Textures.all(Textures.grid(400, 1, 1, cells));
        assertEquals((300.0 * 300 + 4) / 2, all.get("szm_lze_3D"));
        assertEquals((1 / 90000.0 + 1 / 4.0) / 2, all.get("szm_sze_3D"), ROUNDING);
        assertEquals((90000 * 9 + 4) / 2.0, all.get("szm_lzhge_3D"));
        assertEquals((9 / 90000.0 + 1 / 4.0) / 2, all.get("szm_szhge_3D"), ROUNDING);
        assertEquals(149.0 * 149, all.get("szm_zs_var_3D"), 1e-9);
        assertEquals(1, all.get("szm_zs_entr_3D"));
        assertEquals(2 / 302.0, all.get("szm_z_perc_3D"), ROUNDING);
        // 12 of 13 directions see single voxels only
        assertEquals((90004 / 2.0 + 12) / 13, all.get("rlm_lre_3D_avg"), 1e-9);
        assertEquals((90004 + 12 * 302) / (2 + 12 * 302.0), all.get("rlm_lre_3D_comb"), 1e-9);
    }

    /** Large zones of levels 3, 1, 3 and 2, in the order they are met. */
    @Test
    void largeSizesMayComeInAnyOrder() {
        int[] cells = new int[800];
        Arrays.fill(cells, 0, 200, 3);
        Arrays.fill(cells, 200, 350, 1);
        Arrays.fill(cells, 350, 550, 3);
        Arrays.fill(cells, 550, 800, 2);
        Map<String, Double> all = Textures.all(Textures.grid(800, 1, 1, cells));
        assertEquals((4 + 1 + 1) / 4.0, all.get("szm_glnu_3D"));
        assertEquals((2 * 40000 + 22500 + 62500) / 4.0, all.get("szm_lze_3D"));
        assertEquals(1.5, all.get("szm_zs_entr_3D"));
    }

    /** Faces to cross to the nearest voxel outside, asked of every voxel outside. */
    @ParameterizedTest
    @CsvSource({"VOLUME, 3", "SLICE, 0", "MERGED_SLICES, 0"})
    void theDistanceToTheBorderIsThatOfTheNearestVoxelOutside(Dimension d, int deep) {
        int[] inside = Textures.random(1, 5);
        for (int v = 0; v < inside.length; v++) {
            inside[v] = v % 17 == 0 ? 0 : 1;
        }
        LevelGrid grid = Textures.grid(6, 5, 4, inside);
        short[] distance = Gldzm.toBorder(grid, d);
        for (int c = 0; c < distance.length; c++) {
            int least = Integer.MAX_VALUE;
            for (int o = 0; o < distance.length; o++) {
                int k = Math.abs(o / 56 - c / 56);
                if (!grid.mask()[o] && (deep > 0 || k == 0)) {
                    int across = Math.abs(o % 8 - c % 8) + Math.abs(o / 8 % 7 - c / 8 % 7);
                    least = Math.min(least, across + k);
                }
            }
            assertEquals(least, distance[c], "cell " + c);
        }
    }

    /** A hole in the intensities is no border; distances are those of the mask it was cut from. */
    @Test
    void theBorderIsThatOfTheMorphologicalMask() {
        int[] ring = {1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 2, 0, 2, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1};
        Map<String, Double> cut = Textures.all(Textures.grid(5, 5, 1, ring));
        Map<String, Double> whole = Textures.all(Textures.inFullMask(5, 5, 1, ring));
        assertEquals((1 + 1) / 2.0, cut.get("dzm_lde_2D"));
        assertEquals((1 + 4) / 2.0, whole.get("dzm_lde_2D"));
        assertEquals(2 / 24.0, whole.get("dzm_z_perc_2D"), ROUNDING);
        assertEquals(cut.get("szm_lze_2D"), whole.get("szm_lze_2D"));
    }

    // 1 1 over 2 2: contrast of 2 pairs along i is 0, of 2 along j 1, of 2 diagonal ones 1
    @ParameterizedTest(name = "{0} {1}: a diagonal counts {2}")
    @CsvSource({
        "NONE, EUCLIDEAN, 1",
        "INVERSE, EUCLIDEAN, 0.70710678118654757",
        "INVERSE, MANHATTAN, 0.5",
        "INVERSE, CHEBYSHEV, 1",
        "EXPONENTIAL, EUCLIDEAN, 0.36787944117144233", // exp(−2) / exp(−1)
        "EXPONENTIAL, MANHATTAN, 0.049787068367863944", // exp(−4) / exp(−1)
    })
    void weightsActWhereDirectionsAreMerged(Weighting weighting, Norm norm, double diagonal) {
        TextureParameters p = new TextureParameters(Norm.CHEBYSHEV, 1, weighting, norm, 1, 1, 0);
        Map<String, Double> all = Textures.all(Textures.grid(2, 2, 1, 1, 1, 2, 2), p);
        double contrast = (2 + 2 * diagonal) / (4 + 2 * diagonal);
        assertEquals(contrast, all.get("cm_contrast_2D_comb"), ROUNDING);
        assertEquals(3 / 4.0, all.get("cm_contrast_2D_avg"), ROUNDING);
        // runs: 2 along i, 4 along each other direction
        double runs = (2 + 4 + 8 * diagonal) / (4 * (2 + 2 * diagonal));
        assertEquals(runs, all.get("rlm_r_perc_2D_comb"), ROUNDING);
    }

    @ParameterizedTest(name = "{0} at distance {1}: contrast {2}")
    @CsvSource({
        "CHEBYSHEV, 1, 2.5", // 1 2, 2 4
        "CHEBYSHEV, 2, 9", // 1 4
        "MANHATTAN, 2, 9",
        "EUCLIDEAN, 2, 9",
    })
    void pairsAreAtTheDistanceNotWithinIt(Norm norm, int distance, double contrast) {
        TextureParameters p =
                new TextureParameters(norm, distance, Weighting.NONE, Norm.EUCLIDEAN, 1, 1, 0);
        Map<String, Double> all = Textures.all(Textures.grid(3, 1, 1, 1, 2, 4), p);
        assertEquals(contrast, all.get("cm_contrast_3D_comb"));
        assertEquals(contrast, all.get("cm_contrast_2D_avg"));
    }

    @ParameterizedTest(name = "{0} at distance {1}: {2} directions")
    @CsvSource({
        "CHEBYSHEV, 1, 13",
        "CHEBYSHEV, 2, 13",
        "MANHATTAN, 1, 3",
        "MANHATTAN, 2, 9",
        "EUCLIDEAN, 1, 3",
        "EUCLIDEAN, 2, 13"
    })
    void directionsAreHalfOfTheNeighboursAtTheDistance(Norm norm, int distance, int directions) {
        TextureParameters p =
                new TextureParameters(norm, distance, Weighting.NONE, Norm.EUCLIDEAN, 1, 1, 0);
        assertEquals(directions, Neighbours.ofPairs(p, CUBES, Dimension.VOLUME).size());
    }

    /** Reference manual, 3.6: at δ = 3 the voxels (0, 0, 3), (0, 3, 0) … (3, −3, −3). */
    @Test
    void aChebyshevDistanceMultipliesTheThirteenDirections() {
        TextureParameters p =
                new TextureParameters(Norm.CHEBYSHEV, 3, Weighting.NONE, Norm.EUCLIDEAN, 1, 1, 0);
        for (Neighbours.Direction d : Neighbours.ofPairs(p, CUBES, Dimension.VOLUME)) {
            for (int step : d.step()) {
                assertEquals(0, step % 3);
            }
        }
    }

    @ParameterizedTest(name = "dependence within {0} voxels and {1} levels")
    @CsvSource({"1, 0, 1", "1, 1, 3", "1, 2, 5.6666666666666667", "2, 0, 1", "2, 3, 9"})
    void dependenceIsCountedWithinDistanceAndCoarseness(int distance, int alpha, double high) {
        TextureParameters p =
                new TextureParameters(
                        Norm.CHEBYSHEV, 1, Weighting.NONE, Norm.EUCLIDEAN, 1, distance, alpha);
        Map<String, Double> all = Textures.all(Textures.grid(4, 1, 1, 1, 2, 4, 0), p);
        assertEquals(high, all.get("ngl_hde_3D"), ROUNDING);
    }

    @Test
    void tonesAreComparedWithTheMeanWithinTheDistance() {
        TextureParameters p =
                new TextureParameters(Norm.CHEBYSHEV, 1, Weighting.NONE, Norm.EUCLIDEAN, 2, 1, 0);
        Map<String, Double> all = Textures.all(Textures.grid(3, 1, 1, 1, 2, 4), p);
        // |1 − 3| + |2 − 2.5| + |4 − 1.5|
        assertEquals(3 / 5.0, all.get("ngt_coarseness_3D"), ROUNDING);
    }

    @Test
    void theGridHoldsTheMaskWithARimAndLevelsWhereIntensitiesAre() {
        Geometry g = Geometry.of(4, 3, 2, 1, 1.5, 2);
        boolean[] inside = new boolean[24];
        inside[g.index(1, 0, 0)] = true;
        inside[g.index(3, 2, 1)] = true;
        inside[g.index(2, 2, 1)] = true;
        float[] values = new float[24];
        values[g.index(3, 2, 1)] = 2;
        values[g.index(2, 2, 1)] = 900;
        values[g.index(1, 0, 0)] = 1;
        Volume volume = Volume.of(g, values, Quantity.UNKNOWN);
        Region region = Region.of(volume, Mask.of(g, inside), "x").within(0, 10);
        Levels levels = Discretisation.asLevels().apply(region.values(), 0, "x");
        LevelGrid grid = LevelGrid.of(inside, region, levels);
        assertArrayEquals(new int[] {5, 5, 4}, new int[] {grid.ni(), grid.nj(), grid.nk()});
        short[] cells = new short[100];
        boolean[] mask = new boolean[100];
        cells[1 + 5 * (1 + 5)] = 1;
        cells[3 + 5 * (3 + 5 * 2)] = 2;
        mask[1 + 5 * (1 + 5)] = true;
        mask[3 + 5 * (3 + 5 * 2)] = true;
        mask[2 + 5 * (3 + 5 * 2)] = true;
        assertArrayEquals(cells, grid.cells());
        assertArrayEquals(mask, grid.mask());
        assertEquals(2, grid.levels());
        assertEquals(Numbers.of(1, 1.5, 2), grid.spacingMm());
    }

    @Test
    void settingsThatAreNotGivenAreThoseOfTheConsensus() {
        Tree.Fields none = new Tree.Fields(new java.util.LinkedHashMap<>(), "recipe");
        assertEquals(TextureParameters.IBSI, Settings.read(TextureParameters.class, none));
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 1 | 1 | 0    | distance must be 1 … 5 voxels, got 0",
                "6 | 1 | 1 | 0    | distance must be 1 … 5 voxels, got 6",
                "1 | 0 | 1 | 0    | ngtdm-distance must be 1 … 5 voxels, got 0",
                "1 | 1 | 7 | 0    | ngldm-distance must be 1 … 5 voxels, got 7",
                "1 | 1 | 1 | -1   | coarseness must be 0 … 4095 levels, got -1",
                "1 | 1 | 1 | 4096 | coarseness must be 0 … 4095 levels, got 4096",
            })
    void settingsWithoutSenseAreRefused(int pairs, int tone, int grey, int alpha, String message) {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new TextureParameters(
                                        Norm.CHEBYSHEV,
                                        pairs,
                                        Weighting.NONE,
                                        Norm.EUCLIDEAN,
                                        tone,
                                        grey,
                                        alpha));
        assertEquals(message, e.getMessage());
    }
}
