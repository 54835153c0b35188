package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;

class MosaicTest {
    private static final int WIDTH = 100;
    private static final int HEIGHT = 70;
    private static final int RANGE = 200;
    private static final Mosaic.Settings FIRST =
            new Mosaic.Settings(Mosaic.Model.GAIN_OFFSET, 0, false, Mosaic.Blend.FEATHER);

    /** A picture of waves, from about 0 to RANGE. */
    private static float truth(int i, int j) {
        return (float)
                (RANGE
                        * (0.5
                                + 0.3 * StrictMath.sin(i / 7.0 + j / 23.0)
                                + 0.2 * StrictMath.cos(j / 5.0 - i / 31.0)));
    }

    private static Geometry grid(int ni, int nj, int x, int y) {
        return new Geometry(
                ni,
                nj,
                1,
                Numbers.of(0.5, 0.8, 1),
                Numbers.of(10 + 0.5 * x, -5 + 0.8 * y, 3),
                Geometry.IDENTITY);
    }

    private static Mosaic.Tile tile(
            String name, int x, int y, int ni, int nj, double gain, double offset) {
        float[] values = new float[ni * nj];
        for (int j = 0; j < nj; j++) {
            for (int i = 0; i < ni; i++) {
                values[j * ni + i] = (float) (gain * truth(x + i, y + j) + offset);
            }
        }
        return new Mosaic.Tile(name, grid(ni, nj, x, y), values);
    }

    /** Four tiles of one picture, 12 to 16 voxels in common. */
    private static List<Mosaic.Tile> four() {
        return new ArrayList<>(
                List.of(
                        tile("a", 0, 0, 60, 40, 1, 0),
                        tile("b", 46, 0, 54, 42, 1.4, -30),
                        tile("c", 0, 26, 58, 44, 0.7, 55),
                        tile("d", 44, 28, 56, 42, 2.2, 9)));
    }

    private static void assertTruth(float[] values, double tolerance) {
        for (int j = 0; j < HEIGHT; j++) {
            for (int i = 0; i < WIDTH; i++) {
                assertEquals(truth(i, j), values[j * WIDTH + i], tolerance, i + ", " + j);
            }
        }
    }

    @Test
    void aPictureCutInTilesOfOtherGainAndOffsetIsRestored() {
        Mosaic.Result result = Mosaic.of(four(), FIRST);
        assertTruth(result.values(), 1e-4 * RANGE);
        assertTrue(grid(WIDTH, HEIGHT, 0, 0).isClose(result.grid(), 1e-6));
        assertEquals(1 / 1.4, result.gains().get(1), 1e-5);
        assertEquals(30 / 1.4, result.offsets().get(1), 1e-3);
        assertEquals(6, result.overlaps().size());
        assertTrue(result.overlaps().get(0).before() > 10);
        assertEquals(0, result.overlaps().get(0).after(), 1e-3);
    }

    @Test
    void tilesMayComeInAnyOrderAndPlace() {
        List<Mosaic.Tile> turned = four();
        turned.add(0, turned.remove(3));
        Mosaic.Settings last =
                new Mosaic.Settings(Mosaic.Model.GAIN_OFFSET, 1, false, Mosaic.Blend.NEAREST);
        assertTruth(Mosaic.of(turned, last).values(), 1e-4 * RANGE);
    }

    /** A bright square stands in only one of two tiles, on 18 % of what they share. */
    @Test
    void whatMovedBetweenTwoTilesDoesNotCount() {
        List<Mosaic.Tile> tiles =
                List.of(tile("a", 0, 0, 60, 70, 1, 0), tile("b", 40, 0, 60, 70, 1.4, -30));
        for (int j = 20; j < 36; j++) {
            for (int i = 0; i < 16; i++) {
                tiles.get(1).values()[j * 60 + i + 2] = 900;
            }
        }
        Mosaic.Result result = Mosaic.of(tiles, FIRST);
        assertEquals(1 / 1.4, result.gains().get(1), 1e-5);
        assertEquals(30 / 1.4, result.offsets().get(1), 1e-3);
        assertEquals(256 / 1400.0, result.overlaps().get(0).outliers(), 1e-9);
        // where only the tile with the square shows, the picture is whole
        assertEquals(truth(80, 30), result.values()[30 * WIDTH + 80], 1e-4 * RANGE);
    }

    /**
     * Masked background, the same in every tile, is two thirds of what they share: the median
     * difference of all voxels is nothing then, and took what is left for outliers (gain off by 18
     * %).
     */
    @Test
    void aMaskedBackgroundDoesNotHideTheNoise() {
        List<Mosaic.Tile> tiles =
                List.of(tile("a", 0, 0, 60, 70, 1, 0), tile("b", 40, 0, 60, 70, 1.4, -30));
        for (int t = 0; t < 2; t++) {
            Rng rng = new Rng(t);
            float[] values = tiles.get(t).values();
            for (int v = 0; v < values.length; v++) {
                double noise = (t == 0 ? 5 : 7) * rng.nextGaussian();
                values[v] = v < 49 * 60 ? -30 * t : (float) (values[v] + noise);
            }
        }
        Mosaic.Result result = Mosaic.of(tiles, FIRST);
        // 420 voxels of noise 7.1 on a spread of 80: 0.4 %, and noise draws it by (5/80)²
        assertEquals(1, 1.4 * result.gains().get(1), 0.015);
        assertTrue(result.overlaps().get(0).outliers() < 0.01, "noise is no outlier");
    }

