package org.diapason.math;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/** Where the tiles of a mosaic lie on their common grid, and what they share. */
final class TileLayout {
    /** In voxels; places in files are 32-bit floats. */
    private static final double WHOLE = 0.01;

    /** In voxels, how far the far end of an axis may lie from its place. */
    private static final double DRIFT = 0.05;

    private static final long MOST = Integer.MAX_VALUE - 8L;

    private final List<Mosaic.Tile> tiles;
    private final int[][] starts;
    private final Geometry grid;

    private TileLayout(List<Mosaic.Tile> tiles, int[][] starts, Geometry grid) {
        this.tiles = tiles;
        this.starts = starts;
        this.grid = grid;
    }

    /** Voxels that two tiles both measured, by their indices in each. */
    record Shared(int a, int b, int[] inA, int[] inB) {
        int size() {
            return inA.length;
        }

        /** Returns the root mean square difference. */
        double difference(float[] ofA, float[] ofB) {
            double sum = 0;
            for (int v = 0; v < inA.length; v++) {
                double d = (double) ofA[inA[v]] - ofB[inB[v]];
                sum += d * d;
            }
            return Math.sqrt(sum / inA.length);
        }
    }

    static TileLayout of(List<Mosaic.Tile> tiles) {
        Geometry first = tiles.get(0).grid();
        int[][] starts = new int[tiles.size()][3];
        int[] low = new int[3];
        int[] high = new int[3];
        for (int t = 0; t < starts.length; t++) {
            Geometry g = tiles.get(t).grid();
            requireAxes(tiles.get(0), tiles.get(t));
            Numbers o = g.originMm();
            Numbers at = first.toVoxel(o.get(0), o.get(1), o.get(2));
            for (int a = 0; a < 3; a++) {
                double start = Math.rint(at.get(a));
                if (!(Math.abs(at.get(a) - start) <= WHOLE && Math.abs(start) < 1 << 28)) {
                    throw new RefusedException(
                            "tile "
                                    + tiles.get(t).name()
                                    + " is shifted by "
                                    + at.fixed(3)
                                    + " voxels against "
                                    + tiles.get(0).name()
                                    + ", and only whole voxels can be laid on one grid. Resample"
                                    + " the tiles to one grid.");
                }
                starts[t][a] = (int) start;
                low[a] = Math.min(low[a], (int) start);
                high[a] = Math.max(high[a], (int) start + g.size(a));
            }
        }
        long voxels = 1;
        for (int a = 0; a < 3; a++) {
            voxels *= high[a] - low[a];
            if (voxels > MOST) {
                throw new RefusedException(
                        "the tiles span more than 2147 million voxels. Check their places, or give"
                                + " fewer.");
            }
        }
        for (int[] start : starts) {
            for (int a = 0; a < 3; a++) {
                start[a] -= low[a];
            }
        }
        Geometry grid =
                new Geometry(
                        high[0] - low[0],
                        high[1] - low[1],
                        high[2] - low[2],
                        first.spacingMm(),
                        first.toWorld(low[0], low[1], low[2]),
                        first.direction());
        return new TileLayout(tiles, starts, grid);
    }

    private static void requireAxes(Mosaic.Tile first, Mosaic.Tile tile) {
        boolean same = true;
        Geometry g = tile.grid();
        Numbers o = g.originMm();
        Numbers start = first.grid().toVoxel(o.get(0), o.get(1), o.get(2));
        for (int a = 0; a < 3; a++) {
            int last = g.size(a) - 1;
            Numbers end = g.toWorld(a == 0 ? last : 0, a == 1 ? last : 0, a == 2 ? last : 0);
            Numbers at = first.grid().toVoxel(end.get(0), end.get(1), end.get(2));
            for (int x = 0; x < 3; x++) {
                double way = at.get(x) - start.get(x);
                same &= Math.abs(way - (x == a ? last : 0)) <= DRIFT;
            }
        }
        if (!same) {
            throw new RefusedException(
                    "tile "
                            + tile.name()
                            + " has voxels of "
                            + tile.grid().spacingMm().fixed(3)
                            + " mm or other axes than "
                            + first.name()
                            + " with "
                            + first.grid().spacingMm().fixed(3)
                            + " mm. Resample the tiles to one grid.");
        }
    }

