package org.diapason.features;

import org.diapason.math.Fft;
import org.diapason.math.FftLines;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;

/**
 * Moran's I and Geary's C over all pairs of voxels with weights of one over their distance in mm.
 *
 * <p>Exact, not sampled. With y = x − mean on the voxels and 0 elsewhere, m the mask and w the
 * weights, {@code Σ w y y}, {@code Σ w y² m} and {@code Σ w m m} are products of spectra (Parseval)
 * on a box twice as large, so no pair is met around the corner. The box is worked on by some
 * frequencies along i at a time, which bounds the memory; the bits do not depend on threads.
 */
final class Autocorrelation {
    /** Numbers kept per block of frequencies along i: 256 MB. */
    private static final long ROOM = 1L << 25;

    private final Region region;
    private final double mean;
    private final FftLines[] kind = new FftLines[3];
    private final long room;
    private final int[] low;
    private final int[] box = new int[3];
    private final int[] size = new int[3];
    private final Geometry geometry;

    /** Where the voxels of each row of the box begin in the region. */
    private final int[] rowStart;

    private Autocorrelation(Region region, double mean, long room) {
        this.region = region;
        this.mean = mean;
        this.room = room;
        geometry = region.geometry();
        Box bounds = Box.of(region);
        low = bounds.low();
        for (int a = 0; a < 3; a++) {
            box[a] = bounds.size(a);
            size[a] = Fft.fastLength(2 * box[a] - 1);
            kind[a] = new FftLines(size[a], 1);
        }
        rowStart = new int[box[1] * box[2] + 1];
        for (int v : region.voxels()) {
            int j = v / geometry.ni() % geometry.nj() - low[1];
            int k = v / geometry.ni() / geometry.nj() - low[2];
            rowStart[j + box[1] * k + 1]++;
        }
        for (int r = 0; r + 1 < rowStart.length; r++) {
            rowStart[r + 1] += rowStart[r];
        }
    }

    /** Returns Moran's I and Geary's C; both NaN for fewer than two values or equal ones. */
    static double[] of(Region region) {
        return of(region, ROOM);
    }

    /** Does the same in blocks of at most {@code room} numbers, or one frequency. */
    static double[] of(Region region, long room) {
        Distribution values = region.size() == 0 ? null : Distribution.of(region.values());
        if (values == null || values.min() == values.max()) {
            return new double[] {Double.NaN, Double.NaN};
        }
        double[] sum = new Autocorrelation(region, values.mean(), room).sums();
        double n = region.size();
        double squares = n * values.variance();
        return new double[] {
            n / sum[2] * (sum[0] / squares), (n - 1) / sum[2] * ((sum[1] - sum[0]) / squares)
        };
    }

    private double[] sums() {
        int half = Fft.half(size[0]);
        long perColumn = 2L * (3 * box[2] + size[2] / 2 + 1) * size[1];
        int columns = (int) Math.max(1, Math.min(half, room / perColumn));
        double[] sum = new double[3];
        for (int first = 0; first < half; first += columns) {
            add(first, Math.min(columns, half - first), sum);
        }
        return sum;
    }

    private void add(int first, int columns, double[] sum) {
        double[][][] spectra = new double[3][][];
        for (int f = 0; f < 3; f++) {
            int power = f;
            spectra[f] =
                    flat(
                            box[1],
                            false,
                            box[2],
                            first,
                            columns,
                            (j, k, to, at, step) -> field(power, j, k, to, at, step));
        }
        double[][] weights =
                flat(size[1] / 2 + 1, true, size[2] / 2 + 1, first, columns, this::weights);
        int groups = size[1] / 4 + 1;
        double[][] part = new double[groups][];
        Parallel.forEach(
                groups, group -> part[group] = across(group, first, columns, spectra, weights));
        for (double[] p : part) {
            for (int s = 0; s < 3; s++) {
                sum[s] += p[s];
            }
        }
    }

    private interface Rows {
        void read(int j, int k, double[] to, int at, int step);
    }

    /** Writes a row of y, y² or the mask (field 0, 1 or 2) over zeros. */
    private void field(int which, int j, int k, double[] to, int at, int step) {
        int row = j + box[1] * k;
        for (int n = rowStart[row]; n < rowStart[row + 1]; n++) {
            double y = region.values()[n] - mean;
            int i = region.voxels()[n] % geometry.ni() - low[0];
            to[at + i * step] = which == 0 ? y : which == 1 ? y * y : 1;
        }
    }

