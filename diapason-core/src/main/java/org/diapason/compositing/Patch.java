package org.diapason.compositing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;
import org.diapason.volume.RefusedException;

/**
 * The part of source and target that a blend depends on: the box around the mask and one pixel more
 * where the target has one. Pixels are counted in it, i fastest.
 *
 * <p>A source ends somewhere, and may have gaps: between a pixel of the mask and a neighbour where
 * the source has no value its difference is 0, as if it went on with its last value.
 */
public final class Patch {
    private final Geometry whole;
    private final int[] low;
    private final int[] size;
    private final boolean[] inside;
    private final int unknowns;
    private final float[][] target;
    private final float[][] source;

    /** Whether the source has no value somewhere. */
    private boolean gaps;

    /** Pixels outside the mask where the target ends, one for each; null where there is none. */
    private boolean[] absent;

    private Patch(Geometry whole, int[][] box, boolean[] mask, int channels) {
        this.whole = whole;
        this.low = box[0];
        this.size = box[1];
        this.inside = cut(mask);
        int count = 0;
        for (boolean in : inside) {
            count += in ? 1 : 0;
        }
        this.unknowns = count;
        this.target = new float[channels][];
        this.source = new float[channels][];
    }

    /**
     * Cuts a patch; neither mask nor planes are kept or modified.
     *
     * @param whole the grid of the target
     * @param mask one per voxel of it
     * @param target the channels to blend
     * @param layer where the source lies; empty without one
     * @param source its channels, one for each of the target's
     * @throws RefusedException if the mask is empty or a value that is needed is missing
     */
    static Patch of(
            Geometry whole,
            boolean[] mask,
            List<float[]> target,
            Optional<Layer> layer,
            List<float[]> source) {
        Patch patch = new Patch(whole, box(whole, mask), mask, target.size());
        boolean[] gaps = new boolean[target.size()];
        Parallel.forEach(
                gaps.length,
                c -> {
                    patch.target[c] = patch.copied(target.get(c), whole, new int[3]);
                    if (layer.isPresent()) {
                        patch.source[c] = patch.cut(layer.get(), source.get(c));
                        gaps[c] = hasGaps(patch.source[c]);
                    }
                });
        for (boolean gap : gaps) {
            patch.gaps |= gap;
        }
        return patch;
    }

    private static boolean hasGaps(float[] plane) {
        for (float x : plane) {
            if (!(Math.abs(x) <= Float.MAX_VALUE)) {
                return true;
            }
        }
        return false;
    }

    private static int[][] box(Geometry g, boolean[] mask) {
        int ni = g.ni();
        int[] first = new int[g.nj() * g.nk()];
        int[] last = new int[first.length];
        Parallel.forEach(
                first.length,
                row -> {
                    int from = 0;
                    int to = ni - 1;
                    while (from < ni && !mask[row * ni + from]) {
                        from++;
                    }
                    while (to >= from && !mask[row * ni + to]) {
                        to--;
                    }
                    first[row] = from;
                    last[row] = to;
                });
        int[] low = {g.ni(), g.nj(), g.nk()};
        int[] high = {-1, -1, -1};
        for (int row = 0; row < first.length; row++) {
            if (first[row] <= last[row]) {
                int[] from = {first[row], row % g.nj(), row / g.nj()};
                int[] to = {last[row], from[1], from[2]};
                for (int a = 0; a < 3; a++) {
                    low[a] = Math.min(low[a], from[a]);
                    high[a] = Math.max(high[a], to[a]);
                }
            }
        }
        if (high[0] < 0) {
            throw new RefusedException(
                    "the mask is empty: every pixel of it is 0. Nothing would change.");
        }
        int[] size = new int[3];
        for (int a = 0; a < 3; a++) {
            low[a] = Math.max(0, low[a] - 1);
            size[a] = Math.min(g.size(a), high[a] + 2) - low[a];
        }
        return new int[][] {low, size};
    }

    /** Returns the box of a mask on the target's grid. */
    boolean[] cut(boolean[] mask) {
        boolean[] cut = new boolean[size[0] * size[1] * size[2]];
        for (int row = 0; row < size[1] * size[2]; row++) {
            System.arraycopy(mask, inWhole(row), cut, row * size[0], size[0]);
        }
        return cut;
    }

    /** Returns the voxel of the target where a row of the patch begins. */
    int inWhole(int row) {
        return whole.index(low[0], low[1] + row % size[1], low[2] + row / size[1]);
    }

    /** Returns the box of one of a layer's planes; NaN where it has none. */
    float[] cut(Layer layer, float[] plane) {
        int[] at = {layer.i(), layer.j(), layer.k()};
        return copied(plane, layer.volume().geometry(), at);
    }

    private float[] copied(float[] plane, Geometry of, int[] at) {
        float[] cut = new float[inside.length];
        Parallel.forEach(
                size[1] * size[2],
                row -> {
                    int from = row * size[0];
                    int j = low[1] + row % size[1] - at[1];
                    int k = low[2] + row / size[1] - at[2];
                    int first = Math.max(0, at[0] - low[0]);
                    int end = Math.min(size[0], at[0] + of.ni() - low[0]);
                    if (j < 0 || j >= of.nj() || k < 0 || k >= of.nk() || first >= end) {
                        Arrays.fill(cut, from, from + size[0], Float.NaN);
                        return;
                    }
                    Arrays.fill(cut, from, from + first, Float.NaN);
                    int start = of.index(low[0] + first - at[0], j, k);
                    System.arraycopy(plane, start, cut, from + first, end - first);
                    Arrays.fill(cut, from + end, from + size[0], Float.NaN);
                });
        return cut;
    }

