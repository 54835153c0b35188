package org.diapason.math;

/** Convolves single rows along i: shifted copies turn the shift into rows that combine. */
final class Lines implements Rows {
    /** Copies n values into a row, and says on the way what stands for NaN. */
    interface Source {
        void read(float[] from, int at, float[] row, int to, int n);
    }

    final int ni;
    final int side;
    private final Source source;
    private final float[] in;
    private final Kernel kernel;
    private final Boundary boundary;
    private final float[] padded;
    private final float[][] shifted;
    private final float[] convolved;

    /** Makes the convolution of {@code side} rows of ni voxels at a time. */
    Lines(Source source, float[] in, int ni, int side, Kernel kernel, Boundary boundary) {
        this.source = source;
        this.in = in;
        this.ni = ni;
        this.side = side;
        this.kernel = kernel;
        this.boundary = boundary;
        padded = new float[side * (ni + 2 * kernel.reach)];
        convolved = new float[padded.length - 2 * kernel.reach];
        shifted = new float[5][convolved.length];
    }

    /** Convolves rows that start {@code step} apart into the front of {@code out}. */
    void convolve(int at, int step, float[] out) {
        int r = kernel.reach;
        int pitch = ni + 2 * r;
        for (int s = 0; s < side; s++) {
            int p = s * pitch + r;
            source.read(in, at + s * step, padded, p, ni);
            for (int t = 1; t <= r; t++) {
                padded[p - t] = beyond(p, -t);
                padded[p + ni - 1 + t] = beyond(p, ni - 1 + t);
            }
        }
        Rows.combine(this, kernel, convolved, convolved.length);
        for (int s = 0; s < side; s++) {
            System.arraycopy(convolved, s * pitch, out, s * ni, ni);
        }
    }

    private float beyond(int p, int place) {
        int inside = boundary.at(place, ni);
        return inside < 0 ? 0 : padded[p + inside];
    }

    @Override
    public float[] at(int t, int slot) {
        System.arraycopy(padded, kernel.reach + t, shifted[slot], 0, convolved.length);
        return shifted[slot];
    }
}
