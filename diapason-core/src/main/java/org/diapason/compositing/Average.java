package org.diapason.compositing;

/** The mean of the differences of source and target. */
public record Average() implements Guidance {
    @Override
    public Field over(Patch patch) {
        return (p, q, v) -> {
            for (int c = 0; c < v.length; c++) {
                v[c] = (patch.ofSource(c, p, q) + patch.ofTarget(c, p, q)) / 2;
            }
        };
    }

    @Override
    public boolean needsTarget() {
        return true;
    }
}
