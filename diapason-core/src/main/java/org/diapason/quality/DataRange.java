package org.diapason.quality;

/**
 * What values the images could take: the L of SSIM and PSNR, and, where its low end is given, what
 * histograms span.
 *
 * @param low the least; NaN where only the width is known
 * @param width the largest less the least; positive
 */
public record DataRange(double low, double width) {

    public DataRange {
        if (!(width > 0) || Double.isInfinite(width) || Double.isInfinite(low)) {
            throw new IllegalArgumentException(
                    "the data range must be a positive width, got " + width);
        }
    }

    /** A range of which only the width is known. */
    public static DataRange ofWidth(double width) {
        return new DataRange(Double.NaN, width);
    }

    public static DataRange between(double low, double high) {
        return new DataRange(low, high - low);
    }
}
