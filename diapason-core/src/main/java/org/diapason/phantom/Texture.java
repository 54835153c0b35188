package org.diapason.phantom;

import java.util.List;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * A Gaussian random field that a region may carry: a fixed function of space, drawn from its seed.
 *
 * <p>White noise on a lattice of its own is spread by a Gaussian of standard deviation s ({@code
 * correlation}), which gives the autocorrelation {@code exp(−d² / 4s²)} and the power {@code ∝ s³
 * exp(−4π² s² f²)}; nothing depends on the grid that the object is drawn on. A power law is a sum
 * of such fields.
 */
public sealed interface Texture permits Texture.GaussianField, Texture.PowerLaw {

    /** How far beyond its box a field goes on, in mm. */
    double BEYOND_MM = 12;

    /** Returns the standard deviation inside the region, in the unit of the object. */
    double sd();

    /** Returns the seed. */
    long seed();

    /** Returns the fields whose sum this is: share of the variance and correlation of each. */
    List<Octave> octaves();

    /** Returns the expected autocorrelation at a distance in mm; 1 at 0. */
    default double autocorrelation(double mm) {
        double sum = 0;
        for (Octave o : octaves()) {
            double u = mm / o.correlationMm;
            sum += o.variance * StrictMath.exp(-u * u / 4);
        }
        return sum;
    }

    /**
     * One field of the sum.
     *
     * @param variance share of the variance; all add up to 1
     * @param correlationMm standard deviation of its Gaussian in mm
     */
    record Octave(double variance, double correlationMm) {}

    /**
     * A field of one correlation length.
     *
     * @param sd standard deviation inside the region; not negative
     * @param correlationMm standard deviation s of the Gaussian that makes it out of white noise,
     *     in mm; 0.3 or more
     * @param seed makes the field
     */
    record GaussianField(double sd, double correlationMm, long seed) implements Texture {
        public GaussianField {
            check(sd, correlationMm);
        }

        @Override
        public List<Octave> octaves() {
            return List.of(new Octave(1, correlationMm));
        }
    }

    /**
     * A field whose power falls as {@code f^−exponent} between two lengths.
     *
     * <p>Octaves of s = shortest · 2ⁿ with variance {@code ∝ s^(exponent−3)}; from an octave above
     * {@code 1/(2π longest)} to one below {@code 1/(2π shortest)} per mm the power follows the law
     * within 7 %.
     *
     * @param sd standard deviation inside the region; not negative
     * @param exponent of the power spectrum in space; 0 to 8 (3 has equal variance an octave)
     * @param shortestMm correlation of the finest octave in mm; 0.3 or more
     * @param longestMm correlation that the coarsest octave does not exceed, in mm
     * @param seed makes the field
     */
    record PowerLaw(double sd, double exponent, double shortestMm, double longestMm, long seed)
            implements Texture {
        public PowerLaw {
            check(sd, shortestMm);
            if (!(exponent >= 0 && exponent <= 8)) {
                throw new IllegalArgumentException(
                        "exponent of a power law must be 0 to 8, got "
                                + Numbers.fixed(exponent, 2));
            }
            if (!(longestMm >= shortestMm && longestMm <= 1000)) {
                throw new IllegalArgumentException(
                        "longestMm of a power law must be shortestMm to 1000 mm, got "
                                + Numbers.fixed(longestMm, 2)
                                + " mm");
            }
        }

        @Override
        public List<Octave> octaves() {
            int count = 1;
            while (shortestMm * (1L << count) <= longestMm) {
                count++;
            }
            double[] variance = new double[count];
            double sum = 0;
            for (int n = 0; n < count; n++) {
                variance[n] = StrictMath.pow(1L << n, exponent - 3);
                sum += variance[n];
            }
            Octave[] octaves = new Octave[count];
            for (int n = 0; n < count; n++) {
                octaves[n] = new Octave(variance[n] / sum, shortestMm * (1L << n));
            }
            return List.of(octaves);
        }
    }

    private static void check(double sd, double correlationMm) {
        if (!(sd >= 0) || Double.isInfinite(sd)) {
            throw new IllegalArgumentException(
                    "sd of a texture must not be negative, got " + Numbers.fixed(sd, 3));
        }
        if (!(correlationMm >= 0.3 && correlationMm <= 1000)) {
            throw new IllegalArgumentException(
                    "a texture's correlation must be 0.3 to 1000 mm, got "
                            + Numbers.fixed(correlationMm, 2)
                            + " mm");
        }
    }

    /**
     * Returns the field of expected mean 0 and standard deviation 1 on a grid, as Gaussian eyes see
     * it: one result for each standard deviation in mm, 0 for a sharp one.
     *
     * @param boxMm the box around the world's origin, and {@value #BEYOND_MM} mm more, that the
     *     field fills; its border goes on beyond
     */
    default float[][] fields(Numbers boxMm, Geometry grid, double... sigmaMm) {
        float[][] sums = new float[sigmaMm.length][grid.voxels()];
        List<Octave> octaves = octaves();
        for (int n = 0; n < octaves.size(); n++) {
            Octave o = octaves.get(n);
            double step = o.correlationMm / 1.25;
            int[] size = new int[3];
            for (int a = 0; a < 3; a++) {
                double reach = boxMm.get(a) / 2 + BEYOND_MM + 6 * o.correlationMm;
                size[a] = 2 * (int) Math.ceil(reach / step) + 1;
            }
            Geometry lattice = VirtualScanner.centred(size, Numbers.of(step, step, step));
            float[] white = new float[lattice.voxels()];
            Rng rng = new Rng(Rng.seed(seed(), "octave " + n));
            for (int v = 0; v < white.length; v++) {
                white[v] = (float) rng.nextGaussian();
            }
            double spread = 2 * Math.sqrt(Math.PI) * o.correlationMm / step;
            double scale = Math.sqrt(o.variance * spread * spread * spread);
            for (int e = 0; e < sigmaMm.length; e++) {
                double s = Math.sqrt(square(o.correlationMm) + square(sigmaMm[e]));
                double[] all = {s, s, s};
                float[] part = Projection.project(white, lattice, grid, all, new double[3]);
                for (int v = 0; v < part.length; v++) {
                    sums[e][v] += (float) (scale * part[v]);
                }
            }
        }
        return sums;
    }

    private static double square(double x) {
        return x * x;
    }
}
