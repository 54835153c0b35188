package org.diapason.features.filter;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.diapason.math.Boundary;
import org.diapason.math.Convolve;
import org.diapason.math.Kernel;
import org.diapason.volume.Geometry;

/**
 * Responses of a separable filter and of its copies turned by right angles: 4 in a slice, 24 in a
 * volume (IBSI 2, section "Rotational invariance").
 *
 * <p>A turn gives the kernels to other axes and mirrors some of them about their voxel. Copies that
 * are equal, or equal but for their sign, are computed once, and so are the first two axes of
 * copies that differ only in the third.
 */
final class Turns {
    /** Kernels that follow each other along one axis. */
    private record Chain(List<Kernel> kernels) {

        Chain flipped() {
            return new Chain(kernels.stream().map(Kernel::flipped).toList());
        }

        /** Returns 1 if the other does the same, −1 if it gives the negative, else 0. */
        int sign(Chain other) {
            if (kernels.size() != other.kernels.size()) {
                return 0;
            }
            int sign = 1;
            for (int q = 0; q < kernels.size(); q++) {
                Kernel a = kernels.get(q);
                Kernel b = other.kernels.get(q);
                if (a.first() == b.first() && Arrays.equals(a.weights(), b.weights())) {
                    continue;
                }
                if (a.first() != b.first() || !opposite(a.weights(), b.weights())) {
                    return 0;
                }
                sign = -sign;
            }
            return sign;
        }

        private static boolean opposite(double[] a, double[] b) {
            boolean opposite = a.length == b.length;
            for (int m = 0; opposite && m < a.length; m++) {
                opposite = a[m] == -b[m];
            }
            return opposite;
        }
    }

    /** How many turned copies give a response, and how many its negative. */
    private static final class Count {
        int plus;
        int minus;
    }

    private final List<Chain> chains = new java.util.ArrayList<>();
    private final Map<List<Integer>, Count> copies = new TreeMap<>(Turns::compare);
    private int total;

    private Turns() {}

    /**
     * Returns the response, pooled over all turns or in the given orientation.
     *
     * @param axes one list of kernels an axis, in their order
     */
    static float[] respond(
            Geometry g,
            float[] values,
            List<List<Kernel>> axes,
            Boundary boundary,
            Pooling pooling) {
        Turns turns = new Turns();
        turns.fill(axes.stream().map(Chain::new).toList(), pooling != Pooling.NONE);
        return turns.pool(g, values, boundary, pooling);
    }

    private void fill(List<Chain> axes, boolean all) {
        int d = axes.size();
        for (int[] to : ORDERS) {
            if (d == 2 && to[2] != 2) {
                continue;
            }
            for (int flips = 0; flips < 1 << d; flips++) {
                boolean proper = (Integer.bitCount(flips) % 2 == 0) == (to[3] > 0);
                boolean identity = flips == 0 && to[0] == 0 && to[1] == 1;
                if (all ? proper : identity) {
                    count(axes, to, flips);
                }
            }
        }
    }

    /** To which axis each axis turns, and the sign of the permutation. */
    private static final int[][] ORDERS = {
        {0, 1, 2, 1}, {1, 2, 0, 1}, {2, 0, 1, 1}, {1, 0, 2, -1}, {0, 2, 1, -1}, {2, 1, 0, -1}
    };

    private void count(List<Chain> axes, int[] to, int flips) {
        int sign = 1;
        Integer[] key = new Integer[axes.size()];
        for (int a = 0; a < key.length; a++) {
            Chain chain = (flips >> a & 1) == 0 ? axes.get(a) : axes.get(a).flipped();
            int known = 0;
            while (known < chains.size() && chains.get(known).sign(chain) == 0) {
                known++;
            }
            if (known == chains.size()) {
                chains.add(chain);
            }
            sign *= chains.get(known).sign(chain);
            key[to[a]] = known;
        }
        Count count = copies.computeIfAbsent(List.of(key), k -> new Count());
        if (sign > 0) {
            count.plus++;
        } else {
            count.minus++;
        }
        total++;
    }

    private static int compare(List<Integer> a, List<Integer> b) {
        int order = 0;
        for (int q = 0; q < a.size() && order == 0; q++) {
            order = a.get(q).compareTo(b.get(q));
        }
        return order;
    }

    private float[] pool(Geometry g, float[] values, Boundary boundary, Pooling pooling) {
        float[] out = new float[values.length];
        Arrays.fill(out, pooling.start());
        float[] part = new float[values.length];
        float[] last = null;
        List<Integer> shared = List.of();
        for (Map.Entry<List<Integer>, Count> copy : copies.entrySet()) {
            List<Integer> key = copy.getKey();
            int d = key.size() - 1;
            if (!key.subList(0, d).equals(shared)) {
                shared = key.subList(0, d);
                float[] from = values;
                for (int a = 0; a < d; a++) {
                    for (Kernel kernel : chains.get(key.get(a)).kernels) {
                        along(g, from, a, kernel, boundary, part);
                        from = part;
                    }
                }
            }
            List<Kernel> kernels = chains.get(key.get(d)).kernels;
            float[] from = part;
            for (int q = 0; q < kernels.size() - 1; q++) {
                last = last == null ? new float[values.length] : last;
                along(g, from, d, kernels.get(q), boundary, last);
                from = last;
            }
            put(
                    g,
                    from,
                    d,
                    kernels.get(kernels.size() - 1),
                    boundary,
                    out,
                    copy.getValue(),
                    pooling);
        }
        return out;
    }

    private static void along(
            Geometry g, float[] from, int axis, Kernel kernel, Boundary boundary, float[] to) {
        Convolve.along(g, from, axis, kernel, boundary, to, Convolve.Store.SET);
    }

    private void put(
            Geometry g,
            float[] from,
            int axis,
            Kernel kernel,
            Boundary boundary,
            float[] out,
            Count count,
            Pooling pooling) {
        if (pooling == Pooling.MAX || pooling == Pooling.MIN) {
            boolean both = count.plus > 0 && count.minus > 0;
            Kernel signed = count.plus > 0 ? kernel : kernel.times(-1);
            Convolve.Store store = both ? pooling.storeBoth() : pooling.store();
            Convolve.along(g, from, axis, signed, boundary, out, store);
            return;
        }
        double weight = (count.plus - count.minus) / (double) total;
        if (weight != 0) {
            Kernel weighted = weight == 1 ? kernel : kernel.times(weight);
            Convolve.along(g, from, axis, weighted, boundary, out, pooling.store());
        }
    }
}
