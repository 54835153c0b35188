package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyTest {
    @TempDir Path folder;

    private TinyCohort cohort;
    private Path learned;

    @BeforeEach
    void learn() throws IOException {
        cohort = TinyCohort.of(folder.resolve("data"), 12);
        learned = folder.resolve("learned");
        assertEquals(0, cohort.run(TinyCohort.WITH_TABLE, learned).code());
    }

    private Cli.Said apply(Path out) {
        return Cli.run(
                "apply", learned.resolve("fitted.json"), "--cohort", cohort.table(), "--out", out);
    }

    @Test
    void theExamsOfTheFitComeOutAsTheFitLeftThem() {
        Path applied = folder.resolve("applied");
        assertEquals(0, apply(applied).code());
        List<List<String>> then = TinyCohort.rows(learned.resolve("features-harmonized.csv"));
        List<List<String>> now = TinyCohort.rows(applied.resolve("features-harmonized.csv"));
        assertEquals(12, now.size());
        int numbers = 0;
        for (int r = 0; r < then.size(); r++) {
            for (int c = 0; c < then.get(r).size(); c++) {
                String expected = then.get(r).get(c);
                if (!expected.matches("-?[0-9].*")) {
                    assertEquals(expected, now.get(r).get(c));
                    continue;
                }
                double value = Double.parseDouble(expected);
                assertEquals(
                        value,
                        Double.parseDouble(now.get(r).get(c)),
                        1e-12 * Math.max(1, Math.abs(value)));
                numbers++;
            }
        }
        assertTrue(numbers > 12 * 50, numbers + " numbers were compared");
        assertFalse(Files.exists(applied.resolve("recipe.yaml")));
    }

    @Test
    void theReportSaysThatNothingWasLearnedFromThem() throws IOException {
        Path applied = folder.resolve("applied");
        assertEquals(0, apply(applied).code());
        String page = Files.readString(applied.resolve("report.html"));
        assertTrue(page.contains("the verdict of that run holds."));
        assertFalse(page.contains("has not been asked"));
    }

    @Test
    void anUnknownSiteAndAMissingProtectedValueAreRefusedByName() {
        cohort.set("E02", "site", "C").set("E05", "disease", "");
        Cli.Said said = apply(folder.resolve("applied"));
        assertEquals(1, said.code());
        assertEquals("10 done, 2 refused", said.out().lines().findFirst().orElseThrow());
        List<List<String>> rows = TinyCohort.rows(folder.resolve("applied/outcomes.csv"));
        assertEquals(
                List.of(
                        "E02",
                        "refused",
                        "combat-model",
                        "E02/ct",
                        "exam E02: site \"C\" was not in the fit (it knows A, B). Correct it, leave this"
                                + " exam out, or fit anew with exams of it."),
                rows.get(1));
        assertEquals(
                List.of(
                        "E05",
                        "refused",
                        "combat-model",
                        "E05/ct",
                        "exam E05: column disease is missing, and it is a covariate of this step. Fill it"
                                + " in or leave this exam out."),
                rows.get(4));
        assertEquals(10, TinyCohort.rows(folder.resolve("applied/features-harmonized.csv")).size());
    }

    @Test
    void aTableWithoutTheProtectedColumnIsTurnedAwayBeforeAnythingIsRead() {
        cohort.without("disease");
        Cli.Said said = apply(folder.resolve("applied"));
        assertEquals(2, said.code());
        assertEquals(
                "diapason: the recipe needs the column \"disease\" of the cohort table; known: age,"
                        + " exam, image.ct, mask.lesion, site.\n",
                said.err());
        assertFalse(Files.exists(folder.resolve("applied")));
    }

    @Test
    void aRecipeThatStillLearnsIsNoFittedModel() {
        Path recipe = cohort.folder.resolve("recipe.yaml");
        Path out = folder.resolve("applied");
        Cli.Said said = Cli.run("apply", recipe, "--cohort", cohort.table(), "--out", out);
        assertEquals(2, said.code());
        assertEquals(
                "diapason: "
                        + recipe
                        + " still has something to learn: it is a recipe, not a fitted.json. Use diapason"
                        + " run.\n",
                said.err());
        assertFalse(Files.exists(out));
    }

    @Test
    void manyLearnedNumbersStandBesideTheModelAndGoWithIt() throws IOException {
        Path histogram = folder.resolve("histogram");
        String recipe =
                """
                images:
                  - units
                  - histogram-reference: {mask: "", quantiles: 5000, allow-physical: true}
                features:
                  - ibsi: {image: ct, mask: lesion}
                """;
        assertEquals(0, cohort.run(recipe, histogram).code());
        assertTrue(Files.isDirectory(histogram.resolve("fitted")));
        Path applied = folder.resolve("applied");
        Path model = histogram.resolve("fitted.json");
        Object[] again = {"apply", model, "--cohort", cohort.table(), "--out", applied};
        assertEquals(0, Cli.run(again).code());
        assertEquals(
                Files.readString(histogram.resolve("features.csv")),
                Files.readString(applied.resolve("features.csv")));
        assertEquals(0, Cli.run("replay", applied.resolve("traces/E02.json")).code());
    }
}
