package org.diapason.registration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
    private static final int CLIMBED = 16;

    /** Ends that go on to the next grid, which tells an object from its like turned round. */
    private static final int CARRIED = 5;

    /** What is nearly as good as the best goes on one grid more: the share it may lack. */
    private static final int CLOSE_ONES = 3;

    private static final double NEARLY = 0.06;

    /** The same for ends that may yet be stretched, or are told apart once more. */
    private static final double NEARLY_STIFF = 0.1;

    /** Samples on each grid, from the finest. */
    private static final int[] SAMPLES = {Integer.MAX_VALUE, 60_000, 20_000, 8_000};

    /** Of the samples of the coarsest and of the finest grid one in so many goes ahead. */
    private static final int SCOUTS_COARSE = 2;

    private static final int SCOUTS_FINE = 4;

    /** Steps shorter than so many voxels end a search. */
    private static final double ROUGH = 0.05;

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
     * @param lead how far it is ahead of the next best place, on the last grid where both were
     *     compared
     * @param samples of the finest grid, wherever they lie in the moving image
     * @param scaled the parameters that moved
     * @param stages from the coarsest grid to the finest
     */
    record Found(
            Affine transform,
            Lead lead,
            Samples samples,
            Scaled scaled,
            List<Certificate.Stage> stages) {}

    /**
     * @param known where to start; other poses are tried only without
     */
    Found from(Optional<Affine> known, Progress progress) {
        List<Affine> starts = first(known);
        progress.at("register, 8 times the voxels", 1, 4, 0);
        Samples some = pair.samples(2, SAMPLES[2]);
        starts = close(rivals(some, 2, stiff, starts, ROUGH), NEARLY_STIFF);
        if (scaled.size() > stiff.size()) {
            starts = close(rivals(some, 2, scaled, starts, ROUGH), NEARLY);
        }
        progress.at("register, 4 times the voxels", 2, 4, 0);
        int wanted = starts.size() == 1 ? SAMPLES[1] : SAMPLES[2];
        Samples more = pair.samples(1, wanted);
        List<Rival> rivals = rivals(more, 1, scaled, starts, CLOSE);
        LinearSearch.Result best = rivals.get(0).end();
        progress.at("register, 2 times the voxels", 3, 4, 0);
        Samples all = pair.samples(0, SAMPLES[0]);
        Samples drawn = pair.inside(all, 0, best.transform());
        if (drawn.size() > SAMPLES[1]) {
            Climb scouts = climb(thin(drawn), 0);
            best = climbed(scouts, best.transform(), best.inverse(), CLOSE);
        }
        best = climbed(climb(drawn, 0), best.transform(), best.inverse(), EXACT);
        Affine place = best.transform();
        Lead lead =
                rivals.size() < 2
                        ? Lead.ALONE
                        : Lead.of(
                                pair.metric(more, 1),
                                rivals.get(0).end().transform(),
                                rivals.get(1).end().transform());
        Optional<Affine> better = fromStart(known.orElse(Affine.IDENTITY), place, all);
        if (better.isPresent()) {
            lead = Lead.of(pair.metric(thin(all), 0), better.get(), place);
            place = better.get();
        }
        progress.at("register, the voxels", 4, 4, 0);
        return new Found(place, lead, all, scaled, List.copyOf(stages));
    }

    /**
     * Returns where a climb on the voxels alone leads from the start, if that fits better: blur can
     * lead coarser grids away from it.
     */
    private Optional<Affine> fromStart(Affine start, Affine found, Samples all) {
        Samples some = thin(all);
        Metric whole = pair.metric(some, 0);
        if (whole.value(start) <= whole.value(found) || !pair.meet(some, 0, start)) {
            return Optional.empty();
        }
        Affine end = climbed(climb(pair.inside(all, 0, start), 0), start, null, EXACT).transform();
        return Optional.of(end).filter(e -> whole.value(e) > whole.value(found));
    }

    private static Samples thin(Samples all) {
        return all.size() > SAMPLES[1] ? all.every(SCOUTS_FINE, 0) : all;
    }

    /**
     * Returns where the searches of the coarsest grid end, the best first, and that of the header:
     * so coarse a grid is no judge of it.
     */
    private List<Affine> first(Optional<Affine> known) {
        Samples few = pair.samples(3, SAMPLES[3]);
        Climb climb = climb(few, 3);
        Affine header = known.orElse(Affine.IDENTITY);
        LinearSearch.Result held = climb.from(stiff, List.of(header), null, ROUGH).get(0);
        List<LinearSearch.Result> ends = new ArrayList<>(List.of(held));
        int scored = 0;
        if (known.isEmpty()) {
            Climb scouts = climb(few.every(SCOUTS_COARSE, 0), 3);
            ends.addAll(climb.from(stiff, scouts.best(poses(), CLIMBED), null, ROUGH));
            scored = scouts.evaluations();
        }
        dropDisjoint(ends, LinearSearch.Result::transform, few, 3);
        ends.sort(Comparator.comparingDouble(e -> -e.value()));
        note(3, ends.get(0), climb.evaluations() + scored);
        List<LinearSearch.Result> kept = climb.once(ends);
        List<Affine> starts = new ArrayList<>();
        for (LinearSearch.Result end : kept.subList(0, Math.min(CARRIED, kept.size()))) {
            starts.add(end.transform());
        }
        if (kept.indexOf(held) >= CARRIED) {
            starts.add(held.transform());
        }
        return starts;
    }

    /**
     * An end of a search beside others.
     *
     * @param value of the metric with all samples, wherever they lie
     */
    private record Rival(LinearSearch.Result end, double value) {}

    /**
     * Climbs from each start with the samples that it puts inside, and tells the ends apart with
     * all: a pose that loses what does not fit must not win by it.
     */
    private List<Rival> rivals(
            Samples all, int level, Scaled by, List<Affine> starts, double tolerance) {
        Metric whole = pair.metric(all, level);
        double spacing = pair.fixed(level).spacingMm();
        List<Rival> rivals = new ArrayList<>();
        int evaluations = 0;
        for (Affine start : starts) {
            Samples inside = pair.inside(all, level, start);
            Climb climb = climb(inside, level);
            double[][] inverse =
                    level > 1
                            ? null
                            : Curvature.inverse(pair.metric(inside, level), by, start, spacing);
            LinearSearch.Result end = climb.from(by, List.of(start), inverse, tolerance).get(0);
            evaluations += climb.evaluations();
            boolean met =
                    rivals.stream()
                            .anyMatch(
                                    r ->
                                            Distances.most(
                                                            r.end().transform(),
                                                            end.transform(),
                                                            corners)
                                                    < Climb.APART * spacing);
            if (!met) {
                rivals.add(new Rival(end, whole.value(end.transform())));
            }
        }
        dropDisjoint(rivals, r -> r.end().transform(), all, level);
        rivals.sort(Comparator.comparingDouble(r -> -r.value()));
        note(level, rivals.get(0).end(), evaluations);
        return rivals;
    }

    /**
     * Drops ends where the images hardly meet, if there are others: beyond its border the moving
     * image goes on as it ends there, and the stripes of a leg that was cut out fit anything.
     */
    private <T> void dropDisjoint(List<T> ends, Function<T, Affine> place, Samples all, int level) {
        List<T> meeting = ends.stream().filter(e -> pair.meet(all, level, place.apply(e))).toList();
        if (!meeting.isEmpty()) {
            ends.retainAll(meeting);
        }
    }

    /** Returns those nearly as good as the best. */
    private static List<Affine> close(List<Rival> rivals, double share) {
        double best = rivals.get(0).value();
        return rivals.stream()
                .filter(r -> r.value() >= best - share * Math.abs(best))
                .limit(CLOSE_ONES)
                .map(r -> r.end().transform())
                .toList();
    }

    private void note(int level, LinearSearch.Result end, int evaluations) {
        double spacing = pair.fixed(level).spacingMm();
        stages.add(new Certificate.Stage(metricName, spacing, end.values(), evaluations));
    }

    private Climb climb(Samples samples, int level) {
        return new Climb(pair.metric(samples, level), corners, pair.fixed(level).spacingMm());
    }

    /** Climbs on the finest grid. */
    private LinearSearch.Result climbed(
            Climb climb, Affine start, double[][] inverse, double tolerance) {
        LinearSearch.Result end = climb.from(scaled, List.of(start), inverse, tolerance).get(0);
        note(0, end, climb.evaluations());
        return end;
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
