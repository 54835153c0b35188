package org.diapason.registration;

import java.util.Arrays;
import org.diapason.math.Parallel;
import org.diapason.volume.Affine;

/**
 * Minus the mean squared difference of two images of one contrast, in the variance of the fixed
 * one, with its gradient. Sums run in blocks of samples fixed by index.
 */
final class MeanSquares implements Metric {
    private static final int BLOCKS = 32;
    private static final int FEWEST = 1 << 11;

    private final Samples samples;
    private final Moving moving;
    private final int block;
    private final double variance;

    MeanSquares(Samples samples, Moving moving) {
        this.samples = samples;
        this.moving = moving;
        block = Math.max(FEWEST, (samples.size() + BLOCKS - 1) / BLOCKS);
        double sum = 0;
        double square = 0;
        for (int s = 0; s < samples.size(); s++) {
            sum += samples.value(s);
            square += (double) samples.value(s) * samples.value(s);
        }
        double mean = sum / samples.size();
        variance = Math.max(1e-300, square / samples.size() - mean * mean);
    }

    @Override
    public Found at(Affine transform) {
        double[] sums = sums(transform, 1);
        return new Found(sums[12], samples.toWorld(moving, Arrays.copyOf(sums, 12)));
    }

    @Override
    public double[][] parts(Affine transform) {
        double[] sums = sums(transform, Samples.ALL_CELLS);
        return samples.cellsToWorld(moving, sums, 13);
    }

    @Override
    public double[] shares(Affine transform) {
        double[] sums = sums(transform, Samples.ALL_CELLS);
        double[] shares = new double[Samples.ALL_CELLS];
        for (int p = 0; p < shares.length; p++) {
            shares[p] = sums[13 * p + 12];
        }
        return shares;
    }

    private double[] sums(Affine transform, int cells) {
        double[] toVoxels = samples.into(moving, transform).matrix().toArray();
        double[][] parts = new double[(samples.size() + block - 1) / block][];
        Parallel.forEach(parts.length, b -> parts[b] = sums(b, toVoxels, cells));
        double[] sum = new double[13 * cells];
        for (double[] part : parts) {
            for (int n = 0; n < sum.length; n++) {
                sum[n] -= part[n] / (samples.size() * variance);
            }
        }
        return sum;
    }

    @Override
    public double value(Affine transform) {
        return at(transform).value();
    }

    /** Normal differences of any variance; equal images end at one part in 10¹². */
    @Override
    public double likelihood(double value) {
        return -0.5 * StrictMath.log(Math.max(1e-12, -value));
    }

    /** Returns the gradient's twelve numbers and the sum of squares, for each cell or for all. */
    private double[] sums(int b, double[] m, int cells) {
        double[] sum = new double[13 * cells];
        Moving.Reader reader = moving.reader();
        int end = Math.min(samples.size(), (b + 1) * block);
        for (int s = b * block; s < end; s++) {
            float i = samples.voxel(s, 0);
            float j = samples.voxel(s, 1);
            float k = samples.voxel(s, 2);
            reader.read(
                    m[0] * i + m[1] * j + m[2] * k + m[3],
                    m[4] * i + m[5] * j + m[6] * k + m[7],
                    m[8] * i + m[9] * j + m[10] * k + m[11]);
            double off = reader.value() - samples.value(s);
            int first = cells == 1 ? 0 : 13 * samples.cell(s);
            sum[first + 12] += off * off;
            for (int a = 0; a < 3; a++) {
                double g = 2 * off * reader.along(a);
                sum[first + 4 * a] += g * i;
                sum[first + 4 * a + 1] += g * j;
                sum[first + 4 * a + 2] += g * k;
                sum[first + 4 * a + 3] += g;
            }
        }
        return sum;
    }
}
