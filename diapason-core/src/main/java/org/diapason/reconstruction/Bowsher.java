package org.diapason.reconstruction;

import java.util.Arrays;
import org.diapason.math.Blocks;
import org.diapason.volume.Geometry;

/**
 * Bowsher's prior: every voxel is held to those of its neighbours that are most like it in the
 * anatomy v, {@code R(u) = Σ_j Σ_k∈B_j ψ((u_j − u_k) / d_jk)}, d in mm. B_j are the B of the 26 (in
 * a plane 8) neighbours with the smallest |v_j − v_k|; of equals the nearer is taken, and those as
 * near take turns from voxel to voxel, so that a flat v prefers no direction. The paper's weights
 * are 1, here 1/d², as differences are slopes. A voxel at the border with fewer neighbours takes
 * all it has.
 *
 * <p>{@code ψ(t) = t²/2} is the original; {@code ψ(t) = |t|}, of which value and gradient take
 * Huber's form (t²/2δ up to δ, |t| − δ/2 above), lets go of a lesion that only u has. A pair that
 * chose each other counts twice, unless symmetrised: once if either chose the other.
 *
 * <p>The curvature is a bound, as in {@link EdgePrior}.
 *
 * <p>Papers: Bowsher et al. 2004, IEEE NSS Conf. Rec. 4:2488–2492, doi:10.1109/NSSMIC.2004.1462760;
 * Vunckx et al. 2012, IEEE Trans. Med. Imaging 31(3):599–612, doi:10.1109/TMI.2011.2173766.
 */
public final class Bowsher implements NormPrior {
    private final Neighbours near;
    private final int[] chosen;
    private final int most;
    private final boolean quadratic;
    private final double delta;

    private Bowsher(Neighbours near, int[] chosen, int most, boolean quadratic, double delta) {
        this.near = near;
        this.chosen = chosen;
        this.most = most;
        this.quadratic = quadratic;
        this.delta = delta;
    }

    /**
     * Returns the prior with ψ = t²/2.
     *
     * @param guide v on the grid, not modified; NaN is unlike everything
     * @param neighbours B, 1 to 26
     * @param symmetric whether each pair counts once
     */
    public static Bowsher quadratic(
            Geometry grid, float[] guide, int neighbours, boolean symmetric) {
        Neighbours near = new Neighbours(grid);
        int[] chosen = choose(near, guide, neighbours, symmetric);
        return new Bowsher(near, chosen, Math.min(neighbours, near.count), true, 0);
    }

    /**
     * Returns the prior with ψ = |t|.
     *
     * @param delta δ in units of u per mm; 0 or more
     */
    public static Bowsher absolute(
            Geometry grid, float[] guide, int neighbours, boolean symmetric, double delta) {
        EdgePrior.requireNotNegative("delta", delta);
        Neighbours near = new Neighbours(grid);
        int[] chosen = choose(near, guide, neighbours, symmetric);
        return new Bowsher(near, chosen, Math.min(neighbours, near.count), false, delta);
    }

    private static int[] choose(Neighbours near, float[] v, int many, boolean symmetric) {
        if (many < 1 || many > 26) {
            throw new IllegalArgumentException("neighbours must be 1 … 26, got " + many);
        }
        if (v.length != near.grid.voxels()) {
            throw new IllegalArgumentException(
                    "the guide has " + v.length + " voxels, the grid " + near.grid.voxels());
        }
        int[] chosen = new int[v.length];
        near.forEach((p, around) -> chosen[p] = closest(near, v, p, around, many));
        if (!symmetric) {
            return chosen;
        }
        int[] once = new int[v.length];
        near.forEach(
                (p, around) -> {
                    for (int m = chosen[p]; m != 0; m &= m - 1) {
                        int o = Integer.numberOfTrailingZeros(m);
                        int back = chosen[p + near.shift[o]] >> near.opposite[o] & 1;
                        once[p] |= back == 0 || near.shift[o] > 0 ? 1 << o : 0;
                    }
                });
        return once;
    }

    /** Returns the set of the neighbours that differ least; sorts by insertion. */
    private static int closest(Neighbours near, float[] v, int p, int around, int many) {
        float[] least = new float[many];
        int[] which = new int[many];
        int found = 0;
        for (int m = around; m != 0; m &= m - 1) {
            int o = Integer.numberOfTrailingZeros(m);
            float off = Math.abs(v[p] - v[p + near.shift[o]]);
            off = off >= 0 ? off : Float.POSITIVE_INFINITY;
            int at = found;
            while (at > 0 && before(near, p, off, o, least[at - 1], which[at - 1])) {
                at--;
            }
            if (at >= many) {
                continue;
            }
            found = Math.min(found + 1, many);
            System.arraycopy(least, at, least, at + 1, found - 1 - at);
            System.arraycopy(which, at, which, at + 1, found - 1 - at);
            least[at] = off;
            which[at] = o;
        }
        int set = 0;
        for (int t = 0; t < found; t++) {
            set |= 1 << which[t];
        }
        return set;
    }

    private static boolean before(
            Neighbours near, int p, float off, int o, float least, int which) {
        return off < least || off == least && near.turn(o, p) < near.turn(which, p);
    }

