package org.diapason.steps.resolution;

import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.step.Default;
import org.diapason.step.Learner;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.RefusedException;

/**
 * Learns the coarsest resolution of a cohort over all exams and axes; the learned {@link MatchFwhm}
 * blurs every image to it.
 *
 * <p>An axis of one voxel does not count. Refused: an image of unknown resolution. The sum holds
 * one width in mm and the name of the exam that set it. Where a grid step follows, the width of an
 * exam is the smallest that it can have after that step.
 *
 * <p>Method: Joshi, Koeppe and Fessler 2009, NeuroImage 46(1):154–159,
 * doi:10.1016/j.neuroimage.2009.01.057, section 2.
 *
 * @param image which images, a pattern on their names; all of them get one common target
 * @param nextGrid the grid step that follows, so that the target is what all reach after it, and
 *     spans 2 of its voxels
 */
public record CoarsestFwhm(@Default("*") String image, Optional<NextGrid> nextGrid)
        implements Learner<Exam, CoarsestFwhm.Sum> {

    /** Returns the learner with no grid step to count. */
    public CoarsestFwhm(String image) {
        this(image, Optional.empty());
    }

    /** The widest yet, and the exam that set it: the first in the order of names when tied. */
    public static final class Sum {
        private double fwhmMm;
        private String exam = "";
        private String where = "";

        private void offer(double otherFwhmMm, String otherExam, String otherWhere) {
            boolean earlier =
                    otherFwhmMm == fwhmMm
                            && !otherExam.isEmpty()
                            && (exam.isEmpty() || otherExam.compareTo(exam) < 0);
            if (otherFwhmMm > fwhmMm || earlier) {
                fwhmMm = otherFwhmMm;
                exam = otherExam;
                where = otherWhere;
            }
        }
    }

    @Override
    public Sum empty() {
        return new Sum();
    }

    @Override
    public void add(Sum sum, Exam exam) {
        Widths.each(
                exam,
                image,
                (name, volume, widths) -> {
                    for (int a = 0; a < 3; a++) {
                        if (volume.geometry().size(a) > 1) {
                            String where = "image " + name + ", " + Widths.axis(a);
                            double least = Widths.least(nextGrid, volume.geometry(), widths, a);
                            sum.offer(least, exam.id(), where);
                        }
                    }
                });
    }

    @Override
    public void merge(Sum into, Sum from) {
        into.offer(from.fwhmMm, from.exam, from.where);
    }

    /**
     * Returns the step to the coarsest width.
     *
     * @throws RefusedException if no image with a width was seen
     */
    @Override
    public MatchFwhm learn(Sum sum, Trace trace) {
        if (!(sum.fwhmMm > 0)) {
            throw new RefusedException(
                    "the cohort has no image that matches \""
                            + image
                            + "\" and has a resolution above 0 mm. Correct image, or leave the"
                            + " resolution step out.");
        }
        trace.note("coarsestFwhmMm", sum.fwhmMm);
        trace.note("coarsestExam", sum.exam);
        trace.note("coarsestAt", sum.where);
        return new MatchFwhm(
                image, OptionalDouble.of(sum.fwhmMm), false, Optional.empty(), nextGrid);
    }
}
