package org.diapason.io.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Turns pictures upright whose file says that they lie on a side or are mirrored, as cameras do:
 * Orientation, 1 to 8, of TIFF 6.0 (page 36) and of Exif.
 */
final class Upright {
    private static final int ORIENTATION = 274;

    private Upright() {}

    /**
     * Returns the orientation that an Exif block states, 1 where it states none or is broken: then
     * the picture is shown as it is stored.
     *
     * @param in any order; not modified
     */
    static int ofExif(ByteBuffer in, int from, int length) {
        ByteBuffer b = in.duplicate();
        if (length < 14 || b.get(from) != b.get(from + 1)) {
            return 1;
        }
        b.order(b.get(from) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long page = b.getInt(from + 4) & 0xFFFFFFFFL;
        if (b.getShort(from + 2) != 42 || page > length - 2) {
            return 1;
        }
        int fields = b.getShort(from + (int) page) & 0xFFFF;
        for (int n = 0; n < fields && page + 2 + 12L * (n + 1) <= length; n++) {
            int at = from + (int) page + 2 + 12 * n;
            if ((b.getShort(at) & 0xFFFF) == ORIENTATION && b.getShort(at + 2) == 3) {
                return known(b.getShort(at + 8));
            }
        }
        return 1;
    }

    /** Returns the orientation, 1 where there is none of that number. */
    static int known(long orientation) {
        return orientation >= 1 && orientation <= 8 ? (int) orientation : 1;
    }

    /** Says whether rows become columns. */
    static boolean turns(int orientation) {
        return orientation > 4;
    }

    /**
     * Returns pages as they are to be seen.
     *
     * @param plane of pages of stored rows; not modified
     * @param columns of a stored row
     */
    static float[] plane(float[] plane, int columns, int rows, int orientation) {
        if (orientation == 1) {
            return plane;
        }
        boolean turned = turns(orientation);
        int width = turned ? rows : columns;
        int page = columns * rows;
        boolean mirrorX = orientation == 2 || orientation == 3 || orientation >= 7;
        boolean mirrorY =
                orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        float[] seen = new float[plane.length];
        for (int n = 0; n < seen.length; n++) {
            int i = n % page % width;
            int j = n % page / width;
            int x = turned ? j : i;
            int y = turned ? i : j;
            int from = (mirrorY ? rows - 1 - y : y) * columns + (mirrorX ? columns - 1 - x : x);
            seen[n] = plane[n - n % page + from];
        }
        return seen;
    }
}
