package org.diapason.compositing;

/** The differences of the source: seamless cloning (Pérez, equations 9 to 11). */
public record Seamless() implements Guidance {
    @Override
    public Field over(Patch patch) {
        return (p, q, n, v) -> {
            for (int c = 0; c < v.length; c++) {
                patch.ofSource(c, p, q, n, v[c]);
            }
        };
    }
}
