package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.diapason.io.Images;
import org.diapason.io.dicom.DicomCtWriter;
import org.diapason.io.dicom.Keyword;
import org.diapason.io.nifti.Nifti;
import org.diapason.step.Trace;
import org.diapason.steps.units.Units;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No name, identifier or date of a patient in anything that is written or said. */
class PrivacyTest {
    private static final int EXAMS = 8;

    /** What a machine or its service engineer fills in; docs/concepts/privacy.md says why. */
    private static final Set<String> TECHNICAL =
            Set.of(
                    "AttenuationCorrectionMethod",
                    "ContrastBolusAgent",
                    "ConvolutionKernel",
                    "FilterType",
                    "Manufacturer",
                    "ManufacturerModelName",
                    "Radiopharmaceutical",
                    "RandomsCorrectionMethod",
                    "ReceiveCoilName",
                    "ReconstructionMethod",
                    "RescaleType",
                    "ScatterCorrectionMethod",
                    "SoftwareVersions",
                    "StationName",
                    "TimezoneOffsetFromUTC");

    @TempDir Path folder;

    private TinyCohort cohort;

    @BeforeEach
    void plantedCohort() throws IOException {
        cohort = TinyCohort.of(folder.resolve("data"), EXAMS);
        try (Stream<Path> walk = Files.walk(cohort.folder)) {
            for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
                if (file.toString().endsWith(".dcm")) {
                    Canary.plant(file);
                    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                    assertEquals(5, Canary.in(text).size(), "planted, but for the date in words");
                }
            }
        }
    }

    private Path series() {
        return cohort.folder.resolve("E01/ct");
    }

    private static void assertSilent(Cli.Said said) {
        Canary.assertAbsent("standard output", said.out());
        Canary.assertAbsent("standard error", said.err());
    }

    @Test
    void aRunWritesAndSaysNothingOfAPatient() throws IOException {
        Path out = folder.resolve("out");
        String recipe =
                TinyCohort.WITH_TABLE
                        + """
                        judge:
                          - biology-and-site:
                              {batch: site, biology: disease, bootstraps: 40, permutations: 20}
                        """;
        Cli.Said said = cohort.run(recipe, out, "--json", folder.resolve("run.json"));
        assertSilent(said);
        assertTrue(said.out().startsWith(EXAMS + " done"), said.out() + said.err());
        assertTrue(Canary.assertAbsent(out) > 4 * EXAMS, "files were looked through");
        Canary.assertAbsent("summary", Files.readString(folder.resolve("run.json")));
    }

    @Test
    void inspectingAndOneStepSayNothingOfAPatient() throws IOException {
        assertSilent(Cli.run("inspect", cohort.folder));
        Cli.Said json = Cli.run("inspect", series(), "--json", "-");
        assertSilent(json);
        assertTrue(json.out().contains("\"modality\": \"CT\""), json.out());
        Path out = folder.resolve("step/out.nii.gz");
        assertSilent(Cli.run("step", "units", series(), out, "--trace", folder.resolve("step/t")));
        assertEquals(2, Canary.assertAbsent(folder.resolve("step")));
    }

    @Test
    void deidentifyingLeavesNothingOfAPatient() throws IOException {
        Path out = folder.resolve("out");
        Cli.Said said = Cli.run("deidentify", cohort.folder, out);
        assertSilent(said);
        assertTrue(said.out().contains(EXAMS * 10 + " done"), said.out());
        assertEquals(EXAMS * 10, Canary.assertAbsent(out));
    }

    @Test
    void deidentifyingFindsTheNameInEveryAttributeThatReadersKeep() throws IOException {
        Geometry g = Geometry.of(2, 2, 1, 1, 1, 1);
        for (Keyword keyword : Keyword.values()) {
            Path in = folder.resolve("in/" + keyword.name());
            try {
                DicomCtWriter.write(
                        in,
                        keyword.name(),
                        g,
                        new short[4],
                        1,
                        0,
                        Map.of(
                                keyword.name(),
                                Canary.NAME.replace('^', ' '),
                                "PatientName",
                                Canary.NAME,
                                "PatientID",
                                Canary.ID));
            } catch (IllegalArgumentException e) {
                continue; // binary, or made by the writer itself
            }
        }
        Path out = folder.resolve("out");
        assertSilent(Cli.run("deidentify", folder.resolve("in"), out));
        assertTrue(Canary.assertAbsent(out) > 40, "files were looked through");
    }

    @Test
    void brokenFilesAreNamedWithoutTheirPatient() throws IOException {
        Path slice = series().resolve("slice-0005.dcm");
        byte[] whole = Files.readAllBytes(slice);
        Path cut = folder.resolve("cut/slice.dcm");
        Files.createDirectories(cut.getParent());
        Path out = folder.resolve("none");
        int failures = 0;
        for (int length = 0; length < whole.length; length += 1 + whole.length / 150) {
            Files.write(cut, Arrays.copyOf(whole, length));
            try {
                Images.read(cut);
            } catch (DataException e) {
                Canary.assertAbsent("cut after " + length, e + "");
                failures++;
            }
            assertSilent(Cli.run("inspect", cut));
            assertSilent(Cli.run("deidentify", cut, out.resolve(length + "")));
        }
        assertTrue(failures > 100, failures + " failures");
        if (Files.exists(out)) {
            Canary.assertAbsent(out);
        }
    }

    @Test
    void aWrongValueIsNotQuotedWhenItMayBeAName() {
        Geometry g = Geometry.of(2, 2, 2, 1, 1, 1);
        Set<String> kept = new TreeSet<>();
        for (Keyword keyword : Keyword.values()) {
            for (String value : List.of("Kanarienvogel", Canary.DATE, Canary.ID)) {
                if (value.equals(Canary.DATE) && !keyword.name().matches(".*(Date|Time)")) {
                    continue; // a number may be any number
                }
                Path in = folder.resolve("in/" + keyword.name() + value.length());
                try {
                    Map<String, String> wrong = Map.of(keyword.name(), value);
                    DicomCtWriter.write(in, "s", g, new short[8], 1, 0, wrong);
                } catch (IllegalArgumentException e) {
                    continue; // binary, or made by the writer itself
                }
                if (leaves(in, keyword) && value.startsWith("Kanarien")) {
                    kept.add(keyword.name());
                }
            }
        }
        kept.removeIf(name -> CODES.contains(name));
        assertEquals(new TreeSet<>(TECHNICAL), kept);
    }

    /** Code strings: a word of a list, which this program compares and shows. */
    private static final Set<String> CODES =
            Set.of(
                    "BurnedInAnnotation",
                    "ComplexImageComponent",
                    "MRAcquisitionType",
                    "PatientIdentityRemoved",
                    "ScanOptions",
                    "SequenceVariant",
                    "CorrectedImage",
                    "DecayCorrection",
                    "ImageType",
                    "LossyImageCompression",
                    "PatientSex",
                    "PhotometricInterpretation",
                    "ScanningSequence",
                    "SUVType",
                    "Units");

    /** Reads with a wrong value and says whether it is kept as a tag; no message may quote it. */
    private static boolean leaves(Path in, Keyword keyword) {
        boolean kept = false;
        try {
            Image image = Images.read(in);
            kept = !Canary.in(image.tags().toString().replace(Canary.DATE, "")).isEmpty();
            Exam exam = Exam.of("E", Map.of("i", image), Map.of(), Map.of());
            new Units("*").apply(exam, new Trace());
        } catch (DataException | RefusedException e) {
            boolean code = TECHNICAL.contains(keyword.name()) || CODES.contains(keyword.name());
            if (!code && !keyword.name().endsWith("UID")) {
                Canary.assertAbsent(keyword.name(), e.getMessage());
            }
        }
        return kept;
    }

    @Test
    void whatNiftiFilesSayOfAPatientStaysInThem() throws IOException {
        Path file = folder.resolve("in.nii");
        Path plain = cohort.folder.resolve("E01/lesion.nii.gz");
        byte[] bytes;
        try (var in = new java.util.zip.GZIPInputStream(Files.newInputStream(plain))) {
            bytes = in.readAllBytes();
        }
        byte[] name = (Canary.NAME + Canary.ID).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, bytes, 148, name.length); // descrip
        System.arraycopy(name, 0, bytes, 228, 18); // aux_file
        System.arraycopy(name, 0, bytes, 328, 13); // intent_name
        System.arraycopy(name, 0, bytes, 4, 9); // data_type
        System.arraycopy(name, 0, bytes, 14, 17); // db_name
        Files.write(file, bytes);
        Image image = Nifti.read(file);
        assertFalse(Canary.in(Files.readString(file, StandardCharsets.ISO_8859_1)).isEmpty());
        Path out = folder.resolve("out/copy.nii.gz");
        Nifti.write(out, image.volume());
        assertEquals(1, Canary.assertAbsent(out.getParent()));
        assertSilent(Cli.run("inspect", file));
        Canary.assertAbsent("tags", image.tags().toString());
        for (int length = 0; length < bytes.length; length += 1 + bytes.length / 60) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertSilent(Cli.run("inspect", file));
        }
    }
}
