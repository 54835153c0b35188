package org.diapason.phantom.analysis;

import java.util.List;
import org.diapason.volume.DataException;
import org.diapason.volume.Volume;

/** The pair of bars at the top of slices 1 and 11 of the ACR MRI phantom: slice position. */
final class AcrWedges {
    private static final double TOP_MM = -80;
    private static final double STEP_MM = 0.25;
    private static final int STEPS = 120;

    private AcrWedges() {}

    /**
     * Returns by how much the right bar of a slice is longer.
     *
     * @param name of the slice
     * @param areas receives where the bars are
     */
    static Measured of(
            Volume volume, QaReport.Place place, String name, int slice, List<Area> areas) {
        double[] end = new double[2];
        double angle = StrictMath.toRadians(place.rollDegrees());
        for (int side = 0; side < 2; side++) {
            double x = side == 0 ? -3 : 3;
            double[] profile = new double[STEPS];
            for (int n = 0; n < STEPS; n++) {
                for (int b = -2; b <= 2; b++) {
                    double across = x + b * 0.5;
                    double up = TOP_MM + n * STEP_MM;
                    double u =
                            place.uMm()
                                    + across * StrictMath.cos(angle)
                                    - up * StrictMath.sin(angle);
                    double v =
                            place.vMm()
                                    + across * StrictMath.sin(angle)
                                    + up * StrictMath.cos(angle);
                    Area here = Area.disc("bars of slice " + name, slice, u, v, 1);
                    profile[n] += SliceThickness.at(volume, u, v, here) / 5;
                }
            }
            double dark = mean(profile, 0, 30);
            double water = mean(profile, STEPS - 16, STEPS);
            int n = STEPS - 1;
            while (n > 0 && profile[n] > (dark + water) / 2) {
                n--;
            }
            if (!(dark < 0.5 * water) || n == 0 || n == STEPS - 1) {
                throw new DataException(
                        "the two bars at the top of slice "
                                + name
                                + " are not there. Scan the"
                                + " phantom with its nose up.");
            }
            double part = ((dark + water) / 2 - profile[n]) / (profile[n + 1] - profile[n]);
            end[side] = (n + part) * STEP_MM;
        }
        areas.add(
                new Area(
                        "bars",
                        true,
                        slice,
                        place.uMm() + 62 * StrictMath.sin(angle),
                        place.vMm() - 62 * StrictMath.cos(angle),
                        5,
                        17,
                        place.rollDegrees()));
        return Measured.bare(
                "bar-difference." + name,
                end[1] - end[0],
                "mm",
                "right bar less left; the slice is off by half of it");
    }

    private static double mean(double[] v, int from, int to) {
        double sum = 0;
        for (int n = from; n < to; n++) {
            sum += v[n] / (to - from);
        }
        return sum;
    }
}
