package org.diapason.io.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.diapason.io.Images;
import org.diapason.io.Inspection;
import org.diapason.io.Masks;
import org.diapason.io.TestData;
import org.diapason.io.dicom.DicomCtWriter;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.table.Csv;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever bytes a file holds, its reader ends with a value or a {@link DataException}.
 *
 * <p>In each test run the seeds and the findings under {@code resources} are replayed; {@code
 * .ci/fuzz} searches for new ones, guided by coverage.
 */
class ReadersTest {
    private static Path folder;

    @BeforeAll
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("diapason-fuzz");
    }

    @AfterAll
    static void removeFolder() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    static Stream<byte[]> dicom() throws IOException {
        Path series = Files.createDirectories(folder.resolve("seed"));
        Geometry g = TestData.oblique(3, 2, 1, false);
        DicomCtWriter.write(series, "fuzz", g, new short[6], 1, -1024, Map.of("KVP", "120"));
        return Stream.of(Files.readAllBytes(series.resolve("slice-0001.dcm")));
    }

    @MethodSource("dicom")
    @FuzzTest(maxDuration = "5m")
    void dicomFiles(byte[] bytes) {
        read(bytes, "x.dcm", Images::read);
    }

    @MethodSource("dicom")
    @FuzzTest(maxDuration = "5m")
    void inspectedDicomFiles(byte[] bytes) {
        read(bytes, "x.dcm", Inspection::of);
    }

    static Stream<byte[]> nifti() throws IOException {
        Path file = folder.resolve("seed.nii");
        Nifti.writeMask(file, Mask.of(TestData.oblique(3, 2, 2, false), new boolean[12]));
        return Stream.of(Files.readAllBytes(file));
    }

    @MethodSource("nifti")
    @FuzzTest(maxDuration = "5m")
    void niftiFiles(byte[] bytes) {
        read(bytes, "x.nii", Images::read);
    }

    @MethodSource("nifti")
    @FuzzTest(maxDuration = "5m")
    void niftiMasks(byte[] bytes) {
        read(bytes, "x.nii", Masks::read);
    }

    static Stream<byte[]> tables() {
        return Stream.of("exam,site,age\na,1,60\n\"b \"\"x\"\"\",2,61\n")
                .map(text -> text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @MethodSource("tables")
    @FuzzTest(maxDuration = "5m")
    void tables(byte[] bytes) {
        read(bytes, "x.csv", Csv::read);
    }

    private static void read(byte[] bytes, String name, Consumer<Path> reader) {
        try {
            Path file = Files.write(folder.resolve(name), bytes);
            reader.accept(file);
        } catch (DataException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError("a message that says nothing", e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
