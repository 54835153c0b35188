package org.diapason.registration;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Gauss;
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
    /** Blur before every second voxel is taken, in voxels: what is left folds back below 3 %. */
    private static final double SIGMA = 0.85;

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
        double[] sigma = new double[3];
        double[] spacing = new double[3];
        boolean any = false;
        for (int a = 0; a < 3; a++) {
            boolean half =
                    geometry.size(a) >= 2 * LEAST - 1 && geometry.spacing(a) <= ALIKE * finest;
            any |= half;
            step[a] = half ? 2 : 1;
            sigma[a] = half ? SIGMA : 0;
            size[a] = (geometry.size(a) + step[a] - 1) / step[a];
            spacing[a] = geometry.spacing(a) * step[a];
        }
        if (!any) {
            return this;
        }
        float[] blurred = Gauss.blur(geometry, values, sigma[0], sigma[1], sigma[2]);
        Geometry coarse =
                new Geometry(
                        size[0],
                        size[1],
                        size[2],
                        Numbers.of(spacing),
                        geometry.originMm(),
                        geometry.direction());
        float[] taken = new float[coarse.voxels()];
        boolean[] seen = mask == null ? null : new boolean[taken.length];
        for (int k = 0, v = 0; k < size[2]; k++) {
            for (int j = 0; j < size[1]; j++) {
                int row = geometry.index(0, j * step[1], k * step[2]);
                for (int i = 0; i < size[0]; i++, v++) {
                    taken[v] = blurred[row + i * step[0]];
                    if (seen != null) {
                        seen[v] = mask[row + i * step[0]];
                    }
                }
            }
        }
        return new Level(coarse, taken, seen);
    }
}
