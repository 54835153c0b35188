package org.diapason.app;

import static org.diapason.app.TaskTables.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.catalogue.Tree;
import org.diapason.io.run.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LesionDetectionCommandTest {
    @TempDir Path folder;

    @Test
    void theExperimentIsJudgedAndDrawn() throws IOException {
        Path report = folder.resolve("detection.html");
        Path json = folder.resolve("d.json");
        Cli.Said said =
                Cli.run("lesion-detection", "--images", 800, "--report", report, "--json", json);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        Tree tree = Json.read(json);
        assertEquals(400, number(tree, "judging"));
        double bayes = number(tree, "scores", "bayes", "auc");
        double pet = number(tree, "scores", "pet", "auc");
        // pairs: each with those before it, so mr − pet is the first and bayes the first rule
        assertEquals(
                number(tree, "scores", "mr", "auc") - pet,
                number(tree, "pairs", "0", "difference"),
                1e-12);
        assertEquals(bayes - pet, number(tree, "pairs", "3", "difference"), 1e-12);
        String page = Files.readString(report);
        for (String name :
                new String[] {
                    "pet", "mr", "weighted-average", "bayes", "dempster-shafer", "vote"
                }) {
            assertTrue(page.contains(name), name);
            assertTrue(said.out().contains("\n" + name + ": AUC 0."), said.out());
        }
    }

    @Test
    void modalitiesAreTwoOfFourParts() {
        assertEquals(
                "diapason: --modality needs a name and three numbers (response in mm, contrast, noise),"
                        + " as in pet,6,2,5; got \"pet,6,two,5\"\n",
                Cli.run("lesion-detection", "--modality", "pet,6,two,5", "--modality", "mr,3,3,9")
                        .err());
        assertEquals(
                "diapason: --modality is given twice, for two modalities; found 1\n",
                Cli.run("lesion-detection", "--modality", "pet,6,2,5").err());
    }
}
