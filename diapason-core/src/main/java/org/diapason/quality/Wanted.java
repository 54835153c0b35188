package org.diapason.quality;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diapason.step.Default;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;

/**
 * Which figures of images are wanted, and how they are made: what commands and steps that judge
 * images ask for alike.
 *
 * @param metrics names of figures, or all
 * @param dataRange what values could span: 255 for 8 bits, or LOW:HIGH as in -1000:1000. Never
 *     taken from the images; psnr, ssim, ssimUniform7, msSsim and vif need it. With LOW the bins of
 *     mi and entropy span it too
 * @param bySlices windows and differences stay within slices; else they span volumes
 * @param ratio size of a fine voxel over that of a coarse one, for ergas and dS
 * @param bootstrap draws behind intervals of 95 %; 0 for none
 * @param seed seed of the draws
 * @param literature whether to say too what well-known programs give where they differ, and why
 */
public record Wanted(
        @Default("all") List<String> metrics,
        @Default("") Optional<String> dataRange,
        @Default("false") boolean bySlices,
        @Default("1") double ratio,
        @Default("0") int bootstrap,
        @Default("1") long seed,
        @Default("false") boolean literature) {
    private static final Set<Metric> RANGED =
            EnumSet.of(Metric.PSNR, Metric.SSIM, Metric.SSIM_UNIFORM_7, Metric.MS_SSIM, Metric.VIF);

    public Wanted {
        metrics = metrics.stream().map(String::strip).toList();
        Set<Metric> asked = figures(metrics);
        range(dataRange);
        for (Metric metric : all(metrics) ? Set.<Metric>of() : asked) {
            if (RANGED.contains(metric) && dataRange.isEmpty()) {
                throw new IllegalArgumentException(
                        metric.label()
                                + " needs the data range, what values could take, as 255 or"
                                + " -1000:1000: --data-range, or data-range in a recipe. It is never"
                                + " taken from the images, because then two pairs of images could"
                                + " not be compared.");
            }
        }
        new Settings(
                Optional.empty(), bySlices, Optional.empty(), ratio, bootstrap, seed, literature);
    }

    /** Returns the figures that are asked for, in their order. */
    public Set<Metric> figures() {
        return figures(metrics);
    }

    /** Returns the data range, where one is given. */
    public Optional<DataRange> range() {
        return range(dataRange);
    }

    /**
     * Returns the same as settings of a comparison.
     *
     * @param mask which voxels count; all where there is none
     */
    public Settings settings(Optional<Mask> mask) {
        return new Settings(range(), bySlices, mask, ratio, bootstrap, seed, literature);
    }

    private static boolean all(List<String> metrics) {
        return metrics.size() == 1 && metrics.get(0).equalsIgnoreCase("all");
    }

    private static Set<Metric> figures(List<String> metrics) {
        if (metrics.isEmpty()) {
            throw new IllegalArgumentException(
                    "metrics names no figure; name some as in ssim, ncc, or say all");
        }
        if (all(metrics)) {
            return EnumSet.allOf(Metric.class);
        }
        Set<Metric> wanted = EnumSet.noneOf(Metric.class);
        metrics.forEach(name -> wanted.add(Metric.of(name)));
        return wanted;
    }

    private static Optional<DataRange> range(Optional<String> text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        double[] ends =
                Arrays.stream(text.get().split(":", -1))
                        .map(String::strip)
                        .map(Numbers::parse)
                        .mapToDouble(end -> end.orElse(Double.NaN))
                        .toArray();
        if (ends.length > 2 || Arrays.stream(ends).anyMatch(Double::isNaN)) {
            throw new IllegalArgumentException(
                    "the data range must be a width as 255, or LOW:HIGH as -1000:1000, got "
                            + text.get());
        }
        return Optional.of(
                ends.length == 1
                        ? DataRange.ofWidth(ends[0])
                        : DataRange.between(ends[0], ends[1]));
    }
}
