package org.diapason.phantom.analysis;

import java.util.Arrays;
import java.util.List;
import org.diapason.math.NoisePower;
import org.diapason.math.NoiseSquares;
import org.diapason.math.Rng;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * The noise power spectrum of uniform tissue, in plane, with intervals: {@link NoiseSquares} of the
 * mask that overlap by half, {@link NoisePower} of all.
 *
 * <p>Intervals: 95 % of 400 draws of whole slices with replacement; NaN for fewer than three.
 *
 * @param size edge of the squares in voxels
 * @param regions how many squares
 * @param detrend order of the polynomial taken off: 0 mean, 1 plane, 2 quadric
 * @param spectrum the spectrum, in the square of the unit times mm²
 * @param sdInterval ends of the interval of the standard deviation
 * @param averageInterval ends of the interval of the mean frequency
 */
public record Nps(
        int size,
        int regions,
        int detrend,
        NoisePower spectrum,
        Numbers sdInterval,
        Numbers averageInterval) {
    private static final int DRAWS = 400;

    /**
     * Measures the spectrum.
     *
     * @param uniform where the object is uniform
     * @param size edge of the squares in voxels; 8 or more
     * @param detrend 0, 1 or 2
     * @throws DataException if no square fits into the mask
     */
    public static Nps of(Volume volume, Mask uniform, int size, int detrend) {
        Geometry g = volume.geometry();
        List<int[]> corners = NoiseSquares.inside(g, volume.values(), uniform.voxels(), size);
        if (corners.isEmpty()) {
            throw new DataException(
                    "the uniform region holds no square of "
                            + size
                            + " × "
                            + size
                            + " voxels for a noise spectrum. Take smaller squares.");
        }
        NoiseSquares squares = new NoiseSquares(g, volume.values(), corners, size, detrend);
        int slices = squares.slices();
        double[] sds = new double[DRAWS];
        double[] averages = new double[DRAWS];
        Rng rng = new Rng(Rng.seed(0, "nps"));
        for (int d = 0; d < DRAWS && slices > 2; d++) {
            int[] drawn = new int[slices];
            Arrays.setAll(drawn, n -> rng.nextInt(slices));
            NoisePower some = squares.spectrum(drawn);
            sds[d] = some.sd();
            averages[d] = some.averagePerMm();
        }
        return new Nps(
                size,
                corners.size(),
                detrend,
                squares.spectrum(),
                slices > 2 ? ends(sds) : Numbers.of(Double.NaN, Double.NaN),
                slices > 2 ? ends(averages) : Numbers.of(Double.NaN, Double.NaN));
    }

    /** Returns the figures of a table, in the unit of the volume. */
    public List<Measured> figures(String unit) {
        String how =
                regions
                        + " squares of "
                        + size
                        + " × "
                        + size
                        + " voxels, "
                        + List.of("mean", "plane", "quadric").get(detrend)
                        + " taken off";
        return List.of(
                new Measured(
                        "noise-sd", spectrum.sd(), unit, sdInterval.get(0), sdInterval.get(1), how),
                new Measured(
                        "nps-average",
                        spectrum.averagePerMm(),
                        "1/mm",
                        averageInterval.get(0),
                        averageInterval.get(1),
                        how),
                Measured.bare("nps-peak", spectrum.peakPerMm(), "1/mm", how));
    }

    private static Numbers ends(double[] draws) {
        Arrays.sort(draws);
        return Numbers.of(draws[DRAWS / 40], draws[DRAWS - 1 - DRAWS / 40]);
    }
}
