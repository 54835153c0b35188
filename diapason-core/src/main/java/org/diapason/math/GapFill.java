package org.diapason.math;

import org.diapason.volume.Geometry;

/**
 * Continues an image into voxels without a finite value by what lies around them, ever more
 * smoothly the farther away: weighted means of {@link Burt} over what there is, down to one that is
 * whole, and back (Gortler and others 1996, SIGGRAPH, doi:10.1145/237170.237200, section 3.4).
 */
public final class GapFill {
    private GapFill() {}

    /**
     * Returns the values with every gap filled, or the array itself where there is none; zeros
     * where there is no value at all. Does not modify its input.
     */
    public static float[] of(Geometry g, float[] values) {
        float[] there = new float[values.length];
        float[] known = new float[values.length];
        long gaps = 0;
        for (int v = 0; v < values.length; v++) {
            boolean is = Float.isFinite(values[v]);
            there[v] = is ? 1 : 0;
            known[v] = is ? values[v] : 0;
            gaps += is ? 0 : 1;
        }
        if (gaps == 0) {
            return values;
        }
        if (gaps == values.length) {
            return known;
        }
        boolean[] fine = FineAxes.of(g);
        int[] size = FineAxes.sizes(g);
        float[] weight = Burt.reduce(size, fine, there);
        float[] coarse = Burt.reduce(size, fine, known);
        for (int v = 0; v < coarse.length; v++) {
            coarse[v] = weight[v] > 0 ? coarse[v] / weight[v] : Float.NaN;
        }
        int[] half = size.clone();
        for (int a = 0; a < 3; a++) {
            half[a] = fine[a] ? (size[a] + 1) / 2 : size[a];
        }
        float[] filled = Burt.expand(size, fine, of(FineAxes.coarser(g, fine, half), coarse));
        for (int v = 0; v < filled.length; v++) {
            filled[v] = there[v] > 0 ? values[v] : filled[v];
        }
        return filled;
    }
}
