package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.diapason.catalogue.Tree;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.run.Json;
import org.diapason.io.table.Csv;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One image in one mask, as a recipe would measure it. */
class FeaturesCommandTest {
    private static final String CONFIG =
            """
            features:
              - ibsi:
                  image: ct
                  mask: lesion
                  sampling: {spacing-mm: 1.5}
                  families: [statistics, glcm]
                  dimensions: [2d, 3d]
                  discretisations: [{bin-width: 10}]
              - ibsi:
                  image: ct
                  mask: lesion
                  sampling: {spacing-mm: 1.5}
                  families: [statistics]
                  filters: [{mean: {support: 3}}, {laplacian-of-gaussian: {sigma-mm: 2}}]
            """;

    @TempDir Path folder;

    private TinyCohort cohort;
    private Path ct;
    private Path mask;

    @BeforeEach
    void cohort() {
        cohort = TinyCohort.of(folder.resolve("data"), 2);
        ct = cohort.folder.resolve("E01/ct");
        mask = cohort.folder.resolve("E01/lesion.nii.gz");
    }

    private Path out() {
        return folder.resolve("out/features.csv");
    }

    private Cli.Said features(Path image, Object config, Object... more) throws IOException {
        Files.createDirectories(out().getParent());
        List<Object> words = new ArrayList<>(List.of("features", image, mask));
        words.addAll(List.of("--config", config, "--out", out()));
        words.addAll(List.of(more));
        return Cli.run(words.toArray());
    }

    private Path config(String text) throws IOException {
        return Files.writeString(folder.resolve("config.yaml"), text);
    }

    private void assertRefused(int code, String message, Cli.Said said) {
        assertEquals("diapason: " + message + "\n", said.err());
        assertEquals(code, said.code());
        assertEquals("", said.out());
        assertFalse(Files.exists(out()));
    }

    /** The same entries as a station of run: same columns, same numbers, and the dictionary's. */
    @Test
    void oneImageHasTheRowThatARunGivesIt() throws IOException {
        Cli.Said said = features(ct, config(CONFIG), "--exam", "E01");
        assertEquals("", said.err());
        assertEquals(0, said.code());
        assertEquals("154 features of 1 region in " + out() + "\n", said.out());
        Path ran = folder.resolve("ran");
        Cli.Said run = cohort.run("images: [units]\n" + CONFIG, ran);
        assertEquals(0, run.code(), run.err());
        Csv one = Csv.read(out());
        Csv all = Csv.read(ran.resolve("features.csv"));
        for (String column : one.header()) {
            String alone = one.text(one.rows().get(0), column);
            assertEquals(all.text(all.rows().get(0), column), alone, column);
        }
        List<String> dictionary =
                TinyCohort.rows(ran.resolve("features-dictionary.csv")).stream()
                        .map(row -> row.get(0))
                        .toList();
        assertEquals(dictionary, one.header().subList(2, one.header().size()));
        assertEquals("ct.stat_mean", dictionary.get(0));
        assertTrue(dictionary.contains("ct.cm_contrast_2D_comb.fbs10"));
        assertTrue(dictionary.contains("ct.log-2mm-3d.stat_kurt"));
    }

    @Test
    void aLongTableHasARowForEveryFeatureWithItsCodeNameAndUnit() throws IOException {
        Path wide = config(CONFIG);
        assertEquals(0, features(ct, wide).code());
        Csv one = Csv.read(out());
        assertEquals(0, features(ct, wide, "--long").code());
        Csv rows = Csv.read(out());
        assertEquals(one.header().size() - 2, rows.rows().size());
        for (var row : rows.rows()) {
            String feature = rows.text(row, "feature");
            assertEquals(one.text(one.rows().get(0), feature), rows.text(row, "value"), feature);
            assertEquals(4, rows.text(row, "ibsi").length(), feature);
        }
        var mean = rows.rows().get(0);
        assertEquals("ct.stat_mean", rows.text(mean, "feature"));
        // IBSI 1 manual, 3.3.1
        assertEquals("Q4LE", rows.text(mean, "ibsi"));
        assertEquals("image unit", rows.text(mean, "unit"));
    }

