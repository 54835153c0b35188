package org.diapason.steps.intensity;

import org.diapason.math.BiasFit;
import org.diapason.step.Trace;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/** What {@link N4} asks of the field it found: that it came to rest, and that it is no anatomy. */
final class FoundField {
    /** A field that varies less harms little, and its width is mostly that of the bins. */
    private static final double LEAST_VARIATION = 0.01;

    private FoundField() {}

    /** Notes how the field was found, warns, and refuses one that is still under way. */
    static void check(
            String who, String name, BiasFit.Result found, double tolerance, Trace trace) {
        trace.note(name + ".rounds", found.rounds());
        trace.note(name + ".change", found.change());
        trace.note(name + ".fieldVariation", found.variation());
        trace.note(
                name + ".histogramWidths",
                Numbers.of(found.before(), found.after(), found.width()));
        boolean asked = found.variation() >= LEAST_VARIATION;
        boolean anatomy = asked && found.narrowing() < 1;
        requireRest(who, found, tolerance, anatomy, trace);
        if (asked) {
            trace.note(name + ".narrowing", found.narrowing());
        }
        if (anatomy) {
            trace.warn(
                    who
                            + ": the found field varies by "
                            + Numbers.fixed(100 * found.variation(), 1)
                            + " % and follows the anatomy: dividing by it takes the histogram from a"
                            + " width of "
                            + Numbers.fixed(found.before(), 3)
                            + " to "
                            + Numbers.fixed(found.after(), 3)
                            + ", "
                            + Numbers.fixed(found.narrowing(), 2)
                            + " times the least narrowing by a field that is independent of the"
                            + " tissues (1 or more is needed). Give a mask of purer tissue, white"
                            + " matter for example, or leave n4 out.");
        }
    }

    private static void requireRest(
            String who, BiasFit.Result found, double tolerance, boolean anatomy, Trace trace) {
        if (found.change() <= tolerance) {
            return;
        }
        int levels = found.rounds().size();
        String moves =
                who
                        + ": after "
                        + Numbers.fixed(found.rounds().get(levels - 1), 0)
                        + " rounds of level "
                        + levels
                        + " the bias field still changes by "
                        + Numbers.fixed(found.change(), 6)
                        + " a round, more than tolerance "
                        + Numbers.fixed(tolerance, 6);
        if (found.change() > BiasFit.NEAR * tolerance) {
            throw new RefusedException(
                    moves
                            + ", so it is not known. Raise max-iterations or tolerance, or check"
                            + " the mask.");
        }
        trace.warn(
                moves
                        + (anatomy
                                ? "."
                                : ". Look at the result: where it is still shaded, put an n4 with"
                                        + " fwhm 0.2 before this one."));
    }
}
