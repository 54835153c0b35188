package org.diapason.fusion;

import org.diapason.math.Blocks;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;

/** Gives a place to the image that most of its neighbours were given to. */
final class Majority {
    private Majority() {}

    /**
     * Returns the image with the most places among the 3 voxels along every axis around each; the
     * one that was chosen, unless another has more.
     *
     * @param chosen which of n images; not modified
     */
    static byte[] of(Geometry g, byte[] chosen, int n) {
        byte[] best = chosen.clone();
        byte[][] votes = new byte[n][];
        for (int m = 0; m < n; m++) {
            votes[m] = votes(g, chosen, m);
        }
        Blocks.forEach(
                best.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        for (int m = 0; m < n; m++) {
                            best[v] = votes[m][v] > votes[best[v]][v] ? (byte) m : best[v];
                        }
                    }
                });
        return best;
    }

    private static byte[] votes(Geometry g, byte[] chosen, int m) {
        byte[] given = new byte[chosen.length];
        Blocks.forEach(
                given.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        given[v] = (byte) (chosen[v] == m ? 1 : 0);
                    }
                });
        byte[] is = given;
        int step = 1;
        for (int axis = 0; axis < 3; axis++) {
            if (g.size(axis) > 1) {
                is = sums(is, step, g.size(axis));
            }
            step *= g.size(axis);
        }
        return is;
    }

    /** Adds to each voxel its neighbours along an axis whose voxels lie {@code step} apart. */
    private static byte[] sums(byte[] in, int step, int n) {
        byte[] out = new byte[in.length];
        int lines = in.length / (step * n);
        int rows = step == 1 ? lines : lines * n;
        int length = step == 1 ? n : step;
        int each = Math.max(1, (1 << 16) / length);
        Parallel.forEach(
                (rows + each - 1) / each,
                b -> {
                    for (int r = b * each; r < Math.min(rows, (b + 1) * each); r++) {
                        int at = r * length;
                        if (step == 1) {
                            line(in, out, at, n);
                        } else {
                            int before = r % n == 0 ? 0 : step;
                            int after = r % n == n - 1 ? 0 : step;
                            row(in, out, at, before, after, length);
                        }
                    }
                });
        return out;
    }

    private static void line(byte[] in, byte[] out, int at, int n) {
        int end = at + n - 1;
        out[at] = (byte) (in[at] + in[at + 1]);
        for (int v = at + 1; v < end; v++) {
            out[v] = (byte) (in[v - 1] + in[v] + in[v + 1]);
        }
        out[end] = (byte) (in[end - 1] + in[end]);
    }

    private static void row(byte[] in, byte[] out, int at, int before, int after, int length) {
        if (before > 0 && after > 0) {
            for (int v = at; v < at + length; v++) {
                out[v] = (byte) (in[v - before] + in[v] + in[v + after]);
            }
        } else {
            int other = after - before;
            for (int v = at; v < at + length; v++) {
                out[v] = (byte) (in[v] + in[v + other]);
            }
        }
    }
}
