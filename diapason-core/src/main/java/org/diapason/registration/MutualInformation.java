package org.diapason.registration;

import org.diapason.math.Parallel;
import org.diapason.volume.Affine;

/**
 * Mutual information of two images under a linear transform in nats, with its gradient.
 *
 * <p>Parzen windows of order 0 in the fixed and order 3 in the moving image (Mattes et al. 2003,
 * IEEE TMI 22(1):120–128, doi:10.1109/TMI.2003.809072; gradient: Thévenaz and Unser 2000, IEEE TIP
 * 9(12):2083–2099, doi:10.1109/83.887976, equation 23), in two passes: the first counts, the second
 * needs one number a sample and no derivative of the histogram.
 *
 * <p>Counts are whole numbers, 2³⁰ a sample, and blocks of samples are fixed by index, so the bits
 * are the same on any number of threads.
 */
final class MutualInformation implements Metric {
    /** What one sample adds to the histogram in all. */
    private static final long ONE = 1L << 30;

    /** Blocks that samples are counted in, at most, and samples of a block, at least. */
    private static final int BLOCKS = 32;

    private static final int FEWEST = 1 << 11;

    /** Bins on either side of the moving image's range, for the window's reach. */
    private static final int PAD = 2;

    private final Samples samples;
    private final Moving moving;
    private final int bins;
    private final int block;

    /** c of each sample, its place on the axis of bins, and the change of it per voxel. */
    private final float[] place;

    private final float[] slope;

    MutualInformation(Samples samples, Moving moving) {
        this.samples = samples;
        this.moving = moving;
        bins = samples.bins();
        block = Math.max(FEWEST, (samples.size() + BLOCKS - 1) / BLOCKS);
        place = new float[samples.size()];
        slope = new float[3 * samples.size()];
    }

    @Override
    public Found at(Affine transform) {
        double[] log = new double[bins * bins];
        double value = logs(joint(transform), log);
        return new Found(value, samples.toWorld(moving, gradient(log, 1)));
    }

    @Override
    public double[][] parts(Affine transform) {
        double[] log = new double[bins * bins];
        logs(joint(transform), log);
        double[] sums = gradient(log, Samples.ALL_CELLS);
        return samples.cellsToWorld(moving, sums, 12);
    }

    @Override
    public double[] shares(Affine transform) {
        double[] log = new double[bins * bins];
        logs(joint(transform), log);
        double[] logFixed = new double[bins];
        for (int s = 0; s < samples.size(); s++) {
            logFixed[samples.bin(s)]++;
        }
        for (int f = 0; f < bins; f++) {
            logFixed[f] = logFixed[f] > 0 ? StrictMath.log(logFixed[f] / samples.size()) : 0;
        }
        double[] shares = new double[Samples.ALL_CELLS];
        for (int s = 0; s < samples.size(); s++) {
            int whole = (int) place[s];
            int bin = samples.bin(s) * bins + whole - 1;
            double t = place[s] - whole;
            double r = 1 - t;
            double told =
                    (r * r * r * log[bin]
                                    + (3 * t * t * t - 6 * t * t + 4) * log[bin + 1]
                                    + (3 * r * r * r - 6 * r * r + 4) * log[bin + 2]
                                    + t * t * t * log[bin + 3])
                            / 6;
            shares[samples.cell(s)] += (told - logFixed[samples.bin(s)]) / samples.size();
        }
        return shares;
    }

    /** Returns the gradient in voxels, 12 numbers for each cell, or 12 where one is asked for. */
    private double[] gradient(double[] log, int cells) {
        double[][] parts = new double[blocks()][];
        Parallel.forEach(parts.length, b -> parts[b] = gradient(b, log, cells));
        double[] sums = new double[12 * cells];
        for (double[] part : parts) {
            for (int n = 0; n < sums.length; n++) {
                sums[n] += part[n] / samples.size();
            }
        }
        return sums;
    }

    @Override
    public double value(Affine transform) {
        return logs(joint(transform), new double[bins * bins]);
    }

    @Override
    public double likelihood(double value) {
        return value;
    }

    private int blocks() {
        return (samples.size() + block - 1) / block;
    }

