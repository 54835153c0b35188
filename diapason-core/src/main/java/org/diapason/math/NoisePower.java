package org.diapason.math;

import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * A noise power spectrum within slices and its radial mean.
 *
 * <p>Radial mean in bins of {@code 1/(N Δ)}, Δ the finer spacing, frequency 0 left out, up to the
 * lower frequency of Nyquist; {@code SD² = Σ NPS/(Nx Δx Ny Δy)}; {@code f_av = Σ f NPS/Σ NPS} of
 * the radial curve; {@code f_peak} at the maximum of the curve smoothed by ¼ ½ ¼, by a parabola.
 *
 * <p>Method: ICRU report 87 (2012), equation 11.1.
 *
 * @param perMm frequencies of the radial curve
 * @param power radial curve, in the square of the unit times mm²
 * @param plane the spectrum itself, size × size values, frequency 0 first, i fastest
 * @param sd standard deviation by the integral
 * @param averagePerMm mean frequency of the curve
 * @param peakPerMm frequency of most power
 */
public record NoisePower(
        Numbers perMm,
        Numbers power,
        Numbers plane,
        double sd,
        double averagePerMm,
        double peakPerMm) {

    /** Makes the spectrum of a plane {@code Δx Δy/(Nx Ny) · mean |DFT|²}. */
    static NoisePower of(Geometry g, int size, double[] plane) {
        double dx = g.spacing(0);
        double dy = g.spacing(1);
        double step = 1 / (size * Math.min(dx, dy));
        int bins = Math.max(1, (int) Math.floor(0.5 / Math.max(dx, dy) / step + 1e-9));
        double[] f = new double[bins];
        double[] p = new double[bins];
        int[] hits = new int[bins];
        double variance = 0;
        for (int n = 0; n < plane.length; n++) {
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
        return new NoisePower(
                Numbers.of(f),
                Numbers.of(p),
                Numbers.of(plane),
                Math.sqrt(variance),
                average(f, p),
                peak(f, p));
    }

    private static double average(double[] f, double[] p) {
        double sum = 0;
        double first = 0;
        for (int b = 0; b < f.length; b++) {
            sum += p[b];
            first += f[b] * p[b];
        }
        return first / sum;
    }

    private static double peak(double[] f, double[] p) {
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
