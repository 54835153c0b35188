package org.diapason.fusion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.diapason.math.WaveletTransform;
import org.diapason.math.WaveletTransform.Band;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * Details of each scale and direction from the image that shows them most, by decimated wavelets;
 * what is left by a weighted mean.
 *
 * <p>Flips and shifts do not commute with it, and selected coefficients leave patterns of the size
 * of a wavelet: {@link Swt} has neither fault.
 *
 * <p>Method: Li, Manjunath and Mitra 1995, Graph. Models Image Process. 57(3):235–245,
 * doi:10.1006/gmip.1995.1022; transform: {@link WaveletTransform}.
 *
 * @param wavelet haar, db2 to db8, cdf-5-3 or cdf-9-7
 * @param levels how often the image is split, 1 to 12
 * @param detail how details are chosen: match or max-abs
 * @param weights of the images in what is left, in their order; equal ones unless given
 */
public record Dwt(
        @Default("db2") String wavelet,
        @Default("3") int levels,
        @Default("max-abs") Detail detail,
        @Default("") Optional<Numbers> weights)
        implements Fusion {

    public Dwt {
        if (!wavelet.matches("haar|db[2-8]|cdf-5-3|cdf-9-7")) {
            throw new IllegalArgumentException(
                    "wavelet must be haar, db2 to db8, cdf-5-3 or cdf-9-7, got " + wavelet);
        }
        Levels.require(OptionalInt.of(levels), weights);
    }

    /** The usual settings. */
    public Dwt() {
        this("db2", 3, new MaxAbs(true), Optional.empty());
    }

    @Override
    public float[] fuse(Geometry grid, List<float[]> images) {
        int n = images.size();
        return Gaps.fuse(grid, images, (whole, which) -> fuse(grid, whole, which, n).merged());
    }

    /** Returns the fused coefficients alone, so that those of the images are free after it. */
    private WaveletTransform fuse(Geometry g, List<float[]> images, int[] which, int all) {
        List<WaveletTransform> transforms = new ArrayList<>();
        images.forEach(x -> transforms.add(WaveletTransform.of(g, x, wavelet, levels)));
        WaveletTransform first = transforms.get(0);
        List<float[]> details = new ArrayList<>();
        for (int b = 0; b < first.details().size(); b++) {
            int band = b;
            List<float[]> bands =
                    transforms.stream().map(t -> t.details().get(band).values()).toList();
            Geometry grid = first.details().get(band).grid();
            float[] fused = new float[grid.voxels()];
            detail.fuse(
                    grid,
                    bands.size(),
                    (image, from, n, to) -> System.arraycopy(bands.get(image), from, to, 0, n),
                    (part, from, n) -> System.arraycopy(part, 0, fused, from, n));
            details.add(fused);
        }
        List<float[]> bases =
                transforms.stream().map(WaveletTransform::base).map(Band::values).toList();
        float[] base = Levels.base(first.base().grid(), bases, weights, which, all);
        return first.with(details, base);
    }
}
