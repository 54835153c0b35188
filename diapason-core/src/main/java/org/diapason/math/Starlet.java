package org.diapason.math;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.volume.Geometry;

/**
 * The starlet transform: an image as a sum of details of the same size and a smooth rest, {@code
 * c_{j+1} = k_j ∗ c_j}, {@code w_j = c_j − c_{j+1}}, with k = (1 4 6 4 1)/16 along each axis and
 * 2^j − 1 holes between the weights (à trous).
 *
 * <p>Nothing is decimated: a moved or flipped image has the moved or flipped transform. Any size;
 * beyond the ends the image goes on as its mirror image about the outermost centres. An axis whose
 * spacing is more than 1.5 times the smallest is smoothed from the level on at which the others
 * reach as far. Adding up gives the image back. Needs a value at every voxel.
 *
 * <p>Method: Starck, Fadili and Murtagh 2007, IEEE Trans. Image Process. 16(2):297–309,
 * doi:10.1109/TIP.2006.887733, section II.
 */
public final class Starlet {
    private final Geometry grid;
    private final int[] times = new int[3];
    private Geometry scale;

    /** Begins at the finest level of images on a grid. */
    public Starlet(Geometry grid) {
        this.grid = grid;
        scale = grid;
    }

    /**
     * Returns c_{j+1} of each c_j and goes on to the next level; one new array each. Does not
     * modify its input.
     */
    public List<float[]> smoother(List<float[]> images) {
        boolean[] axes = FineAxes.of(scale);
        List<float[]> smooth = new ArrayList<>();
        for (float[] image : images) {
            smooth.add(smoothed(image, axes));
        }
        for (int a = 0; a < 3; a++) {
            times[a] += axes[a] ? 1 : 0;
        }
        scale = FineAxes.coarser(scale, axes, FineAxes.sizes(grid));
        return smooth;
    }

    private float[] smoothed(float[] image, boolean[] axes) {
        int[] size = FineAxes.sizes(grid);
        float[] out = new float[image.length];
        float[] in = image;
        for (int axis = 0; axis < 3; axis++) {
            if (axes[axis]) {
                int n = size[axis];
                int step = 1 << Math.min(times[axis], 29);
                Panels.along(size, axis, in, n, out, n, (a, b, w) -> smooth(a, n, step, b, w));
                in = out;
            }
        }
        return in == image ? Arrays.copyOf(image, image.length) : out;
    }

    private static void smooth(double[][] in, int n, int step, double[][] out, int width) {
        for (int x = 0; x < n; x++) {
            Burt.smooth(in, n, x, step, out[x], width);
        }
    }

    /** Returns w_0 … w_{levels−1} and the rest. */
    public static List<float[]> of(Geometry grid, float[] values, int levels) {
        Starlet starlet = new Starlet(grid);
        List<float[]> parts = new ArrayList<>();
        float[] now = values;
        for (int level = 0; level < levels; level++) {
            float[] next = starlet.smoother(List.of(now)).get(0);
            float[] detail = next.clone();
            subtract(now, detail);
            parts.add(detail);
            now = next;
        }
        parts.add(now);
        return parts;
    }

    /** Turns b into a − b. */
    private static void subtract(float[] a, float[] b) {
        Blocks.forEach(
                a.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        b[v] = a[v] - b[v];
                    }
                });
    }
}
