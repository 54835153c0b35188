package org.diapason.registration;

import java.util.ArrayList;
import java.util.List;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * An image at one step of a pyramid.
 *
 * @param geometry its grid
 * @param values NaN where nothing was measured
 * @param mask where it is looked at; null for everywhere
 */
record Level(Geometry geometry, float[] values, boolean[] mask) {
    /** An axis of fewer voxels is not halved. */
    private static final int LEAST = 16;

    /** Axes up to so much coarser than the finest one are halved together with it. */
    private static final double ALIKE = 1.5;

    /** Returns the image itself and ever coarser ones, at most so many. */
    static List<Level> pyramid(Volume image, Mask mask, int most) {
        List<Level> levels = new ArrayList<>();
        Level level =
                new Level(image.geometry(), image.values(), mask == null ? null : mask.voxels());
        levels.add(level);
        while (levels.size() < most) {
            Level next = level.halved();
            if (next == level) {
                break;
            }
            levels.add(next);
            level = next;
        }
        return levels;
    }

    /** Says whether a voxel is looked at and has a value. */
    boolean shows(int v) {
        return (mask == null || mask[v]) && values[v] - values[v] == 0;
    }

    /** Returns the mean distance of its voxels in mm, axes of one voxel left out. */
    double spacingMm() {
        double sum = 0;
        int axes = 0;
        for (int a = 0; a < 3; a++) {
            if (geometry.size(a) > 1) {
                sum += geometry.spacing(a);
                axes++;
            }
        }
        return axes == 0 ? geometry.spacing(0) : sum / axes;
    }

    private Level halved() {
        double finest = Double.POSITIVE_INFINITY;
        for (int a = 0; a < 3; a++) {
            finest = geometry.size(a) > 1 ? Math.min(finest, geometry.spacing(a)) : finest;
        }
        int[] step = new int[3];
        int[] size = new int[3];
        double[] spacing = new double[3];
        for (int a = 0; a < 3; a++) {
            boolean half =
                    geometry.size(a) >= 2 * LEAST - 1 && geometry.spacing(a) <= ALIKE * finest;
            step[a] = half ? 2 : 1;
            size[a] = (geometry.size(a) + step[a] - 1) / step[a];
            spacing[a] = geometry.spacing(a) * step[a];
        }
        if (step[0] + step[1] + step[2] == 3) {
            return this;
        }
        Geometry coarse =
                new Geometry(
                        size[0],
                        size[1],
                        size[2],
                        Numbers.of(spacing),
                        geometry.originMm(),
                        geometry.direction());
        return new Level(
                coarse,
                Halving.of(geometry, values, coarse),
                mask == null ? null : seen(coarse, step));
    }

    /** A coarse voxel is looked at where one of its halves is: a thin mask does not vanish. */
    private boolean[] seen(Geometry coarse, int[] step) {
        boolean[] seen = new boolean[coarse.voxels()];
        for (int v = 0; v < mask.length; v++) {
            if (mask[v]) {
                int row = v / geometry.ni();
                int i = (v - row * geometry.ni()) / step[0];
                seen[
                                coarse.index(
                                        i,
                                        row % geometry.nj() / step[1],
                                        row / geometry.nj() / step[2])] =
                        true;
            }
        }
        return seen;
    }

    /** Returns the same with a mask that reaches so many voxels farther along each axis. */
    Level widened(int voxels) {
        if (mask == null) {
            return this;
        }
        boolean[] wide = mask;
        int[] stride = {1, geometry.ni(), geometry.ni() * geometry.nj()};
        for (int a = 0; a < 3; a++) {
            boolean[] next = wide.clone();
            int n = geometry.size(a);
            for (int v = 0; v < wide.length; v++) {
                if (wide[v]) {
                    int x = v / stride[a] % n;
                    int end = Math.min(n - 1, x + voxels);
                    for (int y = Math.max(0, x - voxels); y <= end; y++) {
                        next[v + (y - x) * stride[a]] = true;
                    }
                }
            }
            wide = next;
        }
        return new Level(geometry, values, wide);
    }
}
