package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
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
        assertTrue(said.out().contains("held    i      images equal to 1e-6"), said.out());
        assertTrue(said.out().contains("ct.stat_mean"), said.out());
        wellFormed(page);
        assertTrue(Files.readString(page).contains("data:image/png;base64,"));
        Tree.Fields fields = (Tree.Fields) Json.read(json);
        assertEquals("true", ((Tree.Text) fields.values().get("held")).value());
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
    void aKindThatIsNotKnownIsUsage() {
        Cli.Said said = Cli.run("known-difference", "--only", "colour");
        assertEquals(2, said.code());
        assertEquals(
                "diapason: --only needs contrast, texture-length, volume or suv, got \"colour\"\n",
                said.err());
    }
}
