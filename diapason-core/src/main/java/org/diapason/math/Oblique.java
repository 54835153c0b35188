package org.diapason.math;

import org.diapason.volume.Geometry;

/**
 * Values on a grid whose axes point elsewhere, or that lies behind a transform: each voxel from
 * those about its place, by the taps of {@link Taps} along the three old axes. Voxels of no weight
 * do not count, whatever they hold.
 */
final class Oblique {
    private Oblique() {}

    /** Returns the values on the new grid; for cubic, give spline coefficients. */
    static float[] sample(float[] values, Move move) {
        if (move.boundary() == Boundary.PERIODIC) {
            throw new IllegalArgumentException(
                    "boundary of a grid must be nearest, mirror or zero, got periodic");
        }
        Geometry to = move.to();
        float[] out = new float[to.voxels()];
        Parallel.forEach(
                to.nk(),
                z -> {
                    Row row = new Row(values, move);
                    for (int y = 0; y < to.nj(); y++) {
                        row.write(y, z, out, to.index(0, y, z));
                    }
                });
        return out;
    }

    /** One row of the new grid after the other. */
    private static final class Row {
        private final Geometry from;
        private final float[] values;
        private final Interpolation how;
        private final Boundary boundary;
        private final boolean outside;
        private final Places places;
        private final double[] i;
        private final double[] j;
        private final double[] k;
        private final int taps;
        private final int[][] index;
        private final double[][] weight;
        private final int plane;
        private final double below;
        private final double[] above = new double[3];

        Row(float[] values, Move move) {
            from = move.from();
            this.values = values;
            how = move.how();
            boundary = move.boundary();
            outside = move.outside();
            places = new Places(move.to(), move.transform(), from);
            i = new double[move.to().ni()];
            j = new double[i.length];
            k = new double[i.length];
            taps = Taps.count(how);
            index = new int[3][taps];
            weight = new double[3][taps];
            plane = from.ni() * from.nj();
            // how far from the border all taps are inside
            below = how == Interpolation.CUBIC ? 1 : 0;
            for (int a = 0; a < 3; a++) {
                above[a] = from.size(a) - 1 - below;
            }
        }

        /** Writes a row; where all taps are inside by the short way, which gives the same bits. */
        void write(int y, int z, float[] out, int at) {
            places.row(y, z, i, j, k);
            int first = 0;
            int end = how == Interpolation.SINC ? 0 : i.length;
            while (first < end && !inside(first)) {
                out[at + first] = border(first);
                first++;
            }
            for (int x = i.length - 1; x >= end; x--) {
                out[at + x] = border(x);
            }
            while (end > first && !inside(end - 1)) {
                end--;
                out[at + end] = border(end);
            }
            if (how == Interpolation.LINEAR) {
                linear(first, end, out, at);
                return;
            }
            boolean all = places.straight();
            for (int x = first; x < end; x++) {
                out[at + x] = all || inside(x) ? middle(i[x], j[x], k[x]) : border(x);
            }
        }

        /** Writes the middle of a row; with locals, since a call makes fields be read anew. */
        private void linear(int first, int end, float[] out, int at) {
            boolean all = places.straight();
            float[] v = values;
            double[] pi = i;
            double[] pj = j;
            double[] pk = k;
            int row = from.ni();
            int page = plane;
            for (int x = first; x < end; x++) {
                int li = (int) pi[x];
                int lj = (int) pj[x];
                int lk = (int) pk[x];
                double fi = pi[x] - li;
                double fj = pj[x] - lj;
                double fk = pk[x] - lk;
                out[at + x] =
                        between(fi) && between(fj) && between(fk) && (all || inside(x))
                                ? eight(v, li + row * lj + page * lk, row, page, fi, fj, fk)
                                : border(x);
            }
        }

        private boolean inside(int x) {
            return i[x] >= below
                    && i[x] < above[0]
                    && j[x] >= below
                    && j[x] < above[1]
                    && k[x] >= below
                    && k[x] < above[2];
        }

        private float border(int x) {
            return outside || Grid.inField(from, i[x], j[x], k[x])
                    ? value(i[x], j[x], k[x])
                    : Float.NaN;
        }

