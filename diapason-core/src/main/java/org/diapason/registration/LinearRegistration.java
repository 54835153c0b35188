package org.diapason.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diapason.step.Progress;
import org.diapason.volume.Affine;

/**
 * Finds the linear transform under which two images fit best.
 *
 * <p>Coarse to fine. On the coarsest grid many poses about the centres of both images are tried and
 * the best few climbed, and that of the header with them; each finer grid starts where the one
 * before it ended. Coarse grids need few samples, for they only lead the finest one to its place,
 * and compare blurred images; the finest compares the voxels themselves with cubic splines: blur
 * mixes tissues at every edge, and an affine transform is then off by a fifth of a percent. A share
 * of its samples leads nearly to the end; all take the last steps.
 */
final class LinearRegistration {
    /** Turns of the poses that are tried, about each axis, in rad; a climb reaches half as far. */
    private static final double[] TURNS = {-0.8, -0.4, 0, 0.4, 0.8};

    /** Poses of the coarsest grid that are climbed beside the header's. */
    private static final int CLIMBED = 8;

    /** Ends that go on to the next grid: two are needed to tell an object from its like turned. */
    private static final int CARRIED = 3;

    /** Samples on each grid, from the finest. */
    private static final int[] SAMPLES = {Integer.MAX_VALUE, 60_000, 30_000, 8_000};

    /** Of the samples of the coarsest and of the finest grid one in so many goes ahead. */
    private static final int SCOUTS_COARSE = 2;

    private static final int SCOUTS_FINE = 4;

    /** Steps shorter than so many voxels end a search. */
    private static final double ROUGH = 0.05;

    /** Voxels between the gradients that the curvature is taken from. */
    private static final double CURVE = 0.1;

    private static final double CLOSE = 0.02;
    private static final double EXACT = 0.005;

    private final Pair pair;
    private final LinearModel model;
    private final String metricName;
    private final Scaled scaled;
    private final Scaled stiff;
    private final double[][] corners;
    private final double[] centre;
    private final List<Certificate.Stage> stages = new ArrayList<>();

    LinearRegistration(Pair pair, LinearModel model, String metricName) {
        this.pair = pair;
        this.model = model;
        this.metricName = metricName;
        corners = Scaled.corners(pair.grid());
        centre = pair.centre();
        scaled = new Scaled(model, centre, corners, pair.flat());
        LinearModel rigid = model == LinearModel.TRANSLATION ? model : LinearModel.RIGID;
        stiff = new Scaled(rigid, centre, corners, pair.flat());
    }

    /**
     * What was found.
     *
     * @param transform fixed mm to moving mm
     * @param rivals where else searches ended on the second grid, the best first, and the value of
     *     the metric there; the first is the one that was followed
     * @param samples of the finest grid, wherever they lie in the moving image
     * @param scaled the parameters that moved
     * @param stages from the coarsest grid to the finest
     */
    record Found(
            Affine transform,
            List<LinearSearch.Result> rivals,
            Samples samples,
            Scaled scaled,
            List<Certificate.Stage> stages) {}

    /**
     * @param known where to start; other poses are tried only without
     */
    Found from(Optional<Affine> known, Progress progress) {
        Samples few = pair.samples(3, SAMPLES[3]);
        Climb poses = climb(few.every(SCOUTS_COARSE, 0), 3);
        List<Affine> starts = new ArrayList<>();
        known.ifPresentOrElse(
                starts::add,
                () -> {
                    starts.add(Affine.IDENTITY);
                    starts.addAll(poses.best(poses(), CLIMBED));
                });
        List<LinearSearch.Result> ends = climbed(climb(few, 3), 3, stiff, starts, null, ROUGH);
        progress.at("register, 8 times the voxels", 1, 4, 0);
        List<Affine> carried =
                ends.stream().limit(CARRIED).map(LinearSearch.Result::transform).toList();
        Samples some = pair.inside(pair.samples(2, SAMPLES[2]), 2, carried.get(0));
        List<LinearSearch.Result> rivals = climbed(climb(some, 2), 2, stiff, carried, null, ROUGH);
        LinearSearch.Result best = rivals.get(0);
        if (scaled.size() > stiff.size()) {
            best = climbed(climb(some, 2), 2, scaled, best.transform(), null, CLOSE);
        }
        progress.at("register, 4 times the voxels", 2, 4, 0);
        Samples more = pair.inside(pair.samples(1, SAMPLES[1]), 1, best.transform());
        double[][] inverse =
                Curvature.inverse(
                        pair.metric(more, 1),
                        scaled,
                        best.transform(),
                        CURVE * pair.fixed(1).spacingMm());
        best = climbed(climb(more, 1), 1, scaled, best.transform(), inverse, CLOSE);
        progress.at("register, 2 times the voxels", 3, 4, 0);
        Samples all = pair.samples(0, SAMPLES[0]);
        Samples drawn = pair.inside(all, 0, best.transform());
        if (drawn.size() > SAMPLES[1]) {
            Climb scouts = climb(drawn.every(SCOUTS_FINE, 0), 0);
            best = climbed(scouts, 0, scaled, best.transform(), best.inverse(), CLOSE);
        }
        best = climbed(climb(drawn, 0), 0, scaled, best.transform(), best.inverse(), EXACT);
        progress.at("register, the voxels", 4, 4, 0);
        return new Found(best.transform(), rivals, all, scaled, List.copyOf(stages));
    }

    private Climb climb(Samples samples, int level) {
        return new Climb(pair.metric(samples, level), corners, pair.fixed(level).spacingMm());
    }

    private LinearSearch.Result climbed(
            Climb climb, int level, Scaled by, Affine start, double[][] inverse, double tolerance) {
        return climbed(climb, level, by, List.of(start), inverse, tolerance).get(0);
    }

    private List<LinearSearch.Result> climbed(
            Climb climb,
            int level,
            Scaled by,
            List<Affine> starts,
            double[][] inverse,
            double tolerance) {
        List<LinearSearch.Result> ends = climb.from(by, starts, inverse, tolerance);
        stages.add(
                new Certificate.Stage(
                        metricName,
                        pair.fixed(level).spacingMm(),
                        ends.get(0).values(),
                        climb.evaluations()));
        return ends;
    }

    /** Returns poses that bring the centres together, turned each way. */
    private List<Affine> poses() {
        double[] other = pair.other();
        List<Affine> poses = new ArrayList<>();
        double[] none = {0};
        boolean turns = model != LinearModel.TRANSLATION;
        for (double x : turns && !pair.flat() ? TURNS : none) {
            for (double y : turns && !pair.flat() ? TURNS : none) {
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
}
