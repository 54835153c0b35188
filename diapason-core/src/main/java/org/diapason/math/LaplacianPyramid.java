package org.diapason.math;

import java.util.ArrayList;
import java.util.List;
import org.diapason.volume.Geometry;

/**
 * The Laplacian pyramid of an image: {@code L_l = G_l − EXPAND(G_{l+1})}, {@code G_{l+1} =
 * REDUCE(G_l)}, and the last G as base ({@link Burt}).
 *
 * <p>Any size; slices or volumes. A level halves only axes whose spacing is at most 1.5 times the
 * smallest. Adding up gives the image back to a rounding of float. A flipped image has the flipped
 * pyramid where every halved axis has an odd number of voxels. Needs a value at every voxel.
 *
 * <p>Only the G are kept; details are told row by row where they are needed.
 *
 * <p>Method: Burt and Adelson 1983, IEEE Trans. Commun. 31(4):532–540,
 * doi:10.1109/TCOM.1983.1095851.
 *
 * @param grids of the details, finest first, and of the base: sizes and spacings
 * @param smooth G_0, the image itself, to the base; one more than there are details
 */
public record LaplacianPyramid(List<Geometry> grids, List<float[]> smooth) {
    /** Returns how many levels halve only axes of 8 voxels or more: ⌊log₂ n⌋ − 2, at least 1. */
    public static int usualLevels(Geometry g) {
        return FineAxes.levels(g);
    }

    /** Makes the pyramid, of fewer levels where no axis can be halved. The values are kept. */
    public static LaplacianPyramid of(Geometry g, float[] values, int levels) {
        List<Geometry> grids = new ArrayList<>(List.of(g));
        List<float[]> smooth = new ArrayList<>(List.of(values));
        for (int level = 0; level < levels; level++) {
            Geometry grid = grids.get(level);
            boolean[] fine = FineAxes.of(grid);
            if (!FineAxes.any(fine)) {
                break;
            }
            int[] size = FineAxes.sizes(grid);
            smooth.add(Burt.reduce(size, fine, smooth.get(level)));
            grids.add(FineAxes.coarser(grid, fine, Burt.halved(size, fine)));
        }
        return new LaplacianPyramid(List.copyOf(grids), List.copyOf(smooth));
    }

    /** Returns the number of details. */
    public int levels() {
        return grids.size() - 1;
    }

    /** Returns what is left when all details are taken away. */
    public float[] base() {
        return smooth.get(levels());
    }

    /**
     * Writes some rows of the details of a level.
     *
     * @param from their first voxel
     * @param n voxels, of whole rows
     */
    public void detail(int level, int from, int n, float[] to) {
        float[] fine = smooth.get(level);
        float[] row = new float[grids.get(level).ni()];
        expand(
                level,
                smooth.get(level + 1),
                from,
                n,
                (above, at) -> {
                    // copied: loops over arrays that begin at other places stay scalar in JDK 17
                    System.arraycopy(fine, from + at, row, 0, row.length);
                    for (int i = 0; i < row.length; i++) {
                        row[i] -= above[i];
                    }
                    System.arraycopy(row, 0, to, at, row.length);
                });
    }

    /**
     * Puts some rows of a level together: writes EXPAND of the next coarser one plus details.
     *
     * @param coarse the whole of the coarser level
     * @param details of the rows; not modified
     * @param from their first voxel
     * @param n voxels, of whole rows
     * @param out the whole of the level
     */
    public void merge(int level, float[] coarse, float[] details, int from, int n, float[] out) {
        float[] row = new float[grids.get(level).ni()];
        expand(
                level,
                coarse,
                from,
                n,
                (above, at) -> {
                    System.arraycopy(details, at, row, 0, row.length);
                    for (int i = 0; i < row.length; i++) {
                        row[i] += above[i];
                    }
                    System.arraycopy(row, 0, out, from + at, row.length);
                });
    }

    private void expand(int level, float[] coarse, int from, int n, Burt.Row to) {
        Geometry grid = grids.get(level);
        Burt.expand(FineAxes.sizes(grid), FineAxes.of(grid), coarse, from, n, to);
    }

    /** Returns the image, added up of base and details. */
    public float[] sum() {
        float[] now = base().clone();
        for (int level = levels() - 1; level >= 0; level--) {
            float[] out = new float[grids.get(level).voxels()];
            float[] details = new float[out.length];
            detail(level, 0, out.length, details);
            merge(level, now, details, 0, out.length, out);
            now = out;
        }
        return now;
    }
}
