package org.diapason.math;

import java.util.Arrays;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * A line-spread function in narrow bins, from an edge, a wire or a point; gives widths and {@link
 * Mtf}.
 *
 * <p>The function is multiplied by a window that is flat to 5 σ of its centre and falls as a cosine
 * to 0 at 10 σ, σ from the half maximum: what lies beyond is noise, or a tail whose loss inflates
 * the transfer (Friedman and Cunningham 2008, Medical Physics 35(10):4443–4449,
 * doi:10.1118/1.2977536). The mean over a bin of width Δ multiplies the transfer by {@code sinc(fΔ)
 * = sin(πfΔ)/(πfΔ)} and a difference of neighbouring bins once more; both are divided out
 * (Cunningham and Fenster 1987, Medical Physics 14(4):533–537, doi:10.1118/1.596064), and their
 * Δ²/12 are taken off second moments.
 *
 * @param stepMm distance of neighbouring bins in mm; positive
 * @param values one per bin, in any unit
 * @param apertures how many times a box of {@code stepMm} has smoothed them: 0 samples, 1 bin
 *     means, 2 differences of bin means
 * @param emptyBins bins without a sample, which a straight line filled
 */
public record LineSpread(double stepMm, Numbers values, int apertures, int emptyBins) {
    private static final double FLAT_SIGMAS = 5;
    private static final double END_SIGMAS = 10;
    private static final int FREQUENCIES = 400;

    /** Transfer is given up to this frequency times the width at half maximum. */
    private static final double LAST = 4;

    public LineSpread {
        if (!(stepMm > 0) || values.size() < 3) {
            throw new IllegalArgumentException(
                    "a line-spread function needs three bins of a positive width, got "
                            + values.size()
                            + " of "
                            + stepMm
                            + " mm");
        }
    }

    /**
     * Returns the derivative of an edge.
     *
     * @param distanceMm signed distance of each sample from the edge; not modified
     * @param samples value of each sample; not modified
     * @param binMm width of the bins; a tenth to a quarter of a voxel
     */
    public static LineSpread edge(double[] distanceMm, double[] samples, double binMm) {
        Bins bins = Bins.of(distanceMm, samples, binMm);
        double[] slope = new double[bins.mean.length - 1];
        double sign = Math.signum(bins.mean[bins.mean.length - 1] - bins.mean[0]);
        for (int n = 0; n < slope.length; n++) {
            slope[n] = sign * (bins.mean[n + 1] - bins.mean[n]) / binMm;
        }
        return new LineSpread(binMm, Numbers.of(slope), 2, bins.empty);
    }

    /**
     * Returns the profile of a line from samples at signed distances from it; parameters as above.
     */
    public static LineSpread line(double[] distanceMm, double[] samples, double binMm) {
        Bins bins = Bins.of(distanceMm, samples, binMm);
        return new LineSpread(binMm, Numbers.of(bins.mean), 1, bins.empty);
    }

    /**
     * Returns the line-spread function along one axis from a box around a point: the box is summed
     * over the other axes after the plane through its rim is taken off, where there is noise no
     * wider than {@link Spot} says.
     *
     * @param box ten widths wide or more, the point near its middle; not modified
     * @throws RefusedException if its noise would be more than 3 % of the transfer
     */
    public static LineSpread point(Geometry g, float[] box, int axis) {
        double[] sum = new Spot(g, box, -1).profile(axis);
        return new LineSpread(g.spacing(axis), Numbers.of(sum), 0, 0);
    }

