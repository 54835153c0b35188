package org.diapason.reconstruction;

import org.diapason.math.Parallel;

/**
 * Line integrals through slices in mm times the image's unit, by the method of Joseph, and their
 * exact transpose.
 *
 * <p>A line that runs more along y than along x is sampled once in every row of pixels, straight
 * between the two pixels beside it, and each sample counts as long as the line is within the row;
 * other lines are sampled column by column. Beyond the slice the image is 0. Back projection takes
 * the same weights: a sample's share goes back to the two pixels that it came from.
 *
 * <p>Views are projected side by side, and rows (of the transposed slice: columns) are filled side
 * by side, each by one thread in the order of the views: the same bits on any number of threads.
 * Sums are doubles.
 *
 * <p>Method: Joseph 1982, IEEE Trans. Med. Imaging 1:192–196, doi:10.1109/TMI.1982.4307572.
 */
public final class Projector implements ViewedModel {
    private final ParallelBeam beam;
    private final Line[] lines;

    /** Places along a row are whole numbers of so many parts of a pixel. */
    private static final int PARTS_BITS = 32;

    private static final double PARTS = 1L << PARTS_BITS;

    /** Of a place the part of a pixel, cut to what a float holds. */
    private static final int SHARE_BITS = 24;

    private static final float SHARE = 1f / (1 << SHARE_BITS);

    /**
     * The lines of a view as they meet one row: bin b lies at pixel {@code at + row · shift + b ·
     * step} of the row, and counts {@code lengthMm}.
     */
    private record Line(boolean alongRows, double at, double shift, double step, double lengthMm) {

        static Line of(ParallelBeam beam, double angle) {
            double cos = StrictMath.cos(angle);
            double sin = StrictMath.sin(angle);
            // Per sample a line moves sideways by less than a pixel, or it is sampled the other
            // way.
            boolean rows = Math.abs(sin) * beam.rowMm() <= Math.abs(cos) * beam.pixelMm();
            double across = rows ? cos : sin;
            double along = rows ? sin : cos;
            double pixel = rows ? beam.pixelMm() : beam.rowMm();
            double row = rows ? beam.rowMm() : beam.pixelMm();
            int pixels = rows ? beam.ni() : beam.nj();
            int count = rows ? beam.nj() : beam.ni();
            double step = beam.binMm() / (across * pixel);
            double shift = -along * row / (across * pixel);
            double at =
                    (pixels - 1) / 2.0 - (beam.bins() - 1) / 2.0 * step - (count - 1) / 2.0 * shift;
            return new Line(rows, at, shift, step, row / Math.abs(across));
        }

        /** Returns the parts of a pixel from one bin to the next. */
        long stepParts() {
            return (long) Math.rint(step * PARTS);
        }

        /** Returns the place of the first bin in a row that has a zero before its first pixel. */
        long startParts(int row) {
            return (long) Math.rint((at + row * shift + 1) * PARTS);
        }

        /**
         * Writes the first and the end of the bins that lie between the zeros around a row of n
         * pixels.
         */
        static void range(long start, long step, int n, int bins, int[] range) {
            double a = -(double) start / step;
            double b = ((n + 1) * PARTS - start) / step;
            int from = (int) Math.max(0, Math.min(bins, Math.floor(Math.min(a, b))));
            int end = (int) Math.max(0, Math.min(bins, Math.ceil(Math.max(a, b)) + 1));
            while (from < end && !within(start + from * step, n)) {
                from++;
            }
            while (end > from && !within(start + (end - 1) * step, n)) {
                end--;
            }
            range[0] = from;
            range[1] = end;
        }

        private static boolean within(long place, int n) {
            return place >= 0 && place >> PARTS_BITS < n + 1;
        }
    }

    private Projector(ParallelBeam beam, Line[] lines) {
        this.beam = beam;
        this.lines = lines;
    }

    /** Returns the projector of all views. */
    public static Projector of(ParallelBeam beam) {
        Line[] lines = new Line[beam.views()];
        for (int v = 0; v < lines.length; v++) {
            lines[v] = Line.of(beam, beam.angle(v));
        }
        return new Projector(beam, lines);
    }

    @Override
    public Projector every(int first, int step) {
        if (first < 0 || step < 1 || first >= lines.length) {
            throw new IllegalArgumentException(
                    "there are views 0 to " + (lines.length - 1) + ", got " + first + ", " + step);
        }
        Line[] some = new Line[(lines.length - first + step - 1) / step];
        for (int v = 0; v < some.length; v++) {
            some[v] = lines[first + v * step];
        }
        return new Projector(beam, some);
    }

    @Override
    public int views() {
        return lines.length;
    }

    @Override
    public int pixels() {
        return beam.ni() * beam.nj() * beam.nk();
    }

