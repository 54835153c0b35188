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
 */
public record Exam(
        String id,
        SortedMap<String, Image> images,
        SortedMap<String, Mask> masks,
        SortedMap<String, String> covariates) {

    public Exam {
        images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
        masks = Collections.unmodifiableSortedMap(new TreeMap<>(masks));
        covariates = Collections.unmodifiableSortedMap(new TreeMap<>(covariates));
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
        return new Exam(id, mapped, masks, covariates);
    }

    /** Returns the exam with every mask replaced by what the function makes of it. */
    public Exam mapMasks(BiFunction<String, Mask, Mask> function) {
        SortedMap<String, Mask> mapped = new TreeMap<>();
        masks.forEach((name, mask) -> mapped.put(name, function.apply(name, mask)));
        return new Exam(id, images, mapped, covariates);
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
