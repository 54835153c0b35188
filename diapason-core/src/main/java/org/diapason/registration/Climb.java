package org.diapason.registration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;

/** Searches on one grid from several starts. */
final class Climb {
    /** Ends whose corners are less than so many voxels apart are one. */
    private static final double APART = 2;

    private final MutualInformation metric;
    private final double[] centre;
    private final double[][] corners = new double[8][];
    private final double spacingMm;
    private final boolean flat;
    private int evaluations;

    /**
     * @param g the fixed grid
     * @param spacingMm the first step of a search
     * @param flat whether it stays in the plane z = 0
     */
    Climb(MutualInformation metric, double[] centre, Geometry g, double spacingMm, boolean flat) {
        this.metric = metric;
        this.centre = centre;
        this.spacingMm = spacingMm;
        this.flat = flat;
        for (int c = 0; c < 8; c++) {
            double i = (c & 1) * (g.ni() - 1);
            double j = (c >> 1 & 1) * (g.nj() - 1);
            double k = (c >> 2 & 1) * (g.nk() - 1);
            corners[c] = g.toWorld(i, j, k).toArray();
        }
    }

    /** Returns those that say most, the best first. */
    List<Affine> best(List<Affine> poses, int most) {
        record Scored(Affine pose, double value) {}
        List<Scored> scored = new ArrayList<>();
        for (Affine pose : poses) {
            double value = metric.at(pose).value();
            scored.add(new Scored(pose, value == value ? value : -1));
        }
        evaluations += poses.size();
        scored.sort(Comparator.comparingDouble(s -> -s.value()));
        return scored.stream().limit(most).map(Scored::pose).toList();
    }

    /**
     * Returns the ends of searches, the best first, each place once.
     *
     * @param tolerance steps shorter than so many voxels end a search
     */
    List<LinearSearch.Result> from(LinearModel model, List<Affine> starts, double tolerance) {
        int[] free = flat ? model.inPlane() : IntStream.range(0, model.parameters()).toArray();
        double toleranceMm = tolerance * spacingMm;
        List<LinearSearch.Result> ends = new ArrayList<>();
        for (Affine start : starts) {
            LinearSearch.Result end =
                    new LinearSearch(metric, model, free, centre, corners, spacingMm, toleranceMm)
                            .from(start);
            evaluations += end.evaluations();
            ends.add(end);
        }
        ends.sort(Comparator.comparingDouble(e -> e.value() == e.value() ? -e.value() : 1));
        List<LinearSearch.Result> once = new ArrayList<>();
        for (LinearSearch.Result end : ends) {
            if (once.stream().noneMatch(o -> apartMm(o, end) < APART * spacingMm)) {
                once.add(end);
            }
        }
        return once;
    }

    private double apartMm(LinearSearch.Result a, LinearSearch.Result b) {
        double most = 0;
        for (double[] corner : corners) {
            double[] p = corner.clone();
            double[] q = corner.clone();
            a.transform().apply(p);
            b.transform().apply(q);
            double dx = p[0] - q[0];
            double dy = p[1] - q[1];
            double dz = p[2] - q[2];
            most = Math.max(most, Math.sqrt(dx * dx + dy * dy + dz * dz));
        }
        return most;
    }

    /** Returns how often the metric was asked. */
    int evaluations() {
        return evaluations;
    }
}
