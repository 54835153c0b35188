package org.diapason.phantom;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.diapason.math.Fft;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;

/** Normal noise of expected variance 1 and a stated power, the argument of which is f² per mm². */
final class NoiseField {
    private NoiseField() {}

    /** Returns noise that is correlated along all three axes. */
    static float[] solid(Geometry g, long seed, DoubleUnaryOperator power) {
        float[] field = white(g, seed);
        int half = Fft.half(g.ni());
        float[] re = new float[half * g.nj() * g.nk()];
        float[] im = new float[re.length];
        Fft.realForward(field, g.ni(), g.nj(), g.nk(), re, im);
        double scale = Math.sqrt(mean(g, power, true));
        for (int w = 0, n = 0; w < g.nk(); w++) {
            for (int v = 0; v < g.nj(); v++) {
                for (int u = 0; u < half; u++, n++) {
                    double a = amplitude(g, u, v, w, power) / scale;
                    re[n] *= (float) a;
                    im[n] *= (float) a;
                }
            }
        }
        Fft.realInverse(re, im, g.ni(), g.nj(), g.nk(), field);
        return field;
    }

    /** Returns noise that is correlated in plane, slices independent. */
    static float[] slices(Geometry g, long seed, DoubleUnaryOperator power) {
        float[] field = white(g, seed);
        int half = Fft.half(g.ni());
        int plane = g.ni() * g.nj();
        double scale = Math.sqrt(mean(g, power, false));
        double[] transfer = new double[half * g.nj()];
        for (int v = 0, n = 0; v < g.nj(); v++) {
            for (int u = 0; u < half; u++, n++) {
                transfer[n] = amplitude(g, u, v, 0, power) / scale;
            }
        }
        Parallel.forEach(
                g.nk(),
                k -> {
                    double[] slice = new double[plane];
                    for (int n = 0; n < plane; n++) {
                        slice[n] = field[k * plane + n];
                    }
                    double[] re = new double[transfer.length];
                    double[] im = new double[transfer.length];
                    Fft.realForward(slice, g.ni(), g.nj(), 1, re, im);
                    for (int n = 0; n < re.length; n++) {
                        re[n] *= transfer[n];
                        im[n] *= transfer[n];
                    }
                    Fft.realInverse(re, im, g.ni(), g.nj(), 1, slice);
                    for (int n = 0; n < plane; n++) {
                        field[k * plane + n] = (float) slice[n];
                    }
                });
        return field;
    }

    /** Returns the power in plane over fi and fj per mm, in mm² times the square of the unit. */
    static DoubleBinaryOperator power(Geometry g, DoubleUnaryOperator power, double sd) {
        double scale = sd * sd * g.spacing(0) * g.spacing(1) / mean(g, power, false);
        return (fi, fj) -> scale * power.applyAsDouble(fi * fi + fj * fj);
    }

    private static float[] white(Geometry g, long seed) {
        Rng rng = new Rng(seed);
        float[] white = new float[g.voxels()];
        for (int v = 0; v < white.length; v++) {
            white[v] = (float) rng.nextGaussian();
        }
        return white;
    }

    private static double amplitude(Geometry g, int u, int v, int w, DoubleUnaryOperator power) {
        return Math.sqrt(power.applyAsDouble(square(g, u, v, w)));
    }

    /** Returns the mean power over all frequencies of the grid, of all slices or of one. */
    private static double mean(Geometry g, DoubleUnaryOperator power, boolean solid) {
        double sum = 0;
        int nk = solid ? g.nk() : 1;
        for (int w = 0; w < nk; w++) {
            for (int v = 0; v < g.nj(); v++) {
                for (int u = 0; u < g.ni(); u++) {
                    sum += power.applyAsDouble(square(g, u, v, w));
                }
            }
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException(
                    "the noise spectrum has no power at any frequency of the image's grid");
        }
        return sum / ((double) g.ni() * g.nj() * nk);
    }

    private static double square(Geometry g, int u, int v, int w) {
        double fi = Math.min(u, g.ni() - u) / (g.ni() * g.spacing(0));
        double fj = Math.min(v, g.nj() - v) / (g.nj() * g.spacing(1));
        double fk = Math.min(w, g.nk() - w) / (g.nk() * g.spacing(2));
        return fi * fi + fj * fj + fk * fk;
    }
}