    /** A map of one knot would make every voxel of the tile the same. */
    @Test
    void aFlatOverlapHasNoHistogramToMatch() {
        List<Mosaic.Tile> tiles =
                List.of(tile("a", 0, 0, 60, 70, 1, 0), tile("b", 40, 0, 60, 70, 1, 40));
        for (int t = 0; t < 2; t++) {
            for (int v = 0; v < 70 * 20; v++) {
                tiles.get(t).values()[v / 20 * 60 + v % 20 + (t == 0 ? 40 : 0)] = 50 + 40 * t;
            }
        }
        Mosaic.Settings both =
                new Mosaic.Settings(Mosaic.Model.OFFSET, 0, true, Mosaic.Blend.FEATHER);
        assertEquals(truth(80, 30), Mosaic.of(tiles, both).values()[30 * WIDTH + 80], 1e-4 * RANGE);
    }

    @Test
    void withoutAFixedTileGainsHaveMeanOneAndOffsetsMeanNothing() {
        Mosaic.Settings free =
                new Mosaic.Settings(Mosaic.Model.GAIN_OFFSET, -1, false, Mosaic.Blend.FEATHER);
        Mosaic.Result result = Mosaic.of(four(), free);
        double gains = 0;
        double offsets = 0;
        for (int t = 0; t < 4; t++) {
            gains += result.gains().get(t);
            offsets += result.offsets().get(t);
        }
        assertEquals(4, gains, 1e-9);
        assertEquals(0, offsets, 1e-6);
        assertEquals(0, result.overlaps().get(3).after(), 1e-3);
    }

    @Test
    void aModelOfGainOrOffsetAloneIsThat() {
        List<Mosaic.Tile> tiles =
                List.of(tile("a", 0, 0, 60, 70, 1, 0), tile("b", 40, 0, 60, 70, 1, 40));
        Mosaic.Result offset =
                Mosaic.of(
                        tiles,
                        new Mosaic.Settings(Mosaic.Model.OFFSET, 0, false, Mosaic.Blend.FEATHER));
        assertEquals(Numbers.of(1, 1), offset.gains());
        assertTruth(offset.values(), 1e-4 * RANGE);
        List<Mosaic.Tile> brighter =
                List.of(tile("a", 0, 0, 60, 70, 1, 0), tile("b", 40, 0, 60, 70, 1.7, 0));
        Mosaic.Result gain =
                Mosaic.of(
                        brighter,
                        new Mosaic.Settings(Mosaic.Model.GAIN, 0, false, Mosaic.Blend.FEATHER));
        assertEquals(Numbers.of(0, 0), gain.offsets());
        assertTruth(gain.values(), 1e-4 * RANGE);
        Mosaic.Result none =
                Mosaic.of(
                        tiles,
                        new Mosaic.Settings(Mosaic.Model.NONE, 0, false, Mosaic.Blend.FEATHER));
        assertEquals(40, none.overlaps().get(0).after(), 1e-4);
    }

    /** Half-way between two borders the tiles weigh the same; one has 10 more. */
    @Test
    void featheringGoesFromTileToTile() {
        Geometry a = Geometry.of(7, 1, 1, 2, 1, 1);
        Geometry b = new Geometry(7, 1, 1, a.spacingMm(), Numbers.of(8, 0, 0), Geometry.IDENTITY);
        float[] ten = {10, 10, 10, 10, 10, 10, 10};
        // 16 voxels are the least: the line is repeated on 16 rows
        Mosaic.Result result =
                Mosaic.of(
                        List.of(rows("a", a, new float[7]), rows("b", b, ten)),
                        new Mosaic.Settings(Mosaic.Model.NONE, 0, false, Mosaic.Blend.FEATHER));
        float[] row = new float[11];
        System.arraycopy(result.values(), 8 * 11, row, 0, 11);
        assertArrayEquals(new float[] {0, 0, 0, 0, 2.5f, 5, 7.5f, 10, 10, 10, 10}, row, 1e-5f);
    }

    private static Mosaic.Tile rows(String name, Geometry line, float[] values) {
        float[] all = new float[16 * values.length];
        for (int v = 0; v < all.length; v++) {
            all[v] = values[v % values.length];
        }
        return new Mosaic.Tile(
                name,
                new Geometry(line.ni(), 16, 1, line.spacingMm(), line.originMm(), line.direction()),
                all);
    }

