package org.diapason.math;

import org.diapason.volume.Numbers;

/**
 * A modulation transfer function: the share of a pattern's contrast that an image keeps, by the
 * pattern's frequency.
 *
 * <p>Between the frequencies a straight line; beyond the last one 0. Values above 1 are legal
 * (reconstructions that enhance edges). For a Gaussian of full width F: {@code MTF(f) = exp(−π² f²
 * F²/(4 ln 2))}, f50 = 0.441271/F, f10 = 0.804271/F.
 *
 * @param perMm frequencies in 1/mm, rising from 0
 * @param values the transfer at each; 1 at frequency 0, never below 0
 */
public record Mtf(Numbers perMm, Numbers values) {
    private static final int SAMPLES = 2048;

    /** A Gaussian has fallen to 1e-14 at this frequency times its width. */
    private static final double GAUSSIAN_END = 3;

    public Mtf {
        if (perMm.size() < 2 || perMm.size() != values.size()) {
            throw new IllegalArgumentException(
                    "an MTF needs two or more frequencies and a value of each, got "
                            + perMm.size()
                            + " and "
                            + values.size());
        }
        if (perMm.get(0) != 0 || !(Math.abs(values.get(0) - 1) <= 1e-3)) {
            throw new IllegalArgumentException(
                    "an MTF begins with value 1 at 0 per mm, got "
                            + values.get(0)
                            + " at "
                            + perMm.get(0)
                            + " per mm");
        }
        for (int n = 0; n < perMm.size(); n++) {
            if (n > 0 && !(perMm.get(n) > perMm.get(n - 1)) || Double.isInfinite(perMm.get(n))) {
                throw new IllegalArgumentException(
                        "frequencies of an MTF must rise, got "
                                + perMm.get(n)
                                + " per mm in place "
                                + (n + 1));
            }
            if (!(values.get(n) >= 0) || Double.isInfinite(values.get(n))) {
                throw new IllegalArgumentException(
                        "values of an MTF are 0 or more, got "
                                + values.get(n)
                                + " at "
                                + perMm.get(n)
                                + " per mm");
            }
        }
    }

    /** Returns the transfer of a Gaussian point-spread function; within 1e-5. */
    public static Mtf gaussian(double fwhmMm) {
        if (!(fwhmMm > 0) || Double.isInfinite(fwhmMm)) {
            throw new IllegalArgumentException("a width must be positive, got " + fwhmMm + " mm");
        }
        double[] f = new double[SAMPLES + 1];
        double[] m = new double[f.length];
        for (int n = 0; n < f.length; n++) {
            f[n] = GAUSSIAN_END / fwhmMm * n / SAMPLES;
            m[n] = gaussian(fwhmMm, f[n]);
        }
        return new Mtf(Numbers.of(f), Numbers.of(m));
    }

    /** Returns the transfer of a Gaussian of the given full width at a frequency; exact. */
    public static double gaussian(double fwhmMm, double perMm) {
        double turns = Math.PI * perMm * fwhmMm / Gauss.FWHM_PER_SIGMA;
        return StrictMath.exp(-2 * turns * turns);
    }

    /** Returns the transfer at a frequency of 0 or more. */
    public double at(double frequencyPerMm) {
        int low = 0;
        int high = perMm.size() - 1;
        if (!(frequencyPerMm <= perMm.get(high))) {
            return 0;
        }
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (perMm.get(middle) <= frequencyPerMm) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double part = (frequencyPerMm - perMm.get(low)) / (perMm.get(high) - perMm.get(low));
        return values.get(low) + part * (values.get(high) - values.get(low));
    }

    /** Returns the frequency in 1/mm at which half the contrast is left. */
    public double f50() {
        return frequencyOf(0.5);
    }

    /** Returns the frequency in 1/mm at which a tenth of the contrast is left. */
    public double f10() {
        return frequencyOf(0.1);
    }

    /** Returns where the transfer first falls to a value, in 1/mm; NaN where it never does. */
    public double frequencyOf(double value) {
        for (int n = 1; n < perMm.size(); n++) {
            double before = values.get(n - 1);
            double after = values.get(n);
            if (before > value && after <= value) {
                double part = (before - value) / (before - after);
                return perMm.get(n - 1) + part * (perMm.get(n) - perMm.get(n - 1));
            }
        }
        return Double.NaN;
    }

    /**
     * Returns what is left to do to an image of this transfer to give it the other's: {@code
     * other/this}, at most {@code most}, and 0 where this is {@code least} or less and there is
     * nothing left to divide by.
     */
    public double ratio(Mtf other, double frequencyPerMm, double least, double most) {
        double own = at(frequencyPerMm);
        return own > least ? Math.min(most, other.at(frequencyPerMm) / own) : 0;
    }

    /** Returns the width in mm of the Gaussian that keeps half the contrast where this does. */
    public double gaussianFwhmMm() {
        return 2 * Gauss.FWHM_PER_SIGMA * Math.sqrt(StrictMath.log(2) / 2) / (2 * Math.PI * f50());
    }

    /**
     * Returns the largest difference, with its sign, between this curve after a Gaussian blur and
     * the Gaussian of another width, over this curve's frequencies up to an end: 0 for a Gaussian,
     * positive where more contrast is kept.
     */
    public double offGaussian(double blurFwhmMm, double targetFwhmMm, double endPerMm) {
        double largest = 0;
        for (int n = 0; n < perMm.size() && perMm.get(n) <= endPerMm; n++) {
            double f = perMm.get(n);
            double off = values.get(n) * gaussian(blurFwhmMm, f) - gaussian(targetFwhmMm, f);
            largest = Math.abs(off) > Math.abs(largest) ? off : largest;
        }
        return largest;
    }
}
