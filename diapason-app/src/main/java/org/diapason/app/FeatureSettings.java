package org.diapason.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diapason.catalogue.Catalogue;
import org.diapason.catalogue.Tree;
import org.diapason.features.Profile;
import org.diapason.io.run.Json;
import org.diapason.io.run.RecipeFile;
import org.diapason.io.run.TreeFile;
import org.diapason.step.Extractor;
import org.diapason.step.Recipe;
import org.diapason.step.Spelling;
import org.diapason.volume.Exam;
import org.diapason.volume.Quantity;

/**
 * What to measure of one image in one mask: a recipe with the part {@code features} only, as a file
 * or one of those that ship.
 *
 * <p>Those that ship are the settings of the IBSI: {@code ibsi-a} to {@code ibsi-e} and {@code
 * ibsi-phantom} (IBSI 1), {@code ibsi2-map-1-a-1} and so on (response maps) and {@code ibsi2-1-a}
 * to {@code ibsi2-9-b} (feature values).
 *
 * <p>The file with settings that {@code diapason features} writes is one of these, too: what it
 * holds beside settings is passed over.
 *
 * @param features what is measured, at least one
 * @param quantity what the values of an image are that does not say, where a written file has it
 */
record FeatureSettings(List<Extractor> features, Optional<Quantity> quantity) {
    /** Parts of a written file that are no settings. */
    private static final Set<String> FOUND = Set.of("quantity", "diagnostics", "dictionary");

    private static final List<String> MAPS =
            List.of(
                    "1-a-1", "1-a-2", "1-a-3", "1-a-4", "2-a", "2-b", "3-a-1", "3-a-2", "3-a-3",
                    "3-b-1", "3-b-2", "3-b-3", "4-a-1", "4-a-2", "5-a-1", "5-a-2", "7-a-1", "7-a-2",
                    "8-a-1", "9-a");

    FeatureSettings {
        features = List.copyOf(features);
    }

    /**
     * Returns the same by the rules of a profile.
     *
     * @throws IllegalArgumentException if an entry says itself whose rules it follows
     */
    FeatureSettings by(Profile profile) {
        return profile == Profile.IBSI
                ? this
                : new FeatureSettings(
                        features.stream().map(e -> Profiles.by(e, profile)).toList(), quantity);
    }

    /**
     * Returns the exam with the quantity of the written file where an image does not say its own.
     */
    Exam said(Exam exam) {
        return exam.mapImages(
                (name, image) ->
                        image.volume().quantity() != Quantity.UNKNOWN || quantity.isEmpty()
                                ? image
                                : image.withVolume(image.volume().withQuantity(quantity.get())));
    }

    /** Returns the names of those that ship. */
    static List<String> shipped() {
        List<String> names = new ArrayList<>(List.of("ibsi-phantom"));
        for (String configuration : "a b c d e".split(" ")) {
            names.add("ibsi-" + configuration);
        }
        for (int filter = 1; filter <= 9; filter++) {
            names.add("ibsi2-" + filter + "-a");
            names.add("ibsi2-" + filter + "-b");
        }
        MAPS.forEach(map -> names.add("ibsi2-map-" + map));
        return names;
    }

    /**
     * Reads a file; where there is none of the name, the one that ships under it, with or without
     * {@code .yaml}.
     *
     * @throws IllegalArgumentException if there is neither, a setting is wrong, or there is more or
     *     less in it than features
     */
    static FeatureSettings read(Path asked) {
        if (Files.exists(asked)) {
            return ofFile(asked);
        }
        String name = asked.toString().replaceFirst("\\.yaml$", "");
        return ship(name)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        asked
                                                + ": there is no such file, and no settings of this"
                                                + " name ship; "
                                                + Spelling.hint(name, shipped())));
    }

    /** Returns the settings that ship under a name, if there are any. */
    static Optional<FeatureSettings> ship(String name) {
        if (!shipped().contains(name)) {
            return Optional.empty();
        }
        String file = name + ".yaml";
        try (InputStream in = FeatureSettings.class.getResourceAsStream("ibsi/" + file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Optional.of(of(file, Catalogue.recipe(TreeFile.parse(file, text))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FeatureSettings ofFile(Path file) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".json")
                || !(Json.read(file) instanceof Tree.Fields written)
                || !written.values().containsKey("dictionary")) {
            return of(name, RecipeFile.read(file));
        }
        Map<String, Tree> settings = new LinkedHashMap<>(written.values());
        settings.keySet().removeAll(FOUND);
        Optional<Quantity> quantity =
                written.values().get("quantity") instanceof Tree.Text t
                        ? Optional.of(Quantity.of(t.value()))
                        : Optional.empty();
        Recipe recipe = Catalogue.recipe(new Tree.Fields(settings, written.where()));
        return new FeatureSettings(of(name, recipe).features(), quantity);
    }

    private static FeatureSettings of(String name, Recipe recipe) {
        if (!recipe.images().isEmpty() || !recipe.table().isEmpty() || !recipe.judge().isEmpty()) {
            throw new IllegalArgumentException(
                    name
                            + ": has more than features, and one image is measured as it is, without"
                            + " images, table and judge. Give a file with the part features only, or"
                            + " use diapason run.");
        }
        if (recipe.features().isEmpty()) {
            throw new IllegalArgumentException(
                    name
                            + ": has no features. Write what is measured, as in features: [{ibsi:"
                            + " {image: ct, mask: gtv}}].");
        }
        return new FeatureSettings(recipe.features(), Optional.empty());
    }

    /**
     * Returns the one image that all entries name.
     *
     * @throws IllegalArgumentException if they name several
     */
    String image() {
        return one("image", features.stream().map(Extractor::image).distinct().toList());
    }

    /**
     * Returns the one mask that all entries name.
     *
     * @throws IllegalArgumentException if they name several
     */
    String mask() {
        return one("mask", features.stream().map(Extractor::mask).distinct().toList());
    }

    private static String one(String what, List<String> names) {
        if (names.size() > 1) {
            throw new IllegalArgumentException(
                    "the settings name "
                            + names.size()
                            + " "
                            + what
                            + "s ("
                            + String.join(", ", names)
                            + "), and there is one. Name the same in every entry, or use diapason"
                            + " run.");
        }
        return names.get(0);
    }
}
