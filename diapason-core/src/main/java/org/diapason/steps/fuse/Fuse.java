package org.diapason.steps.fuse;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.diapason.fusion.Fused;
import org.diapason.fusion.Fusion;
import org.diapason.fusion.Scale;
import org.diapason.step.Names;
import org.diapason.step.Recipe;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Mask;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Makes a new image of several images of an exam that lie on one grid.
 *
 * <p>A weighted mean of images of one quantity keeps it; every other outcome has the quantity
 * "fused": it does not measure. Where an image has no value the others decide.
 *
 * <p>Refused: images on several grids, or that carry a transform which no grid step has applied;
 * images of several quantities without {@code scale}; a name that is taken.
 *
 * @param inputs names of the images, two or more; the order is that of weights
 * @param into name of the new image
 * @param rule how they are fused: weighted, max, min, energy, softmax-energy, pca, laplacian, dwt,
 *     swt or guided
 * @param scale as-is, or percentiles (1 to 99 of each image become 0 to 1); needed where quantities
 *     differ
 * @param mask name of a mask in which the drift of mean and largest value is recorded
 */
public record Fuse(
        List<String> inputs, String into, Fusion rule, Optional<Scale> scale, Optional<String> mask)
        implements Step<Exam> {

    public Fuse {
        inputs = Inputs.named(inputs, 2);
        Inputs.requireNew("into", into, inputs);
    }

    @Override
    public Set<String> images() {
        return new TreeSet<>(inputs);
    }

    @Override
    public Set<String> masks() {
        return mask.map(Set::of).orElse(Set.of());
    }

    @Override
    public Optional<String> source(String made) {
        return made.equals(into) ? Optional.of(inputs.get(0)) : Optional.empty();
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        Inputs.requireFree(exam, into);
        Inputs from = new Inputs("fuse", inputs);
        List<Volume> volumes = from.volumes(exam);
        Optional<Mask> in = mask.map(exam::mask);
        try {
            Fused fused = Fused.of(rule, inputs, volumes, scale);
            note(fused, in, trace);
            return from.with(exam, into, fused.volume());
        } catch (RefusedException e) {
            throw new RefusedException("exam " + exam.id() + ": " + e.getMessage());
        }
    }

    private void note(Fused fused, Optional<Mask> in, Trace trace) {
        trace.note(into + ".rule", Names.of(rule));
        trace.note(into + ".inputs", String.join(", ", inputs));
        trace.note(into + ".quantity", fused.meaning());
        fused.notQuantitative().ifPresent(why -> trace.note(Recipe.notQuantitative(into), why));
        int none = 0;
        for (float x : fused.volume().values()) {
            none += Float.isNaN(x) ? 1 : 0;
        }
        trace.note(into + ".nanVoxels", none);
        if (in.isPresent()) {
            for (Fused.Drift d : fused.drift(in.get())) {
                Inputs.note(into + "." + mask.get() + "." + d.name(), d, trace);
            }
        }
    }
}
