package org.diapason.poisson;

/**
 * An order of a mask's pixels that keeps the Cholesky factor small: nested dissection by planes.
 *
 * <p>A set of pixels is cut along its longest axis by the plane of fewest pixels among those that
 * leave at least three tenths on either side; the plane comes last, the two sides, which do not
 * touch, before it, each in the same way (George 1973, SIAM J. Numer. Anal. 10(2):345–363,
 * doi:10.1137/0710032). Holes and narrow places make planes small, so they help.
 */
final class Dissection {
    /** Sets no larger than this are not cut. */
    private static final int LEAF = 8;

    private final PoissonGrid grid;
    private final int[] pixels;
    private final int[] order;
    private final int[] spare;

    private Dissection(PoissonGrid grid, int[] pixels) {
        this.grid = grid;
        this.pixels = pixels;
        order = new int[pixels.length];
        spare = new int[pixels.length];
        for (int u = 0; u < order.length; u++) {
            order[u] = u;
        }
    }

    /**
     * Returns the unknowns in the order in which they are to be eliminated.
     *
     * @param pixels the place of each unknown in the grid
     */
    static int[] order(PoissonGrid grid, int[] pixels) {
        Dissection dissection = new Dissection(grid, pixels);
        dissection.cut(0, pixels.length);
        return dissection.order;
    }

    private int place(int unknown, int axis) {
        int p = pixels[unknown];
        return axis == 0
                ? p % grid.ni()
                : axis == 1 ? p / grid.ni() % grid.nj() : p / grid.ni() / grid.nj();
    }

    private void cut(int first, int end) {
        if (end - first <= LEAF) {
            return;
        }
        int longest = 0;
        int low = 0;
        int extent = 0;
        for (int axis = 0; axis < 3; axis++) {
            int least = Integer.MAX_VALUE;
            int most = 0;
            for (int x = first; x < end; x++) {
                int at = place(order[x], axis);
                least = Math.min(least, at);
                most = Math.max(most, at);
            }
            if (most + 1 - least > extent) {
                extent = most + 1 - least;
                longest = axis;
                low = least;
            }
        }
        int plane = low + plane(first, end, longest, low, extent);
        int before = part(first, end, longest, plane);
        int inPlane = 0;
        for (int x = before; x < end; x++) {
            inPlane += place(order[x], longest) == plane ? 1 : 0;
        }
        cut(first, before);
        cut(before, end - inPlane);
    }

    /** Returns the plane to cut at, counted from the lowest. */
    private int plane(int first, int end, int axis, int low, int extent) {
        int[] counts = new int[extent];
        for (int x = first; x < end; x++) {
            counts[place(order[x], axis) - low]++;
        }
        int all = end - first;
        int below = 0;
        int best = -1;
        int middle = 0;
        for (int plane = 0; plane < extent; plane++) {
            if (2 * below < all) {
                middle = plane;
            }
            int above = all - below - counts[plane];
            if (10L * Math.min(below, above) >= 3L * all
                    && (best < 0 || counts[plane] < counts[best])) {
                best = plane;
            }
            below += counts[plane];
        }
        return best < 0 ? middle : best;
    }

    /** Puts those before the plane first, those in it last; returns where those after it begin. */
    private int part(int first, int end, int axis, int plane) {
        int before = first;
        int after = 0;
        int in = 0;
        for (int x = first; x < end; x++) {
            int at = place(order[x], axis);
            if (at < plane) {
                order[before++] = order[x];
            } else if (at > plane) {
                spare[first + after++] = order[x];
            } else {
                spare[end - ++in] = order[x];
            }
        }
        System.arraycopy(spare, first, order, before, after);
        for (int x = 0; x < in; x++) {
            order[end - in + x] = spare[end - 1 - x];
        }
        return before;
    }
}
