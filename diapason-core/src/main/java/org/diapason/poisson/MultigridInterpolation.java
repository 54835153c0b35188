package org.diapason.poisson;

/** Halves of rows of {@code P e}, e on the grid that is the next coarser one; for one thread. */
final class MultigridInterpolation {
    private final RowGrid fine;
    private final RowGrid coarse;
    private final float[][] e;
    private final float[][] means = new float[4][];
    private final float[] joined;
    private final float[] west;
    private final float[] out;

    MultigridInterpolation(RowGrid fine, RowGrid coarse, float[][] e) {
        this.fine = fine;
        this.coarse = coarse;
        this.e = e;
        for (int m = 0; m < means.length; m++) {
            means[m] = new float[coarse.width];
        }
        joined = new float[2 * coarse.width];
        west = new float[fine.width];
        out = new float[fine.width];
    }

    /** Returns P e at the points {@code lo … hi} of one parity of row (j, k). */
    float[] half(int j, int k, int parity, int lo, int hi) {
        if (coarse.ni == fine.ni) {
            return across(j, k, parity);
        }
        float[] even = across(j, k, 0);
        RowMath.join(even, across(j, k, 1), joined, coarse.ni);
        if (parity == 0) {
            return joined;
        }
        System.arraycopy(joined, lo + 1, west, lo, hi - lo);
        RowMath.mean(joined, west, out, lo, hi);
        return out;
    }

    /** Interpolates halves of coarse rows between rows. */
    private float[] across(int j, int k, int parity) {
        boolean between = coarse.nk < fine.nk && (k & 1) == 1;
        int k0 = coarse.nk < fine.nk ? k / 2 : k;
        float[] a = inPlane(j, k0, parity, means[parity]);
        if (between) {
            float[] b = inPlane(j, k0 + 1, parity, means[2 + parity]);
            RowMath.mean(a, b, means[parity], 1, coarse.width);
            return means[parity];
        }
        return a;
    }

    private float[] inPlane(int j, int k, int parity, float[] room) {
        boolean between = coarse.nj < fine.nj && (j & 1) == 1;
        int j0 = coarse.nj < fine.nj ? j / 2 : j;
        float[] a = e[2 * coarse.row(j0, k) + parity];
        if (between) {
            RowMath.mean(a, e[2 * coarse.row(j0 + 1, k) + parity], room, 1, coarse.width);
            return room;
        }
        return a;
    }
}
