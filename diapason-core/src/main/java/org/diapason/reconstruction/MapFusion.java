package org.diapason.reconstruction;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.diapason.math.NoiseSd;
import org.diapason.math.Otsu;
import org.diapason.step.Progress;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * The image that explains a blurred and noisy one and is likely beside an anatomical one: {@code
 * argmin_{u ≥ 0} F(A u; z) + λ R(u)}, A the resolution of z as a Gaussian, F Gaussian with one
 * standard deviation or Poisson with variance in proportion to the value, R a {@link MapPrior}.
 *
 * <p>λ, unless given, by the discrepancy principle: the residual of the voxels that count (brighter
 * than what Otsu's threshold takes for air, the brightest twentieth cut to one value) has the
 * variance of the noise, {@code 2F/N = 1} to 2 % (Morozov 1966; for counts Bertero et al. 2010,
 * Inverse Problems 26:105004, doi:10.1088/0266-5611/26/10/105004).
 *
 * <p>With a guided prior the same is done with a flat guide at the same λ. The difference of the
 * two is what the guide has imposed; what of it is left after A is what the data could object to.
 *
 * <p>Values keep their quantity: A keeps sums, so u is the same activity at a finer resolution, as
 * far as the prior is right. Its resolution is unknown. A voxel that is NaN is not measured, and
 * NaN in the outcome.
 */
public final class MapFusion {
    /** A gap of this share of the objective is enough to compare weights. */
    private static final double COARSE = 1e-2;

    private static final int MOST = 3000;

    /** Without a gap, changes have to be so many times smaller. */
    private static final double NO_GAP = 0.1;

    /** Under Poisson noise: variance that is there without activity, over that of the mean. */
    private static final double AIR = 0.1;

    /** The upper bound of the image, over the largest value of the input. */
    private static final double OUT_OF_REACH = 20;

    /** How the noise of the image is spread. */
    public enum Noise {
        GAUSSIAN,
        POISSON
    }

    /**
     * @param fwhmMm resolution of the image along i, j, k in mm
     * @param weight λ; empty for the discrepancy principle
     * @param noise standard deviation in the unit of the image where it counts; empty to estimate
     * @param eta η; empty to derive it from the noise of the guide (jtv: 1, of the guide on the
     *     scale of the image's gradients)
     * @param gamma γ of dtv, 0 to 1
     * @param neighbours of Bowsher; empty for a third of all
     * @param tolerance largest gap as a share of the objective
     */
    public record Settings(
            MapPrior prior,
            Numbers fwhmMm,
            OptionalDouble weight,
            OptionalDouble noise,
            Noise likelihood,
            OptionalDouble eta,
            double gamma,
            OptionalInt neighbours,
            double tolerance) {}

    /**
     * What was found.
     *
     * @param counted voxels in which the residual is compared with the noise
     * @param discrepancy 2F/N in them; 1 where the residual is as the noise
     * @param gap largest possible excess of the objective; NaN for rdp
     * @param guide what the guide did; empty for priors without
     */
    public record Result(
            Volume image,
            double weight,
            boolean weightFound,
            double noise,
            boolean noiseEstimated,
            int counted,
            double discrepancy,
            double objective,
            double gap,
            int iterations,
            Optional<Guide> guide) {}

    /**
     * @param imposed the image less the one with a flat guide
     * @param eta η as used; NaN where the prior has none
     * @param rms of imposed where it counts
     * @param hiddenRms the same of A imposed: below the noise the data cannot tell the two apart
     * @param share of the voxels that count where |imposed| is above the noise
     */
    public record Guide(
            Volume imposed,
            double eta,
            double agreement,
            double byChance,
            double rms,
            double hiddenRms,
            double share) {}

    private final Geometry grid;
    private final Volume image;
    private final Settings settings;
    private final Progress progress;
    private final boolean[] counts;
    private final int counted;
    private final double noise;
    private final double level;

    /** Of z and of what is computed, in the unit of the image: the variance of a count of 1. */
    private final double unit;

    private final float[] z;
    private final Blur blur;

    private MapFusion(Volume image, Settings settings, Progress progress) {
        this.image = image;
        this.settings = settings;
        this.progress = progress;
        grid = image.geometry();
        blur = new Blur(grid, settings.fwhmMm);
        counts = counts(image.values());
        int many = 0;
        double sum = 0;
        for (int p = 0; p < counts.length; p++) {
            many += counts[p] ? 1 : 0;
            sum += counts[p] ? image.values()[p] : 0;
        }
        counted = many;
        noise = settings.noise.orElseGet(this::estimated);
        double mean = sum / many;
        unit = settings.likelihood == Noise.POISSON ? noise * noise / mean : 1;
        z = new float[counts.length];
        for (int p = 0; p < z.length; p++) {
            z[p] = (float) (image.values()[p] / unit);
        }
        level = mean / unit;
    }

    /**
     * Fuses.
     *
     * @param guide on the grid of the image, which the caller has checked; empty for priors without
     * @throws RefusedException if the image has no noise to part it from, the guide has nothing to
     *     say of it, no weight leaves the residual as the noise, or it did not converge
     */
    public static Result of(
            Volume image, Optional<Volume> guide, Settings settings, Progress progress) {
        if (settings.prior.guided() && guide.isEmpty()) {
            throw new IllegalArgumentException(
                    "the prior " + settings.prior.label() + " needs an anatomical image");
        }
        MapFusion fusion = new MapFusion(image, settings, progress);
        return settings.prior.guided() ? fusion.guided(guide.get().values()) : fusion.alone();
    }

    /** Returns the voxels that are not air. */
    private static boolean[] counts(float[] values) {
        float[] sorted = new float[values.length];
        int n = 0;
        for (float v : values) {
            if (v > 0 && v < Float.POSITIVE_INFINITY) {
                sorted[n++] = v;
            }
        }
        if (n == 0) {
            throw new RefusedException(
                    "the image has no value above 0, so there is nothing to fuse");
        }
        Arrays.sort(sorted, 0, n);
        float most = sorted[Math.min(n - 1, n - n / 20)];
        for (int p = 0; p < values.length; p++) {
            sorted[p] = values[p] == values[p] ? Math.max(0, Math.min(most, values[p])) : 0;
        }
        double threshold = Otsu.threshold(sorted);
        boolean[] counts = new boolean[values.length];
        for (int p = 0; p < values.length; p++) {
            counts[p] = values[p] >= threshold;
        }
        return counts;
    }

    private double estimated() {
        double sd = NoiseSd.of(grid, image.values(), counts).orElse(0);
        if (!(sd > 0)) {
            throw new RefusedException(
                    "no noise can be found in the image, so nothing tells how much of it is to be"
                            + " explained. Say it: --noise SD.");
        }
        return sd;
    }

    private Result alone() {
        return search(prior(null, 1)).result(Optional.empty());
    }

    private Result guided(float[] v) {
        double edges = Guidance.eta(grid, v);
        Guidance said = Guidance.of(grid, image.values(), v, counts, edges);
        boolean joint = settings.prior == MapPrior.JTV;
        double eta = settings.eta.orElse(joint ? 1 : edges);
        float[] scaled = joint ? onScale(v) : v;
        Solved with = search(prior(scaled, eta));
        float[] flat = new float[v.length];
        Solver twin = solver(prior(flat, eta));
        float[] without =
                twin.solve(with.weight, settings.tolerance, said("without the guide")).image;
        float[] imposed = new float[v.length];
        for (int p = 0; p < v.length; p++) {
            imposed[p] = (float) (((double) with.image[p] - without[p]) * unit);
        }
        float[] seen = new float[v.length];
        blur.forward(imposed, seen);
        int many = 0;
        for (int p = 0; p < v.length; p++) {
            many += counts[p] && Math.abs(imposed[p]) > noise ? 1 : 0;
            imposed[p] = image.values()[p] == image.values()[p] ? imposed[p] : Float.NaN;
        }
        return with.result(
                Optional.of(
                        new Guide(
                                Volume.of(grid, imposed, image.quantity()),
                                settings.prior.hasEta() ? eta : Double.NaN,
                                said.agreement(),
                                said.byChance(),
                                rms(imposed),
                                rms(seen),
                                (double) many / counted)));
    }

    private double rms(float[] x) {
        double sum = 0;
        for (int p = 0; p < x.length; p++) {
            sum += counts[p] ? (double) x[p] * x[p] : 0;
        }
        return Math.sqrt(sum / counted);
    }

    /** Returns the guide on the scale on which its gradients are as large as the image's. */
    private float[] onScale(float[] v) {
        double factor = gradients(z) / gradients(v);
        float[] out = new float[v.length];
        for (int p = 0; p < v.length; p++) {
            out[p] = (float) (v[p] * factor);
        }
        return out;
    }

    private double gradients(float[] x) {
        float[] squares = GuideEdges.squares(grid, x, 1);
        double sum = 0;
        for (int p = 0; p < x.length; p++) {
            sum += counts[p] ? squares[p] : 0;
        }
        return Math.sqrt(sum / counted);
    }

    private Prior prior(float[] guide, double eta) {
        int many = settings.neighbours.orElse(MapPrior.usualNeighbours(grid));
        return settings.prior.of(grid, guide, eta, settings.gamma, many, noise / unit);
    }

    private Progress said(String what) {
        String stage = settings.prior.label() + " " + what;
        return (converging, done, total, lost) -> progress.at(stage, done, total, lost);
    }

    /** Finds the image for weights, one after the other. */
    private interface Solver {
        Solved solve(double weight, double tolerance, Progress shown);
    }

    /** An image, in the unit of z. */
    private final class Solved {
        final float[] image;
        final double weight;
        final double objective;
        final double gap;
        final int iterations;
        final double discrepancy;

        Solved(float[] image, double weight, double objective, double gap, int iterations) {
            this.image = image;
            this.weight = weight;
            this.objective = objective;
            this.gap = gap;
            this.iterations = iterations;
            discrepancy = discrepancy(image);
        }

        Result result(Optional<Guide> guide) {
            float[] out = new float[image.length];
            for (int p = 0; p < out.length; p++) {
                float was = MapFusion.this.image.values()[p];
                out[p] = was == was ? (float) (image[p] * unit) : Float.NaN;
            }
            return new Result(
                    Volume.of(grid, out, MapFusion.this.image.quantity()),
                    weight,
                    settings.weight.isEmpty(),
                    noise,
                    settings.noise.isEmpty(),
                    counted,
                    discrepancy,
                    objective,
                    gap,
                    iterations,
                    guide);
        }
    }

    private Solved search(Prior prior) {
        Solver solver = solver(prior);
        double first = settings.prior.firstWeight(grid, noise / unit, level);
        double weight =
                settings.weight.orElseGet(
                        () ->
                                WeightSearch.of(
                                        first,
                                        w -> solver.solve(w, COARSE, Progress.NONE).discrepancy,
                                        progress));
        return solver.solve(weight, settings.tolerance, said("converging"));
    }

    private Solver solver(Prior prior) {
        float[] start = new float[z.length];
        for (int p = 0; p < z.length; p++) {
            start[p] = z[p] > 0 ? z[p] : 0;
        }
        if (!(prior instanceof NormPrior norm)) {
            return (weight, tolerance, shown) -> {
                Descent descent = new Descent(likelihood(), prior, weight, start);
                Descent.Result r = descent.minimise(NO_GAP * tolerance, MOST, shown);
                System.arraycopy(r.image(), 0, start, 0, start.length);
                return new Solved(r.image(), weight, r.objective(), Double.NaN, r.iterations());
            };
        }
        double s = noise / unit;
        double upper = 0;
        for (float v : start) {
            upper = Math.max(upper, OUT_OF_REACH * v);
        }
        double most = upper;
        Pdhg pdhg = new Pdhg(blur, data(z), norm, start, s * s);
        return (weight, tolerance, shown) -> {
            Pdhg.Settings now = new Pdhg.Settings(tolerance, most, MOST);
            Pdhg.Result r = pdhg.minimise(weight, now, shown);
            Pdhg.Check end = r.last();
            return new Solved(r.image(), weight, end.objective(), end.gap(), end.iteration());
        };
    }

    private DataTerm data(float[] values) {
        return settings.likelihood == Noise.POISSON
                ? DataTerm.poisson(raised(values, Float.NaN), raised(new float[z.length], 0))
                : DataTerm.gaussian(values, noise);
    }

    private Likelihood likelihood() {
        if (settings.likelihood == Noise.POISSON) {
            return PoissonLikelihood.of(blur, raised(z, 0), raised(new float[z.length], 0));
        }
        float[] known = z.clone();
        float[] precision = new float[z.length];
        for (int p = 0; p < z.length; p++) {
            boolean measured = z[p] == z[p];
            known[p] = measured ? z[p] : 0;
            precision[p] = measured ? (float) (1 / (noise * noise)) : 0;
        }
        return GaussianLikelihood.weighted(blur, known, precision);
    }

    /** Returns values plus what air counts as; values that would stay below 0 are air. */
    private float[] raised(float[] values, float gap) {
        float by = (float) (AIR * level);
        float[] out = new float[values.length];
        for (int p = 0; p < out.length; p++) {
            out[p] = values[p] == values[p] ? Math.max(0, values[p] + by) : gap;
        }
        return out;
    }

    private double discrepancy(float[] u) {
        float[] where = new float[z.length];
        for (int p = 0; p < z.length; p++) {
            where[p] = counts[p] ? z[p] : Float.NaN;
        }
        float[] predicted = new float[z.length];
        blur.forward(u, predicted);
        return 2 * data(where).value(predicted) / counted;
    }
}
