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

    /** Puts F'(z) in the place of the prediction. */
    void slope(float[] predicted);

    /** Puts F''(z) in the place of the prediction. */
    void bend(float[] predicted);

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
     * @param data y, finite or NaN; kept
     * @param sd s in the unit of the data; positive
     */
    static DataTerm gaussian(float[] data, double sd) {
        if (!(sd > 0) || Double.isInfinite(sd)) {
            throw new IllegalArgumentException("sd of the noise must be positive, got " + sd);
        }
        for (int b = 0; b < data.length; b++) {
            if (Float.isInfinite(data[b])) {
                throw new IllegalArgumentException(
                        "data must be finite, or NaN where nothing was measured, got "
                                + data[b]
                                + " in measurement "
                                + b);
            }
        }
        return new Gaussian(data, sd);
    }

    /**
     * Returns Poisson counts, as the Kullback-Leibler distance {@code F(z) = Σ (z + r) − y + y
     * log(y / (z + r))}. A bin without counts adds z + r, which counts as 1e-9 where it is less, so
     * that a count out of nothing is unlikely and not impossible.
     *
     * @param counts y, kept; 0 or more
     * @param background r, what is expected besides A u, 0 or more, kept; null for 0
     */
    static Poisson poisson(float[] counts, float[] background) {
        float[] behind = background == null ? new float[counts.length] : background;
        if (behind.length != counts.length) {
            throw new IllegalArgumentException(
                    "each of "
                            + counts.length
                            + " counts needs a background, got "
                            + behind.length);
        }
        for (int b = 0; b < counts.length; b++) {
            require("counts", counts[b], b, Float.isNaN(counts[b]));
            require("the background", behind[b], b, false);
        }
        return new Poisson(counts, behind);
    }

    private static void require(String what, float value, int b, boolean none) {
        if (!none && !(value >= 0 && value < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    what
                            + " must be finite and 0 or more, got "
                            + value
                            + " in measurement "
                            + b
                            + ". Give counts as they were measured, and what was subtracted from"
                            + " them as the background.");
        }
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
        public void slope(float[] z) {
            Blocks.forEach(
                    data.length,
                    (from, to) -> {
                        for (int b = from; b < to; b++) {
                            double off = (double) z[b] - data[b];
                            z[b] = off == off ? (float) (off / (sd * sd)) : 0;
                        }
                    });
        }

        @Override
        public void bend(float[] z) {
            for (int b = 0; b < z.length; b++) {
                z[b] = data[b] == data[b] ? (float) (1 / (sd * sd)) : 0;
            }
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
        /** The least expectation of a bin, in counts. */
        static final double LEAST = 1e-9;

        @Override
        public int measurements() {
            return counts.length;
        }

        private double mean(float[] z, int b) {
            return Math.max((double) z[b] + background[b], LEAST);
        }

        /** Puts y/ȳ in the place of the prediction. */
        void ratio(float[] z) {
            Blocks.forEach(
                    counts.length,
                    (from, to) -> {
                        for (int b = from; b < to; b++) {
                            double y = counts[b];
                            z[b] = y == y ? (float) (y / mean(z, b)) : 0;
                        }
                    });
        }

        @Override
        public void slope(float[] z) {
            Blocks.forEach(
                    counts.length,
                    (from, to) -> {
                        for (int b = from; b < to; b++) {
                            double y = counts[b];
                            z[b] = y == y ? (float) (1 - y / mean(z, b)) : 0;
                        }
                    });
        }

        @Override
        public void bend(float[] z) {
            Blocks.forEach(
                    counts.length,
                    (from, to) -> {
                        for (int b = from; b < to; b++) {
                            double y = counts[b];
                            double mean = mean(z, b);
                            z[b] = y == y ? (float) (y / (mean * mean)) : 0;
                        }
                    });
        }

        @Override
        public double value(float[] z) {
            return Total.of(
                    counts.length,
                    (from, to) -> {
                        double sum = 0;
                        for (int b = from; b < to; b++) {
                            double y = counts[b];
                            double mean = mean(z, b);
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
                            double v = dual[b] + s * background[b];
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
                            sum -= y == y ? background[b] * p + log : 0;
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
