package org.diapason.compositing;

import java.util.Arrays;

/** No differences: the border of the mask goes on as smoothly as it can (Pérez, equation 1). */
public record Membrane() implements Guidance {
    @Override
    public Field over(Patch patch) {
        return (p, q, n, v) -> {
            for (double[] channel : v) {
                Arrays.fill(channel, 0, n, 0);
            }
        };
    }

    @Override
    public boolean needsSource() {
        return false;
    }
}
