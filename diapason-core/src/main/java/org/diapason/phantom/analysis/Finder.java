package org.diapason.phantom.analysis;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.diapason.math.Fft;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * Looks for an object in an image by correlation with what its description lets expect.
 *
 * <p>On blocks of voxels, at most {@value #COARSE} a side, the correlation of all shifts of up to
 * half the image is taken at once by Fourier transforms, for turns of 0 and, where a turn of 8°
 * changes the expected picture, of up to {@value #MOST_DEGREES}° from i towards j in steps of 6°.
 * The best is followed on finer blocks by steps along x, y, z and the turn, halved down to 0.1 mm
 * and 0.1°. Among equals the least shift is taken, so an object that is endless along an axis stays
 * where it is; a shift must improve the correlation by 0.002.
 */
final class Finder {
    private static final int COARSE = 24;
    private static final int FINE = 40;
    private static final double MOST_DEGREES = 30;
    private static final double STEP_DEGREES = 6;
    private static final double LOOK_DEGREES = 8;
    private static final double SAME = 0.998;
    private static final double GAIN = 2e-3;
    private static final double PER_MM = 1e-5;

    /**
     * What is expected at a place of the object, in mm of its own axes, under a Gaussian of a
     * standard deviation in mm; 0 for none.
     */
    interface Expected {
        double at(double x, double y, double z, double sigmaMm);
    }

    /**
     * Where an object lies.
     *
     * @param centreMm its middle in world mm
     * @param rollDegrees how far it is turned
     * @param confidence correlation there
     * @param moved whether it was found away from the middle of the image
     */
    record Found(Numbers centreMm, double rollDegrees, double confidence, boolean moved) {}

    private final Expected expected;

    private Finder(Expected expected) {
        this.expected = expected;
    }

    /** Looks for the object; a roll that is given is kept. */
    static Found find(Volume scan, Expected expected, OptionalDouble roll) {
        return new Finder(expected).find(scan, roll);
    }

    /** Returns the correlation of an image with an object at a place. */
    static double correlation(Volume scan, Expected expected, Numbers centreMm, double roll) {
        Volume fine = blocks(scan, FINE);
        return new Finder(expected).correlation(fine, Pose.of(centreMm, roll));
    }

    /** Returns the middle of an image in world mm. */
    static Numbers middle(Geometry g) {
        return g.toWorld((g.ni() - 1) / 2.0, (g.nj() - 1) / 2.0, (g.nk() - 1) / 2.0);
    }

    private Found find(Volume scan, OptionalDouble roll) {
        Numbers middle = middle(scan.geometry());
        Volume coarse = blocks(scan, COARSE);
        Volume fine = blocks(scan, FINE);
        Pose still = Pose.of(middle, roll.orElse(0));
        double here = correlation(fine, still);
        Pose best = still;
        double most = Double.NEGATIVE_INFINITY;
        boolean turns = roll.isEmpty() && turns(coarse, still);
        int steps = turns ? (int) (MOST_DEGREES / STEP_DEGREES) : 0;
        for (int n = -steps; n <= steps; n++) {
            Pose found = shifted(coarse, still.moved(0, 0, 0, n * STEP_DEGREES));
            double score = score(coarse, found, still);
            best = score > most ? found : best;
            most = Math.max(most, score);
        }
        best = followed(fine, best, still, turns ? STEP_DEGREES / 2 : 0);
        double there = correlation(fine, best);
        if (!(there > here + GAIN)) {
            return new Found(middle, roll.orElse(0), here, false);
        }
        return new Found(Numbers.of(best.x, best.y, best.z), best.degrees, there, true);
    }

    private boolean turns(Volume coarse, Pose still) {
        Pose turned = still.moved(0, 0, 0, LOOK_DEGREES);
        float[] other = new float[coarse.values().length];
        Geometry g = coarse.geometry();
        for (int n = 0; n < other.length; n++) {
            other[n] =
                    (float)
                            value(
                                    g,
                                    n % g.ni(),
                                    n / g.ni() % g.nj(),
                                    n / g.ni() / g.nj(),
                                    turned,
                                    0);
        }
        return correlation(coarse.withValues(other), still) < SAME;
    }

    private Pose followed(Volume fine, Pose from, Pose still, double degrees) {
        Pose best = from;
        double most = score(fine, best, still);
        Geometry g = fine.geometry();
        double mm = 1.5 * Math.max(g.spacing(0), Math.max(g.spacing(1), g.spacing(2)));
        for (double turn = degrees; mm > 0.1; mm /= 2, turn /= 2) {
            for (boolean better = true; better; ) {
                better = false;
                for (int way = 0; way < 8; way++) {
                    double sign = way % 2 == 0 ? 1 : -1;
                    Pose next =
                            best.moved(
                                    way / 2 == 0 ? sign * mm : 0,
                                    way / 2 == 1 ? sign * mm : 0,
                                    way / 2 == 2 ? sign * mm : 0,
                                    way / 2 == 3 ? sign * turn : 0);
                    double score = way / 2 == 3 && turn == 0 ? most : score(fine, next, still);
                    if (score > most) {
                        best = next;
                        most = score;
                        better = true;
                    }
                }
            }
        }
        return best;
    }

    private double score(Volume blocks, Pose at, Pose still) {
        return correlation(blocks, at) - PER_MM * at.awayMm(still);
    }

    private double correlation(Volume blocks, Pose at) {
        Geometry g = blocks.geometry();
        double sigma = Math.max(1, 0.5 * Math.max(g.spacing(0), g.spacing(1)));
        double[][] sums = new double[g.nk()][];
        Parallel.forEach(
                g.nk(),
                k -> {
                    double[] s = new double[5];
                    for (int j = 0; j < g.nj(); j++) {
                        for (int i = 0; i < g.ni(); i++) {
                            double x = value(g, i, j, k, at, sigma);
                            double y = blocks.at(i, j, k);
                            s[0] += x;
                            s[1] += y;
                            s[2] += x * x;
                            s[3] += y * y;
                            s[4] += x * y;
                        }
                    }
                    sums[k] = s;
                });
        double[] all = new double[5];
        for (double[] s : sums) {
            for (int n = 0; n < 5; n++) {
                all[n] += s[n] / g.voxels();
            }
        }
        double xx = all[2] - all[0] * all[0];
        double yy = all[3] - all[1] * all[1];
        double r = (all[4] - all[0] * all[1]) / Math.sqrt(xx * yy);
        return xx > 0 && yy > 0 && !Double.isNaN(r) ? r : 0;
    }

    /** Returns the shift of most correlation. */
    private Pose shifted(Volume blocks, Pose from) {
        Geometry g = blocks.geometry();
        int[] p = new int[3];
        for (int a = 0; a < 3; a++) {
            p[a] = Fft.fastLength(2 * g.size(a));
        }
        int n = p[0] * p[1] * p[2];
        double[] image = new double[n];
        double[] window = new double[n];
        double[] model = new double[n];
        double[] square = new double[n];
        double mean = 0;
        for (float v : blocks.values()) {
            mean += v / (double) blocks.values().length;
        }
        double shift = mean;
        Parallel.forEach(
                p[2],
                w -> {
                    int k = w < p[2] - g.nk() / 2 ? w : w - p[2];
                    for (int v = 0; v < p[1]; v++) {
                        int j = v < p[1] - g.nj() / 2 ? v : v - p[1];
                        for (int u = 0; u < p[0]; u++) {
                            int i = u < p[0] - g.ni() / 2 ? u : u - p[0];
                            int at = (w * p[1] + v) * p[0] + u;
                            boolean in = i >= 0 && j >= 0 && k >= 0;
                            in &= i < g.ni() && j < g.nj() && k < g.nk();
                            image[at] = in ? blocks.at(i, j, k) - shift : 0;
                            window[at] = in ? 1 : 0;
                            model[at] = value(g, i, j, k, from, 0);
                            square[at] = model[at] * model[at];
                        }
                    }
                });
        double[] product = correlated(image, model, p);
        double[] sum = correlated(window, model, p);
        double[] squares = correlated(window, square, p);
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        double many = g.voxels();
        double scale = Arrays.stream(squares).max().orElse(0) / many;
        for (int at = 0; at < n; at++) {
            int[] s = {at % p[0], at / p[0] % p[1], at / p[0] / p[1]};
            boolean near = true;
            double away = 0;
            for (int a = 0; a < 3; a++) {
                s[a] = s[a] < p[a] / 2 ? s[a] : s[a] - p[a];
                near &= Math.abs(s[a]) <= g.size(a) / 2;
                away += s[a] * g.spacing(a) * s[a] * g.spacing(a);
            }
            double variance = squares[at] / many - sum[at] / many * (sum[at] / many);
            if (near && variance > 1e-6 * scale) {
                // the image's own spread is the same for all shifts
                double r = product[at] / Math.sqrt(variance) * (1 - PER_MM * Math.sqrt(away));
                best = r > most ? at : best;
                most = Math.max(most, r);
            }
        }
        int[] s = {best % p[0], best / p[0] % p[1], best / p[0] / p[1]};
        double[] move = new double[3];
        for (int a = 0; a < 3; a++) {
            double mm = (s[a] < p[a] / 2 ? s[a] : s[a] - p[a]) * g.spacing(a);
            for (int r = 0; r < 3; r++) {
                move[r] += g.direction().get(3 * r + a) * mm;
            }
        }
        return from.moved(move[0], move[1], move[2], 0);
    }

    /** Returns {@code Σ_v a(v) b(v − s)} for every shift s. */
    private static double[] correlated(double[] a, double[] b, int[] p) {
        double[] re = a.clone();
        double[] im = new double[a.length];
        double[] other = b.clone();
        double[] otherIm = new double[a.length];
        Fft.forward(re, im, p[0], p[1], p[2]);
        Fft.forward(other, otherIm, p[0], p[1], p[2]);
        for (int n = 0; n < a.length; n++) {
            double x = re[n] * other[n] + im[n] * otherIm[n];
            im[n] = im[n] * other[n] - re[n] * otherIm[n];
            re[n] = x;
        }
        Fft.inverse(re, im, p[0], p[1], p[2]);
        return re;
    }

    private double value(Geometry g, int i, int j, int k, Pose at, double sigma) {
        double x = world(g, 0, i, j, k) - at.x;
        double y = world(g, 1, i, j, k) - at.y;
        double z = world(g, 2, i, j, k) - at.z;
        return expected.at(at.cos * x + at.sin * y, at.cos * y - at.sin * x, z, sigma);
    }

    private static double world(Geometry g, int r, int i, int j, int k) {
        return g.originMm().get(r)
                + g.direction().get(3 * r) * i * g.spacing(0)
                + g.direction().get(3 * r + 1) * j * g.spacing(1)
                + g.direction().get(3 * r + 2) * k * g.spacing(2);
    }

    /** A place of the object's middle and its turn. */
    private record Pose(double x, double y, double z, double degrees, double cos, double sin) {
        static Pose of(double x, double y, double z, double degrees) {
            double angle = StrictMath.toRadians(degrees);
            return new Pose(x, y, z, degrees, StrictMath.cos(angle), StrictMath.sin(angle));
        }

        static Pose of(Numbers mm, double degrees) {
            return of(mm.get(0), mm.get(1), mm.get(2), degrees);
        }

        Pose moved(double dx, double dy, double dz, double turn) {
            return of(x + dx, y + dy, z + dz, degrees + turn);
        }

        double awayMm(Pose other) {
            double dx = x - other.x;
            double dy = y - other.y;
            double dz = z - other.z;
            return Math.sqrt(dx * dx + dy * dy + dz * dz);
        }
    }

    /** Returns means over blocks of nearly cubic shape, at most so many a side. */
    private static Volume blocks(Volume scan, int most) {
        Geometry g = scan.geometry();
        double edge = 0;
        for (int a = 0; a < 3; a++) {
            edge = Math.max(edge, g.size(a) * g.spacing(a) / most);
        }
        int[] f = new int[3];
        int[] size = new int[3];
        for (int a = 0; a < 3; a++) {
            f[a] = (int) Math.max(1, Math.min(g.size(a), Math.ceil(edge / g.spacing(a) - 1e-9)));
            size[a] = g.size(a) / f[a];
        }
        float[] means = new float[size[0] * size[1] * size[2]];
        Parallel.forEach(
                size[2],
                k -> {
                    for (int n = 0; n < size[0] * size[1]; n++) {
                        double sum = 0;
                        for (int c = 0; c < f[2]; c++) {
                            for (int b = 0; b < f[1]; b++) {
                                for (int a = 0; a < f[0]; a++) {
                                    float v =
                                            scan.at(
                                                    n % size[0] * f[0] + a,
                                                    n / size[0] * f[1] + b,
                                                    k * f[2] + c);
                                    sum += Float.isNaN(v) ? 0 : v;
                                }
                            }
                        }
                        means[k * size[0] * size[1] + n] = (float) (sum / (f[0] * f[1] * f[2]));
                    }
                });
        Numbers step = Numbers.of(f[0] * g.spacing(0), f[1] * g.spacing(1), f[2] * g.spacing(2));
        Numbers first = g.toWorld((f[0] - 1) / 2.0, (f[1] - 1) / 2.0, (f[2] - 1) / 2.0);
        Geometry coarse = new Geometry(size[0], size[1], size[2], step, first, g.direction());
        return Volume.of(coarse, means, scan.quantity());
    }
}
