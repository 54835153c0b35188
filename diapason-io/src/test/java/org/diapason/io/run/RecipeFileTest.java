package org.diapason.io.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diapason.step.Recipe;
import org.diapason.steps.intensity.HistogramMatch;
import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeFileTest {
    private static final String YAML =
            """
            # comments are allowed
            seed: 9007199254740993   # 2^53 + 1
            images:
              - units
              - hu-line: {image: "ct*"}
              - coarsest-fwhm:
              - isotropic:
                  spacing-mm: 2.5
                  interpolation: linear
            raw: true
            features:
              - ibsi:
                  image: ct
                  mask: lesion
                  discretisations:
                    - {bin-width: 10, bin-origin: -200}
                    - {bin-count: 32}
            table:
              - combat: {batch: site, protect: [disease, age]}
            judge:
              - biology-and-site: {batch: site, biology: disease, shown-only: ["*_cov*"]}
            """;

    @TempDir Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Recipe histogram(int quantiles) {
        double[] rising = new double[quantiles];
        for (int q = 0; q < quantiles; q++) {
            rising[q] = q / 3.0 - 1000;
        }
        HistogramMatch match = HistogramMatch.toQuantiles("*", "", Numbers.of(rising), false);
        return new Recipe(List.of(match), false, List.of(), List.of(), List.of(), 1);
    }

    @Test
    void aRecipeIsTheSameInYamlAndInJson() throws IOException {
        Recipe recipe = RecipeFile.read(file("recipe.yaml", YAML));
        assertEquals(9007199254740993L, recipe.seed());
        assertEquals(4, recipe.images().size());
        Path json = folder.resolve("fitted.json");
        RecipeFile.write(json, recipe, "0.1.0");
        assertEquals(recipe, RecipeFile.read(json));
        assertFalse(Files.exists(folder.resolve("fitted")));
    }

    @Test
    void manyNumbersStandInAFileNamedByItsHash() throws IOException {
        Recipe few = histogram(RecipeFile.MANY);
        RecipeFile.write(folder.resolve("few.json"), few, "0.1.0");
        assertFalse(Files.exists(folder.resolve("fitted")));
        assertEquals(few, RecipeFile.read(folder.resolve("few.json")));
        Recipe many = histogram(RecipeFile.MANY + 1);
        Path json = folder.resolve("many.json");
        RecipeFile.write(json, many, "0.1.0");
        Path numbers = numbers();
        assertEquals(8 * (RecipeFile.MANY + 1), Files.size(numbers));
        assertEquals(many, RecipeFile.read(json));
        byte[] bytes = Files.readAllBytes(numbers);
        bytes[77] ^= 1;
        Files.write(numbers, bytes);
        assertEquals(
                "fitted/"
                        + numbers.getFileName()
                        + " does not have the content it is named by; fit again or restore it.",
                assertThrows(DataException.class, () -> RecipeFile.read(json)).getMessage());
        Files.delete(numbers);
        String message =
                assertThrows(DataException.class, () -> RecipeFile.read(json)).getMessage();
        assertTrue(
                message.endsWith(
                        ": fitted/"
                                + numbers.getFileName()
                                + " cannot be read; keep the folder fitted/ beside it."),
                message);
    }

    private Path numbers() throws IOException {
        try (var files = Files.list(folder.resolve("fitted"))) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void aFileOfNumbersOutsideItsFolderIsNotOpened() throws IOException {
        Path json =
                file(
                        "fitted.json",
                        "{\"images\": [{\"histogram-match\": {\"mask\": \"\","
                                + " \"reference-quantiles\": {\"numbers-in\":"
                                + " \"../../etc/passwd\"}}}]}");
        String message =
                assertThrows(DataException.class, () -> RecipeFile.read(json)).getMessage();
        assertTrue(
                message.endsWith(": \"../../etc/passwd\" is no file of fitted numbers."), message);
    }

    /** A model of another form, as a run of an earlier program left it. */
    @Test
    void aFittedRecipeOfAnotherVersionNamesIt() throws IOException {
        Path json =
                file(
                        "fitted.json",
                        "{\"version\": \"0.0.9\", \"images\": [{\"isotropic\": {\"spacing\": 1}}]}");
        String message =
                assertThrows(IllegalArgumentException.class, () -> RecipeFile.read(json))
                        .getMessage();
        assertTrue(message.startsWith("fitted.json, line 1, column "), message);
        assertTrue(
                message.endsWith(
                        " The file was written by version 0.0.9: if this program is another, fit"
                                + " anew, or take that one."),
                message);
    }

    @Test
    void mistakesAreNamedWithTheirPlace() throws IOException {
        assertMistake(
                "recipe.yaml, line 1, column 1: recipe has no setting \"feature\"; did you mean"
                        + " \"features\"?",
                "feature: []");
        assertMistake(
                "recipe.yaml, line 2, column 5: combat belongs under table, not under images",
                "images:\n  - combat: {batch: site}\n");
        assertMistake(
                "recipe.yaml, line 2, column 5: isotropic needs the setting \"spacing-mm\": the new"
                        + " distance of voxels in mm; positive.",
                "images:\n  - isotropic\n");
        assertMistake(
                "recipe.yaml, line 2, column 17: spacing-mm needs a number, found \"2,5\"",
                "images:\n  - isotropic: {spacing-mm: \"2,5\"}\n");
        assertMistake(
                "recipe.yaml, line 2, column 5: isotropic: spacing-mm must be positive, got -1.0 mm",
                "images:\n  - isotropic: {spacing-mm: -1}\n");
        assertMistake(
                "recipe.yaml, line 1, column 1: images needs a list of methods",
                "images: {units: 1}");
        assertMistake(
                "the recipe works on a feature table but measures no features: add an entry under"
                        + " features, or remove raw, table and judge",
                "table:\n  - combat: {batch: site}\n");
    }

    private void assertMistake(String message, String yaml) throws IOException {
        Path recipe = file("recipe.yaml", yaml);
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> RecipeFile.read(recipe))
                        .getMessage());
    }
}
