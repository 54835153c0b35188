package org.diapason.math;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Several overlapping tiles made into one seamless image.
 *
 * <p>Tile t becomes {@code g x + o}. Gains and offsets make the sum over all voxels that two tiles
 * a, b share of {@code ρ(gₐ xₐ + oₐ − g_b x_b − o_b)} least, with ρ of Tukey (constant 4.685, scale
 * 1.4826 times the median absolute difference, pairs of values that make up a fifth of an overlap
 * left out of the median), by least squares whose weights are found anew up to 60 times, from lines
 * of least median between pairs of tiles: what moved between two tiles does not count. Either one
 * tile stays as it is, or the mean gain is 1 and the mean offset 0. Noise n in the tiles draws
 * gains towards smaller contrast by about (SD of n/SD of the picture in the overlap)².
 *
 * <p>Then, on request, what is left is matched by histogram, tile by tile, over what it shares with
 * the tiles done before. At last every voxel is the mean of the tiles that show it, each weighing
 * the product over axes of its distances to the border of its tile in mm (feathered). NaN is no
 * measurement and takes no part; where no tile measured, the mosaic is NaN.
 *
 * <p>Tiles lie on one grid: equal spacing and axes, and shifts of whole voxels.
 */
public final class Mosaic {
    /** Fewer shared voxels than this say nothing of gain and offset. */
    private static final int LEAST_SHARED = 16;

    /** Knots of the optional map by histogram: as many equal shares of what is shared. */
    private static final int SHARES = 32;

    private Mosaic() {}

    /** What a tile may be given. */
    public enum Model {
        NONE,
        OFFSET,
        GAIN,
        GAIN_OFFSET
    }

    /** What a voxel that several tiles show becomes. */
    public enum Blend {
        /** The mean, each tile weighing the distances to its own border along the axes. */
        FEATHER,
        /** The value of the tile that is farthest from its own border: no ghosts of what moved. */
        NEAREST
    }

    /**
     * One tile.
     *
     * @param name how messages call it
     * @param grid where it lies
     * @param values one a voxel, NaN where there is none; kept, not modified
     */
    public record Tile(String name, Geometry grid, float[] values) {}

    /**
     * How tiles become one.
     *
     * @param model gain, offset, both or none
     * @param fixed number of the tile that stays as it is, from 0; −1 for a mean gain of 1 and a
     *     mean offset of 0
     * @param histogram also match the histogram of what tiles share
     * @param blend what shared voxels become
     */
    public record Settings(Model model, int fixed, boolean histogram, Blend blend) {}

    /**
     * One pair of tiles.
     *
     * @param voxels how many both show
     * @param before root mean square difference as they came
     * @param after the same after gain, offset and histogram
     * @param outliers share of voxels that took no part in the fit
     */
    public record Overlap(int a, int b, int voxels, double before, double after, double outliers) {}

    /**
     * The mosaic, what each tile was given, and how well pairs agree.
     *
     * @param tiles the values of each tile after gain, offset and histogram
     */
    public record Result(
            Geometry grid,
            float[] values,
            Numbers gains,
            Numbers offsets,
            List<Overlap> overlaps,
            List<float[]> tiles) {}

    /**
     * Makes one image of tiles. Does not modify them.
     *
     * @throws RefusedException if they lie on different grids, do not hang together, or share too
     *     flat a region to tell gain from offset
     */
    public static Result of(List<Tile> tiles, Settings settings) {
        if (tiles.size() < 2 || settings.fixed >= tiles.size()) {
            throw new IllegalArgumentException(
                    "a mosaic needs at least 2 tiles and a fixed one among them, got "
                            + tiles.size());
        }
        TileLayout layout = TileLayout.of(tiles);
        List<TileLayout.Shared> shared = new ArrayList<>();
        for (int a = 0; a < tiles.size(); a++) {
            for (int b = a + 1; b < tiles.size(); b++) {
                TileLayout.Shared both = layout.shared(a, b);
                if (both.size() >= LEAST_SHARED) {
                    shared.add(both);
                }
            }
        }
        requireOnePiece(tiles, shared);
        TileFit fit = TileFit.of(tiles, shared, settings.model, settings.fixed);
        float[][] corrected = new float[tiles.size()][];
        Parallel.forEach(
                corrected.length,
                t -> corrected[t] = line(tiles.get(t).values, fit.gain(t), fit.offset(t)));
        if (settings.histogram) {
            matchHistograms(layout, shared, corrected, Math.max(0, settings.fixed));
        }
        List<Overlap> overlaps = new ArrayList<>();
        for (int s = 0; s < shared.size(); s++) {
            TileLayout.Shared both = shared.get(s);
            overlaps.add(
                    new Overlap(
                            both.a(),
                            both.b(),
                            both.size(),
                            both.difference(tiles.get(both.a()).values, tiles.get(both.b()).values),
                            both.difference(corrected[both.a()], corrected[both.b()]),
                            fit.outliers(s)));
        }
        return new Result(
                layout.grid(),
                layout.blended(corrected, settings.blend),
                fit.gains(),
                fit.offsets(),
                List.copyOf(overlaps),
                List.of(corrected));
    }

