package org.diapason.io.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.diapason.io.Images;
import org.diapason.io.Inspection;
import org.diapason.io.Masks;
import org.diapason.io.TestData;
import org.diapason.io.dicom.DicomCtWriter;
import org.diapason.io.dicom.RtStructWriter;
import org.diapason.io.dicom.SegWriter;
import org.diapason.io.mesh.MeshFile;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.table.Csv;
import org.diapason.surface.Mesh;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
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

    private static byte[] written(String name) throws IOException {
        Path file = folder.resolve("seed-" + name);
        float[] values = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
        boolean picture = name.endsWith(".png");
        Geometry g = TestData.oblique(3, picture ? 4 : 2, picture ? 1 : 2, false);
        Images.write(file, Image.of(Volume.of(g, values, Quantity.UNKNOWN)));
        return Files.readAllBytes(file);
    }

    static Stream<byte[]> nrrd() throws IOException {
        String text =
                "NRRD0004\ntype: short\ndimension: 3\nspace: left-posterior-superior\nsizes: 2 1 1\n"
                        + "space directions: (1,0,0) (0,1,0) (0,0,1)\nspace origin: (0,0,0)\n"
                        + "encoding: text\n\n1 2\n";
        return Stream.of(written("x.nrrd"), text.getBytes(StandardCharsets.US_ASCII));
    }

    @MethodSource("nrrd")
    @FuzzTest(maxDuration = "5m")
    void nrrdFiles(byte[] bytes) {
        read(bytes, "x.nrrd", Images::read);
    }

    static Stream<byte[]> metaImage() throws IOException {
        return Stream.of(written("x.mha"));
    }

    @MethodSource("metaImage")
    @FuzzTest(maxDuration = "5m")
    void metaImages(byte[] bytes) {
        read(bytes, "x.mha", Images::read);
    }

    static Stream<byte[]> png() throws IOException {
        return Stream.of(written("x.png"));
    }

    @MethodSource("png")
    @FuzzTest(maxDuration = "5m")
    void pngPictures(byte[] bytes) {
        read(bytes, "x.png", Images::read);
    }

    static Stream<byte[]> tiff() throws IOException {
        return Stream.of(written("x.tif"));
    }

    @MethodSource("tiff")
    @FuzzTest(maxDuration = "5m")
    void tiffPictures(byte[] bytes) {
        read(bytes, "x.tif", Images::read);
    }

    static Stream<byte[]> regions() throws IOException {
        dicom().count();
        Geometry g = TestData.oblique(3, 2, 1, false);
        boolean[] inside = {true, true, false, true, true, false};
        TreeMap<String, Mask> masks = new TreeMap<>(Map.of("one", Mask.of(g, inside)));
        Path image = folder.resolve("seed");
        Path seg = folder.resolve("seg.dcm");
        Path rs = folder.resolve("rs.dcm");
        SegWriter.write(seg, masks, image);
        RtStructWriter.write(rs, masks, image);
        return Stream.of(Files.readAllBytes(seg), Files.readAllBytes(rs));
    }

    @MethodSource("regions")
    @FuzzTest(maxDuration = "5m")
    void structureSetsAndSegmentations(byte[] bytes) {
        read(bytes, "m.dcm", file -> Masks.read(file, TestData.oblique(3, 2, 1, false)));
    }

    static Stream<byte[]> tables() {
        return Stream.of("exam,site,age\na,1,60\n\"b \"\"x\"\"\",2,61\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("tables")
    @FuzzTest(maxDuration = "5m")
    void tables(byte[] bytes) {
        read(bytes, "x.csv", Csv::read);
    }

    private static Stream<byte[]> surface(String name, boolean text) throws IOException {
        Path file = folder.resolve("seed-" + name);
        double[] p = {0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4};
        Mesh mesh = Mesh.of(p, new int[] {0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3});
        MeshFile.write(file, mesh, text, "SPACE=LPS");
        return Stream.of(Files.readAllBytes(file));
    }

    static Stream<byte[]> stl() throws IOException {
        return Stream.concat(surface("x.stl", false), surface("x.stl", true));
    }

    @MethodSource("stl")
    @FuzzTest(maxDuration = "5m")
    void stlSurfaces(byte[] bytes) {
        read(bytes, "x.stl", MeshFile::read);
    }

    static Stream<byte[]> ply() throws IOException {
        return Stream.concat(surface("x.ply", false), surface("x.ply", true));
    }

    @MethodSource("ply")
    @FuzzTest(maxDuration = "5m")
    void plySurfaces(byte[] bytes) {
        read(bytes, "x.ply", MeshFile::read);
    }

    static Stream<byte[]> obj() throws IOException {
        return surface("x.obj", false);
    }

    @MethodSource("obj")
    @FuzzTest(maxDuration = "5m")
    void objSurfaces(byte[] bytes) {
        read(bytes, "x.obj", MeshFile::read);
    }

    static Stream<byte[]> threeMf() throws IOException {
        return surface("x.3mf", false);
    }

    @MethodSource("threeMf")
    @FuzzTest(maxDuration = "5m")
    void threeMfModels(byte[] bytes) {
        read(bytes, "x.3mf", MeshFile::read);
    }

    private static void read(byte[] bytes, String name, Consumer<Path> reader) {
        try {
            Path file = Files.write(folder.resolve(name), bytes);
            reader.accept(file);
        } catch (DataException | RefusedException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError("a message that says nothing", e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
