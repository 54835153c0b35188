package org.diapason.math;

import java.util.Arrays;

/**
 * Rows (or planes) that are made of others, each when it is first asked for, and kept while the
 * work is near: what slides along an axis asks for each row several times and makes it once.
 */
public final class Kept {
    private final float[][] slots;
    private final int[] held;
    private final Maker maker;

    /** Makes what is not there. */
    public interface Maker {
        /** Writes row x; may ask other rows of other kinds, not of its own. */
        void make(int x, float[] to);
    }

    /**
     * @param many how many rows in a row are kept; a row lives until one as far on is asked for
     * @param length of each
     */
    public Kept(int many, int length, Maker maker) {
        slots = new float[many][length];
        held = new int[many];
        Arrays.fill(held, -1);
        this.maker = maker;
    }

    /** Returns row x, 0 or more; not to be written to. */
    public float[] at(int x) {
        int s = x % slots.length;
        if (held[s] != x) {
            maker.make(x, slots[s]);
            held[s] = x;
        }
        return slots[s];
    }
}
