package org.diapason.surface;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Smooth closed surfaces of labelled regions that share their borders.
 *
 * <p>Every cell between eight voxel centres in which labels meet has one point, first in its
 * middle. The same net serves all regions, so where two touch, their surfaces are the same points
 * and triangles, turned over.
 *
 * <p><b>Smoothing</b> is done in steps. In each, every point moves halfway to the mean of the
 * points it is linked to ({@link NetCells}), all at once, and stays within 31/64 of the spacing
 * from the middle along each axis: so no surface is ever a voxel away from where the labels part,
 * whatever the number of steps, and no two points of different cells meet. {@link #relaxed} gives
 * the smoothest surface, which shrinks what is round: a ball of 10 voxels by 7 % in 20 steps.
 * {@link #relaxedInPlace} moves every second step away from the mean by as much; slow waves of the
 * surface then stay and volumes with them (that ball's by 0.4 %), and stairs take more steps to go.
 *
 * <p><b>One region</b> ({@link #mesh}) has a quadrilateral for each pair of neighbouring voxels of
 * which one is in it, cut along its shorter diagonal. It is two-manifold for any labels: where the
 * region meets itself across the diagonal of a face or only in a corner, its parts are kept apart
 * as {@link CubeTable} does; a cell through which its surface runs twice has a point for either
 * run, an eighth of the way from the net's towards the middle of the run, and either run has a
 * point of its own on the face.
 *
 * <p>Beyond the grid is label 0, which is outside of every region, and so is NaN. A region at the
 * border is closed there.
 *
 * <p>Method: Gibson 1998, "Constrained elastic surface nets", MICCAI, LNCS 1496:888–898,
 * doi:10.1007/BFb0056277; several labels and lines where they meet after Frisken 2022, "SurfaceNets
 * for multi-label segmentations with preservation of sharp boundaries", JCGT 11(1):34–54; steps
 * there and back after Taubin 1995, SIGGRAPH:351–358, doi:10.1145/218380.218473, with λ = −μ, which
 * attenuates a wave by 1 − (k / 2)², k from 0 to 2. The same bytes for any number of threads.
 * Memory: four and a half bits a voxel, 48 bytes a cell of the net; for the mesh of a region 33
 * bytes a point beside the mesh.
 */
public final class SurfaceNets {
    /** Less than 1/2, so that points of different cells stay apart also in four bytes. */
    private static final float REACH = 31f / 64;

    private static final float RELAX = 0.5f;
    private static final int BLOCK = 1 << 14;

    private final Volume labels;
    private final NetCells cells;
    private final float[] offsets;

    private SurfaceNets(Volume labels, NetCells cells, float[] offsets) {
        this.labels = labels;
        this.cells = cells;
        this.offsets = offsets;
    }

    /**
     * Returns the net of a volume of labels, not smoothed: its surfaces are those of the voxels.
     *
     * @param labels one channel; equal whole numbers are one region, 0 and NaN are none; kept, do
     *     not write to it afterwards
     * @throws RefusedException if a value is no whole number
     */
    public static SurfaceNets of(Volume labels) {
        for (float value : labels.values()) {
            if (value != Math.rint(value) && !Float.isNaN(value)) {
                throw new RefusedException(
                        "labels must be whole numbers, and a voxel has "
                                + value
                                + ": this is an image of values. Take its surface at a threshold,"
                                + " or give a mask.");
            }
        }
        NetCells cells = new NetCells(labels.geometry(), labels.values());
        return new SurfaceNets(labels, cells, new float[3 * cells.count()]);
    }

    /**
     * Returns the net of masks on one grid, labelled 1, 2, … in their order, not smoothed.
     *
     * @throws IllegalArgumentException if there is no mask, or their grids differ
     * @throws RefusedException if a voxel lies in two masks
     */
    public static SurfaceNets of(List<Mask> masks) {
        if (masks.isEmpty()) {
            throw new IllegalArgumentException("a net needs at least one mask");
        }
        Geometry g = masks.get(0).geometry();
        float[] labels = new float[g.voxels()];
        for (int m = 0; m < masks.size(); m++) {
            boolean[] voxels = masks.get(m).voxels();
            if (!masks.get(m).geometry().equals(g)) {
                throw new IllegalArgumentException(
                        "mask " + (m + 1) + " lies on another grid than mask 1");
            }
            for (int v = 0; v < voxels.length; v++) {
                if (voxels[v] && labels[v] != 0) {
                    throw new RefusedException(
                            "a voxel lies in mask "
                                    + (int) labels[v]
                                    + " and in mask "
                                    + (m + 1)
                                    + ": regions that share borders cannot overlap. Take one from"
                                    + " the other, or make a net of each.");
                }
                labels[v] = voxels[v] ? m + 1 : labels[v];
            }
        }
        return of(Volume.of(g, labels, Quantity.STORED));
    }

    /** Returns the net after steps towards the mean; 20 are usual. */
    public SurfaceNets relaxed(int steps) {
        return moved(steps, RELAX);
    }

    /** Returns the net after steps towards the mean and as many away from it; 40 are usual. */
    public SurfaceNets relaxedInPlace(int steps) {
        return moved(2 * steps, -RELAX);
    }

    private SurfaceNets moved(int steps, float everySecond) {
        if (steps < 0) {
            throw new IllegalArgumentException("steps must not be negative");
        }
        float[] from = offsets.clone();
        float[] to = new float[from.length];
        int blocks = (cells.count() + BLOCK - 1) / BLOCK;
        for (int s = 0; s < steps; s++) {
            float[] old = from;
            float[] now = to;
            float by = s % 2 == 0 ? RELAX : everySecond;
            Parallel.forEach(blocks, b -> move(b * BLOCK, old, now, by));
            from = now;
            to = old;
        }
        return new SurfaceNets(labels, cells, from);
    }

    private void move(int first, float[] from, float[] to, float by) {
        int[] links = cells.links();
        int end = Math.min(first + BLOCK, cells.count());
        for (int c = first; c < end; c++) {
            float x = 0;
            float y = 0;
            float z = 0;
            int count = 0;
            for (int side = 0; side < 6; side++) {
                int other = links[6 * c + side];
                if (other < 0) {
                    continue;
                }
                int away = (side & 1) * 2 - 1;
                x += from[3 * other] + (side < 2 ? away : 0);
                y += from[3 * other + 1] + (side >> 1 == 1 ? away : 0);
                z += from[3 * other + 2] + (side > 3 ? away : 0);
                count++;
            }
            to[3 * c] = place(from[3 * c], x, count, by);
            to[3 * c + 1] = place(from[3 * c + 1], y, count, by);
            to[3 * c + 2] = place(from[3 * c + 2], z, count, by);
        }
    }

    private static float place(float from, float sum, int count, float by) {
        return Math.max(-REACH, Math.min(REACH, from + by * (sum / count - from)));
    }

    /** Returns the labels that occur, 0 and NaN left out. */
    public SortedSet<Double> labels() {
        SortedSet<Double> found = new TreeSet<>();
        float last = 0;
        for (float label : labels.values()) {
            if (label != last && label != 0 && !Float.isNaN(label)) {
                found.add((double) label);
                last = label;
            }
        }
        return Collections.unmodifiableSortedSet(found);
    }

    /**
     * Returns the closed surface of one region in patient space (LPS mm), its triangles
     * counter-clockwise seen from outside.
     *
     * @throws IllegalArgumentException if no voxel has the label
     */
    public Mesh mesh(double label) {
        float[] values = labels.values();
        InsideBits inside =
                label == 0 || label != (float) label
                        ? null
                        : InsideBits.equal(labels.geometry(), values, (float) label);
        if (inside == null || inside.isEmpty()) {
            throw new IllegalArgumentException(
                    "no voxel has the label " + label + "; there are " + labels());
        }
        return new RegionNet(inside, cells, offsets).mesh();
    }
}