    /**
     * What is left after gain and offset of a tile seen through a power is a fifth by histogram.
     */
    @Test
    void aHistogramTakesWhatGainAndOffsetLeave() {
        Mosaic.Tile a = tile("a", 0, 0, 60, 70, 1, 0);
        Mosaic.Tile b = tile("b", 30, 0, 70, 70, 1, 0);
        for (int v = 0; v < b.values().length; v++) {
            b.values()[v] = b.values()[v] * b.values()[v] / RANGE;
        }
        double line = Mosaic.of(List.of(a, b), FIRST).overlaps().get(0).after();
        Mosaic.Settings bent =
                new Mosaic.Settings(Mosaic.Model.GAIN_OFFSET, 0, true, Mosaic.Blend.FEATHER);
        double curve = Mosaic.of(List.of(a, b), bent).overlaps().get(0).after();
        assertTrue(line > 4 && curve < line / 5, line + " and " + curve);
    }

    @Test
    void aVoxelWithoutAMeasurementIsTakenFromTheOtherTile() {
        List<Mosaic.Tile> tiles = four();
        tiles.get(0).values()[50] = Float.NaN; // tile b shows it too
        tiles.get(0).values()[3] = Float.NaN;
        float[] values = Mosaic.of(tiles, FIRST).values();
        assertEquals(truth(50, 0), values[50], 1e-4 * RANGE);
        assertTrue(Float.isNaN(values[3]));
    }

    private static String refusal(List<Mosaic.Tile> tiles) {
        return assertThrows(RefusedException.class, () -> Mosaic.of(tiles, FIRST)).getMessage();
    }

    @Test
    void tilesThatDoNotHangTogetherAreRefused() {
        assertEquals(
                "tile far.png shares fewer than 16 voxels with every tile that hangs together with"
                        + " a, so nothing says how the two compare. Give the tiles between them, or"
                        + " correct their places.",
                refusal(
                        List.of(
                                tile("a", 0, 0, 20, 20, 1, 0),
                                tile("far.png", 20, 0, 20, 20, 1, 0))));
    }

    @Test
    void tilesOfOtherGridsAreRefused() {
        Mosaic.Tile a = tile("a", 0, 0, 20, 20, 1, 0);
        Geometry g = a.grid();
        Geometry half =
                new Geometry(20, 20, 1, g.spacingMm(), Numbers.of(12.25, -5, 3), g.direction());
        assertEquals(
                "tile b is shifted by 4.500 × 0.000 × 0.000 voxels against a, and only whole voxels"
                        + " can be laid on one grid. Resample the tiles to one grid.",
                refusal(List.of(a, new Mosaic.Tile("b", half, a.values()))));
        Geometry coarse = new Geometry(20, 20, 1, Numbers.of(1, 1, 1), g.originMm(), g.direction());
        assertEquals(
                "tile b has voxels of 1.000 × 1.000 × 1.000 mm or other axes than a with 0.500 ×"
                        + " 0.800 × 1.000 mm. Resample the tiles to one grid.",
                refusal(List.of(a, new Mosaic.Tile("b", coarse, a.values()))));
    }

    /** A thousandth of a voxel's size is half a voxel at the far end of 512. */
    @Test
    void aSmallDifferenceOfSpacingIsRefusedWhereItAddsUp() {
        for (int size : new int[] {40, 512}) {
            float[] values = new float[16 * size];
            Geometry a = Geometry.of(size, 16, 1, 1, 1, 1);
            Geometry b = Geometry.of(size, 16, 1, 1.001, 1, 1);
            List<Mosaic.Tile> tiles =
                    List.of(new Mosaic.Tile("a", a, values), new Mosaic.Tile("b", b, values));
            Mosaic.Settings none =
                    new Mosaic.Settings(Mosaic.Model.NONE, 0, false, Mosaic.Blend.FEATHER);
            if (size == 512) {
                assertThrows(RefusedException.class, () -> Mosaic.of(tiles, none));
            } else {
                Mosaic.of(tiles, none);
            }
        }
    }

    @Test
    void aFlatOverlapDoesNotTellGainFromOffset() {
        Mosaic.Tile a = tile("a", 0, 0, 20, 20, 0, 7);
        Mosaic.Tile b = tile("b", 10, 0, 20, 20, 0, 9);
        assertEquals(
                "what the tiles share is too flat to tell gain from offset. Choose the model offset"
                        + " or gain.",
                refusal(List.of(a, b)));
    }

    @Test
    void oneThreadAndFourGiveTheSameBitsAndTilesStay() {
        List<Mosaic.Tile> tiles = four();
        float[] before = tiles.get(1).values().clone();
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            Mosaic.Result one = Mosaic.of(tiles, FIRST);
            Parallel.setThreads(4);
            Mosaic.Result many = Mosaic.of(tiles, FIRST);
            assertArrayEquals(one.values(), many.values());
            assertEquals(one.gains(), many.gains());
        } finally {
            Parallel.setThreads(threads);
        }
        assertArrayEquals(before, tiles.get(1).values());
    }
}
