package org.diapason.reconstruction;

import java.util.Arrays;
import org.diapason.math.Blocks;
import org.diapason.volume.Geometry;

/**
 * Priors that are a sum over voxels of a function of the size of a gradient: {@code R(u) = Σ_p
 * φ_p(|M_p (∇u)_p|)} with {@code M_p = I − ζ_p ζ_pᵀ}, which takes off a part of the gradient along
 * a direction known from anatomy, and
 *
 * <ul>
 *   <li>φ(s) = √(s² + c_p²) − f, c_p an edge known from elsewhere, or 0, and f the c of a voxel
 *       without any;
 *   <li>or Huber's function: s²/2δ up to δ, s − δ/2 above.
 * </ul>
 *
 * <p>{@link #value}, {@link #gradient} and {@link #curvature} add the smoothing β to c: {@code √(s²
 * + c² + β²)}. The curvature is a bound: √ and Huber lie below the parabola that touches them,
 * {@code φ(t) ≤ φ(s) + (t² − s²)/2ω(s)}, ω = √(s² + c² + β²) or max(s, δ) (Geman and Reynolds 1992,
 * IEEE TPAMI 14(3):367–383, doi:10.1109/34.120331); |M| ≤ 1; and (a − b)² ≤ 2a² + 2b². It is
 * infinite where ω = 0.
 *
 * <p>Keeps arrays to work in: not for two threads at once.
 */
abstract class EdgePrior implements NormPrior {
    /** Voxels at a time, so that what is between two loops stays in the cache. */
    private static final int RUN = 1 << 10;

    private final Differences differences;
    private final double smoothing;
    private float[][] scratch;

    /** ζ, one array an axis with neighbours; null where M = I. */
    private float[][] direction;

    /** c_p² less f², null for 0. */
    private float[] known;

    private double floor;
    private double huber;

    /**
     * @param smoothing β in units of the image per mm; 0 or more
     */
    EdgePrior(Geometry grid, double smoothing) {
        this.smoothing = requireNotNegative("smoothing", smoothing);
        differences = new Differences(grid);
    }

