package org.diapason.steps.fuse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.fusion.Fused;
import org.diapason.step.Globs;
import org.diapason.step.Trace;
import org.diapason.volume.Affine;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Tags;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/**
 * The images of an exam from which a step makes another.
 *
 * @param step the name of the step, for messages
 * @param names of the images, each a plain name, each once
 */
record Inputs(String step, List<String> names) {

    /** What says that pixels were once compressed with loss stays with what is made of them. */
    private static final String LOSSY = "LossyImageCompression";

    /**
     * Checks what is written in a recipe.
     *
     * @throws IllegalArgumentException if there are fewer than so many, or one comes twice
     */
    static List<String> named(List<String> names, int least) {
        List<String> all = List.copyOf(names);
        if (all.size() < least
                || new HashSet<>(all).size() < all.size()
                || all.stream().anyMatch(name -> !plain(name))) {
            throw new IllegalArgumentException(
                    "inputs must name "
                            + (least == 1 ? "an image" : "two images")
                            + " or more, each once, got "
                            + all);
        }
        return all;
    }

    /**
     * Checks the name of what is made.
     *
     * @throws IllegalArgumentException if it is a pattern or that of an input
     */
    static void requireNew(String setting, String into, List<String> names) {
        if (!plain(into) || names.contains(into)) {
            throw new IllegalArgumentException(
                    setting + " must be a new name, got \"" + into + "\"");
        }
    }

    /**
     * Checks that a setting is the name of one image or mask.
     *
     * @throws IllegalArgumentException if it is a pattern
     */
    static void requirePlain(String setting, String name) {
        if (!plain(name)) {
            throw new IllegalArgumentException(setting + " must be one name, got \"" + name + "\"");
        }
    }

    static boolean plain(String name) {
        return !name.isBlank() && !Globs.isPattern(name);
    }

    /**
     * Returns the volumes.
     *
     * @throws RefusedException if one carries a transform which no grid step has applied
     */
    List<Volume> volumes(Exam exam) {
        List<Volume> volumes = new ArrayList<>();
        for (String name : names) {
            volumes.add(exam.image(name).volume());
            if (exam.carriesTransform(name)) {
                throw new RefusedException(
                        "exam "
                                + exam.id()
                                + ", image "
                                + name
                                + ": it was registered but not moved yet. Put common-grid before "
                                + step
                                + ".");
            }
        }
        return volumes;
    }

    /** Refuses to write over an image. */
    static void requireFree(Exam exam, String into) {
        requireFree(exam, "an image", into, exam.images(), "into");
    }

    /**
     * Refuses to write over what there is.
     *
     * @param what an image or a mask
     * @param there those there are
     * @param setting that names the new one
     */
    static void requireFree(
            Exam exam, String what, String into, Map<String, ?> there, String setting) {
        if (there.containsKey(into)) {
            throw new RefusedException(
                    "exam "
                            + exam.id()
                            + ": there is "
                            + what
                            + " \""
                            + into
                            + "\" already. Choose another name for "
                            + setting
                            + ".");
        }
    }

    /** Notes what became of the values in a mask. */
    static void note(String key, Fused.Drift drift, Trace trace) {
        trace.note(key + ".mean", drift.mean());
        trace.note(key + ".largest", drift.largest());
        trace.note(key + ".meanDrift", drift.meanDrift());
        trace.note(key + ".largestDrift", drift.largestDrift());
    }

    /** Returns the exam with a new image, which lies where the first input lies. */
    Exam with(Exam exam, String into, Volume volume) {
        boolean lossy =
                names.stream()
                        .anyMatch(
                                name ->
                                        exam.image(name)
                                                .tags()
                                                .text(LOSSY)
                                                .filter(text -> text.startsWith("01"))
                                                .isPresent());
        Tags tags = lossy ? new Tags(Map.of(LOSSY, "01"), Map.of()) : Tags.none();
        SortedMap<String, Image> images = new TreeMap<>(exam.images());
        images.put(into, new Image(volume, tags, Optional.empty()));
        SortedMap<String, Transform> transforms = new TreeMap<>(exam.transforms());
        if (transforms.containsKey(names.get(0))) {
            transforms.put(into, Affine.IDENTITY);
        }
        return exam.withImages(images).withTransforms(transforms);
    }
}
