package org.diapason.math;

import org.diapason.volume.Geometry;
import org.diapason.volume.Transform;

/**
 * Values on a grid whose axes point elsewhere, or that lies behind a transform: each voxel from
 * those about its place, by the taps of {@link Taps} along the three old axes. Voxels of no weight
 * do not count, whatever they hold.
 */
final class Oblique {
    private Oblique() {}

    /**
     * Returns the values on the new grid; for cubic, give spline coefficients.
     *
     * @param transform where places of the new grid lie in the old one, in mm
     * @param outside whether voxels outside the old field have the boundary's values, not NaN
     */
    static float[] sample(
            Geometry from,
            float[] values,
            Geometry to,
            Transform transform,
            Interpolation how,
            Boundary boundary,
            boolean outside) {
        if (boundary == Boundary.PERIODIC) {
            throw new IllegalArgumentException(
                    "boundary of a grid must be nearest, mirror or zero, got periodic");
        }
        float[] out = new float[to.voxels()];
        Parallel.forEach(
                to.nk(),
                z -> {
                    Place place = new Place(from, values, how, boundary);
                    Places places = new Places(to, transform, from);
                    double[] i = new double[to.ni()];
                    double[] j = new double[to.ni()];
                    double[] k = new double[to.ni()];
                    for (int y = 0; y < to.nj(); y++) {
                        places.row(y, z, i, j, k);
                        place.row(i, j, k, out, to.index(0, y, z));
                        if (!outside) {
                            Grid.blank(from, i, j, k, out, to.index(0, y, z));
                        }
                    }
                });
        return out;
    }

    private static final class Place {
        private final Geometry from;
        private final float[] values;
        private final Interpolation how;
        private final Boundary boundary;
        private final int taps;
        private final int[][] index;
        private final double[][] weight;

        Place(Geometry from, float[] values, Interpolation how, Boundary boundary) {
            this.from = from;
            this.values = values;
            this.how = how;
            this.boundary = boundary;
            taps = Taps.count(how);
            index = new int[3][taps];
            weight = new double[3][taps];
        }

        /** Writes a row; where all taps are inside by the short way, which gives the same bits. */
        void row(double[] i, double[] j, double[] k, float[] out, int at) {
            int row = from.ni();
            int plane = row * from.nj();
            int below = how == Interpolation.CUBIC ? 1 : 0;
            for (int x = 0; x < i.length; x++) {
                double pi = i[x];
                double pj = j[x];
                double pk = k[x];
                boolean in =
                        pi >= below
                                && pj >= below
                                && pk >= below
                                && pi < from.ni() - 1 - below
                                && pj < from.nj() - 1 - below
                                && pk < from.nk() - 1 - below
                                && how != Interpolation.SINC;
                if (in && how == Interpolation.NEAREST) {
                    int v = (int) (pi + 0.5) + row * (int) (pj + 0.5) + plane * (int) (pk + 0.5);
                    out[at + x] = values[v];
                    continue;
                }
                double fi = pi - (int) pi;
                double fj = pj - (int) pj;
                double fk = pk - (int) pk;
                if (in && between(fi) && between(fj) && between(fk)) {
                    int v = (int) pi + row * (int) pj + plane * (int) pk;
                    out[at + x] =
                            how == Interpolation.LINEAR
                                    ? eight(values, v, row, plane, fi, fj, fk)
                                    : cubic(v - 1 - row - plane, row, plane, fi, fj, fk);
                } else {
                    out[at + x] = value(pi, pj, pk);
                }
            }
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

        float value(double i, double j, double k) {
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
                        sum += wbc * (run ? ten(values, at + first, w) : row(at));
                    }
                }
            }
            return (float) sum;
        }

        /** Returns what {@link #row} does where the taps of the windowed sinc are neighbours. */
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

        private double row(int at) {
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
