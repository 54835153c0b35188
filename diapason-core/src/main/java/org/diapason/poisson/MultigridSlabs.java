package org.diapason.poisson;

import java.util.Arrays;

/**
 * The finest grid of a multigrid solver in single precision, seen as slabs: the planes of a volume,
 * the rows of a picture. Slab s holds the rows {@code s · rows … (s + 1) · rows} of a {@link
 * RowGrid}.
 */
final class MultigridSlabs implements Stencil {
    /** Points in the slabs of one block of work. */
    private static final int BLOCK = 1 << 17;

    /** Points of a row worked on at a time, so that the rows of a few slabs stay in the cache. */
    private static final int STRIP = 512;

    final RowGrid grid;
    final boolean volume;
    final int slabs;
    final int rows;

    /** Slabs in one block of work; even. */
    final int side;

    final float wi;
    final float wRow;
    final float wSlab;
    final float screen;

    /** Even number of points along i that are worked on together. */
    final int strip;

    /** 1 in the mask, 0 elsewhere. */
    final float[][] mask;

    private final float wj;
    private final float wk;
    private final int[] from;
    private final int[] to;
    private final float[][] diagonal = new float[16][];
    private final float[][][] inverse = new float[2][16][];

    MultigridSlabs(PoissonGrid g) {
        grid = new RowGrid(g.ni(), g.nj(), g.nk());
        volume = g.nk() > 1;
        slabs = volume ? g.nk() : g.nj();
        rows = volume ? g.nj() : 1;
        side = Math.max(16, BLOCK / Math.max(1, grid.ni * rows) & ~1);
        int strips = (grid.ni + STRIP - 1) / STRIP;
        strip = (grid.ni + strips - 1) / strips + 1 & ~1;
        wi = (float) g.wi();
        wj = (float) g.wj();
        wk = (float) g.wk();
        wRow = rows > 1 ? wj : 0;
        wSlab = volume ? wk : wj;
        screen = (float) g.screen();
        mask = grid.vector();
        from = new int[grid.rows + 1];
        to = new int[grid.rows + 1];
        grid.forRows(grid.rows, (a, b) -> readMask(g.inside(), a, b));
        for (int kind = 0; kind < 16; kind++) {
            diagonals(kind);
        }
    }

    private void readMask(boolean[] inside, int first, int end) {
        int ni = grid.ni;
        for (int l = first; l < end; l++) {
            int last = 0;
            int begin = ni + 1;
            for (int i = 0; i < ni; i++) {
                if (inside[l * ni + i]) {
                    mask[l][i + 1] = 1;
                    last = i + 2;
                    begin = Math.min(begin, i + 1);
                }
            }
            from[l] = Math.min(begin, last);
            to[l] = last;
        }
    }

    /** For rows at no end, the first, the last or both of the slabs, and of the rows in them. */
    private void diagonals(int kind) {
        float across =
                screen
                        + wSlab * (2 - (kind & 1) - (kind >> 1 & 1))
                        + wRow * (2 - (kind >> 2 & 1) - (kind >> 3 & 1));
        float[] d = new float[grid.width];
        diagonal[kind] = d;
        inverse[0][kind] = new float[grid.width];
        inverse[1][kind] = new float[grid.width];
        for (int i = 1; i <= grid.ni; i++) {
            d[i] = across + wi * ((i > 1 ? 1 : 0) + (i < grid.ni ? 1 : 0));
            inverse[i & 1][kind][i] = d[i] > 0 ? 1 / d[i] : 0;
        }
    }

    private int kind(int row) {
        int s = row / rows;
        int y = row % rows;
        return (s == 0 ? 1 : 0)
                + (s == slabs - 1 ? 2 : 0)
                + (y == 0 ? 4 : 0)
                + (y == rows - 1 ? 8 : 0);
    }

    /** Returns the number of a row, that of the row of zeros if there is none. */
    int row(int s, int y) {
        return s < 0 || s >= slabs || y < 0 || y >= rows ? grid.rows : s * rows + y;
    }

    /** Returns the index of the first point of a row in the mask; 0 where none is. */
    int from(int row) {
        return from[row];
    }

    /** Returns the index after the last point of a row in the mask. */
    int to(int row) {
        return to[row];
    }

    /** Returns the diagonal of A along a row. */
    float[] diagonal(int row) {
        return diagonal[kind(row)];
    }

    /** Returns 1 / diagonal at the points of one colour, those with even index plus slab and y. */
    float[] inverse(int row, boolean red) {
        return inverse[parity(row) ^ (red ? 0 : 1)][kind(row)];
    }

    /** Returns the parity of the index of the red points of a row. */
    int parity(int row) {
        return row / rows + row % rows & 1;
    }

    int blocks() {
        return (slabs + side - 1) / side;
    }

    @Override
    public RowGrid grid() {
        return grid;
    }

    @Override
    public float[] row(int code, int row, float[] room) {
        int lo = from[row];
        int hi = to[row];
        int at = code - MIDDLE;
        int distance = Math.abs(at);
        if (lo == hi || distance != 0 && distance != 1 && distance != 3 && distance != 9) {
            return null;
        }
        Arrays.fill(room, 0);
        if (at == 0) {
            RowMath.product(mask[row], diagonal(row), room, lo, hi);
            return room;
        }
        float weight = distance == 1 ? wi : distance == 3 ? wj : wk;
        int step = Integer.signum(at);
        if (distance == 1) {
            RowMath.shifted(-weight, mask[row], step, room, lo, hi);
        } else {
            int j = row % grid.nj + (distance == 3 ? step : 0);
            int k = row / grid.nj + (distance == 9 ? step : 0);
            RowMath.add(-weight, mask[grid.row(j, k)], room, lo, hi);
        }
        RowMath.times(mask[row], room, lo, hi);
        return room;
    }
}
