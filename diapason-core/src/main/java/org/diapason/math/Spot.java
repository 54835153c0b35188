package org.diapason.math;

import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * A bead or a wire in a box, without the plane through the box's rim, cut to where it stands.
 *
 * <p>All of the box counts unless its noise, that of the rim, would move a transfer by more than
 * 0.6 %: {@code σ √N/S}, N voxels of sum S. Then as little of it as needed, down to 3.5 σ of the
 * spot's own width on either side, which still hold 0.9995 of a Gaussian along each axis. Refused
 * below S = 67 σ √N there, which leaves 3 % of noise (two standard deviations).
 */
final class Spot {
    private static final double[] REACH = {10, 8, 6, 5, 4.5, 4, 3.5};
    private static final double QUIET = 0.006;
    private static final double LOUD = 0.015;

    /** A wire that moves by more than this many voxels shows no two slices alike. */
    private static final double LEANS = 0.25;

    /** A round wire on a lattice has at most so many equal pixels at its top. */
    private static final int EQUAL = 4;

    private final Geometry g;
    private final int along;
    private final double[] values;
    private final double[] middle = new double[3];
    private final double[] half = new double[3];

    /**
     * @param along the axis along which a wire runs, −1 for a bead
     */
    Spot(Geometry g, float[] box, int along) {
        this.g = g;
        this.along = along;
        double[] plane = Background.of(g, box, along);
        values = new double[box.length];
        double square = 0;
        int rim = 0;
        for (int v = 0; v < box.length; v++) {
            values[v] = box[v] - Background.level(plane, g, v);
            if (Background.isRim(g, v, along)) {
                square += values[v] * values[v];
                rim++;
            }
        }
        double noise = Math.sqrt(square / Math.max(1, rim));
        find();
        double[] sigma = half.clone();
        reach(sigma, Double.POSITIVE_INFINITY);
        double share = share(noise);
        for (int r = 0; r < REACH.length && !(share <= QUIET); r++) {
            reach(sigma, REACH[r]);
            share = share(noise);
        }
        if (!(share <= LOUD)) {
            throw new RefusedException(
                    "the "
                            + (along < 0 ? "bead" : "wire")
                            + " holds "
                            + Numbers.fixed(Math.max(0, 1 / share), 0)
                            + " times the noise of its voxels, and an MTF within 3 % needs "
                            + Numbers.fixed(1 / LOUD, 0)
                            + ". Scan it with more dose or average scans, or take an edge.");
        }
    }

    private void reach(double[] sigma, double times) {
        for (int a = 0; a < 3; a++) {
            half[a] = a == along ? Double.POSITIVE_INFINITY : times * sigma[a] + 0.5;
        }
    }

    /** Returns the noise of the sum over what counts, as a share of that sum; NaN for no signal. */
    private double share(double noise) {
        double sum = 0;
        int n = 0;
        for (int v = 0; v < values.length; v++) {
            if (counts(v, -1)) {
                sum += values[v];
                n++;
            }
        }
        return noise * Math.sqrt(n) / Math.abs(sum);
    }

    private boolean counts(int v, int free) {
        for (int a = 0; a < 3; a++) {
            if (a != free && Math.abs(Background.at(g, v, a) - middle[a]) > half[a]) {
                return false;
            }
        }
        return true;
    }

    /** Finds the voxel around which a cube of three holds most, and the widths through it. */
    private void find() {
        double best = 0;
        for (int v = 0; v < values.length; v++) {
            int[] at = {Background.at(g, v, 0), Background.at(g, v, 1), Background.at(g, v, 2)};
            boolean inner = along < 0 || at[along] == 0;
            for (int a = 0; a < 3; a++) {
                double off = Math.abs(at[a] - (g.size(a) - 1) / 2.0);
                inner &= a == along || off <= Math.max(0.5, g.size(a) / 4.0);
            }
            double sum = inner ? Math.abs(core(at, -1)[0]) : 0;
            if (sum > best) {
                best = sum;
                for (int a = 0; a < 3; a++) {
                    middle[a] = at[a];
                }
            }
        }
        for (int a = 0; a < 3; a++) {
            if (a != along) {
                int[] at = {(int) middle[0], (int) middle[1], (int) middle[2]};
                double[] line = core(at, a);
                double sign = Math.signum(line[at[a]]);
                for (int x = 0; x < line.length; x++) {
                    line[x] *= sign;
                }
                half[a] = LineSpread.crossing(line) / Gauss.FWHM_PER_SIGMA;
            }
        }
    }

    /** Returns the sum over three voxels each way, along one axis for all its places. */
    private double[] core(int[] at, int axis) {
        double[] sum = new double[axis < 0 ? 1 : g.size(axis)];
        int[] from = new int[3];
        int[] to = new int[3];
        for (int a = 0; a < 3; a++) {
            boolean all = a == along || a == axis;
            from[a] = all ? 0 : Math.max(0, at[a] - 1);
            to[a] = all ? g.size(a) - 1 : Math.min(g.size(a) - 1, at[a] + 1);
        }
        for (int k = from[2]; k <= to[2]; k++) {
            for (int j = from[1]; j <= to[1]; j++) {
                for (int i = from[0]; i <= to[0]; i++) {
                    int place = axis < 0 ? 0 : axis == 0 ? i : axis == 1 ? j : k;
                    sum[place] += values[g.index(i, j, k)];
                }
            }
        }
        return sum;
    }

    /** Returns the sums over the other axes at each place along one. */
    double[] profile(int axis) {
        double[] sum = new double[g.size(axis)];
        for (int v = 0; v < values.length; v++) {
            if (counts(v, -1)) {
                sum[Background.at(g, v, axis)] += values[v];
            }
        }
        return sum;
    }

    /** Returns the profiles along an axis of all slices of a wire. */
    double[][] profiles(int axis) {
        double[][] rows = new double[g.size(along)][g.size(axis)];
        for (int v = 0; v < values.length; v++) {
            if (counts(v, axis)) {
                rows[Background.at(g, v, along)][Background.at(g, v, axis)] += values[v];
            }
        }
        return rows;
    }

    /**
     * Refuses a wire whose top is cut off: most slices have the very same largest value although it
     * moves from one to the next, or one slice has it in more pixels than a round top can.
     *
     * @param moves how far the wire leans over all slices, in voxels
     */
    static void refuseSaturated(Geometry g, float[] box, int along, double moves) {
        float top = Float.NEGATIVE_INFINITY;
        for (float v : box) {
            top = Math.max(top, v);
        }
        int[] tops = new int[g.size(along)];
        for (int v = 0; v < box.length; v++) {
            tops[Background.at(g, v, along)] += box[v] == top ? 1 : 0;
        }
        int slices = 0;
        int most = 0;
        for (int t : tops) {
            slices += t > 0 ? 1 : 0;
            most = Math.max(most, t);
        }
        boolean flat = moves > LEANS && tops.length > 3 && 2 * slices > tops.length;
        if (flat || most > EQUAL) {
            throw new RefusedException(
                    "the wire is saturated: "
                            + slices
                            + " of "
                            + tops.length
                            + " slices have the same largest value of "
                            + Numbers.fixed(top, 1)
                            + ", so its profile is cut off there. Reconstruct with the extended"
                            + " scale, or scan a thinner wire.");
        }
    }
}
