package org.diapason.compositing;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Mosaic;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/** Which tile of a mosaic each voxel shows, and how neighbours differ in their tiles. */
final class Ownership {
    private static final Mosaic.Settings OWNERS =
            new Mosaic.Settings(Mosaic.Model.NONE, -1, false, Mosaic.Blend.NEAREST);

    private final List<List<Mosaic.Tile>> channels;
    private final Geometry grid;
    private final float[] owners;
    private final int[][] starts;
    private final boolean[][] measured;
    private final float[][] planes;

    private Ownership(
            List<List<Mosaic.Tile>> channels, boolean[][] measured, Geometry grid, float[] owners) {
        this.channels = channels;
        this.measured = measured;
        this.grid = grid;
        this.owners = owners;
        this.starts = new int[measured.length][3];
        for (int t = 0; t < starts.length; t++) {
            Numbers o = channels.get(0).get(t).grid().originMm();
            Numbers at = grid.toVoxel(o.get(0), o.get(1), o.get(2));
            for (int a = 0; a < 3; a++) {
                starts[t][a] = (int) Math.rint(at.get(a));
            }
        }
        this.planes = new float[channels.size()][grid.voxels()];
        Parallel.forEach(
                grid.nj() * grid.nk(),
                row -> {
                    for (int v = row * grid.ni(); v < (row + 1) * grid.ni(); v++) {
                        for (int c = 0; c < planes.length; c++) {
                            planes[c][v] =
                                    isVoid(v) ? Float.NaN : (float) value(c, (int) owners[v], v);
                        }
                    }
                });
    }

    /** Lays out tiles; a voxel of a tile counts as measured where all its channels were. */
    static Ownership of(List<List<Mosaic.Tile>> channels) {
        List<Mosaic.Tile> tiles = channels.get(0);
        boolean[][] measured = new boolean[tiles.size()][];
        List<Mosaic.Tile> numbered = new ArrayList<>();
        for (int t = 0; t < tiles.size(); t++) {
            Mosaic.Tile tile = tiles.get(t);
            boolean[] known = new boolean[tile.values().length];
            float[] number = new float[known.length];
            for (int v = 0; v < known.length; v++) {
                known[v] = true;
                for (List<Mosaic.Tile> channel : channels) {
                    known[v] &= Math.abs(channel.get(t).values()[v]) <= Float.MAX_VALUE;
                }
                number[v] = known[v] ? t : Float.NaN;
            }
            measured[t] = known;
            numbered.add(new Mosaic.Tile(tile.name(), tile.grid(), number));
        }
        // the mosaic of the tiles' numbers says who shows a voxel, by the rule of Mosaic itself
        Mosaic.Result who = Mosaic.of(numbered, OWNERS);
        return new Ownership(channels, measured, who.grid(), who.values());
    }

    Geometry grid() {
        return grid;
    }

    int owner(int v) {
        return (int) owners[v];
    }

    boolean isVoid(int v) {
        return owners[v] != owners[v];
    }

    /** Returns a channel of the mosaic as its tiles have it; do not write to it. */
    float[] plane(int c) {
        return planes[c];
    }

    /** Returns the largest minus the least value shown; 1 where there is but one. */
    double range() {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float[] plane : planes) {
            for (float x : plane) {
                low = x < low ? x : low;
                high = x > high ? x : high;
            }
        }
        return high > low ? (double) high - low : 1;
    }

    /** Returns the place of a voxel in a tile, −1 where that did not measure it. */
    private int in(int tile, int v) {
        Geometry g = channels.get(0).get(tile).grid();
        int i = v % grid.ni() - starts[tile][0];
        int j = v / grid.ni() % grid.nj() - starts[tile][1];
        int k = v / (grid.ni() * grid.nj()) - starts[tile][2];
        if (i < 0 || j < 0 || k < 0 || i >= g.ni() || j >= g.nj() || k >= g.nk()) {
            return -1;
        }
        int at = g.index(i, j, k);
        return measured[tile][at] ? at : -1;
    }

    private double value(int c, int tile, int v) {
        return channels.get(c).get(tile).values()[in(tile, v)];
    }

    /**
     * Returns the right-hand sides, 0 where not inside: of each pair across a seam how far what it
     * shall differ by is from what the tiles' own values differ by.
     */
    List<double[]> differences(boolean[] inside) {
        double[][] sums = new double[planes.length][inside.length];
        double[] weights = Patch.weights(grid);
        int[] steps = {1, grid.ni(), grid.ni() * grid.nj()};
        Parallel.forEach(
                grid.nj() * grid.nk(),
                row -> {
                    for (int i = 0; i < grid.ni(); i++) {
                        int p = row * grid.ni() + i;
                        int[] at = {i, row % grid.nj(), row / grid.nj()};
                        for (int a = 0; inside[p] && a < 3; a++) {
                            if (at[a] > 0) {
                                across(p, p - steps[a], weights[a], sums);
                            }
                            if (at[a] < grid.size(a) - 1) {
                                across(p, p + steps[a], weights[a], sums);
                            }
                        }
                    }
                });
        return new ArrayList<>(List.of(sums));
    }

    private void across(int p, int q, double weight, double[][] sums) {
        if (isVoid(q) || owners[p] == owners[q]) {
            return;
        }
        int ofP = owner(p);
        int ofQ = owner(q);
        boolean pKnows = in(ofP, q) >= 0;
        boolean qKnows = in(ofQ, p) >= 0;
        for (int c = 0; c < planes.length; c++) {
            double inP = pKnows ? value(c, ofP, p) - value(c, ofP, q) : 0;
            double inQ = qKnows ? value(c, ofQ, p) - value(c, ofQ, q) : 0;
            double wished = pKnows && qKnows ? (inP + inQ) / 2 : inP + inQ;
            sums[c][p] += weight * (wished - ((double) planes[c][p] - planes[c][q]));
        }
    }
}
