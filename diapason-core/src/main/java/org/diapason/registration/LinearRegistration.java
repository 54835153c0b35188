package org.diapason.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diapason.math.Gauss;
import org.diapason.math.Resample;
import org.diapason.math.Rng;
import org.diapason.step.Default;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Finds the linear transform under which two images say most about each other, of any contrast.
 *
 * <p>Mutual information, coarse to fine. On the coarsest grid many poses about the centres of both
 * images are tried and the best few climbed; each finer grid starts where the one before it ended.
 * Coarse grids compare blurred images, the finest one the voxels themselves with cubic splines:
 * blur mixes tissues at every edge, and an affine transform is then off by a fifth of a percent.
 *
 * @param model how it may move
 * @param bins of either image, fewer where samples are few; 64 keeps the error of an affine scale
 *     below 0.2 %
 * @param samples voxels of the fixed image that are compared on each grid, at most
 * @param seed draws them
 */
public record LinearRegistration(
        LinearModel model,
        @Default("64") int bins,
        @Default("500000") int samples,
        @Default("1") long seed) {

    /** Grids of the pyramid; the coarsest is eight times the voxels of the image. */
    private static final int LEVELS = 4;

    /** Turns of the poses that are tried, about each axis, in rad; a climb reaches half as far. */
    private static final double[] TURNS = {-0.8, -0.4, 0, 0.4, 0.8};

    /** Poses of the coarsest grid that are climbed, and ends that go on to the next. */
    private static final int CLIMBED = 8;

    private static final int CARRIED = 3;

    /** Voxels that a sample must lie inside the moving image to be compared on the finer grids. */
    private static final double INSIDE = 2;

    public LinearRegistration {
        if (bins < 16 || bins > 127) {
            throw new IllegalArgumentException("bins must be 16 to 127, got " + bins);
        }
        if (samples < 1000) {
            throw new IllegalArgumentException("samples must be at least 1000, got " + samples);
        }
    }

    /** The usual settings. */
    public static LinearRegistration of(LinearModel model) {
        return new LinearRegistration(model, 64, 500_000, 1);
    }

    /**
     * One grid of the search.
     *
     * @param spacingMm mean distance of its voxels
     * @param information mutual information at the end, in nats
     * @param evaluations of the metric
     */
    public record Stage(double spacingMm, double information, int evaluations) {}

    /**
     * What was found.
     *
     * @param transform fixed mm to moving mm
     * @param overlap share of the fixed image, or of its mask, that lies in the moving image
     * @param stages from the coarsest grid to the finest
     */
    public record Found(Affine transform, double overlap, List<Stage> stages) {
        public Found {
            stages = List.copyOf(stages);
        }
    }

    /**
     * Registers a moving image to a fixed one.
     *
     * @param mask of the fixed image, on its grid: what is to fit
     * @throws RefusedException if an image shows nothing that places could be told by
     */
    public Found find(Volume fixed, Volume moving, Optional<Mask> mask) {
        boolean flat = fixed.geometry().nk() == 1 && moving.geometry().nk() == 1;
        List<Level> of = Level.pyramid(fixed, mask.orElse(null), LEVELS);
        List<Level> to = Level.pyramid(moving, null, LEVELS);
        Geometry g = fixed.geometry();
        double[] centre = Brightness.centre(of.get(of.size() - 1), "fixed");
        double[] other = Brightness.centre(to.get(to.size() - 1), "moving");
        List<Stage> stages = new ArrayList<>();
        List<Affine> starts = poses(centre, other, flat);
        for (int level = LEVELS - 1; level >= 0; level--) {
            Level f = of.get(Math.min(level, of.size() - 1));
            Level m = to.get(Math.min(level, to.size() - 1));
            boolean first = level == LEVELS - 1;
            Samples drawn = samples(f, level);
            if (!first) {
                Samples within = drawn.within(m.geometry(), starts.get(0), INSIDE);
                drawn = within.size() * 16L < drawn.size() ? drawn : within;
            }
            MutualInformation metric = new MutualInformation(drawn, moving(m, level));
            Climb climb = new Climb(metric, centre, g, f.spacingMm(), flat);
            List<LinearSearch.Result> ends =
                    first
                            ? climb.from(stiff(), climb.best(starts, CLIMBED), 0.05)
                            : climb.from(model, starts, level == 0 ? 0.002 : 0.02);
            LinearSearch.Result best = ends.get(0);
            stages.add(new Stage(f.spacingMm(), best.value(), climb.evaluations()));
            // Two grids are needed to tell an object from its like turned round.
            int kept = first ? CARRIED : 1;
            starts = ends.stream().limit(kept).map(LinearSearch.Result::transform).toList();
        }
        Affine best = starts.get(0);
        Samples all = samples(of.get(0), 0);
        Samples in = all.within(moving.geometry(), best, 0);
        return new Found(best, in.size() / (double) all.size(), stages);
    }

    private Samples samples(Level f, int level) {
        double s = level == 0 ? 0 : Math.sqrt(1.0 / 3);
        float[] values = s == 0 ? f.values() : Gauss.blur(f.geometry(), f.values(), s, s, s);
        Level seen = new Level(f.geometry(), values, f.mask());
        return Samples.of(
                seen,
                values,
                Range.of(seen, "fixed"),
                bins,
                samples,
                Rng.seed(seed, "level " + level));
    }

    private static Moving moving(Level m, int level) {
        float[] coefficients =
                level == 0 ? Resample.coefficients(m.geometry(), m.values()) : m.values();
        return new Moving(m.geometry(), coefficients, Range.of(m, "moving"));
    }

    /**
     * Returns poses that bring the centres together, turned each way, and the one of the header.
     */
    private List<Affine> poses(double[] centre, double[] other, boolean flat) {
        List<Affine> poses = new ArrayList<>();
        poses.add(Affine.IDENTITY);
        double[] none = {0};
        boolean turns = model != LinearModel.TRANSLATION;
        for (double x : turns && !flat ? TURNS : none) {
            for (double y : turns && !flat ? TURNS : none) {
                for (double z : turns ? TURNS : none) {
                    double[] p = {
                        other[0] - centre[0], other[1] - centre[1], other[2] - centre[2], x, y, z
                    };
                    poses.add(LinearModel.RIGID.at(p, centre));
                }
            }
        }
        return poses;
    }

    private LinearModel stiff() {
        return model == LinearModel.TRANSLATION ? model : LinearModel.RIGID;
    }
}
