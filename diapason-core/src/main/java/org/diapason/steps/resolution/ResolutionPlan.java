package org.diapason.steps.resolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import org.diapason.math.Gauss;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Learner;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Learns which resolution a cohort can share, who is left out at each, and what it costs the
 * others; the learned {@link MatchFwhm} blurs to it and refuses those left out.
 *
 * <p>One target for all axes, or one per axis: the widest of the exams that are kept, but no less
 * than 2 voxels of the grid that follows, which could not carry it. Exams are kept up to the
 * quantile: of n exams sorted by width the first ceil(q n); {@code exclude} names others that set
 * no target. With quantile 1 and nobody excluded this is {@link CoarsestFwhm}.
 *
 * <p>The trace says of the widths that exams have, rounded up to 0.01 mm and at most 20 of them,
 * who could not reach it, and of each exam what the blur to the target takes: its width in mm and
 * the share of the standard deviation of white noise that stays. An axis of one voxel does not
 * count.
 *
 * <p>Refused: an image of unknown resolution; a cohort of which nobody is kept.
 *
 * <p>Method: Joshi, Koeppe and Fessler 2009, NeuroImage 46(1):154–159,
 * doi:10.1016/j.neuroimage.2009.01.057, section 2 (the coarsest of the scanners as target).
 *
 * @param image which images, a pattern on their names; all of them get one common target
 * @param perAxis a target for each of the axes i, j, k instead of one for all
 * @param quantile share of the exams that are kept, above 0 to 1
 * @param exclude exams that set no target, patterns on their names
 * @param nextGrid the grid step that follows, so that the target is met after it and spans 2 of its
 *     voxels
 */
