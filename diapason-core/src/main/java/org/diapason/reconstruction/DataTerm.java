package org.diapason.reconstruction;

import org.diapason.math.Blocks;

/**
 * F: how far data are from what a forward model predicts of them, 0 where they agree. Convex and
 * separable; the dual forms are what primal-dual methods take. A datum that is NaN was not measured
 * and counts nothing.
 */
public interface DataTerm {
    /** Returns the count of data. */
    int measurements();

    /** Returns F(z) of the prediction z = A u. */
    double value(float[] predicted);

    /** Puts {@code prox_{σF*}} of the dual in its place, σ one number a datum. */
    void prox(float[] dual, float[] sigma);

    /** Returns {@code F*((1 − θ) dual + θ e)}, e = {@link #top} for every datum. */
    double conjugate(float[] dual, double theta);

    /**
     * Returns a positive number that a dual may go towards, at any share θ of the way, without
     * leaving where F* is finite.
     */
    double top();

    /**
     * Returns white Gaussian noise of one standard deviation, {@code F(z) = Σ (z − y)² / 2s²}.
     *
     * @param data y, kept
     * @param sd s in the unit of the data; positive
     */
    static DataTerm gaussian(float[] data, double sd) {
        if (!(sd > 0) || Double.isInfinite(sd)) {
            throw new IllegalArgumentException("sd must be positive, got " + sd);
        }
        return new Gaussian(data, sd);
    }

    /**
     * Returns Poisson counts, as the Kullback-Leibler distance {@code F(z) = Σ (z + r) − y + y
     * log(y / (z + r))}.
     *
     * @param counts y, kept; 0 or more
     * @param background r, what is expected besides A u, 0 or more, kept; null for 0
     */
    static DataTerm poisson(float[] counts, float[] background) {
        for (int b = 0; b < counts.length; b++) {
            if (counts[b] < 0 || background != null && !(background[b] >= 0)) {
                throw new IllegalArgumentException(
                        "Poisson counts and their background must be 0 or more, got "
                                + (counts[b] < 0 ? counts[b] : background[b])
                                + " at "
                                + b
                                + ". Counts from which something was subtracted are none.");
            }
        }
        return new Poisson(counts, background);
    }

    /** {@link #gaussian}. */
    record Gaussian(float[] data, double sd) implements DataTerm {
        @Override
        public int measurements() {
            return data.length;
        }

        @Override
        public double value(float[] z) {
            double sum =
                    Total.of(
                            data.length,
                            (from, to) -> {
                                double part = 0;
                                for (int b = from; b < to; b++) {
                                    double off = (double) z[b] - data[b];
                                    part += off == off ? off * off : 0;
                                }
                                return part;
                            });
            return sum / (2 * sd * sd);
        }

        @Override
        public void prox(float[] dual, float[] sigma) {
            float variance = (float) (sd * sd);
            Blocks.forEach(
                    data.length,
                    (from, to) -> {
                        for (int b = from; b < to; b++) {
                            float s = sigma[b];
                            float p = (dual[b] - s * data[b]) / (1 + s * variance);
                            dual[b] = p == p ? p : 0;
                        }
                    });
        }

        @Override
        public double conjugate(float[] dual, double theta) {
            return Total.of(
                    data.length,
                    (from, to) -> {
                        double sum = 0;
                        for (int b = from; b < to; b++) {
                            double p = dual[b] + theta * (top() - dual[b]);
                            sum += data[b] == data[b] ? p * (sd * sd * p / 2 + data[b]) : 0;
                        }
                        return sum;
                    });
        }

        @Override
        public double top() {
            return 1000 / sd;
        }
    }

    /** {@link #poisson}. */
    record Poisson(float[] counts, float[] background) implements DataTerm {
        @Override
        public int measurements() {
            return counts.length;
        }

        private double r(int b) {
            return background == null ? 0 : background[b];
        }

        @Override
        public double value(float[] z) {
            return Total.of(
                    counts.length,
                    (from, to) -> {
                        double sum = 0;
                        for (int b = from; b < to; b++) {
                            double y = counts[b];
                            double mean = z[b] + r(b);
                            double log = y > 0 ? y * StrictMath.log(y / mean) : 0;
                            sum += y == y ? mean - y + log : 0;
                        }
                        return sum;
                    });
        }

        @Override
        public void prox(float[] dual, float[] sigma) {
            Blocks.forEach(
                    counts.length,
                    (from, to) -> {
                        for (int b = from; b < to; b++) {
                            double s = sigma[b];
                            double v = dual[b] + s * r(b);
                            double y = counts[b];
                            // the smaller root of (1 − p)(v − p) = s y, without cancellation
                            double root = Math.sqrt((v - 1) * (v - 1) + 4 * s * y);
                            double p = 1 - 2 * s * y / (root + v - 1);
                            p = v > 1 ? p : (v + 1 - root) / 2;
                            dual[b] = p == p ? (float) p : 0;
                        }
                    });
        }

        @Override
        public double conjugate(float[] dual, double theta) {
            return Total.of(
                    counts.length,
                    (from, to) -> {
                        double sum = 0;
                        for (int b = from; b < to; b++) {
                            double p = dual[b] + theta * (top() - dual[b]);
                            double y = counts[b];
                            double log = y > 0 ? y * StrictMath.log1p(-p) : 0;
                            sum -= y == y ? r(b) * p + log : 0;
                        }
                        return sum;
                    });
        }

        @Override
        public double top() {
            return 1;
        }
    }
}
