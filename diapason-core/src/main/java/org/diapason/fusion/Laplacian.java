package org.diapason.fusion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.diapason.math.LaplacianPyramid;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * Details of each scale from the image that shows them most, by Laplacian pyramids; what is left by
 * a weighted mean.
 *
 * <p>A joint flip gives the flipped image only where every halved axis has an odd number of voxels
 * at every level (2^k m + 1).
 *
 * <p>Method: Burt and Kolczynski 1993, ICCV, 173–182, doi:10.1109/ICCV.1993.378222; pyramid: {@link
 * LaplacianPyramid}.
 *
 * @param levels how often the image is halved, 1 to 12; as long as axes have 8 voxels or more
 *     unless given, and never below one voxel
 * @param detail how details are chosen: match or max-abs
 * @param weights of the images in what is left, in their order; equal ones unless given
 */
public record Laplacian(
        @Default("") OptionalInt levels,
        @Default("match") Detail detail,
        @Default("") Optional<Numbers> weights)
        implements Fusion {

    public Laplacian {
        Levels.require(levels, weights);
    }

    /** The usual settings. */
    public Laplacian() {
        this(OptionalInt.empty(), new Match(0.7, true), Optional.empty());
    }

    @Override
    public float[] fuse(Geometry grid, List<float[]> images) {
        int n = images.size();
        return Gaps.fuse(grid, images, (whole, which) -> fuse(grid, whole, which, n));
    }

    private float[] fuse(Geometry g, List<float[]> images, int[] which, int all) {
        int depth = levels.orElse(LaplacianPyramid.usualLevels(g));
        List<LaplacianPyramid> pyramids = new ArrayList<>();
        images.forEach(image -> pyramids.add(LaplacianPyramid.of(g, image, depth)));
        LaplacianPyramid first = pyramids.get(0);
        List<float[]> bases = pyramids.stream().map(LaplacianPyramid::base).toList();
        float[] fused = Levels.base(first.grids().get(first.levels()), bases, weights, which, all);
        for (int l = first.levels() - 1; l >= 0; l--) {
            int level = l;
            float[] coarse = fused;
            float[] out = new float[first.grids().get(level).voxels()];
            detail.fuse(
                    first.grids().get(level),
                    images.size(),
                    (image, from, n, to) -> pyramids.get(image).detail(level, from, n, to),
                    (part, from, n) -> first.merge(level, coarse, part, from, n, out));
            fused = out;
        }
        return fused;
    }
}
