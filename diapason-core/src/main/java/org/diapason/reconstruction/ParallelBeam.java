package org.diapason.reconstruction;

/**
 * Slices and the straight lines through them: which image a projector takes and which sinogram it
 * makes.
 *
 * <p>The middle of a slice is the origin. View v looks along {@code (−sin θ, cos θ)} at the angle
 * {@code θ = first + v · span/views}; its bin b is the line {@code x cos θ + y sin θ = s}, {@code s
 * = (b − (bins − 1)/2) · binMm}. An image has i fastest, then j, then slice k; a sinogram bin
 * fastest, then slice, then view.
 *
 * @param ni pixels along i, which is x
 * @param nj pixels along j, which is y
 * @param nk slices
 * @param pixelMm distance of pixels along x in mm
 * @param rowMm distance of pixels along y in mm
 * @param bins lines of a view through a slice
 * @param binMm their distance in mm
 * @param views how many angles
 * @param firstDegrees angle of the first
 * @param spanDegrees angle that all cover; 180 sees every line once
 */
public record ParallelBeam(
        int ni,
        int nj,
        int nk,
        double pixelMm,
        double rowMm,
        int bins,
        double binMm,
        int views,
        double firstDegrees,
        double spanDegrees) {
    private static final double WIDEST = 1e8;
    private static final double FINEST = 1e-6;

    public ParallelBeam {
        if (ni < 1 || nj < 1 || nk < 1 || bins < 1 || views < 1) {
            throw new IllegalArgumentException(
                    "pixels, slices, bins and views must be 1 or more, got "
                            + ni
                            + " x "
                            + nj
                            + " x "
                            + nk
                            + ", "
                            + bins
                            + " bins, "
                            + views
                            + " views");
        }
        positive("pixelMm", pixelMm);
        positive("rowMm", rowMm);
        positive("binMm", binMm);
        positive("spanDegrees", spanDegrees);
        if (!Double.isFinite(firstDegrees)) {
            throw new IllegalArgumentException("firstDegrees must be finite, got " + firstDegrees);
        }
        double widest = bins * binMm / Math.min(pixelMm, rowMm);
        double finest = binMm / Math.max(pixelMm, rowMm);
        if (!(widest <= WIDEST && finest >= FINEST)) {
            throw new IllegalArgumentException(
                    bins
                            + " bins of "
                            + binMm
                            + " mm do not go with pixels of "
                            + pixelMm
                            + " x "
                            + rowMm
                            + " mm: together they may be 100 million pixels wide, and each must be a"
                            + " millionth of one or more");
        }
        Math.multiplyExact(Math.multiplyExact(ni, nj), nk);
        Math.multiplyExact(Math.multiplyExact(bins, nk), views);
    }

    private static void positive(String what, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(what + " must be positive, got " + value);
        }
    }

    /** Returns square pixels seen over half a turn by bins as wide as pixels that cover a slice. */
    public static ParallelBeam covering(int side, double pixelMm, int views) {
        return new ParallelBeam(side, side, 1, pixelMm, pixelMm, side, pixelMm, views, 0, 180);
    }

    /** Returns the angle of a view in radians. */
    public double angle(int view) {
        return StrictMath.toRadians(firstDegrees + view * (spanDegrees / views));
    }
}
