package org.diapason.phantom.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.math.Fft;
import org.diapason.math.Rng;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * The noise power spectrum of uniform tissue, in plane.
 *
 * <p>{@code NPS(fx, fy) = Δx Δy/(Nx Ny) · mean |DFT(I − trend)|²} over squares of the mask that
 * overlap by half, one of them in its middle; the trend is a polynomial fitted to each square,
 * whose loss of degrees of freedom is not made up for. Radial mean in bins of {@code 1/(N Δ)},
 * frequency 0 left out, up to the lower frequency of Nyquist; {@code SD² = Σ NPS/(Nx Δx Ny Δy)};
 * {@code f_av = Σ f NPS/Σ NPS} of the radial curve; {@code f_peak} at the maximum of the curve
 * smoothed by ¼ ½ ¼, by a parabola.
 *
 * <p>Intervals: 95 % of 400 draws of whole slices with replacement; NaN for fewer than three.
 * Method: ICRU report 87 (2012), equation 11.1.
 *
 * @param size edge of the squares in voxels
 * @param regions how many squares
 * @param detrend order of the polynomial taken off: 0 mean, 1 plane, 2 quadric
 * @param perMm frequencies of the radial curve
 * @param power radial curve, in the square of the unit times mm²
 * @param plane the spectrum itself, size × size values, frequency 0 first, i fastest
 * @param sd standard deviation by the integral
 * @param averagePerMm mean frequency of the curve
 * @param peakPerMm frequency of most power
 * @param sdInterval ends of the interval of sd
 * @param averageInterval ends of the interval of averagePerMm
 */
