package org.diapason.registration;

import org.diapason.math.Parallel;

/**
 * Mutual information with all voxels: each is pulled to where its value is more likely given the
 * fixed one, {@code d/dm log(p(m | f) / p(m))}.
 *
 * <p>Windows as in {@link MutualInformation}, a histogram of whole numbers. The pull ends as fast
 * as Fisher's information of the fixed value has it, {@code Σ p(m | f) (d/dm log …)²}.
 */
final class InformationPull implements Pull {
    private static final long ONE = 1L << 24;
    private static final int PAD = 2;
    private static final int BLOCKS = 32;

    private final float[] fixed;
    private final Range fixedRange;
    private final Range range;
    private final int bins;
    private final float[] likely;
    private final float[] information;

    /**
     * @param fixed values; NaN where nothing is compared
     * @param range of the moving image
     */
    InformationPull(float[] fixed, Range fixedRange, Range range, int bins) {
        this.fixed = fixed;
        this.fixedRange = fixedRange;
        this.range = range;
        this.bins = bins;
        likely = new float[bins * bins];
        information = new float[bins];
    }

    @Override
    public String name() {
        return "mutual-information";
    }

    @Override
    public double at(float[] drawn, float[] pull, float[] stiffness) {
        int n = drawn.length;
        long[][] counts = new long[BLOCKS][];
        Parallel.forEach(
                BLOCKS, b -> counts[b] = count(drawn, (int) ((long) n * b / BLOCKS), end(n, b)));
        long[] joint = new long[bins * bins];
        long total = 0;
        for (long[] part : counts) {
            for (int c = 0; c < joint.length; c++) {
                joint[c] += part[c];
                total += part[c];
            }
        }
        double value = total == 0 ? 0 : logs(joint, total);
        Parallel.forEach(
                BLOCKS,
                b -> pulls(drawn, (int) ((long) n * b / BLOCKS), end(n, b), pull, stiffness));
        return value * (total / (double) ONE);
    }

    private static int end(int n, int block) {
        return (int) ((long) n * (block + 1) / BLOCKS);
    }

    private float scale() {
        return (float) ((bins - 2 * PAD) / (range.high() - range.low()));
    }

    private int bin(float value, float low, float times) {
        return Math.max(0, Math.min(bins - 1, (int) ((value - low) * times)));
    }

    private long[] count(float[] drawn, int from, int to) {
        long[] joint = new long[bins * bins];
        float low = (float) range.low();
        float times = scale();
        float fixedLow = (float) fixedRange.low();
        float fixedTimes = (float) (bins / (fixedRange.high() - fixedRange.low()));
        float top = bins - PAD - 0.001f;
        for (int v = from; v < to; v++) {
            float m = drawn[v];
            float f = fixed[v];
            if (f != f || m != m) {
                continue;
            }
            float c = Math.min(top, Math.max(PAD, (m - low) * times + PAD));
            int whole = (int) c;
            float t = c - whole;
            float r = 1 - t;
            long w0 = (long) (ONE / 6f * (r * r * r));
            long w1 = (long) (ONE / 6f * (3 * t * t * t - 6 * t * t + 4));
            long w3 = (long) (ONE / 6f * (t * t * t));
            int at = bin(f, fixedLow, fixedTimes) * bins + whole - 1;
            joint[at] += w0;
            joint[at + 1] += w1;
            joint[at + 2] += ONE - w0 - w1 - w3;
            joint[at + 3] += w3;
        }
        return joint;
    }

    private double logs(long[] joint, long total) {
        double[] fixedShare = new double[bins];
        double[] other = new double[bins];
        for (int c = 0; c < joint.length; c++) {
            double p = joint[c] / (double) total;
            fixedShare[c / bins] += p;
            other[c % bins] += p;
        }
        double value = 0;
        for (int f = 0; f < bins; f++) {
            for (int m = 0; m < bins; m++) {
                double p = joint[f * bins + m] / (double) total;
                double log = p > 0 ? StrictMath.log(p / other[m]) : 0;
                likely[f * bins + m] = (float) log;
                value += p > 0 ? p * (log - StrictMath.log(fixedShare[f])) : 0;
            }
            double sum = 0;
            for (int m = 1; m + 1 < bins; m++) {
                long count = joint[f * bins + m];
                if (count > 0 && joint[f * bins + m - 1] > 0 && joint[f * bins + m + 1] > 0) {
                    double d = (likely(f, m + 1) - likely(f, m - 1)) / 2;
                    sum += count / (double) total * d * d;
                }
            }
            information[f] = fixedShare[f] > 0 ? (float) (sum / fixedShare[f]) : 0;
        }
        return value;
    }

    private double likely(int f, int m) {
        return likely[f * bins + m];
    }

    private void pulls(float[] drawn, int from, int to, float[] pull, float[] stiffness) {
        float low = (float) range.low();
        float times = scale();
        float fixedLow = (float) fixedRange.low();
        float fixedTimes = (float) (bins / (fixedRange.high() - fixedRange.low()));
        float top = bins - PAD - 0.001f;
        for (int v = from; v < to; v++) {
            float m = drawn[v];
            float f = fixed[v];
            pull[v] = 0;
            stiffness[v] = 0;
            if (f != f || m != m) {
                continue;
            }
            float c = (m - low) * times + PAD;
            if (!(c > PAD && c < top)) {
                continue;
            }
            int whole = (int) c;
            float t = c - whole;
            float r = 1 - t;
            int row = bin(f, fixedLow, fixedTimes);
            int at = row * bins + whole - 1;
            pull[v] =
                    times
                            / 2
                            * (-r * r * likely[at]
                                    + (3 * t * t - 4 * t) * likely[at + 1]
                                    + (-3 * t * t + 2 * t + 1) * likely[at + 2]
                                    + t * t * likely[at + 3]);
            stiffness[v] = times * times * information[row];
        }
    }
}
