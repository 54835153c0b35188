package org.diapason.stats;

import java.util.Arrays;
import org.diapason.math.Parallel;

/**
 * A smooth curve through points: at every place a parabola fitted to the nearest share of the
 * points, with tricube weights that fall to 0 at the farthest of them.
 *
 * <p>Cleveland and Devlin 1988, Journal of the American Statistical Association 83(403):596–610,
 * doi:10.1080/01621459.1988.10478639; R's {@code loess} with {@code surface = "direct"}, its
 * default degree 2 and no robustness steps. R's default surface interpolates between a few places
 * instead.
 */
public final class Loess {
    private Loess() {}

    /**
     * Returns the curve at places; arrays are not modified.
     *
     * @param share of the points that count at a place, above 0 to 1; 0.75 is R's default
     */
    public static double[] smooth(double[] x, double[] y, double share, double[] places) {
        int n = x.length;
        Integer[] order = new Integer[n];
        Arrays.setAll(order, r -> r);
        Arrays.sort(order, (a, b) -> Double.compare(x[a], x[b]));
        double[] sortedX = new double[n];
        double[] sortedY = new double[n];
        for (int r = 0; r < n; r++) {
            sortedX[r] = x[order[r]];
            sortedY[r] = y[order[r]];
        }
        int near = Math.max(1, Math.min(n, (int) Math.floor(n * share + 1e-5)));
        double[] curve = new double[places.length];
        Parallel.forEach(places.length, p -> curve[p] = at(sortedX, sortedY, near, places[p]));
        return curve;
    }

    private static double at(double[] x, double[] y, int near, double place) {
        int from = window(x, near, place);
        double reach = Math.max(place - x[from], x[from + near - 1] - place);
        int low = from;
        int high = from + near;
        while (low > 0 && place - x[low - 1] <= reach) {
            low--;
        }
        while (high < x.length && x[high] - place <= reach) {
            high++;
        }
        double[] m = new double[5];
        double[] t = new double[3];
        for (int r = low; r < high; r++) {
            double d = reach > 0 ? (x[r] - place) / reach : 0;
            double a = Math.abs(d);
            double cube = 1 - a * a * a;
            double w = cube * cube * cube;
            double wd = w * d;
            m[0] += w;
            m[1] += wd;
            m[2] += wd * d;
            m[3] += wd * d * d;
            m[4] += wd * d * d * d;
            t[0] += w * y[r];
            t[1] += wd * y[r];
            t[2] += wd * d * y[r];
        }
        // what the points cannot tell apart, a slope at one place, is left out by the factor
        double[] cross = {m[0], m[1], m[2], m[1], m[2], m[3], m[2], m[3], m[4]};
        Cholesky.of(cross, new double[] {m[0], m[2], m[4]}).solve(t);
        return t[0];
    }

    /** Returns where the nearest points begin. */
    private static int window(double[] x, int near, double place) {
        int from = 0;
        int to = x.length - near;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (place - x[middle] > x[middle + near] - place) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
