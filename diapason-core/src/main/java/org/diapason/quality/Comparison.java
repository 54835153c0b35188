package org.diapason.quality;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Figures of an image beside its reference.
 *
 * <p>All channels are pooled: every value of every channel counts as one, except in ERGAS and the
 * spectral angle, which are about bands. NaN and infinity are no value; a voxel counts where both
 * images have one and the mask holds it. Windows (SSIM, MS-SSIM, Q, VIF) count where they hold
 * values only and their middle is in the mask; differences where all their voxels have values.
 *
 * <p>Same bits on any number of threads. Beside the images it keeps less than twice their size.
 */
public final class Comparison {
    private final List<Pair> channels;
    private final Volume reference;
    private final Volume image;
    private final Settings settings;
    private final Map<Metric, Measured> made = new EnumMap<>(Metric.class);

    Comparison(Volume reference, Volume image, Settings settings) {
        this.reference = reference;
        this.image = image;
        this.settings = settings;
        channels = Pair.of(reference, image, settings.mask());
    }

    /**
     * Returns the figures that are wanted, in their order. Those that need a third image, a data
     * range that was not given, or bands that are not there, are not defined and say why.
     *
     * @param reference what the image should be like
     * @param image what is judged; figures of one image alone (entropy, sharpness) are of this one
     * @throws RefusedException if the images do not lie on one grid or their channels do not fit
     */
    public static Map<Metric, Figure> of(
            Volume reference, Volume image, Collection<Metric> wanted, Settings settings) {
        Comparison comparison = new Comparison(reference, image, settings);
        Map<Metric, Figure> figures = new EnumMap<>(Metric.class);
        for (Metric metric : wanted) {
            figures.put(metric, comparison.measured(metric).figure(settings));
        }
        return figures;
    }

    List<Pair> channels() {
        return channels;
    }

    Measured measured(Metric metric) {
        Measured found = made.get(metric);
        if (found == null) {
            found = measure(metric);
            made.put(metric, found);
        }
        return found;
    }

    private Measured measure(Metric metric) {
        return switch (metric) {
            case MSE -> Differences.mse(channels);
            case PSNR -> ranged(metric, () -> Differences.psnr(channels, range()));
            case SSIM -> ranged(metric, () -> Ssim.gaussian(channels, range(), settings));
            case SSIM_UNIFORM_7 -> ranged(metric, () -> Ssim.uniform(channels, range(), settings));
            case MS_SSIM -> ranged(metric, () -> Ssim.multiScale(channels, range(), settings));
            case EPI -> Slopes.preservation(channels, settings);
            case EPI_RATIO -> Slopes.ratio(channels, settings);
            case EPI_EDGES -> Slopes.edges(channels, settings);
            case NCC -> Differences.ncc(channels);
            case MI -> JointHistogram.mutualInformation(channels, settings);
            case NMI -> JointHistogram.normalised(channels, settings);
            case VIF ->
                    ranged(
                            metric,
                            () -> VisualInformation.of(channels, range(), settings.literature()));
            case UQI -> Quality.index(channels);
            case ERGAS -> Differences.ergas(channels, settings.ratio());
            case SAM ->
                    reference.channels() == image.channels()
                            ? Spectra.angle(channels)
                            : Measured.none(metric, "the images have not as many channels.");
            case KS, W1 -> {
                for (Measured one : Distributions.of(channels)) {
                    made.put(one.metric(), one);
                }
                yield made.get(metric);
            }
            case ENTROPY -> JointHistogram.entropy(channels, settings);
            case SF -> Slopes.frequency(channels, settings);
            case AG -> Slopes.gradient(channels, settings);
            case QABF, SCD, D_LAMBDA, D_S, QNR ->
                    Measured.none(
                            metric,
                            "it judges a fused image by both of its sources, and two images were"
                                    + " given: diapason fusion-quality FUSED A B.");
        };
    }

    private double range() {
        return settings.range().orElseThrow().width();
    }

    private Measured ranged(Metric metric, Supplier<Measured> measured) {
        Optional<DataRange> range = settings.range();
        return range.isPresent() ? measured.get() : Measured.none(metric, NO_RANGE);
    }

    static final String NO_RANGE =
            "it needs the range that values could take, which is not that of these images. Give it:"
                    + " --data-range 255, or --data-range -1000:1000.";
}
