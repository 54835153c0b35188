package org.diapason.math;

import org.diapason.volume.Geometry;

/**
 * The axes that a coarser level halves: those of two voxels or more whose spacing is at most 1.5
 * times the smallest, so that thick slices wait until the others have become as coarse.
 */
final class FineAxes {
    private static final double RATIO = 1.5;

    /** An axis that is halved should keep as many voxels as this halved. */
    private static final int SMALL = 8;

    private FineAxes() {}

    /** Says for i, j and k whether the next level halves it. */
    static boolean[] of(Geometry g) {
        double least = Double.POSITIVE_INFINITY;
        for (int a = 0; a < 3; a++) {
            least = g.size(a) > 1 ? Math.min(least, g.spacing(a)) : least;
        }
        boolean[] fine = new boolean[3];
        for (int a = 0; a < 3; a++) {
            fine[a] = g.size(a) > 1 && g.spacing(a) <= RATIO * least;
        }
        return fine;
    }

    static boolean any(boolean[] axes) {
        return axes[0] || axes[1] || axes[2];
    }

    /** Returns a grid of these sizes with twice the spacing along the halved axes. */
    static Geometry coarser(Geometry g, boolean[] fine, int[] size) {
        double[] mm = new double[3];
        for (int a = 0; a < 3; a++) {
            mm[a] = fine[a] ? 2 * g.spacing(a) : g.spacing(a);
        }
        return Geometry.of(size[0], size[1], size[2], mm[0], mm[1], mm[2]);
    }

    /** Returns how many levels halve only axes of 8 voxels or more; at least 1. */
    static int levels(Geometry g) {
        int levels = 0;
        Geometry now = g;
        while (true) {
            boolean[] fine = of(now);
            int[] size = sizes(now);
            boolean small = !any(fine);
            for (int a = 0; a < 3; a++) {
                small |= fine[a] && size[a] < SMALL;
                size[a] = fine[a] ? (size[a] + 1) / 2 : size[a];
            }
            if (small) {
                return Math.max(1, levels);
            }
            levels++;
            now = coarser(now, fine, size);
        }
    }

    static int[] sizes(Geometry g) {
        return new int[] {g.ni(), g.nj(), g.nk()};
    }
}
