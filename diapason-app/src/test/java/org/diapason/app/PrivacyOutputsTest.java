package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.diapason.io.Images;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No trace of a patient in what comes of CT, MR and PET, nor in files that live only for a while.
 */
class PrivacyOutputsTest {
    private static final int SLICES = 10;

    @TempDir Path folder;

    private enum Modality {
        CT(Map.of()),
        MR(
                Map.of(
                        "Modality",
                        "MR",
                        "SOPClassUID",
                        "1.2.840.10008.5.1.4.1.1.4",
                        "RescaleIntercept",
                        "",
                        "RescaleSlope",
                        "",
                        "RescaleType",
                        "")),
        PT(
                Map.ofEntries(
                        Map.entry("Modality", "PT"),
                        Map.entry("SOPClassUID", "1.2.840.10008.5.1.4.1.1.128"),
                        Map.entry("RescaleIntercept", "0"),
                        Map.entry("RescaleSlope", "10"),
                        Map.entry("RescaleType", ""),
                        Map.entry("Units", "BQML"),
                        Map.entry("DecayCorrection", "START"),
                        Map.entry("CorrectedImage", "ATTN\\DECY"),
                        Map.entry("PatientWeight", "70"),
                        Map.entry("PatientSize", "1.75"),
                        Map.entry("RadionuclideTotalDose", "368080000"),
                        Map.entry("RadionuclideHalfLife", "6586.2"),
                        Map.entry("RadiopharmaceuticalStartDateTime", "20250101100000"),
                        Map.entry("SeriesDate", "20250101"),
                        Map.entry("SeriesTime", "110000"),
                        Map.entry("AcquisitionDate", "20250101"),
                        Map.entry("AcquisitionTime", "110000")));

        final Map<String, String> attributes;

        Modality(Map<String, String> attributes) {
            this.attributes = attributes;
        }
    }

    private TinyCohort planted(Modality modality) throws IOException {
        TinyCohort cohort = TinyCohort.of(folder.resolve("data"), 2);
        for (String id : List.of("E01", "E02")) {
            cohort.series(id, modality.attributes);
        }
        try (Stream<Path> walk = Files.walk(cohort.folder)) {
            for (Path file : walk.filter(p -> p.toString().endsWith(".dcm")).toList()) {
                Canary.plant(file);
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertEquals(5, Canary.in(text).size(), "planted, but for the date in words");
            }
        }
        return cohort;
    }

    private static Cli.Said silent(Object... words) {
        Cli.Said said = Cli.run(words);
        Canary.assertAbsent("standard output", said.out());
        Canary.assertAbsent("standard error", said.err());
        assertEquals(0, said.code(), said.out() + said.err());
        return said;
    }

    /** Keeps every file that appears in some folders under a second name, so that none is lost. */
    private static final class Watch extends Thread {
        private final List<Path> folders;
        private final Path kept;
        private final Set<Object> seen = new HashSet<>();
        private volatile boolean ends;

        Watch(Path kept, Path... folders) throws IOException {
            this.kept = Files.createDirectories(kept);
            this.folders = List.of(folders);
        }

        @Override
        public void run() {
            while (!ends) {
                folders.forEach(this::look);
                LockSupport.parkNanos(200_000); // a processor of its own is the other tests'
            }
        }

        private void look(Path folder) {
            try (Stream<Path> walk = Files.walk(folder)) {
                for (Path file : walk.filter(Files::isRegularFile).toList()) {
                    if (seen.add(Files.getAttribute(file, "unix:ino"))) {
                        Path twin = kept.resolve(seen.size() + "-" + file.getFileName());
                        Files.createLink(twin, file);
                    }
                }
            } catch (IOException | java.io.UncheckedIOException e) {
                // it was gone before it could be kept
            }
        }

        int end() throws InterruptedException, IOException {
            ends = true;
            join();
            return Canary.assertAbsent(kept);
        }
    }

