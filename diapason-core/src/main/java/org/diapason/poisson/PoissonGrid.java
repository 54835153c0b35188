package org.diapason.poisson;

/**
 * Poisson's equation on the pixels of a mask: {@code Σ_q w (e_p − e_q) + λ e_p = b_p}, the sum over
 * the neighbours q of pixel p along the axes that lie in the grid; {@code e} is 0 outside the mask.
 *
 * <p>So a neighbour outside the mask holds the solution (Dirichlet), and where the grid ends there
 * is none to hold it (Neumann). A grid is cut from an image with one pixel beyond the mask where
 * the image has one. {@code w} is one number per axis, 1/spacing². The unknown is a correction of
 * the image that is there: where that solves the equation already, b is 0 and nothing changes.
 *
 * <p>Arrays hold one number per pixel of the grid, i fastest; outside the mask they are 0. Every
 * connected part of the mask must have a neighbour that holds it, or λ be above 0; else the system
 * is singular.
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
        if (inside.length != (long) ni * nj * nk) {
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
}
