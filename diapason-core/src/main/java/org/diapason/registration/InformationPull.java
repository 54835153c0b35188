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

    /** The bin of each fixed value; below 0 where nothing is compared. */
    private final byte[] fixed;

    private final float low;
    private final float times;
    private final int bins;
    private final float[] likely;
    private final float[] information;

    /**
     * @param fixed values; NaN where nothing is compared
     * @param range of the moving image
     */
    InformationPull(float[] fixed, Range fixedRange, Range range, int bins) {
        this.bins = bins;
        low = (float) range.low();
        times = (float) ((bins - 2 * PAD) / (range.high() - range.low()));
        this.fixed = new byte[fixed.length];
        float first = (float) fixedRange.low();
        float width = (float) (bins / (fixedRange.high() - fixedRange.low()));
        Parallel.forEach(
                BLOCKS,
                b -> {
                    for (int v = start(fixed.length, b); v < start(fixed.length, b + 1); v++) {
                        float f = fixed[v];
                        int bin = Math.max(0, Math.min(bins - 1, (int) ((f - first) * width)));
                        this.fixed[v] = (byte) (f == f ? bin : -1);
                    }
                });
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
        Parallel.forEach(BLOCKS, b -> counts[b] = count(drawn, start(n, b), start(n, b + 1)));
        long[] joint = new long[bins * bins];
        long total = 0;
        for (long[] part : counts) {
            for (int c = 0; c < joint.length; c++) {
                joint[c] += part[c];
                total += part[c];
            }
        }
        double value = total == 0 ? 0 : logs(joint, total);
        Parallel.forEach(BLOCKS, b -> pulls(drawn, start(n, b), start(n, b + 1), pull, stiffness));
        return value * (total / (double) ONE);
    }

    private static int start(int n, int block) {
        return (int) ((long) n * block / BLOCKS);
    }

    private long[] count(float[] drawn, int from, int to) {
        long[] joint = new long[bins * bins];
        float top = bins - PAD - 0.001f;
        for (int v = from; v < to; v++) {
            float m = drawn[v];
            int row = fixed[v];
            if (row < 0 || m != m) {
                continue;
            }
            float c = (m - low) * times + PAD;
            c = c > PAD ? c < top ? c : top : PAD;
            int whole = (int) c;
            float t = c - whole;
            float r = 1 - t;
            long w0 = (long) (ONE / 6f * (r * r * r));
            long w1 = (long) (ONE / 6f * (3 * t * t * t - 6 * t * t + 4));
            long w3 = (long) (ONE / 6f * (t * t * t));
            int at = row * bins + whole - 1;
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
        float top = bins - PAD - 0.001f;
        for (int v = from; v < to; v++) {
            float m = drawn[v];
            int row = fixed[v];
            pull[v] = 0;
            stiffness[v] = 0;
            if (row < 0 || m != m) {
                continue;
            }
            float c = (m - low) * times + PAD;
            if (!(c > PAD && c < top)) {
                continue;
            }
            int whole = (int) c;
            float t = c - whole;
            float r = 1 - t;
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