public record ResolutionPlan(
        @Default("*") String image,
        @Default("false") boolean perAxis,
        @Default("1") double quantile,
        @Default("") List<String> exclude,
        Optional<NextGrid> nextGrid)
        implements Learner<Exam, ResolutionPlan.Sum> {
    private static final double SAME = 1e-9;
    private static final double ROUNDING = 1e-6;
    private static final int MOST_LISTED = 20;

    public ResolutionPlan {
        exclude = List.copyOf(exclude);
        if (!(quantile > 0 && quantile <= 1)) {
            throw new IllegalArgumentException(
                    "quantile must be above 0 and at most 1, got " + quantile);
        }
    }

    /** Widths and grids of the images by exam. */
    public static final class Sum {
        private final TreeMap<String, List<Seen>> exams = new TreeMap<>();
    }

    /** One image; widths are what it would have after the grid step without any blur. */
    private record Seen(String image, Geometry grid, Numbers fwhmMm) {}

    @Override
    public Sum empty() {
        return new Sum();
    }

    @Override
    public void add(Sum sum, Exam exam) {
        Widths.each(
                exam,
                image,
                (name, volume, widths) ->
                        sum.exams
                                .computeIfAbsent(exam.id(), id -> new ArrayList<>())
                                .add(new Seen(name, volume.geometry(), widths)));
    }

    @Override
    public void merge(Sum into, Sum from) {
        from.exams.forEach(
                (id, seen) -> into.exams.computeIfAbsent(id, i -> new ArrayList<>()).addAll(seen));
    }

    @Override
    public MatchFwhm learn(Sum sum, Trace trace) {
        Map<String, double[]> needs = new TreeMap<>();
        sum.exams.forEach((id, seen) -> needs.put(id, need(seen)));
        List<String> candidates =
                needs.keySet().stream()
                        .filter(id -> exclude.stream().noneMatch(e -> Globs.matches(e, id)))
                        .toList();
        if (candidates.isEmpty()) {
            throw new RefusedException(
                    "the cohort has no exam that is kept and has an image that matches \""
                            + image
                            + "\". Correct image or exclude, or leave the resolution step out.");
        }
        double[] target = new double[3];
        for (int a = 0; a < 3; a++) {
            int axis = a;
            double[] widths =
                    candidates.stream().mapToDouble(id -> needs.get(id)[axis]).sorted().toArray();
            int kept = (int) Math.ceil(quantile * widths.length - SAME);
            target[a] = widths[Math.max(0, kept - 1)];
        }
        if (!(target[0] > 0)) {
            throw new RefusedException(
                    "no image that matches \""
                            + image
                            + "\" has a resolution above 0 mm. State it in the cohort table, or"
                            + " leave the resolution step out.");
        }
        for (int a = 0; a < 3; a++) {
            target[a] = target[a] > 0 ? target[a] : Math.max(target[0], target[1]);
        }
        report(sum, needs, target, trace);
        return new MatchFwhm(
                image,
                perAxis ? OptionalDouble.empty() : OptionalDouble.of(target[0]),
                false,
                perAxis ? Optional.of(Numbers.of(target)) : Optional.empty(),
                nextGrid);
    }

    /** Returns the smallest target along i, j, k that an exam can reach. */
    private double[] need(List<Seen> seen) {
        double[] need = new double[3];
        for (Seen one : seen) {
            for (int a = 0; a < 3; a++) {
                if (one.grid().size(a) == 1) {
                    continue;
                }
                need[a] = Math.max(need[a], Widths.least(nextGrid, one.grid(), one.fwhmMm(), a));
            }
        }
        if (!perAxis) {
            Arrays.fill(need, Math.max(need[0], Math.max(need[1], need[2])));
        }
        return need;
    }

    private void report(Sum sum, Map<String, double[]> needs, double[] target, Trace trace) {
        trace.note("targetFwhmMm", Numbers.of(target));
        trace.note("exams", needs.size());
        List<String> out = leftOut(needs, target, -1);
        trace.note("leftOut", names(out));
        for (int a = 0; a < (perAxis ? 3 : 1); a++) {
            TreeSet<Double> rounded = new TreeSet<>();
            for (double[] need : needs.values()) {
                rounded.add(Math.ceil(need[a] * 100 - ROUNDING) / 100);
            }
            List<Double> widths = List.copyOf(rounded.descendingSet());
            int listed = Math.min(MOST_LISTED, widths.size());
            for (int n = 0; n < listed; n++) {
                // the widest, the narrowest, and evenly what lies between
                int place = listed == 1 ? 0 : n * (widths.size() - 1) / (listed - 1);
                double width = widths.get(place);
                double[] at = {width, width, width};
                trace.note(
                        "at "
                                + Numbers.fixed(width, 2)
                                + " mm"
                                + (perAxis ? " along " + Widths.axis(a) : ""),
                        "left out: " + names(leftOut(needs, at, perAxis ? a : 0)));
            }
        }
        sum.exams.forEach(
                (id, seen) -> {
                    if (!out.contains(id)) {
                        seen.forEach(one -> cost(id, one, target, trace));
                    }
                });
        if (!out.isEmpty()) {
            trace.warn(
                    out.size()
                            + " of "
                            + needs.size()
                            + " exams are coarser than the target and will be refused: "
                            + names(out)
                            + ". Raise quantile to keep them.");
        }
    }

    /** Notes what the blur to the target takes from an image. */
    private void cost(String id, Seen one, double[] target, Trace trace) {
        double[] loss = new double[3];
        double noise = 1;
        for (int a = 0; a < 3; a++) {
            if (one.grid().size(a) == 1) {
                continue;
            }
            double s = one.fwhmMm().get(a);
            double added =
                    nextGrid.isPresent() ? nextGrid.get().addedMm2(one.grid(), target[a], a) : 0;
            double extra = Math.sqrt(Math.max(0, target[a] * target[a] - added - s * s));
            loss[a] = target[a] - s;
            noise *= MatchFwhm.noiseKept(extra / Gauss.FWHM_PER_SIGMA / one.grid().spacing(a));
        }
        trace.note(id + "." + one.image() + ".losesMm", Numbers.of(loss));
        trace.note(id + "." + one.image() + ".whiteNoiseSdRatio", noise);
    }

    /** Returns the exams that are too coarse along an axis, along any where it is −1. */
    private static List<String> leftOut(Map<String, double[]> needs, double[] target, int axis) {
        List<String> out = new ArrayList<>();
        needs.forEach(
                (id, need) -> {
                    boolean coarse = false;
                    for (int a = 0; a < 3; a++) {
                        coarse |=
                                (axis < 0 || axis == a) && MatchFwhm.isCoarser(need[a], target[a]);
                    }
                    if (coarse) {
                        out.add(id);
                    }
                });
        return out;
    }

    private static String names(List<String> exams) {
        if (exams.isEmpty()) {
            return "nobody";
        }
        int shown = Math.min(20, exams.size());
        String more = exams.size() > shown ? " and " + (exams.size() - shown) + " more" : "";
        return String.join(", ", exams.subList(0, shown)) + more;
    }
}
