package org.diapason.phantom;

import java.util.List;
import org.diapason.math.Fft;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;

/**
 * A reconstruction kernel: the modulation transfer function by which a scanner filters each slice.
 *
 * <p>Radial in plane, 1 at frequency 0, above 1 where it sharpens. It multiplies the transfer of
 * the point-spread function and is applied by the discrete Fourier transform of the finely sampled
 * object, whose borders go on beyond it, each as it is.
 */
public sealed interface ReconstructionKernel
        permits ReconstructionKernel.Boost, ReconstructionKernel.MtfTable {

    /** Returns the transfer at a frequency per mm. */
    double mtf(double perMm);

    /** Returns how far in mm a point's image reaches. */
    double reachMm();

    /**
     * {@code MTF(f) = (1 + boost (f/c)²) exp(−(f/c)²)}: smooths when boost is below 1, sharpens
     * above; the response is a Gaussian times a quadratic.
     *
     * @param cutoffPerMm c, per mm; positive
     * @param boost 0 is a Gaussian; not negative
     */
    record Boost(double cutoffPerMm, double boost) implements ReconstructionKernel {
        public Boost {
            if (!(cutoffPerMm > 0) || !(boost >= 0) || Double.isInfinite(cutoffPerMm + boost)) {
                throw new IllegalArgumentException(
                        "cutoffPerMm of a kernel must be positive and boost not negative");
            }
        }

        @Override
        public double mtf(double perMm) {
            double square = perMm / cutoffPerMm * (perMm / cutoffPerMm);
            return (1 + boost * square) * StrictMath.exp(-square);
        }

        @Override
        public double reachMm() {
            return 2 / cutoffPerMm;
        }
    }

    /**
     * A measured curve, straight between its points and 0 beyond the last.
     *
     * @param perMm frequencies per mm, rising from 0
     * @param mtf transfer at each, 1 at frequency 0
     */
    record MtfTable(List<Double> perMm, List<Double> mtf) implements ReconstructionKernel {
        public MtfTable {
            perMm = List.copyOf(perMm);
            mtf = List.copyOf(mtf);
            Curve.check("mtf-table", perMm, mtf);
            if (perMm.get(0) != 0 || mtf.get(0) != 1) {
                throw new IllegalArgumentException(
                        "an mtf-table begins with 1 at frequency 0 per mm");
            }
        }

        @Override
        public double mtf(double f) {
            return Curve.at(perMm, mtf, f);
        }

        @Override
        public double reachMm() {
            return 16 / perMm.get(perMm.size() - 1);
        }
    }

    /** Filters every slice of a box; the values are modified. */
    default void filter(float[] values, Geometry g) {
        int margin = (int) Math.ceil(reachMm() / Math.min(g.spacing(0), g.spacing(1)));
        int ni = Fft.fastLength(g.ni() + 3 * margin);
        int nj = Fft.fastLength(g.nj() + 3 * margin);
        int half = Fft.half(ni);
        double[] transfer = new double[half * nj];
        for (int v = 0; v < nj; v++) {
            double fj = Math.min(v, nj - v) / (nj * g.spacing(1));
            for (int u = 0; u < half; u++) {
                double fi = u / (ni * g.spacing(0));
                transfer[v * half + u] = mtf(Math.sqrt(fi * fi + fj * fj));
            }
        }
        int plane = g.ni() * g.nj();
        Parallel.forEach(
                g.nk(),
                k -> {
                    double[] padded = padded(values, k * plane, g, ni, nj);
                    double[] re = new double[half * nj];
                    double[] im = new double[half * nj];
                    Fft.realForward(padded, ni, nj, 1, re, im);
                    for (int n = 0; n < re.length; n++) {
                        re[n] *= transfer[n];
                        im[n] *= transfer[n];
                    }
                    Fft.realInverse(re, im, ni, nj, 1, padded);
                    for (int j = 0; j < g.nj(); j++) {
                        for (int i = 0; i < g.ni(); i++) {
                            values[k * plane + j * g.ni() + i] = (float) padded[j * ni + i];
                        }
                    }
                });
    }

    /** Returns a slice whose borders go on and meet smoothly on the other side of the circle. */
    private static double[] padded(float[] values, int from, Geometry g, int ni, int nj) {
        double[] padded = new double[ni * nj];
        for (int j = 0; j < nj; j++) {
            int last = from + Math.min(j, g.nj() - 1) * g.ni();
            double second = first(j, g.nj(), nj);
            for (int i = 0; i < ni; i++) {
                double share = first(i, g.ni(), ni);
                int at = Math.min(i, g.ni() - 1);
                double above = (1 - share) * values[last + at] + share * values[last];
                double below = (1 - share) * values[from + at] + share * values[from];
                padded[j * ni + i] = (1 - second) * above + second * below;
            }
        }
        return padded;
    }

    /** Returns the part that the first sample has at a place beyond the last of n. */
    private static double first(int place, int n, int circle) {
        double way = 3.0 * (place - n + 1) / (circle - n + 1) - 1;
        double t = Math.max(0, Math.min(1, way));
        return place < n ? 0 : t * t * t * (10 + t * (6 * t - 15));
    }
}
