package org.diapason.fusion;

import org.diapason.math.Kept;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;

/**
 * Some rows of some planes of a grid with those around them that have a say, worked on plane after
 * plane: only the planes that are just needed are held, and what is computed does not depend on
 * where a tile ends. The rows of a single slice are its planes.
 *
 * <p>A plane of a tile begins at row {@link #firstRow}; sums in its outermost rows and planes,
 * those around, lack neighbours and are not used.
 */
final class Tile {
    /** Values of a plane of a tile: what stays in the second cache some twenty times. */
    private static final int PLANE = 1 << 14;

    private static final int PLANES = 64;

    /** Planes alive at once for sums over three of them. */
    static final int THREE = 3;

    private final int ni;
    private final int nj;
    private final int nk;
    private final int j0;
    private final int j1;
    private final int k0;
    private final int k1;
    private final int reach;
    private final int firstRow;
    private final int rows;
    private final float[] none;

    private Tile(int[] size, int j, int k, int[] step, int reach) {
        ni = size[0];
        nj = size[1];
        nk = size[2];
        j0 = j * step[0];
        j1 = Math.min(nj, j0 + step[0]);
        k0 = k * step[1];
        k1 = Math.min(nk, k0 + step[1]);
        this.reach = reach;
        firstRow = Math.max(0, j0 - reach);
        rows = Math.min(nj, j1 + reach) - firstRow;
        none = new float[rows * ni];
    }

    /** What is done with a tile. */
    interface Work {
        void on(Tile tile);
    }

    /** Writes plane k of what is made of a tile. */
    interface Plane {
        void write(int k, float[] to);
    }

    /**
     * Works on all tiles of a grid.
     *
     * @param reach rows and planes around each that have a say
     */
    static void forEach(Geometry g, int reach, Work work) {
        boolean slice = g.nk() == 1;
        int[] size = {g.ni(), slice ? 1 : g.nj(), slice ? g.nj() : g.nk()};
        int[] step = {Math.max(4 * reach, PLANE / size[0]), PLANES};
        int nj = (size[1] + step[0] - 1) / step[0];
        int nk = (size[2] + step[1] - 1) / step[1];
        Parallel.forEach(nj * nk, t -> work.on(new Tile(size, t % nj, t / nj, step, reach)));
    }

    /** Returns a plane of the tile. */
    float[] plane() {
        return new float[rows * ni];
    }

    /** Returns planes of the tile that are made when they are asked for. */
    Kept planes(int many, Kept.Maker maker) {
        return new Kept(many, rows * ni, maker);
    }

    /** Returns the planes of a band. */
    Kept band(Detail.Bands bands, int image) {
        return planes(THREE, (k, to) -> bands.read(image, (k * nj + firstRow) * ni, rows * ni, to));
    }

    /** Returns sums over 3 voxels along i and j of planes that are made on the way. */
    Kept sums(Plane values) {
        float[] plane = plane();
        float[][] row = new float[4][ni];
        float[][] three = new float[THREE][ni]; // rows summed along i
        return planes(
                THREE,
                (k, to) -> {
                    values.write(k, plane);
                    for (int r = 0; r <= rows; r++) {
                        if (r < rows) {
                            System.arraycopy(plane, r * ni, row[0], 0, ni);
                            System.arraycopy(row[0], 0, row[1], 1, ni - 1);
                            System.arraycopy(row[0], 1, row[2], 0, ni - 1);
                            sum(row[0], row[1], row[2], three[r % THREE], ni);
                        }
                        if (r > 0) {
                            float[] down = r > 1 ? three[(r - 2) % THREE] : none;
                            float[] up = r < rows ? three[r % THREE] : none;
                            sum(three[(r - 1) % THREE], down, up, row[3], ni);
                            System.arraycopy(row[3], 0, to, (r - 1) * ni, ni);
                        }
                    }
                });
    }

    /** Adds neighbours first, so that a mirrored image has mirrored bits. */
    private static void sum(float[] here, float[] before, float[] after, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = here[i] + (before[i] + after[i]);
        }
    }

    /** Writes the sum of plane k of some sums and its neighbours. */
    void around(Kept sums, int k, float[] to) {
        float[] down = k > 0 ? sums.at(k - 1) : none;
        float[] here = sums.at(k);
        float[] up = k + 1 < nk ? sums.at(k + 1) : none;
        sum(here, down, up, to, to.length);
    }

    /** Hands over the rows that belong to the tile itself, plane after plane. */
    void write(Plane made, Detail.Taker out) {
        float[] plane = plane();
        float[] own = j0 == firstRow ? plane : new float[(j1 - j0) * ni];
        for (int k = k0; k < k1; k++) {
            made.write(k, plane);
            if (own != plane) {
                System.arraycopy(plane, (j0 - firstRow) * ni, own, 0, own.length);
            }
            out.take(own, (k * nj + j0) * ni, (j1 - j0) * ni);
        }
    }
}
