package org.diapason.io.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.diapason.catalogue.Catalogue;
import org.diapason.step.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CohortFileTest {
    @TempDir Path folder;

    private CohortFile read(String csv) throws IOException {
        return CohortFile.read(Files.writeString(folder.resolve("cohort.csv"), csv), null);
    }

    private void assertRefused(String message, String csv) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> read(csv)).getMessage());
    }

    @Test
    void examsAreSortedAndEveryOtherColumnIsACovariate() throws IOException {
        CohortFile table =
                read(
                        "exam,site,image.ct,mask.lesion,quantity.ct,fwhm.ct,calibration,calibration.ct,age,tumour.stage\n"
                                + "B,x,b.nii,,HU,4,,,61,II\n"
                                + "A,y,a.nii,,HU,4,,,,I\n");
        assertEquals(List.of("A", "B"), table.ids());
        assertEquals(Map.of("site", "x", "age", "61", "tumour.stage", "II"), table.covariates("B"));
        assertEquals("b.nii", table.files("B"));
        assertEquals(folder.toAbsolutePath(), table.root());
    }

    @Test
    void mistakesInTheTableAreNamedWithTheirLine() {
        assertRefused(
                "cohort.csv, line 1: there is no column \"exam\"; did you mean \"exams\"?",
                "exams,image.ct\nA,a.nii\n");
        assertRefused(
                "cohort.csv, line 3: exam A stands in the table twice; give each row its own name.",
                "exam,image.ct\nA,a.nii\nA,b.nii\n");
        assertRefused(
                "cohort.csv, line 2: \"../A\" cannot name an exam: use letters, digits, point, minus"
                        + " and underscore, at most 100, the first a letter or digit.",
                "exam,image.ct\n../A,a.nii\n");
        assertRefused(
                "cohort.csv, line 2: \"\" cannot name an exam: use letters, digits, point, minus and"
                        + " underscore, at most 100, the first a letter or digit.",
                "exam,image.ct\n,a.nii\n");
        assertRefused(
                "cohort.csv, line 1: there is no column image.NAME (image.ct, image.pet, …).",
                "exam,images\nA,a.nii\n");
        assertRefused("cohort.csv: there is no exam in the table.", "exam,image.ct\n");
        assertRefused(
                "cohort.csv, line 2: has 1 cells, the header has 2. Cells are separated"
                        + " by \",\"; quote those that contain it.",
                "exam,image.ct\nA\n");
    }

    @Test
    void twoNamesThatAreOneFileOnSomeDisksAreRefused() {
        assertRefused(
                "cohort.csv, line 3: exam a differs from exam A in capitals only; some disks cannot"
                        + " tell their folders apart. Give it another name.",
                "exam,image.ct\nA,a.nii\na,b.nii\n");
    }

    @Test
    void aTableThatIsNotThereIsNamed() {
        assertEquals(
                "absent.csv: there is no such file.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> CohortFile.read(folder.resolve("absent.csv"), null))
                        .getMessage());
    }

    @Test
    void aColumnThatTheRecipeNamesMustBeThere() throws IOException {
        Recipe recipe =
                Catalogue.recipe(
                        TreeFile.parse(
                                "recipe.yaml",
                                """
                                features:
                                  - ibsi: {image: ct, mask: lesion}
                                table:
                                  - combat: {batch: site, protect: [disease]}
                                """));
        assertMissing(recipe, "image.ct", "did you mean \"image.cta\"?", "exam,image.cta\nA,a\n");
        assertMissing(recipe, "mask.lesion", "known: exam, image.ct.", "exam,image.ct\nA,a\n");
        assertMissing(
                recipe,
                "disease",
                "did you mean \"diseased\"?",
                "exam,image.ct,mask.lesion,diseased,site\nA,a,b,1,x\n");
        read("exam,image.ct,mask.lesion,disease,site\nA,a,b,1,x\n").check(recipe);
    }

    private void assertMissing(Recipe recipe, String column, String hint, String csv)
            throws IOException {
        CohortFile table = read(csv);
        assertEquals(
                "the recipe needs the column \"" + column + "\" of the cohort table; " + hint,
                assertThrows(IllegalArgumentException.class, () -> table.check(recipe))
                        .getMessage());
    }
}
