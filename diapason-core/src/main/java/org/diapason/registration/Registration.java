package org.diapason.registration;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.diapason.step.Default;
import org.diapason.step.Progress;
import org.diapason.volume.Affine;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * Finds where the places of one image lie in another, and says how far that can be trusted.
 *
 * @param transform how it may move
 * @param bins of either image in the joint histogram, 16 to 127, fewer where samples are few; 64
 *     keeps the error of an affine scale below 0.2 %
 * @param samples voxels of the fixed image that are compared on each grid, at most
 * @param seed draws them
 * @param metric what is compared
 * @param probe whether the answer is also put to the test, which takes about as long again: the way
 *     back, starts nearby, the error that is to be expected
 */
public record Registration(
        Model transform,
        @Default("64") int bins,
        @Default("800000") int samples,
        @Default("1") long seed,
        @Default("mutual-information") Metric metric,
        @Default("true") boolean probe) {

    /** How the fixed image may be moved onto the moving one. */
    public enum Model {
        TRANSLATION,
        RIGID,
        SIMILARITY,
        AFFINE,
        /** Affine, then every place by a shift of its own that folds nothing. */
        DIFFEO
    }

    /** What is compared. */
    public enum Metric {
        /** For images of any two contrasts. */
        MUTUAL_INFORMATION("mutual-information"),
        /** Squared differences, for two images of one contrast and one scale of values. */
        SSD("ssd"),
        /**
         * Correlation in boxes of neighbours, for deformations of images of one contrast whose gain
         * changes over the image; the affine transform before it is found by mutual information.
         */
        LNCC("lncc");

        private final String title;

        Metric(String title) {
            this.title = title;
        }
    }

    public Registration {
        if (bins < 16 || bins > 127) {
            throw new IllegalArgumentException("bins must be 16 to 127, got " + bins);
        }
        if (metric == Metric.LNCC && transform != Model.DIFFEO) {
            throw new IllegalArgumentException(
                    "metric lncc is for diffeo, which "
                            + transform.name().toLowerCase(Locale.ROOT)
                            + " is not. Take mutual-information, or ssd for one contrast.");
        }
        if (samples < 1000) {
            throw new IllegalArgumentException("samples must be at least 1000, got " + samples);
        }
    }

    public Registration(Model transform, int bins, int samples, long seed) {
        this(transform, bins, samples, seed, Metric.MUTUAL_INFORMATION, true);
    }

    /** The usual settings. */
    public static Registration of(Model transform) {
        return new Registration(transform, 64, 800_000, 1);
    }

    /** Registers a moving image to a fixed one, wherever their headers put them. */
    public Registered find(
            Volume fixed, Volume moving, Optional<Mask> fixedMask, Progress progress) {
        return find(fixed, moving, fixedMask, Optional.empty(), progress);
    }

    /**
     * Registers a moving image to a fixed one. Input that cannot be registered is no exception but
     * a certificate that fails, with the reason.
     *
     * @param fixedMask on the grid of the fixed image: what is to fit. It is widened by two voxels,
     *     for a mask that ends where the object ends hides its edge
     * @param start about where it is, fixed mm to moving mm, for those who know; no other pose is
     *     tried then
     * @throws IllegalArgumentException if the mask lies on another grid, or the start mirrors
     */
    public Registered find(
            Volume fixed,
            Volume moving,
            Optional<Mask> fixedMask,
            Optional<Affine> start,
            Progress progress) {
        if (start.isPresent() && !(start.get().determinant() > 0)) {
            throw new IllegalArgumentException(
                    "the start has a determinant of "
                            + Numbers.fixed(start.get().determinant(), 3)
                            + " and so mirrors or flattens, which no body does. Give one that"
                            + " turns and shifts.");
        }
        Optional<Finding> forbids = Inputs.check(fixed, moving, fixedMask);
        if (forbids.isPresent()) {
            return failed(forbids.get());
        }
        Registered linear =
                fixed.geometry().nk() == 1
                        ? slices(Slices.of(fixed, moving), fixedMask, start, progress)
                        : searched(fixed, moving, fixedMask, start, progress);
        if (transform == Model.DIFFEO && !Deforming.hopeless(linear.certificate())) {
            return new Deforming(deformation(fixed), fixed, moving, fixedMask)
                    .after(linear, probe, progress);
        }
        return linear;
    }

    private Registered slices(
            Slices slices, Optional<Mask> mask, Optional<Affine> start, Progress progress) {
        Registered found =
                searched(
                        slices.fixed(),
                        slices.moving(),
                        mask.map(m -> m.onGrid(slices.fixed().geometry())),
                        start.map(slices::flattened),
                        progress);
        return new Registered(
                found.transform().map(t -> slices.back((Affine) t)),
                found.certificate().seen(slices.fromFixed().inverse()));
    }

    private Registered searched(
            Volume fixed,
            Volume moving,
            Optional<Mask> mask,
            Optional<Affine> start,
            Progress progress) {
        Pair pair = Pair.of(fixed, moving, mask, this);
        LinearRegistration.Found found =
                new LinearRegistration(pair, linear(), linearTitle()).from(start, progress);
        double[][] places = TargetPlaces.of(pair.fixed(Pair.LEVELS), mask);
        Certificate certificate =
                new Certifier(pair, this, linear(), found, places).certificate(progress);
        return new Registered(Optional.of(found.transform()), certificate);
    }

    private String linearTitle() {
        return (metric == Metric.SSD ? metric : Metric.MUTUAL_INFORMATION).title;
    }

    private LinearModel linear() {
        return transform == Model.DIFFEO
                ? LinearModel.AFFINE
                : LinearModel.valueOf(transform.name());
    }

    private Diffeomorphic deformation(Volume fixed) {
        Diffeomorphic usual = Diffeomorphic.usual(fixed.geometry());
        return switch (metric) {
            case MUTUAL_INFORMATION -> usual;
            case SSD -> usual.with(Diffeomorphic.Metric.SSD);
            case LNCC -> usual.withLocalCorrelation();
        };
    }

    private static Registered failed(Finding finding) {
        return new Registered(
                Optional.empty(),
                new Certificate(
                        finding.status(),
                        List.of(finding),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        List.of()));
    }
}