    @Test
    void theFileBesideTheTableHasEverySettingColumnAndStage() throws IOException {
        String config = "features:\n  - ibsi: {image: ct, mask: lesion, dimensions: [2d]}\n";
        assertEquals(0, features(ct, config(config)).code());
        Map<String, Tree> fields =
                fields(Json.read(out().resolveSibling("features.settings.json")));
        assertEquals(
                List.of("version", "quantity", "features", "diagnostics", "dictionary"),
                List.copyOf(fields.keySet()));
        Tree entry = ((Tree.Items) fields.get("features")).values().get(0);
        Map<String, Tree> ibsi = fields(fields(entry).get("ibsi"));
        assertEquals("false", ((Tree.Text) ibsi.get("allowLossy")).value(), "a default, filled in");
        assertEquals("1", ((Tree.Text) fields(ibsi.get("texture")).get("distance")).value());
        List<String> columns = new ArrayList<>();
        for (Tree column : ((Tree.Items) fields.get("dictionary")).values()) {
            columns.add(((Tree.Text) fields(column).get("column")).value());
            assertEquals(4, ((Tree.Text) fields(column).get("ibsi")).value().length());
        }
        List<String> header = Csv.read(out()).header();
        assertEquals(header.subList(2, header.size()), columns);
        String text = Files.readString(out().resolveSibling("features.settings.json"));
        assertTrue(text.contains("\"ct.lesion.img_dim_x_init_img\": 12"), text);
        assertTrue(text.contains("\"ct.lesion.int_mask_vox_count_reseg_roi\": 216"), text);
        assertFalse(text.contains(folder.toString()), "no path of this machine");
    }

    /** Quantity, profile, filters and all: nothing but image, mask and that file is needed. */
    @Test
    void theSettingsThatWereWrittenMeasureTheSameAgain() throws IOException {
        Path file = folder.resolve("ct.nii.gz");
        Nifti.write(file, Volume.of(TinyCohort.GRID, cohort.hu("E01"), Quantity.UNKNOWN));
        Path again = folder.resolve("again.csv");
        String bare =
                "features:\n  - ibsi: {image: ct, mask: lesion, families: [glcm, statistics]}\n";
        for (List<Object> how :
                List.of(
                        List.<Object>of(config(CONFIG), "--quantity", "HU"),
                        List.<Object>of("ibsi-d", "--quantity", "HU"),
                        List.<Object>of("ibsi2-4-b"),
                        List.<Object>of(
                                Files.writeString(folder.resolve("bare.yaml"), bare),
                                "--quantity",
                                "HU",
                                "--profile",
                                "pyradiomics"))) {
            Cli.Said first = features(file, how.get(0), how.subList(1, how.size()).toArray());
            assertEquals(0, first.code(), first.err());
            Cli.Said said =
                    Cli.run(
                            "features",
                            file,
                            mask,
                            "--config",
                            out().resolveSibling("features.settings.json"),
                            "--out",
                            again);
            assertEquals(0, said.code(), said.err());
            assertEquals(Files.readString(out()), Files.readString(again), how.toString());
            assertEquals(
                    Files.readString(out().resolveSibling("features.settings.json")),
                    Files.readString(folder.resolve("again.settings.json")));
        }
    }

    @Test
    void aFileThatDoesNotSayWhatItsValuesAreIsToldSo() throws IOException {
        Path file = folder.resolve("ct.nii.gz");
        Nifti.write(file, Volume.of(TinyCohort.GRID, cohort.hu("E01"), Quantity.UNKNOWN));
        Cli.Said said = features(file, "ibsi-c", "--quantity", "HU", "--json", "-");
        assertEquals(0, said.code(), said.err());
        assertTrue(said.out().startsWith("{\n"), said.out());
        assertTrue(said.out().contains("\"fixed bin size 25\""), said.out());
        assertEquals("", said.err());
        assertEquals(
                "warning: ct.nii.gz: does not say what its values are, so none are rounded as HU and"
                        + " customary levels are 32 bins. Give --quantity if they are HU, SUVbw or"
                        + " MR.\n",
                features(file, "ibsi-c", "--json", folder.resolve("new/folder/s.json")).err());
        assertFalse(Files.exists(out().resolveSibling("features.settings.json")));
        assertEquals(217, Csv.read(out()).header().size());
        Files.delete(out());
        assertRefused(
                1,
                "ct: says itself what its values are (stored). Leave --quantity out.",
                features(ct, "ibsi-c", "--quantity", "HU"));
    }

