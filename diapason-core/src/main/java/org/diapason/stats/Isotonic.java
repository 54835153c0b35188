package org.diapason.stats;

import java.util.Arrays;
import org.diapason.volume.Numbers;

/**
 * The rising step function nearest to points in weighted least squares, by pooling adjacent
 * violators (Ayer and others 1955, Annals of Mathematical Statistics 26(4):641–647). Points of
 * equal x are pooled first, so that their order changes nothing.
 *
 * @param x the distinct places, rising
 * @param y the value at each; never falling
 */
public record Isotonic(Numbers x, Numbers y) {

    /**
     * Fits points; arrays are not modified.
     *
     * @param weight of each point, positive; null for one each
     * @throws IllegalArgumentException if there is no point, or a number is NaN
     */
    public static Isotonic of(double[] x, double[] y, double[] weight) {
        int n = x.length;
        if (n == 0 || y.length != n || weight != null && weight.length != n) {
            throw new IllegalArgumentException(
                    "isotonic regression needs as many x as y and at least one, got "
                            + n
                            + " and "
                            + y.length);
        }
        double[] at = x.clone();
        Arrays.sort(at);
        int places = 0;
        for (int r = 0; r < n; r++) {
            if (Double.isNaN(at[r]) || Double.isNaN(y[r])) {
                throw new IllegalArgumentException("isotonic regression needs numbers, got NaN");
            }
            if (r == 0 || at[r] != at[places - 1]) {
                at[places++] = at[r] + 0.0;
            }
        }
        at = Arrays.copyOf(at, places);
        double[] sum = new double[places];
        double[] mass = new double[places];
        for (int r = 0; r < n; r++) {
            int place = Arrays.binarySearch(at, x[r] + 0.0);
            double w = weight == null ? 1 : weight[r];
            sum[place] += w * y[r];
            mass[place] += w;
        }
        return new Isotonic(Numbers.of(at), Numbers.of(pooled(sum, mass)));
    }

    private static double[] pooled(double[] sum, double[] mass) {
        int[] last = new int[sum.length]; // the last place of each block
        int blocks = 0;
        for (int place = 0; place < sum.length; place++) {
            sum[blocks] = sum[place];
            mass[blocks] = mass[place];
            last[blocks++] = place;
            while (blocks > 1
                    && sum[blocks - 2] * mass[blocks - 1] >= sum[blocks - 1] * mass[blocks - 2]) {
                blocks--;
                sum[blocks - 1] += sum[blocks];
                mass[blocks - 1] += mass[blocks];
                last[blocks - 1] = last[blocks];
            }
        }
        double[] value = new double[last.length];
        int place = 0;
        for (int b = 0; b < blocks; b++) {
            while (place <= last[b]) {
                value[place++] = sum[b] / mass[b];
            }
        }
        return value;
    }

    /** Returns the value at a place: straight between the places fitted, level outside them. */
    public double at(double place) {
        int n = x.size();
        if (!(place > x.get(0))) {
            return Double.isNaN(place) ? Double.NaN : y.get(0);
        }
        if (place >= x.get(n - 1)) {
            return y.get(n - 1);
        }
        int from = 0;
        int to = n - 1;
        while (to - from > 1) {
            int middle = (from + to) >>> 1;
            if (x.get(middle) <= place) {
                from = middle;
            } else {
                to = middle;
            }
        }
        double part = (place - x.get(from)) / (x.get(to) - x.get(from));
        return y.get(from) + part * (y.get(to) - y.get(from));
    }
}
