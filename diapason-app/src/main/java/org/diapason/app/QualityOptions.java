package org.diapason.app;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.diapason.io.Masks;
import org.diapason.quality.DataRange;
import org.diapason.quality.Metric;
import org.diapason.quality.Settings;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import picocli.CommandLine.Option;

/** Options of the commands that judge images: which figures, and how they are made. */
final class QualityOptions {
    private static final Set<Metric> RANGED =
            EnumSet.of(Metric.PSNR, Metric.SSIM, Metric.SSIM_UNIFORM_7, Metric.MS_SSIM, Metric.VIF);

    @Option(
            names = "--metrics",
            paramLabel = "NAMES",
            split = ",",
            description = "Which figures, with commas between. Default: ${DEFAULT-VALUE}.")
    List<String> metrics = List.of("all");

    @Option(
            names = "--data-range",
            paramLabel = "L",
            description =
                    "What values could span: 255 for 8 bits, or LOW:HIGH as in -1000:1000. Never"
                            + " taken from the images; psnr, ssim, ssimUniform7, msSsim and vif need"
                            + " it. With LOW the bins of mi and entropy span it too.")
    String dataRange;

    @Option(
            names = "--mask",
            paramLabel = "M",
            description = "Count only these voxels, and windows with their middle in it.")
    Path mask;

    @Option(
            names = "--by-slices",
            description = "Windows and differences stay within slices. Default: they span volumes.")
    boolean bySlices;

    @Option(
            names = "--ratio",
            paramLabel = "H/L",
            description =
                    "Size of a fine voxel over that of a coarse one, for ergas and dS. Default:"
                            + " ${DEFAULT-VALUE}.")
    double ratio = 1;

    @Option(
            names = "--bootstrap",
            paramLabel = "N",
            description =
                    "Intervals of 95 %% from N draws, 100 to 100000, of neighbouring blocks that the image"
                            + " is parted into, 8 × 8 of a slice, 4 × 4 × 4 of a volume. Default:"
                            + " none.")
    int draws;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Seed of the draws. Default: ${DEFAULT-VALUE}.")
    long seed = 1;

    @Option(
            names = "--literature",
            description = "Say too what well-known programs give where they differ, and why.")
    boolean literature;

    /** Returns the figures that are asked for, in their order. */
    Set<Metric> wanted() {
        if (metrics.size() == 1 && metrics.get(0).equalsIgnoreCase("all")) {
            return EnumSet.allOf(Metric.class);
        }
        Set<Metric> wanted = EnumSet.noneOf(Metric.class);
        metrics.forEach(name -> wanted.add(Metric.of(name.trim())));
        for (Metric metric : wanted) {
            if (RANGED.contains(metric) && dataRange == null) {
                throw new IllegalArgumentException(
                        "--metrics "
                                + metric.label()
                                + " needs --data-range: the range that values could take, as 255 or"
                                + " -1000:1000. It is never taken from the images, because then two"
                                + " pairs of images could not be compared.");
            }
        }
        return wanted;
    }

    /** Returns settings for images on a grid. */
    Settings settings(Geometry grid, Path image) {
        Settings settings =
                Settings.usual()
                        .withBySlices(bySlices)
                        .withRatio(ratio)
                        .withDraws(draws, seed)
                        .withLiterature(literature)
                        .withMask(
                                Optional.ofNullable(mask)
                                        .map(m -> Masks.read(m, grid, Optional.of(image))));
        Optional<DataRange> range = range();
        return range.isPresent() ? settings.withRange(range.get()) : settings;
    }

    /** Returns the data range; refuses what is none before anything is read. */
    Optional<DataRange> range() {
        if (dataRange == null) {
            return Optional.empty();
        }
        double[] ends = Arrays.stream(dataRange.split(":", -1)).mapToDouble(this::number).toArray();
        if (ends.length > 2) {
            throw notRange();
        }
        return Optional.of(
                ends.length == 1
                        ? DataRange.ofWidth(ends[0])
                        : DataRange.between(ends[0], ends[1]));
    }

    private double number(String text) {
        OptionalDouble number = Numbers.parse(text);
        return number.orElseThrow(this::notRange);
    }

    private IllegalArgumentException notRange() {
        return new IllegalArgumentException(
                "--data-range must be a width as 255, or LOW:HIGH as -1000:1000, got " + dataRange);
    }
}
