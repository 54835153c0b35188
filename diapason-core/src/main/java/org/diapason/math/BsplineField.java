package org.diapason.math;

/**
 * A smooth field on a box: uniform cubic B-splines as a tensor product, fitted to scattered weights
 * by the approximation of Lee, Wolberg and Shin.
 *
 * <p>Axis a is cut into {@code elements(a)} equal parts from the outer face of its first voxel to
 * that of its last and has {@code elements(a) + 3} control points; with 0 elements the field is
 * constant along it. A sample z with confidence w asks control point c, whose B-spline has the
 * value {@code b_c} there, for {@code φ_c = b_c z / Σ_d b_d²}; the control point becomes the mean
 * {@code Σ w b_c² φ_c / Σ w b_c²} over the samples, 0 where none reaches it. Because {@code b} is a
 * product over the axes, all sums run axis by axis: 4 multiplications a sample and not 64.
 *
 * <p>The bits depend neither on the number of threads nor on the JDK. A field is never written to.
 *
 * <p>Method: Lee, Wolberg and Shin 1997, IEEE Trans. Vis. Comput. Graph. 3(3):228–244,
 * doi:10.1109/2945.620490, equations 3 to 5 with confidences, and section 3.2 (refinement).
 */
public final class BsplineField {
    private final int[] elements;
    private final double[] controls;

    private BsplineField(int[] elements, double[] controls) {
        this.elements = elements;
        this.controls = controls;
    }

    /** Takes or fills one row of samples; called from several threads, each with other rows. */
    public interface RowWork {
        /** Works on row (j, k); the array is used again for the next row. */
        void row(int j, int k, double[] row);
    }

    /** Places of samples along the three axes as shares of the box, 0 … 1, rising. */
    public static final class Samples {
        private final double[][] at;

        /** Keeps the arrays. */
        public Samples(double[] i, double[] j, double[] k) {
            at = new double[][] {i, j, k};
        }

        /**
         * Returns the centres of blocks of voxels of a grid in the middle of the box; the last
         * blocks may be smaller.
         *
         * @param size voxels along i, j, k
         * @param block voxels of a block along i, j, k
         * @param filled which share of the box the grid fills along i, j, k, at most 1
         */
        public static Samples blocks(int[] size, int[] block, double[] filled) {
            double[][] at = new double[3][];
            for (int a = 0; a < 3; a++) {
                at[a] = centres(size[a], block[a], filled[a]);
            }
            return new Samples(at[0], at[1], at[2]);
        }

        private static double[] centres(int n, int f, double filled) {
            double[] at = new double[(n + f - 1) / f];
            for (int b = 0; b < at.length; b++) {
                double centre = (b * f + Math.min(n, (b + 1) * f)) / (2.0 * n);
                at[b] = 0.5 + (centre - 0.5) * filled;
            }
            return at;
        }

        /** Returns how many samples the axis 0 (i), 1 (j) or 2 (k) has. */
        public int size(int axis) {
            return at[axis].length;
        }

        private BsplineAxis[] axes(int[] elements) {
            BsplineAxis[] axes = new BsplineAxis[3];
            for (int a = 0; a < 3; a++) {
                axes[a] = new BsplineAxis(at[a], elements[a]);
            }
            return axes;
        }
    }

    /** Returns the field 0 with the given number of elements along i, j, k; 0 or more each. */
    public static BsplineField zero(int ei, int ej, int ek) {
        int[] elements = {ei, ej, ek};
        return new BsplineField(elements, new double[count(elements)]);
    }

    private static int count(int[] elements) {
        int count = 1;
        for (int e : elements) {
            count *= points(e);
        }
        return count;
    }

    private static int points(int elements) {
        return elements == 0 ? 1 : elements + 3;
    }

    /** Returns the number of elements along axis 0 (i), 1 (j) or 2 (k). */
    public int elements(int axis) {
        return elements[axis];
    }

    /** Returns the same field with every element cut into halves. */
    public BsplineField refined() {
        double[] now = controls;
        int[] size = {points(elements[0]), points(elements[1]), points(elements[2])};
        for (int a = 0; a < 3; a++) {
            now = elements[a] == 0 ? now : refined(now, size, a, elements[a]);
            size[a] = points(2 * elements[a]);
        }
        return new BsplineField(new int[] {2 * elements[0], 2 * elements[1], 2 * elements[2]}, now);
    }

    /** Control point t of an old knot lies at 2t of the new ones; the first one at knot −1. */
    private static double[] refined(double[] old, int[] size, int axis, int elements) {
        int stride = 1;
        for (int a = 0; a < axis; a++) {
            stride *= size[a];
        }
        int was = size[axis];
        int is = points(2 * elements);
        double[] fine = new double[old.length / was * is];
        for (int v = 0; v < fine.length; v++) {
            int p = v / stride % is;
            int at = v % stride + v / (stride * is) * stride * was + (p / 2) * stride;
            fine[v] =
                    p % 2 == 0
                            ? (old[at] + old[at + stride]) / 2
                            : (old[at] + 6 * old[at + stride] + old[at + 2 * stride]) / 8;
        }
        return fine;
    }

