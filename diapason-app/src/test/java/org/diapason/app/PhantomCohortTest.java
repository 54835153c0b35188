package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhantomCohortTest {
    @TempDir Path folder;

    private static final String PLAN =
            """
            sites:
              - {exams: 2, diseased: 0, scanner: {name: A, psf-mm: 3, spacing-mm: 2}}
              - exams: 3
                diseased: 3
                scanner: {name: B, psf-mm: 5, spacing-mm: 2, offset: 20, noise: {white: {sd: 8}}}
            covariates:
              - {name: age, low: 40, high: 80, mean-hu: -0.5}
              - {name: dose, low: 1, high: 3, texture-hu: 2}
            mean: {base: 60, disease: 28}
            texture: {base: 36}
            held-out: 1
            """;

    @Test
    void aPlanBecomesSeriesMasksATableARecipeAndTheTruth() throws Exception {
        Path plan = Files.writeString(folder.resolve("plan.yaml"), PLAN);
        Path out = folder.resolve("out");
        Cli.Said said = Cli.run("phantom-cohort", plan, out, "--seed", 3);
        assertEquals(0, said.code(), said.err());
        assertEquals(
                "exam,site,disease,age,dose,image.ct,mask.lesion,calibration",
                Files.readAllLines(out.resolve("cohort.csv")).get(0));
        List<List<String>> cohort = TinyCohort.rows(out.resolve("cohort.csv"));
        assertEquals(5, cohort.size());
        List<List<String>> truth = TinyCohort.rows(out.resolve("truth.csv"));
        assertEquals(7, truth.size(), "five exams and one object that both image");
        for (int r = 0; r < 5; r++) {
            List<String> row = cohort.get(r);
            double mean = Double.parseDouble(truth.get(r).get(4));
            double ill = Double.parseDouble(row.get(2));
            double age = Double.parseDouble(row.get(3));
            assertEquals(60 + 28 * ill - 0.5 * (age - 60), mean, 1e-9, "as the plan says");
            double texture = Double.parseDouble(truth.get(r).get(5));
            assertEquals(36 + 2 * (Double.parseDouble(row.get(4)) - 2), texture, 1e-9);
            assertTrue(Files.isDirectory(out.resolve(row.get(5))));
            assertTrue(Files.exists(out.resolve(row.get(7))));
        }
        String recipe = Files.readString(out.resolve("recipe.yaml"));
        assertTrue(recipe.contains("protect: [disease, age, dose]"), recipe);
        assertEquals(2, Cli.run("phantom-cohort", plan, out).code(), "the folder is not empty");
        Cli.Said again = Cli.run("phantom-cohort", out.resolve("plan.json"), folder.resolve("2"));
        assertEquals(0, again.code(), again.err());
    }

    @Test
    void aPlanThatCannotBeIsUsage() throws Exception {
        Path plan =
                Files.writeString(
                        folder.resolve("plan.yaml"), PLAN.replace("diseased: 0", "diseased: 5"));
        Cli.Said said = Cli.run("phantom-cohort", plan, folder.resolve("out"));
        assertEquals(2, said.code());
        assertTrue(
                said.err().contains("site A: exams must be 1 or more and diseased 0 to exams"),
                said.err());
        assertEquals(2, Cli.run("phantom-cohort").code());
        Cli.Said demo = Cli.run("phantom-cohort", "--plan-of-demo");
        assertTrue(demo.out().contains("\"heldOut\""), demo.out());
    }
}
