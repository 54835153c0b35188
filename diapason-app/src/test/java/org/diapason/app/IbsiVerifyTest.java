package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diapason.catalogue.Tree;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.run.Json;
import org.diapason.io.table.Csv;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The consensus of the IBSI where its data are, and small folders that agree or do not. */
class IbsiVerifyTest {
    private static final Geometry GRID = Geometry.of(5, 4, 3, 2, 2, 2);

    @TempDir Path folder;

    /** Every value and map that the data folder has; the counts say that none was left aside. */
    @Test
    void everyValueAndMapOfTheConsensusIsMet() {
        Path data = Path.of(System.getProperty("diapason.data", "../../shared/data"));
        Assumptions.assumeTrue(
                Files.isDirectory(data.resolve("ibsi1"))
                        && Files.isDirectory(data.resolve("ibsi2")),
                "ibsi1 and ibsi2 are not in the data folder");
        Path json = folder.resolve("found.json");
        Cli.Said said = Cli.run("ibsi-verify", data, "--json", json);
        assertEquals("", said.err());
        assertEquals(0, said.code(), said.out());
        // 482 + 346 + 210 + 210 features, 3 · 60 diagnostics, 12 · 18 statistics of responses;
        // without: 5 in each table, and all of B (351) and E (215), of which there is no table
        String last = said.out().strip().replaceFirst("(?s).*\n", "");
        assertEquals("features    1644 match, 0 miss, 586 without consensus; 20 of 20 maps", last);
        Map<String, Tree> fields = ((Tree.Fields) Json.read(json)).values();
        assertEquals("true", ((Tree.Text) fields.get("pass")).value());
        assertEquals(20, ((Tree.Items) fields.get("maps")).values().size());
    }

    /** Writes a small digital phantom and, as its consensus, what is measured of it. */
    private List<List<String>> phantom() throws IOException {
        Path at = Files.createDirectories(folder.resolve("digital_phantom/nifti"));
        float[] values = new float[GRID.voxels()];
        boolean[] inside = new boolean[values.length];
        for (int v = 0; v < values.length; v++) {
            values[v] = 1 + v * 7 % 5;
            inside[v] = v % 11 != 0;
        }
        Path image = Files.createDirectories(at.resolve("image")).resolve("i.nii.gz");
        Path mask = Files.createDirectories(at.resolve("mask")).resolve("m.nii.gz");
        Nifti.write(image, Volume.of(GRID, values, Quantity.UNKNOWN));
        Nifti.writeMask(mask, Mask.of(GRID, inside));
        Path table = folder.resolve("measured.csv");
        Cli.Said said =
                Cli.run("features", image, mask, "--config", "ibsi-phantom", "--out", table);
        assertEquals(0, said.code(), said.err());
        Csv csv = Csv.read(table);
        List<List<String>> rows = new ArrayList<>();
        for (int c = 2; c < csv.header().size(); c++) {
            String tag = csv.header().get(c).replaceFirst("^phantom\\.", "");
            rows.add(
                    new ArrayList<>(
                            List.of(
                                    tag.replaceFirst("\\.levels$", ""),
                                    csv.rows().get(0).cells().get(c),
                                    "0.002")));
        }
        rows.forEach(row -> row.set(2, relative(row.get(1))));
        return rows;
    }

    /** Half a unit of the third digit and a little more: what rounding may take. */
    private static String relative(String value) {
        return value.isEmpty() ? "" : String.valueOf(0.006 * Math.abs(Double.parseDouble(value)));
    }

    private Cli.Said verify(List<List<String>> rows) throws IOException {
        Path consensus = Files.createDirectories(folder.resolve("consensus"));
        Csv.write(
                consensus.resolve("digital_phantom.csv"),
                List.of("tag", "consensus_value", "tolerance"),
                rows);
        return Cli.run("ibsi-verify", folder);
    }

    private static List<String> row(List<List<String>> rows, String tag) {
        return rows.stream().filter(r -> r.get(0).equals(tag)).findFirst().orElseThrow();
    }

    @Test
    void aFolderThatAgreesPasses() throws IOException {
        Cli.Said said = verify(phantom());
        assertEquals(0, said.code(), said.out());
        assertEquals("", said.err());
        assertTrue(said.out().startsWith("digital phantom\n  morph       "), said.out());
    }

    @ParameterizedTest(name = "{0} of {1} ± {2}")
    @CsvSource({"stat_mean, 3.5, 0.2", "cm_contrast_3D_avg, 1, 0.01", "ivh_v10, 5, 0"})
    void oneWrongValueIsAMissWithBothValues(String tag, String value, String tolerance)
            throws IOException {
        List<List<String>> rows = phantom();
        String found = row(rows, tag).get(1);
        row(rows, tag).set(1, value);
        row(rows, tag).set(2, tolerance);
        Cli.Said said = verify(rows);
        assertEquals(1, said.code());
        String miss = "MISS digital phantom: " + tag + " is " + found;
        assertTrue(
                said.out().contains(miss + ", the consensus is " + value + " ± " + tolerance),
                said.out());
        assertTrue(said.out().contains(" 1 miss"), said.out());
    }

