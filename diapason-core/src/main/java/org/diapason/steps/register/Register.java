package org.diapason.steps.register;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.diapason.registration.Registered;
import org.diapason.registration.Registration;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Progress;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Mask;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/**
 * Finds where the places of one image of an exam lie in others, whatever their contrasts, and says
 * how far that can be trusted.
 *
 * <p>Nothing is interpolated: the exam carries the transforms, one after the other where images
 * were registered in turn (PET to CT, CT to MR), and {@code common-grid} does them in one
 * interpolation, masks with them. Images registered to the moving one before go along.
 *
 * <p>Refused: an image whose registration fails, with the reason; one that was registered already.
 *
 * <p>Method: Mattes and others 2003, IEEE TMI 22(1):120–128, doi:10.1109/TMI.2003.809072.
 *
 * @param moving which images are registered, a pattern on their names; the one named in {@code to}
 *     is left out
 * @param to the name of the image that stays where it is
 * @param transform how the others may move: translation, rigid, similarity, affine or diffeo
 * @param mask the name of a mask on the grid of the image that stays: what is to fit
 * @param along which images lie where the moving one does (the PET of a PET/CT) and go along, a
 *     pattern on their names; none unless given
 * @param bins of either image in the joint histogram
 * @param samples voxels that are compared on each grid, at most
 * @param metric what is compared: mutual-information (any two contrasts), ssd, squared differences
 *     (one contrast in one unit), or lncc, local correlation (diffeo of one contrast)
 * @param onWarn what becomes of an exam whose certificate warns: go-on or refuse
 */
public record Register(
        String moving,
        String to,
        Registration.Model transform,
        Optional<String> mask,
        Optional<String> along,
        @Default("64") int bins,
        @Default("800000") int samples,
        @Default("mutual-information") Registration.Metric metric,
        @Default("go-on") OnWarn onWarn)
        implements Step<Exam> {

    /** Two grids whose corners are so many voxels apart are one. */
    private static final double SAME_GRID = 1e-3;

    /** What becomes of an exam whose certificate warns. */
    public enum OnWarn {
        /** It is said and goes on. */
        GO_ON,
        /** It is refused. */
        REFUSE
    }

    public Register {
        if (Globs.isPattern(to) || to.isBlank() || moving.isBlank()) {
            throw new IllegalArgumentException(
                    "moving must name images and to one image, got \""
                            + moving
                            + "\" and \""
                            + to
                            + "\"");
        }
        if (moving.equals(to)) {
            throw new IllegalArgumentException(
                    "moving and to must differ, got \"" + to + "\" for both");
        }
        if (along.isPresent() && Set.of(moving, to).contains(along.get())) {
            throw new IllegalArgumentException(
                    "along must differ from moving and to, got \"" + along.get() + "\"");
        }
        // Refuses what no search takes.
        new Registration(transform, bins, samples, 1, metric, true);
    }

    /** Returns the step with the usual settings. */
    public static Register of(String moving, String to, Registration.Model transform) {
        return new Register(
                moving,
                to,
                transform,
                Optional.empty(),
                Optional.empty(),
                64,
                800_000,
                Registration.Metric.MUTUAL_INFORMATION,
                OnWarn.GO_ON);
    }

    @Override
    public Set<String> images() {
        Set<String> named = new TreeSet<>(Set.of(to));
        Stream.concat(Stream.of(moving), along.stream())
                .filter(name -> !Globs.isPattern(name))
                .forEach(named::add);
        return named;
    }

    @Override
    public Set<String> masks() {
        return mask.map(Set::of).orElse(Set.of());
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        Volume fixed = exam.image(to).volume();
        Optional<Mask> within = mask.map(name -> within(exam, name, fixed));
        images().forEach(exam::image); // refuses names the exam has not
        Registration registration =
                new Registration(transform, bins, samples, trace.seed(), metric, true);
        List<String> names =
                exam.images().keySet().stream()
                        .filter(name -> Globs.matches(moving, name) && !name.equals(to))
                        .toList();
        if (names.isEmpty()) {
            trace.warn(
                    "exam "
                            + exam.id()
                            + ": no image but "
                            + to
                            + " is called like moving: \""
                            + moving
                            + "\", so nothing was registered; there are only "
                            + exam.images().keySet()
                            + ". Mend the pattern.");
        }
        Exam carrying = exam;
        for (String name : names) {
            CommonSpace.requireFree(carrying, name, to);
            Registered found =
                    registration.find(fixed, exam.image(name).volume(), within, Progress.NONE);
            trace.note(name + ".to", to);
            String who = "exam " + exam.id() + ", image " + name + " to " + to;
            Transform there = Decision.take(found, who, name, fixed.geometry(), onWarn, trace);
            carrying = CommonSpace.with(carrying, name, to, there, along);
        }
        return carrying;
    }

    private static Mask within(Exam exam, String name, Volume fixed) {
        Mask mask = exam.mask(name);
        if (!mask.geometry().isClose(fixed.geometry(), SAME_GRID)) {
            throw new DataException(
                    "exam "
                            + exam.id()
                            + ", mask "
                            + name
                            + ": it lies on another grid than the image that stays, and says what"
                            + " of that one is to fit. Draw it there, or leave mask out.");
        }
        return mask;
    }
}
