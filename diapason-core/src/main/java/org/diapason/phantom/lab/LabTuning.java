package org.diapason.phantom.lab;

import java.util.TreeMap;
import org.diapason.volume.RefusedException;

/**
 * Chooses the weight of a method: the least RMSE on one realisation of the head without any lesion,
 * MR in its place. From the usual weight, steps by a fixed factor go downhill until both neighbours
 * are worse. What is only tried is ended sooner than what is shown.
 */
final class LabTuning {
    /** Steps to either side of the usual weight. */
    private static final int FARTHEST = 8;

    private final LabData data;
    private final LabJudge judge;

    /**
     * A weight and what it was chosen by.
     *
     * @param weight λ, or the width of a filter in mm
     * @param rmse on the training data, as a share of the brain's mean activity
     * @param tried how many weights were tried
     * @param atEnd whether it is the last that was allowed, so that a better one may lie beyond
     */
    public record Chosen(double weight, double rmse, int tried, boolean atEnd) {}

    LabTuning(LabData data, LabJudge judge) {
        this.data = data;
        this.judge = judge;
    }

    Chosen choose(LabMethod method, double trues) {
        TreeMap<Integer, Double> found = new TreeMap<>();
        int best = 0;
        boolean rest = false;
        while (!rest) {
            rest = true;
            for (int next : new int[] {best, best - 1, best + 1}) {
                if (Math.abs(next) > FARTHEST) {
                    continue;
                }
                found.computeIfAbsent(next, k -> rmse(method, weight(method, trues, k)));
                if (found.get(next) < found.get(best)) {
                    best = next;
                    rest = false;
                    break;
                }
            }
        }
        return new Chosen(
                weight(method, trues, best),
                found.get(best),
                found.size(),
                Math.abs(best) == FARTHEST);
    }

    private static double weight(LabMethod method, double trues, int k) {
        return method.usual(trues) * power(method.ratio(), k);
    }

    private static double power(double ratio, int k) {
        double result = 1;
        for (int n = 0; n < Math.abs(k); n++) {
            result *= ratio;
        }
        return k < 0 ? 1 / result : result;
    }

    /** A weight under which a method does not converge is no choice. */
    private double rmse(LabMethod method, double weight) {
        try {
            return judge.rmse(method.made(weight, data, LabMethod.Stops.TRIED).activity());
        } catch (RefusedException e) {
            return Double.POSITIVE_INFINITY;
        }
    }
}
