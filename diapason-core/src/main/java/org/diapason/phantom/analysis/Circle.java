package org.diapason.phantom.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.volume.Geometry;
import org.diapason.volume.Volume;

/**
 * The outline of a bright disc in a slice: along rays the outermost place of half the local
 * brightness, then the circle through those by least squares (Kåsa 1976), twice without those that
 * are three robust standard deviations off it.
 *
 * @param uMm middle along i
 * @param vMm middle along j
 * @param radiusMm radius
 * @param rmsMm what the places kept are off it by
 * @param kept share of the rays that were kept
 */
record Circle(double uMm, double vMm, double radiusMm, double rmsMm, double kept) {
    private static final int RAYS = 240;

    /** Returns the circle, or null where no disc of about the radius is there. */
    static Circle find(Volume volume, int slice, double radiusMm) {
        double[] start = middle(volume, slice);
        if (start == null) {
            return null;
        }
        Geometry g = volume.geometry();
        double step = Math.min(g.spacing(0), g.spacing(1)) / 2;
        Area here = Area.disc("slice", slice, start[0], start[1], 1);
        List<double[]> places = new ArrayList<>();
        for (int r = 0; r < RAYS; r++) {
            double cos = StrictMath.cos(2 * Math.PI * r / RAYS);
            double sin = StrictMath.sin(2 * Math.PI * r / RAYS);
            int n = (int) (1.4 * radiusMm / step);
            double[] ray = new double[n];
            int length = 0;
            for (; length < n; length++) {
                double u = start[0] + cos * length * step;
                double v = start[1] + sin * length * step;
                if (u < 0
                        || v < 0
                        || u >= (g.ni() - 1) * g.spacing(0)
                        || v >= (g.nj() - 1) * g.spacing(1)) {
                    break;
                }
                ray[length] = SliceThickness.at(volume, u, v, here);
            }
            int from = (int) (0.7 * radiusMm / step);
            int to = (int) (0.92 * radiusMm / step);
            if (length <= to) {
                continue;
            }
            double[] body = Arrays.copyOfRange(ray, from, to);
            Arrays.sort(body);
            double half = body[body.length / 2] / 2;
            int x = length - 1;
            while (x > from && ray[x] < half) {
                x--;
            }
            if (x > from && x < length - 1) {
                double d = (x + (ray[x] - half) / (ray[x] - ray[x + 1])) * step;
                places.add(new double[] {start[0] + cos * d, start[1] + sin * d});
            }
        }
        return fit(places);
    }

    private static double[] middle(Volume volume, int slice) {
        Geometry g = volume.geometry();
        double[] sorted = new double[g.ni() * g.nj()];
        for (int n = 0; n < sorted.length; n++) {
            sorted[n] = volume.at(n % g.ni(), n / g.ni(), slice);
        }
        double[] values = sorted.clone();
        Arrays.sort(sorted);
        double bright = sorted[(int) (0.98 * (sorted.length - 1))];
        double sum = 0;
        double u = 0;
        double v = 0;
        for (int n = 0; n < values.length; n++) {
            if (values[n] > 0.3 * bright) {
                sum++;
                u += n % g.ni() * g.spacing(0);
                v += n / g.ni() * g.spacing(1);
            }
        }
        return bright > 0 && sum > 100 ? new double[] {u / sum, v / sum} : null;
    }

    private static Circle fit(List<double[]> places) {
        Circle circle = null;
        List<double[]> kept = places;
        for (int round = 0; round < 3 && kept.size() >= RAYS / 4; round++) {
            circle = kasa(kept, kept.size() / (double) RAYS);
            Circle now = circle;
            double[] off = kept.stream().mapToDouble(p -> Math.abs(now.off(p))).sorted().toArray();
            double limit = 3 * 1.4826 * off[off.length / 2] + 0.05;
            kept = kept.stream().filter(p -> Math.abs(now.off(p)) <= limit).toList();
        }
        return circle;
    }

    private double off(double[] p) {
        double u = p[0] - uMm;
        double v = p[1] - vMm;
        return Math.sqrt(u * u + v * v) - radiusMm;
    }

    /** The circle 2 a u + 2 b v + c = u² + v² by least squares about the mean place. */
    private static Circle kasa(List<double[]> places, double kept) {
        double n = places.size();
        double mu = 0;
        double mv = 0;
        for (double[] p : places) {
            mu += p[0] / n;
            mv += p[1] / n;
        }
        double uu = 0;
        double uv = 0;
        double vv = 0;
        double uz = 0;
        double vz = 0;
        double z = 0;
        for (double[] p : places) {
            double u = p[0] - mu;
            double v = p[1] - mv;
            double square = u * u + v * v;
            uu += u * u;
            uv += u * v;
            vv += v * v;
            uz += u * square;
            vz += v * square;
            z += square / n;
        }
        double det = uu * vv - uv * uv;
        double a = (uz * vv - vz * uv) / det / 2;
        double b = (vz * uu - uz * uv) / det / 2;
        double radius = Math.sqrt(z + a * a + b * b);
        Circle circle = new Circle(mu + a, mv + b, radius, 0, kept);
        double sum = 0;
        for (double[] p : places) {
            sum += circle.off(p) * circle.off(p) / n;
        }
        return new Circle(mu + a, mv + b, radius, Math.sqrt(sum), kept);
    }
}