    private long[] joint(Affine transform) {
        double[] toVoxels = samples.into(moving, transform).matrix().toArray();
        long[][] counts = new long[blocks()][];
        Parallel.forEach(counts.length, b -> counts[b] = count(b, toVoxels));
        long[] joint = new long[bins * bins];
        for (long[] part : counts) {
            for (int n = 0; n < joint.length; n++) {
                joint[n] += part[n];
            }
        }
        return joint;
    }

    private long[] count(int b, double[] m) {
        long[] joint = new long[bins * bins];
        Moving.Reader reader = moving.reader();
        float times = (float) ((bins - 2 * PAD) / (moving.high() - moving.low()));
        float low = (float) moving.low();
        float last = bins - PAD - 0.001f;
        int end = Math.min(samples.size(), (b + 1) * block);
        for (int s = b * block; s < end; s++) {
            float i = samples.voxel(s, 0);
            float j = samples.voxel(s, 1);
            float k = samples.voxel(s, 2);
            reader.read(
                    m[0] * i + m[1] * j + m[2] * k + m[3],
                    m[4] * i + m[5] * j + m[6] * k + m[7],
                    m[8] * i + m[9] * j + m[10] * k + m[11]);
            float c = Math.min(last, Math.max(PAD, (reader.value() - low) * times + PAD));
            place[s] = c;
            slope[3 * s] = reader.alongI() * times;
            slope[3 * s + 1] = reader.alongJ() * times;
            slope[3 * s + 2] = reader.alongK() * times;
            int whole = (int) c;
            double t = c - whole;
            double r = 1 - t;
            long w0 = (long) (ONE / 6.0 * r * r * r);
            long w1 = (long) (ONE / 6.0 * (3 * t * t * t - 6 * t * t + 4));
            long w3 = (long) (ONE / 6.0 * t * t * t);
            int bin = samples.bin(s) * bins + whole - 1;
            joint[bin] += w0;
            joint[bin + 1] += w1;
            joint[bin + 2] += ONE - w0 - w1 - w3;
            joint[bin + 3] += w3;
        }
        return joint;
    }

    /** Fills in log(p(f, m) / p(m)), 0 where there is nothing, and returns the information. */
    private double logs(long[] joint, double[] log) {
        double total = (double) ONE * samples.size();
        double[] other = new double[bins];
        for (int n = 0; n < joint.length; n++) {
            other[n % bins] += joint[n];
        }
        double[] logOther = new double[bins];
        for (int m = 0; m < bins; m++) {
            logOther[m] = other[m] > 0 ? StrictMath.log(other[m] / total) : 0;
        }
        double value = 0;
        for (int f = 0; f < bins; f++) {
            double fixed = 0;
            for (int m = 0; m < bins; m++) {
                int n = f * bins + m;
                if (joint[n] > 0) {
                    double p = joint[n] / total;
                    fixed += p;
                    log[n] = StrictMath.log(p) - logOther[m];
                    value += p * log[n];
                }
            }
            value -= fixed > 0 ? fixed * StrictMath.log(fixed) : 0;
        }
        return value;
    }

    private double[] gradient(int b, double[] log, int cells) {
        double[] sum = new double[12 * cells];
        float last = bins - PAD - 0.001f;
        int end = Math.min(samples.size(), (b + 1) * block);
        for (int s = b * block; s < end; s++) {
            float c = place[s];
            if (c <= PAD || c >= last) {
                continue;
            }
            int whole = (int) c;
            int bin = samples.bin(s) * bins + whole - 1;
            double t = c - whole;
            double r = 1 - t;
            double g =
                    (-r * r * log[bin]
                                    + (3 * t - 4) * t * log[bin + 1]
                                    + ((-3 * t + 2) * t + 1) * log[bin + 2]
                                    + t * t * log[bin + 3])
                            / 2;
            float i = samples.voxel(s, 0);
            float j = samples.voxel(s, 1);
            float k = samples.voxel(s, 2);
            int first = cells == 1 ? 0 : 12 * samples.cell(s);
            for (int a = 0; a < 3; a++) {
                double ga = g * slope[3 * s + a];
                sum[first + 4 * a] += ga * i;
                sum[first + 4 * a + 1] += ga * j;
                sum[first + 4 * a + 2] += ga * k;
                sum[first + 4 * a + 3] += ga;
            }
        }
        return sum;
    }
}