    @Test
    void aWarningGoesToTheOtherStream() throws IOException {
        String config = "features:\n  - ibsi: {image: ct, mask: lesion, families: [glcm]}\n";
        Path file = folder.resolve("flat.nii.gz");
        org.diapason.volume.Geometry flat =
                org.diapason.volume.Geometry.of(12, 12, 10, 0.5, 0.5, 5);
        Nifti.write(file, Volume.of(flat, cohort.hu("E01"), Quantity.UNKNOWN));
        boolean[] inside = new boolean[flat.voxels()];
        java.util.Arrays.fill(inside, 300, 700, true);
        Nifti.writeMask(mask, org.diapason.volume.Mask.of(flat, inside));
        Cli.Said said = features(file, config(config));
        assertEquals(0, said.code(), said.err());
        assertTrue(
                said.err()
                        .startsWith(
                                "warning: exam image, image ct, mask lesion: texture is measured on"
                                        + " voxels of 0.500 × 0.500 × 5.000 mm"),
                said.err());
    }

    @Test
    void settingsThatAreNotThereAreGuessed() throws IOException {
        assertRefused(
                2,
                "ibsi-cc: there is no such file, and no settings of this name ship; did you mean"
                        + " \"ibsi-c\"?",
                features(ct, "ibsi-cc"));
        String typo = CONFIG.replace("sampling", "samplign");
        assertRefused(
                2,
                "config.yaml, line 5, column 7: ibsi has no setting \"samplign\"; did you mean"
                        + " \"sampling\"?",
                features(ct, config(typo)));
    }

    @Test
    void aNestedSettingThatIsNotThereIsGuessedAndOneTooHighIsSentDown() throws IOException {
        assertRefused(
                2,
                "config.yaml, line 5, column 18: sampling has no setting \"spacing-m\"; did you mean"
                        + " \"spacing-mm\"?",
                features(ct, config(CONFIG.replace("{spacing-mm: 1.5}", "{spacing-m: 1.5}"))));
        assertRefused(
                2,
                "config.yaml, line 5, column 7: ibsi has no setting \"spacing-mm\"; it belongs in"
                        + " sampling.",
                features(
                        ct,
                        config(CONFIG.replace("sampling: {spacing-mm: 1.5}", "spacing-mm: 1.5"))));
    }

    @Test
    void aFilterThatIsNotThereIsGuessed() throws IOException {
        assertRefused(
                2,
                "config.yaml, line 14, column 17: filters has no \"meam\"; did you mean \"mean\"?",
                features(ct, config(CONFIG.replace("{mean: {support: 3}}", "meam"))));
    }

    @Test
    void aWholeRecipeAndAnEmptyOneAreNoSettings() throws IOException {
        assertRefused(
                2,
                "config.yaml: has more than features, and one image is measured as it is, without"
                        + " images, table and judge. Give a file with the part features only, or use"
                        + " diapason run.",
                features(ct, config("images: [units]\n" + CONFIG)));
        assertRefused(
                2,
                "config.yaml: has no features. Write what is measured, as in features: [{ibsi:"
                        + " {image: ct, mask: gtv}}].",
                features(ct, config("seed: 3\n")));
    }

    @Test
    void severalImagesOrMasksAreForARun() throws IOException {
        String two = "features:\n  - ibsi: {image: ct, mask: a}\n  - ibsi: {image: pet, mask: b}\n";
        assertRefused(
                2,
                "the settings name 2 images (ct, pet), and there is one. Name the same in every"
                        + " entry, or use diapason run.",
                features(ct, config(two)));
        assertRefused(
                2,
                "the settings name 2 masks (a, b), and there is one. Name the same in every entry,"
                        + " or use diapason run.",
                features(ct, config(two.replace("pet", "ct"))));
    }

    @Test
    void whatShipsIsWhatIsListedAndCanBeRead() throws IOException, URISyntaxException {
        Path shipped = Path.of(FeatureSettings.class.getResource("ibsi/ibsi-a.yaml").toURI());
        TreeSet<String> files = new TreeSet<>();
        try (Stream<Path> all = Files.list(shipped.getParent())) {
            all.forEach(f -> files.add(f.getFileName().toString().replace(".yaml", "")));
        }
        assertEquals(files, new TreeSet<>(FeatureSettings.shipped()));
        for (String name : FeatureSettings.shipped()) {
            assertEquals(1, FeatureSettings.read(Path.of(name + ".yaml")).features().size(), name);
        }
    }

    private static Map<String, Tree> fields(Tree tree) {
        return ((Tree.Fields) tree).values();
    }
}
