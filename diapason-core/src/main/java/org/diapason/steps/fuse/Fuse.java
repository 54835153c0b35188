package org.diapason.steps.fuse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.diapason.fusion.Fused;
import org.diapason.fusion.Fusion;
import org.diapason.fusion.Scale;
import org.diapason.step.Globs;
import org.diapason.step.Names;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Affine;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Tags;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/**
 * Makes a new image of several images of an exam that lie on one grid.
 *
 * <p>A weighted mean of images of one quantity keeps it; every other outcome is of unknown quantity
 * and said to be not quantitative. Where an image has no value the others decide.
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

    /** What says that pixels were once compressed with loss stays with what is made of them. */
    private static final String LOSSY = "LossyImageCompression";

    public Fuse {
        inputs = List.copyOf(inputs);
        if (inputs.size() < 2
                || new HashSet<>(inputs).size() < inputs.size()
                || inputs.stream().anyMatch(name -> name.isBlank() || Globs.isPattern(name))) {
            throw new IllegalArgumentException(
                    "inputs must name two images or more, each once, got " + inputs);
        }
        if (into.isBlank() || Globs.isPattern(into) || inputs.contains(into)) {
            throw new IllegalArgumentException("into must be a new name, got \"" + into + "\"");
        }
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
        if (exam.images().containsKey(into)) {
            throw new RefusedException(
                    "exam "
                            + exam.id()
                            + ": there is an image \""
                            + into
                            + "\" already. Choose another name for into.");
        }
        List<Volume> volumes = new ArrayList<>();
        for (String name : inputs) {
            volumes.add(exam.image(name).volume());
            if (exam.carriesTransform(name)) {
                throw new RefusedException(
                        "exam "
                                + exam.id()
                                + ", image "
                                + name
                                + ": it was registered but not moved yet. Put common-grid before"
                                + " fuse.");
            }
        }
        Optional<Mask> in = mask.map(exam::mask);
        try {
            Fused fused = Fused.of(rule, inputs, volumes, scale);
            note(fused, in, trace);
            return added(exam, fused.volume());
        } catch (RefusedException e) {
            throw new RefusedException("exam " + exam.id() + ": " + e.getMessage());
        }
    }

    private void note(Fused fused, Optional<Mask> in, Trace trace) {
        trace.note(into + ".rule", Names.of(rule));
        trace.note(into + ".inputs", String.join(", ", inputs));
        trace.note(into + ".quantity", fused.meaning());
        int none = 0;
        for (float x : fused.volume().values()) {
            none += Float.isNaN(x) ? 1 : 0;
        }
        trace.note(into + ".nanVoxels", none);
        if (in.isPresent()) {
            for (Fused.Drift d : fused.drift(in.get())) {
                String key = into + "." + mask.get() + "." + d.name();
                trace.note(key + ".mean", d.mean());
                trace.note(key + ".largest", d.largest());
                trace.note(key + ".meanDrift", d.meanDrift());
                trace.note(key + ".largestDrift", d.largestDrift());
            }
        }
    }

    private Exam added(Exam exam, Volume volume) {
        Tags tags = tagsOf(exam, inputs);
        SortedMap<String, Image> images = new TreeMap<>(exam.images());
        images.put(into, new Image(volume, tags, Optional.empty()));
        SortedMap<String, Transform> transforms = new TreeMap<>(exam.transforms());
        if (transforms.containsKey(inputs.get(0))) {
            transforms.put(into, Affine.IDENTITY);
        }
        return exam.withImages(images).withTransforms(transforms);
    }

    /** Returns the tags of what is made of images: whether one was compressed with loss. */
    static Tags tagsOf(Exam exam, List<String> inputs) {
        boolean lossy =
                inputs.stream()
                        .anyMatch(
                                name ->
                                        exam.image(name)
                                                .tags()
                                                .text(LOSSY)
                                                .filter(text -> text.startsWith("01"))
                                                .isPresent());
        return lossy ? new Tags(Map.of(LOSSY, "01"), Map.of()) : Tags.none();
    }
}
