package org.diapason.phantom;

import org.diapason.volume.Numbers;

/**
 * An ellipsoid whose surface goes up and down in folds, as the cortex does.
 *
 * <p>Inside is where {@code g(p) = e(p) + depth · s(p)} is negative: e the distance of the
 * ellipsoid ({@link Ellipsoid#distanceMm}) and s, from −1 to 1, the sum of two gyroids {@code sin
 * kx cos ky + sin ky cos kz + sin kz cos kx} of wavelengths {@code lengthMm} and 0.62 of it. Two
 * shapes of one length fold alike, so that one in the other makes a ribbon.
 *
 * <p>Blurred: {@code Φ(−g / (|∇g| σ))}, the distance to first order; a fold narrower than 5 σ is
 * shown only roughly. The same function is drawn in every pose, so a moved object is exact.
 *
 * @param centreMm x, y, z of the centre in mm
 * @param semiAxesMm half lengths along x, y, z in mm; positive
 * @param depthMm how far the surface goes in and out, along the narrowest axis, in mm; positive
 * @param lengthMm from fold to fold in mm; positive
 */
public record Folded(Numbers centreMm, Numbers semiAxesMm, double depthMm, double lengthMm)
        implements Shape {
    private static final double FINER = 0.62;

    /** Turns the second pattern away from the first one. */
    private static final double PHASE = 2.1;

    public Folded {
        Shape.three("centreMm of a folded ellipsoid", centreMm);
        Shape.positive("semiAxesMm of a folded ellipsoid", semiAxesMm);
        Shape.positive("depthMm of a folded ellipsoid", depthMm);
        Shape.positive("lengthMm of a folded ellipsoid", lengthMm);
    }

    @Override
    public double distanceMm(double x, double y, double z) {
        double even = ellipsoid(x, y, z);
        double most = 1 + depthMm * steepest();
        if (Math.abs(even) > depthMm + 1) {
            // The folds change no sign here.
            return (even - Math.copySign(depthMm, even)) / most;
        }
        return (even + depthMm * folds(x, y, z, null)) / most;
    }

    @Override
    public double share(double x, double y, double z, double sigmaMm) {
        double even = ellipsoid(x, y, z);
        double most = 1 + depthMm * steepest();
        if (Math.abs(even) > depthMm + 6 * sigmaMm * most) {
            return even > 0 ? 0 : 1;
        }
        double[] slope = new double[3];
        double g = even + depthMm * folds(x, y, z, slope);
        double[] p = {x, y, z};
        double least = roundMm();
        double square = 0;
        for (int a = 0; a < 3; a++) {
            double semi = semiAxesMm.get(a);
            double root = even / least + 1;
            double rise = root < 1e-6 ? 0 : least * (p[a] - centreMm.get(a)) / (semi * semi * root);
            double along = rise + depthMm * slope[a];
            square += along * along;
        }
        // Where folds are level the distance to first order has no meaning; g itself is near.
        double steep = Math.max(0.3, Math.sqrt(square));
        return Projection.phi(-g / (steep * sigmaMm));
    }

    /** Returns the volume in mm³ to about 0.1 %: the shares of points 1/40 of the shape apart. */
    @Override
    public double volumeMm3() {
        int half = 24;
        double sum = 0;
        double[] step = new double[3];
        for (int a = 0; a < 3; a++) {
            double stretch = 1 + 1.5 * depthMm / roundMm();
            step[a] = semiAxesMm.get(a) * stretch / half;
        }
        double sigma = Math.min(step[0], Math.min(step[1], step[2])) / 3;
        for (int c = -half; c <= half; c++) {
            for (int b = -half; b <= half; b++) {
                for (int a = -half; a <= half; a++) {
                    sum +=
                            share(
                                    centreMm.get(0) + a * step[0],
                                    centreMm.get(1) + b * step[1],
                                    centreMm.get(2) + c * step[2],
                                    sigma);
                }
            }
        }
        return sum * step[0] * step[1] * step[2];
    }

    @Override
    public double roundMm() {
        return Math.min(semiAxesMm.get(0), Math.min(semiAxesMm.get(1), semiAxesMm.get(2)));
    }

    private double ellipsoid(double x, double y, double z) {
        double u = (x - centreMm.get(0)) / semiAxesMm.get(0);
        double v = (y - centreMm.get(1)) / semiAxesMm.get(1);
        double w = (z - centreMm.get(2)) / semiAxesMm.get(2);
        return (Math.sqrt(u * u + v * v + w * w) - 1) * roundMm();
    }

    /** Returns a bound of the slope of s per mm. */
    private double steepest() {
        double k = 2 * Math.PI / lengthMm;
        return Math.sqrt(3) / 3 * k * (1 + 1 / FINER);
    }

    /** Returns s; writes its slope per mm where it is asked for. */
    private double folds(double x, double y, double z, double[] slope) {
        double coarse = 2 * Math.PI / lengthMm;
        return gyroid(x, y, z, coarse, 0, slope) + gyroid(x, y, z, coarse / FINER, PHASE, slope);
    }

    private static double gyroid(
            double x, double y, double z, double k, double phase, double[] slope) {
        double sx = Sine.of(k * x + phase);
        double sy = Sine.of(k * y + phase);
        double sz = Sine.of(k * z + phase);
        double cx = Sine.ofQuarterLater(k * x + phase);
        double cy = Sine.ofQuarterLater(k * y + phase);
        double cz = Sine.ofQuarterLater(k * z + phase);
        if (slope != null) {
            slope[0] += k / 3 * (cx * cy - sz * sx);
            slope[1] += k / 3 * (cy * cz - sx * sy);
            slope[2] += k / 3 * (cz * cx - sy * sz);
        }
        return (sx * cy + sy * cz + sz * cx) / 3;
    }
}
