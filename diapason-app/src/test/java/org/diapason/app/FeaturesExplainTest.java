package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.diapason.io.nifti.Nifti;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code diapason features-explain} and {@code features --profile} as a user meets them. */
class FeaturesExplainTest {
    @TempDir Path folder;

    /** Of brain1, four values of shape are not those of PyRadiomics' published code either. */
    @ParameterizedTest(name = "{0}{1}")
    @CsvSource({
        "breast1, '', 0, 0",
        "breast1, _resampling, 0, 0",
        "breast1, _flatRegion, 0, 0",
        "brain1, '', 1, 4"
    })
    void theBaselinesOfPyRadiomicsAreExplained(
            String exam, String variant, int code, int unexplained) throws IOException {
        Path data = Path.of(System.getProperty("diapason.data", "none")).resolve("pyradiomics");
        Assumptions.assumeTrue(Files.isDirectory(data), "no baselines in " + data);
        Path theirs = theirs(data, exam + variant);
        List<Object> words =
                new ArrayList<>(
                        List.of(
                                "features-explain",
                                theirs,
                                data.resolve(exam + "_image.nrrd"),
                                data.resolve(exam + "_label.nrrd")));
        String settings =
                switch (variant) {
                    case "_resampling" -> "sampling: {spacing-mm: 2, interpolation: cubic}";
                    case "_flatRegion" -> "lower-bound: 0, discretisations: [{bin-width: 5000}]";
                    default -> "";
                };
        if (!settings.isEmpty()) {
            Path config = folder.resolve("config.yaml");
            Files.writeString(
                    config, "features:\n  - ibsi: {image: mr, mask: roi, " + settings + "}\n");
            words.add("--config");
            words.add(config);
        }
        Cli.Said said = Cli.run(words.toArray());
        assertEquals(code, said.code(), said.err() + said.out());
        assertEquals(
                unexplained,
                said.out().lines().filter(l -> l.contains("  unexplained: by all rules ")).count(),
                said.out());
    }

    @Test
    void aTableOfOneRowIsExplainedAndLeftOutCellsAreCounted() throws IOException {
        write();
        Path theirs = folder.resolve("theirs.csv");
        // 1, 2, 4, 5: mean 3, variance 2.5, plain kurtosis 8.5/6.25
        Files.writeString(
                theirs,
                "id,original_firstorder_Mean,original_firstorder_Kurtosis,original_firstorder_Median,"
                        + "wavelet-LLH_glcm_Contrast,log-sigma-1-5-mm-3D_ngtdm_Busyness\n"
                        + "a,3,1.36,3.5,1,2\n");
        Cli.Said said = Cli.run("features-explain", theirs, image(), mask());
        assertEquals(1, said.code(), said.err());
        assertEquals(
                """
                feature                       theirs         ours           explained by
                original_firstorder_Mean      3              3              equal
                original_firstorder_Kurtosis  1.36           -1.64          kurtosis
                original_firstorder_Median    3.5            3              unexplained: by all rules 3

                1 equal
                1 kurtosis
                1 unexplained
                2 left out: of filtered images
                1 left out: no feature or no number
                """,
                said.out());
        Cli.Said json = Cli.run("features-explain", theirs, image(), mask(), "--json", "-");
        assertTrue(json.out().contains("\"rules\": [\"kurtosis\"]"), json.out());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "stat_mean,stat_var;1,2;3,4 | 1 | diapason: theirs.csv: has 2 rows, and one region is"
                        + " explained at a time. Give a table with one row.",
                "feature,a,b;stat_mean,1,2 | 1 | diapason: theirs.csv: has 2 columns of values. Choose"
                        + " one with --column.",
            })
    void aTableThatIsNotOneRegionIsRefused(String table, int code, String message)
            throws IOException {
        write();
        Path theirs = folder.resolve("theirs.csv");
        Files.writeString(theirs, table.replace(';', '\n') + "\n");
        Cli.Said said = Cli.run("features-explain", theirs, image(), mask());
        assertEquals(code, said.code());
        assertEquals(message + "\n", said.err());
    }

    @Test
    void anUnknownProfileIsToldTheNearest() throws IOException {
        Cli.Said said = Cli.run("features-explain", "a", "b", "c", "--profile", "pyradiomic");
        assertEquals(2, said.code());
        assertEquals(
                "diapason: --profile: there is no profile \"pyradiomic\"; did you mean"
                        + " \"pyradiomics\"?\n",
                said.err());
    }

    @Test
    void featuresFollowsTheProfile() throws IOException {
        write();
        Path config = folder.resolve("config.yaml");
        Files.writeString(
                config, "features:\n  - ibsi: {image: mr, mask: roi, families: [statistics]}\n");
        Path out = folder.resolve("out.csv");
        Cli.Said said =
                Cli.run(
                        "features",
                        image(),
                        mask(),
                        "--config",
                        config,
                        "--out",
                        out,
                        "--profile",
                        "pyradiomics");
        assertEquals(0, said.code(), said.err());
        List<String> lines = Files.readAllLines(out);
        int at = List.of(lines.get(0).split(",")).indexOf("mr.stat_kurt");
        assertEquals(1.36, Double.parseDouble(lines.get(1).split(",")[at]), 1e-6);
    }

    private Path image() {
        return folder.resolve("image.nii.gz");
    }

    private Path mask() {
        return folder.resolve("mask.nii.gz");
    }

    private void write() throws IOException {
        Geometry g = Geometry.of(4, 1, 1, 1, 1, 1);
        Nifti.write(image(), Volume.of(g, new float[] {1, 2, 4, 5}, Quantity.UNKNOWN));
        Nifti.write(mask(), Volume.of(g, new float[] {1, 1, 1, 1}, Quantity.UNKNOWN));
    }

    private Path theirs(Path data, String column) throws IOException {
        List<String> rows = new ArrayList<>(List.of("feature," + column));
        for (String family :
                List.of("firstorder", "shape", "glcm", "glrlm", "glszm", "gldm", "ngtdm")) {
            List<String> lines =
                    Files.readAllLines(data.resolve("baseline/baseline_" + family + ".csv"));
            int at = List.of(lines.get(0).split(",")).indexOf(column);
            for (String line : lines) {
                if (at > 0 && line.startsWith("original_")) {
                    rows.add(line.split(",")[0] + "," + line.split(",")[at]);
                }
            }
        }
        return Files.write(folder.resolve("theirs.csv"), rows);
    }
}
