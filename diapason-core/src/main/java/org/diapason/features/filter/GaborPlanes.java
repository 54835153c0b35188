package org.diapason.features.filter;

import java.util.Arrays;
import org.diapason.math.Boundary;
import org.diapason.math.Fft;
import org.diapason.math.FftLines;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;

/**
 * Gabor responses in a stack of parallel planes, by Fourier transforms of each plane with a margin
 * as wide as the kernel.
 *
 * <p>A kernel is conjugate to its mirror image, so its spectrum is real. Lines of the spectrum
 * where the kernel has less than 1e-7 of its peak are left out.
 */
final class GaborPlanes {
    private static final double REACH = 6;
    private static final double NOTHING = 1e-7;

    /** Lines transformed together; more would leave the second cache. */
    private static final int LINES = 32;

    private final Gabor filter;
    private final Geometry g;

    /** Axes of a plane, and the axis along which the planes are stacked. */
    private final int[] axes;

    private final int na;
    private final int nb;
    private final int reachA;
    private final int reachB;
    private final int pa;
    private final int pb;
    private final FftLines alongA;
    private final FftLines alongB;

    /** Spectrum of a direction at u · pb + v, and the lines v that have any. */
    private final double[][] spectra;

    private final int[][] lines;

    GaborPlanes(Gabor filter, double[] directions, Geometry g, int[] axes) {
        this.filter = filter;
        this.g = g;
        this.axes = axes;
        na = g.size(axes[0]);
        nb = g.size(axes[1]);
        double wide = REACH * Math.max(filter.sigmaMm(), filter.sigmaMm() / filter.gamma());
        reachA = (int) Math.ceil(wide / g.spacing(axes[0]));
        reachB = (int) Math.ceil(wide / g.spacing(axes[1]));
        pa = Fft.fastLength(na + 2 * reachA);
        pb = Fft.fastLength(nb + 2 * reachB);
        alongA = new FftLines(pa, 1);
        alongB = new FftLines(pb, 1);
        spectra = new double[directions.length][];
        lines = new int[directions.length][];
        Parallel.forEach(
                directions.length,
                d -> {
                    spectra[d] = spectrum(directions[d]);
                    lines[d] = lines(spectra[d]);
                });
    }

    private double[] spectrum(double theta) {
        double cos = StrictMath.cos(theta);
        double sin = StrictMath.sin(theta);
        double[] re = new double[pa * pb];
        double[] im = new double[pa * pb];
        for (int a = -reachA; a <= reachA; a++) {
            for (int b = -reachB; b <= reachB; b++) {
                double x = a * g.spacing(axes[0]);
                double y = b * g.spacing(axes[1]);
                double along = x * cos + y * sin;
                double across = filter.gamma() * (y * cos - x * sin);
                double width = 2 * filter.sigmaMm() * filter.sigmaMm();
                double size = StrictMath.exp(-(along * along + across * across) / width);
                double phase = 2 * Math.PI * along / filter.lambdaMm();
                int at = Math.floorMod(a, pa) * pb + Math.floorMod(b, pb);
                re[at] = size * StrictMath.cos(phase);
                im[at] = size * StrictMath.sin(phase);
            }
        }
        Fft.forward(re, im, pb, pa, 1);
        return re;
    }

    private int[] lines(double[] spectrum) {
        double[] most = new double[pb];
        double peak = 0;
        for (int x = 0; x < spectrum.length; x++) {
            most[x % pb] = Math.max(most[x % pb], Math.abs(spectrum[x]));
            peak = Math.max(peak, most[x % pb]);
        }
        int[] used = new int[pb];
        int count = 0;
        for (int v = 0; v < pb; v++) {
            if (most[v] > NOTHING * peak) {
                used[count++] = v;
            }
        }
        return Arrays.copyOf(used, count);
    }

    /** Adds the pooled response times a weight to an output. */
    void add(float[] values, float[] out, double weight) {
        Parallel.forEach(g.size(axes[2]), plane -> add(values, out, weight, plane));
    }

