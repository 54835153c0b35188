package org.diapason.registration;

import java.util.List;
import java.util.Optional;
import org.diapason.step.Default;
import org.diapason.step.Progress;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;

/**
 * Finds where the places of one image lie in another, and says how far that can be trusted.
 *
 * @param transform how it may move
 * @param bins of either image in the joint histogram
 * @param samples voxels of the fixed image that are compared on each grid, at most
 * @param seed draws them
 */
public record Registration(
        Model transform,
        @Default("64") int bins,
        @Default("500000") int samples,
        @Default("1") long seed) {

    /** How the fixed image may be moved onto the moving one. */
    public enum Model {
        TRANSLATION,
        RIGID,
        SIMILARITY,
        AFFINE,
        /** Affine, then every place by a shift of its own that folds nothing. */
        DIFFEO
    }

    /** The usual settings. */
    public static Registration of(Model transform) {
        return new Registration(transform, 64, 500_000, 1);
    }

    /**
     * Registers a moving image to a fixed one. Input that cannot be registered is no exception but
     * a certificate that fails, with the reason.
     *
     * @param fixedMask on the grid of the fixed image: what is to fit
     */
    public Registered find(
            Volume fixed, Volume moving, Optional<Mask> fixedMask, Progress progress) {
        LinearModel model =
                transform == Model.DIFFEO
                        ? LinearModel.AFFINE
                        : LinearModel.valueOf(transform.name());
        LinearRegistration.Found found =
                new LinearRegistration(model, bins, samples, seed).find(fixed, moving, fixedMask);
        List<Certificate.Stage> stages =
                found.stages().stream()
                        .map(
                                s ->
                                        new Certificate.Stage(
                                                "mutual-information",
                                                s.spacingMm(),
                                                List.of(s.information()),
                                                s.evaluations()))
                        .toList();
        Certificate certificate =
                new Certificate(
                        Status.PASS,
                        List.of(),
                        found.overlap(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        stages);
        return new Registered(Optional.of(found.transform()), certificate);
    }
}
