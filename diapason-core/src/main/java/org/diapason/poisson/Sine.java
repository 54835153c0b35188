package org.diapason.poisson;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Parallel;

/**
 * Solves Poisson's equation on a full rectangle or box by sine and cosine transforms, exactly up to
 * rounding, in one iteration.
 *
 * <p>Lines along every axis but the last are taken apart into the eigenvectors of the axis' second
 * difference (sines where the ends are held, cosines where the grid ends, quarter waves where one
 * end is held); each coefficient is a tridiagonal system along the last axis, solved by
 * elimination; the coefficients are put together again (Buzbee, Golub and Nielson 1970, SIAM J.
 * Numer. Anal. 7(4):627–656, doi:10.1137/0707049, sections 2 and 3). Weights of the axes and the
 * screen may be any. Sides whose length (+ 1 where held at both ends, 2n + 1 where at one) has
 * small prime factors are the fastest. One array of the box is held per channel beside the answers.
 *
 * <p>A mask that is no full box is an {@link IllegalArgumentException}: another solver is needed.
 */
public final class Sine implements PoissonSolver {
    /** Coefficients eliminated side by side. */
    private static final int MODES = 64;

    @Override
    public PoissonSolution solve(
            PoissonGrid grid, List<double[]> rightHandSides, double relativeResidual) {
        grid.check(rightHandSides, relativeResidual);
        if (Channels.nothingToDo(rightHandSides)) {
            return Channels.zeros(grid, rightHandSides.size());
        }
        Box box = Box.of(grid);
        requireFull(box);
        List<double[]> boxes = new ArrayList<>();
        for (double[] b : rightHandSides) {
            boxes.add(box.cut(b));
        }
        int last = box.last();
        double[] modes = {grid.screen() + box.beyond(last)};
        Harmonics[] axes = new Harmonics[last];
        int stride = 1;
        for (int axis = 0; axis < last; axis++) {
            axes[axis] = box.harmonics(axis);
            modes = outerSum(modes, axes[axis].eigenvalues(), box.weights[axis]);
            transform(boxes, axes[axis], stride, false);
            stride *= box.sizes[axis];
        }
        eliminate(boxes, modes, box, last);
        for (int axis = last - 1; axis >= 0; axis--) {
            stride /= box.sizes[axis];
            transform(boxes, axes[axis], stride, true);
        }
        List<double[]> corrections = new ArrayList<>();
        for (double[] e : boxes) {
            corrections.add(box.paste(e));
        }
        double reached = Channels.relativeResidual(grid, rightHandSides, corrections);
        if (!(reached <= relativeResidual)) {
            throw Channels.notReached(
                    "the sine transform",
                    1,
                    reached,
                    relativeResidual,
                    "That is rounding: ask for no less than it, or rescale the weights.");
        }
        return new PoissonSolution(corrections, new double[] {1, reached});
    }

    private static void requireFull(Box box) {
        if (box.missing() > 0) {
            throw new IllegalArgumentException(
                    "the sine transform needs a mask that is a full box: "
                            + box.missing()
                            + " of the "
                            + (long) box.sizes[0] * box.sizes[1] * box.sizes[2]
                            + " pixels of the box around this one are outside it. Take multigrid,"
                            + " or direct for a small mask.");
        }
    }

    private static void transform(List<double[]> boxes, Harmonics axis, int stride, boolean back) {
        for (double[] values : boxes) {
            axis.transform(values, stride, back);
        }
    }

    private static double[] outerSum(double[] fast, double[] slow, double weight) {
        double[] sums = new double[Math.multiplyExact(fast.length, slow.length)];
        for (int s = 0; s < slow.length; s++) {
            for (int f = 0; f < fast.length; f++) {
                sums[s * fast.length + f] = fast[f] + weight * slow[s];
            }
        }
        return sums;
    }

    /** Solves {@code −w x(l−1) + (d(l) + μ) x(l) − w x(l+1) = f(l)} along the last axis. */
    private static void eliminate(List<double[]> boxes, double[] modes, Box box, int last) {
        int n = box.sizes[last];
        double w = box.weights[last];
        Parallel.forEach(
                (modes.length + MODES - 1) / MODES,
                block -> {
                    int first = block * MODES;
                    int count = Math.min(MODES, modes.length - first);
                    double[] inverse = new double[n * count];
                    for (int l = 0; l < n; l++) {
                        boolean low = l > 0 || box.lowHeld[last];
                        boolean high = l < n - 1 || box.highHeld[last];
                        double d = (low ? w : 0) + (high ? w : 0);
                        for (int q = 0; q < count; q++) {
                            double before = l > 0 ? inverse[(l - 1) * count + q] : 0;
                            inverse[l * count + q] = 1 / (d + modes[first + q] - w * w * before);
                        }
                    }
                    for (double[] x : boxes) {
                        sweep(x, inverse, w, n, first, count, modes.length);
                    }
                });
    }

    private static void sweep(
            double[] x, double[] inverse, double w, int n, int first, int count, int stride) {
        for (int l = 0; l < n; l++) {
            int here = l * stride + first;
            for (int q = 0; q < count; q++) {
                double before = l > 0 ? x[here - stride + q] : 0;
                x[here + q] = (x[here + q] + w * before) * inverse[l * count + q];
            }
        }
        for (int l = n - 2; l >= 0; l--) {
            int here = l * stride + first;
            for (int q = 0; q < count; q++) {
                x[here + q] += w * inverse[l * count + q] * x[here + stride + q];
            }
        }
    }
}
