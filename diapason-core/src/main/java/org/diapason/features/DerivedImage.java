package org.diapason.features;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Tags;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/** Images that steps make of others and add to the exam. */
final class DerivedImage {
    private DerivedImage() {}

    /**
     * Returns an image on the grid of its source, of unknown quantity and resolution. Of the tags
     * it keeps only what matters for texture, so that no step takes its values for the scanner's.
     */
    static Image of(Image source, float[] values) {
        Volume volume = source.volume();
        Tags tags =
                source.tags()
                        .text(TextureGrid.LOSSY)
                        .map(text -> new Tags(Map.of(TextureGrid.LOSSY, text), Map.of()))
                        .orElse(Tags.none());
        return new Image(
                Volume.of(volume.geometry(), values, Quantity.UNKNOWN)
                        .withResampled(volume.resampled()),
                tags,
                Optional.empty());
    }

    /**
     * Returns the exam with more images, which lie where the one lies whose name theirs begins
     * with.
     *
     * @throws RefusedException if it has one of such a name
     */
    static Exam added(Exam exam, SortedMap<String, Image> more) {
        SortedMap<String, Image> images = new TreeMap<>(exam.images());
        more.forEach(
                (name, image) -> {
                    if (images.put(name, image) != null) {
                        throw new RefusedException(
                                "exam "
                                        + exam.id()
                                        + ": there is an image \""
                                        + name
                                        + "\" already. Leave the step out where it stands twice, or"
                                        + " rename the column of the cohort table.");
                    }
                });
        SortedMap<String, Transform> transforms = new TreeMap<>(exam.transforms());
        for (String made : more.keySet()) {
            exam.transforms()
                    .forEach(
                            (source, transform) -> {
                                if (made.startsWith(source + ".")) {
                                    transforms.put(made, transform);
                                }
                            });
        }
        return exam.withImages(images).withTransforms(transforms);
    }
}
