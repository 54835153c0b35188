package org.diapason.math;

import java.util.ArrayList;
import java.util.List;
import org.diapason.volume.Contour;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;

/**
 * Draws the borders of a mask as closed contours, slice by slice.
 *
 * <p>A contour runs along the sides of voxels, half a voxel from every centre: its area is that of
 * the voxels, and {@link ContourFill} gives the very same mask back, whatever a file rounds. The
 * border of a hole is a contour of its own; voxels that touch at a corner only are drawn apart.
 */
public final class ContourTrace {
    private static final int[] STEP_X = {1, 0, -1, 0};
    private static final int[] STEP_Y = {0, 1, 0, -1};

    private ContourTrace() {}

    /**
     * Returns the contours in the order of slices, within a slice by their first row; may be none.
     */
    public static List<Contour> trace(Mask mask) {
        Geometry g = mask.geometry();
        List<Contour> contours = new ArrayList<>();
        for (int k = 0; k < g.nk(); k++) {
            boolean[] walked = new boolean[g.ni() * g.nj()];
            for (int j = 0; j < g.nj(); j++) {
                for (int i = 0; i < g.ni(); i++) {
                    boolean lowSide = in(mask, i, j, k) && !in(mask, i, j - 1, k);
                    if (lowSide && !walked[i + g.ni() * j]) {
                        contours.add(walk(mask, i, j, k, walked));
                    }
                }
            }
        }
        return contours;
    }

    /** Walks along sides with the inside on the left, as i × j turns, back to where it started. */
    private static Contour walk(Mask mask, int i, int j, int k, boolean[] walked) {
        Geometry g = mask.geometry();
        List<Numbers> corners = new ArrayList<>();
        int x = i;
        int y = j;
        int direction = 0;
        do {
            if (direction == 0) {
                walked[x + g.ni() * y] = true;
            }
            x += STEP_X[direction];
            y += STEP_Y[direction];
            int turned = turn(mask, x, y, k, direction);
            if (turned != direction) {
                corners.add(g.toWorld(x - 0.5, y - 0.5, k));
                direction = turned;
            }
        } while (x != i || y != j || direction != 0);
        double[] points = new double[3 * corners.size()];
        for (int n = 0; n < points.length; n++) {
            points[n] = corners.get(n / 3).get(n % 3);
        }
        return new Contour(Numbers.of(points));
    }

    /**
     * Returns where the border goes on from a corner; corner (x, y) is the low one of its voxel.
     */
    private static int turn(Mask mask, int x, int y, int k, int direction) {
        int right = (direction + 3) % 4;
        int left = (direction + 1) % 4;
        if (!ahead(mask, x, y, k, direction, left)) {
            return left;
        }
        return ahead(mask, x, y, k, direction, right) ? right : direction;
    }

    /** Says whether the voxel ahead of a corner, on one side of the way, is inside. */
    private static boolean ahead(Mask mask, int x, int y, int k, int direction, int side) {
        int right = STEP_X[direction] + STEP_X[side];
        int up = STEP_Y[direction] + STEP_Y[side];
        return in(mask, right > 0 ? x : x - 1, up > 0 ? y : y - 1, k);
    }

    private static boolean in(Mask mask, int i, int j, int k) {
        Geometry g = mask.geometry();
        return i >= 0 && j >= 0 && i < g.ni() && j < g.nj() && mask.at(i, j, k);
    }
}
