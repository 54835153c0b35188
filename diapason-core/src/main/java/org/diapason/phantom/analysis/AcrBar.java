package org.diapason.phantom.analysis;

import java.util.ArrayList;
import java.util.List;
import org.diapason.volume.DataException;
import org.diapason.volume.Volume;

/**
 * The dark bar of slice 1 of ACR's phantom: where it crosses the middle and how it is turned.
 *
 * @param vMm place along j of its middle at the phantom's
 * @param degrees how far it is turned from i towards j
 */
record AcrBar(double vMm, double degrees) {

    static AcrBar find(Volume volume, int slice, Circle c) {
        List<double[]> middles = new ArrayList<>();
        double step = volume.geometry().spacing(1) / 4;
        Area here = Area.disc("bar", slice, c.uMm(), c.vMm(), 1);
        for (int column = -8; column <= 8; column++) {
            double u = c.uMm() + 5 * column;
            double top = 0;
            double bottom = 0;
            double water = 0;
            int n = (int) (10 / step);
            try {
                for (int x = 0; x < n; x++) {
                    double v = c.vMm() - 24 + x * step;
                    water += SliceThickness.at(volume, u, v, here) / n;
                }
                top = crossing(volume, here, u, c.vMm() - 13, step, water / 2);
                bottom = crossing(volume, here, u, c.vMm() + 13, -step, water / 2);
            } catch (DataException outside) {
                return null;
            }
            if (bottom - top > 7 && bottom - top < 14) {
                middles.add(new double[] {u - c.uMm(), (top + bottom) / 2});
            }
        }
        if (middles.size() < 12) {
            return null;
        }
        double n = middles.size();
        double x = 0;
        double y = 0;
        for (double[] m : middles) {
            x += m[0] / n;
            y += m[1] / n;
        }
        double xx = 0;
        double xy = 0;
        for (double[] m : middles) {
            xx += (m[0] - x) * (m[0] - x);
            xy += (m[0] - x) * (m[1] - y);
        }
        double slope = xy / xx;
        return new AcrBar(y - slope * x, StrictMath.toDegrees(StrictMath.atan(slope)));
    }

    private static double crossing(
            Volume volume, Area here, double u, double from, double step, double half) {
        for (int n = 0; n * Math.abs(step) < 13; n++) {
            if (SliceThickness.at(volume, u, from + n * step, here) < half) {
                return from + n * step;
            }
        }
        return from + 13 * Math.signum(step);
    }
}
