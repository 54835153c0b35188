package org.diapason.registration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diapason.step.Progress;
import org.diapason.volume.Affine;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;

/** Deforms what a linear search has put in place, and certifies both together. */
final class Deforming {
    /** What an affine transform cannot do is what the deformation is for. */
    private static final Set<Finding.Kind> MENDED =
            EnumSet.of(Finding.Kind.INCONSISTENT, Finding.Kind.IMPRECISE);

    private final Diffeomorphic settings;
    private final Volume fixed;
    private final Volume moving;
    private final Optional<Mask> mask;

    Deforming(Diffeomorphic settings, Volume fixed, Volume moving, Optional<Mask> mask) {
        this.settings = settings;
        this.fixed = fixed;
        this.moving = moving;
        this.mask = mask;
    }

    /**
     * Returns whether there is no start for a deformation: a failure, and anything in it that the
     * deformation could not mend. Noise, too, leaves an error that cannot be told.
     */
    static boolean hopeless(Certificate linear) {
        return linear.status() == Status.FAIL
                && !linear.findings().stream().allMatch(f -> MENDED.contains(f.kind()));
    }

    /**
     * Returns both, the deformation first.
     *
     * @param before the affine transform and what is known of it
     * @param probe whether the error to expect is told, too
     */
    Registered after(Registered before, boolean probe, Progress progress) {
        Affine affine = (Affine) before.transform().orElseThrow();
        Certificate linear = before.certificate();
        Diffeomorphic.Found found = settings.find(fixed, moving, affine, mask, probe, progress);
        List<Finding> findings = new ArrayList<>();
        for (Finding f : linear.findings()) {
            if (!MENDED.contains(f.kind())) {
                findings.add(f);
            }
        }
        Verdict.unfolded(found.folding()).ifPresent(findings::add);
        Verdict.consistent(
                        found.inverseError(),
                        new Level(fixed.geometry(), fixed.channel(0), null).spacingMm())
                .ifPresent(findings::add);
        double[][] places = places();
        Optional<Certificate.ErrorMm> error = Optional.empty();
        Optional<ErrorCovariance> covariance = Optional.empty();
        if (!found.errors().isEmpty()) {
            error = Optional.of(Posterior.at(found.errors(), places));
            covariance =
                    Optional.of(Posterior.covariance(found.errors(), places, fixed.geometry()));
        }
        error.flatMap(Verdict::precise).ifPresent(findings::add);
        findings.add(Verdict.guessed(error.map(Certificate.ErrorMm::mean).orElse(Double.NaN)));
        findings.sort(Comparator.comparing((Finding f) -> f.status()).reversed());
        List<Certificate.Stage> stages = new ArrayList<>(linear.stages());
        stages.addAll(found.stages());
        Certificate certificate =
                new Certificate(
                        findings.get(0).status(),
                        findings,
                        linear.overlap(),
                        error,
                        covariance,
                        Optional.of(found.inverseError()),
                        linear.capture(),
                        Optional.of(found.folding()),
                        stages);
        return new Registered(Optional.of(found.field().then(affine)), certificate);
    }

    private double[][] places() {
        List<Level> levels = Level.pyramid(fixed, mask.orElse(null), 2);
        return TargetPlaces.of(levels.get(levels.size() - 1), mask);
    }
}
