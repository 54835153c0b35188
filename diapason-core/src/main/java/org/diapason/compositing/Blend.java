package org.diapason.compositing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.math.Parallel;
import org.diapason.poisson.Certified;
import org.diapason.poisson.PoissonGrid;
import org.diapason.poisson.PoissonSolver;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Poisson image editing: changes a target inside a mask so that differences of neighbours are those
 * of a guidance field as nearly as can be, and its border is the target's.
 *
 * <p>The blended f makes {@code Σ w (f_p − f_q − v_pq)² + λ Σ (f_p − h_p)²} least, over neighbours
 * p, q along the axes at least one of which is in the mask; w is (least spacing/spacing)² of their
 * axis. Pixels outside the mask hold f; beyond the border of the image there is nothing to hold it
 * and nothing to differ from (Pérez, Gangnet and Blake 2003, equations 3 and 7). Works in the
 * target's own numbers, one channel like another; opacity stays the target's. The solution is a
 * correction of the target: it stays, bit for bit, outside the mask and wherever it has the wished
 * differences already.
 *
 * <p>Where the target has no value (NaN) beside the mask it ends, as at the border of the image. A
 * mask of all pixels leaves the level open: it is then the source's mean (the target's where there
 * is no source), with a note.
 *
 * @param guidance which differences are wished for
 * @param screen λ, 0 or above, per squared least spacing: f follows h where it is further than
 *     about 1/√λ pixels from the border of the mask (screened Poisson equation; Bhat et al. 2008,
 *     doi:10.1007/978-3-540-88688-4_9)
 * @param hold which image is h
 * @param solver how the equation is solved
 * @param tolerance what no pixel may be further off than, in units of the target; empty for {@value
 *     #SHARE_OF_RANGE} of the difference of its largest and least value (of those of both images
 *     together, where the target has but one)
 */