    private void weights(int j, int k, double[] to, int at, int step) {
        double dj = j * geometry.spacing(1);
        double dk = k * geometry.spacing(2);
        for (int i = 0; i < size[0]; i++) {
            double di = Math.min(i, size[0] - i) * geometry.spacing(0);
            double square = di * di + dj * dj + dk * dk;
            to[at + i * step] = square == 0 ? 0 : 1 / Math.sqrt(square);
        }
    }

    /**
     * Transforms planes of real rows along i and j; keeps some frequencies along i. Rows of planes
     * that mirror themselves are read up to the middle.
     */
    private double[][] flat(
            int rows, boolean mirrored, int planes, int first, int columns, Rows source) {
        double[] re = new double[planes * size[1] * columns];
        double[] im = new double[planes * size[1] * columns];
        Parallel.forEach(
                planes,
                k -> {
                    FftLines along = kind[0].more((rows + 1) / 2);
                    int pairs = (rows + 1) / 2;
                    for (int j = 0; j < rows; j++) {
                        source.read(j, k, j < pairs ? along.re : along.im, j % pairs, pairs);
                    }
                    along.forward();
                    FftLines down = kind[1].more(columns);
                    double[] a = new double[columns];
                    double[] b = new double[columns];
                    for (int j = 0; j < rows; j++) {
                        along.real(j % pairs, j >= pairs, first, a, b);
                        System.arraycopy(a, 0, down.re, j * columns, columns);
                        System.arraycopy(b, 0, down.im, j * columns, columns);
                        if (mirrored && j > 0) {
                            int back = (size[1] - j) * columns;
                            System.arraycopy(a, 0, down.re, back, columns);
                            System.arraycopy(b, 0, down.im, back, columns);
                        }
                    }
                    down.forward();
                    System.arraycopy(down.re, 0, re, k * down.re.length, down.re.length);
                    System.arraycopy(down.im, 0, im, k * down.re.length, down.re.length);
                });
        return new double[][] {re, im};
    }

    /**
     * Transforms two rows of frequencies along k, and the two that mirror them, and returns their
     * part of the three sums. The weights mirror themselves along every axis, so their spectra are
     * real, the same in mirrored rows, and those of two rows are one transform.
     */
    private double[] across(
            int group, int first, int columns, double[][][] spectra, double[][] weights) {
        FftLines w = kind[2].more(columns);
        int middle = size[1] / 2;
        for (int k = 0; k < size[2]; k++) {
            int plane = size[1] * Math.min(k, size[2] - k);
            int at = (2 * group + plane) * columns;
            System.arraycopy(weights[0], at, w.re, k * columns, columns);
            if (2 * group < middle) {
                System.arraycopy(weights[0], at + columns, w.im, k * columns, columns);
            }
        }
        w.forward();
        double[] sum = new double[3];
        for (int j = 2 * group; j <= Math.min(2 * group + 1, middle); j++) {
            double[] real = j == 2 * group ? w.re : w.im;
            add(j, first, columns, spectra, real, sum);
            if (j > 0 && 2 * j != size[1]) {
                add(size[1] - j, first, columns, spectra, real, sum);
            }
        }
        double all = (double) size[0] * size[1] * size[2];
        return new double[] {sum[0] / all, sum[1] / all, sum[2] / all};
    }

    private void add(
            int j, int first, int columns, double[][][] spectra, double[] weights, double[] sum) {
        FftLines[] line = new FftLines[3];
        for (int f = 0; f < 3; f++) {
            line[f] = kind[2].more(columns);
            for (int k = 0; k < box[2]; k++) {
                int at = (j + size[1] * k) * columns;
                System.arraycopy(spectra[f][0], at, line[f].re, k * columns, columns);
                System.arraycopy(spectra[f][1], at, line[f].im, k * columns, columns);
            }
            line[f].forward();
        }
        for (int u = 0; u < columns; u++) {
            int at = first + u;
            double twice = at == 0 || 2 * at == size[0] ? 1 : 2;
            double yy = 0;
            double sm = 0;
            double mm = 0;
            for (int q = u; q < size[2] * columns; q += columns) {
                yy += weights[q] * norm(line[0], line[0], q);
                sm += weights[q] * norm(line[1], line[2], q);
                mm += weights[q] * norm(line[2], line[2], q);
            }
            sum[0] += twice * yy;
            sum[1] += twice * sm;
            sum[2] += twice * mm;
        }
    }

    private static double norm(FftLines a, FftLines b, int q) {
        return a.re[q] * b.re[q] + a.im[q] * b.im[q];
    }
}
