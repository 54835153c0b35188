package org.diapason.poisson;

import java.util.function.IntConsumer;
import org.diapason.math.Parallel;

/**
 * Where the points of a multigrid level lie in its arrays: with a border of zeros, so that no loop
 * asks where the grid ends. One point before and two after each row of i, and so along j and k
 * where these are longer than 1.
 */
final class PaddedGrid {
    /** Points whose rows one block of parallel work holds. */
    private static final int BLOCK = 16384;

    final int ni;
    final int nj;
    final int nk;
    final int row;
    final int plane;
    final int origin;
    final int size;

    PaddedGrid(int ni, int nj, int nk) {
        this.ni = ni;
        this.nj = nj;
        this.nk = nk;
        row = Math.addExact(ni, 3);
        plane = Math.multiplyExact(row, nj > 1 ? nj + 3 : 1);
        size = Math.multiplyExact(plane, nk > 1 ? nk + 3 : 1);
        origin = 1 + (nj > 1 ? row : 0) + (nk > 1 ? plane : 0);
    }

    /** Returns the grid with the axis halved. */
    PaddedGrid halved(int axis) {
        return new PaddedGrid(
                axis == 0 ? ni / 2 + 1 : ni,
                axis == 1 ? nj / 2 + 1 : nj,
                axis == 2 ? nk / 2 + 1 : nk);
    }

    int n(int axis) {
        return axis == 0 ? ni : axis == 1 ? nj : nk;
    }

    int at(int i, int j, int k) {
        return origin + i + j * row + k * plane;
    }

    /** Work on one row. */
    interface Row {
        void run(int j, int k);
    }

    /** Work on some rows, or slabs, in order. */
    interface Range {
        void run(int from, int to);
    }

    void forRows(Row body) {
        forRanges(
                nj * nk,
                ni,
                (from, to) -> {
                    for (int l = from; l < to; l++) {
                        body.run(l % nj, l / nj);
                    }
                });
    }

    /** Runs the body for ranges of things of so many points, in parallel where that pays. */
    static void forRanges(int things, int points, Range body) {
        inRanges(things, Math.max(1, BLOCK / points), body);
    }

    /** Runs the body for ranges of {@code side} things. */
    static void inRanges(int things, int side, Range body) {
        int blocks = (things + side - 1) / side;
        IntConsumer one = b -> body.run(b * side, Math.min(things, (b + 1) * side));
        if (blocks == 1) {
            one.accept(0);
        } else {
            Parallel.forEach(blocks, one);
        }
    }
}
