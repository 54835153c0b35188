package org.diapason.fusion;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.diapason.math.Blocks;
import org.diapason.math.Starlet;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * Details of each scale from the image that shows them most, by stationary (à trous) wavelets; what
 * is left by a weighted mean. The rule for medical images: flips and shifts commute with it.
 *
 * <p>Method: Núñez and others 1999, IEEE Trans. Geosci. Remote Sens. 37(3):1204–1211,
 * doi:10.1109/36.763274; transform: {@link Starlet}.
 *
 * @param levels how many scales are taken apart, 1 to 12
 * @param detail how details are chosen: match or max-abs
 * @param weights of the images in what is left, in their order; equal ones unless given
 */
public record Swt(
        @Default("4") int levels,
        @Default("match") Detail detail,
        @Default("") Optional<Numbers> weights)
        implements Fusion {

    public Swt {
        Levels.require(OptionalInt.of(levels), weights);
    }

    /** The usual settings. */
    public Swt() {
        this(4, new Match(0.7, true), Optional.empty());
    }

    @Override
    public float[] fuse(Geometry grid, List<float[]> images) {
        int n = images.size();
        return Gaps.fuse(grid, images, (whole, which) -> fuse(grid, whole, which, n));
    }

    /** One level after the other; details are told where they are needed and never held whole. */
    private float[] fuse(Geometry g, List<float[]> images, int[] which, int all) {
        Starlet starlet = new Starlet(g);
        List<float[]> now = images;
        float[] out = new float[g.voxels()];
        for (int level = 0; level < levels; level++) {
            List<float[]> fine = now;
            List<float[]> smooth = starlet.smoother(now);
            detail.fuse(
                    g,
                    images.size(),
                    (image, from, n, to) ->
                            subtract(fine.get(image), smooth.get(image), from, n, to),
                    (part, from, n) -> add(part, from, n, out));
            now = smooth;
        }
        float[] base = Levels.base(g, now, weights, which, all);
        Blocks.forEach(
                out.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        out[v] += base[v];
                    }
                });
        return out;
    }

    /** Copies first: loops over arrays that begin at other places are not vectorised by JDK 17. */
    private static void subtract(float[] fine, float[] smooth, int from, int n, float[] to) {
        float[] part = Arrays.copyOfRange(smooth, from, from + n);
        System.arraycopy(fine, from, to, 0, n);
        for (int v = 0; v < n; v++) {
            to[v] -= part[v];
        }
    }

    private static void add(float[] part, int from, int n, float[] out) {
        float[] sum = Arrays.copyOfRange(out, from, from + n);
        for (int v = 0; v < n; v++) {
            sum[v] += part[v];
        }
        System.arraycopy(sum, 0, out, from, n);
    }
}
