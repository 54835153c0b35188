package org.diapason.math;

/**
 * A biorthogonal wavelet by lifting: odd voxels are predicted from even ones, even ones updated
 * from odd ones, in turn; n voxels have ⌈n/2⌉ low and ⌊n/2⌋ high coefficients. Lines go on as their
 * mirror image about the outermost centres.
 *
 * <p>Scaled and signed as PyWavelets' {@code bior2.2} and {@code bior4.4}, whose coefficients these
 * are away from the ends: JPEG 2000 has low / √2 and −high √2 (5/3), −high / √2 (9/7, Nyquist gain
 * 2). Daubechies and Sweldens 1998, J. Fourier Anal. Appl. 4(3):247–269, doi:10.1007/BF02476026,
 * sections 7.5 and 7.6.
 */
final class Lifting implements WaveletLines {
    private static final double SCALE = 1.230174104914001;

    static final Lifting CDF_5_3 = new Lifting(Math.sqrt(2), -1 / Math.sqrt(2), -0.5, 0.25);

    static final Lifting CDF_9_7 =
            new Lifting(
                    Math.sqrt(2) / SCALE,
                    -SCALE / Math.sqrt(2),
                    -1.586134342059924,
                    -0.052980118572961,
                    0.882911075530934,
                    0.443506852043971);

    private final double lowGain;
    private final double highGain;
    private final double[] steps;

    /** Takes steps that change odd, even, odd … voxels, then the gains. */
    private Lifting(double lowGain, double highGain, double... steps) {
        this.lowGain = lowGain;
        this.highGain = highGain;
        this.steps = steps;
    }

    @Override
    public int low(int n) {
        return (n + 1) / 2;
    }

    @Override
    public int high(int n) {
        return n / 2;
    }

    @Override
    public void split(double[][] in, int n, double[][] out, int width) {
        for (int s = 0; s < steps.length; s++) {
            step(in, n, (s + 1) % 2, steps[s], width);
        }
        for (int x = 0; x < n; x++) {
            double gain = x % 2 == 0 ? lowGain : highGain;
            scale(in[x], gain, out[x % 2 == 0 ? x / 2 : low(n) + x / 2], width);
        }
    }

    @Override
    public void merge(double[][] in, int n, double[][] out, int width) {
        for (int x = 0; x < n; x++) {
            double gain = x % 2 == 0 ? lowGain : highGain;
            scale(in[x % 2 == 0 ? x / 2 : low(n) + x / 2], 1 / gain, out[x], width);
        }
        for (int s = steps.length - 1; s >= 0; s--) {
            step(out, n, (s + 1) % 2, -steps[s], width);
        }
    }

    private static void step(double[][] rows, int n, int parity, double weight, int width) {
        for (int x = parity; x < n; x += 2) {
            double[] a = rows[Panels.mirror(x - 1, n)];
            double[] b = rows[Panels.mirror(x + 1, n)];
            double[] to = rows[x];
            for (int i = 0; i < width; i++) {
                to[i] += weight * (a[i] + b[i]);
            }
        }
    }

    private static void scale(double[] in, double gain, double[] out, int width) {
        for (int i = 0; i < width; i++) {
            out[i] = gain * in[i];
        }
    }
}
