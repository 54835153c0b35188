package org.diapason.fusion;

import java.util.ArrayList;
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

    /** One level after the other, so that details of one scale alone are held. */
    private float[] fuse(Geometry g, List<float[]> images, int[] which, int all) {
        Starlet starlet = new Starlet(g);
        List<float[]> now = images;
        float[] out = new float[g.voxels()];
        for (int level = 0; level < levels; level++) {
            List<float[]> next = starlet.smoother(now);
            add(detail.fuse(g, differences(now, next, level == 0)), out);
            now = next;
        }
        add(Levels.base(g, now, weights, which, all), out);
        return out;
    }

    /** Returns now − next, in the arrays of now unless these are the caller's. */
    private static List<float[]> differences(List<float[]> now, List<float[]> next, boolean fresh) {
        List<float[]> out = new ArrayList<>();
        for (int n = 0; n < now.size(); n++) {
            float[] a = now.get(n);
            float[] b = next.get(n);
            float[] d = fresh ? new float[a.length] : a;
            Blocks.forEach(
                    a.length,
                    (from, to) -> {
                        for (int v = from; v < to; v++) {
                            d[v] = a[v] - b[v];
                        }
                    });
            out.add(d);
        }
        return out;
    }

    private static void add(float[] part, float[] out) {
        Blocks.forEach(
                out.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        out[v] += part[v];
                    }
                });
    }
}