        private float middle(double pi, double pj, double pk) {
            int row = from.ni();
            if (how == Interpolation.NEAREST) {
                return values[(int) (pi + 0.5) + row * (int) (pj + 0.5) + plane * (int) (pk + 0.5)];
            }
            int li = (int) pi;
            int lj = (int) pj;
            int lk = (int) pk;
            double fi = pi - li;
            double fj = pj - lj;
            double fk = pk - lk;
            int v = li + row * lj + plane * lk;
            if (!(between(fi) && between(fj) && between(fk))) {
                return value(pi, pj, pk);
            }
            return cubic(v - 1 - row - plane, row, plane, fi, fj, fk);
        }

        private float cubic(int first, int row, int plane, double fi, double fj, double fk) {
            Taps.cubic(fi, weight[0]);
            Taps.cubic(fj, weight[1]);
            Taps.cubic(fk, weight[2]);
            double w0 = weight[0][0];
            double w1 = weight[0][1];
            double w2 = weight[0][2];
            double w3 = weight[0][3];
            double sum = 0;
            for (int c = 0; c < 4; c++) {
                int at = first + c * plane;
                double wc = weight[2][c];
                for (int b = 0; b < 4; b++, at += row) {
                    double line =
                            w0 * values[at]
                                    + w1 * values[at + 1]
                                    + w2 * values[at + 2]
                                    + w3 * values[at + 3];
                    sum += wc * weight[1][b] * line;
                }
            }
            return (float) sum;
        }

        /** Says whether a place is so far from a voxel that its neighbour has weight. */
        private static boolean between(double f) {
            return f >= 1e-9 && f <= 1 - 1e-9;
        }

        private static float eight(
                float[] v, int at, int row, int plane, double fi, double fj, double fk) {
            double gi = 1 - fi;
            double gj = 1 - fj;
            double gk = 1 - fk;
            double sum = gk * gj * (gi * v[at] + fi * v[at + 1]);
            sum += gk * fj * (gi * v[at + row] + fi * v[at + row + 1]);
            sum += fk * gj * (gi * v[at + plane] + fi * v[at + plane + 1]);
            int far = at + row + plane;
            return (float) (sum + fk * fj * (gi * v[far] + fi * v[far + 1]));
        }

        private float value(double i, double j, double k) {
            if (i != i) {
                return Float.NaN;
            }
            Taps.at(how, boundary, i, from.ni(), index[0], weight[0]);
            Taps.at(how, boundary, j, from.nj(), index[1], weight[1]);
            Taps.at(how, boundary, k, from.nk(), index[2], weight[2]);
            if (how == Interpolation.NEAREST) {
                boolean zero = index[0][0] < 0 || index[1][0] < 0 || index[2][0] < 0;
                return zero ? 0 : values[from.index(index[0][0], index[1][0], index[2][0])];
            }
            double[] w = weight[0];
            int first = index[0][0];
            boolean run = taps == 10 && index[0][9] - first == 9 && w[0] != 0 && w[9] != 0;
            double sum = 0;
            for (int c = 0; c < taps; c++) {
                for (int b = 0; b < taps; b++) {
                    double wbc = weight[2][c] * weight[1][b];
                    if (wbc != 0) {
                        int at = from.index(0, index[1][b], index[2][c]);
                        sum += wbc * (run ? ten(values, at + first, w) : line(at));
                    }
                }
            }
            return (float) sum;
        }

        /** Returns what {@link #line} does where the taps of the windowed sinc are neighbours. */
        private static double ten(float[] v, int at, double[] w) {
            return w[0] * v[at]
                    + w[1] * v[at + 1]
                    + w[2] * v[at + 2]
                    + w[3] * v[at + 3]
                    + w[4] * v[at + 4]
                    + w[5] * v[at + 5]
                    + w[6] * v[at + 6]
                    + w[7] * v[at + 7]
                    + w[8] * v[at + 8]
                    + w[9] * v[at + 9];
        }

        private double line(int at) {
            double sum = 0;
            for (int a = 0; a < taps; a++) {
                if (weight[0][a] != 0) {
                    sum += weight[0][a] * values[at + index[0][a]];
                }
            }
            return sum;
        }
    }
}
