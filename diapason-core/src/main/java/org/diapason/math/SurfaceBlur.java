package org.diapason.math;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * Measures the blur of an image at pieces of a surface, and brings the pieces together.
 *
 * <p>A piece whose normal is n is as blurred as {@code s² = Σ n_a² σ_a²} for a Gaussian
 * point-spread function of σ_a along the axes a, and by its curvature more ({@link Piece#curved});
 * pieces that face many ways give the three σ_a² by weighted least squares, robust (Tukey's
 * bisquare, 4.685 robust standard deviations of the relative residual).
 */
public final class SurfaceBlur {
    private static final int CANDIDATES = 20_000;
    private static final int ROUNDS = 15;
    private static final double BISQUARE = 4.685;
    private static final double MAD_TO_SD = 1.4826;
    private static final int LEAST_POINTS = 60;

    /** What curvature explains is small, or its quadratic form is no surface but noise. */
    private static final double MOST_CURVED = 0.2;

    private final Geometry g;
    private final float[] values;

    public SurfaceBlur(Geometry g, float[] values) {
        this.g = g;
        this.values = values;
    }

    /**
     * One piece.
     *
     * @param facing squares of the normal's components along i, j, k; they sum to 1
     * @param variance of the blur along the normal in mm²
     * @param contrast of the two sides over the residual of the fit
     * @param bend squares of the nine elements of the surface's quadratic form along i, j, k, row
     *     by row, in 1/mm², less what noise adds to them (so that one may be below 0)
     */
    public record Piece(Numbers facing, double variance, double contrast, Numbers bend) {

        /**
         * Returns what the blur along a curved surface adds to its variance: the surface at a
         * normal tangential displacement t stands {@code t'Bt} further, whose variance is {@code 2
         * Σ B_ab² σ_a² σ_b²}: σ⁴/R² on a ball of radius R.
         */
        double curved(double[] variances) {
            double sum = 0;
            for (int n = 0; n < 9; n++) {
                sum += 2 * bend.get(n) * variances[n / 3] * variances[n % 3];
            }
            return sum;
        }
    }

    /**
     * Returns the pieces around some of the given voxels that do not overlap and that the fit
     * settles, at most {@code most}.
     *
     * @param border voxels on the surface
     * @param sigmaMm a guess of the blur, which says how far to look
     * @param leastContrast of the two sides over the residual, below which a piece is left out
     */
    public List<Piece> pieces(
            int[] border, double sigmaMm, double leastContrast, int most, long seed) {
        double widest = 0;
        double finest = Double.POSITIVE_INFINITY;
        for (int a = 0; a < 3; a++) {
            if (g.size(a) > 1) {
                widest = Math.max(widest, g.spacing(a));
                finest = Math.min(finest, g.spacing(a));
            }
        }
        double across = Math.max(3 * finest, 1.6 * widest);
        double depth = Math.max(4 * sigmaMm, 2.2 * widest);
        int[] order = border.clone();
        new Rng(seed).shuffle(order);
        List<double[]> taken = new ArrayList<>();
        List<Integer> chosen = new ArrayList<>();
        for (int c = 0; c < Math.min(CANDIDATES, order.length) && chosen.size() < most; c++) {
            double[] mm = place(order[c]);
            boolean free = true;
            for (int t = taken.size() - 1; t >= 0 && free; t--) {
                free = distance2(taken.get(t), mm) >= 4 * across * across;
            }
            if (free) {
                taken.add(mm);
                chosen.add(order[c]);
            }
        }
        Piece[] found = new Piece[chosen.size()];
        Parallel.forEach(
                found.length,
                p -> found[p] = piece(chosen.get(p), across, depth, sigmaMm, leastContrast));
        return Arrays.stream(found).filter(p -> p != null).toList();
    }

    private double[] place(int v) {
        int plane = g.ni() * g.nj();
        return new double[] {
            v % g.ni() * g.spacing(0), v / g.ni() % g.nj() * g.spacing(1), v / plane * g.spacing(2)
        };
    }

    private static double distance2(double[] a, double[] b) {
        double sum = 0;
        for (int r = 0; r < 3; r++) {
            sum += (a[r] - b[r]) * (a[r] - b[r]);
        }
        return sum;
    }

    private Piece piece(int v, double across, double depth, double sigma, double leastContrast) {
        double[] w = normal(v, Math.max(across, 2 * sigma));
        if (w == null) {
            return null;
        }
        int least = Math.abs(w[0]) < Math.abs(w[1]) ? 0 : 1;
        least = g.nk() > 1 && Math.abs(w[2]) < Math.abs(w[least]) ? 2 : least;
        least = g.nk() == 1 ? 2 : least;
        double[] axis = new double[3];
        axis[least] = 1;
        double[] u = unit(cross(w, axis));
        double[] t = cross(w, u);
        double[][] points = points(v, u, t, w, across, depth);
        if (points == null || points.length < LEAST_POINTS) {
            return null;
        }
        double low = 0;
        double high = 0;
        int lows = 0;
        int highs = 0;
        for (double[] p : points) {
            if (p[2] < -depth / 2) {
                low += p[3];
                lows++;
            } else if (p[2] > depth / 2) {
                high += p[3];
                highs++;
            }
        }
        if (lows < 5 || highs < 5) {
            return null;
        }
        EdgePatch fit = EdgePatch.fit(points, low / lows, high / highs, sigma);
        double contrast = (fit.high() - fit.low()) / fit.residual();
        if (!fit.converged()
                || !(contrast >= leastContrast)
                || !(Math.abs(fit.place()) < depth / 2)
                || !(fit.sigma() < depth / 2)
                || !(Math.abs(fit.tiltU()) + Math.abs(fit.tiltV()) < 1)) {
            return null;
        }
        double[] facing = new double[3];
        double length2 = 1 + fit.tiltU() * fit.tiltU() + fit.tiltV() * fit.tiltV();
        for (int a = 0; a < 3; a++) {
            double n = w[a] - fit.tiltU() * u[a] - fit.tiltV() * t[a];
            facing[a] = n * n / length2;
        }
        double[] bend = new double[9];
        for (int n = 0; n < 9; n++) {
            int a = n / 3;
            int b = n % 3;
            double[] h = {u[a] * u[b], (u[a] * t[b] + t[a] * u[b]) / 2, t[a] * t[b]};
            double form = fit.bendUu() * h[0] + fit.bendUv() * h[1] + fit.bendVv() * h[2];
            bend[n] = form * form;
            for (int c = 0; c < 9; c++) {
                bend[n] -= h[c / 3] * h[c % 3] * fit.bendVariance().get(c);
            }
            bend[n] = Double.isNaN(bend[n]) ? 0 : bend[n];
        }
        double variance = fit.sigma() * fit.sigma();
        return new Piece(Numbers.of(facing), variance, contrast, Numbers.of(bend));
    }

    /** Returns the direction in which values rise, from a box around a voxel; null at the rim. */
    private double[] normal(int v, double radius) {
        int[] at = {v % g.ni(), v / g.ni() % g.nj(), v / (g.ni() * g.nj())};
        int[] reach = new int[3];
        for (int a = 0; a < 3; a++) {
            reach[a] = g.size(a) == 1 ? 0 : Math.max(1, (int) Math.round(radius / g.spacing(a)));
            if (at[a] < reach[a] || at[a] + reach[a] >= g.size(a)) {
                return null;
            }
        }
        double[] slope = new double[3];
        double[] square = new double[3];
        for (int k = -reach[2]; k <= reach[2]; k++) {
            for (int j = -reach[1]; j <= reach[1]; j++) {
                for (int i = -reach[0]; i <= reach[0]; i++) {
                    double value = values[g.index(at[0] + i, at[1] + j, at[2] + k)];
                    double[] x = {i * g.spacing(0), j * g.spacing(1), k * g.spacing(2)};
                    for (int a = 0; a < 3; a++) {
                        slope[a] += x[a] * value;
                        square[a] += x[a] * x[a];
                    }
                }
            }
        }
        for (int a = 0; a < 3; a++) {
            slope[a] = square[a] > 0 ? slope[a] / square[a] : 0;
        }
        double[] n = unit(slope);
        return Double.isFinite(n[0] + n[1] + n[2]) ? n : null;
    }

    /** Returns u, v, w and value of the voxels of a cylinder across the surface; null with NaN. */
    private double[][] points(
            int v, double[] u, double[] t, double[] w, double across, double depth) {
        int[] at = {v % g.ni(), v / g.ni() % g.nj(), v / (g.ni() * g.nj())};
        int[] from = new int[3];
        int[] to = new int[3];
        for (int a = 0; a < 3; a++) {
            double reach = Math.abs(w[a]) * depth + across * Math.sqrt(1 - w[a] * w[a]);
            int steps = g.size(a) == 1 ? 0 : (int) Math.floor(reach / g.spacing(a) + 1e-9);
            from[a] = Math.max(0, at[a] - steps);
            to[a] = Math.min(g.size(a) - 1, at[a] + steps);
        }
        List<double[]> points = new ArrayList<>();
        for (int k = from[2]; k <= to[2]; k++) {
            for (int j = from[1]; j <= to[1]; j++) {
                for (int i = from[0]; i <= to[0]; i++) {
                    double x = (i - at[0]) * g.spacing(0);
                    double y = (j - at[1]) * g.spacing(1);
                    double z = (k - at[2]) * g.spacing(2);
                    double pu = u[0] * x + u[1] * y + u[2] * z;
                    double pt = t[0] * x + t[1] * y + t[2] * z;
                    double pw = w[0] * x + w[1] * y + w[2] * z;
                    if (pu * pu + pt * pt > across * across || Math.abs(pw) > depth) {
                        continue;
                    }
                    double value = values[g.index(i, j, k)];
                    if (Double.isNaN(value)) {
                        return null;
                    }
                    points.add(new double[] {pu, pt, pw, value});
                }
            }
        }
        return points.toArray(new double[0][]);
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[] {
            a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
        };
    }

    private static double[] unit(double[] a) {
        double length = Math.sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]);
        return new double[] {a[0] / length, a[1] / length, a[2] / length};
    }

    /**
     * Returns the variances along i, j, k in mm² of the pieces; null where they do not settle them.
     *
     * @param known variances that are given, NaN where one is wanted
     */
    public static double[] variances(List<Piece> pieces, double[] known) {
        int[] wanted =
                java.util.stream.IntStream.range(0, 3)
                        .filter(a -> Double.isNaN(known[a]))
                        .toArray();
        double middle = median(pieces.stream().mapToDouble(Piece::variance).toArray());
        double[] out = known.clone();
        for (int a : wanted) {
            out[a] = middle;
        }
        double[] off = new double[pieces.size()];
        double[] flat = new double[off.length];
        for (int round = 0; round < ROUNDS; round++) {
            double[] expected = new double[off.length];
            for (int p = 0; p < off.length; p++) {
                Numbers f = pieces.get(p).facing();
                expected[p] =
                        Math.max(
                                0.05 * middle,
                                f.get(0) * out[0] + f.get(1) * out[1] + f.get(2) * out[2]);
                double curved = pieces.get(p).curved(out);
                double most = MOST_CURVED * expected[p];
                flat[p] = pieces.get(p).variance() - Math.max(-most, Math.min(curved, most));
                off[p] = flat[p] / expected[p] - 1;
            }
            double centre = median(off);
            double scale = spread(off, centre);
            double[][] m = new double[wanted.length][wanted.length + 1];
            for (int p = 0; p < off.length; p++) {
                double r = (off[p] - centre) / (BISQUARE * scale);
                double bisquare = Math.abs(r) < 1 ? (1 - r * r) * (1 - r * r) : 0;
                double weight = bisquare / (expected[p] * expected[p]);
                add(m, pieces.get(p).facing(), flat[p], wanted, known, weight);
            }
            double[] solved = EdgePatch.solve(m);
            if (solved == null) {
                return null;
            }
            for (int x = 0; x < wanted.length; x++) {
                out[wanted[x]] = Math.max(1e-3 * middle, solved[x]);
            }
        }
        return out;
    }

    private static void add(
            double[][] m, Numbers facing, double flat, int[] wanted, double[] known, double w) {
        double rest = flat;
        for (int a = 0; a < 3; a++) {
            rest -= Double.isNaN(known[a]) ? 0 : facing.get(a) * known[a];
        }
        for (int x = 0; x < wanted.length; x++) {
            double own = w * facing.get(wanted[x]);
            for (int y = 0; y < wanted.length; y++) {
                m[x][y] += own * facing.get(wanted[y]);
            }
            m[x][wanted.length] += own * rest;
        }
    }

    private static double spread(double[] off, double centre) {
        double[] away = new double[off.length];
        for (int p = 0; p < away.length; p++) {
            away[p] = Math.abs(off[p] - centre);
        }
        return Math.max(1e-6, MAD_TO_SD * median(away));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
}
