package org.diapason.app;

import static org.diapason.app.TaskTables.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diapason.catalogue.Tree;
import org.diapason.io.run.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconLabCommandTest {
    @TempDir Path folder;

    @Test
    void theExperimentIsToldDrawnAndTabled() throws IOException {
        Path out = folder.resolve("lab");
        Cli.Said said = Cli.run("recon-lab", "--quick", "--counts", "500000", "--out", out);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        Tree tree = Json.read(out.resolve("recon-lab.json"));
        List<String> results = Files.readAllLines(out.resolve("results.csv"));
        assertEquals(1 + 22 + 14, results.size(), "22 methods, and 14 that look at MR moved");
        assertEquals(1 + 36 * 8, Files.readAllLines(out.resolve("lesions.csv")).size());
        assertEquals(1 + 22, Files.readAllLines(out.resolve("weights.csv")).size());
        assertTrue(results.get(1).startsWith("after,none,500000,0,"), results.get(1));
        assertEquals(
                results.get(1).split(",")[4],
                org.diapason.io.Text.of(number(tree, "rows", "0", "rmse")));
        String page = Files.readString(out.resolve("report.html"));
        String[] lines = said.out().replace("'", "&#39;").split("\n");
        for (int n = 0; n < 3; n++) {
            String line = lines[n].replace(" %", "\u00a0%");
            assertTrue(page.contains("<p class=\"meaning\">" + line + "</p>"), line);
        }
        for (int n = 4; n < 12; n++) {
            assertTrue(page.contains("<li>" + lines[n] + "</li>"), lines[n]);
        }
        assertTrue(lines[0].startsWith("Least error: "), lines[0]);
        assertTrue(page.indexOf("id=\"answer\"") < page.indexOf("id=\"pictures\""));
        assertTrue(page.indexOf("id=\"pictures\"") < page.indexOf("id=\"curves\""));
        assertEquals(5 * 3, page.split("class=\"plot\"", -1).length - 1, "rules have theirs");
        assertTrue(said.out().contains("\nErased: lesions that PET alone shows keep "), said.out());
        assertTrue(said.out().contains("\nInvented: where MR alone shows "), said.out());
        // 22 images, both truths and MR twice, 14 and those again, each with three lesions beside
        // it.
        assertEquals((26 + 18) * 4, page.split("data:image/png", -1).length - 1);
        assertFalse(page.contains("NaN"));
    }

    @Test
    void whatCannotBeRunIsSaid() {
        assertEquals(
                "diapason: shifts must begin with 0 mm, got [1.0, 2.0]\n",
                Cli.run("recon-lab", "--shift-mm", "1,2", "--out", folder.resolve("no")).err());
        assertFalse(Files.exists(folder.resolve("no")));
    }
}