    /** Returns which neighbours voxel p holds to, as offsets in the array. */
    int[] chosen(int p) {
        int[] out = new int[Integer.bitCount(chosen[p])];
        int n = 0;
        for (int m = chosen[p]; m != 0; m &= m - 1) {
            out[n++] = near.shift[Integer.numberOfTrailingZeros(m)];
        }
        Arrays.sort(out);
        return out;
    }

    private double psi(double t, double huber) {
        double size = Math.abs(t);
        return quadratic
                ? t * t / 2
                : size <= huber && huber > 0 ? t * t / (2 * huber) : size - huber / 2;
    }

    /** Returns ψ'(t) / t. */
    private double stiffness(double t) {
        return quadratic ? 1 : 1 / Math.max(Math.abs(t), delta);
    }

    @Override
    public double value(float[] u) {
        return sum(u, delta);
    }

    @Override
    public double norm(float[] u) {
        return sum(u, 0);
    }

    private double sum(float[] u, double huber) {
        return near.sum(
                (p, around) -> {
                    double sum = 0;
                    for (int m = chosen[p]; m != 0; m &= m - 1) {
                        int o = Integer.numberOfTrailingZeros(m);
                        sum += psi(slope(u, p, o), huber);
                    }
                    return sum;
                });
    }

    private double slope(float[] u, int p, int o) {
        return ((double) u[p] - u[p + near.shift[o]]) / near.distanceMm[o];
    }

    @Override
    public void gradient(float[] u, float[] gradient) {
        near.forEach(
                (p, around) -> {
                    double sum = 0;
                    for (int m = around; m != 0; m &= m - 1) {
                        int o = Integer.numberOfTrailingZeros(m);
                        int times = times(p, o);
                        double t = times == 0 ? 0 : slope(u, p, o);
                        sum += t == 0 ? 0 : times * t * stiffness(t) / near.distanceMm[o];
                    }
                    gradient[p] = (float) sum;
                });
    }

    /** Returns how often a pair counts. */
    private int times(int p, int o) {
        return (chosen[p] >> o & 1) + (chosen[p + near.shift[o]] >> near.opposite[o] & 1);
    }

    @Override
    public void curvature(float[] u, float[] diagonal) {
        near.forEach(
                (p, around) -> {
                    double sum = 0;
                    for (int m = around; m != 0; m &= m - 1) {
                        int o = Integer.numberOfTrailingZeros(m);
                        int times = times(p, o);
                        double d = near.distanceMm[o];
                        sum += times == 0 ? 0 : 2 * times * stiffness(slope(u, p, o)) / (d * d);
                    }
                    diagonal[p] = (float) sum;
                });
    }

    @Override
    public int components() {
        return most;
    }

    @Override
    public void apply(float[] u, float[][] dual) {
        near.forEach(
                (p, around) -> {
                    int c = 0;
                    for (int m = chosen[p]; m != 0; m &= m - 1) {
                        dual[c++][p] = (float) slope(u, p, Integer.numberOfTrailingZeros(m));
                    }
                    while (c < most) {
                        dual[c++][p] = 0;
                    }
                });
    }

    @Override
    public void transpose(float[][] dual, float[] image) {
        near.forEach(
                (p, around) -> {
                    double sum = 0;
                    for (int m = around; m != 0; m &= m - 1) {
                        int o = Integer.numberOfTrailingZeros(m);
                        int other = p + near.shift[o];
                        int back = near.opposite[o];
                        double mine = chosen(p, o) ? dual[rank(p, o)][p] : 0;
                        double theirs = chosen(other, back) ? dual[rank(other, back)][other] : 0;
                        sum += (mine - theirs) / near.distanceMm[o];
                    }
                    image[p] = (float) sum;
                });
    }

    private boolean chosen(int p, int o) {
        return (chosen[p] >> o & 1) != 0;
    }

    /** Returns in which component a voxel keeps a neighbour it has chosen. */
    private int rank(int p, int o) {
        return Integer.bitCount(chosen[p] & (1 << o) - 1);
    }

    @Override
    public void prox(float[][] dual, double sigma, double weight) {
        float shrink = (float) (weight / (weight + sigma));
        float radius = (float) weight;
        Blocks.forEach(
                chosen.length,
                (from, to) -> {
                    for (float[] q : dual) {
                        for (int p = from; p < to; p++) {
                            q[p] =
                                    quadratic
                                            ? q[p] * shrink
                                            : Math.max(-radius, Math.min(radius, q[p]));
                        }
                    }
                });
    }

    @Override
    public double conjugate(float[][] dual, double weight) {
        double sum = 0;
        for (float[] q : dual) {
            sum += quadratic ? Total.dot(q, q) / (2 * weight) : 0;
        }
        return sum;
    }

    @Override
    public void columnSums(float[] sums) {
        near.forEach(
                (p, around) -> {
                    double sum = 0;
                    for (int m = around; m != 0; m &= m - 1) {
                        int o = Integer.numberOfTrailingZeros(m);
                        sum += times(p, o) / near.distanceMm[o];
                    }
                    sums[p] = (float) sum;
                });
    }

    @Override
    public double largestRowSum() {
        double largest = 0;
        for (double d : near.distanceMm) {
            largest = Math.max(largest, 2 / d);
        }
        return largest;
    }

    /** {@code (λψ)* = q²/2λ} is as curved in q/κ as {@code F* = s²p²/2} in p where κ = s √λ. */
    @Override
    public double scale(double weight, double sd) {
        return sd * (quadratic ? Math.sqrt(weight) : weight);
    }
}
