package org.diapason.registration;

import org.diapason.math.Parallel;

/**
 * Squared differences of two images of one contrast in one unit, as the likelihood of Gaussian
 * noise of unknown spread σ: {@code −n/2 log(σ²/s²)}, s² the fixed image's own variance, {@code σ²
 * = mean (f − m)²}.
 */
final class Ssd implements Pull {
    /** σ is taken for at least this share of s, so that equal images have a finite fit. */
    private static final double LEAST = 1e-3;

    private static final int BLOCKS = 32;

    private final float[] fixed;
    private final double variance;

    /**
     * @param fixed values; NaN where nothing is compared
     */
    Ssd(float[] fixed) {
        this.fixed = fixed;
        double[] sum = moments(fixed, null);
        variance = Math.max(1e-30, sum[2] / sum[0] - sum[1] / sum[0] * (sum[1] / sum[0]));
    }

    @Override
    public String name() {
        return "ssd";
    }

    @Override
    public double at(float[] drawn, float[] pull, float[] stiffness) {
        double[] sum = moments(fixed, drawn);
        double noise = Math.max(LEAST * LEAST * variance, sum[0] == 0 ? 0 : sum[2] / sum[0]);
        float each = (float) (1 / noise);
        Parallel.forEach(
                BLOCKS,
                b -> {
                    for (int v = start(drawn.length, b); v < start(drawn.length, b + 1); v++) {
                        float d = fixed[v] - drawn[v];
                        pull[v] = d == d ? d * each : 0;
                        stiffness[v] = d == d ? each : 0;
                    }
                });
        return -sum[0] / 2 * StrictMath.log(noise / variance);
    }

    private static int start(int n, int block) {
        return (int) ((long) n * block / BLOCKS);
    }

    /** Returns number, sum and sum of squares of a − b (of a alone where there is no b). */
    private static double[] moments(float[] a, float[] b) {
        double[][] parts = new double[BLOCKS][3];
        Parallel.forEach(
                BLOCKS,
                block -> {
                    double[] part = parts[block];
                    for (int v = start(a.length, block); v < start(a.length, block + 1); v++) {
                        double d = b == null ? a[v] : a[v] - b[v];
                        if (d == d) {
                            part[0]++;
                            part[1] += d;
                            part[2] += d * d;
                        }
                    }
                });
        double[] sum = new double[3];
        for (double[] part : parts) {
            for (int n = 0; n < 3; n++) {
                sum[n] += part[n];
            }
        }
        return sum;
    }
}
