package org.diapason.step;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
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
        String name = image;
        for (int n = images.size() - 1; n >= 0; n--) {
            name = images.get(n).source(name).orElse(name);
        }
        return name;
    }

    /** Returns the names of masks the recipe reads. */
    public SortedSet<String> maskNames() {
        SortedSet<String> names = new TreeSet<>();
        features.forEach(f -> names.add(f.mask()));
        images.forEach(o -> names.addAll(o.masks()));
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
