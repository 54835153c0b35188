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
 * <p>Method: Burt and Adelson 1983, IEEE Trans. Commun. 31(4):532–540,
 * doi:10.1109/TCOM.1983.1095851.
 *
 * @param grids of the details, finest first, and of the base: sizes and spacings
 * @param details one array a level, finest first
 * @param base what is left
 */
public record LaplacianPyramid(List<Geometry> grids, List<float[]> details, float[] base) {

    /** Returns how many levels halve only axes of 8 voxels or more: ⌊log₂ n⌋ − 2, at least 1. */
    public static int usualLevels(Geometry g) {
        return FineAxes.levels(g);
    }

    /** Makes the pyramid, of fewer levels where no axis can be halved. The values are kept. */
    public static LaplacianPyramid of(Geometry g, float[] values, int levels) {
        List<Geometry> grids = new ArrayList<>(List.of(g));
        List<float[]> details = new ArrayList<>();
        float[] now = values;
        for (int level = 0; level < levels; level++) {
            Geometry grid = grids.get(level);
            boolean[] fine = FineAxes.of(grid);
            if (!FineAxes.any(fine)) {
                break;
            }
            int[] size = FineAxes.sizes(grid);
            float[] next = Burt.reduce(size, fine, now);
            float[] detail = Burt.expand(size, fine, next);
            subtract(now, detail);
            details.add(detail);
            grids.add(FineAxes.coarser(grid, fine, halved(size, fine)));
            now = next;
        }
        return new LaplacianPyramid(List.copyOf(grids), List.copyOf(details), now);
    }

    /** Returns the image. */
    public float[] sum() {
        float[] now = base;
        for (int level = details.size() - 1; level >= 0; level--) {
            Geometry grid = grids.get(level);
            now = Burt.expand(FineAxes.sizes(grid), FineAxes.of(grid), now);
            add(details.get(level), now);
        }
        return now == base ? base.clone() : now;
    }

    private static int[] halved(int[] size, boolean[] fine) {
        int[] half = size.clone();
        for (int a = 0; a < 3; a++) {
            half[a] = fine[a] ? (size[a] + 1) / 2 : size[a];
        }
        return half;
    }

    /** Turns b into a − b. */
    static void subtract(float[] a, float[] b) {
        Blocks.forEach(
                a.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        b[v] = a[v] - b[v];
                    }
                });
    }

    /** Adds a to b. */
    static void add(float[] a, float[] b) {
        Blocks.forEach(
                a.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        b[v] += a[v];
                    }
                });
    }
}