public record Nps(
        int size,
        int regions,
        int detrend,
        Numbers perMm,
        Numbers power,
        Numbers plane,
        double sd,
        double averagePerMm,
        double peakPerMm,
        Numbers sdInterval,
        Numbers averageInterval) {
    private static final int DRAWS = 400;

    /**
     * Measures the spectrum.
     *
     * @param uniform where the object is uniform
     * @param size edge of the squares in voxels; 8 or more
     * @param detrend 0, 1 or 2
     * @throws DataException if no square fits into the mask
     */
    public static Nps of(Volume volume, Mask uniform, int size, int detrend) {
        if (size < 8 || detrend < 0 || detrend > 2) {
            throw new IllegalArgumentException(
                    "a noise spectrum needs squares of 8 voxels or more and detrend 0, 1 or 2, got "
                            + size
                            + " and "
                            + detrend);
        }
        Geometry g = volume.geometry();
        List<double[]> slices = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        for (int k = 0; k < g.nk(); k++) {
            double[] sum = new double[size * size];
            int count = slice(volume, uniform.voxels(), k, size, detrend, sum);
            if (count > 0) {
                slices.add(sum);
                counts.add(count);
            }
        }
        if (slices.isEmpty()) {
            throw new DataException(
                    "the uniform region holds no square of "
                            + size
                            + " × "
                            + size
                            + " voxels for a noise spectrum. Take smaller squares.");
        }
        int[] each = new int[slices.size()];
        Arrays.setAll(each, n -> n);
        Curve all = Curve.of(g, size, slices, counts, each);
        double[] sds = new double[DRAWS];
        double[] averages = new double[DRAWS];
        Rng rng = new Rng(Rng.seed(0, "nps"));
        for (int d = 0; d < DRAWS && each.length > 2; d++) {
            int[] drawn = new int[each.length];
            Arrays.setAll(drawn, n -> rng.nextInt(each.length));
            Curve curve = Curve.of(g, size, slices, counts, drawn);
            sds[d] = curve.sd;
            averages[d] = curve.average();
        }
        boolean known = each.length > 2;
        return new Nps(
                size,
                counts.stream().mapToInt(c -> c).sum(),
                detrend,
                Numbers.of(all.f),
                Numbers.of(all.p),
                Numbers.of(all.plane),
                all.sd,
                all.average(),
                all.peak(),
                known ? ends(sds) : Numbers.of(Double.NaN, Double.NaN),
                known ? ends(averages) : Numbers.of(Double.NaN, Double.NaN));
    }

    /** Returns the figures of a table, in the unit of the volume. */
    public List<Measured> figures(String unit) {
        String how =
                regions
                        + " squares of "
                        + size
                        + " × "
                        + size
                        + " voxels, "
                        + List.of("mean", "plane", "quadric").get(detrend)
                        + " taken off";
        return List.of(
                new Measured("noise-sd", sd, unit, sdInterval.get(0), sdInterval.get(1), how),
                new Measured(
                        "nps-average",
                        averagePerMm,
                        "1/mm",
                        averageInterval.get(0),
                        averageInterval.get(1),
                        how),
                Measured.bare("nps-peak", peakPerMm, "1/mm", how));
    }

    /** Adds the power of all squares of a slice; returns how many. */
    private static int slice(
            Volume volume, boolean[] in, int k, int size, int detrend, double[] sum) {
        Geometry g = volume.geometry();
        int count = 0;
        int step = Math.max(1, size / 2);
        int[] from = first(g, in, k, size, step);
        for (int j = from[1]; j + size <= g.nj(); j += step) {
            for (int i = from[0]; i + size <= g.ni(); i += step) {
                if (!inside(g, in, i, j, k, size)) {
                    continue;
                }
                double[] re = new double[size * size];
                for (int n = 0; n < re.length; n++) {
                    re[n] = volume.at(i + n % size, j + n / size, k);
                }
                flatten(re, size, detrend);
                double[] im = new double[re.length];
                Fft.forward(re, im, size, size, 1);
                for (int n = 0; n < re.length; n++) {
                    sum[n] += re[n] * re[n] + im[n] * im[n];
                }
                count++;
            }
        }
        return count;
    }

    /** Returns the first corner of the lattice that has a square in the middle of the mask. */
    private static int[] first(Geometry g, boolean[] in, int k, int size, int step) {
        int[] low = {g.ni(), g.nj()};
        int[] high = {-1, -1};
        for (int j = 0; j < g.nj(); j++) {
            for (int i = 0; i < g.ni(); i++) {
                if (in[g.index(i, j, k)]) {
                    low[0] = Math.min(low[0], i);
                    low[1] = Math.min(low[1], j);
                    high[0] = Math.max(high[0], i);
                    high[1] = Math.max(high[1], j);
                }
            }
        }
        int[] from = new int[2];
        for (int a = 0; a < 2; a++) {
            int middle = (low[a] + high[a] + 1 - size) / 2;
            from[a] = middle - Math.max(0, (middle - low[a]) / step) * step;
            from[a] = Math.max(0, from[a]);
        }
        return from;
    }

    private static boolean inside(Geometry g, boolean[] in, int i, int j, int k, int size) {
        for (int b = 0; b < size; b++) {
            for (int a = 0; a < size; a++) {
                if (!in[g.index(i + a, j + b, k)]) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Takes the polynomial off; its terms are independent on a square grid about its middle. */
    private static void flatten(double[] v, int size, int detrend) {
        double square = (size * (double) size - 1) / 12;
        int terms = detrend == 0 ? 1 : detrend == 1 ? 3 : 6;
        for (int t = 0; t < terms; t++) {
            double dot = 0;
            double norm = 0;
            for (int n = 0; n < v.length; n++) {
                double b = term(t, n, size, square);
                dot += b * v[n];
                norm += b * b;
            }
            for (int n = 0; n < v.length; n++) {
                v[n] -= dot / norm * term(t, n, size, square);
            }
        }
    }

    private static double term(int t, int n, int size, double square) {
        double x = n % size - (size - 1) / 2.0;
        double y = n / size - (size - 1) / 2.0;
        return switch (t) {
            case 0 -> 1;
            case 1 -> x;
            case 2 -> y;
            case 3 -> x * x - square;
            case 4 -> y * y - square;
            default -> x * y;
        };
    }

    private static Numbers ends(double[] draws) {
        Arrays.sort(draws);
        return Numbers.of(draws[DRAWS / 40], draws[DRAWS - 1 - DRAWS / 40]);
    }

    /** A spectrum and its radial mean. */
    private record Curve(double[] plane, double[] f, double[] p, double sd) {

        static Curve of(
                Geometry g, int size, List<double[]> slices, List<Integer> counts, int[] drawn) {
            double dx = g.spacing(0);
            double dy = g.spacing(1);
            double[] plane = new double[size * size];
            double count = 0;
            for (int s : drawn) {
                count += counts.get(s);
                double[] one = slices.get(s);
                for (int n = 0; n < plane.length; n++) {
                    plane[n] += one[n];
                }
            }
            double step = 1 / (size * Math.min(dx, dy));
            int bins = (int) Math.floor(0.5 / Math.max(dx, dy) / step + 1e-9);
            double[] f = new double[bins];
            double[] p = new double[bins];
            int[] hits = new int[bins];
            double variance = 0;
            for (int n = 0; n < plane.length; n++) {
                plane[n] *= dx * dy / ((double) size * size * count);
                variance += plane[n] / (size * dx * size * dy);
                double fx = Math.min(n % size, size - n % size) / (size * dx);
                double fy = Math.min(n / size, size - n / size) / (size * dy);
                int bin = (int) Math.rint(Math.sqrt(fx * fx + fy * fy) / step) - 1;
                if (bin >= 0 && bin < bins) {
                    p[bin] += plane[n];
                    hits[bin]++;
                }
            }
            for (int b = 0; b < bins; b++) {
                f[b] = (b + 1) * step;
                p[b] /= Math.max(1, hits[b]);
            }
            return new Curve(plane, f, p, Math.sqrt(variance));
        }

        double average() {
            double sum = 0;
            double first = 0;
            for (int b = 0; b < f.length; b++) {
                sum += p[b];
                first += f[b] * p[b];
            }
            return first / sum;
        }

        double peak() {
            double[] smooth = p.clone();
            int most = 0;
            for (int b = 0; b < p.length; b++) {
                double before = p[Math.max(0, b - 1)];
                double after = p[Math.min(p.length - 1, b + 1)];
                smooth[b] = before / 4 + p[b] / 2 + after / 4;
                most = smooth[b] > smooth[most] ? b : most;
            }
            if (most == 0 || most == p.length - 1) {
                return f[most];
            }
            double left = smooth[most - 1];
            double right = smooth[most + 1];
            double bend = left - 2 * smooth[most] + right;
            return f[most] + (bend < 0 ? (left - right) / (2 * bend) : 0) * (f[1] - f[0]);
        }
    }
}
