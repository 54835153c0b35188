package org.diapason.volume;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * One visit at one site, in memory: what the recipe names and no more.
 *
 * @param id the name of the exam; unique in a cohort
 * @param images images by name ({@code ct}, {@code pet}, …)
 * @param masks masks by name; each lies exactly on the grid of at least one image
 * @param covariates columns of the cohort table that are not files, as text (site, age, disease, …)
 * @param transforms by the name of an image: where the places of the exam's common space lie in it.
 *     Empty before anything was registered; the identity for the image whose space it is. What they
 *     say has not been done to the voxels yet: a grid step does it, in one interpolation
 * @param applied by the name of an image: where the places it shows now lay in it as it was read,
 *     after a grid step has done what {@code transforms} said
 * @param pictures by name: slices in red, green and blue that steps have drawn, to be looked at and
 *     never measured; no step meets them as images
 */
public record Exam(
        String id,
        SortedMap<String, Image> images,
        SortedMap<String, Mask> masks,
        SortedMap<String, String> covariates,
        SortedMap<String, Transform> transforms,
        SortedMap<String, Transform> applied,
        SortedMap<String, Volume> pictures) {

    public Exam {
        images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
        masks = Collections.unmodifiableSortedMap(new TreeMap<>(masks));
        covariates = Collections.unmodifiableSortedMap(new TreeMap<>(covariates));
        transforms = Collections.unmodifiableSortedMap(new TreeMap<>(transforms));
        applied = Collections.unmodifiableSortedMap(new TreeMap<>(applied));
        pictures = Collections.unmodifiableSortedMap(new TreeMap<>(pictures));
    }

    /** Makes an exam in which nothing was registered. */
    public Exam(
            String id,
            SortedMap<String, Image> images,
            SortedMap<String, Mask> masks,
            SortedMap<String, String> covariates) {
        this(id, images, masks, covariates, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    public static Exam of(
            String id,
            Map<String, Image> images,
            Map<String, Mask> masks,
            Map<String, String> covariates) {
        return new Exam(id, new TreeMap<>(images), new TreeMap<>(masks), new TreeMap<>(covariates));
    }

    /** Returns the exam with every image replaced by what the function makes of it. */
    public Exam mapImages(BiFunction<String, Image, Image> function) {
        SortedMap<String, Image> mapped = new TreeMap<>();
        images.forEach((name, image) -> mapped.put(name, function.apply(name, image)));
        return withImages(mapped);
    }

    /** Returns the exam with these images and everything else as it is. */
    public Exam withImages(SortedMap<String, Image> newImages) {
        return new Exam(id, newImages, masks, covariates, transforms, applied, pictures);
    }

    /** Returns the exam with these masks and everything else as it is. */
    public Exam withMasks(SortedMap<String, Mask> newMasks) {
        return new Exam(id, images, newMasks, covariates, transforms, applied, pictures);
    }

    /** Returns the exam with one more picture. */
    public Exam withPicture(String name, Volume picture) {
        SortedMap<String, Volume> all = new TreeMap<>(pictures);
        all.put(name, picture);
        return new Exam(id, images, masks, covariates, transforms, applied, all);
    }

    /** Returns the exam with these transforms and everything else as it is. */
    public Exam withTransforms(SortedMap<String, Transform> newTransforms) {
        return new Exam(id, images, masks, covariates, newTransforms, applied, pictures);
    }

    /**
     * Returns the exam after what it carried for these images was done to their voxels: they lie in
     * the common space now.
     */
    public Exam withApplied(Iterable<String> names) {
        SortedMap<String, Transform> left = new TreeMap<>(transforms);
        SortedMap<String, Transform> done = new TreeMap<>(applied);
        for (String name : names) {
            if (carriesTransform(name)) {
                done.put(name, asRead(name));
                left.put(name, Affine.IDENTITY);
            }
        }
        return new Exam(id, images, masks, covariates, left, done, pictures);
    }

    /** Says whether a registration was found for an image and has not been done to its voxels. */
    public boolean carriesTransform(String image) {
        return !transforms.getOrDefault(image, Affine.IDENTITY).equals(Affine.IDENTITY);
    }

    /** Returns where the places of the common space lie in an image as it was read. */
    public Transform asRead(String image) {
        Transform now = transforms.getOrDefault(image, Affine.IDENTITY);
        Transform before = applied.get(image);
        return before == null ? now : now.then(before);
    }

    /** Returns the exam with every mask replaced by what the function makes of it. */
    public Exam mapMasks(BiFunction<String, Mask, Mask> function) {
        SortedMap<String, Mask> mapped = new TreeMap<>();
        masks.forEach((name, mask) -> mapped.put(name, function.apply(name, mask)));
        return new Exam(id, images, mapped, covariates, transforms, applied, pictures);
    }

    /**
     * Returns the named image.
     *
     * @throws DataException if the exam has none of this name; the message lists those it has
     */
    public Image image(String name) {
        Image image = images.get(name);
        if (image == null) {
            throw new DataException(
                    "exam "
                            + id
                            + ": there is no image \""
                            + name
                            + "\", only "
                            + images.keySet()
                            + ". Add the column image."
                            + name
                            + " to the cohort table.");
        }
        return image;
    }

    /**
     * Returns the named mask.
     *
     * @throws DataException if the exam has none of this name; the message lists those it has
     */
    public Mask mask(String name) {
        Mask mask = masks.get(name);
        if (mask == null) {
            throw new DataException(
                    "exam "
                            + id
                            + ": there is no mask \""
                            + name
                            + "\", only "
                            + masks.keySet()
                            + ". Add the column mask."
                            + name
                            + " to the cohort table.");
        }
        return mask;
    }
}