    /**
     * Returns the line-spread function along one axis from a box around a straight wire, which runs
     * close to {@code along} and leans towards {@code axis}, so that its slices sample the profile
     * at many phases.
     *
     * @param box ten widths wide or more, the wire near its middle; not modified
     * @throws RefusedException if it is saturated, or its noise would be more than 3 %
     */
    public static LineSpread wire(Geometry g, float[] box, int axis, int along, double binMm) {
        double[][] rows = new Spot(g, box, along).profiles(axis);
        int n = g.size(axis);
        int slices = rows.length;
        double[] centre = new double[slices];
        for (int s = 0; s < slices; s++) {
            double sum = 0;
            for (int x = 0; x < n; x++) {
                sum += rows[s][x];
                centre[s] += rows[s][x] * x;
            }
            centre[s] /= sum;
        }
        double[] line = SlantedEdge.line(centre);
        Spot.refuseSaturated(g, box, along, Math.abs(line[1]) * slices);
        double slope = line[1] * g.spacing(axis) / g.spacing(along);
        double cosine = 1 / Math.sqrt(1 + slope * slope);
        double[] distance = new double[slices * n];
        double[] samples = new double[slices * n];
        for (int s = 0; s < slices; s++) {
            for (int x = 0; x < n; x++) {
                distance[s * n + x] = (x - line[0] - line[1] * s) * g.spacing(axis) * cosine;
                samples[s * n + x] = rows[s][x];
            }
        }
        return line(distance, samples, binMm);
    }

    /** Returns the transfer, corrected for bins and differences. */
    public Mtf mtf() {
        return mtf(apertures);
    }

    /** Returns the transfer, divided by sinc as often as said. */
    Mtf mtf(int sincs) {
        double[] v = windowed();
        double centre = centre(v);
        double width = halfMaximumFwhmMm();
        double last = Math.min(0.5 / stepMm, LAST / width);
        double[] f = new double[FREQUENCIES + 1];
        double[] m = new double[f.length];
        for (int n = 0; n < f.length; n++) {
            f[n] = last * n / FREQUENCIES;
            double re = 0;
            double im = 0;
            for (int x = 0; x < v.length; x++) {
                double angle = 2 * Math.PI * f[n] * (x - centre) * stepMm;
                re += v[x] * StrictMath.cos(angle);
                im += v[x] * StrictMath.sin(angle);
            }
            double at = Math.PI * f[n] * stepMm;
            double sinc = n == 0 ? 1 : StrictMath.sin(at) / at;
            m[n] = Math.sqrt(re * re + im * im);
            for (int a = 0; a < sincs; a++) {
                m[n] /= sinc;
            }
        }
        for (int n = f.length - 1; n >= 0; n--) {
            m[n] /= m[0];
        }
        return new Mtf(Numbers.of(f), Numbers.of(m));
    }

    /** Returns 2.3548 times the standard deviation within the window, in mm; NaN where negative. */
    public double momentFwhmMm() {
        double[] v = windowed();
        double centre = centre(v);
        double sum = 0;
        double second = 0;
        for (int x = 0; x < v.length; x++) {
            sum += v[x];
            second += v[x] * (x - centre) * (x - centre);
        }
        return Gauss.FWHM_PER_SIGMA * stepMm * Math.sqrt(second / sum - apertures / 12.0);
    }

    /**
     * Returns the distance of the two places around the peak at half its height, in mm. Values are
     * smoothed over a third of the width first; that and the apertures are taken off as from a
     * Gaussian.
     */
    public double halfMaximumFwhmMm() {
        double[] raw = values.toArray();
        int box = 2 * (int) (quartileFwhm(raw) / 6) + 1;
        double width = crossing(smoothed(raw, box));
        double unit = Gauss.FWHM_PER_SIGMA * Gauss.FWHM_PER_SIGMA / 12;
        double own = width * width - unit * (apertures + (double) box * box - 1);
        return stepMm * Math.sqrt(Math.max(own, width * width / 4));
    }

