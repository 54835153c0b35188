package org.diapason.features.filter;

import java.util.ArrayList;
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

        /** Returns kernels whose last has its weights multiplied by a factor. */
        List<Kernel> times(double factor) {
            List<Kernel> scaled = new ArrayList<>(kernels);
            int last = scaled.size() - 1;
            scaled.set(last, scaled.get(last).times(factor));
            return scaled;
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

    private final List<Chain> chains = new ArrayList<>();
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
        List<Integer> shared = List.of();
        for (Map.Entry<List<Integer>, Count> copy : copies.entrySet()) {
            int last = copy.getKey().size() - 1;
            List<Integer> before = copy.getKey().subList(0, last);
            if (!before.equals(shared)) {
                shared = before;
                float[] from = values;
                for (int a = 0; a < last; a++) {
                    List<Kernel> kernels = chains.get(before.get(a)).kernels;
                    Convolve.along(g, from, a, kernels, boundary, part, Convolve.Store.SET);
                    from = part;
                }
            }
            Chain chain = chains.get(copy.getKey().get(last));
            put(g, part, last, chain, boundary, out, copy.getValue(), pooling);
        }
        return out;
    }

    private void put(
            Geometry g,
            float[] from,
            int axis,
            Chain chain,
            Boundary boundary,
            float[] out,
            Count count,
            Pooling pooling) {
        if (pooling == Pooling.MAX || pooling == Pooling.MIN) {
            boolean both = count.plus > 0 && count.minus > 0;
            List<Kernel> signed = chain.times(count.plus > 0 ? 1 : -1);
            Convolve.Store store = both ? pooling.storeBoth() : pooling.store();
            Convolve.along(g, from, axis, signed, boundary, out, store);
            return;
        }
        double weight = (count.plus - count.minus) / (double) total;
        if (weight != 0) {
            Convolve.along(g, from, axis, chain.times(weight), boundary, out, pooling.store());
        }
    }
}
