package org.diapason.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Follows the edges of the pixels of a set, so that the outline is exactly what was measured. */
final class Outline {
    private static final int[] DX = {1, 0, -1, 0};
    private static final int[] DY = {0, 1, 0, -1};

    private Outline() {}

    /**
     * Returns closed loops of pixel corners x, y, x, y, …; the set lies on the right hand of each
     * (in a picture whose rows go down). Pixels that meet in a corner only are kept apart.
     */
    static List<int[]> of(boolean[] set, int columns, int rows) {
        boolean[] seen = new boolean[columns * rows];
        List<int[]> loops = new ArrayList<>();
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                boolean top = at(set, columns, rows, x, y) && !at(set, columns, rows, x, y - 1);
                if (top && !seen[x + columns * y]) {
                    loops.add(follow(set, seen, columns, rows, x, y));
                }
            }
        }
        return loops;
    }

    /** Walks from the upper left corner of a pixel along its upper edge until back. */
    private static int[] follow(
            boolean[] set, boolean[] seen, int columns, int rows, int startX, int startY) {
        int[] loop = new int[64];
        int n = 0;
        int x = startX;
        int y = startY;
        int heading = 0;
        do {
            if (heading == 0) {
                seen[x + columns * y] = true;
            }
            x += DX[heading];
            y += DY[heading];
            boolean right = ahead(set, columns, rows, x, y, heading, 1);
            boolean left = ahead(set, columns, rows, x, y, heading, -1);
            int turn = !right ? 1 : left ? 3 : 0;
            if (turn != 0) {
                if (n + 2 > loop.length) {
                    loop = Arrays.copyOf(loop, 2 * loop.length);
                }
                loop[n++] = x;
                loop[n++] = y;
            }
            heading = (heading + turn) % 4;
        } while (x != startX || y != startY || heading != 0);
        return Arrays.copyOf(loop, n);
    }

    /** Is the pixel ahead of corner (x, y), on the right (1) or left (-1) hand, in the set? */
    private static boolean ahead(
            boolean[] set, int columns, int rows, int x, int y, int heading, int hand) {
        int sx = DX[heading] - hand * DY[heading];
        int sy = DY[heading] + hand * DX[heading];
        return at(set, columns, rows, x + (sx > 0 ? 0 : -1), y + (sy > 0 ? 0 : -1));
    }

    private static boolean at(boolean[] set, int columns, int rows, int x, int y) {
        return x >= 0 && y >= 0 && x < columns && y < rows && set[x + columns * y];
    }
}
