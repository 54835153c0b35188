package org.diapason.poisson;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntToDoubleFunction;

/**
 * Poisson's equation on the pixels of a mask: {@code Σ_q w (e_p − e_q) + λ e_p = b_p}, the sum over
 * the neighbours q of pixel p along the axes that lie in the grid; {@code e} is 0 outside the mask.
 *
 * <p>So a neighbour outside the mask holds the solution (Dirichlet), and where the grid ends there
 * is none to hold it (Neumann). A grid is cut from an image with one pixel beyond the mask where
 * the image has one. {@code w} is one number per axis, 1/spacing². The unknown is a correction of
 * the image that is there: where that solves the equation already, b is 0 and nothing changes.
 *
 * <p>Arrays hold one number per pixel of the grid, i fastest; outside the mask they are 0. A mask
 * of all pixels is held by nothing, and singular unless λ is above 0. Every other is held in all
 * its parts: from a part to a pixel outside the mask there is a path, and its first step out of the
 * part meets a pixel that is not in the mask.
 */
public final class PoissonGrid {
    private final int ni;
    private final int nj;
    private final int nk;
    private final boolean[] inside;
    private final double wi;
    private final double wj;
    private final double wk;
    private final double screen;

    private PoissonGrid(
            int ni,
            int nj,
            int nk,
            boolean[] inside,
            double wi,
            double wj,
            double wk,
            double screen) {
        if (Math.min(ni, Math.min(nj, nk)) < 1 || inside.length != (long) ni * nj * nk) {
            throw new IllegalArgumentException(
                    "a grid of "
                            + ni
                            + " × "
                            + nj
                            + " × "
                            + nk
                            + " has no "
                            + inside.length
                            + " pixels");
        }
        if (!(wi > 0 && wj > 0 && wk > 0 && screen >= 0)) {
            throw new IllegalArgumentException(
                    "weights must be above 0 and the screen 0 or above, got "
                            + wi
                            + ", "
                            + wj
                            + ", "
                            + wk
                            + " and "
                            + screen);
        }
        this.ni = ni;
        this.nj = nj;
        this.nk = nk;
        this.inside = inside;
        this.wi = wi;
        this.wj = wj;
        this.wk = wk;
        this.screen = screen;
    }

    /** Returns the system of a picture whose pixels are squares: all weights 1, no screen. */
    public static PoissonGrid picture(int ni, int nj, boolean[] inside) {
        return new PoissonGrid(ni, nj, 1, inside, 1, 1, 1, 0);
    }

    /**
     * Returns the system of a volume or a picture.
     *
     * @param inside the mask, one per pixel, i fastest; kept, not copied
     * @param wi weight of neighbours along i, 1/spacing²; so wj, wk
     * @param screen λ, 0 or above: how strongly the correction itself is held at 0
     */
    public static PoissonGrid of(
            int ni,
            int nj,
            int nk,
            boolean[] inside,
            double wi,
            double wj,
            double wk,
            double screen) {
        return new PoissonGrid(ni, nj, nk, inside, wi, wj, wk, screen);
    }

    public int ni() {
        return ni;
    }

    public int nj() {
        return nj;
    }

    public int nk() {
        return nk;
    }

    /** Returns the mask; do not write to it. */
    public boolean[] inside() {
        return inside;
    }

    public double wi() {
        return wi;
    }

    public double wj() {
        return wj;
    }

    public double wk() {
        return wk;
    }

    public double screen() {
        return screen;
    }

    /** Returns the number of pixels of the mask. */
    public int unknowns() {
        return (int)
                sum(
                        row -> {
                            int count = 0;
                            for (int p = row * ni; p < (row + 1) * ni; p++) {
                                count += inside[p] ? 1 : 0;
                            }
                            return count;
                        });
    }

    /**
     * Returns {@code L e}, 0 outside the mask.
     *
     * @param e 0 outside the mask; not modified
     */
    public double[] apply(double[] e) {
        double[] out = new double[e.length];
        forBlocks(
                (first, end) -> {
                    PoissonRow room = new PoissonRow(this);
                    for (int row = first; row < end; row++) {
                        double[] left = room.residual(row, 0, ni, e, null);
                        int at = row * ni;
                        for (int i = 0; i < ni; i++) {
                            out[at + i] = inside[at + i] ? -left[i] : 0;
                        }
                    }
                });
        return out;
    }

    /**
     * Returns {@code b − L e}, 0 outside the mask. Every number is off by rounding by at most
     * {@link #ROUNDING} times {@code |b_p| + Σ w |e_p − e_q| + λ |e_p|}.
     *
     * @param e 0 outside the mask; not modified
     * @param b not modified
     */
    public double[] residual(double[] e, double[] b) {
        double[] out = new double[e.length];
        forBlocks(
                (first, end) -> {
                    PoissonRow room = new PoissonRow(this);
                    for (int row = first; row < end; row++) {
                        copy(room.residual(row, 0, ni, e, b), row, out);
                    }
                });
        return out;
    }

