package org.diapason.quality;

import java.util.List;

/** The angle between the spectra of both images at a voxel. */
final class Spectra {
    private Spectra() {}

    /**
     * Mean over voxels of {@code arccos(⟨x, y⟩ / (|x| |y|))} in degrees, x and y the values of all
     * bands: Yuhas, Goetz and Boardman 1992, JPL Airborne Geoscience Workshop. A voxel counts where
     * every band of both images has a value and neither spectrum is zero.
     */
    static Measured angle(List<Pair> bands) {
        if (bands.size() < 2) {
            return Measured.none(
                    Metric.SAM,
                    "a spectrum needs two bands or more, and an image has one channel.");
        }
        Pair first = bands.get(0);
        Tally tally =
                Tally.overVoxels(
                        first.cells,
                        2,
                        (i0, i1, j, k, sums) -> {
                            int row = first.g.index(0, j, k);
                            for (int v = row + i0; v < row + i1; v++) {
                                double angle = angle(bands, v);
                                if (angle == angle) {
                                    sums[0]++;
                                    sums[1] += angle;
                                }
                            }
                        });
        return Measured.of(
                        Metric.SAM,
                        tally,
                        Ssim::mean,
                        "no voxel has values in every band of both images that are not all 0.")
                .with(
                        new Measured.Variant(
                                "torchmetrics spectral_angle_mapper",
                                tally,
                                sums -> Math.toRadians(Ssim.mean(sums)),
                                "states the angle in radians"));
    }

    private static double angle(List<Pair> bands, int v) {
        double xx = 0;
        double yy = 0;
        double dd = 0;
        double ss = 0;
        for (Pair band : bands) {
            if (!band.counts(v)) {
                return Double.NaN;
            }
            xx += (double) band.x[v] * band.x[v];
            yy += (double) band.y[v] * band.y[v];
        }
        double nx = Math.sqrt(xx);
        double ny = Math.sqrt(yy);
        // 2 atan2(|u − v|, |u + v|) of unit vectors keeps small angles, which arccos loses
        for (Pair band : bands) {
            double a = band.x[v] / nx;
            double b = band.y[v] / ny;
            dd += (a - b) * (a - b);
            ss += (a + b) * (a + b);
        }
        return xx > 0 && yy > 0
                ? Math.toDegrees(2 * StrictMath.atan2(Math.sqrt(dd), Math.sqrt(ss)))
                : Double.NaN;
    }
}
