package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.features.filter.Space;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureMapTest {
    private static final Discretisation RULE = Discretisation.fixedCount(8);
    private final int threads = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.setThreads(threads);
    }

    /** A mask with holes that touches the border of an image with a voxel that was not measured. */
    private static Exam exam(Geometry g) {
        Rng rng = new Rng(3);
        float[] values = new float[g.voxels()];
        boolean[] inside = new boolean[values.length];
        for (int v = 0; v < values.length; v++) {
            values[v] = (float) (10 * rng.nextGaussian());
            inside[v] = v % g.ni() < g.ni() - 2 && rng.nextDouble() < 0.7;
        }
        values[2] = Float.NaN;
        inside[2] = true;
        return Exam.of(
                "E",
                Map.of("mr", Image.of(Volume.of(g, values, Quantity.UNKNOWN))),
                Map.of("roi", Mask.of(g, inside)),
                Map.of());
    }

    private static FeatureMap step(int radius, Space space, String... tags) {
        return new FeatureMap("mr", "roi", List.of(tags), radius, space, Optional.of(RULE), false);
    }

    /** Measures the window of a voxel alone, with the families as a region is measured. */
    private static double[] alone(
            MapFamily family, Region whole, Levels levels, int voxel, int radius, Space space) {
        Geometry g = whole.geometry();
        int[] voxels = new int[whole.size()];
        float[] values = new float[voxels.length];
        short[] inLevels = new short[voxels.length];
        int used = 0;
        for (int n = 0; n < voxels.length; n++) {
            int v = whole.voxels()[n];
            int di = Math.abs(v % g.ni() - voxel % g.ni());
            int dj = Math.abs(v / g.ni() % g.nj() - voxel / g.ni() % g.nj());
            int dk = Math.abs(v / g.ni() / g.nj() - voxel / g.ni() / g.nj());
            if (Math.max(di, dj) <= radius && dk <= (space == Space.VOLUME ? radius : 0)) {
                voxels[used] = v;
                values[used] = whole.values()[n];
                inLevels[used++] = levels.values()[n];
            }
        }
        Region window = new Region(g, Arrays.copyOf(voxels, used), Arrays.copyOf(values, used));
        Levels own = new Levels(levels.count(), Arrays.copyOf(inLevels, used), 0, 0);
        Dimension d = MapFamily.dimension(space);
        return switch (family) {
            case STATISTICS -> IntensityStatistics.of(window.values());
            case HISTOGRAM -> IntensityHistogram.of(own);
            case PAIRS_AVERAGED ->
                    new Glcm(TextureParameters.IBSI, Rules.IBSI)
                            .of(LevelGrid.of(window, own), d)[0];
            case PAIRS_MERGED ->
                    new Glcm(TextureParameters.IBSI, Rules.IBSI)
                            .of(LevelGrid.of(window, own), d)[1];
        };
    }

    @ParameterizedTest(name = "{0} × {1} × {2} voxels, radius {3}, {4}")
    @CsvSource({
        "11, 9, 8, 2, VOLUME",
        "11, 9, 8, 1, VOLUME",
        "12, 7, 3, 3, VOLUME",
        "11, 9, 4, 2, SLICE",
        "13, 9, 1, 2, VOLUME"
    })
    void everyVoxelHasTheBitsOfItsWindowMeasuredAlone(
            int ni, int nj, int nk, int radius, Space space) {
        Exam exam = exam(Geometry.of(ni, nj, nk, 1, 1, 1));
        Exam mapped = step(radius, space, "*").apply(exam, new Trace());
        Region whole = Region.of(exam.image("mr").volume(), exam.mask("roi"), "");
        Levels levels = RULE.apply(whole.values(), 0, "");
        for (MapFamily family : MapFamily.values()) {
            List<String> tags = family.tags(space);
            float[][] maps = new float[tags.size()][];
            for (int f = 0; f < maps.length; f++) {
                maps[f] = mapped.image("mr." + tags.get(f)).volume().values();
            }
            for (int v : whole.voxels()) {
                double[] expected = alone(family, whole, levels, v, radius, space);
                for (int f = 0; f < maps.length; f++) {
                    assertEquals(
                            (float) expected[f], maps[f][v], 0f, tags.get(f) + " at voxel " + v);
                }
            }
        }
    }

    @Test
    void outsideTheMaskAndWhereNothingWasMeasuredTheMapIsNaN() {
        Exam exam = exam(Geometry.of(11, 9, 8, 1, 1, 1));
        float[] map =
                step(2, Space.VOLUME, "stat_mean")
                        .apply(exam, new Trace())
                        .image("mr.stat_mean")
                        .volume()
                        .values();
        boolean[] inside = exam.mask("roi").voxels();
        for (int v = 0; v < map.length; v++) {
            assertEquals(inside[v] && v != 2, !Float.isNaN(map[v]), "voxel " + v);
        }
    }

    @Test
    void mapsHaveTheSameBitsOnAnyNumberOfThreads() {
        Exam exam = exam(Geometry.of(23, 17, 9, 1, 1, 1));
        FeatureMap step = step(2, Space.VOLUME, "cm_info_corr1_*", "stat_skew");
        Parallel.setThreads(1);
        Exam one = step.apply(exam, new Trace());
        Parallel.setThreads(5);
        Exam five = step.apply(exam, new Trace());
        for (String tag : step.tags()) {
            assertArrayEquals(
                    one.image("mr." + tag).volume().values(),
                    five.image("mr." + tag).volume().values(),
                    tag);
        }
    }

    /** Checkerboard of levels 1 and 2: every face neighbour differs, so contrast is 54 %. */
    @Test
    void contrastOfACheckerboardIsTheShareOfUnlikeNeighbours() {
        Geometry g = Geometry.of(7, 7, 7, 1, 1, 1);
        float[] values = new float[g.voxels()];
        boolean[] inside = new boolean[values.length];
        for (int v = 0; v < values.length; v++) {
            values[v] = 1 + (v % 7 + v / 7 % 7 + v / 49) % 2;
            inside[v] = true;
        }
        Exam exam =
                Exam.of(
                        "E",
                        Map.of("mr", Image.of(Volume.of(g, values, Quantity.UNKNOWN))),
                        Map.of("roi", Mask.of(g, inside)),
                        Map.of());
        float[] map =
                new FeatureMap(
                                "*",
                                "roi",
                                List.of("cm_contrast_3D_comb"),
                                2,
                                Space.VOLUME,
                                Optional.of(Discretisation.asLevels()),
                                false)
                        .apply(exam, new Trace())
                        .image("mr.cm_contrast_3D_comb")
                        .volume()
                        .values();
        // 5³ voxels: 3 × 100 pairs share a face and 4 × 64 a corner (unlike), 6 × 80 an edge (like)
        assertEquals(556.0 / 1036, map[g.index(3, 3, 3)], 1e-7);
    }

    @Test
    void aTagWithoutAMapIsNamedWithTheOnesThatAreOffered() {
        assertEquals(
                "no map in 3d is named \"rlm_sre_3D_comb\": maps are stat_*, ih_*, cm_*_3D_comb and"
                        + " cm_*_3D_avg",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> step(2, Space.VOLUME, "rlm_sre_3D_comb"))
                        .getMessage());
    }

    @Test
    void textureOfPixelsOnceCompressedWithLossIsRefusedButStatisticsAreNot() {
        Exam clean = exam(Geometry.of(5, 5, 5, 1, 1, 1));
        Tags tags = new Tags(Map.of("LossyImageCompression", "01"), Map.of());
        Exam lossy = clean.mapImages((n, i) -> new Image(i.volume(), tags, i.calibration()));
        Exam mapped = step(1, Space.VOLUME, "stat_var").apply(lossy, new Trace());
        assertEquals(
                Optional.of("01"),
                mapped.image("mr.stat_var").tags().text("LossyImageCompression"));
        RefusedException refused =
                assertThrows(
                        RefusedException.class,
                        () -> step(1, Space.VOLUME, "cm_corr*").apply(lossy, new Trace()));
        assertTrue(refused.getMessage().contains("compressed with loss"), refused.getMessage());
    }

    @Test
    void aMaskWithoutAValueFailsAndTooManyLevelsAreRefused() {
        Exam exam = exam(Geometry.of(5, 5, 5, 1, 1, 1));
        boolean[] only = new boolean[125];
        only[2] = true;
        Exam unmeasured = exam.mapMasks((n, m) -> Mask.of(m.geometry(), only));
        FeatureMap mean = step(1, Space.VOLUME, "stat_mean");
        assertEquals(
                "exam E, image mr, mask roi: none of the 1 voxels has a value. Correct the mask or"
                        + " leave this exam out.",
                assertThrows(DataException.class, () -> mean.apply(unmeasured, new Trace()))
                        .getMessage());
        FeatureMap fine =
                new FeatureMap(
                        "mr",
                        "roi",
                        List.of("ih_mean"),
                        1,
                        Space.VOLUME,
                        Optional.of(Discretisation.fixedCount(513)),
                        false);
        assertEquals(
                "exam E, image mr, mask roi: a map with 513 levels is refused, at most 512 are sound"
                        + " in a window. Set a larger bin-width, or use bin-count.",
                assertThrows(RefusedException.class, () -> fine.apply(exam, new Trace()))
                        .getMessage());
    }

    @Test
    void aMapKnowsWhichImageItIsMadeOf() {
        FeatureMap step = step(2, Space.VOLUME, "cm_contrast_*");
        assertEquals(Optional.of("mr"), step.source("mr.cm_contrast_3D_avg"));
        assertEquals(Optional.empty(), step.source("ct.cm_contrast_3D_avg"));
        assertEquals(Optional.empty(), step.source("mr"));
    }
}