    @Test
    void aReferenceWithoutAFeatureAndAFeatureWithoutAReferenceAreMisses() throws IOException {
        List<List<String>> rows = phantom();
        row(rows, "stat_mean").set(0, "stat_mode");
        Cli.Said said = verify(rows);
        assertEquals(1, said.code());
        assertTrue(
                said.out()
                        .contains(
                                "MISS no feature for digital phantom: stat_mode\n"
                                        + "MISS no reference for digital phantom: stat_mean\n"),
                said.out());
    }

    @Test
    void anUndefinedFeatureMissesAReference() {
        IbsiReferences.Value one = new IbsiReferences.Value("1", "100");
        assertEquals(IbsiVerification.Outcome.MISS, outcome(Double.NaN, one));
        assertEquals(IbsiVerification.Outcome.MATCH, outcome(1.0004, one));
    }

    /** 125256 voxels are not 125000; 13.449 HU are 13.4. */
    @Test
    void valuesAreRoundedToThreeDigitsOrAsManyAsTheConsensusHas() {
        IbsiReferences.Value voxels = new IbsiReferences.Value("125256", "0");
        assertEquals(IbsiVerification.Outcome.MATCH, outcome(125256, voxels));
        assertEquals(IbsiVerification.Outcome.MISS, outcome(125257, voxels));
        IbsiReferences.Value hu = new IbsiReferences.Value("13.4", "0");
        assertEquals(IbsiVerification.Outcome.MATCH, outcome(13.449, hu));
        assertEquals(IbsiVerification.Outcome.MISS, outcome(13.451, hu));
        IbsiReferences.Value none = new IbsiReferences.Value("", "");
        assertEquals(IbsiVerification.Outcome.WITHOUT, outcome(13.451, none));
    }

    private static IbsiVerification.Outcome outcome(double found, IbsiReferences.Value expected) {
        return new IbsiVerification.Value("x", "stat", "stat_mean", found, expected).outcome();
    }

    @Test
    void aMapOfAnotherFilterMisses() throws IOException {
        Path phantoms = folder.resolve("digital_phantoms/nifti/impulse/image");
        Path maps = folder.resolve("reference/reference_response_maps");
        Files.createDirectories(phantoms);
        Files.createDirectories(maps);
        Geometry g = Geometry.of(16, 16, 16, 2, 2, 2);
        float[] impulse = new float[g.voxels()];
        impulse[g.index(8, 8, 8)] = 255;
        Nifti.write(phantoms.resolve("impulse.nii.gz"), Volume.of(g, impulse, Quantity.UNKNOWN));
        Path map = maps.resolve("2_a-ValidCRM.nii.gz");
        float[] response =
                new org.diapason.features.filter.LaplacianOfGaussian(
                                3,
                                4,
                                org.diapason.math.Boundary.ZERO,
                                org.diapason.features.filter.Space.VOLUME)
                        .respond(g, impulse);
        Nifti.write(map, Volume.of(g, response, Quantity.UNKNOWN));
        Cli.Said same = Cli.run("ibsi-verify", folder);
        assertEquals(0, same.code(), same.out());
        assertTrue(same.out().startsWith("map 2.a: largest distance 0.0000 % "), same.out());
        response[g.index(3, 3, 3)] += 0.1f;
        Nifti.write(map, Volume.of(g, response, Quantity.UNKNOWN));
        Cli.Said other = Cli.run("ibsi-verify", folder);
        assertEquals(1, other.code());
        assertTrue(other.out().startsWith("MISS map 2.a: largest distance 1."), other.out());
        Files.move(map, maps.resolve("2_c-ValidCRM.nii.gz"));
        Cli.Said unknown = Cli.run("ibsi-verify", folder);
        assertEquals(1, unknown.code());
        assertTrue(unknown.out().contains("MISS no feature for map 2.c\n"), unknown.out());
    }

    @Test
    void nothingToCompareIsNoPass() {
        Cli.Said said = Cli.run("ibsi-verify", folder);
        assertEquals(
                "nothing was compared: the folder has no phantom with consensus values and no"
                        + " response map\n",
                said.out());
        assertEquals(1, said.code());
        Cli.Said absent = Cli.run("ibsi-verify", folder.resolve("absent"));
        assertEquals(
                "diapason: " + folder.resolve("absent") + ": there is no such folder.\n",
                absent.err());
        assertEquals(1, absent.code());
    }
}
