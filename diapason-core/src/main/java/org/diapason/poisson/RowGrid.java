package org.diapason.poisson;

import java.util.function.IntConsumer;
import org.diapason.math.Parallel;

/**
 * Where the points of a multigrid level lie: row (j, k) is the {@code j + nj k}-th, and its points
 * of even and of odd i are two arrays, the halves {@code 2 row} and {@code 2 row + 1}. Point i is
 * number {@code 1 + i/2} of its half, and there is a 0 before and after the points.
 *
 * <p>So smoothing by colours, halving and interpolation go through memory without gaps, which is
 * what runs on vectors: neighbours across rows have the same number, those along i the same and one
 * beside it in the other half. One row of zeros more stands for all beyond the grid.
 */
final class RowGrid {
    /** Points whose rows one block of parallel work holds. */
    private static final int BLOCK = 16384;

    final int ni;
    final int nj;
    final int nk;
    final int rows;

    /** Length of the array of a half, which may have more zeros at its end. */
    final int width;

    RowGrid(int ni, int nj, int nk) {
        this.ni = ni;
        this.nj = nj;
        this.nk = nk;
        rows = nj * nk;
        // with their headers whole lines of 64 bytes: arrays made in a row begin alike
        width = ((ni + 1) / 2 + 2 + 3 & ~15) + 12;
    }

    /** Returns the grid with the axis halved. */
    RowGrid halved(int axis) {
        return new RowGrid(
                axis == 0 ? ni / 2 + 1 : ni,
                axis == 1 ? nj / 2 + 1 : nj,
                axis == 2 ? nk / 2 + 1 : nk);
    }

    int n(int axis) {
        return axis == 0 ? ni : axis == 1 ? nj : nk;
    }

    /** Returns the number of a row, that of the row of zeros where it lies beyond the grid. */
    int row(int j, int k) {
        return j < 0 || k < 0 || j >= nj || k >= nk ? rows : j + nj * k;
    }

    /** Returns the number after the last point of a half. */
    int end(int half) {
        return (ni + 1 - (half & 1)) / 2 + 1;
    }

    /** Returns rows of zeros. */
    float[][] vector() {
        float[][] vector = new float[2 * rows + 2][];
        Range fresh =
                (from, to) -> {
                    for (int h = from; h < to; h++) {
                        vector[h] = new float[width];
                    }
                };
        inRanges(vector.length, Math.max(1, BLOCK / width), fresh);
        return vector;
    }

    /** Work on some things in order. */
    interface Range {
        void run(int from, int to);
    }

    /** Runs the body for ranges of rows, in parallel where that pays. */
    void forRows(int count, Range body) {
        inRanges(count, Math.max(1, BLOCK / ni), body);
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
