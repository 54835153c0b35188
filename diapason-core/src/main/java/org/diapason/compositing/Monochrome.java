package org.diapason.compositing;

/**
 * The differences of the source's grey in every channel: its texture in the target's colours.
 *
 * <p>Grey is the luma of ITU-R BT.601 of red, green and blue as they are stored, the mean of any
 * other channels.
 */
public record Monochrome() implements Guidance {
    @Override
    public Field over(Patch patch) {
        return (p, q, n, v) -> {
            double[] grey = new double[n];
            for (int c = 0; c < v.length; c++) {
                double share = Bands.shareOfGrey(c, v.length);
                patch.ofSource(c, p, q, n, v[c]);
                for (int m = 0; m < n; m++) {
                    grey[m] += share * v[c][m];
                }
            }
            for (double[] channel : v) {
                System.arraycopy(grey, 0, channel, 0, n);
            }
        };
    }
}