    @Override
    public int measurements() {
        return beam.bins() * beam.nk() * lines.length;
    }

    @Override
    public void forward(float[] image, float[] data) {
        float[] rows = new float[(beam.ni() + 2) * beam.nj()];
        float[] columns = new float[(beam.nj() + 2) * beam.ni()];
        for (int k = 0; k < beam.nk(); k++) {
            spread(image, k, rows, columns);
            int slice = k;
            Parallel.forEach(
                    lines.length,
                    v -> {
                        boolean along = lines[v].alongRows;
                        view(v, slice, along ? rows : columns, data);
                    });
        }
    }

    /** Writes a slice and its transpose, each row between two zeros. */
    private void spread(float[] image, int k, float[] rows, float[] columns) {
        int ni = beam.ni();
        int nj = beam.nj();
        for (int j = 0; j < nj; j++) {
            int from = (k * nj + j) * ni;
            System.arraycopy(image, from, rows, j * (ni + 2) + 1, ni);
            for (int i = 0; i < ni; i++) {
                columns[i * (nj + 2) + 1 + j] = image[from + i];
            }
        }
    }

    private void view(int v, int k, float[] rows, float[] data) {
        Line line = lines[v];
        int n = line.alongRows ? beam.ni() : beam.nj();
        int count = line.alongRows ? beam.nj() : beam.ni();
        double[] sums = new double[beam.bins()];
        int[] range = new int[2];
        long step = line.stepParts();
        for (int row = 0; row < count; row++) {
            long start = line.startParts(row);
            Line.range(start, step, n, sums.length, range);
            sample(rows, row * (n + 2), start, step, range, sums);
        }
        int to = (v * beam.nk() + k) * beam.bins();
        for (int b = 0; b < sums.length; b++) {
            data[to + b] = (float) (sums[b] * line.lengthMm);
        }
    }

    private static void sample(
            float[] rows, int base, long start, long step, int[] range, double[] sums) {
        long place = start + range[0] * step;
        for (int b = range[0]; b < range[1]; b++) {
            int at = base + (int) (place >> PARTS_BITS);
            float share = ((int) place >>> PARTS_BITS - SHARE_BITS) * SHARE;
            float left = rows[at];
            sums[b] += left + share * (rows[at + 1] - left);
            place += step;
        }
    }

    @Override
    public void backward(float[] data, float[] image) {
        int ni = beam.ni();
        int nj = beam.nj();
        float[] columns = new float[ni * nj];
        for (int k = 0; k < beam.nk(); k++) {
            int slice = k;
            Parallel.forEach(nj, j -> fill(data, slice, j, true, image, (slice * nj + j) * ni));
            Parallel.forEach(ni, i -> fill(data, slice, i, false, columns, i * nj));
            for (int j = 0; j < nj; j++) {
                for (int i = 0; i < ni; i++) {
                    image[(k * nj + j) * ni + i] += columns[i * nj + j];
                }
            }
        }
    }

    /** Writes one row: what all views that are sampled row by row give back to it. */
    private void fill(float[] data, int k, int row, boolean alongRows, float[] to, int at) {
        int n = alongRows ? beam.ni() : beam.nj();
        double[] sums = new double[n + 2];
        int[] range = new int[2];
        for (int v = 0; v < lines.length; v++) {
            Line line = lines[v];
            if (line.alongRows != alongRows) {
                continue;
            }
            long start = line.startParts(row);
            long step = line.stepParts();
            Line.range(start, step, n, beam.bins(), range);
            int from = (v * beam.nk() + k) * beam.bins();
            spread(data, from, start, step, range, line.lengthMm, sums);
        }
        for (int i = 0; i < n; i++) {
            to[at + i] = (float) sums[i + 1];
        }
    }

    private static void spread(
            float[] data,
            int from,
            long start,
            long step,
            int[] range,
            double length,
            double[] sums) {
        long place = start + range[0] * step;
        for (int b = range[0]; b < range[1]; b++) {
            int at = (int) (place >> PARTS_BITS);
            float share = ((int) place >>> PARTS_BITS - SHARE_BITS) * SHARE;
            double value = data[from + b] * length;
            double right = share * value;
            sums[at] += value - right;
            sums[at + 1] += right;
            place += step;
        }
    }

    /**
     * Returns what of the light along every line comes through, {@code exp(−∫μ)}.
     *
     * @param perMm μ of each pixel per mm; not modified
     */
    public float[] attenuation(float[] perMm) {
        float[] through = new float[measurements()];
        forward(perMm, through);
        for (int m = 0; m < through.length; m++) {
            through[m] = (float) StrictMath.exp(-through[m]);
        }
        return through;
    }
}
