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

    /** 1 in the mask, 0 elsewhere. */
    final float[][] mask;

    private final float wj;
    private final float wk;
    private final int[] from;
    private final int[] to;
    private final float[][][] diagonal = new float[16][2][];
    private final float[][][] inverse = new float[16][2][];

    MultigridSlabs(PoissonGrid g) {
        grid = new RowGrid(g.ni(), g.nj(), g.nk());
        volume = g.nk() > 1;
        slabs = volume ? g.nk() : g.nj();
        rows = volume ? g.nj() : 1;
        side = Math.max(16, BLOCK / Math.max(1, grid.ni * rows) & ~1);
        wi = (float) g.wi();
        wj = (float) g.wj();
        wk = (float) g.wk();
        wRow = rows > 1 ? wj : 0;
        wSlab = volume ? wk : wj;
        screen = (float) g.screen();
        mask = grid.vector();
        from = new int[mask.length];
        to = new int[mask.length];
        grid.forRows(grid.rows, (a, b) -> readMask(g.inside(), a, b));
        for (int kind = 0; kind < 16; kind++) {
            diagonals(kind);
        }
    }

    private void readMask(boolean[] inside, int first, int end) {
        for (int row = first; row < end; row++) {
            int at = row * grid.ni;
            for (int half = 2 * row; half < 2 * row + 2; half++) {
                int i = at + (half & 1) - 2;
                int last = grid.end(half) - 1;
                float[] one = mask[half];
                for (int n = 1; n <= last; n++) {
                    one[n] = inside[i + 2 * n] ? 1 : 0;
                }
                from[half] = 1;
                while (from[half] <= last && one[from[half]] == 0) {
                    from[half]++;
                }
                to[half] = last + 1;
                while (to[half] > from[half] && one[to[half] - 1] == 0) {
                    to[half]--;
                }
            }
        }
    }

    /** For rows at no end, the first, the last or both of the slabs, and of the rows in them. */
    private void diagonals(int kind) {
        float across =
                screen
                        + wSlab * (2 - (kind & 1) - (kind >> 1 & 1))
                        + wRow * (2 - (kind >> 2 & 1) - (kind >> 3 & 1));
        for (int parity = 0; parity < 2; parity++) {
            float[] d = new float[grid.width];
            float[] inverses = new float[grid.width];
            for (int n = 1; n < grid.end(parity); n++) {
                int i = 2 * (n - 1) + parity;
                d[n] = across + wi * ((i > 0 ? 1 : 0) + (i < grid.ni - 1 ? 1 : 0));
                inverses[n] = d[n] > 0 ? 1 / d[n] : 0;
            }
            diagonal[kind][parity] = d;
            inverse[kind][parity] = inverses;
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

    /** Returns the red points of a row: i + j + k is even. */
    int red(int s, int y) {
        return 2 * row(s, y) + (s + y & 1);
    }

    /** Returns the number of the first point of a half in the mask; that of the end if none is. */
    int from(int half) {
        return from[half];
    }

    /** Returns the number after the last point of a half in the mask. */
    int to(int half) {
        return to[half];
    }

    /** Returns 1 / diagonal of A along a half. */
    float[] inverse(int half) {
        return inverse[kind(half / 2)][half & 1];
    }

    int blocks() {
        return (slabs + side - 1) / side;
    }

    @Override
    public RowGrid grid() {
        return grid;
    }

    @Override
    public Reader reader() {
        float[] other = new float[grid.width];
        return (code, half, room) -> half(code, half, other, room);
    }

    private float[] half(int code, int half, float[] other, float[] room) {
        int lo = from[half];
        int hi = to[half];
        int at = code - MIDDLE;
        int distance = Math.abs(at);
        if (lo == hi || distance != 0 && distance != 1 && distance != 3 && distance != 9) {
            return null;
        }
        Arrays.fill(room, 0);
        if (at == 0) {
            RowMath.product(mask[half], diagonal[kind(half / 2)][half & 1], room, lo, hi);
            return room;
        }
        int step = Integer.signum(at);
        float weight = distance == 1 ? wi : distance == 3 ? wj : wk;
        float[] neighbour;
        if (distance == 1) {
            neighbour = mask[half ^ 1];
            if ((half & 1) == 0 == step < 0) {
                neighbour = RowMath.beside(half, neighbour, other, lo, hi);
            }
        } else {
            int j = half / 2 % grid.nj + (distance == 3 ? step : 0);
            int k = half / 2 / grid.nj + (distance == 9 ? step : 0);
            neighbour = mask[2 * grid.row(j, k) + (half & 1)];
        }
        RowMath.product(-weight, mask[half], neighbour, room, lo, hi);
        return room;
    }
}
