package org.diapason.registration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.diapason.volume.Affine;

/** Searches on one grid from several starts. */
final class Climb {
    /** Ends whose corners are less than so many voxels apart are one. */
    static final double APART = 2;

    private final Metric metric;
    private final double[][] corners;
    private final double spacingMm;
    private int evaluations;

    /**
     * @param corners of the fixed box, mm
     * @param spacingMm the first step of a search
     */
    Climb(Metric metric, double[][] corners, double spacingMm) {
        this.metric = metric;
        this.corners = corners;
        this.spacingMm = spacingMm;
    }

    /** Returns those that say most, the best first. */
    List<Affine> best(List<Affine> poses, int most) {
        record Scored(Affine pose, double value) {}
        List<Scored> scored = new ArrayList<>();
        for (Affine pose : poses) {
            scored.add(new Scored(pose, metric.value(pose)));
        }
        evaluations += poses.size();
        scored.sort(Comparator.comparingDouble(s -> -s.value()));
        return scored.stream().limit(most).map(Scored::pose).toList();
    }

    /**
     * Returns the ends of searches, the best first, each place once.
     *
     * @param inverse of the curvature, where one is known; else null
     * @param tolerance steps shorter than so many voxels end a search
     */
    List<LinearSearch.Result> from(
            Scaled scaled, List<Affine> starts, double[][] inverse, double tolerance) {
        List<LinearSearch.Result> ends = new ArrayList<>();
        for (Affine start : starts) {
            LinearSearch.Result end =
                    new LinearSearch(metric, scaled, spacingMm, tolerance * spacingMm)
                            .from(start, inverse);
            evaluations += end.evaluations();
            ends.add(end);
        }
        ends.sort(Comparator.comparingDouble(e -> -e.value()));
        return once(ends);
    }

    /** Returns the first of each place. */
    List<LinearSearch.Result> once(List<LinearSearch.Result> ends) {
        List<LinearSearch.Result> once = new ArrayList<>();
        for (LinearSearch.Result end : ends) {
            if (once.stream()
                    .noneMatch(
                            o ->
                                    Distances.most(o.transform(), end.transform(), corners)
                                            < APART * spacingMm)) {
                once.add(end);
            }
        }
        return once;
    }

    /** Returns how often the metric was asked. */
    int evaluations() {
        return evaluations;
    }
}
