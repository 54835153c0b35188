package org.diapason.phantom.analysis;

import java.util.Arrays;
import java.util.List;
import org.diapason.math.EffectiveVoxels;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * The values of a region.
 *
 * @param n how many
 * @param mean their mean
 * @param sd their standard deviation, n − 1 in the denominator; 0 for one value
 * @param free how many independent values they are worth, {@link EffectiveVoxels}
 */
public record Sample(int n, double mean, double sd, EffectiveVoxels free) {

    /** Makes a sample of independent values. */
    public Sample(int n, double mean, double sd) {
        this(n, mean, sd, new EffectiveVoxels(n, n));
    }

    /** Returns count, mean and spread of values. */
    static Sample of(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += v;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (double v : values) {
            squares += (v - mean) * (v - mean);
        }
        double sd = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
        return new Sample(values.length, mean, sd);
    }

    /**
     * Returns the values in a mask.
     *
     * @throws DataException if the mask is empty, on another grid, or holds a voxel of no
     *     measurement
     */
    public static Sample of(String name, Volume volume, Mask mask) {
        if (!mask.geometry().isClose(volume.geometry(), 1e-3)) {
            throw new DataException(
                    "region "
                            + name
                            + " lies on another grid than the image. Draw it on the image.");
        }
        Geometry g = volume.geometry();
        int[] low = {g.ni(), g.nj(), g.nk()};
        int[] high = {-1, -1, -1};
        for (int v = 0; v < mask.voxels().length; v++) {
            if (mask.voxels()[v]) {
                for (int a = 0; a < 3; a++) {
                    int at =
                            a == 0
                                    ? v % g.ni()
                                    : a == 1 ? v / g.ni() % g.nj() : v / g.ni() / g.nj();
                    low[a] = Math.min(low[a], at);
                    high[a] = Math.max(high[a], at);
                }
            }
        }
        int ni = Math.max(0, high[0] - low[0] + 1);
        int nj = Math.max(0, high[1] - low[1] + 1);
        int nk = Math.max(0, high[2] - low[2] + 1);
        double[] box = new double[ni * nj * nk];
        boolean[] in = new boolean[box.length];
        for (int v = 0; v < box.length; v++) {
            int at = g.index(low[0] + v % ni, low[1] + v / ni % nj, low[2] + v / (ni * nj));
            in[v] = mask.voxels()[at];
            box[v] = in[v] ? volume.values()[at] : 0;
        }
        return of(name, box, in, ni, nj, nk);
    }

    /** Returns the values of a box that are in a region. */
    static Sample of(String name, double[] box, boolean[] in, int ni, int nj, int nk) {
        double[] values = new double[box.length];
        int n = 0;
        for (int v = 0; v < box.length; v++) {
            if (in[v]) {
                values[n++] = box[v];
            }
        }
        Sample s = checked(name, Arrays.copyOf(values, n));
        return new Sample(n, s.mean, s.sd, EffectiveVoxels.of(box, in, ni, nj, nk));
    }

    /** Returns the values of several areas together. */
    static Sample of(Volume volume, List<Area> areas) {
        return pooled(areas.stream().map(area -> area.sample(volume)).toList());
    }

    /** Returns the values of several samples together; what one is worth says nothing of others. */
    static Sample pooled(List<Sample> parts) {
        double n = 0;
        double sum = 0;
        double ofMean = 0;
        double ofSpread = 0;
        for (Sample s : parts) {
            n += s.n;
            sum += s.n * s.mean;
            ofMean += s.n * (double) s.n / s.free.forMean();
            ofSpread += s.n * (double) s.n / s.free.forSpread();
        }
        double mean = sum / n;
        double squares = 0;
        for (Sample s : parts) {
            squares += (s.n - 1) * s.sd * s.sd + s.n * (s.mean - mean) * (s.mean - mean);
        }
        double sd = n > 1 ? Math.sqrt(squares / (n - 1)) : 0;
        EffectiveVoxels free = new EffectiveVoxels(n * n / ofMean, n * n / ofSpread);
        return new Sample((int) n, mean, sd, free);
    }

    private static Sample checked(String name, double[] values) {
        Sample sample = values.length == 0 ? new Sample(0, 0, 0) : of(values);
        if (values.length == 0 || Double.isNaN(sample.mean)) {
            throw new DataException(
                    "region "
                            + name
                            + (values.length == 0
                                    ? " has no voxel"
                                    : " holds voxels without a measurement")
                            + ". Scan the whole phantom, or say where it is.");
        }
        return sample;
    }

    /**
     * Returns the standard error of the mean, widened so that {@code ± 1.96} of it hold 95 % by
     * Student's t of as many values as the voxels are worth.
     */
    double error() {
        double m = Math.max(2, free.forMean());
        double t = new TDistribution(m - 1).inverseCumulativeProbability(0.975);
        return sd / Math.sqrt(free.forMean()) * t / Measured.Z;
    }

    /** Returns the standard error of the standard deviation over it. */
    double spreadError() {
        return 1 / Math.sqrt(2 * Math.max(1, free.forSpread() - 1));
    }
}
