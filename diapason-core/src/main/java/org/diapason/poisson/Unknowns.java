package org.diapason.poisson;

import java.util.Arrays;

/** The pixels of a mask, numbered as they follow each other in the grid. */
final class Unknowns {
    private final PoissonGrid grid;
    private final int[] pixels;

    /** Unknown of a pixel, −1 outside the mask. */
    private final int[] numbers;

    Unknowns(PoissonGrid grid) {
        this.grid = grid;
        boolean[] inside = grid.inside();
        numbers = new int[inside.length];
        int[] found = new int[inside.length];
        int count = 0;
        for (int p = 0; p < inside.length; p++) {
            numbers[p] = inside[p] ? count : -1;
            found[count] = p;
            count += inside[p] ? 1 : 0;
        }
        pixels = Arrays.copyOf(found, count);
    }

    int count() {
        return pixels.length;
    }

    /** Returns the places of the unknowns in the grid's arrays; do not write to it. */
    int[] pixels() {
        return pixels;
    }

    double[] gather(double[] image) {
        double[] values = new double[pixels.length];
        for (int u = 0; u < values.length; u++) {
            values[u] = image[pixels[u]];
        }
        return values;
    }

    double[] scatter(double[] values) {
        double[] image = new double[numbers.length];
        for (int u = 0; u < values.length; u++) {
            image[pixels[u]] = values[u];
        }
        return image;
    }

    /**
     * Returns the system's matrix, edges weighted; a row's columns ascend.
     *
     * @throws org.diapason.volume.RefusedException if weights of 0 leave a part held by nothing
     */
    SparseMatrix matrix(EdgeWeight weight) {
        int n = pixels.length;
        int[] strides = {1, grid.ni(), grid.ni() * grid.nj()};
        int[] sizes = {grid.ni(), grid.nj(), grid.nk()};
        double[] weights = {grid.wi(), grid.wj(), grid.wk()};
        int[] starts = new int[n + 1];
        int[] columns = new int[Math.toIntExact(Math.min(7L * n, entriesAtMost()))];
        double[] values = new double[columns.length];
        double[] held = new double[n];
        int at = 0;
        for (int u = 0; u < n; u++) {
            int p = pixels[u];
            double diagonal = grid.screen();
            held[u] = diagonal;
            int middle = -1;
            for (int side = 0; side < 6; side++) {
                int axis = side < 3 ? 2 - side : side - 3;
                if (side == 3) {
                    middle = at;
                    columns[at++] = u;
                }
                int place = p / strides[axis] % sizes[axis] + (side < 3 ? -1 : 1);
                if (place < 0 || place >= sizes[axis]) {
                    continue;
                }
                int q = p + (side < 3 ? -strides[axis] : strides[axis]);
                double w = weights[axis] * checked(weight, Math.min(p, q), Math.max(p, q));
                diagonal += w;
                if (numbers[q] < 0) {
                    held[u] += w;
                } else if (w > 0) {
                    columns[at] = numbers[q];
                    values[at++] = -w;
                }
            }
            values[middle] = diagonal;
            starts[u + 1] = at;
        }
        requireHeld(held, starts, columns);
        return new SparseMatrix(
                n, starts, Arrays.copyOf(columns, at), Arrays.copyOf(values, at), held);
    }

    /** Walks from all rows that are held to all that hang together with them. */
    private static void requireHeld(double[] held, int[] starts, int[] columns) {
        int n = held.length;
        boolean[] seen = new boolean[n];
        int[] stack = new int[n];
        int top = 0;
        for (int u = 0; u < n; u++) {
            seen[u] = held[u] > 0;
            stack[top] = u;
            top += seen[u] ? 1 : 0;
        }
        int reached = top;
        while (top > 0) {
            int u = stack[--top];
            for (int e = starts[u]; e < starts[u + 1]; e++) {
                if (!seen[columns[e]]) {
                    seen[columns[e]] = true;
                    stack[top++] = columns[e];
                    reached++;
                }
            }
        }
        if (reached < n) {
            throw Channels.singular();
        }
    }

    private long entriesAtMost() {
        int axes = (grid.ni() > 1 ? 1 : 0) + (grid.nj() > 1 ? 1 : 0) + (grid.nk() > 1 ? 1 : 0);
        return (2L * axes + 1) * pixels.length;
    }

    private static double checked(EdgeWeight weight, int p, int q) {
        double w = weight.between(p, q);
        if (!(w >= 0 && w < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the edge between pixels "
                            + p
                            + " and "
                            + q
                            + " has the weight "
                            + w
                            + "; weights are 0 or above and finite");
        }
        return w;
    }
}
