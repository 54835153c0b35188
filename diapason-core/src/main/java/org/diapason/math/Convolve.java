package org.diapason.math;

import java.util.ArrayList;
import java.util.List;
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
        along(g, in, axis, List.of(kernel), boundary, out, store);
    }

    /**
     * Convolves by one kernel after the other, each time continued by the boundary: the same bits
     * as one call a kernel, without arrays of the size of the volume between them.
     */
    public static void along(
            Geometry g,
            float[] in,
            int axis,
            List<Kernel> chain,
            Boundary boundary,
            float[] out,
            Store store) {
        if (axis == 0) {
            rows(g, in, chain, boundary, out, store);
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
                    columns.convolve(in, chain, boundary, out, store);
                });
    }

    private static void rows(
            Geometry g,
            float[] in,
            List<Kernel> chain,
            Boundary boundary,
            float[] out,
            Store store) {
        int ni = g.ni();
        int rows = g.nj() * g.nk();
        int side = Math.max(1, Gauss.RUN / ni);
        int most = Math.max(1, (rows + 63) / 64 / side) * side;
        Parallel.forEach(
                (rows + most - 1) / most,
                b -> {
                    int end = Math.min(rows, (b + 1) * most);
                    float[] row = new float[side * ni];
                    List<Lines> links = List.of();
                    for (int first = b * most; first < end; first += side) {
                        int many = Math.min(side, end - first);
                        if (links.isEmpty() || links.get(0).side != many) {
                            links = links(in, row, ni, many, chain, boundary);
                        }
                        int at = first * ni;
                        for (Lines link : links) {
                            link.convolve(at, ni, row);
                            at = 0;
                        }
                        store.put(row, out, first * ni, many * ni);
                    }
                });
    }

    /** The first reads the volume, the others what the one before has left in the row. */
    private static List<Lines> links(
            float[] in, float[] row, int ni, int many, List<Kernel> chain, Boundary boundary) {
        List<Lines> links = new ArrayList<>();
        for (Kernel kernel : chain) {
            float[] from = links.isEmpty() ? in : row;
            links.add(new Lines(System::arraycopy, from, ni, many, kernel, boundary));
        }
        return links;
    }

    /** Some neighbouring columns of one plane, or the columns of a few small planes. */
    private record Columns(int at, int step, int length, int run, int side) {
        void convolve(float[] in, List<Kernel> chain, Boundary boundary, float[] out, Store store) {
            int n = run * side;
            float[] block = chain.size() > 1 ? new float[n * length] : null;
            float[] line = new float[n];
            for (int link = 0; link < chain.size(); link++) {
                Kernel kernel = chain.get(link);
                Ring ring = new Ring(n, length, kernel.reach, boundary);
                for (int x = 0; x < length; x++) {
                    while (ring.wants(x)) {
                        int row = ring.filled;
                        if (link == 0) {
                            read(in, row, ring.next());
                        } else {
                            System.arraycopy(block, row * n, ring.next(), 0, n);
                        }
                    }
                    ring.centre = x;
                    Rows.combine(ring, kernel, line, n);
                    if (link == chain.size() - 1) {
                        write(line, x, out, store);
                    } else {
                        System.arraycopy(line, 0, block, x * n, n);
                    }
                }
            }
        }

        private void read(float[] in, int x, float[] row) {
            for (int s = 0; s < side; s++) {
                System.arraycopy(in, at + (s * length + x) * step, row, s * run, run);
            }
        }

        private void write(float[] line, int x, float[] out, Store store) {
            float[] part = side == 1 ? line : new float[run];
            for (int s = 0; s < side; s++) {
                if (side > 1) {
                    System.arraycopy(line, s * run, part, 0, run);
                }
                store.put(part, out, at + (s * length + x) * step, run);
            }
        }
    }
}
