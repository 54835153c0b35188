package org.diapason.features;

import java.util.LinkedHashMap;
import java.util.Map;
import org.diapason.math.Rng;
import org.diapason.volume.Numbers;

/** Grids of levels for tests, and their texture by tag. */
final class Textures {
    private Textures() {}

    /** Returns a grid with a rim; 0 is outside. */
    static LevelGrid grid(int ni, int nj, int nk, int... levels) {
        short[] cells = new short[(ni + 2) * (nj + 2) * (nk + 2)];
        int most = 1;
        for (int v = 0; v < levels.length; v++) {
            cells[at(ni, nj, v)] = (short) levels[v];
            most = Math.max(most, levels[v]);
        }
        return new LevelGrid(ni + 2, nj + 2, nk + 2, cells, most);
    }

    /** Returns a grid whose morphological mask is all of the box. */
    static LevelGrid inFullMask(int ni, int nj, int nk, int... levels) {
        LevelGrid grid = grid(ni, nj, nk, levels);
        boolean[] mask = new boolean[grid.cells().length];
        for (int v = 0; v < levels.length; v++) {
            mask[at(ni, nj, v)] = true;
        }
        return new LevelGrid(
                grid.ni(),
                grid.nj(),
                grid.nk(),
                grid.cells(),
                grid.levels(),
                mask,
                grid.spacingMm());
    }

    /** Returns the same levels at other distances. */
    static LevelGrid spaced(LevelGrid grid, double... mm) {
        return new LevelGrid(
                grid.ni(),
                grid.nj(),
                grid.nk(),
                grid.cells(),
                grid.levels(),
                grid.mask(),
                Numbers.of(mm));
    }

    /** Returns 6 × 5 × 4 levels by chance, a fifth of them outside. */
    static int[] random(int levels, long seed) {
        Rng rng = new Rng(seed);
        int[] cells = new int[120];
        for (int v = 0; v < cells.length; v++) {
            cells[v] = rng.nextInt(5) == 0 ? 0 : 1 + rng.nextInt(levels);
        }
        return cells;
    }

    /** Returns every feature of every family and aggregation by its tag. */
    static Map<String, Double> all(LevelGrid grid) {
        return all(grid, TextureParameters.IBSI);
    }

    static Map<String, Double> all(LevelGrid grid, TextureParameters parameters) {
        Map<String, Double> all = new LinkedHashMap<>();
        for (Texture family : parameters.families()) {
            for (Dimension d : Dimension.values()) {
                double[][] found = family.of(grid, d);
                for (int s = 0; s < found.length; s++) {
                    for (int f = 0; f < family.features().size(); f++) {
                        String tag = family.features().get(f).tag() + family.suffixes(d).get(s);
                        all.put(tag, found[s][f]);
                    }
                }
            }
        }
        return all;
    }

    private static int at(int ni, int nj, int v) {
        return v % ni + 1 + (ni + 2) * (v / ni % nj + 1 + (nj + 2) * (v / ni / nj + 1));
    }
}
