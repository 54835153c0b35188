package org.diapason.compositing;

import java.util.List;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * An image that lies on another one's grid.
 *
 * @param volume its values
 * @param i where its first voxel lies on that grid, which may be outside of it; so j, k
 */
public record Layer(Volume volume, int i, int j, int k) {
    /** In voxels; places in files are 32-bit floats. */
    private static final double WHOLE = 0.01;

    /** In voxels, how far the far end of an axis may lie from its place. */
    private static final double DRIFT = 0.05;

    /** Returns an image whose first voxel is that of the other. */
    public static Layer of(Volume volume) {
        return new Layer(volume, 0, 0, 0);
    }

    /**
     * Returns an image that lies on a grid where it says it lies.
     *
     * @throws RefusedException if its voxels are none of the grid's, continued beyond its border
     */
    public static Layer placed(Volume volume, Geometry grid) {
        Geometry g = volume.geometry();
        requireAxes(g, grid);
        Numbers o = g.originMm();
        Numbers at = grid.toVoxel(o.get(0), o.get(1), o.get(2));
        int[] start = new int[3];
        for (int a = 0; a < 3; a++) {
            double whole = Math.rint(at.get(a));
            if (!(Math.abs(at.get(a) - whole) <= WHOLE && Math.abs(whole) < 1 << 28)) {
                throw new RefusedException(
                        "the source is shifted by "
                                + at.fixed(3).replace(" ×", ",")
                                + " voxels against the target, and only whole voxels can be laid on"
                                + " its grid. Resample it: diapason warp SOURCE T OUT --like TARGET,"
                                + " or say where its first voxel goes with --offset.");
            }
            start[a] = (int) whole;
        }
        return new Layer(volume, start[0], start[1], start[2]);
    }

    /**
     * Checks that two grids have axes in the same directions with the same spacing.
     *
     * @throws RefusedException if they have not
     */
    public static void requireAxes(Geometry source, Geometry target) {
        Numbers o = source.originMm();
        Numbers start = target.toVoxel(o.get(0), o.get(1), o.get(2));
        for (int a = 0; a < 3; a++) {
            int last = source.size(a) - 1;
            Numbers end = source.toWorld(a == 0 ? last : 0, a == 1 ? last : 0, a == 2 ? last : 0);
            Numbers at = target.toVoxel(end.get(0), end.get(1), end.get(2));
            for (int x = 0; x < 3; x++) {
                double way = at.get(x) - start.get(x);
                if (!(Math.abs(way - (x == a ? last : 0)) <= DRIFT)) {
                    throw new RefusedException(
                            "the source has voxels of "
                                    + source.spacingMm().fixed(3)
                                    + " mm or other axes than the target with "
                                    + target.spacingMm().fixed(3)
                                    + " mm. Resample it: diapason warp SOURCE T OUT --like TARGET.");
                }
            }
        }
    }

    /**
     * Returns a mask that lies with this image on the other grid; a note says what of it lies
     * beyond.
     *
     * @param mask of this image's size
     * @throws RefusedException if all of it lies beyond
     */
    public Mask onto(Mask mask, Geometry grid) {
        Geometry g = mask.geometry();
        boolean[] laid = new boolean[grid.voxels()];
        int within = 0;
        int all = 0;
        int v = 0;
        for (int z = k; z < k + g.nk(); z++) {
            for (int y = j; y < j + g.nj(); y++) {
                for (int x = i; x < i + g.ni(); x++) {
                    if (!mask.voxels()[v++]) {
                        continue;
                    }
                    all++;
                    if (x >= 0
                            && x < grid.ni()
                            && y >= 0
                            && y < grid.nj()
                            && z >= 0
                            && z < grid.nk()) {
                        laid[grid.index(x, y, z)] = true;
                        within++;
                    }
                }
            }
        }
        if (all > 0 && within == 0) {
            throw new RefusedException(
                    "the mask lies outside of the target: with its first pixel at "
                            + i
                            + ", "
                            + j
                            + (grid.nk() > 1 ? ", " + k : "")
                            + " none of its "
                            + all
                            + " pixels meets the "
                            + size(grid)
                            + " of the target. Check --offset.");
        }
        Mask there = Mask.of(grid, laid);
        return within == all
                ? there
                : there.withNotes(
                        List.of(
                                all
                                        - within
                                        + " of "
                                        + all
                                        + " pixels of the mask lie outside of the target and were"
                                        + " left out."));
    }

    private static String size(Geometry g) {
        return g.ni() + " × " + g.nj() + (g.nk() > 1 ? " × " + g.nk() : "");
    }

    /** Says whether a voxel of the other grid lies on this image. */
    boolean covers(Geometry other, int voxel) {
        Geometry g = volume.geometry();
        int x = voxel % other.ni() - i;
        int y = voxel / other.ni() % other.nj() - j;
        int z = voxel / (other.ni() * other.nj()) - k;
        return x >= 0 && x < g.ni() && y >= 0 && y < g.nj() && z >= 0 && z < g.nk();
    }
}
