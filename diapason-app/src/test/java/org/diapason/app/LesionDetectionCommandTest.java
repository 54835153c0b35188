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

    @Test
    void everyRuleOfFuseIsJudgedComparedAndDrawn() throws IOException {
        Path report = folder.resolve("rules.html");
        Path json = folder.resolve("r.json");
        Cli.Said said =
                Cli.run(
                        "lesion-detection",
                        "--rule",
                        "all",
                        "--images",
                        160,
                        "--voxels",
                        24,
                        "--anatomy",
                        "15,1,1",
                        "--shift-mm",
                        2,
                        "--report",
                        report,
                        "--json",
                        json);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        Tree tree = Json.read(json);
        assertEquals(80, number(tree, "judging"));
        String best = ((Tree.Text) ((Tree.Fields) tree).values().get("best")).value();
        String page = Files.readString(report);
        int n = 0;
        for (String name :
                ("side-by-side weighted max min energy softmax-energy pca laplacian dwt swt guided")
                        .split(" ")) {
            assertTrue(page.contains(">" + name + "<"), name);
            assertTrue(said.out().contains("\n" + name + ": AUC 0."), said.out());
            assertEquals(
                    number(tree, "scores", name, "auc") - number(tree, "scores", best, "auc"),
                    number(tree, "compared", "" + n, "difference"),
                    1e-12);
            assertTrue(
                    number(tree, "compared", "" + n, "pHolm")
                            >= number(tree, "compared", "" + n++, "p"));
        }
        assertTrue(said.out().startsWith("phantom: 80 pairs"), said.out());
    }

    @Test
    void oneRuleTwiceIsNumberedWhereItsSettingsDiffer() {
        Cli.Said said =
                Cli.run(
                        "lesion-detection",
                        "--images",
                        160,
                        "--voxels",
                        24,
                        "--rule",
                        "swt",
                        "--rule",
                        "swt",
                        "--rule",
                        "{swt: {levels: 2}}");
        assertEquals("", said.err());
        assertEquals(1, said.out().split("\nswt: ").length - 1, said.out());
        assertTrue(said.out().contains("\nswt-2: AUC"), said.out());
    }

    @Test
    void optionsOfOneExperimentAreNotForTheOther() {
        assertEquals(
                "diapason: --shift-mm is for images that are fused. Add --rule all.\n",
                Cli.run("lesion-detection", "--shift-mm", 2).err());
        assertEquals(
                "diapason: --shared is not for --rule: what both show is --anatomy.\n",
                Cli.run("lesion-detection", "--rule", "max", "--shared", 0.2).err());
        assertEquals(
                "diapason: --anatomy needs three numbers (width in mm, standard deviation in the first"
                        + " and in the second modality), as in 15,2,6; got \"15,2\"\n",
                Cli.run("lesion-detection", "--rule", "max", "--anatomy", "15,2").err());
    }
}
