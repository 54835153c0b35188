package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.diapason.catalogue.Catalogue;
import org.diapason.catalogue.Settings;
import org.diapason.catalogue.Tree;
import org.diapason.io.dicom.DicomCtWriter;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.run.Json;
import org.diapason.phantom.PlantedCohort;
import org.diapason.phantom.VirtualScanner;
import org.diapason.volume.Geometry;
import org.diapason.volume.ScannerCalibration;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    @TempDir Path folder;

    private Path series(Map<String, String> attributes) {
        Geometry grid = Geometry.of(12, 10, 6, 1, 1, 2);
        Path scan = folder.resolve("scan");
        DicomCtWriter.write(scan, "s", grid, new float[grid.voxels()], 1, -1024, attributes);
        return scan;
    }

    @Test
    void theListOfCommandsHasHeadings() {
        String list = Cli.run().out();
        assertTrue(list.contains("\n\nRegistration\n  register "), list);
        assertTrue(list.contains("\n\nHelp\n  completion "), list);
        assertEquals(10, list.split("\n\n").length, "synopsis, eight groups, first steps");
    }

    @Test
    void aPhantomScanBecomesACalibrationThatARunReads() throws IOException {
        VirtualScanner scanner = PlantedCohort.SCANNERS.get(0); // gain 0.97, −20 HU, FWHM 3 mm
        Volume scan = new PlantedCohort(1).phantomScan(scanner);
        Map<String, String> tags = Map.of("StationName", "A", "SeriesDate", "20260101");
        DicomCtWriter.write(
                folder.resolve("phantom"), "p", scan.geometry(), scan.values(), 1, -1024, tags);
        Path json = folder.resolve("calibration.json");
        Cli.Said said = Cli.run("phantom", folder.resolve("phantom"), "--out", json);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        assertTrue(said.out().contains("\nA: FWHM 3.0"), said.out());
        ScannerCalibration c = Settings.read(ScannerCalibration.class, Json.read(json));
        assertEquals("A", c.scanner());
        assertEquals("2026-01-01", c.date());
        assertEquals(0.97, c.gain().orElseThrow(), 0.005);
        assertEquals(-20, c.offset().orElseThrow(), 1);
        for (int a = 0; a < 3; a++) {
            assertEquals(3, c.fwhmMm().orElseThrow().get(a), 0.15);
        }
        Cli.Said named =
                Cli.run(
                        "phantom",
                        folder.resolve("phantom"),
                        "--out",
                        json,
                        "--scanner",
                        "Room 3",
                        "--date",
                        "2026-02-03");
        assertEquals(0, named.code());
        assertTrue(Files.readString(json).contains("\"scanner\": \"Room 3\""));
        assertTrue(Files.readString(json).contains("\"date\": \"2026-02-03\""));
    }

    @Test
    void aScanWithoutNameOrDateAsksForThem() {
        Cli.Said said =
                Cli.run(
                        "phantom",
                        series(Map.of("StationName", "", "ManufacturerModelName", "")),
                        "--out",
                        folder.resolve("c.json"));
        assertEquals(
                "diapason: the scan has no tag StationName or ManufacturerModelName: add --scanner.\n",
                said.err());
        assertEquals(2, said.code());
        assertFalse(Files.exists(folder.resolve("c.json")));
    }

    @Test
    void anInspectionSaysWhatASeriesIs() {
        Path scan = series(Map.of("ConvolutionKernel", "B30f"));
        Cli.Said said = Cli.run("inspect", scan);
        assertEquals(0, said.code(), said.out());
        for (String part : new String[] {"CT", "HU", "12 × 10 × 6 voxels", "B30f"}) {
            assertTrue(said.out().contains(part), part);
        }
        Cli.Said json = Cli.run("inspect", scan, "--json", "-");
        Tree.Fields fields = (Tree.Fields) Json.parse("said", json.out());
        assertTrue(fields.values().containsKey("parts"));
    }

    @Test
    void anInspectionWritesTheTablesThatItIsAskedFor() throws java.io.IOException {
        Path scan = series(Map.of("ConvolutionKernel", "B30f"));
        Path table = scan.resolveSibling("table.csv");
        Path cohort = scan.resolveSibling("cohort.csv");
        Cli.Said said = Cli.run("inspect", scan, "--table", table, "--cohort", cohort);
        assertEquals(0, said.code(), said.out());
        String rows = java.nio.file.Files.readString(table);
        assertTrue(rows.startsWith("path,modality,quantity,files,columns,rows,slices,"), rows);
        assertTrue(rows.contains("\n.,CT,HU,6,12,10,6,"), rows);
        assertTrue(
                java.nio.file.Files.readString(cohort).startsWith("exam,image.ct,scanner\n"), rows);
    }

    @Test
    void anInspectionOfASeriesWithoutAUnitEndsWithOne() {
        Cli.Said said = Cli.run("inspect", series(Map.of("RescaleSlope", "")));
        assertEquals(1, said.code());
        assertTrue(
                said.out()
                        .contains(
                                "problem: All slices lack RescaleSlope (0028,1053), so the values have"
                                        + " no unit."),
                said.out());
    }

    @Test
    void anInspectionOfNothingSaysSo() {
        Cli.Said said = Cli.run("inspect", folder.resolve("absent"));
        assertEquals(1, said.code());
        assertEquals("problem: absent: there is no such file or folder.\n", said.out());
    }

    @Test
    void oneStepCanBeTriedOnOneImage() {
        Path out = folder.resolve("out.nii.gz");
        Cli.Said said =
                Cli.run(
                        "step",
                        "isotropic",
                        series(Map.of()),
                        out,
                        "--spacing-mm",
                        2,
                        "--interpolation",
                        "linear");
        assertEquals("", said.err());
        assertEquals(0, said.code());
        assertTrue(said.out().contains("image.interpolation: \"linear\""), said.out());
        Geometry grid = Nifti.readGeometry(out);
        assertEquals("6 × 5 × 6", grid.ni() + " × " + grid.nj() + " × " + grid.nk());
    }

    @Test
    void aStepSaysWhatItNeedsAndWhatItMustNotDo() {
        Path scan = series(Map.of());
        Path out = folder.resolve("out.nii.gz");
        assertStep(
                2,
                "diapason step isotropic: isotropic needs the setting \"spacing-mm\": the new distance of"
                        + " voxels in mm; positive.",
                "isotropic",
                scan,
                out);
        assertStep(
                2,
                "--spacing: isotropic has no setting \"spacing\"; did you mean \"spacing-mm\"?",
                "isotropic",
                scan,
                out,
                "--spacing",
                2);
        assertStep(
                2,
                "diapason step: there is no method \"isotopic\"; did you mean \"isotropic\"?",
                "isotopic",
                scan,
                out);
        assertStep(
                2,
                "coarsest-fwhm learns from a whole cohort; put it into a recipe and use diapason run.",
                "coarsest-fwhm",
                scan,
                out);
        assertStep(
                2,
                "combat does not work on images; only methods listed under images can be steps here.",
                "combat",
                scan,
                out);
        assertStep(
                1,
                "exam image, image image: resolution along axis i is 7.00 mm, coarser than the target"
                        + " 6.00 mm, and blur cannot sharpen it. Raise target-fwhm-mm to at least 7.00"
                        + " or leave this exam out.",
                "match-fwhm",
                scan,
                out,
                "--fwhm",
                7,
                "--target-fwhm-mm",
                6);
        assertFalse(Files.exists(out));
    }

    private static void assertStep(int code, String message, Object... arguments) {
        Object[] words = new Object[arguments.length + 1];
        words[0] = "step";
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        Cli.Said said = Cli.run(words);
        assertEquals("diapason: " + message + "\n", said.err());
        assertEquals(code, said.code());
    }

    @Test
    void methodsListsWhatARecipeCanNameAndTheSettingsOfEach() {
        String all = Cli.run("methods").out();
        for (Catalogue.Entry entry : Catalogue.entries()) {
            assertEquals(entry.written(), all.contains("  " + entry.name() + " "), entry.name());
            if (entry.written()) {
                Cli.Said one = Cli.run("methods", entry.name());
                assertEquals(0, one.code());
                assertTrue(one.out().startsWith(entry.name() + ": "), one.out());
                for (String line : one.out().split("\n")) {
                    assertTrue(line.length() <= 100, line);
                    assertFalse(line.endsWith("):"), "a setting without help: " + line);
                    assertFalse(line.endsWith(": ") || line.endsWith("-"), "no summary: " + line);
                }
            }
        }
        assertEquals(
                "diapason: diapason methods: there is no method \"combta\"; did you mean"
                        + " \"combat\"?\n",
                Cli.run("methods", "combta").err());
    }

    @Test
    void methodsListsNestedSettingsFamiliesAndWordsAndFindsOneByItsPath() {
        String ibsi = Cli.run("methods", "ibsi").out();
        assertTrue(
                ibsi.contains(
                        "\n      spacing-mm (number, required): distance of voxels in mm; positive\n"),
                ibsi);
        assertTrue(ibsi.contains("\n          words: linear, cubic, nearest, sinc\n"), ibsi);
        assertTrue(ibsi.contains("\n        gabor: Finds stripes"), ibsi);
        assertTrue(ibsi.contains("\n            sigma-mm (number, required): width"), ibsi);
        String mean = Cli.run("methods", "ibsi", "filters", "mean").out();
        assertTrue(mean.startsWith("mean: Averages the voxels"), mean);
        assertTrue(mean.contains("\n    support (whole number, required): voxels"), mean);
        assertEquals(
                "words: 2d, 3d",
                Cli.run("methods", "response", "filter", "riesz", "space")
                        .out()
                        .split("\n")[1]
                        .strip());
        assertEquals(
                "diapason: diapason methods ibsi filters: there is no \"gabro\"; did you mean"
                        + " \"gabor\"?\n",
                Cli.run("methods", "ibsi", "filters", "gabro").err());
        assertEquals(
                "diapason: diapason methods perturb mask: there is no \"x\"; it has no settings of its"
                        + " own.\n",
                Cli.run("methods", "perturb", "mask", "x").err());
    }

    @Test
    void everyCommandHasHelpAndTheHelpNamesEveryCommand() {
        Cli.Said help = Cli.run("help");
        assertEquals(0, help.code());
        assertEquals(help.out(), Cli.run().out());
        assertEquals(help.out(), Cli.run("--help").out());
        for (String command : CommandLines.COMMANDS.keySet()) {
            assertTrue(help.out().contains("  " + command + " "), command);
            Cli.Said one = Cli.run("help", command);
            assertEquals(0, one.code());
            assertEquals("", one.err(), "such as a % that picocli takes for a format");
            assertTrue(one.out().startsWith("Usage: diapason " + command), one.out());
            assertEquals(one.out(), Cli.run(command, "--help").out());
        }
    }

    @Test
    void completionIsAScriptForTheShell() {
        Cli.Said said = Cli.run("completion");
        assertEquals(0, said.code());
        assertTrue(said.out().startsWith("#!/usr/bin/env bash"), said.out());
        assertTrue(said.out().contains("--cohort") && said.out().contains("replay"));
    }
}
