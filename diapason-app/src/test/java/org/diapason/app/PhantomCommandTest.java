package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.diapason.catalogue.Settings;
import org.diapason.io.dicom.DicomCtWriter;
import org.diapason.io.run.Json;
import org.diapason.math.Mtf;
import org.diapason.phantom.PlantedCohort;
import org.diapason.phantom.analysis.QaProtocol;
import org.diapason.volume.ScannerCalibration;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhantomCommandTest {
    @TempDir Path folder;

    private static Path data(String of) {
        Path path = Path.of(System.getProperty("diapason.data", "absent")).resolve(of);
        Assumptions.assumeTrue(Files.isDirectory(path), path + " is not here");
        return path;
    }

    @Test
    void aProtocolJudgesTheCalibrationAndSaysHowLongItHolds() throws IOException {
        Volume scan = new PlantedCohort(1).phantomScan(PlantedCohort.SCANNERS.get(0));
        Map<String, String> tags = Map.of("StationName", "A", "SeriesDate", "20260101");
        Path series = folder.resolve("phantom");
        DicomCtWriter.write(series, "p", scan.geometry(), scan.values(), 1, -1024, tags);
        Path protocol = folder.resolve("p.yaml");
        Files.writeString(
                protocol,
                """
                name: ours
                source: acceptance test
                valid-days: 90
                limits:
                  - {metric: fwhm-i, baseline: 3, tolerance: 0.2, action: 0.4}
                  - {metric: offset, baseline: -25, tolerance: 2, action: 10}
                """);
        Path json = folder.resolve("c.json");
        Cli.Said said = Cli.run("phantom", series, "--out", json, "--protocol", protocol);
        assertEquals(0, said.code(), said.err());
        assertTrue(said.out().contains("valid until 2026-04-01"), said.out());
        assertTrue(said.out().contains("  fwhm-i                ok: 3.0"), said.out());
        assertTrue(said.out().contains("  offset                tolerance: -"), said.out());
        ScannerCalibration c = Settings.read(ScannerCalibration.class, Json.read(json));
        assertEquals(Optional.of("2026-04-01"), c.validUntil());
        // a Gaussian of 3 mm keeps half at 0.441271/3 per mm
        Mtf curve = new Mtf(c.mtfPerMm().orElseThrow(), c.mtfInPlane().orElseThrow());
        assertEquals(0.441271 / 3, curve.f50(), 0.02 * 0.147);
        assertTrue(c.mtfThroughPlane().isPresent());
        Files.writeString(
                protocol,
                "{name: strict, source: a test, limits: [{metric: gain, low: 0.99, high: 1.01}]}");
        Cli.Said strict =
                Cli.run(
                        "phantom",
                        series,
                        "--out",
                        json,
                        "--protocol",
                        protocol,
                        "--valid-until",
                        "2026-02-01");
        assertEquals(1, strict.code());
        assertTrue(strict.out().contains("gain                  action: 0.9"), strict.out());
        assertTrue(Files.readString(json).contains("\"validUntil\": \"2026-02-01\""));
    }

    @Test
    void theSpheresOfARenderedPetAreJudgedByTheBandsOfEarl() throws IOException {
        Path out = folder.resolve("pet");
        assertEquals(0, Cli.run("phantom-render", "nema-pet", out, "--scanner", "pet-old").code());
        Path json = folder.resolve("r.json");
        Path picture = folder.resolve("r.png");
        Cli.Said said =
                Cli.run(
                        "phantom",
                        out.resolve("image.nii.gz"),
                        "--as",
                        "nema-pet",
                        "--protocol",
                        "earl1",
                        "--json",
                        json,
                        "--picture",
                        picture);
        assertEquals("", said.err());
        assertTrue(said.out().contains("modules: 8 done, 0 failed"), said.out());
        assertTrue(said.out().contains("rc-a50.37"), said.out());
        assertTrue(Files.readString(json).contains("\"verdicts\""));
        assertTrue(Files.size(picture) > 3_000);
    }

    /** Every phantom writes what it shows; what it does not show is absent. */
    @Test
    void anyPhantomThatShowsNoiseOrALineWritesACalibration() throws IOException {
        Path out = folder.resolve("rods");
        Path mine =
                Files.writeString(
                        folder.resolve("s.yaml"),
                        """
                        {name: s, gain: 0.97, offset: -20, psf-mm: 3, spacing-mm: [1.5, 1.5, 5],
                         box-mm: [0, 0, 5], noise: {white: {sd: 8}}}
                        """);
        assertEquals(0, Cli.run("phantom-render", "hu-rods", out, "--scanner", mine).code());
        Path json = folder.resolve("c.json");
        Path scan = out.resolve("image.nii.gz");
        Cli.Said said = phantom(scan, json, "2026-12-31");
        assertEquals("", said.err());
        assertEquals(0, said.code(), said.out());
        ScannerCalibration c = Settings.read(ScannerCalibration.class, Json.read(json));
        assertEquals(0.97, c.gain().orElseThrow(), 2e-3);
        assertEquals(-20, c.offset().orElseThrow(), 1);
        assertEquals(8, c.noiseSd().orElseThrow(), 0.4);
        assertTrue(c.fwhmMm().isEmpty());
        assertEquals(Optional.of("2026-12-31"), c.validUntil());
        Cli.Said late = phantom(scan, json, "2025-12-31");
        assertEquals(2, late.code());
        assertEquals(
                "diapason: --valid-until 2025-12-31 is before the day of the scan, 2026-01-01, so the"
                        + " calibration would be refused for every exam. Give a later day, or scan"
                        + " the phantom again.\n",
                late.err());
    }

    private static Cli.Said phantom(Path scan, Path out, String until) {
        return Cli.run(
                "phantom",
                scan,
                "--as",
                "hu-rods",
                "--out",
                out,
                "--scanner",
                "s",
                "--date",
                "2026-01-01",
                "--valid-until",
                until);
    }

    @Test
    void theProtocolsThatShipAreSoundAndTheSecondarySourceIsMarked() throws IOException {
        int limits = 0;
        for (String name : PhantomQa.PROTOCOLS) {
            QaProtocol p = PhantomQa.protocol(name);
            assertEquals(name, p.name());
            limits += p.limits().size();
        }
        assertEquals(5 + 6 + 14 + 20, limits);
        assertTrue(PhantomQa.protocol("earl2").source().startsWith("SECONDARY SOURCE"));
    }

    @Test
    void aPhantomThatIsNotKnownIsSaid() {
        Cli.Said said = Cli.run("phantom", folder, "--as", "catphan");
        assertEquals(2, said.code());
        assertTrue(
                said.err().startsWith("diapason: --as: there is no phantom \"catphan\", only qa,"),
                said.err());
        Cli.Said two = Cli.run("phantom", folder, "--as", "acr-mri", "--date", "2026-01-01");
        assertEquals(2, two.code());
        assertEquals(
                "diapason: --scanner, --date and --valid-until are written to the calibration: add"
                        + " --out.\n",
                two.err());
    }

    /**
     * hazen's figures as the list of the data quotes them; a cross-check: PIU 67.49, 80.66, 92.03;
     * slice thickness 5.89 (Siemens) and 5.36 mm (Philips). Its discs and rows are placed
     * otherwise.
     */
    @ParameterizedTest
    @CsvSource({
        "Siemens, 67.49, 5.89",
        "PhilipsAchieva, 80.66, 5.36",
        "GE_Signa_Artist_1.5T_T1, 92.03, NaN"
    })
    void realAcrSeriesAreFoundAndComeNearAnotherProgram(String vendor, double piu, double mm)
            throws IOException {
        Path json = folder.resolve("r.json");
        Cli.run(
                "phantom",
                data("phantoms/acr_mri").resolve(vendor),
                "--as",
                "acr-mri",
                "--json",
                json);
        String text = Files.readString(json);
        assertEquals(piu, value(text, "piu"), 1.5);
        if (mm > 0) {
            assertEquals(mm, value(text, "slice-thickness"), 0.6);
        }
    }

    private static double value(String json, String metric) {
        String from = json.substring(json.indexOf("\"" + metric + "\""));
        from = from.substring(from.indexOf("\"value\": ") + 9);
        return Double.parseDouble(from.substring(0, from.indexOf(',')).strip());
    }
}
