package org.diapason.phantom.analysis;

import java.util.Arrays;
import java.util.List;
import org.diapason.volume.DataException;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;

/**
 * The values of a region.
 *
 * @param n how many
 * @param mean their mean
 * @param sd their standard deviation, n − 1 in the denominator; 0 for one value
 */
public record Sample(int n, double mean, double sd) {

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
        double[] values = new double[mask.count()];
        int at = 0;
        for (int v = 0; v < mask.voxels().length; v++) {
            if (mask.voxels()[v]) {
                values[at++] = volume.values()[v];
            }
        }
        return checked(name, values);
    }

    /** Returns the values of several areas together. */
    static Sample of(Volume volume, List<Area> areas) {
        double[] all = new double[0];
        for (Area area : areas) {
            double[] more = area.values(volume);
            double[] both = Arrays.copyOf(all, all.length + more.length);
            System.arraycopy(more, 0, both, all.length, more.length);
            all = both;
        }
        return checked(areas.isEmpty() ? "nowhere" : areas.get(0).name(), all);
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

    /** Returns the standard error of the mean, the voxels taken as independent. */
    double error() {
        return sd / Math.sqrt(n);
    }
}
