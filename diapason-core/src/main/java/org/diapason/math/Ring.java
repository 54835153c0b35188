package org.diapason.math;

/** The rows a kernel reaches, kept while it slides along an axis. */
final class Ring implements Rows {
    private final int length;
    private final int reach;
    private final Boundary boundary;
    private final float[][] slots;
    private final float[] zeros;
    int centre;
    int filled;

    /** Makes the ring of an axis of {@code length} rows of n values. */
    Ring(int n, int length, int reach, Boundary boundary) {
        this.length = length;
        this.reach = reach;
        this.boundary = boundary;
        boolean all = boundary == Boundary.PERIODIC;
        slots = new float[all ? length : Math.min(length, 2 * reach + 1)][n];
        zeros = boundary == Boundary.ZERO ? new float[n] : null;
    }

    /** Says whether row {@link #filled} must be written before the kernel can stand at centre. */
    boolean wants(int centre) {
        return filled < length && (filled <= centre + reach || boundary == Boundary.PERIODIC);
    }

    /** Returns the row to write next. */
    float[] next() {
        return slots[filled++ % slots.length];
    }

    @Override
    public float[] at(int t, int slot) {
        int row = boundary.at(centre + t, length);
        return row < 0 ? zeros : slots[row % slots.length];
    }
}