    private void add(float[] values, float[] out, double weight, int plane) {
        int[] stride = {1, g.ni(), g.ni() * g.nj()};
        int start = plane * stride[axes[2]];
        Plane image = forward(values, start, stride[axes[0]], stride[axes[1]]);
        Plane half = new Plane(new double[na * pb], new double[na * pb]);
        double[] pooled = new double[na * nb];
        Arrays.fill(pooled, filter.pooling().start());
        for (int d = 0; d < spectra.length; d++) {
            alongFirst(image, spectra[d], lines[d], half);
            alongSecond(half, lines[d], pooled);
        }
        boolean mean = filter.pooling() == Pooling.MEAN;
        double scale = mean ? weight / spectra.length : weight;
        for (int b = 0; b < nb; b++) {
            for (int a = 0; a < na; a++) {
                int at = start + a * stride[axes[0]] + b * stride[axes[1]];
                out[at] += (float) (scale * pooled[b * na + a]);
            }
        }
    }

    private record Plane(double[] re, double[] im) {}

    /** Returns the spectrum of a plane with its margins, at u · pb + v. */
    private Plane forward(float[] values, int start, int strideA, int strideB) {
        Plane plane = new Plane(new double[pa * pb], new double[pa * pb]);
        for (int b = 0; b < pb; b++) {
            int fb = inside(b, nb, reachB, pb);
            for (int a = 0; a < pa; a++) {
                int fa = inside(a, na, reachA, pa);
                double value = (fa | fb) < 0 ? 0 : values[start + fa * strideA + fb * strideB];
                plane.re[a * pb + b] = value;
            }
        }
        Fft.forward(plane.re, plane.im, pb, pa, 1);
        return plane;
    }

    /** Sample x of a padded line: the image first, then its end's margin, last its start's. */
    private int inside(int x, int n, int reach, int padded) {
        Boundary boundary = filter.boundary();
        return x < n + reach
                ? boundary.at(x, n)
                : x >= padded - reach ? boundary.at(x - padded, n) : -1;
    }

    /** Filters a spectrum and turns it back along the first axis, into lines v at v · na + a. */
    private void alongFirst(Plane image, double[] spectrum, int[] used, Plane out) {
        FftLines block = null;
        for (int first = 0; first < used.length; first += LINES) {
            int count = Math.min(LINES, used.length - first);
            block = block == null || count < LINES ? alongA.more(count) : block;
            for (int u = 0; u < pa; u++) {
                for (int q = 0; q < count; q++) {
                    int from = u * pb + used[first + q];
                    block.re[u * count + q] = image.re[from] * spectrum[from];
                    block.im[u * count + q] = image.im[from] * spectrum[from];
                }
            }
            block.inverse();
            for (int q = 0; q < count; q++) {
                int to = used[first + q] * na;
                for (int a = 0; a < na; a++) {
                    out.re[to + a] = block.re[a * count + q];
                    out.im[to + a] = block.im[a * count + q];
                }
            }
        }
    }

    /** Turns lines back along the second axis and pools the response at b · na + a. */
    private void alongSecond(Plane half, int[] used, double[] pooled) {
        FftLines block = null;
        for (int first = 0; first < na; first += LINES) {
            int count = Math.min(LINES, na - first);
            block = block == null || count < LINES ? alongB.more(count) : block;
            Arrays.fill(block.re, 0);
            Arrays.fill(block.im, 0);
            for (int v : used) {
                System.arraycopy(half.re, v * na + first, block.re, v * count, count);
                System.arraycopy(half.im, v * na + first, block.im, v * count, count);
            }
            block.inverse();
            for (int b = 0; b < nb; b++) {
                part(block.re, block.im, b * count, count);
                pool(block.re, b * count, pooled, b * na + first, count);
            }
        }
    }

    /** Leaves in re the number of the response that is asked for. */
    private void part(double[] re, double[] im, int at, int n) {
        switch (filter.part()) {
            case MODULUS -> {
                for (int x = at; x < at + n; x++) {
                    re[x] = Math.sqrt(re[x] * re[x] + im[x] * im[x]);
                }
            }
            case REAL -> {}
            case IMAGINARY -> System.arraycopy(im, at, re, at, n);
            case PHASE -> {
                for (int x = at; x < at + n; x++) {
                    re[x] = StrictMath.atan2(im[x], re[x]);
                }
            }
        }
    }

    private void pool(double[] values, int at, double[] pooled, int to, int n) {
        for (int x = 0; x < n; x++) {
            double value = values[at + x];
            double before = pooled[to + x];
            pooled[to + x] =
                    switch (filter.pooling()) {
                        case MAX -> Math.max(before, value);
                        case MIN -> Math.min(before, value);
                        case NONE, MEAN -> before + value;
                    };
        }
    }
}