    /** Returns the width of the Gaussian with the quartiles of the running sum, in bins. */
    private static double quartileFwhm(double[] v) {
        double total = 0;
        for (double x : v) {
            total += x;
        }
        int[] quarter = new int[2];
        double sum = 0;
        for (int x = 0; x < v.length; x++) {
            double next = sum + v[x];
            for (int q = 0; q < 2; q++) {
                double level = (0.25 + 0.5 * q) * total;
                quarter[q] = quarter[q] == 0 && sum < level && next >= level ? x : quarter[q];
            }
            sum = next;
        }
        return Math.max(1, quarter[1] - quarter[0]) * (Gauss.FWHM_PER_SIGMA / 1.349);
    }

    /** Returns the width at half maximum in bins. */
    static double crossing(double[] v) {
        int peak = peak(v);
        double half = v[peak] / 2;
        int left = peak;
        while (left > 0 && v[left] > half) {
            left--;
        }
        int right = peak;
        while (right < v.length - 1 && v[right] > half) {
            right++;
        }
        double a = left == peak ? 0 : between(v[left], v[left + 1], half);
        double b = right == peak ? 0 : between(v[right], v[right - 1], half);
        return Math.max(1, right - b - left - a);
    }

    private static double between(double outer, double inner, double level) {
        return Math.min(1, Math.max(0, (level - outer) / (inner - outer)));
    }

    private static int peak(double[] v) {
        int peak = 0;
        for (int x = 1; x < v.length; x++) {
            peak = v[x] > v[peak] ? x : peak;
        }
        return peak;
    }

    private static double[] smoothed(double[] v, int box) {
        double[] out = new double[v.length];
        for (int x = 0; x < v.length; x++) {
            int from = Math.max(0, x - box / 2);
            int end = Math.min(v.length, x + box / 2 + 1);
            for (int y = from; y < end; y++) {
                out[x] += v[y] / (end - from);
            }
        }
        return out;
    }

    private double[] windowed() {
        double[] v = values.toArray();
        double sigma = halfMaximumFwhmMm() / Gauss.FWHM_PER_SIGMA / stepMm;
        int peak = peak(smoothed(v, 2 * (int) (sigma / 2) + 1));
        for (int x = 0; x < v.length; x++) {
            double away = Math.abs(x - peak) / sigma;
            double fall = Math.PI * (away - FLAT_SIGMAS) / (END_SIGMAS - FLAT_SIGMAS);
            v[x] *=
                    away <= FLAT_SIGMAS
                            ? 1
                            : away >= END_SIGMAS ? 0 : (1 + StrictMath.cos(fall)) / 2;
        }
        return v;
    }

    private static double centre(double[] v) {
        double sum = 0;
        double first = 0;
        for (int x = 0; x < v.length; x++) {
            sum += v[x];
            first += v[x] * x;
        }
        return first / sum;
    }

    /** Means of samples by place. */
    private record Bins(double[] mean, int empty) {
        static Bins of(double[] at, double[] samples, double width) {
            double low = Arrays.stream(at).min().orElse(0);
            double high = Arrays.stream(at).max().orElse(0);
            if (!(width > 0) || !(high - low >= 3 * width)) {
                throw new IllegalArgumentException(
                        "samples over "
                                + (high - low)
                                + " mm do not fill bins of "
                                + width
                                + " mm");
            }
            int bins = (int) Math.floor((high - low) / width) + 1;
            double[] sum = new double[bins];
            int[] count = new int[bins];
            for (int n = 0; n < at.length; n++) {
                int b = Math.min(bins - 1, (int) ((at[n] - low) / width));
                sum[b] += samples[n];
                count[b]++;
            }
            int empty = 0;
            int last = 0; // the bin of the least distance is never empty
            for (int b = 0; b < bins; b++) {
                if (count[b] == 0) {
                    empty++;
                    continue;
                }
                sum[b] /= count[b];
                for (int gap = last + 1; gap < b; gap++) {
                    double part = (gap - last) / (double) (b - last);
                    sum[gap] = sum[last] + part * (sum[b] - sum[last]);
                }
                last = b;
            }
            return new Bins(Arrays.copyOf(sum, last + 1), empty);
        }
    }
}
