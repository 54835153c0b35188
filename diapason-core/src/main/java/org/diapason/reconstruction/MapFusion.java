package org.diapason.reconstruction;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.diapason.reconstruction.MapSolver.Solved;
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
        Found found = search(null, 1);
        return result(found.solved, Optional.empty());
    }

    private Result guided(float[] v) {
        double edges = Guidance.eta(data.grid, v);
        Guidance said = Guidance.of(data.grid, data.image.values(), v, data.counts, data.blur);
        boolean joint = settings.prior == MapPrior.JTV;
        double eta = settings.eta.orElse(joint ? 1 : edges);
        Found found = search(joint ? onScale(v) : v, eta);
        Solved with = found.solved;
        MapSolver twin = found.solver.with(prior(new float[v.length], eta));
        float[] without = twin.solve(with.weight(), false, stage("without the guide")).image();
        float[] imposed = new float[v.length];
        for (int p = 0; p < v.length; p++) {
            imposed[p] = (float) (((double) with.image()[p] - without[p]) * data.unit);
        }
        float[] seen = new float[v.length];
        data.blur.forward(imposed, seen);
        int many = 0;
        for (int p = 0; p < v.length; p++) {
            many += data.counts[p] && Math.abs(imposed[p]) > data.noise ? 1 : 0;
            imposed[p] = data.image.values()[p] == data.image.values()[p] ? imposed[p] : Float.NaN;
        }
        return result(
                with,
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
        return prior(data.grid, guide, eta, data.noise / data.unit);
    }

    private Prior prior(Geometry grid, float[] guide, double eta, double noise) {
        int many = settings.neighbours.orElse(MapPrior.usualNeighbours(grid));
        return settings.prior.of(grid, guide, eta, settings.gamma, many, noise);
    }

    private Progress stage(String what) {
        String stage = settings.prior.label() + " " + what;
        return (detail, done, total, lost) -> progress.at(stage + detail, done, total, lost);
    }

    private Result result(Solved solved, Optional<Guide> guide) {
        float[] out = new float[data.z.length];
        for (int p = 0; p < out.length; p++) {
            float was = data.image.values()[p];
            out[p] = was == was ? (float) (solved.image()[p] * data.unit) : Float.NaN;
        }
        return new Result(
                Volume.of(data.grid, out, data.image.quantity()),
                solved.weight(),
                settings.weight.isEmpty(),
                data.noise,
                settings.noise.isEmpty(),
                data.noiseFar,
                data.counted,
                data.discrepancy(solved.image()),
                solved.objective(),
                solved.gap(),
                solved.iterations(),
                guide);
    }

    /** The image, and what found it. */
    private record Found(MapSolver solver, Solved solved) {}

    private Found search(float[] guide, double eta) {
        double weight =
                settings.weight.orElseGet(
                        () ->
                                settings.prior.firstWeight(
                                        data.grid, data.noise / data.unit, data.level));
        float[] start = data.z;
        Optional<Coarser> coarser =
                settings.prior == MapPrior.RDP
                        ? Optional.empty()
                        : Coarser.of(data.grid, settings.fwhmMm);
        if (coarser.isPresent()) {
            try {
                Solved first = coarse(coarser.get(), guide, eta, weight);
                weight = first.weight();
                start = first.image();
            } catch (RefusedException none) {
                // larger voxels can lack what small ones explain: these are asked from the start
                start = data.z;
            }
        }
        MapSolver solver = new MapSolver(data, settings.tolerance, prior(guide, eta), start);
        if (settings.weight.isEmpty()) {
            weight = WeightSearch.of(weight, false, w -> tried(solver, w));
        }
        return new Found(
                solver, solver.solve(weight, false, stage("weight " + Numbers.power(weight, 3))));
    }

    private double tried(MapSolver solver, double weight) {
        Progress shown = stage("tries " + "weight " + Numbers.power(weight, 3));
        return data.discrepancy(solver.solve(weight, true, shown).image());
    }

    /** Finds a weight and an image to begin with in larger voxels; both as of the given ones. */
    private Solved coarse(Coarser coarser, float[] guide, double eta, double weight) {
        Measured rough = data.in(coarser);
        double units = data.unit / rough.unit;
        float[] led = guide == null ? null : coarser.means(guide, units);
        boolean share = settings.prior.hasEta() && settings.prior != MapPrior.JTV;
        double same =
                share
                        ? eta
                                * units
                                * GuideEdges.largest(data.grid, guide)
                                / GuideEdges.largest(rough.grid, led)
                        : eta;
        double wider = MapPrior.spacing(rough.grid) / MapPrior.spacing(data.grid);
        Prior prior = prior(rough.grid, led, same, data.noise / rough.unit * wider);
        MapSolver solver = new MapSolver(rough, settings.tolerance, prior, rough.z);
        double more = coarser.block / StrictMath.pow(units, settings.prior.degree());
        double found = weight;
        if (settings.weight.isEmpty()) {
            found =
                    WeightSearch.of(
                            weight,
                            true,
                            w -> {
                                Progress shown = stage("tries " + "weight " + Numbers.power(w, 3));
                                float[] u = solver.solve(w * more, true, shown).image();
                                return data.discrepancy(coarser.finer(u, 1 / units));
                            });
        }
        Solved last = solver.solve(found * more, true, stage("begins in larger voxels"));
        float[] start = coarser.finer(last.image(), 1 / units);
        return new Solved(start, found, last.objective(), last.gap(), last.iterations());
    }
}
