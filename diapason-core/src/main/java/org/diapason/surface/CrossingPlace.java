package org.diapason.surface;

import java.util.Arrays;
import org.diapason.math.Parallel;
import org.diapason.stats.Normals;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * How well the values say where a volume crosses a threshold.
 *
 * <p>Noise of standard deviation σ, not shared by neighbours, moves the place of crossing along the
 * normal by a deviate of standard deviation {@code σ √(t² + (1 − t)²) / |∇I|}, t the place along
 * the edge between two voxels. Of points with other slopes other deviates: {@code perSdMm} is the
 * way q that 95 % of all are moved by at most, the mean of {@code P(|deviate| > q)} being 0.05.
 * Values between voxels that do not lie on a straight line move it by {@code t (1 − t)/2 · |D²| /
 * |∇I|}, D² the second difference along the edge. ∇I by central differences, from both ends of the
 * edge, noise included; where a real edge is sharper than two voxels they are too small, and both
 * figures too large.
 *
 * @param points of the surface whose slope is known
 * @param unknown points where the image ends, or has no values beside
 * @param perSdMm how far noise moves 95 % of the points at most, in mm per unit of its standard
 *     deviation; NaN where no slope is known, infinity where more than 5 % have none
 * @param straightMm what straight lines between voxels move, in mm, likewise
 */
public record CrossingPlace(int points, int unknown, double perSdMm, double straightMm) {
    private static final int BLOCK = 1 << 13;
    private static final double SHARE = 0.95;
    private static final int STEPS = 60;

    /** Points that stand for all, as many below each as above the one before. */
    private static final int MOST_ASKED = 2000;

    /**
     * Asks at the points of a surface of this very volume.
     *
     * @param mesh as {@link IsoSurface} gives it
     */
    public static CrossingPlace of(Volume volume, Mesh mesh) {
        double[] p = mesh.points();
        int count = p.length / 3;
        float[] noise = new float[count];
        float[] straight = new float[count];
        Parallel.forEach(
                (count + BLOCK - 1) / BLOCK,
                b -> {
                    for (int n = b * BLOCK; n < Math.min(count, (b + 1) * BLOCK); n++) {
                        at(volume, p, n, noise, straight);
                    }
                });
        int known = 0;
        for (int n = 0; n < count; n++) {
            if (noise[n] >= 0) {
                noise[known] = noise[n];
                straight[known++] = straight[n];
            }
        }
        return new CrossingPlace(known, count - known, moved(noise, known), high(straight, known));
    }

    /** Returns what 95 % of deviates of these standard deviations do not exceed, by bisection. */
    private static double moved(float[] sds, int known) {
        double high = high(sds, known);
        if (!(high > 0) || Double.isInfinite(high)) {
            return high;
        }
        int asked = Math.min(known, MOST_ASKED);
        double from = 0;
        double to = 10 * high;
        for (int n = 0; n < STEPS; n++) {
            double q = (from + to) / 2;
            double beyond = 0;
            for (int a = 0; a < asked; a++) {
                double sd = sds[(int) ((a + 0.5) * known / asked)];
                beyond += sd > 0 ? Normals.twoSided(q / sd) : 0;
            }
            if (beyond > (1 - SHARE) * asked) {
                from = q;
            } else {
                to = q;
            }
        }
        return to;
    }

    private static double high(float[] values, int known) {
        if (known == 0) {
            return Double.NaN;
        }
        Arrays.sort(values, 0, known);
        return values[(int) Math.min(known - 1L, Math.round(Math.ceil(SHARE * known)) - 1)];
    }

    /** Every point lies on an edge between two voxels: one of its places is not whole. */
    private static void at(Volume volume, double[] p, int n, float[] noise, float[] straight) {
        Geometry g = volume.geometry();
        Numbers voxel = g.toVoxel(p[3 * n], p[3 * n + 1], p[3 * n + 2]);
        int axis = 0;
        double off = -1;
        int[] low = new int[3];
        for (int a = 0; a < 3; a++) {
            double away = Math.abs(voxel.get(a) - Math.rint(voxel.get(a)));
            low[a] = (int) Math.rint(voxel.get(a));
            if (away > off) {
                off = away;
                axis = a;
            }
        }
        low[axis] = (int) Math.floor(voxel.get(axis));
        noise[n] = -1;
        for (int a = 0; a < 3; a++) {
            if (low[a] < 0 || low[a] + (a == axis ? 1 : 0) >= g.size(a)) {
                return;
            }
        }
        double t = voxel.get(axis) - low[axis];
        int[] high = low.clone();
        high[axis]++;
        double square = 0;
        for (int a = 0; a < 3; a++) {
            double slope = (1 - t) * slope(volume, low, a) + t * slope(volume, high, a);
            square += slope * slope;
        }
        double gradient = Math.sqrt(square);
        double bend = (Math.abs(bend(volume, low, axis)) + Math.abs(bend(volume, high, axis))) / 2;
        if (!Double.isFinite(gradient) || !Double.isFinite(bend)) {
            return; // beside NaN or an infinity
        }
        noise[n] = (float) (Math.sqrt(t * t + (1 - t) * (1 - t)) / gradient);
        straight[n] = (float) (bend == 0 ? 0 : t * (1 - t) / 2 * bend / gradient);
    }

    /** Returns the difference per mm across a voxel, to one side at the border. */
    private static double slope(Volume v, int[] at, int axis) {
        Geometry g = v.geometry();
        int up = Math.min(g.size(axis) - 1, at[axis] + 1) - at[axis];
        int down = at[axis] - Math.max(0, at[axis] - 1);
        int step = axis == 0 ? 1 : axis == 1 ? g.ni() : g.ni() * g.nj();
        int n = g.index(at[0], at[1], at[2]);
        float[] values = v.values();
        return up + down == 0
                ? 0
                : ((double) values[n + up * step] - values[n - down * step])
                        / ((up + down) * g.spacing(axis));
    }

    private static double bend(Volume v, int[] at, int axis) {
        Geometry g = v.geometry();
        if (at[axis] == 0 || at[axis] + 1 == g.size(axis)) {
            return 0;
        }
        int step = axis == 0 ? 1 : axis == 1 ? g.ni() : g.ni() * g.nj();
        int n = g.index(at[0], at[1], at[2]);
        float[] values = v.values();
        return (double) values[n + step] - 2.0 * values[n] + values[n - step];
    }
}
