package org.diapason.steps.resolution;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.step.Globs;
import org.diapason.step.Trace;
import org.diapason.volume.Affine;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Transform;

/**
 * What the images of an exam carry, with the image onto whose axes they go as the common space.
 *
 * @param exam the exam
 * @param glob which images go onto the grid
 */
record Carried(Exam exam, String glob) {

    /**
     * Where an image lies.
     *
     * @param geometry its own grid
     * @param transform places of the common space to places of the image
     */
    record Place(Geometry geometry, Transform transform) {}

    /**
     * Looks from the image onto whose axes others go; warns of images that were not registered
     * while others were.
     *
     * @throws RefusedException if that image itself was not, while others were
     */
    static Carried of(Exam exam, String glob, String onto, Trace trace) {
        if (exam.transforms().isEmpty()) {
            return new Carried(exam, glob);
        }
        Transform lead = exam.transforms().get(onto);
        if (lead == null) {
            throw new RefusedException(
                    "exam "
                            + exam.id()
                            + ": nothing says how image "
                            + onto
                            + " lies to "
                            + String.join(", ", exam.transforms().keySet())
                            + ", which were registered. Let onto be one of these, or register it"
                            + " too.");
        }
        for (String name : exam.images().keySet()) {
            if (Globs.matches(glob, name) && !exam.transforms().containsKey(name)) {
                trace.warn(
                        "exam "
                                + exam.id()
                                + ", image "
                                + name
                                + ": it was not registered while others were, and is taken to lie"
                                + " where its file says. Register it, or name it under along where"
                                + " it lies as a registered one does.");
            }
        }
        if (!exam.carriesTransform(onto)) {
            return new Carried(exam, glob);
        }
        Transform back = lead.inverse();
        SortedMap<String, Transform> seen = new TreeMap<>(exam.transforms());
        seen.replaceAll((name, t) -> name.equals(onto) ? Affine.IDENTITY : back.then(t));
        return new Carried(exam.withTransforms(seen), glob);
    }

    /** Returns where an image lies. */
    Place place(String name) {
        return new Place(
                exam.image(name).volume().geometry(),
                exam.transforms().getOrDefault(name, Affine.IDENTITY));
    }

    /**
     * Returns where the masks of a grid lie: as the image of that grid does. Where several images
     * share the grid and lie apart, the one that did not move.
     *
     * @throws RefusedException if all of them moved, each another way
     */
    Place ofMasks(Geometry grid, Set<String> masks, Trace trace) {
        Set<String> names = new LinkedHashSet<>();
        Set<Place> places = new LinkedHashSet<>();
        Place still = new Place(grid, Affine.IDENTITY);
        for (String name : exam.images().keySet()) {
            Place place = place(name);
            if (Globs.matches(glob, name) && place.geometry().equals(grid)) {
                names.add(name);
                places.add(place);
            }
        }
        if (places.size() == 1) {
            return places.iterator().next();
        }
        String who =
                "exam "
                        + exam.id()
                        + ": "
                        + String.join(", ", names)
                        + " have one grid but were registered apart, and the masks on it ("
                        + String.join(", ", masks)
                        + ") may belong to any of them";
        if (!places.contains(still)) {
            throw new RefusedException(
                    who + ". Put only the image on which they were drawn on the common grid.");
        }
        trace.warn(
                who
                        + "; they are taken to belong to the one that did not move. If that is"
                        + " wrong, crop the image they belong to, so that its grid is its own.");
        return still;
    }
}
