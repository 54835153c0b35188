package org.diapason.compositing;

import java.util.Arrays;

/**
 * The differences of the source's grey in every channel: its texture in the target's colours.
 *
 * <p>Grey is the luma of ITU-R BT.601 of red, green and blue as they are stored, the mean of any
 * other channels.
 */
public record Monochrome() implements Guidance {
    @Override
    public Field over(Patch patch) {
        return (p, q, v) -> {
            double grey = 0;
            for (int c = 0; c < v.length; c++) {
                grey += Bands.shareOfGrey(c, v.length) * patch.ofSource(c, p, q);
            }
            Arrays.fill(v, grey);
        };
    }
}
