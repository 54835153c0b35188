package org.diapason.catalogue;

import java.util.Optional;
import org.diapason.step.Default;

/** What messages call a recipe while it is read. */
final class RecipeForm {
    private RecipeForm() {}

    /**
     * The settings of a recipe beside its lists of methods.
     *
     * @param seed seed of everything random in the run
     * @param images what is done to the images of each exam
     * @param raw whether features are also measured before anything is harmonized
     * @param features what is measured
     * @param table what is done to the feature table
     * @param judge who judges the outcome
     * @param version version of the product that wrote a fitted recipe
     */
    record Recipe(
            @Default("1") long seed,
            Optional<String> images,
            @Default("false") boolean raw,
            Optional<String> features,
            Optional<String> table,
            Optional<String> judge,
            Optional<String> version) {}
}
