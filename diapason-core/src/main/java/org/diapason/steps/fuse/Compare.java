package org.diapason.steps.fuse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diapason.quality.Comparison;
import org.diapason.quality.Wanted;
import org.diapason.step.Default;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Judges an image of an exam beside another on its grid: errors, structural similarity,
 * information, edges, distributions. The exam stays as it is; the figures go into the trace, the
 * report and image-quality.csv.
 *
 * <p>Refused: images on several grids, or that carry a transform which no grid step has applied.
 *
 * @param reference name of the image that the other should be like
 * @param image name of the image that is judged
 * @param mask name of a mask; only its voxels count, and windows with their middle in it
 * @param figures which figures, and how they are made
 */
public record Compare(
        String reference, String image, Optional<String> mask, @Default("") Wanted figures)
        implements Step<Exam> {

    public Compare {
        Inputs.requirePlain("reference", reference);
        Inputs.requirePlain("image", image);
        if (reference.equals(image)) {
            throw new IllegalArgumentException(
                    "reference and image must be two images, got \"" + image + "\" twice");
        }
    }

    @Override
    public boolean harmonizes() {
        return false;
    }

    @Override
    public Set<String> images() {
        return Set.of(reference, image);
    }

    @Override
    public Set<String> masks() {
        return mask.map(Set::of).orElse(Set.of());
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        List<Volume> v = new Inputs("compare", List.of(reference, image)).volumes(exam);
        FigureNotes.begin(trace, image, Map.of("reference", reference));
        try {
            FigureNotes.note(
                    trace,
                    "reference",
                    Comparison.of(
                            v.get(0),
                            v.get(1),
                            figures.figures(),
                            figures.settings(mask.map(exam::mask))));
        } catch (RefusedException e) {
            throw new RefusedException("exam " + exam.id() + ": " + e.getMessage());
        }
        return exam;
    }
}
