package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.diapason.catalogue.Tree;
import org.diapason.io.run.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One seed at full size: half a minute on two cores. */
class DemoTest {
    @TempDir Path folder;

    @Test
    void whatWasPlantedIsRecoveredAndNothingPromisedIsMissed() throws IOException {
        Path json = folder.resolve("found.json");
        Cli.Said said =
                Cli.run("demo", "--seed", 1, "--out", folder.resolve("out"), "--json", json);
        assertEquals("", said.err());
        assertEquals(0, said.code(), said.out()); // 1 where a promise is missed: see Found.missed
        Map<String, Tree> fields = fields(Json.read(json));
        assertEquals(
                List.of("effect", "siteShare", "verdict", "verdictUnprotected", "exams", "seconds"),
                List.copyOf(fields.keySet()));
        Map<String, Tree> effect = fields(fields.get("effect"));
        assertEquals(
                List.of(
                        "feature",
                        "planted",
                        "unharmonized",
                        "harmonized",
                        "unprotected",
                        "medianError",
                        "features"),
                List.copyOf(effect.keySet()));
        Map<String, Tree> share = fields(fields.get("siteShare"));
        assertEquals(
                List.of("before", "afterImages", "after", "byChance"), List.copyOf(share.keySet()));
        assertEquals("better", text(fields, "verdict"));
        assertEquals("harm", text(fields, "verdictUnprotected"));
        assertEquals("120", text(fields, "exams"));
        double planted = number(effect, "planted");
        assertEquals(planted, number(effect, "harmonized"), 0.10 * planted);
        assertTrue(Math.abs(number(effect, "unharmonized") - planted) > 0.25 * planted);
        assertTrue(number(effect, "medianError") <= 0.10);
        assertTrue(number(share, "afterImages") <= 0.5 * number(share, "before"));
        assertTrue(number(share, "after") <= 0.1 * number(share, "before"));
        Path out = folder.resolve("out");
        String page = Files.readString(out.resolve("results/report.html"));
        assertTrue(page.contains("Planted against recovered"));
        assertTrue(Files.isRegularFile(out.resolve("held-out/features-harmonized.csv")));
    }

    private static Map<String, Tree> fields(Tree tree) {
        return ((Tree.Fields) tree).values();
    }

    private static String text(Map<String, Tree> fields, String name) {
        return ((Tree.Text) fields.get(name)).value();
    }

    private static double number(Map<String, Tree> fields, String name) {
        return Double.parseDouble(text(fields, name));
    }
}