public record Blend(
        Guidance guidance,
        double screen,
        Hold hold,
        PoissonSolver solver,
        OptionalDouble tolerance) {
    static final double SAME_GRID_VOXELS = 1e-3;
    private static final int BLOCK = 1 << 18;

    /** Numbers that are compared at once, on vectors. */
    private static final int LANES = 1024;

    /** The error that is allowed unless one is said, as a share of the range of the target. */
    public static final double SHARE_OF_RANGE = 1e-3;

    /** What a screen holds the blended image to. */
    public enum Hold {
        TARGET,
        SOURCE
    }

    public Blend {
        if (!(screen >= 0 && screen <= 1e9)) {
            throw new IllegalArgumentException("the screen must be 0 … 1e9, got " + screen);
        }
        if (tolerance.isPresent()
                && !(tolerance.getAsDouble() > 0 && tolerance.getAsDouble() <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "the tolerance must be above 0, got " + tolerance.getAsDouble());
        }
        if (screen > 0 && hold == Hold.SOURCE && !guidance.needsSource()) {
            throw new IllegalArgumentException(
                    "a membrane has no source whose level it could hold. Hold the target's.");
        }
    }

    /**
     * Blends a source into a target. Modifies neither.
     *
     * @param source where it lies on the target's grid; empty for a membrane, which needs none
     * @param mask on the target's grid
     * @throws RefusedException if the mask is empty, channels do not match, or values are missing
     */
    public Blended of(Optional<Layer> source, Volume target, Mask mask) {
        Geometry g = target.geometry();
        if (source.isPresent() != guidance.needsSource()) {
            throw new IllegalArgumentException(
                    source.isPresent()
                            ? "a membrane takes nothing from a source. Leave it out."
                            : "these gradients are taken from a source, and none is given.");
        }
        if (!mask.geometry().isClose(g, SAME_GRID_VOXELS)) {
            throw new RefusedException(
                    "the mask lies on another grid than the target. Draw it on the target's.");
        }
        List<float[]> planes = new ArrayList<>();
        for (int c = 0; c < Bands.coloured(target); c++) {
            planes.add(target.channel(c));
        }
        List<float[]> from = source.map(s -> Bands.of(s.volume(), target)).orElse(List.of());
        Patch patch = Patch.of(g, mask.voxels(), planes, source, from);
        source.ifPresent(layer -> Gaps.requireSource(patch, layer));
        boolean looksAtTarget = guidance.needsTarget() || screen > 0 && hold == Hold.TARGET;
        Gaps.Target gaps = Gaps.closeTarget(patch, looksAtTarget);
        double reach = range(planes);
        double allowed = tolerance.orElseGet(() -> SHARE_OF_RANGE * range(reach, planes, from));
        double[] w = patch.weights();
        PoissonGrid grid =
                PoissonGrid.of(
                        patch.size(0),
                        patch.size(1),
                        patch.size(2),
                        patch.inside(),
                        w[0],
                        w[1],
                        w[2],
                        screen);
        List<double[]> b = Differences.of(patch, guidance.over(patch), screen, hold);
        Certified.Result found =
                patch.hasAbsent()
                        ? Held.solveBesideGaps(patch, grid, b, solver, allowed)
                        : Held.solve(grid, b, solver, allowed);
        boolean open = Held.isOpen(grid);
        if (open) {
            shift(patch, found.solution().corrections());
        }
        List<String> notes = new ArrayList<>(mask.notes());
        source.ifPresent(layer -> Notes.ofSource(patch, layer, reach, range(from), notes));
        Notes.ofTarget(patch, open, gaps, notes);
        return Blended.of(target, patch, found, allowed, notes);
    }

    /** Returns 1 where all values are one: then nothing is to be found. */
    private static double range(double of, List<float[]> target, List<float[]> source) {
        List<float[]> both = new ArrayList<>(target);
        both.addAll(source);
        double ofBoth = of > 0 ? of : range(both);
        return ofBoth > 0 ? ofBoth : 1;
    }

    /** Returns the largest minus the least value of all planes, 0 where there are none. */
    private static double range(List<float[]> planes) {
        int blocks = planes.stream().mapToInt(p -> (p.length + BLOCK - 1) / BLOCK).max().orElse(0);
        float[] low = new float[blocks * planes.size()];
        float[] high = new float[low.length];
        Parallel.forEach(
                low.length, b -> extremes(planes.get(b / blocks), b % blocks, b, low, high));
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (int b = 0; b < low.length; b++) {
            least = Math.min(least, low[b]);
            most = Math.max(most, high[b]);
        }
        return most > least ? (double) most - least : 0;
    }

    /** Writes the least and the largest number of a block, what is not finite left out. */
    private static void extremes(float[] plane, int block, int at, float[] low, float[] high) {
        int from = block * BLOCK;
        int end = Math.min(plane.length, from + BLOCK);
        float[] one = new float[LANES];
        float[] least = new float[LANES];
        float[] most = new float[LANES];
        Arrays.fill(least, Float.POSITIVE_INFINITY);
        Arrays.fill(most, Float.NEGATIVE_INFINITY);
        for (int v = from; v < end; v += LANES) {
            int n = Math.min(LANES, end - v);
            System.arraycopy(plane, v, one, 0, n);
            for (int i = 0; i < n; i++) {
                least[i] = Math.min(least[i], one[i]);
            }
            for (int i = 0; i < n; i++) {
                most[i] = Math.max(most[i], one[i]);
            }
        }
        low[at] = Float.POSITIVE_INFINITY;
        high[at] = Float.NEGATIVE_INFINITY;
        boolean finite = true;
        for (int i = 0; i < Math.min(LANES, end - from); i++) {
            finite &= Float.isFinite(least[i]) && Float.isFinite(most[i]);
            low[at] = Math.min(low[at], least[i]);
            high[at] = Math.max(high[at], most[i]);
        }
        if (!finite) {
            finiteExtremes(plane, from, end, at, low, high);
        }
    }

    private static void finiteExtremes(
            float[] plane, int from, int end, int at, float[] low, float[] high) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (int v = from; v < end; v++) {
            float x = plane[v];
            least = x < least && x >= -Float.MAX_VALUE ? x : least;
            most = x > most && x <= Float.MAX_VALUE ? x : most;
        }
        low[at] = least;
        high[at] = most;
    }

    /** Brings each channel to the mean of the source, or back to the target's. */
    private static void shift(Patch patch, List<double[]> corrections) {
        Parallel.forEach(
                patch.channels(),
                c -> {
                    double[] e = corrections.get(c);
                    float[] t = patch.target(c);
                    float[] level = patch.hasSource() ? patch.source(c) : t;
                    double sum = 0;
                    for (int p = 0; p < e.length; p++) {
                        sum += ((double) level[p] - t[p]) - e[p];
                    }
                    double by = sum / e.length;
                    for (int p = 0; p < e.length; p++) {
                        e[p] += by;
                    }
                });
    }
}
