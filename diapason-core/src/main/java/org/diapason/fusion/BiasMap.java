package org.diapason.fusion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.math.Gauss;
import org.diapason.math.NoiseSd;
import org.diapason.math.Parallel;
import org.diapason.registration.ErrorCovariance;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * What a misregistration does to a fused image, voxel by voxel.
 *
 * <p>With {@code f = f(I_A(x), I_B(x + u))}, {@code u ~ N(μ, Σ)}, G the gradient of f by u and K
 * its second derivatives, I_B the image that may be off and I_A all others,
 *
 * <pre>
 * b  = G·μ + ½ (tr(K Σ) + μᵀ K μ)
 * SD = √( (G + K μ)ᵀ Σ (G + K μ) + ½ tr((K Σ)²) )
 * </pre>
 *
 * <p>mean and spread of {@code G·u + ½ uᵀ K u}, without any more approximation: for normal u its
 * straight and its square part do not vary together. A weighted mean has {@code G = (1 − α) ∇I_B}
 * and {@code K = (1 − α) H_B}, 1 − α the share of I_B, those of the cubic spline through it; what
 * is left out is of third order in u. {@code u} is how much farther the image would have to be
 * moved: the map says what that would change, {@code f(moved) − f(as it is)}.
 *
 * <p>Maps are NaN where an image has no value and beside places where I_B has none.
 *
 * @param bias b, in the unit of the fused image
 * @param sd its standard deviation
 * @param safeAlpha the weight α of all other images from which on the straight part of the bias is
 *     within the tolerance, {@code 1 − τ / (|∇I_B·μ| + c √(∇I_Bᵀ Σ ∇I_B))} from 0 to 1, with c the
 *     mean length of a standard normal shift ({@link ErrorCovariance#meanLength}), so that a figure
 *     in mm counts in the worst direction; empty for other rules than the weighted mean
 * @param edgeRisk where |b| or SD is above the limit
 * @param figures of the whole image or of the mask
 */
public record BiasMap(
        Volume bias, Volume sd, Optional<Volume> safeAlpha, Mask edgeRisk, Figures figures) {
    private static final double SAME_GRID_VOXELS = 1e-3;

    /**
     * What the maps are held against.
     *
     * @param noiseSd standard deviation of the noise of the fused image, in its unit; empty to have
     *     it estimated ({@link NoiseSd})
     * @param noiseTimes the limit of edge risk in standard deviations of the noise
     * @param tolerance τ of the safe weight, in the unit of the images; empty for the limit
     * @param smoothFwhmMm full width at half maximum in mm of a blur of the image that may be off
     *     before its derivatives are taken, 0 for none: noise has steep derivatives too, and shifts
     *     wider than a voxel make more of them than there is
     * @param mask on the grid of the images: which voxels the figures count; the maps go on beyond
     */
    public record Settings(
            OptionalDouble noiseSd,
            double noiseTimes,
            OptionalDouble tolerance,
            double smoothFwhmMm,
            Optional<Mask> mask) {

        /** Everything estimated, one standard deviation of noise, no blur, the whole image. */
        public static final Settings USUAL =
                new Settings(
                        OptionalDouble.empty(), 1, OptionalDouble.empty(), 0, Optional.empty());

        public Settings {
            requirePositive("the noise", noiseSd.orElse(1));
            requirePositive("the multiple of the noise", noiseTimes);
            requirePositive("the tolerance", tolerance.orElse(1));
            requirePositive("the width of the blur", smoothFwhmMm == 0 ? 1 : smoothFwhmMm);
        }

        private static void requirePositive(String what, double value) {
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException(what + " must be positive, got " + value);
            }
        }
    }

    /**
     * What is seen in the counted voxels; all but counts and shares in the unit of the fused image.
     *
     * @param voxels counted
     * @param noiseSd standard deviation of the noise
     * @param noiseEstimated whether it was estimated from the fused image
     * @param limit of edge risk
     * @param tolerance of the safe weight
     * @param meanSize mean of |b|
     * @param largest of |b|
     * @param rmsSd root mean square of the SD
     * @param largestSd the largest SD
     * @param riskShare share of voxels with edge risk, 0 to 1
     * @param safeAlpha the weight that is safe at all of them; NaN for other rules
     */
    public record Figures(
            long voxels,
            double noiseSd,
            boolean noiseEstimated,
            double limit,
            double tolerance,
            double meanSize,
            double largest,
            double rmsSd,
            double largestSd,
            double riskShare,
            double safeAlpha) {}

    /**
     * Returns the maps of a rule. Same bits on any number of threads.
     *
     * @param images on one grid, in the order the rule takes them
     * @param moving the place of the one that was brought there and may be off, counted from 0
     * @throws IllegalArgumentException if the grids are not the same
     * @throws RefusedException if no voxel counts, or the noise is neither given nor to be told
     */
    public static BiasMap of(
            FusionRule rule,
            List<Volume> images,
            int moving,
            Misregistration u,
            Settings settings) {
        Geometry g = images.get(0).geometry();
        images.forEach(image -> requireSame(g, image.geometry(), "image"));
        settings.mask().ifPresent(m -> requireSame(g, m.geometry(), "mask"));
        boolean[] in = settings.mask().map(Mask::voxels).orElse(null);
        List<float[]> values = new ArrayList<>();
        images.forEach(image -> values.add(image.values()));
        OptionalDouble noise = settings.noiseSd();
        if (noise.isEmpty()) {
            noise = NoiseSd.of(g, ShiftResponse.whole(rule, g, values), in);
        }
        double noiseSd =
                noise.orElseThrow(
                        () ->
                                new RefusedException(
                                        "the noise of the fused image cannot be told: fewer than"
                                                + " 100 voxels differ from their neighbours. Give"
                                                + " its standard deviation: --noise."));
        double limit = settings.noiseTimes() * noiseSd;
        double tolerance = settings.tolerance().orElse(limit);
        values.set(moving, blurred(g, values.get(moving), settings.smoothFwhmMm()));
        Work work = new Work(rule, g, values, moving, u, limit, tolerance, in);
        Quantity first = images.get(0).quantity();
        boolean one = images.stream().allMatch(image -> image.quantity() == first);
        Quantity quantity = one && rule.keepsQuantity() ? first : Quantity.UNKNOWN;
        return new BiasMap(
                Volume.of(g, work.bias, quantity),
                Volume.of(g, work.sd, quantity),
                Optional.ofNullable(work.safe).map(s -> Volume.of(g, s, Quantity.UNKNOWN)),
                Mask.of(g, work.risk),
                work.figures(noiseSd, settings.noiseSd().isEmpty()));
    }

    private static float[] blurred(Geometry g, float[] values, double fwhmMm) {
        double s = fwhmMm / Gauss.FWHM_PER_SIGMA;
        return s == 0
                ? values
                : Gauss.blur(g, values, s / g.spacing(0), s / g.spacing(1), s / g.spacing(2));
    }

    private static void requireSame(Geometry g, Geometry other, String what) {
        if (!g.isClose(other, SAME_GRID_VOXELS)) {
            throw new IllegalArgumentException(
                    "the " + what + " lies on another grid than the first image. Warp it there.");
        }
    }

    /** The maps being made, slice by slice. */
    private static final class Work {
        private final Geometry g;
        private final Misregistration u;
        private final double share;
        private final double limit;
        private final double tolerance;
        private final double reach;
        private final boolean[] in;
        private final float[] bias;
        private final float[] sd;
        private final float[] safe;
        private final boolean[] risk;
        private final double[][] sums;

        Work(
                FusionRule rule,
                Geometry grid,
                List<float[]> images,
                int moving,
                Misregistration u,
                double limit,
                double tolerance,
                boolean[] in) {
            g = grid;
            this.u = u;
            this.limit = limit;
            this.tolerance = tolerance;
            this.in = in;
            reach = ErrorCovariance.meanLength(g);
            bias = new float[g.voxels()];
            sd = new float[g.voxels()];
            risk = new boolean[g.voxels()];
            sums = new double[g.nk()][7];
            boolean average = rule instanceof Weighted;
            safe = average ? new float[g.voxels()] : null;
            share = rule instanceof Weighted w ? w.share(moving, images.size()) : 1;
            FusionRule followed = average ? only(moving, images.size()) : rule;
            ShiftResponse.Source source =
                    ShiftResponse.of(followed, g, images, moving, () -> UsualShift.stepMm(u, g));
            Parallel.forEach(g.nk(), k -> slice(source.open(), k));
        }

        /** The one image alone: its share is counted later, in doubles. */
        private static Weighted only(int which, int n) {
            double[] weights = new double[n];
            weights[which] = 1;
            return new Weighted(Optional.of(Numbers.of(weights)));
        }

        private void slice(ShiftResponse response, int k) {
            double[] grad = new double[3];
            double[] hess = new double[6];
            double[] mean = new double[3];
            double[] cov = new double[6];
            double[] out = new double[3];
            double[] line = new double[3];
            double[] product = new double[9];
            for (int j = 0; j < g.nj(); j++) {
                for (int i = 0; i < g.ni(); i++) {
                    int v = g.index(i, j, k);
                    if (!response.read(i, j, k)) {
                        bias[v] = Float.NaN;
                        sd[v] = Float.NaN;
                        if (safe != null) {
                            safe[v] = Float.NaN;
                        }
                        continue;
                    }
                    response.gradient(grad);
                    response.hessian(hess);
                    u.at(v, place(i, j, k, line), mean, cov);
                    moments(grad, hess, mean, cov, product, out);
                    put(v, k, out);
                }
            }
        }

        /** Writes the centre of a voxel in mm. */
        private double[] place(int i, int j, int k, double[] p) {
            for (int r = 0; r < 3; r++) {
                p[r] =
                        g.originMm().get(r)
                                + g.direction().get(3 * r) * g.spacing(0) * i
                                + g.direction().get(3 * r + 1) * g.spacing(1) * j
                                + g.direction().get(3 * r + 2) * g.spacing(2) * k;
            }
            return p;
        }

        /** Writes mean, SD and the straight part in the worst direction. */
        private void moments(
                double[] grad,
                double[] h,
                double[] mu,
                double[] s,
                double[] product,
                double[] out) {
            double straight = grad[0] * mu[0] + grad[1] * mu[1] + grad[2] * mu[2];
            double kx = h[0] * mu[0] + h[1] * mu[1] + h[2] * mu[2];
            double ky = h[1] * mu[0] + h[3] * mu[1] + h[4] * mu[2];
            double kz = h[2] * mu[0] + h[4] * mu[1] + h[5] * mu[2];
            double bent = mu[0] * kx + mu[1] * ky + mu[2] * kz;
            out[0] = straight + 0.5 * (traceOfProduct(h, s) + bent);
            double second = 0.5 * traceOfSquare(h, s, product);
            double first = quadratic(s, grad[0] + kx, grad[1] + ky, grad[2] + kz);
            out[1] = Math.sqrt(Math.max(0, first + second));
            double spread = Math.sqrt(Math.max(0, quadratic(s, grad[0], grad[1], grad[2])));
            out[2] = Math.abs(straight) + reach * spread;
        }

        private void put(int v, int k, double[] m) {
            double b = share * m[0] + 0.0; // no negative zero
            double d = share * m[1];
            bias[v] = (float) b;
            sd[v] = (float) d;
            risk[v] = Math.abs(b) > limit || d > limit;
            double a = m[2] > tolerance ? 1 - tolerance / m[2] : 0;
            if (safe != null) {
                safe[v] = (float) a;
            }
            if (in == null || in[v]) {
                double[] sum = sums[k];
                sum[0]++;
                sum[1] += Math.abs(b);
                sum[2] = Math.max(sum[2], Math.abs(b));
                sum[3] += d * d;
                sum[4] = Math.max(sum[4], d);
                sum[5] += risk[v] ? 1 : 0;
                sum[6] = Math.max(sum[6], a);
            }
        }

        private Figures figures(double noiseSd, boolean estimated) {
            double[] all = new double[7];
            for (double[] sum : sums) {
                for (int n = 0; n < 7; n++) {
                    boolean most = n == 2 || n == 4 || n == 6;
                    all[n] = most ? Math.max(all[n], sum[n]) : all[n] + sum[n];
                }
            }
            if (all[0] == 0) {
                throw new RefusedException(
                        "no voxel that counts has a value in both images. Check the mask and that"
                                + " the images overlap.");
            }
            return new Figures(
                    (long) all[0],
                    noiseSd,
                    estimated,
                    limit,
                    tolerance,
                    all[1] / all[0],
                    all[2],
                    Math.sqrt(all[3] / all[0]),
                    all[4],
                    all[5] / all[0],
                    safe == null ? Double.NaN : all[6]);
        }

        /** Returns tr(K S) of symmetric matrices, xx xy xz yy yz zz. */
        private static double traceOfProduct(double[] k, double[] s) {
            return k[0] * s[0]
                    + k[3] * s[3]
                    + k[5] * s[5]
                    + 2 * (k[1] * s[1] + k[2] * s[2] + k[4] * s[4]);
        }

        /** Returns tr((K S)²). */
        private static double traceOfSquare(double[] k, double[] s, double[] m) {
            for (int r = 0; r < 3; r++) {
                for (int c = 0; c < 3; c++) {
                    m[3 * r + c] = 0;
                    for (int q = 0; q < 3; q++) {
                        m[3 * r + c] += k[upper(r, q)] * s[upper(q, c)];
                    }
                }
            }
            double sum = 0;
            for (int r = 0; r < 3; r++) {
                for (int c = 0; c < 3; c++) {
                    sum += m[3 * r + c] * m[3 * c + r];
                }
            }
            return sum;
        }

        private static int upper(int a, int b) {
            int low = Math.min(a, b);
            return low * (5 - low) / 2 + Math.max(a, b);
        }

        /** Returns vᵀ S v. */
        private static double quadratic(double[] s, double x, double y, double z) {
            return s[0] * x * x
                    + s[3] * y * y
                    + s[5] * z * z
                    + 2 * (s[1] * x * y + s[2] * x * z + s[4] * y * z);
        }
    }
}
