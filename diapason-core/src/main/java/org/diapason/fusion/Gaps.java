package org.diapason.fusion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.diapason.math.Blocks;
import org.diapason.math.GapFill;
import org.diapason.volume.Geometry;

/**
 * Lets a rule that looks at neighbours work on images with gaps: a voxel is decided by those images
 * that have a value there, as if there were no others.
 *
 * <p>For every set of images that occurs the rule runs once, their own gaps filled smoothly so that
 * these make no edges; where one image alone has a value it is taken.
 */
final class Gaps {
    /** Values looked through at a time. */
    private static final int RUN = 1 << 10;

    private Gaps() {}

    /** A rule for images with a value at every voxel. */
    interface Whole {
        /**
         * Returns the fused values in an array of its own.
         *
         * @param which the places of the images among all that are fused
         */
        float[] fuse(List<float[]> images, int[] which);
    }

    static float[] fuse(Geometry g, List<float[]> images, Whole rule) {
        int n = images.size();
        if (whole(images)) {
            return rule.fuse(images, places((int) ((1L << n) - 1)));
        }
        int[] sets = sets(g, images);
        TreeSet<Integer> occurring = new TreeSet<>();
        int last = -1;
        for (int set : sets) {
            if (set != last) {
                occurring.add(set);
                last = set;
            }
        }
        float[][] filled = new float[n][];
        float[] out = new float[g.voxels()];
        Arrays.fill(out, Float.NaN);
        for (int set : occurring) {
            if (set != 0) {
                float[] fused = fused(g, images, filled, rule, places(set));
                Blocks.forEach(
                        out.length,
                        (from, to) -> {
                            for (int v = from; v < to; v++) {
                                out[v] = sets[v] == set ? fused[v] : out[v];
                            }
                        });
            }
        }
        return out;
    }

    private static boolean whole(List<float[]> images) {
        if (images.size() > Integer.SIZE - 1) {
            throw new IllegalArgumentException(
                    "at most 31 images can be fused, got " + images.size());
        }
        AtomicBoolean gap = new AtomicBoolean();
        for (float[] image : images) {
            Blocks.forEach(
                    image.length,
                    (from, to) -> {
                        // times 0 what is not finite does not vanish
                        float[] part = new float[Math.min(RUN, to - from)];
                        float[] sum = new float[part.length];
                        for (int v = from; v < to; v += RUN) {
                            int n = Math.min(RUN, to - v);
                            System.arraycopy(image, v, part, 0, n);
                            for (int i = 0; i < n; i++) {
                                sum[i] += part[i] * 0;
                            }
                        }
                        for (float x : sum) {
                            if (x != 0) {
                                gap.set(true);
                            }
                        }
                    });
        }
        return !gap.get();
    }

    private static float[] fused(
            Geometry g, List<float[]> images, float[][] filled, Whole rule, int[] which) {
        if (which.length == 1) {
            return images.get(which[0]);
        }
        List<float[]> some = new ArrayList<>();
        for (int n : which) {
            filled[n] = filled[n] == null ? GapFill.of(g, images.get(n)) : filled[n];
            some.add(filled[n]);
        }
        return rule.fuse(some, which);
    }

    /** Returns which images have a value at each voxel, a bit each. */
    private static int[] sets(Geometry g, List<float[]> images) {
        int[] sets = new int[g.voxels()];
        Blocks.forEach(
                sets.length,
                (from, to) -> {
                    for (int n = 0; n < images.size(); n++) {
                        float[] image = images.get(n);
                        for (int v = from; v < to; v++) {
                            sets[v] |= Float.isFinite(image[v]) ? 1 << n : 0;
                        }
                    }
                });
        return sets;
    }

    private static int[] places(int set) {
        int[] which = new int[Integer.bitCount(set)];
        for (int n = 0, at = 0; n < Integer.SIZE; n++) {
            if ((set >> n & 1) == 1) {
                which[at++] = n;
            }
        }
        return which;
    }
}
