package org.diapason.math;

/**
 * Sharpens a histogram that a Gaussian has blurred and says where each of its values came from.
 *
 * <p>The histogram V of the blurred values is deconvolved by a Wiener filter, {@code U = max(0,
 * F⁻¹(V̂ · Ĝ / (Ĝ² + noise)))} with G the Gaussian of unit area; the expected true value of a
 * blurred value is {@code E(v) = (G ∗ u U)(v) / (G ∗ U)(v)}. The histogram is padded to twice the
 * next power of 2. Where the sharpened histogram has no mass nearby, E(v) = v.
 *
 * <p>Method: Sled, Zijdenbos and Evans 1998, IEEE Trans. Med. Imaging 17(1):87–97,
 * doi:10.1109/42.668698, section II-C; noise is the square of their Z.
 */
public final class HistogramSharpening {
    /** Mass below this share of the largest is rounding of the transform. */
    private static final double NO_MASS = 1e-10;

    private HistogramSharpening() {}

    /**
     * Returns E at the centres of the bins, {@code least + n · width}.
     *
     * @param histogram counts or weights; not modified
     * @param least the value at the first bin
     * @param width the distance of two bins; positive
     * @param fwhm full width at half maximum of the Gaussian, in the unit of the values; positive
     * @param noise the Wiener filter's constant; positive
     */
    public static double[] expected(
            double[] histogram, double least, double width, double fwhm, double noise) {
        int bins = histogram.length;
        int padded = 2;
        while (padded < 2 * bins) {
            padded *= 2;
        }
        int offset = (padded - bins) / 2;
        double[] g = gaussian(padded, fwhm / width);
        double[] re = new double[padded];
        double[] im = new double[padded];
        System.arraycopy(histogram, 0, re, offset, bins);
        Fft.forward(re, im);
        for (int n = 0; n < padded; n++) {
            double wiener = g[n] / (g[n] * g[n] + noise);
            re[n] *= wiener;
            im[n] *= wiener;
        }
        Fft.inverse(re, im);
        // G is real and even, so one complex transform blurs U (real part) and u U (imaginary)
        for (int n = 0; n < padded; n++) {
            re[n] = Math.max(0, re[n]);
            im[n] = re[n] * (n - offset);
        }
        Fft.forward(re, im);
        for (int n = 0; n < padded; n++) {
            re[n] *= g[n];
            im[n] *= g[n];
        }
        Fft.inverse(re, im);
        double most = 0;
        for (int n = 0; n < bins; n++) {
            most = Math.max(most, re[offset + n]);
        }
        double[] expected = new double[bins];
        for (int n = 0; n < bins; n++) {
            double mass = re[offset + n];
            double bin = mass > NO_MASS * most ? im[offset + n] / mass : n;
            expected[n] = least + bin * width;
        }
        return expected;
    }

    /** Returns the transform, which is real, of a Gaussian of unit area around sample 0. */
    private static double[] gaussian(int n, double fwhm) {
        double[] re = new double[n];
        double top = 2 * Math.sqrt(StrictMath.log(2) / Math.PI) / fwhm;
        for (int t = 0; t < n; t++) {
            double away = Math.min(t, n - t) / fwhm;
            re[t] = top * StrictMath.exp(-4 * StrictMath.log(2) * away * away);
        }
        Fft.forward(re, new double[n]);
        return re;
    }
}
