package org.diapason.phantom.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * What of a hot sphere's true concentration an image shows: measured over true.
 *
 * <p>A50: the mean of the voxels that hang together (by faces) with the hottest one above {@code B
 * + (max − B)/2}; max: the hottest voxel; peak: the largest mean over a ball of 1 cm³ (12.4 mm
 * wide) around a voxel of the sphere, voxels on its surface by the share of 5³ points. All within
 * {@value #REACH_MM} mm of the sphere's surface (EARL manual; Boellaard 2015,
 * doi:10.1007/s00259-014-2961-x).
 *
 * @param diameterMm width of the sphere
 * @param a50 recovery of the 50 % background-adapted isocontour's mean
 * @param max recovery of the hottest voxel
 * @param peak recovery of the hottest cubic centimetre
 * @param voxels in the isocontour
 * @param a50Error standard error of a50 from the spread within the contour, its voxels worth as
 *     much as those of the background
 */
public record PetRecovery(
        double diameterMm, double a50, double max, double peak, int voxels, double a50Error) {
    private static final double REACH_MM = 8;
    private static final double PEAK_RADIUS_MM = StrictMath.cbrt(3 * 1000 / (4 * Math.PI));
    private static final int POINTS = 5;

    /**
     * Measures one sphere.
     *
     * @param centreMm its middle, x, y, z in mm
     * @param truth its true value in the unit of the volume; above the background
     * @param background values around it, as measured
     */
    public static PetRecovery of(
            Volume volume, Numbers centreMm, double diameterMm, double truth, Sample background) {
        double level = background.mean();
        Geometry g = volume.geometry();
        if (!(truth > level) || !(diameterMm > 0)) {
            throw new DataException(
                    "a hot sphere needs a width and a true value above its background, got "
                            + Numbers.fixed(diameterMm, 1)
                            + " mm and "
                            + Numbers.fixed(truth, 3)
                            + " over "
                            + Numbers.fixed(level, 3)
                            + ". Give the values as the phantom was filled, in the unit of the"
                            + " image.");
        }
        float[] v = volume.values();
        double reach = diameterMm / 2 + REACH_MM;
        int hottest = -1;
        boolean[] near = new boolean[v.length];
        for (int n = 0; n < v.length; n++) {
            near[n] = distance(g, n, centreMm) <= reach;
            hottest = near[n] && (hottest < 0 || v[n] > v[hottest]) ? n : hottest;
        }
        if (hottest < 0 || !(v[hottest] > level)) {
            throw new DataException(
                    "the sphere of "
                            + Numbers.fixed(diameterMm, 0)
                            + " mm is not where it should be: nothing there is above the"
                            + " background. Say where the phantom is.");
        }
        double threshold = level + (v[hottest] - level) / 2;
        Sample inside = Sample.of(connected(g, v, near, hottest, threshold));
        double each = background.n() / background.free().forMean();
        List<double[]> ball = ball(g);
        double peak = Double.NEGATIVE_INFINITY;
        for (int n = 0; n < v.length; n++) {
            if (near[n] && distance(g, n, centreMm) <= Math.max(diameterMm / 2, 3)) {
                peak = Math.max(peak, mean(volume, ball, n));
            }
        }
        return new PetRecovery(
                diameterMm,
                inside.mean() / truth,
                v[hottest] / truth,
                peak / truth,
                inside.n(),
                inside.sd() / Math.sqrt(Math.max(1, inside.n() / each)) / truth);
    }

    /** Returns the figures of a table: {@code rc-a50.17}, {@code rc-max.17}, {@code rc-peak.17}. */
    public List<Measured> figures() {
        String mm = Numbers.fixed(diameterMm, 0);
        String how = voxels + " voxels in the contour at half the contrast";
        return List.of(
                Measured.of("rc-a50." + mm, a50, "1", a50Error, how),
                Measured.bare("rc-max." + mm, max, "1", "the hottest voxel"),
                Measured.bare("rc-peak." + mm, peak, "1", "the hottest ball of 1 cm³"));
    }

    private static double[] connected(
            Geometry g, float[] v, boolean[] near, int from, double threshold) {
        boolean[] seen = new boolean[v.length];
        Deque<Integer> open = new ArrayDeque<>(List.of(from));
        seen[from] = true;
        double[] values = new double[16];
        int count = 0;
        while (!open.isEmpty()) {
            int n = open.poll();
            values = count == values.length ? Arrays.copyOf(values, 2 * count) : values;
            values[count++] = v[n];
            int[] at = {n % g.ni(), n / g.ni() % g.nj(), n / (g.ni() * g.nj())};
            for (int side = 0; side < 6; side++) {
                int[] to = at.clone();
                to[side / 2] += side % 2 == 0 ? 1 : -1;
                if (to[side / 2] < 0 || to[side / 2] >= g.size(side / 2)) {
                    continue;
                }
                int next = g.index(to[0], to[1], to[2]);
                if (!seen[next] && near[next] && v[next] >= threshold) {
                    seen[next] = true;
                    open.add(next);
                }
            }
        }
        return Arrays.copyOf(values, count);
    }

    /** Returns the voxels of a ball of 1 cm³ around a voxel: i, j, k from it, and their share. */
    private static List<double[]> ball(Geometry g) {
        int[] reach = new int[3];
        for (int a = 0; a < 3; a++) {
            reach[a] = (int) Math.ceil(PEAK_RADIUS_MM / g.spacing(a));
        }
        List<double[]> ball = new ArrayList<>();
        for (int c = -reach[2]; c <= reach[2]; c++) {
            for (int b = -reach[1]; b <= reach[1]; b++) {
                for (int a = -reach[0]; a <= reach[0]; a++) {
                    double share = share(g, a, b, c);
                    if (share > 0) {
                        ball.add(new double[] {a, b, c, share});
                    }
                }
            }
        }
        return ball;
    }

    /** Returns the mean over a ball around a voxel; what lies outside of the image is left out. */
    private static double mean(Volume volume, List<double[]> ball, int n) {
        Geometry g = volume.geometry();
        int[] at = {n % g.ni(), n / g.ni() % g.nj(), n / (g.ni() * g.nj())};
        double sum = 0;
        double weights = 0;
        for (double[] part : ball) {
            int i = at[0] + (int) part[0];
            int j = at[1] + (int) part[1];
            int k = at[2] + (int) part[2];
            if (i >= 0 && j >= 0 && k >= 0 && i < g.ni() && j < g.nj() && k < g.nk()) {
                sum += part[3] * volume.at(i, j, k);
                weights += part[3];
            }
        }
        return sum / weights;
    }

    private static double share(Geometry g, int a, int b, int c) {
        int hits = 0;
        for (int p = 0; p < POINTS * POINTS * POINTS; p++) {
            double x = (a + (p % POINTS + 0.5) / POINTS - 0.5) * g.spacing(0);
            double y = (b + (p / POINTS % POINTS + 0.5) / POINTS - 0.5) * g.spacing(1);
            double z = (c + (p / POINTS / POINTS + 0.5) / POINTS - 0.5) * g.spacing(2);
            hits += x * x + y * y + z * z <= PEAK_RADIUS_MM * PEAK_RADIUS_MM ? 1 : 0;
        }
        return hits / (double) (POINTS * POINTS * POINTS);
    }

    private static double distance(Geometry g, int n, Numbers centre) {
        Numbers p = g.toWorld(n % g.ni(), n / g.ni() % g.nj(), n / (g.ni() * g.nj()));
        double sum = 0;
        for (int r = 0; r < 3; r++) {
            sum += (p.get(r) - centre.get(r)) * (p.get(r) - centre.get(r));
        }
        return Math.sqrt(sum);
    }
}
