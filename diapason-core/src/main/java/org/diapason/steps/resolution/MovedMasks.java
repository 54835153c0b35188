package org.diapason.steps.resolution;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.registration.GridThrough;
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
    private static final int MOST = Integer.MAX_VALUE;
    private static final int[] ALL = {0, MOST, 0, MOST, 0, MOST};

    private final String exam;
    private final Geometry from;
    private final GridThrough through;
    private final Geometry to;
    private final SortedMap<String, boolean[]> before = new TreeMap<>();
    private final SortedMap<String, boolean[]> after = new TreeMap<>();

    /** Boxes of the moved masks: of a hundred organs few pairs touch. */
    private final Map<String, int[]> boxes = new TreeMap<>();

    private MovedMasks(String exam, Geometry from, GridThrough through) {
        this.exam = exam;
        this.from = from;
        this.through = through;
        this.to = through.grid();
    }

    /**
     * Returns the masks on the new grid, within the given voxels of it.
     *
     * @param advice what to do about a mask that would vanish; a whole sentence
     */
    static SortedMap<String, Mask> move(
            String exam,
            SortedMap<String, Mask> masks,
            GridThrough to,
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
            Mask mask = Mask.of(to.grid(), all.after.get(one.getKey()));
            all.judge(one.getKey(), one.getValue(), mask, advice, trace);
            moved.put(one.getKey(), mask.withNotes(one.getValue().notes()));
        }
        return moved;
    }

    private void add(String name, Mask mask, boolean[] within) {
        boolean[] moved = through.mask(from, mask.voxels());
        for (int v = 0; within != null && v < moved.length; v++) {
            moved[v] &= within[v];
        }
        before.put(name, mask.voxels());
        boxes.put(name, box(to, moved));
        after.put(name, moved);
    }

    /** Takes voxels that two masks share now and did not before from the later of them. */
    private void part(Trace trace) {
        for (String later : after.keySet()) {
            boolean[] mine = after.get(later);
            int taken = 0;
            for (String earlier : after.headMap(later).keySet()) {
                int[] both = common(boxes.get(earlier), boxes.get(later));
                boolean[] first = after.get(earlier);
                if (!meet(to, first, mine, both)
                        || meet(from, before.get(earlier), before.get(later), ALL)) {
                    continue;
                }
                for (int k = both[4]; k <= both[5]; k++) {
                    for (int j = both[2]; j <= both[3]; j++) {
                        for (int i = both[0]; i <= both[1]; i++) {
                            int v = to.index(i, j, k);
                            taken += mine[v] && first[v] ? 1 : 0;
                            mine[v] &= !first[v];
                        }
                    }
                }
            }
            if (taken > 0) {
                trace.note(later + ".maskVoxelsHalved", taken);
            }
        }
    }

    /**
     * Returns the first and last i, j, k of a mask's voxels; the first beyond the last for none.
     */
    private static int[] box(Geometry g, boolean[] mask) {
        int[] box = {g.ni(), -1, g.nj(), -1, g.nk(), -1};
        for (int row = 0; row < g.nj() * g.nk(); row++) {
            for (int i = 0; i < g.ni(); i++) {
                if (mask[row * g.ni() + i]) {
                    int[] at = {i, row % g.nj(), row / g.nj()};
                    for (int a = 0; a < 3; a++) {
                        box[2 * a] = Math.min(box[2 * a], at[a]);
                        box[2 * a + 1] = Math.max(box[2 * a + 1], at[a]);
                    }
                }
            }
        }
        return box;
    }

    private static int[] common(int[] a, int[] b) {
        int[] box = new int[6];
        for (int n = 0; n < 6; n += 2) {
            box[n] = Math.max(a[n], b[n]);
            box[n + 1] = Math.min(a[n + 1], b[n + 1]);
        }
        return box;
    }

    private static boolean meet(Geometry g, boolean[] a, boolean[] b, int[] box) {
        for (int k = box[4]; k <= Math.min(box[5], g.nk() - 1); k++) {
            for (int j = box[2]; j <= Math.min(box[3], g.nj() - 1); j++) {
                int row = g.index(0, j, k);
                for (int i = box[0]; i <= Math.min(box[1], g.ni() - 1); i++) {
                    if (a[row + i] && b[row + i]) {
                        return true;
                    }
                }
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
        int lost = through.lost(from, mask.voxels(), moved.voxels());
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
