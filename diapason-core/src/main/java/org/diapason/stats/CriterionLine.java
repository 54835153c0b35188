package org.diapason.stats;

/** A criterion along one ln λ. */
interface CriterionLine {
    double slope(double rho);

    double value(double rho);

    /** Returns where the criterion is least, infinity where it falls for ever. */
    default double lowest(double low, double high) {
        int steps = (int) Math.ceil((high - low) / 0.5);
        double best = Double.NaN;
        double least = Double.POSITIVE_INFINITY;
        double at = low;
        double before = slope(low);
        if (before >= 0) {
            best = low;
            least = value(low);
        }
        for (int n = 1; n <= steps; n++) {
            double next = low + (high - low) * n / steps;
            double slope = slope(next);
            boolean dip = before < 0 && slope >= 0;
            boolean falls = n == steps && slope < 0;
            if (dip || falls) {
                double here = falls ? Double.POSITIVE_INFINITY : root(at, next);
                double value = value(here);
                if (!(value > least)) {
                    best = here;
                    least = value;
                }
            }
            at = next;
            before = slope;
        }
        return best;
    }

    /** Returns where the slope changes its sign from below 0 (false position, Illinois). */
    default double root(double low, double high) {
        double a = low;
        double b = high;
        double atA = slope(a);
        double atB = slope(b);
        for (int n = 0; n < 200 && atB != 0 && b - a > 1e-13 * Math.max(1, Math.abs(b)); n++) {
            double inside = n % 8 == 7 ? (a + b) / 2 : b - atB * (b - a) / (atB - atA);
            double c = inside > a && inside < b ? inside : (a + b) / 2;
            double atC = slope(c);
            if (atC < 0) {
                a = c;
                atA = atC;
                atB /= 2;
            } else {
                b = c;
                atB = atC;
                atA /= 2;
            }
        }
        return b;
    }
}
