package org.diapason.poisson;

/** The box around a mask, and which of its sides lie where the grid ends. */
final class Box {
    private final PoissonGrid grid;
    private final long inside;
    final int[] low;
    final int[] sizes = new int[3];
    final boolean[] lowHeld = new boolean[3];
    final boolean[] highHeld = new boolean[3];
    final double[] weights;

    private Box(PoissonGrid grid, int[] low, int[] high, long inside) {
        this.grid = grid;
        this.inside = inside;
        this.low = low;
        weights = new double[] {grid.wi(), grid.wj(), grid.wk()};
        int[] ends = {grid.ni(), grid.nj(), grid.nk()};
        for (int axis = 0; axis < 3; axis++) {
            sizes[axis] = high[axis] + 1 - low[axis];
            lowHeld[axis] = low[axis] > 0;
            highHeld[axis] = high[axis] < ends[axis] - 1;
        }
    }

    /** Returns the box around a mask that has a pixel. */
    static Box of(PoissonGrid grid) {
        int[] low = {grid.ni(), grid.nj(), grid.nk()};
        int[] high = {-1, -1, -1};
        long count = 0;
        for (int row = 0; row < grid.nj() * grid.nk(); row++) {
            for (int i = 0; i < grid.ni(); i++) {
                if (grid.inside()[row * grid.ni() + i]) {
                    int[] place = {i, row % grid.nj(), row / grid.nj()};
                    for (int axis = 0; axis < 3; axis++) {
                        low[axis] = Math.min(low[axis], place[axis]);
                        high[axis] = Math.max(high[axis], place[axis]);
                    }
                    count++;
                }
            }
        }
        return new Box(grid, low, high, count);
    }

    /** Returns how many pixels of the box are outside the mask. */
    long missing() {
        return (long) sizes[0] * sizes[1] * sizes[2] - inside;
    }

    /** Returns the last axis along which there is more than one pixel. */
    int last() {
        return sizes[2] > 1 ? 2 : sizes[1] > 1 ? 1 : 0;
    }

    /** Returns the diagonal's part of the axes after {@code last}, one pixel wide. */
    double beyond(int last) {
        double sum = 0;
        for (int axis = last + 1; axis < 3; axis++) {
            sum += (lowHeld[axis] ? weights[axis] : 0) + (highHeld[axis] ? weights[axis] : 0);
        }
        return sum;
    }

    Harmonics harmonics(int axis) {
        return new Harmonics(sizes[axis], lowHeld[axis], highHeld[axis]);
    }

    private int start(int row) {
        int j = low[1] + row % sizes[1];
        int k = low[2] + row / sizes[1];
        return (k * grid.nj() + j) * grid.ni() + low[0];
    }

    double[] cut(double[] image) {
        double[] box = new double[sizes[0] * sizes[1] * sizes[2]];
        for (int row = 0; row < sizes[1] * sizes[2]; row++) {
            System.arraycopy(image, start(row), box, row * sizes[0], sizes[0]);
        }
        return box;
    }

    double[] paste(double[] box) {
        double[] image = new double[grid.inside().length];
        for (int row = 0; row < sizes[1] * sizes[2]; row++) {
            System.arraycopy(box, row * sizes[0], image, start(row), sizes[0]);
        }
        return image;
    }

    /**
     * Returns the spectral radius of Jacobi's method on this box, were it full: {@code Σ w cos θ}
     * over the diagonal, θ the lowest frequency of each axis. Where the grid ends it is a little
     * too large, for the diagonal is smaller there.
     */
    double spectralRadius() {
        double edges = 0;
        double diagonal = grid.screen();
        for (int axis = 0; axis < 3; axis++) {
            int n = sizes[axis];
            int held = (lowHeld[axis] ? 1 : 0) + (highHeld[axis] ? 1 : 0);
            if (n > 1) {
                double[] angle = {0, Math.PI / (2 * n + 1), Math.PI / (n + 1)};
                edges += 2 * weights[axis] * StrictMath.cos(angle[held]);
                diagonal += 2 * weights[axis];
            } else {
                diagonal += held * weights[axis];
            }
        }
        return edges / diagonal;
    }
}
