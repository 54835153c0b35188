package org.diapason.phantom;

import java.util.List;

/** A curve over frequency by its points: straight between them, 0 beyond the last. */
final class Curve {
    private Curve() {}

    static void check(String who, List<Double> perMm, List<Double> values) {
        if (perMm.size() != values.size() || perMm.size() < 2) {
            throw new IllegalArgumentException(
                    who
                            + " needs as many values as frequencies and at least two, got "
                            + values.size()
                            + " and "
                            + perMm.size());
        }
        for (int n = 0; n < perMm.size(); n++) {
            double before = n == 0 ? Math.nextDown(0.0) : perMm.get(n - 1);
            if (!(perMm.get(n) > before) || Double.isInfinite(perMm.get(n))) {
                throw new IllegalArgumentException(
                        who + ": frequencies must rise from 0 per mm on, found a step back");
            }
            if (!(values.get(n) >= 0) || Double.isInfinite(values.get(n))) {
                throw new IllegalArgumentException(who + ": values must not be negative");
            }
        }
    }

    static double at(List<Double> perMm, List<Double> values, double f) {
        for (int n = 1; n < perMm.size(); n++) {
            if (f <= perMm.get(n)) {
                double width = perMm.get(n) - perMm.get(n - 1);
                double t = Math.max(0, (f - perMm.get(n - 1)) / width);
                return values.get(n - 1) + t * (values.get(n) - values.get(n - 1));
            }
        }
        return 0;
    }
}
