package org.diapason.poisson;

/**
 * The finest grid of a multigrid solver in single precision, seen as slabs: the planes of a volume,
 * the rows of a picture. Slab s and row y of it lie in a {@link PaddedGrid}; one slab alone is laid
 * out alike and begins at {@link #lead}.
 */
final class MultigridSlabs {
    /** Points in the slabs of one block of work. */
    private static final int BLOCK = 1 << 16;

    final PaddedGrid grid;
    final boolean volume;
    final int slabs;
    final int rows;

    /** Distance of slabs, and the size of one. */
    final int stride;

    /** Where the first point of a slab by itself lies. */
    final int lead;

    /** Slabs in one block of work; even. */
    final int side;

    final float wi;
    final float wRow;
    final float wSlab;
    final float screen;

    /** 1 in the mask, 0 elsewhere. */
    final float[] mask;

    private final int[] from;
    private final int[] to;
    private final float[][] diagonal = new float[16][];
    private final float[][] inverse = new float[16][];

    MultigridSlabs(PoissonGrid g) {
        grid = new PaddedGrid(g.ni(), g.nj(), g.nk());
        volume = g.nk() > 1;
        slabs = volume ? g.nk() : g.nj();
        rows = volume ? g.nj() : 1;
        stride = volume ? grid.plane : grid.row;
        lead = 1 + (rows > 1 ? grid.row : 0);
        side = Math.max(16, BLOCK / (grid.ni * rows) & ~1);
        wi = (float) g.wi();
        wRow = rows > 1 ? (float) g.wj() : 0;
        wSlab = (float) (volume ? g.wk() : g.wj());
        screen = (float) g.screen();
        mask = new float[grid.size];
        from = new int[slabs * rows];
        to = new int[slabs * rows];
        PaddedGrid.inRanges(slabs, side, (a, b) -> readMask(g.inside(), a * rows, b * rows));
        for (int kind = 0; kind < 16; kind++) {
            diagonals(kind);
        }
    }

    private void readMask(boolean[] inside, int first, int end) {
        int ni = grid.ni;
        for (int l = first; l < end; l++) {
            int p = at(l / rows, l % rows);
            int last = -1;
            int begin = ni;
            for (int i = 0; i < ni; i++) {
                if (inside[l * ni + i]) {
                    mask[p + i] = 1;
                    last = i;
                    begin = Math.min(begin, i);
                }
            }
            from[l] = Math.min(begin, last + 1);
            to[l] = last + 1;
        }
    }

    /** For rows at no end, the first, the last or both of the slabs, and of the rows in them. */
    private void diagonals(int kind) {
        float across =
                screen
                        + wSlab * (2 - (kind & 1) - (kind >> 1 & 1))
                        + wRow * (2 - (kind >> 2 & 1) - (kind >> 3 & 1));
        float[] d = new float[grid.ni];
        float[] inv = new float[grid.ni];
        for (int i = 0; i < grid.ni; i++) {
            d[i] = across + wi * ((i > 0 ? 1 : 0) + (i < grid.ni - 1 ? 1 : 0));
            inv[i] = d[i] > 0 ? 1 / d[i] : 0;
        }
        diagonal[kind] = d;
        inverse[kind] = inv;
    }

    private int kind(int s, int y) {
        return (s == 0 ? 1 : 0)
                + (s == slabs - 1 ? 2 : 0)
                + (y == 0 ? 4 : 0)
                + (y == rows - 1 ? 8 : 0);
    }

    /** Returns the index of a row's first point. */
    int at(int s, int y) {
        return grid.origin + s * stride + y * grid.row;
    }

    /** Returns the first point of a row in the mask; 0 where none is or the slab is beyond. */
    int from(int s, int y) {
        return s < 0 || s >= slabs ? 0 : from[s * rows + y];
    }

    /** Returns the point after the last of a row in the mask. */
    int to(int s, int y) {
        return s < 0 || s >= slabs ? 0 : to[s * rows + y];
    }

    /** Returns the diagonal of A along a row. */
    float[] diagonal(int s, int y) {
        return diagonal[kind(s, y)];
    }

    /** Returns 1 / diagonal. */
    float[] inverse(int s, int y) {
        return inverse[kind(s, y)];
    }

    int blocks() {
        return (slabs + side - 1) / side;
    }
}
