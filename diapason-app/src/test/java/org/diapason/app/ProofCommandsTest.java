package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.diapason.catalogue.Tree;
import org.diapason.io.run.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofCommandsTest {
    @TempDir Path folder;

    private static final String FEATURES =
            """
            features:
              - ibsi: {image: ct, mask: lesion, families: [statistics, glcm]}
            """;

    private Path recipe(String images) throws Exception {
        return Files.writeString(folder.resolve("r.yaml"), "images:\n" + images + FEATURES);
    }

    private static void wellFormed(Path page) throws Exception {
        String text = Files.readString(page);
        assertTrue(text.startsWith("<!DOCTYPE html>"));
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(page.toFile());
        assertFalse(text.contains("http://") || text.contains("https://"));
    }

    @Test
    void aRecipeIsProvedOnTwinsAndDrawn() throws Exception {
        Path page = folder.resolve("t.html");
        Path json = folder.resolve("t.json");
        Cli.Said said =
                Cli.run(
                        "twin",
                        "--recipe",
                        recipe(
                                """
                                  - hu-line
                                  - match-fwhm: {target-fwhm-mm: 6}
                                  - isotropic: {spacing-mm: 3}
                                """),
                        "--objects",
                        2,
                        "--pairs",
                        0,
                        "--report",
                        page,
                        "--json",
                        json);
        assertEquals("", said.err());
        assertEquals(0, said.code(), said.out());
        assertTrue(said.out().contains("held    i      images apart, largest"), said.out());
        assertTrue(said.out().contains("proof of   hu-line, match-fwhm, isotropic, ibsi\n"));
        assertTrue(said.out().contains("ct.stat_mean"), said.out());
        wellFormed(page);
        assertTrue(Files.readString(page).contains("data:image/png;base64,"));
        Tree.Fields fields = (Tree.Fields) Json.read(json);
        assertEquals("held", ((Tree.Text) fields.values().get("outcome")).value());
    }

    @Test
    void aRecipeThatDoesNotMatchEndsWithOne() throws Exception {
        Path page = folder.resolve("t.html");
        Cli.Said said =
                Cli.run(
                        "twin",
                        "--recipe",
                        recipe("  - hu-line\n  - isotropic: {spacing-mm: 3}\n"),
                        "--objects",
                        1,
                        "--pairs",
                        0,
                        "--report",
                        page);
        assertEquals(1, said.code(), said.out());
        assertTrue(said.out().contains("missed  i "), said.out());
        assertTrue(Files.readString(page).contains("missed"));
    }

    @Test
    void aDifferenceThatAZScoreErasesIsFlagged() throws Exception {
        Path page = folder.resolve("k.html");
        Cli.Said said =
                Cli.run(
                        "known-difference",
                        "--recipe",
                        recipe(
                                """
                                  - hu-line
                                  - z-score: {mask: lesion, allow-physical: true}
                                """),
                        "--only",
                        "contrast,suv",
                        "--repeats",
                        3,
                        "--report",
                        page);
        assertEquals(1, said.code(), said.out());
        assertTrue(said.out().contains("FLAGGED: below 0.9"), said.out());
        assertTrue(said.out().contains("suv: refused: exam a, image"), said.out());
        wellFormed(page);
    }

    @Test
    void theRecipesThatShipKeepContrastAndUptake() throws Exception {
        Path page = folder.resolve("k.html");
        Cli.Said said =
                Cli.run(
                        "known-difference",
                        "--only",
                        "contrast,suv",
                        "--repeats",
                        4,
                        "--report",
                        page,
                        "--json",
                        "-");
        assertEquals(0, said.code(), said.out() + said.err());
        Tree.Fields fields = (Tree.Fields) Json.parse("said", said.out());
        assertEquals(2, fields.values().size());
        wellFormed(page);
    }

    @Test
    void twoScansOfAPhysicalPhantomAreComparedWithWhatIsStated() throws Exception {
        for (String scanner : List.of("twin-a", "twin-b")) {
            Cli.run("phantom-render", "hu-rods", folder.resolve(scanner), "--scanner", scanner);
        }
        String header = "exam,image.ct,quantity.ct,mask.rod,fwhm.ct\n";
        String low = "low,twin-a/image.nii.gz,HU,twin-a/mask-water.nii.gz,4\n";
        String high = "high,twin-b/image.nii.gz,HU,twin-b/mask-acrylic.nii.gz,5\n";
        Path cohort = Files.writeString(folder.resolve("c.csv"), header + low + high);
        Path recipe =
                Files.writeString(
                        folder.resolve("p.yaml"),
                        "images:\n  - match-fwhm: {target-fwhm-mm: 6}\n"
                                + FEATURES.replace("lesion", "rod"));
        Cli.Said said =
                Cli.run(
                        "known-difference",
                        "--cohort",
                        cohort,
                        "--recipe",
                        recipe,
                        "--low",
                        "low",
                        "--high",
                        "high",
                        "--true",
                        120,
                        "--report",
                        folder.resolve("k.html"));
        // No hu-line: the scanners' offsets add 40 HU, and that is not the phantom's difference.
        assertEquals(1, said.code(), said.out() + said.err());
        assertTrue(said.out().contains("FLAGGED: above 1.1"), said.out());
        Cli.Said wrong =
                Cli.run(
                        "known-difference",
                        "--cohort",
                        cohort,
                        "--recipe",
                        recipe,
                        "--low",
                        "low",
                        "--high",
                        "hihg",
                        "--true",
                        120);
        assertEquals(
                "diapason: the cohort table has no exam \"hihg\"; did you mean \"high\"?\n",
                wrong.err());
        assertEquals(2, Cli.run("known-difference", "--true", 120).code());
    }

    @Test
    void aKindThatIsNotKnownIsUsage() {
        Cli.Said said = Cli.run("known-difference", "--only", "colour");
        assertEquals(2, said.code());
        assertEquals(
                "diapason: --only needs contrast, texture-length, volume or suv, got \"colour\"\n",
                said.err());
    }
}
