package org.diapason.report;

import java.util.List;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;

/**
 * The same place of an exam before and after, as it looks on a scanner's screen: the patient's left
 * is on the right, the front is up.
 *
 * @param exam name of the exam
 * @param image name of the image
 * @param site the batch it comes from
 * @param widthMm width of the field shown
 * @param heightMm height of the field shown
 * @param before slice before
 * @param after slice after, at the same world position
 * @param sharedWindow whether both are shown with one window; not where the quantity has changed
 * @param place which slice and which field, in words
 * @param windows which values are black and white, in words
 */
public record Picture(
        String exam,
        String image,
        String site,
        double widthMm,
        double heightMm,
        Slice before,
        Slice after,
        boolean sharedWindow,
        String place,
        String windows) {

    /** Returns one sentence: which slice, which window. */
    public String caption() {
        return place + "; " + windows + ".";
    }

    /** Returns the same picture with another window for both slices. */
    Picture window(double low, double high, String words) {
        return new Picture(
                exam,
                image,
                site,
                widthMm,
                heightMm,
                before.window(low, high),
                after.window(low, high),
                true,
                place,
                words);
    }

    /**
     * Pixels of a slice. Row 0 is the front of the patient, column 0 the patient's right.
     *
     * @param columns pixels along the width
     * @param rows pixels along the height
     * @param leftMm left edge of the first pixel, from the left edge of the field
     * @param topMm upper edge of the first pixel, from the upper edge of the field
     * @param pixelWidthMm width of a pixel
     * @param pixelHeightMm height of a pixel
     * @param positionMm position of the slice along the patient (LPS z)
     * @param values values row by row; NaN where nothing was measured
     * @param quantity what the values mean
     * @param low value shown black
     * @param high value shown white
     * @param outline closed polygons around the mask: x, y, x, y, … in mm of the field
     */
    public record Slice(
            int columns,
            int rows,
            double leftMm,
            double topMm,
            double pixelWidthMm,
            double pixelHeightMm,
            double positionMm,
            Numbers values,
            Quantity quantity,
            double low,
            double high,
            List<Numbers> outline) {

        public Slice {
            outline = List.copyOf(outline);
            if (values.size() != columns * rows) {
                throw new IllegalArgumentException(
                        columns + " × " + rows + " pixels cannot hold " + values.size());
            }
        }

        /** Returns the grey of a pixel, 0 (black) to 255 (white); NaN is black. */
        public int grey(int pixel) {
            double v = (values.get(pixel) - low) / (high - low);
            return Double.isNaN(v) ? 0 : (int) Math.rint(255 * Math.max(0, Math.min(1, v)));
        }

        Slice window(double newLow, double newHigh) {
            return new Slice(
                    columns,
                    rows,
                    leftMm,
                    topMm,
                    pixelWidthMm,
                    pixelHeightMm,
                    positionMm,
                    values,
                    quantity,
                    newLow,
                    newHigh,
                    outline);
        }
    }
}
