package org.diapason.compositing;

/** The mean of the differences of source and target. */
public record Average() implements Guidance {
    @Override
    public Field over(Patch patch) {
        return (p, q, n, v) -> {
            double[] target = new double[n];
            for (int c = 0; c < v.length; c++) {
                patch.ofSource(c, p, q, n, v[c]);
                patch.ofTarget(c, p, q, n, target);
                for (int m = 0; m < n; m++) {
                    v[c][m] = (v[c][m] + target[m]) / 2;
                }
            }
        };
    }

    @Override
    public boolean needsTarget() {
        return true;
    }
}