    static double requireNotNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be 0 or more, got " + value);
        }
        return value;
    }

    /** Takes gradients off along ζ; the arrays are kept. */
    final void along(float[][] zeta) {
        direction = zeta;
    }

    /** Sets c_p² = f² + known_p; null for none; the array is kept. */
    final void edges(float[] knownSquares, double f) {
        known = knownSquares;
        floor = f;
    }

    final void huber(double delta) {
        huber = delta;
    }

    @Override
    public final int components() {
        return differences.axes();
    }

    @Override
    public final double value(float[] u) {
        return sum(u, smoothing);
    }

    @Override
    public final double norm(float[] u) {
        return sum(u, 0);
    }

    private double sum(float[] u, double beta) {
        float[][] g = scratch();
        apply(u, g);
        double flat = Math.sqrt(floor * floor + beta * beta);
        return Total.of(
                u.length,
                (from, to) -> {
                    double sum = 0;
                    for (int p = from; p < to; p++) {
                        double s2 = square(g, p);
                        if (huber > 0) {
                            double s = Math.sqrt(s2);
                            sum += s <= huber ? s2 / (2 * huber) : s - huber / 2;
                        } else {
                            sum += Math.sqrt(s2 + constant(p, beta)) - flat;
                        }
                    }
                    return sum;
                });
    }

    /** Returns c² + β². */
    private double constant(int p, double beta) {
        return (known == null ? 0 : known[p]) + floor * floor + beta * beta;
    }

    private static double square(float[][] g, int p) {
        double sum = 0;
        for (float[] c : g) {
            sum += (double) c[p] * c[p];
        }
        return sum;
    }

    @Override
    public final void gradient(float[] u, float[] gradient) {
        float[][] g = scratch();
        apply(u, g);
        Blocks.forEach(
                u.length,
                (from, to) -> {
                    for (int p = from; p < to; p++) {
                        double omega = omega(square(g, p), p);
                        for (float[] c : g) {
                            c[p] = omega > 0 ? (float) (c[p] / omega) : 0;
                        }
                    }
                });
        take(g, g);
        differences.transpose(g, gradient);
    }

    private double omega(double s2, int p) {
        return huber > 0 ? Math.max(Math.sqrt(s2), huber) : Math.sqrt(s2 + constant(p, smoothing));
    }

    @Override
    public final void curvature(float[] u, float[] diagonal) {
        float[][] g = scratch();
        apply(u, g);
        float[] weight = new float[u.length];
        Blocks.forEach(
                u.length,
                (from, to) -> {
                    for (int p = from; p < to; p++) {
                        weight[p] = (float) (2 / omega(square(g, p), p));
                    }
                });
        differences.spread(weight, 2, diagonal);
    }

    @Override
    public final void apply(float[] u, float[][] dual) {
        differences.apply(u, dual);
        take(dual, dual);
    }

    @Override
    public final void transpose(float[][] dual, float[] image) {
        float[][] turned = direction == null ? dual : scratch();
        take(dual, turned);
        differences.transpose(turned, image);
    }

    /** Puts M q in the place of q. */
    final void turn(float[][] q) {
        take(q, q);
    }

    /** Writes M q; {@code out} may be q. */
    private void take(float[][] q, float[][] out) {
        if (direction == null) {
            return;
        }
        Blocks.forEach(
                differences.n,
                (from, to) -> {
                    float[] dot = new float[RUN];
                    for (int first = from; first < to; first += RUN) {
                        int n = Math.min(RUN, to - first);
                        Arrays.fill(dot, 0);
                        for (int c = 0; c < q.length; c++) {
                            addProduct(direction[c], q[c], first, n, dot);
                        }
                        for (int c = 0; c < q.length; c++) {
                            takeOff(q[c], dot, direction[c], first, n, out[c]);
                        }
                    }
                });
    }

    private static void addProduct(float[] a, float[] b, int first, int n, float[] sum) {
        for (int r = 0; r < n; r++) {
            sum[r] += a[first + r] * b[first + r];
        }
    }

    private static void takeOff(
            float[] q, float[] dot, float[] zeta, int first, int n, float[] out) {
        for (int r = 0; r < n; r++) {
            out[first + r] = q[first + r] - dot[r] * zeta[first + r];
        }
    }

    @Override
    public final void prox(float[][] dual, double sigma, double weight) {
        boolean round = huber == 0 && (known != null || floor > 0);
        float shrink = (float) (huber > 0 ? weight / (weight + sigma * huber) : 1);
        Blocks.forEach(
                differences.n,
                (from, to) -> {
                    float[] factor = new float[RUN];
                    for (int first = from; first < to; first += RUN) {
                        int n = Math.min(RUN, to - first);
                        Arrays.fill(factor, 0);
                        for (float[] c : dual) {
                            addSquare(c, (float) (shrink / weight), first, n, factor);
                        }
                        if (round) {
                            rounded(factor, first, n, weight / sigma);
                        } else {
                            project(factor, n, shrink);
                        }
                        for (float[] c : dual) {
                            scale(c, factor, first, n);
                        }
                    }
                });
    }

    /** Adds the squares over that of the radius: in any unit neither 0 nor infinite near it. */
    private static void addSquare(float[] q, float inverse, int first, int n, float[] sum) {
        for (int r = 0; r < n; r++) {
            float share = q[first + r] * inverse;
            sum[r] += share * share;
        }
    }

    private static void project(float[] squares, int n, float shrink) {
        for (int r = 0; r < n; r++) {
            squares[r] = shrink / Math.max(1, (float) Math.sqrt(squares[r]));
        }
    }

    private static void scale(float[] q, float[] factor, int first, int n) {
        for (int r = 0; r < n; r++) {
            q[first + r] *= factor[r];
        }
    }

    /** Puts what to multiply by where edges are known; a = λ/σ, in which |q|/σ is measured too. */
    private void rounded(float[] squares, int first, int n, double a) {
        for (int r = 0; r < n; r++) {
            double size = Math.sqrt(squares[r]);
            double c2 = constant(first + r, 0) / (a * a);
            double slope = c2 > 0 ? slope(size, 1, c2) : Math.min(1, size);
            squares[r] = size > 0 ? (float) (slope / size) : 1;
        }
    }

    /**
     * Returns s/√(s² + c²), where s solves {@code s + a s/√(s² + c²) = x}. Newton from below: the
     * left side is concave, so that no step passes the root.
     */
    private static double slope(double x, double a, double c2) {
        double s = Math.max(0, x - a);
        for (int step = 0; step < 60; step++) {
            double r = Math.sqrt(s * s + c2);
            double change = (x - s - a * s / r) / (1 + a * c2 / (r * r * r));
            s += change;
            if (Math.abs(change) <= 1e-9 * s) {
                break;
            }
        }
        return s / Math.sqrt(s * s + c2);
    }

    @Override
    public final double conjugate(float[][] dual, double weight) {
        return Total.of(
                differences.n,
                (from, to) -> {
                    double sum = 0;
                    for (int p = from; p < to; p++) {
                        double q2 = square(dual, p);
                        double left = Math.max(0, weight * weight - q2);
                        sum += huber > 0 ? huber * q2 / (2 * weight) : weight * floor;
                        sum -= huber > 0 ? 0 : Math.sqrt(constant(p, 0) * left);
                    }
                    return sum;
                });
    }

    @Override
    public final void columnSums(float[] sums) {
        differences.spread(null, 1, sums);
    }

    @Override
    public final double largestRowSum() {
        double largest = 0;
        for (float w : differences.perMm) {
            largest = Math.max(largest, 2 * w);
        }
        return largest;
    }

    private float[][] scratch() {
        if (scratch == null) {
            scratch = new float[differences.axes()][differences.n];
        }
        return scratch;
    }
}