    private static float[] line(float[] values, double gain, double offset) {
        float[] out = new float[values.length];
        for (int v = 0; v < out.length; v++) {
            out[v] = (float) (gain * values[v] + offset);
        }
        return out;
    }

    /** Every tile must be reached from the first one over pairs that share voxels. */
    private static void requireOnePiece(List<Tile> tiles, List<TileLayout.Shared> shared) {
        int[] order = order(tiles.size(), shared, 0);
        if (order.length == tiles.size()) {
            return;
        }
        boolean[] reached = new boolean[tiles.size()];
        for (int t : order) {
            reached[t] = true;
        }
        int alone = 0;
        while (reached[alone]) {
            alone++;
        }
        throw new RefusedException(
                "tile "
                        + tiles.get(alone).name
                        + " shares fewer than "
                        + LEAST_SHARED
                        + " voxels with every tile that hangs together with "
                        + tiles.get(0).name
                        + ", so nothing says how the two compare. Give the tiles between them, or"
                        + " correct their places.");
    }

    /** Returns the tiles that hang together with one, nearest first. */
    private static int[] order(int tiles, List<TileLayout.Shared> shared, int first) {
        int[] order = new int[tiles];
        boolean[] reached = new boolean[tiles];
        order[0] = first;
        reached[first] = true;
        int found = 1;
        for (int next = 0; next < found; next++) {
            for (TileLayout.Shared both : shared) {
                int other =
                        both.a() == order[next]
                                ? both.b()
                                : both.b() == order[next] ? both.a() : -1;
                if (other >= 0 && !reached[other]) {
                    reached[other] = true;
                    order[found++] = other;
                }
            }
        }
        return Arrays.copyOf(order, found);
    }

    private static void matchHistograms(
            TileLayout layout, List<TileLayout.Shared> shared, float[][] corrected, int first) {
        int[] order = order(corrected.length, shared, first);
        boolean[] done = new boolean[corrected.length];
        done[first] = true;
        for (int n = 1; n < order.length; n++) {
            int tile = order[n];
            float[][] pairs = layout.against(tile, done, shared, corrected);
            StraightPieces shape = shape(pairs[0], pairs[1]);
            corrected[tile] = shape == null ? corrected[tile] : shape.apply(corrected[tile]);
            done[tile] = true;
        }
    }

    /**
     * Few knots, so that the outer lines, which go on outside of what is shared, are no noise;
     * nothing where all that is shared has one value.
     */
    private static StraightPieces shape(float[] own, float[] others) {
        Numbers from = HistogramMap.quantiles(SortedFloats.of(own), SHARES, Cdf.MID_RANK);
        Numbers to = HistogramMap.quantiles(SortedFloats.of(others), SHARES, Cdf.MID_RANK);
        double[] x = new double[SHARES];
        double[] y = new double[SHARES];
        int knots = 0;
        for (int q = 0; q < SHARES; q++) {
            if (knots == 0 || (float) from.get(q) > x[knots - 1]) {
                x[knots] = (float) from.get(q);
                y[knots++] = to.get(q);
            }
        }
        if (knots < 2) {
            return null;
        }
        return StraightPieces.of(Arrays.copyOf(x, knots), Arrays.copyOf(y, knots), Tails.EXTEND);
    }
}
