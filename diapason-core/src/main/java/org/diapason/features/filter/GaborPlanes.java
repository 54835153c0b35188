package org.diapason.features.filter;

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
 * where no kernel has more than 1e-9 of its peak are left out.
 */
final class GaborPlanes {
    private static final double REACH = 6;
    private static final double NOTHING = 1e-9;

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
        return java.util.Arrays.copyOf(used, count);
    }

    /** Adds the pooled response times a weight to an output. */
    void add(float[] values, float[] out, double weight) {
        Parallel.forEach(g.size(axes[2]), plane -> add(values, out, weight, plane));
    }

    private void add(float[] values, float[] out, double weight, int plane) {
        int[] stride = {1, g.ni(), g.ni() * g.nj()};
        int start = plane * stride[axes[2]];
        FftLines image = forward(values, start, stride[axes[0]], stride[axes[1]]);
        double[] pooled = new double[na * nb];
        java.util.Arrays.fill(pooled, filter.pooling().start());
        for (int d = 0; d < spectra.length; d++) {
            pool(inverse(image, spectra[d], lines[d]), pooled);
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

    /** Returns the spectrum of a plane with its margins, at u · pb + v. */
    private FftLines forward(float[] values, int start, int strideA, int strideB) {
        FftLines second = new FftLines(pb, pa);
        for (int b = 0; b < pb; b++) {
            int fb = inside(b, nb, reachB, pb);
            for (int a = 0; a < pa; a++) {
                int fa = inside(a, na, reachA, pa);
                double value = (fa | fb) < 0 ? 0 : values[start + fa * strideA + fb * strideB];
                second.re[b * pa + a] = value;
            }
        }
        second.forward();
        FftLines first = new FftLines(pa, pb);
        for (int b = 0; b < pb; b++) {
            for (int a = 0; a < pa; a++) {
                first.re[a * pb + b] = second.re[b * pa + a];
                first.im[a * pb + b] = second.im[b * pa + a];
            }
        }
        first.forward();
        return first;
    }

    /** Sample x of a padded line: the image first, then its end's margin, last its start's. */
    private int inside(int x, int n, int reach, int padded) {
        Boundary boundary = filter.boundary();
        return x < n + reach
                ? boundary.at(x, n)
                : x >= padded - reach ? boundary.at(x - padded, n) : -1;
    }

    /** Returns the complex response at b · na + a. */
    private FftLines inverse(FftLines image, double[] spectrum, int[] used) {
        int count = used.length;
        FftLines first = new FftLines(pa, count);
        for (int u = 0; u < pa; u++) {
            for (int q = 0; q < count; q++) {
                int from = u * pb + used[q];
                first.re[u * count + q] = image.re[from] * spectrum[from];
                first.im[u * count + q] = image.im[from] * spectrum[from];
            }
        }
        first.inverse();
        FftLines second = new FftLines(pb, na);
        for (int a = 0; a < na; a++) {
            for (int q = 0; q < count; q++) {
                second.re[used[q] * na + a] = first.re[a * count + q];
                second.im[used[q] * na + a] = first.im[a * count + q];
            }
        }
        second.inverse();
        return second;
    }

    private void pool(FftLines response, double[] pooled) {
        for (int x = 0; x < pooled.length; x++) {
            double re = response.re[x];
            double im = response.im[x];
            double value =
                    switch (filter.part()) {
                        case MODULUS -> Math.sqrt(re * re + im * im);
                        case REAL -> re;
                        case IMAGINARY -> im;
                        case PHASE -> StrictMath.atan2(im, re);
                    };
            pooled[x] =
                    switch (filter.pooling()) {
                        case MAX -> Math.max(pooled[x], value);
                        case MIN -> Math.min(pooled[x], value);
                        case NONE, MEAN -> pooled[x] + value;
                    };
        }
    }
}
