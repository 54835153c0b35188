package org.diapason.steps.register;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.step.Globs;
import org.diapason.volume.Affine;
import org.diapason.volume.Exam;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Transform;

/** Composes what is found for one image with what an exam carries already. */
final class CommonSpace {
    private CommonSpace() {}

    /**
     * Returns the exam after an image was registered to another.
     *
     * <p>Where others were registered to the moving image before, they go along.
     *
     * @param found places of {@code to} to places of the moving image
     * @param along pattern of images that lie where the moving one does and were not registered
     * @throws RefusedException if the moving image was registered before, or both images have
     *     partners already that know nothing of each other
     */
    static Exam with(Exam exam, String moving, String to, Transform found, Optional<String> along) {
        SortedMap<String, Transform> all = new TreeMap<>(exam.transforms());
        requireFree(exam, moving, to);
        Transform toHere = all.get(to);
        if (toHere != null || all.isEmpty()) {
            Transform first = toHere == null ? Affine.IDENTITY : toHere;
            all.putIfAbsent(to, Affine.IDENTITY);
            all.put(moving, first.then(found));
        } else {
            all.replaceAll((name, t) -> found.then(t));
            all.put(to, Affine.IDENTITY);
        }
        for (String name : exam.images().keySet()) {
            if (along.isPresent() && Globs.matches(along.get(), name) && !all.containsKey(name)) {
                all.put(name, all.get(moving));
            }
        }
        return exam.withTransforms(all);
    }

    /**
     * Checks that an image may still be registered to another, before that costs time.
     *
     * @throws RefusedException as {@link #with} does
     */
    static void requireFree(Exam exam, String moving, String to) {
        SortedMap<String, Transform> all = exam.transforms();
        boolean known = all.containsKey(to);
        if (all.containsKey(moving) && (known || exam.carriesTransform(moving))) {
            throw new RefusedException(
                    "exam "
                            + exam.id()
                            + ", image "
                            + moving
                            + ": it was registered already. Leave one of the two entries out.");
        }
        if (!all.isEmpty() && !known && !all.containsKey(moving)) {
            throw new RefusedException(
                    "exam "
                            + exam.id()
                            + ", image "
                            + moving
                            + ": it would be registered to "
                            + to
                            + ", of which is not known how it lies to "
                            + String.join(", ", all.keySet())
                            + ". Register "
                            + to
                            + " to one of these first.");
        }
    }
}
