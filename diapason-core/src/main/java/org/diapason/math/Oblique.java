package org.diapason.math;

import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * Values on a grid whose axes point elsewhere: each voxel from those about its place, by the taps
 * of {@link Taps} along the three old axes. Voxels of no weight do not count, whatever they hold.
 */
final class Oblique {
    private Oblique() {}

    /** Returns the values on the new grid; for cubic, give spline coefficients. */
    static float[] sample(
            Geometry from, float[] values, Geometry to, Interpolation how, Boundary boundary) {
        if (boundary == Boundary.PERIODIC) {
            throw new IllegalArgumentException(
                    "boundary of a grid must be nearest, mirror or zero, got periodic");
        }
        float[] out = new float[to.voxels()];
        Parallel.forEach(
                to.nk(),
                z -> {
                    Place place = new Place(from, values, how, boundary);
                    for (int y = 0; y < to.nj(); y++) {
                        Line line = new Line(from, to, y, z);
                        int at = to.index(0, y, z);
                        for (int x = 0; x < to.ni(); x++) {
                            out[at + x] = place.value(line.at(0, x), line.at(1, x), line.at(2, x));
                        }
                    }
                });
        return out;
    }

    /** Where the voxels of one row of the new grid lie, in voxels of the old. */
    static final class Line {
        private final Numbers first;
        private final double[] step = new double[3];

        Line(Geometry from, Geometry to, int y, int z) {
            Numbers start = to.toWorld(0, y, z);
            first = from.toVoxel(start.get(0), start.get(1), start.get(2));
            for (int a = 0; a < 3; a++) {
                step[a] = Grid.cosine(from, a, to, 0) * to.spacing(0) / from.spacing(a);
            }
        }

        double at(int axis, int x) {
            return first.get(axis) + x * step[axis];
        }
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
