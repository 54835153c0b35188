package org.diapason.math;

import org.diapason.volume.Geometry;

/**
 * Convolution along one axis of a volume; separable filters are one call an axis.
 *
 * <p>Sums run in float in a fixed order: the same bits on any number of threads. An axis of one
 * voxel is continued by the boundary like any other. NaN spreads as far as the kernel reaches.
 */
public final class Convolve {
    private Convolve() {}

    /** What becomes of n convolved values that belong at a place of the output. */
    public interface Store {
        /** Takes {@code row[0 … n)} into {@code out[at … at + n)}. */
        void put(float[] row, float[] out, int at, int n);

        /** Writes them. */
        Store SET = (row, out, at, n) -> System.arraycopy(row, 0, out, at, n);

        /** Adds them to what is there. */
        Store ADD =
                (row, out, at, n) -> {
                    for (int i = 0; i < n; i++) {
                        out[at + i] += row[i];
                    }
                };
    }

    /**
     * Convolves along axis 0 (i), 1 (j) or 2 (k). Does not modify {@code in}, unless {@code out} is
     * the same array, which may be with {@link Store#SET}.
     */
    public static void along(
            Geometry g,
            float[] in,
            int axis,
            Kernel kernel,
            Boundary boundary,
            float[] out,
            Store store) {
        if (axis == 0) {
            rows(g, in, kernel, boundary, out, store);
            return;
        }
        int inner = axis == 1 ? g.ni() : g.ni() * g.nj();
        int outer = axis == 1 ? g.nk() : 1;
        int chunks = (inner + Gauss.RUN - 1) / Gauss.RUN;
        int side = Math.max(1, Gauss.RUN / inner);
        int groups = (outer + side - 1) / side;
        Parallel.forEach(
                chunks * groups,
                b -> {
                    int first = b / chunks * side;
                    int from = b % chunks * Gauss.RUN;
                    Columns columns =
                            new Columns(
                                    first * inner * g.size(axis) + from,
                                    inner,
                                    g.size(axis),
                                    Math.min(Gauss.RUN, inner - from),
                                    Math.min(side, outer - first));
                    columns.convolve(in, kernel, boundary, out, store);
                });
    }

    private static void rows(
            Geometry g, float[] in, Kernel kernel, Boundary boundary, float[] out, Store store) {
        int ni = g.ni();
        int rows = g.nj() * g.nk();
        int side = Math.max(1, Gauss.RUN / ni);
        int most = Math.max(1, (rows + 63) / 64 / side) * side;
        Parallel.forEach(
                (rows + most - 1) / most,
                b -> {
                    int end = Math.min(rows, (b + 1) * most);
                    float[] row = new float[side * ni];
                    Lines lines = null;
                    for (int first = b * most; first < end; first += side) {
                        int many = Math.min(side, end - first);
                        if (lines == null || lines.side != many) {
                            lines = new Lines(System::arraycopy, in, ni, many, kernel, boundary);
                        }
                        lines.convolve(first * ni, ni, row);
                        store.put(row, out, first * ni, many * ni);
                    }
                });
    }

    /** Some neighbouring columns of one plane, or the columns of a few small planes. */
    private record Columns(int at, int step, int length, int run, int side) {
        void convolve(float[] in, Kernel kernel, Boundary boundary, float[] out, Store store) {
            int n = run * side;
            int plane = step * length;
            Ring ring = new Ring(n, length, kernel.reach, boundary);
            float[] line = new float[n];
            float[] part = side == 1 ? line : new float[run];
            for (int x = 0; x < length; x++) {
                while (ring.wants(x)) {
                    int from = at + ring.filled * step;
                    float[] row = ring.next();
                    for (int s = 0; s < side; s++) {
                        System.arraycopy(in, from + s * plane, row, s * run, run);
                    }
                }
                ring.centre = x;
                Rows.combine(ring, kernel, line, n);
                for (int s = 0; s < side; s++) {
                    if (side > 1) {
                        System.arraycopy(line, s * run, part, 0, run);
                    }
                    store.put(part, out, at + s * plane + x * step, run);
                }
            }
        }
    }
}
