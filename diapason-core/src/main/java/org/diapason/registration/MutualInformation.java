package org.diapason.registration;

import org.diapason.math.Parallel;
import org.diapason.volume.Affine;

/**
 * Mutual information of two images under a linear transform, with its gradient.
 *
 * <p>Parzen windows of order 0 in the fixed and order 3 in the moving image (Mattes et al. 2003,
 * IEEE TMI 22(1):120–128, doi:10.1109/TMI.2003.809072; gradient: Thévenaz and Unser 2000, IEEE TIP
 * 9(12):2083–2099, doi:10.1109/83.887976, equation 23), in two passes: the first counts, the second
 * needs one number a sample and no derivative of the histogram.
 *
 * <p>Counts are whole numbers, 2³⁰ a sample, and blocks of samples are fixed by index, so the bits
 * are the same on any number of threads.
 */
final class MutualInformation {
    /** What one sample adds to the histogram in all. */
    private static final long ONE = 1L << 30;

    /** Samples of a block. */
    private static final int BLOCK = 1 << 13;

    /** Bins on either side of the moving image's range, for the window's reach. */
    private static final int PAD = 2;

    /** Below this share of samples with a value in the moving image nothing is said. */
    private static final double LEAST = 1.0 / 16;

    private final Samples samples;
    private final Moving moving;
    private final int bins;

    /** c of each sample (its place on the axis of bins, NaN outside) and the gradient of it. */
    private final double[] place;

    private final double[] slope;

    MutualInformation(Samples samples, Moving moving) {
        this.samples = samples;
        this.moving = moving;
        bins = samples.bins();
        place = new double[samples.size()];
        slope = new double[3 * samples.size()];
    }

    /**
     * What was found under one transform.
     *
     * @param value in nats; NaN where too few samples have a value in the moving image
     * @param gradient by each of the 12 numbers of (M | t), in nats, and nats per mm
     */
    record Found(double value, double[] gradient) {}

    Found at(Affine transform) {
        Affine toVoxels = samples.toWorld().then(transform).then(moving.fromWorld());
        int size = samples.size();
        int blocks = (size + BLOCK - 1) / BLOCK;
        long[][] counts = new long[blocks][];
        Parallel.forEach(blocks, b -> counts[b] = count(b, toVoxels));
        long[] joint = new long[bins * bins];
        for (long[] part : counts) {
            for (int n = 0; n < joint.length; n++) {
                joint[n] += part[n];
            }
        }
        long total = 0;
        for (long n : joint) {
            total += n;
        }
        if (total < LEAST * ONE * size) {
            return new Found(Double.NaN, new double[12]);
        }
        double[] log = new double[joint.length];
        double value = logs(joint, total, log);
        double[][] parts = new double[blocks][];
        Parallel.forEach(blocks, b -> parts[b] = gradient(b, log));
        double[] inVoxels = new double[12];
        for (double[] part : parts) {
            for (int n = 0; n < 12; n++) {
                inVoxels[n] += part[n] * ONE / total;
            }
        }
        return new Found(value, toWorld(inVoxels));
    }

    private long[] count(int block, Affine toVoxels) {
        long[] joint = new long[bins * bins];
        Moving.Reader reader = moving.reader();
        double[] at = new double[3];
        double times = (bins - 2 * PAD) / (moving.high() - moving.low());
        int end = Math.min(samples.size(), (block + 1) * BLOCK);
        for (int s = block * BLOCK; s < end; s++) {
            samples.voxel(s, at);
            toVoxels.apply(at);
            if (!reader.read(at)) {
                place[s] = Double.NaN;
                continue;
            }
            double c =
                    Math.min(
                            bins - PAD - 0.001,
                            Math.max(PAD, (reader.value() - moving.low()) * times + PAD));
            place[s] = c;
            for (int a = 0; a < 3; a++) {
                slope[3 * s + a] = reader.gradient(a) * times;
            }
            int first = (int) c - 1;
            double t = c - (int) c;
            double r = 1 - t;
            long w0 = (long) (ONE / 6.0 * r * r * r);
            long w1 = (long) (ONE / 6.0 * (3 * t * t * t - 6 * t * t + 4));
            long w3 = (long) (ONE / 6.0 * t * t * t);
            int bin = samples.bin(s) * bins + first;
            joint[bin] += w0;
            joint[bin + 1] += w1;
            joint[bin + 2] += ONE - w0 - w1 - w3;
            joint[bin + 3] += w3;
        }
        return joint;
    }

    /** Fills in log(p(f, m) / p(m)), 0 where there is nothing, and returns the information. */
    private double logs(long[] joint, long total, double[] log) {
        double[] fixed = new double[bins];
        double[] other = new double[bins];
        for (int f = 0; f < bins; f++) {
            for (int m = 0; m < bins; m++) {
                double p = joint[f * bins + m] / (double) total;
                fixed[f] += p;
                other[m] += p;
            }
        }
        double value = 0;
        for (int f = 0; f < bins; f++) {
            for (int m = 0; m < bins; m++) {
                double p = joint[f * bins + m] / (double) total;
                if (p > 0) {
                    log[f * bins + m] = StrictMath.log(p / other[m]);
                    value += p * (log[f * bins + m] - StrictMath.log(fixed[f]));
                }
            }
        }
        return value;
    }

    private double[] gradient(int block, double[] log) {
        double[] sum = new double[12];
        double[] at = new double[3];
        int end = Math.min(samples.size(), (block + 1) * BLOCK);
        for (int s = block * BLOCK; s < end; s++) {
            double c = place[s];
            if (c != c || c <= PAD || c >= bins - PAD - 0.001) {
                continue;
            }
            int bin = samples.bin(s) * bins + (int) c - 1;
            double t = c - (int) c;
            double r = 1 - t;
            double g =
                    (-r * r * log[bin]
                                    + (3 * t * t - 4 * t) * log[bin + 1]
                                    + (-3 * t * t + 2 * t + 1) * log[bin + 2]
                                    + t * t * log[bin + 3])
                            / 2;
            samples.voxel(s, at);
            for (int a = 0; a < 3; a++) {
                double ga = g * slope[3 * s + a];
                sum[4 * a] += ga * at[0];
                sum[4 * a + 1] += ga * at[1];
                sum[4 * a + 2] += ga * at[2];
                sum[4 * a + 3] += ga;
            }
        }
        return sum;
    }

    /** Turns the gradient by numbers between voxels into that by numbers between mm. */
    private double[] toWorld(double[] voxels) {
        double[] out = new double[12];
        Affine back = moving.fromWorld();
        Affine there = samples.toWorld();
        for (int c = 0; c < 4; c++) {
            for (int v = 0; v < 3; v++) {
                double sum = c == 3 ? voxels[4 * v + 3] : 0;
                for (int n = 0; n < 4 && c < 3; n++) {
                    sum += voxels[4 * v + n] * there.get(c, n);
                }
                for (int r = 0; r < 3; r++) {
                    out[4 * r + c] += sum * back.get(v, r);
                }
            }
        }
        return out;
    }
}