    Geometry grid() {
        return grid;
    }

    Shared shared(int a, int b) {
        int[] low = new int[3];
        int[] high = new int[3];
        long most = 1;
        for (int x = 0; x < 3; x++) {
            low[x] = Math.max(starts[a][x], starts[b][x]);
            high[x] =
                    Math.min(
                            starts[a][x] + tiles.get(a).grid().size(x),
                            starts[b][x] + tiles.get(b).grid().size(x));
            most *= Math.max(0, high[x] - low[x]);
        }
        int[] inA = new int[(int) most];
        int[] inB = new int[(int) most];
        int n = 0;
        for (int k = low[2]; most > 0 && k < high[2]; k++) {
            for (int j = low[1]; j < high[1]; j++) {
                for (int i = low[0]; i < high[0]; i++) {
                    inA[n] = index(a, i, j, k);
                    inB[n] = index(b, i, j, k);
                    n += finite(a, inA[n]) && finite(b, inB[n]) ? 1 : 0;
                }
            }
        }
        return new Shared(a, b, Arrays.copyOf(inA, n), Arrays.copyOf(inB, n));
    }

    private int index(int tile, int i, int j, int k) {
        int[] s = starts[tile];
        return tiles.get(tile).grid().index(i - s[0], j - s[1], k - s[2]);
    }

    private boolean finite(int tile, int v) {
        return Math.abs(tiles.get(tile).values()[v]) <= Float.MAX_VALUE;
    }

    /**
     * Returns what a tile shares with those that are done: its own values, and beside them those of
     * the others, one by one.
     */
    float[][] against(int tile, boolean[] done, List<Shared> shared, float[][] values) {
        List<Shared> with = new ArrayList<>();
        int size = 0;
        for (Shared both : shared) {
            if (both.a() == tile && done[both.b()] || both.b() == tile && done[both.a()]) {
                with.add(both);
                size += both.size();
            }
        }
        float[][] pairs = new float[2][size];
        int n = 0;
        for (Shared both : with) {
            boolean first = both.a() == tile;
            float[] other = values[first ? both.b() : both.a()];
            for (int v = 0; v < both.size(); v++) {
                pairs[0][n] = values[tile][(first ? both.inA : both.inB)[v]];
                pairs[1][n++] = other[(first ? both.inB : both.inA)[v]];
            }
        }
        return pairs;
    }

    /** Lays the tiles over each other; every row is written by one thread, tile after tile. */
    float[] blended(float[][] values, Mosaic.Blend blend) {
        float[] out = new float[grid.voxels()];
        float[] weights = new float[out.length];
        for (int t = 0; t < values.length; t++) {
            lay(t, values[t], blend, out, weights);
        }
        for (int v = 0; v < out.length; v++) {
            out[v] = weights[v] == 0 ? Float.NaN : out[v];
        }
        return out;
    }

    private void lay(int tile, float[] values, Mosaic.Blend blend, float[] out, float[] weights) {
        Geometry g = tiles.get(tile).grid();
        int[] s = starts[tile];
        Parallel.forEach(
                g.nj() * g.nk(),
                row -> {
                    int j = row % g.nj();
                    int k = row / g.nj();
                    double outer = border(g, 1, j) * border(g, 2, k);
                    int v = g.index(0, j, k);
                    int at = grid.index(s[0], s[1] + j, s[2] + k);
                    for (int i = 0; i < g.ni(); i++, v++, at++) {
                        float x = values[v];
                        if (!(Math.abs(x) <= Float.MAX_VALUE)) {
                            continue;
                        }
                        double weight = outer * border(g, 0, i);
                        if (blend == Mosaic.Blend.FEATHER) {
                            double sum = weights[at] + weight;
                            out[at] += (float) (weight / sum * ((double) x - out[at]));
                            weights[at] = (float) sum;
                        } else if (weight > weights[at]) {
                            out[at] = x;
                            weights[at] = (float) weight;
                        }
                    }
                });
    }

    /** Returns the distance to the nearer end of an axis in mm; an axis of one voxel has none. */
    private static double border(Geometry g, int axis, int n) {
        int size = g.size(axis);
        return size == 1 ? 1 : Math.min(n + 1, size - n) * g.spacing(axis);
    }
}