    /**
     * Bounds the rounding of a residual: of each of seven terms the difference and the product are
     * rounded (weights are taken as they are), and seven sums follow; 16 half units are more than
     * (1 + u)⁹ − 1.
     */
    static final double ROUNDING = 16 * 0x1p-53;

    private void copy(double[] values, int row, double[] out) {
        int at = row * ni;
        for (int i = 0; i < ni; i++) {
            out[at + i] = inside[at + i] ? values[i] : 0;
        }
    }

    /** Returns {@code ‖v‖₂}, summed by rows: the same bits on any number of threads. */
    public double norm(double[] v) {
        return Math.sqrt(dot(v, v));
    }

    /** Returns the sum of all {@code v w}, summed by rows. */
    public double dot(double[] v, double[] w) {
        return sum(row -> dot(v, w, row * ni, (row + 1) * ni));
    }

    /** Four sums, as one alone waits for itself at every number. */
    static double dot(double[] v, double[] w, int from, int to) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int p = from;
        for (; p < to - 3; p += 4) {
            a += v[p] * w[p];
            b += v[p + 1] * w[p + 1];
            c += v[p + 2] * w[p + 2];
            d += v[p + 3] * w[p + 3];
        }
        for (; p < to; p++) {
            a += v[p] * w[p];
        }
        return a + b + (c + d);
    }

    /** Returns the largest {@code |v|}; NaN if there is one. */
    public double largest(double[] v) {
        double[] most = new double[nj * nk];
        forRows(row -> most[row] = largest(v, row * ni, (row + 1) * ni));
        return largest(most, 0, most.length);
    }

    /** Returns the largest {@code |v|} of a range; NaN if there is one. */
    static double largest(double[] v, int from, int to) {
        double most = 0;
        boolean none = false;
        for (int p = from; p < to; p++) {
            double a = Math.abs(v[p]);
            most = a > most ? a : most;
            none |= a != a;
        }
        return none ? Double.NaN : most;
    }

    /**
     * Checks what every solver asks of its input and returns the norms of the right-hand sides.
     *
     * @throws IllegalArgumentException if a right-hand side has another size, is not finite, not 0
     *     outside the mask, or so large or small that its norm is not 0 or 10⁻¹⁴⁰ … 10¹⁴⁰; or if
     *     the residual is not above 0
     * @throws org.diapason.volume.RefusedException if nothing holds the mask, whatever the
     *     right-hand sides
     */
    public double[] check(List<double[]> rightHandSides, double relativeResidual) {
        if (!(relativeResidual > 0)) {
            throw new IllegalArgumentException(
                    "relativeResidual must be above 0, got " + relativeResidual);
        }
        double[] norms = rightHandSides.stream().mapToDouble(this::check).toArray();
        if (screen == 0 && isAllInside()) {
            throw Channels.singular();
        }
        return norms;
    }

    private boolean isAllInside() {
        for (boolean in : inside) {
            if (!in) {
                return false;
            }
        }
        return true;
    }

    private double check(double[] b) {
        if (b.length != inside.length) {
            throw new IllegalArgumentException(
                    "a right-hand side has "
                            + b.length
                            + " numbers, the grid "
                            + inside.length
                            + " pixels");
        }
        double squares = sum(row -> squares(b, row * ni));
        if (Double.isNaN(squares) || squares > 1e300 && !(largest(b) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "a right-hand side must be finite, and 0 outside the mask");
        }
        double norm = Math.sqrt(squares);
        // Beyond these, squares lose digits or are lost, which no solver would notice.
        if (!(norm >= 1e-140 && norm <= 1e140) && largest(b) > 0) {
            throw new IllegalArgumentException(
                    "a right-hand side has the norm "
                            + norm
                            + "; 1e-140 to 1e140 can be solved. Take another unit.");
        }
        return norm;
    }

    /** Returns the sum of the squares of a row, NaN if it is not 0 somewhere outside the mask. */
    private double squares(double[] b, int from) {
        int wrong = 0;
        for (int p = from; p < from + ni; p++) {
            wrong += !inside[p] && b[p] != 0 ? 1 : 0;
        }
        return wrong > 0 ? Double.NaN : dot(b, b, from, from + ni);
    }

    private double sum(IntToDoubleFunction ofRow) {
        double[] sums = new double[nj * nk];
        forRows(row -> sums[row] = ofRow.applyAsDouble(row));
        double sum = 0;
        for (double one : sums) {
            sum += one;
        }
        return sum;
    }

    /** Runs the body for every pixel of the grid. */
    void forPixels(IntConsumer body) {
        forRows(
                row -> {
                    for (int p = row * ni; p < (row + 1) * ni; p++) {
                        body.accept(p);
                    }
                });
    }

    private void forRows(IntConsumer body) {
        forBlocks(
                (first, end) -> {
                    for (int row = first; row < end; row++) {
                        body.accept(row);
                    }
                });
    }

    /** Runs the body for ranges of rows. */
    void forBlocks(RowGrid.Range body) {
        RowGrid.inRanges(nj * nk, Math.max(1, 16384 / Math.max(1, ni)), body);
    }
}