    private Process start(Path tmp, Path log, Object... words) throws IOException {
        List<String> java = new ArrayList<>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.add("-Djava.io.tmpdir=" + tmp);
        java.add("-cp");
        java.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        java.add("org.diapason.app.Main");
        for (Object word : words) {
            java.add(word.toString());
        }
        return new ProcessBuilder(java)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    @ParameterizedTest
    @EnumSource(Modality.class)
    void aRunAndItsReplayLeaveNothingInAnyFileEvenOfThoseTheyRemove(Modality modality)
            throws Exception {
        TinyCohort cohort = planted(modality);
        Path tmp = Files.createDirectories(folder.resolve("tmp"));
        Path out = folder.resolve("out");
        Path log = folder.resolve("log");
        String recipe = "seed: 1\nimages:\n  - units\n  - isotropic: {spacing-mm: 2.5}\n";
        Watch watch = new Watch(folder.resolve("kept"), tmp, out);
        watch.start();
        Process run =
                start(
                        tmp,
                        log,
                        "run",
                        cohort.recipe(recipe),
                        "--cohort",
                        cohort.table(),
                        "--out",
                        out);
        int code = run.waitFor();
        String said = Files.readString(log);
        Canary.assertAbsent("both streams", said);
        assertEquals(0, code, said);
        assertTrue(watch.end() > 4, "files were looked through");
        Watch replayed = new Watch(folder.resolve("replayed"), tmp, out);
        replayed.look(out);
        int before = replayed.seen.size();
        replayed.start();
        Process replay = start(tmp, log, "replay", out.resolve("traces/E01.json"));
        code = replay.waitFor();
        Canary.assertAbsent("both streams", Files.readString(log));
        assertEquals(0, code, Files.readString(log));
        assertEquals(before, replayed.end(), "comparing writes no file");
        assertTrue(Canary.assertAbsent(out) > 4, "files were looked through");
        Canary.assertAbsent(tmp);
    }

    @ParameterizedTest
    @EnumSource(Modality.class)
    void aRunThatIsKilledLeavesNothingBehind(Modality modality) throws Exception {
        TinyCohort cohort = planted(modality);
        Path tmp = Files.createDirectories(folder.resolve("tmp"));
        Path out = folder.resolve("out");
        Path log = folder.resolve("log");
        String recipe = "seed: 1\nimages:\n  - units\n  - isotropic: {spacing-mm: 0.5}\n";
        Path table = cohort.table();
        Process run =
                start(tmp, log, "run", cohort.recipe(recipe), "--cohort", table, "--out", out);
        while (run.isAlive() && !Files.isDirectory(out.resolve(".work"))) {
            Thread.onSpinWait();
        }
        run.destroyForcibly().waitFor();
        Canary.assertAbsent("both streams", Files.readString(log));
        Canary.assertAbsent(out);
        Canary.assertAbsent(tmp);
        assertTrue(Files.isDirectory(out), "it had begun");
    }

    @ParameterizedTest
    @EnumSource(Modality.class)
    void convertingLeavesNothingInAnyFormat(Modality modality) throws IOException {
        Path series = planted(modality).folder.resolve("E01/ct");
        Path out = folder.resolve("out");
        for (String name : List.of("a.nii", "a.nii.gz", "a.nrrd", "a.mha", "a.mhd", "a.tif")) {
            silent("convert", series, out.resolve("plain").resolve(name));
            Path file = out.resolve("asked").resolve(name);
            Cli.Said said = silent("convert", series, file, "--deidentify");
            assertTrue(
                    said.err()
                            .endsWith(
                                    "note: "
                                            + name
                                            + " holds voxels and their place, nothing else of a"
                                            + " patient, with or without --deidentify.\n"),
                    said.err());
        }
        silent("convert", series, out.resolve("derived"), "--deidentify");
        silent("deidentify", series, out.resolve("copies"));
        assertEquals(2 * SLICES + 2 * 7, Canary.assertAbsent(out));
        assertEquals(
                SLICES, Images.read(out.resolve("derived")).volume().geometry().nk(), "it opens");
    }

    @ParameterizedTest
    @EnumSource(Modality.class)
    void inspectingSaysNothing(Modality modality) throws IOException {
        Path series = planted(modality).folder.resolve("E01/ct");
        Path out = Files.createDirectories(folder.resolve("out"));
        List<Cli.Said> said =
                List.of(
                        Cli.run("inspect", series.getParent(), "--table", out.resolve("t.csv")),
                        Cli.run("inspect", series, "--json", out.resolve("i.json")));
        said.forEach(s -> Canary.assertAbsent("both streams", s.out() + s.err()));
        assertEquals(2, Canary.assertAbsent(out));
    }

    @ParameterizedTest
    @ValueSource(strings = {"seg", "rtstruct"})
    void masksOfADeidentifiedSeriesAndDeidentifiedMasksNameNobody(String format)
            throws IOException {
        TinyCohort cohort = planted(Modality.PT);
        Path lesion = cohort.folder.resolve("E01/lesion.nii.gz");
        Path series = cohort.folder.resolve("E01/ct");
        Path clean = folder.resolve("clean");
        silent("convert", series, clean, "--deidentify");
        Path out = folder.resolve("out");
        Path mask = out.resolve("mask.dcm");
        silent("mask", lesion, "--like", clean, "--as", format, "--name", "GTV", "--out", mask);
        Path named = folder.resolve("named/mask.dcm");
        silent("mask", lesion, "--like", series, "--as", format, "--name", "GTV", "--out", named);
        String text = Files.readString(named, StandardCharsets.ISO_8859_1);
        assertTrue(Canary.in(text).contains("kanarienvogel"), "it names whom its series names");
        silent("deidentify", named, out.resolve("copy"));
        silent("mask", named, "--list");
        silent("mask", named, "--like", series, "--out", out.resolve("back.nii.gz"));
        assertEquals(3, Canary.assertAbsent(out));
    }
}
