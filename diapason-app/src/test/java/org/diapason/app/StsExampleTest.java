package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real patients: two of each PET grid of the example cohort. */
class StsExampleTest {
    @TempDir Path folder;

    @Test
    void sixPatientsGoThroughTheExample() throws IOException {
        Path data = Path.of(System.getProperty("diapason.data", "../../shared/data"), "cohort_sts");
        Assumptions.assumeTrue(Files.isDirectory(data), "cohort_sts is not in the data folder");
        Path example = Path.of("../examples/sts");
        List<String> lines = Files.readAllLines(example.resolve("cohort.csv"));
        List<String> chosen =
                lines.stream()
                        .skip(1)
                        .collect(Collectors.groupingBy(l -> l.split(",")[1]))
                        .values()
                        .stream()
                        .flatMap(group -> group.stream().limit(2))
                        .toList();
        assertEquals(6, chosen.size());
        Path cohort = folder.resolve("six.csv");
        Files.writeString(cohort, lines.get(0) + "\n" + String.join("\n", chosen) + "\n");
        Path out = folder.resolve("out");
        Cli.Said said =
                Cli.run(
                        "run",
                        example.resolve("recipe.yaml"),
                        "--cohort",
                        cohort,
                        "--root",
                        data,
                        "--out",
                        out);
        assertEquals("", said.err());
        assertTrue(said.out().startsWith("6 done\n"), said.out());
        assertTrue(said.out().contains("\nverdict: not judged\n"), said.out());
        assertEquals(0, said.code());
        assertEquals(6, TinyCohort.rows(out.resolve("features-harmonized.csv")).size());
        assertTrue(Files.exists(out.resolve("images/STS_002/pet.nii.gz")));
    }
}
