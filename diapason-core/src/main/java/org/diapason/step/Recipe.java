package org.diapason.step;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;

/**
 * The operations of a run, in order.
 *
 * @param images what is done to the images of each exam
 * @param raw whether features are also measured before anything is harmonized
 * @param features what is measured
 * @param table what is done to the feature table
 * @param judge who judges the outcome
 * @param seed seed of everything random in the run
 */
public record Recipe(
        List<Operation<Exam>> images,
        boolean raw,
        List<Extractor> features,
        List<Operation<FeatureTable>> table,
        List<Judge<FeatureTable>> judge,
        long seed) {

    public Recipe {
        images = List.copyOf(images);
        features = List.copyOf(features);
        table = List.copyOf(table);
        judge = List.copyOf(judge);
        if (features.isEmpty() && (raw || !table.isEmpty() || !judge.isEmpty())) {
            throw new IllegalArgumentException(
                    "the recipe works on a feature table but measures no features: add an entry under"
                            + " features, or remove raw, table and judge");
        }
        if (raw) {
            for (Extractor f : features) {
                requireThereFromTheStart(images, "image", f.image(), o -> o.source(f.image()));
                requireThereFromTheStart(
                        images,
                        "mask",
                        f.mask(),
                        o -> Optional.of(f.mask()).filter(o.madeMasks()::contains));
            }
        }
    }

    /** What a step makes is not there before anything is harmonized. */
    private static void requireThereFromTheStart(
            List<Operation<Exam>> images,
            String what,
            String name,
            Function<Operation<Exam>, Optional<String>> maker) {
        for (Operation<Exam> o : images) {
            if (maker.apply(o).isPresent()) {
                throw new IllegalArgumentException(
                        "raw measures before anything is harmonized, and the "
                                + what
                                + " \""
                                + name
                                + "\" is only made by "
                                + Names.of(o)
                                + ". Remove raw, or measure what the cohort table has");
            }
        }
    }

    /** Returns the names of images the recipe works on; empty means all that the cohort has. */
    public SortedSet<String> imageNames() {
        SortedSet<String> names = new TreeSet<>();
        features.forEach(f -> names.add(source(f.image())));
        if (!names.isEmpty()) {
            images.forEach(o -> o.images().forEach(i -> names.add(source(i))));
        }
        return names;
    }

    /** Returns the image of the cohort from which the operations make one, perhaps in turn. */
    private String source(String image) {
        List<String> line = lineage(image);
        return line.get(line.size() - 1);
    }

    /** Returns an image, that from which the operations make it, and so on back to the cohort's. */
    List<String> lineage(String image) {
        List<String> line = new ArrayList<>(List.of(image));
        String name = image;
        for (int n = images.size() - 1; n >= 0; n--) {
            Optional<String> from = images.get(n).source(name);
            if (from.isPresent()) {
                name = from.get();
                line.add(name);
            }
        }
        return line;
    }

    /**
     * Returns the key under which a step notes why the values of an image it makes are no quantity:
     * what is measured in it, or in what is made of it, is labelled so.
     */
    public static String notQuantitative(String image) {
        return image + ".notQuantitative";
    }

    /** Returns the names of masks the recipe reads from the cohort. */
    public SortedSet<String> maskNames() {
        SortedSet<String> names = new TreeSet<>();
        Set<String> made = new HashSet<>();
        for (Operation<Exam> o : images) {
            o.masks().stream().filter(m -> !made.contains(m)).forEach(names::add);
            made.addAll(o.madeMasks());
        }
        features.stream().map(Extractor::mask).filter(m -> !made.contains(m)).forEach(names::add);
        return names;
    }

    /** Returns the columns of the cohort table, beside files, that the recipe reads. */
    public SortedSet<String> cohortColumns() {
        SortedSet<String> names = new TreeSet<>();
        images.forEach(o -> names.addAll(o.cohortColumns()));
        table.forEach(o -> names.addAll(o.cohortColumns()));
        judge.forEach(j -> names.addAll(j.cohortColumns()));
        return names;
    }

    /** Says whether nothing is left to learn, so that new exams can go through it. */
    public boolean fitted() {
        List<Operation<?>> all = new ArrayList<>(images);
        all.addAll(table);
        return all.stream().noneMatch(o -> o instanceof Learner);
    }
}