    /** Returns the sum of two fields of the same elements. */
    public BsplineField plus(BsplineField other) {
        double[] sum = controls.clone();
        for (int c = 0; c < sum.length; c++) {
            sum[c] += other.controls[c];
        }
        return new BsplineField(elements, sum);
    }

    /** Hands every row of the field at the samples to {@code rows}, on all threads. */
    public void evaluate(Samples samples, RowWork rows) {
        evaluate(samples.axes(elements), rows);
    }

    /** Returns the exponential of the field at the samples, i fastest. */
    public float[] exponential(Samples samples) {
        int ni = samples.size(0);
        int nj = samples.size(1);
        float[] out = new float[Math.multiplyExact(Math.multiplyExact(ni, nj), samples.size(2))];
        evaluate(
                samples,
                (j, k, row) -> {
                    SmallExp.row(row);
                    int at = (k * nj + j) * ni;
                    for (int i = 0; i < ni; i++) {
                        out[at + i] = (float) row[i];
                    }
                });
        return out;
    }

    private void evaluate(BsplineAxis[] axes, RowWork rows) {
        int ci = axes[0].controls;
        int plane = ci * axes[1].controls;
        Parallel.forEach(
                axes[2].samples,
                k -> {
                    double[] sheet = new double[plane];
                    blend(controls, axes[2], k, sheet);
                    double[] line = new double[ci];
                    double[] row = new double[axes[0].samples];
                    for (int j = 0; j < axes[1].samples; j++) {
                        blend(sheet, axes[1], j, line);
                        axes[0].gather(line, row);
                        rows.row(j, k, row);
                    }
                });
    }

    /** Writes the weighted sum of the runs that reach a sample of the outermost axis. */
    private static void blend(double[] from, BsplineAxis axis, int sample, double[] to) {
        java.util.Arrays.fill(to, 0);
        for (int t = 0; t < axis.taps; t++) {
            double w = axis.weight[t][sample];
            int at = (axis.first[sample] + t) * to.length;
            for (int c = 0; c < to.length; c++) {
                to[c] += w * from[at + c];
            }
        }
    }

    /** Fits fields of one lattice to values at the same samples with the same confidences. */
    public static final class Fitter {
        private final int[] elements;
        private final BsplineAxis[] axes;
        private final double[] confidence;

        /** Takes the confidences row by row, 0 or more: 0 is no sample. */
        public Fitter(Samples samples, int ei, int ej, int ek, RowWork confidences) {
            elements = new int[] {ei, ej, ek};
            axes = samples.axes(elements);
            confidence = scatter(confidences, false);
        }

        /**
         * Returns the field that approximates the values; {@code products} fills every row with
         * value times confidence.
         */
        public BsplineField fit(RowWork products) {
            double[] controls = scatter(products, true);
            for (int c = 0; c < controls.length; c++) {
                controls[c] = confidence[c] > 0 ? controls[c] / confidence[c] : 0;
            }
            return new BsplineField(elements, controls);
        }

        /** Hands every row of the field, which has this lattice, to {@code rows}. */
        public void evaluate(BsplineField field, RowWork rows) {
            field.evaluate(axes, rows);
        }

        private double[] scatter(RowWork fill, boolean cubes) {
            int ci = axes[0].controls;
            int plane = ci * axes[1].controls;
            double[][] sheets = new double[axes[2].samples][];
            Parallel.forEach(
                    sheets.length,
                    k -> {
                        double[] sheet = new double[plane];
                        double[] line = new double[ci];
                        double[] row = new double[axes[0].samples];
                        for (int j = 0; j < axes[1].samples; j++) {
                            fill.row(j, k, row);
                            java.util.Arrays.fill(line, 0);
                            axes[0].scatter(row, by(axes[0], cubes), line);
                            spread(line, axes[1], by(axes[1], cubes), j, sheet);
                        }
                        sheets[k] = sheet;
                    });
            double[] sum = new double[plane * axes[2].controls];
            for (int k = 0; k < sheets.length; k++) {
                spread(sheets[k], axes[2], by(axes[2], cubes), k, sum);
            }
            return sum;
        }

        private static double[][] by(BsplineAxis axis, boolean cubes) {
            return cubes ? axis.cube : axis.square;
        }

        private static void spread(
                double[] from, BsplineAxis axis, double[][] by, int sample, double[] to) {
            for (int t = 0; t < axis.taps; t++) {
                double w = by[t][sample];
                int at = (axis.first[sample] + t) * from.length;
                for (int c = 0; c < from.length; c++) {
                    to[at + c] += w * from[c];
                }
            }
        }
    }
}
