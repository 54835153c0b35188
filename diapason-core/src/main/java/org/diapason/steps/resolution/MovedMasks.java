package org.diapason.steps.resolution;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.math.Parts;
import org.diapason.math.Resample;
import org.diapason.step.Trace;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * The masks of one grid on another: linear interpolation, 0.5 or more.
 *
 * <p>Masks that had no voxel in common have none afterwards: at most two can have half of a voxel
 * each, and then it is the first's in the order of names. Said: a volume that changes by more than
 * a tenth, and connected parts (faces, edges, corners) of which nothing is left. Refused: a mask
 * that would vanish.
 */
final class MovedMasks {
    private static final double MUCH = 0.1;

    private final String exam;
    private final Geometry from;
    private final Geometry to;
    private final SortedMap<String, boolean[]> before = new TreeMap<>();
    private final SortedMap<String, boolean[]> after = new TreeMap<>();

    private MovedMasks(String exam, Geometry from, Geometry to) {
        this.exam = exam;
        this.from = from;
        this.to = to;
    }

    /**
     * Returns the masks on the new grid, within the given voxels of it.
     *
     * @param advice what to do about a mask that would vanish; a whole sentence
     */
    static SortedMap<String, Mask> move(
            String exam,
            SortedMap<String, Mask> masks,
            Geometry to,
            boolean[] within,
            String advice,
            Trace trace) {
        SortedMap<String, Mask> moved = new TreeMap<>();
        if (masks.isEmpty()) {
            return moved;
        }
        Geometry from = masks.get(masks.firstKey()).geometry();
        MovedMasks all = new MovedMasks(exam, from, to);
        masks.forEach((name, mask) -> all.add(name, mask, within));
        all.part(trace);
        for (Map.Entry<String, Mask> one : masks.entrySet()) {
            Mask mask = Mask.of(to, all.after.get(one.getKey()));
            all.judge(one.getKey(), one.getValue(), mask, advice, trace);
            moved.put(one.getKey(), mask.withNotes(one.getValue().notes()));
        }
        return moved;
    }

    private void add(String name, Mask mask, boolean[] within) {
        boolean[] moved = Resample.mask(from, mask.voxels(), to);
        for (int v = 0; within != null && v < moved.length; v++) {
            moved[v] &= within[v];
        }
        before.put(name, mask.voxels());
        after.put(name, moved);
    }

    /** Takes voxels that two masks share now and did not before from the later of them. */
    private void part(Trace trace) {
        for (String later : after.keySet()) {
            boolean[] mine = after.get(later);
            int taken = 0;
            for (String earlier : after.headMap(later).keySet()) {
                boolean[] first = after.get(earlier);
                if (!meet(first, mine) || meet(before.get(earlier), before.get(later))) {
                    continue;
                }
                for (int v = 0; v < mine.length; v++) {
                    taken += mine[v] && first[v] ? 1 : 0;
                    mine[v] &= !first[v];
                }
            }
            if (taken > 0) {
                trace.note(later + ".maskVoxelsHalved", taken);
            }
        }
    }

    private static boolean meet(boolean[] a, boolean[] b) {
        for (int v = 0; v < a.length; v++) {
            if (a[v] && b[v]) {
                return true;
            }
        }
        return false;
    }

    private void judge(String name, Mask mask, Mask moved, String advice, Trace trace) {
        int before = mask.count();
        int after = moved.count();
        String who = "exam " + exam + ", mask " + name;
        if (before > 0 && after == 0) {
            throw new RefusedException(
                    who
                            + ": its "
                            + before
                            + " voxels vanish on the grid of "
                            + Numbers.fixed(to.spacing(0), 2)
                            + " mm. "
                            + advice);
        }
        trace.note(name + ".maskVoxels", Numbers.of(before, after));
        double old = before * from.voxelMm3();
        double now = after * to.voxelMm3();
        if (Math.abs(now - old) > MUCH * old) {
            trace.warn(
                    who
                            + ": its volume went from "
                            + Numbers.fixed(old, 1)
                            + " to "
                            + Numbers.fixed(now, 1)
                            + " mm³ on the new grid, a change of more than 10 %. Choose a smaller"
                            + " spacing-mm, or read its features with that in mind.");
        }
        int lost = Parts.lost(from, mask.voxels(), to, moved.voxels());
        if (lost > 0) {
            trace.warn(
                    who
                            + ": "
                            + lost
                            + " of its connected parts "
                            + (lost == 1 ? "has" : "have")
                            + " no voxel left on the new grid. Choose a smaller spacing-mm to keep"
                            + (lost == 1 ? " it." : " them."));
        }
    }
}
