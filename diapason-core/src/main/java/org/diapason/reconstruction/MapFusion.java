package org.diapason.reconstruction;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.diapason.step.Progress;
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

    /** Iterations for a weight that is only tried; the next goes on where it ended. */
    private static final int TRIED = 100;

    /** Without a gap, an iteration may change the image by this share of the tolerance. */
    private static final double NO_GAP = 0.01;

    /** The upper bound of the image, over the largest value of the input. */
    private static final double OUT_OF_REACH = 20;

    /**
     * The gap that is small enough unless told: under Gaussian noise {@code RMS A(u − u*) ≤ s √(2
     * gap / N)}, a tenth of the noise where the objective is 1.7 a voxel.
     */
    public static final double TOLERANCE = 3e-3;

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
            double tolerance) {
        public Settings {
            if (!(weight.orElse(1) > 0) || !(noise.orElse(1) > 0) || !(tolerance > 0)) {
                throw new IllegalArgumentException(
                        "weight, noise and tolerance must be positive, got "
                                + (weight.isPresent() ? weight.getAsDouble() : "none")
                                + ", "
                                + (noise.isPresent() ? noise.getAsDouble() : "none")
                                + " and "
                                + tolerance);
            }
        }
    }

    /**
     * What was found.
     *
     * @param noiseFar as estimated two voxels apart: where it is larger, neighbours share noise,
     *     and {@code noise} is too small, or the image has structure as fine; NaN where given
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
            double noiseFar,
            int counted,
            double discrepancy,
            double objective,
            double gap,
            int iterations,
            Optional<Guide> guide) {}

    /**
     * @param imposed the image less the one with a flat guide
     * @param eta η as used; NaN where the prior has none
     * @param agreement of the guide's edges with the image's, 0 to 1
     * @param byChance the same in the best of places where the guide does not belong
     * @param shifts how many of these there were
     * @param rms of imposed where it counts
     * @param seenRms the same of A imposed: below the noise the data cannot tell the two apart
     * @param share of the voxels that count where |imposed| is above the noise
     */
    public record Guide(
            Volume imposed,
            double eta,
            double agreement,
            double byChance,
            int shifts,
            double rms,
            double seenRms,
            double share) {}

    private final Settings settings;
    private final Progress progress;
    private final Measured data;

    private MapFusion(Volume image, Settings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        data = new Measured(image, settings);
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

    private Result alone() {
        return search(prior(null, 1)).result(Optional.empty());
    }

    private Result guided(float[] v) {
        double edges = Guidance.eta(data.grid, v);
        Guidance said = Guidance.of(data.grid, data.image.values(), v, data.counts, data.blur);
        boolean joint = settings.prior == MapPrior.JTV;
        double eta = settings.eta.orElse(joint ? 1 : edges);
        float[] scaled = joint ? onScale(v) : v;
        Solved with = search(prior(scaled, eta));
        float[] flat = new float[v.length];
        Solver twin = solver(prior(flat, eta));
        float[] without = twin.solve(with.weight, false, stage("without the guide")).image;
        float[] imposed = new float[v.length];
        for (int p = 0; p < v.length; p++) {
            imposed[p] = (float) (((double) with.image[p] - without[p]) * data.unit);
        }
        float[] seen = new float[v.length];
        data.blur.forward(imposed, seen);
        int many = 0;
        for (int p = 0; p < v.length; p++) {
            many += data.counts[p] && Math.abs(imposed[p]) > data.noise ? 1 : 0;
            imposed[p] = data.image.values()[p] == data.image.values()[p] ? imposed[p] : Float.NaN;
        }
        return with.result(
                Optional.of(
                        new Guide(
                                Volume.of(data.grid, imposed, data.image.quantity()),
                                settings.prior.hasEta() ? eta : Double.NaN,
                                said.agreement(),
                                said.byChance(),
                                said.shifts(),
                                data.rms(imposed),
                                data.rms(seen),
                                (double) many / data.counted)));
    }

    /** Returns the guide on the scale on which its gradients are as large as the image's. */
    private float[] onScale(float[] v) {
        double factor = data.gradients(data.z) / data.gradients(v);
        float[] out = new float[v.length];
        for (int p = 0; p < v.length; p++) {
            out[p] = (float) (v[p] * factor);
        }
        return out;
    }

    private Prior prior(float[] guide, double eta) {
        int many = settings.neighbours.orElse(MapPrior.usualNeighbours(data.grid));
        return settings.prior.of(
                data.grid, guide, eta, settings.gamma, many, data.noise / data.unit);
    }

    private Progress stage(String what) {
        String stage = settings.prior.label() + " " + what;
        return (converging, done, total, lost) -> progress.at(stage, done, total, lost);
    }

    /** Finds the image for weights, one after the other. */
    private interface Solver {
        /**
         * @param tried whether the weight is only tried: loosely, and no further than some
         *     iterations
         */
        Solved solve(double weight, boolean tried, Progress shown);
    }

    /** An image, in the unit of the data. */
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
            discrepancy = data.discrepancy(image);
        }

        Result result(Optional<Guide> guide) {
            float[] out = new float[image.length];
            for (int p = 0; p < out.length; p++) {
                float was = data.image.values()[p];
                out[p] = was == was ? (float) (image[p] * data.unit) : Float.NaN;
            }
            return new Result(
                    Volume.of(data.grid, out, data.image.quantity()),
                    weight,
                    settings.weight.isEmpty(),
                    data.noise,
                    settings.noise.isEmpty(),
                    data.noiseFar,
                    data.counted,
                    discrepancy,
                    objective,
                    gap,
                    iterations,
                    guide);
        }
    }

    private Solved search(Prior prior) {
        Solver solver = solver(prior);
        double first = settings.prior.firstWeight(data.grid, data.noise / data.unit, data.level);
        double weight =
                settings.weight.orElseGet(
                        () ->
                                WeightSearch.of(
                                        first,
                                        w -> solver.solve(w, true, Progress.NONE).discrepancy,
                                        progress));
        return solver.solve(weight, false, stage("converging"));
    }

    private Solver solver(Prior prior) {
        float[] start = new float[data.z.length];
        for (int p = 0; p < data.z.length; p++) {
            start[p] = data.z[p] > 0 ? data.z[p] : 0;
        }
        if (!(prior instanceof NormPrior norm)) {
            Likelihood likelihood = data.likelihood();
            return (weight, tried, shown) -> {
                double tolerance = tried ? COARSE : settings.tolerance;
                MonotoneDescent descent =
                        new MonotoneDescent(
                                0, new Stopping(NO_GAP * tolerance, tried ? TRIED : MOST));
                Reconstruction r =
                        descent.minimise(likelihood, new Penalty(prior, weight), start, shown);
                float[] image = tried ? r.image() : r.convergedImage();
                System.arraycopy(image, 0, start, 0, start.length);
                double least = r.objectives().get(r.iterations());
                return new Solved(image, weight, least, Double.NaN, r.iterations());
            };
        }
        double s = data.noise / data.unit;
        double upper = 0;
        for (float v : start) {
            upper = Math.max(upper, OUT_OF_REACH * v);
        }
        double most = upper;
        Pdhg pdhg = new Pdhg(data.blur, data.data(data.z), norm, start, s * s);
        return (weight, tried, shown) -> {
            double tolerance = tried ? COARSE : settings.tolerance;
            Pdhg.Settings now = new Pdhg.Settings(tolerance, most, tried ? TRIED : MOST);
            Pdhg.Result r =
                    tried ? pdhg.approach(weight, now, shown) : pdhg.minimise(weight, now, shown);
            Pdhg.Check end = r.last();
            return new Solved(r.image(), weight, end.objective(), end.gap(), end.iteration());
        };
    }
}
