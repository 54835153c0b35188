package org.diapason.phantom;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;

/**
 * What a scanner adds by chance.
 *
 * <p>The correlated kinds are white noise under the square root of their power by a discrete
 * Fourier transform of the whole grid: the expected variance is exactly {@code sd²} and the
 * expected power exactly the shape asked for, on any grid; opposite borders are neighbours.
 */
public sealed interface Noise
        permits Noise.White,
                Noise.Gaussian,
                Noise.Ramp,
                Noise.Spectrum,
                Noise.Rician,
                Noise.Poisson {

    /** Noise at work: takes the voxels of one image in their order. */
    interface Drawn {
        /** Returns the noisy value of voxel v. */
        double of(int v, double value);
    }

    /** Returns the noise of one image. */
    Drawn on(Geometry grid, long seed);

    /**
     * Returns the noise power in plane over the frequencies along i and j per mm, in the square of
     * the unit times mm²; its integral up to the frequencies of Nyquist is the variance. NaN where
     * it depends on the signal.
     */
    DoubleBinaryOperator power(Geometry grid);

    /**
     * Normal and independent per voxel.
     *
     * @param sd standard deviation; not negative
     */
    record White(double sd) implements Noise {
        public White {
            check(sd);
        }

        @Override
        public Drawn on(Geometry grid, long seed) {
            Rng rng = new Rng(seed);
            return (v, value) -> value + sd * rng.nextGaussian();
        }

        @Override
        public DoubleBinaryOperator power(Geometry grid) {
            return (fi, fj) -> sd * sd * grid.spacing(0) * grid.spacing(1);
        }
    }

    /**
     * Normal, correlated over a Gaussian along all axes: power {@code ∝ exp(−4π² c² f²)}.
     *
     * @param sd standard deviation; not negative
     * @param correlationMm standard deviation c of the Gaussian that makes it out of white noise,
     *     in mm; positive
     */
    record Gaussian(double sd, double correlationMm) implements Noise {
        public Gaussian {
            check(sd);
            Shape.positive("correlationMm of noise", correlationMm);
        }

        @Override
        public Drawn on(Geometry grid, long seed) {
            return added(NoiseField.solid(grid, seed, this::shape), sd);
        }

        @Override
        public DoubleBinaryOperator power(Geometry grid) {
            return NoiseField.power(grid, this::shape, sd);
        }

        private double shape(double f2) {
            return StrictMath.exp(-4 * Math.PI * Math.PI * correlationMm * correlationMm * f2);
        }
    }

    /**
     * The noise of filtered back projection: power {@code ∝ f exp(−f² / 2p²)} in plane, slices
     * independent.
     *
     * @param sd standard deviation; not negative
     * @param peakPerMm frequency p of most power, per mm; positive
     */
    record Ramp(double sd, double peakPerMm) implements Noise {
        public Ramp {
            check(sd);
            if (!(peakPerMm > 0) || Double.isInfinite(peakPerMm)) {
                throw new IllegalArgumentException("peakPerMm of noise must be positive");
            }
        }

        @Override
        public Drawn on(Geometry grid, long seed) {
            return added(NoiseField.slices(grid, seed, this::shape), sd);
        }

        @Override
        public DoubleBinaryOperator power(Geometry grid) {
            return NoiseField.power(grid, this::shape, sd);
        }

        private double shape(double f2) {
            return Math.sqrt(f2) * StrictMath.exp(-f2 / (2 * peakPerMm * peakPerMm));
        }
    }

    /**
     * A measured noise power spectrum, radial in plane, slices independent; straight between its
     * points and 0 beyond the last. Only its shape counts, its height follows from the standard
     * deviation.
     *
     * @param sd standard deviation; not negative
     * @param perMm frequencies per mm, rising
     * @param nps power at each, on any scale
     */
    record Spectrum(double sd, List<Double> perMm, List<Double> nps) implements Noise {
        public Spectrum {
            check(sd);
            perMm = List.copyOf(perMm);
            nps = List.copyOf(nps);
            Curve.check("a noise spectrum", perMm, nps);
        }

        @Override
        public Drawn on(Geometry grid, long seed) {
            return added(NoiseField.slices(grid, seed, this::shape), sd);
        }

        @Override
        public DoubleBinaryOperator power(Geometry grid) {
            return NoiseField.power(grid, this::shape, sd);
        }

        private double shape(double f2) {
            return Curve.at(perMm, nps, Math.sqrt(f2));
        }
    }

    /**
     * Magnitude MR: {@code √((v + n₁)² + n₂²)}, n normal and independent per voxel.
     *
     * @param sd standard deviation of the real and of the imaginary part; not negative
     */
    record Rician(double sd) implements Noise {
        public Rician {
            check(sd);
        }

        @Override
        public Drawn on(Geometry grid, long seed) {
            Rng rng = new Rng(seed);
            return (v, value) -> {
                double real = value + sd * rng.nextGaussian();
                double imaginary = sd * rng.nextGaussian();
                return Math.sqrt(real * real + imaginary * imaginary);
            };
        }

        @Override
        public DoubleBinaryOperator power(Geometry grid) {
            return (fi, fj) -> Double.NaN;
        }
    }

    /**
     * Counted events: a voxel of value v shows {@code N / c}, N Poisson of mean {@code c v}, so
     * that its variance is {@code v / c}. Values below 0 count nothing. Means over 500 are drawn as
     * whole normal deviates of equal mean and variance.
     *
     * @param countsPerUnit c, mean counts in a voxel of value 1; positive
     */
    record Poisson(double countsPerUnit) implements Noise {
        public Poisson {
            if (!(countsPerUnit > 0) || Double.isInfinite(countsPerUnit)) {
                throw new IllegalArgumentException("countsPerUnit of noise must be positive");
            }
        }

        @Override
        public Drawn on(Geometry grid, long seed) {
            Rng rng = new Rng(seed);
            return (v, value) -> counts(rng, Math.max(0, value * countsPerUnit)) / countsPerUnit;
        }

        @Override
        public DoubleBinaryOperator power(Geometry grid) {
            return (fi, fj) -> Double.NaN;
        }

        private static double counts(Rng rng, double mean) {
            if (mean > 500) {
                return Math.max(0, Math.rint(mean + Math.sqrt(mean) * rng.nextGaussian()));
            }
            double u = rng.nextDouble();
            double p = StrictMath.exp(-mean);
            int n = 0;
            for (double sum = p; u >= sum && (n < mean || p > 1e-18); sum += p) {
                n++;
                p *= mean / n;
            }
            return n;
        }
    }

    private static Drawn added(float[] field, double sd) {
        return (v, value) -> value + sd * field[v];
    }

    private static void check(double sd) {
        if (!(sd >= 0) || Double.isInfinite(sd)) {
            throw new IllegalArgumentException("sd of noise must not be negative, got " + sd);
        }
    }
}