    Geometry whole() {
        return whole;
    }

    int size(int axis) {
        return size[axis];
    }

    int channels() {
        return target.length;
    }

    boolean hasSource() {
        return source[0] != null;
    }

    /** Returns which pixels are in the mask; do not write to it. */
    boolean[] inside() {
        return inside;
    }

    /** Says whether a pixel has a neighbour in the mask. */
    boolean besideMask(int p) {
        for (int q : neighbours(p)) {
            if (inside[q]) {
                return true;
            }
        }
        return false;
    }

    /** Returns the neighbours of a pixel along the axes that lie in the patch. */
    int[] neighbours(int p) {
        int[] steps = {1, size[0], size[0] * size[1]};
        int[] found = new int[6];
        int n = 0;
        for (int a = 0; a < 3; a++) {
            int at = p / steps[a] % size[a];
            if (at > 0) {
                found[n++] = p - steps[a];
            }
            if (at < size[a] - 1) {
                found[n++] = p + steps[a];
            }
        }
        return Arrays.copyOf(found, n);
    }

    /** Takes pixels outside the mask for none: nothing holds the solution there. */
    void leaveOut(boolean[] pixels) {
        absent = pixels;
    }

    /** Says whether some pixel outside the mask counts as none. */
    boolean hasAbsent() {
        return absent != null;
    }

    /** Returns the pixels that count as none; do not write to it. */
    boolean[] absent() {
        return absent;
    }

    boolean isAbsent(int p) {
        return absent != null && absent[p];
    }

    /** Returns how many pixels are in the mask. */
    int unknowns() {
        return unknowns;
    }

    /** Tells whether the source has no value somewhere in the box. */
    boolean hasGaps() {
        return gaps;
    }

    /** Returns a channel of the target; only what fills its gaps writes to it. */
    float[] target(int c) {
        return target[c];
    }

    /** Returns a channel of the source, NaN where it has none. */
    float[] source(int c) {
        return source[c];
    }

    /** Writes n differences of the target, p + m minus q + m. */
    void ofTarget(int c, int p, int q, int n, double[] to) {
        float[] t = target[c];
        for (int m = 0; m < n; m++) {
            to[m] = (double) t[p + m] - t[q + m];
        }
    }

    /** Writes n differences of the source, p + m minus q + m; 0 where one has no value. */
    void ofSource(int c, int p, int q, int n, double[] to) {
        float[] s = source[c];
        for (int m = 0; m < n; m++) {
            to[m] = (double) s[p + m] - s[q + m];
        }
        for (int m = 0; gaps && m < n; m++) {
            to[m] = Math.abs(to[m]) <= Double.MAX_VALUE ? to[m] : 0;
        }
    }

    /**
     * Returns the size of the source's gradient at each pixel of the mask, 0 elsewhere: {@link
     * Illumination} has the formula. Neighbours without a value do not count. Spacing is counted in
     * the least one.
     */
    float[] gradientSizes() {
        float[] sizes = new float[inside.length];
        double[] weights = weights();
        int[] steps = {1, size[0], size[0] * size[1]};
        Parallel.forEach(
                size[1] * size[2],
                row -> {
                    for (int i = 0; i < size[0]; i++) {
                        int p = row * size[0] + i;
                        int[] at = {i, row % size[1], row / size[1]};
                        double sum = 0;
                        for (int a = 0; inside[p] && a < 3; a++) {
                            double squares = 0;
                            int sides = 0;
                            for (int side = -1; side <= 1; side += 2) {
                                int n = at[a] + side;
                                boolean there = n >= 0 && n < size[a];
                                if (there && isKnown(p + side * steps[a])) {
                                    sides++;
                                    squares += squared(p, p + side * steps[a]);
                                }
                            }
                            sum += sides == 0 ? 0 : weights[a] * squares / sides;
                        }
                        sizes[p] = (float) Math.sqrt(sum);
                    }
                });
        return sizes;
    }

    /** Says whether the source has a value in every channel. */
    private boolean isKnown(int p) {
        boolean known = true;
        for (int c = 0; gaps && c < source.length; c++) {
            known &= Math.abs(source[c][p]) <= Float.MAX_VALUE;
        }
        return known;
    }

    private double squared(int p, int q) {
        double sum = 0;
        double[] d = new double[1];
        for (int c = 0; c < source.length; c++) {
            ofSource(c, p, q, 1, d);
            sum += d[0] * d[0];
        }
        return sum;
    }

    /** Returns the weight of neighbours along each axis: (least spacing/spacing)². */
    double[] weights() {
        return weights(whole);
    }

    static double[] weights(Geometry g) {
        double least = Double.POSITIVE_INFINITY;
        for (int a = 0; a < 3; a++) {
            least = g.size(a) > 1 ? Math.min(least, g.spacing(a)) : least;
        }
        double[] weights = {1, 1, 1};
        for (int a = 0; a < 3; a++) {
            double ratio = least / g.spacing(a);
            weights[a] = g.size(a) > 1 ? ratio * ratio : 1;
        }
        return weights;
    }
}
