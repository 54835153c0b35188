package org.diapason.io.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.diapason.io.Images;
import org.diapason.io.TestData;
import org.diapason.io.nifti.Nifti;
import org.diapason.step.ContentHash;
import org.diapason.step.Store;
import org.diapason.step.Trace;
import org.diapason.steps.intensity.Detector;
import org.diapason.volume.Affine;
import org.diapason.volume.BsplineTransform;
import org.diapason.volume.Channels;
import org.diapason.volume.DetectorCalibration;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.ScannerCalibration;
import org.diapason.volume.Tags;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
    private static final Geometry OBLIQUE = TestData.oblique(5, 4, 3, true);
    private static final Geometry OTHER = Geometry.of(2, 1, 1, 1 / 3.0, 2, 3);

    @TempDir Path out;

    private static float[] ct() {
        float[] values = new float[OBLIQUE.voxels()];
        for (int v = 0; v < values.length; v++) {
            values[v] = v / 7f - 3;
        }
        values[3] = Float.NaN;
        values[4] = -0f;
        values[5] = Float.MIN_VALUE;
        return values;
    }

    private static Exam exam() {
        ScannerCalibration scanner =
                new ScannerCalibration(
                        "A", "2026-01-01", Numbers.of(3, 3.5, 4), 0.97, -20, Map.of("0", -19.5));
        Tags tags =
                new Tags(
                        Map.of("StationName", "A \"1\""),
                        Map.of("RescaleSlope", Numbers.of(1, Double.NaN, 1 / 3.0)));
        Volume ct =
                Volume.of(OBLIQUE, ct(), Quantity.HU)
                        .withFwhmMm(Numbers.of(1 / 3.0, 2, 0))
                        .withResampled(true);
        boolean[] lesion = new boolean[OBLIQUE.voxels()];
        lesion[7] = true;
        return Exam.of(
                "P01",
                Map.of(
                        "ct",
                        new Image(ct, tags, Optional.of(scanner)),
                        "mr",
                        Image.of(Volume.of(OTHER, new float[] {1, 2}, Quantity.UNKNOWN))),
                Map.of(
                        "lesion",
                        Mask.of(OBLIQUE, lesion),
                        "organ",
                        Mask.of(OTHER, new boolean[] {false, true})),
                Map.of("site", "A", "age", "1.50", "note", ""));
    }

    private static Trace trace() {
        Trace trace = new Trace("P01", 7);
        trace.child("units").note("slope", 1);
        return trace;
    }

    private WorkFolder open() throws IOException {
        return WorkFolder.open(out, false, "hash");
    }

    private Path saved(String stage) {
        return out.resolve(".work").resolve(stage).resolve("P01.saved");
    }

    @Test
    void anExamComesBackBitByBit() throws IOException {
        WorkFolder work = open();
        work.save(
                "exams-0", "P01", new Store.Saved(trace(), Optional.of(exam()), Optional.empty()));
        Store.Saved saved = work.load("exams-0", "P01").orElseThrow();
        Exam was = exam();
        Exam is = saved.exam().orElseThrow();
        assertEquals(was.id(), is.id());
        assertEquals(was.covariates(), is.covariates());
        assertEquals(was.images().keySet(), is.images().keySet());
        for (String name : was.images().keySet()) {
            Volume then = was.image(name).volume();
            Volume now = is.image(name).volume();
            assertEquals(then.geometry(), now.geometry());
            assertEquals(then.quantity(), now.quantity());
            assertEquals(then.fwhmMm(), now.fwhmMm());
            assertEquals(then.resampled(), now.resampled());
            assertArrayEquals(bits(then.values()), bits(now.values()));
            assertEquals(was.image(name).tags(), is.image(name).tags());
            assertEquals(was.image(name).calibration(), is.image(name).calibration());
        }
        assertEquals(was.masks().keySet(), is.masks().keySet());
        for (String name : was.masks().keySet()) {
            assertEquals(was.mask(name).geometry(), is.mask(name).geometry());
            assertArrayEquals(was.mask(name).voxels(), is.mask(name).voxels());
        }
        assertEquals("units", saved.trace().children().get(0).name());
        assertEquals(trace().seed(), saved.trace().seed());
        assertTrue(saved.rows().isEmpty());
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int v = 0; v < bits.length; v++) {
            bits[v] = Float.floatToRawIntBits(values[v]);
        }
        return bits;
    }

    /** Exams are laid down before every learner, and detectors must have been corrected by then. */
    @Test
    void whatAnExamCarriesComesBackBitByBit() throws IOException {
        WorkFolder work = WorkFolder.open(out, false, "h");
        float[] x = new float[OTHER.voxels()];
        x[1] = 1 / 3f;
        Transform bent =
                DisplacementField.of(OTHER, x, new float[] {-0f, 2}, new float[2])
                        .then(Affine.shift(1 / 3.0, 2, -7))
                        .then(DisplacementField.of(OTHER, x, x, x).inverse())
                        .then(
                                new BsplineTransform(
                                        Geometry.of(1, 1, 1, 9, 9, 9), Numbers.of(0.1, 2, -3)));
        Exam plain = exam();
        Exam exam =
                new Exam(
                        "P01",
                        plain.images(),
                        plain.masks(),
                        plain.covariates(),
                        new TreeMap<>(Map.of("ct", bent, "mr", Affine.IDENTITY)),
                        new TreeMap<>(Map.of("mr", Affine.shift(0.1, 0, 0))),
                        new TreeMap<>(Map.of("seen", picture())));
        work.save("exams-0", "P01", new Store.Saved(trace(), Optional.of(exam), Optional.empty()));
        Exam back = work.load("exams-0", "P01").orElseThrow().exam().orElseThrow();
        assertEquals(ContentHash.of(bent), ContentHash.of(back.transforms().get("ct")));
        assertEquals(Affine.IDENTITY, back.transforms().get("mr"));
        assertEquals(Affine.shift(0.1, 0, 0), back.applied().get("mr"));
        assertArrayEquals(ct(), back.image("ct").volume().values());
        assertEquals(
                ContentHash.ofPicture(picture()),
                ContentHash.ofPicture(back.pictures().get("seen")));
    }

    private static Volume picture() {
        List<float[]> colours = List.of(new float[] {1, 2}, new float[] {3, 4}, new float[] {5, 6});
        return Volume.of(
                Geometry.of(2, 1, 1, 0.5, 0.5, 1), colours, Channels.COLOURS, Quantity.PICTURE);
    }

    /** A picture is for people: the file beside the report is one that they can open. */
    @Test
    void aPictureIsWrittenAsPng() throws IOException {
        WorkFolder work = open();
        Exam exam = exam().withPicture("seen", picture());
        work.save(
                Store.IMAGES, "P01", new Store.Saved(trace(), Optional.of(exam), Optional.empty()));
        Volume read = Images.read(out.resolve("images/P01/seen.png")).volume();
        assertArrayEquals(new float[] {3, 4}, read.channel(1));
        assertFalse(Files.exists(out.resolve("images/P01/seen.nii.gz")));
    }

    @Test
    void afterALearnerADetectorIsToldToStandFirst() throws IOException {
        Numbers four = Numbers.of(1, 1, 1, 1);
        DetectorCalibration panel =
                new DetectorCalibration(
                        "panel",
                        "2026-01-01",
                        "2026-12-31",
                        OptionalDouble.empty(),
                        2,
                        2,
                        four,
                        four,
                        Numbers.of(),
                        Numbers.of(),
                        Numbers.of());
        Volume raw =
                Volume.of(Geometry.of(2, 2, 1, 1, 1, 1), new float[] {1, 2, 3, 4}, Quantity.STORED);
        Image image = new Image(raw, Tags.none(), Optional.empty(), Optional.of(panel));
        Exam exam = Exam.of("P01", Map.of("xr", image), Map.of(), Map.of());
        new Detector("*").apply(exam, new Trace());
        WorkFolder work = open();
        work.save("exams-0", "P01", new Store.Saved(trace(), Optional.of(exam), Optional.empty()));
        Exam saved = work.load("exams-0", "P01").orElseThrow().exam().orElseThrow();
        String message =
                assertThrows(
                                RefusedException.class,
                                () -> new Detector("*").apply(saved, new Trace()))
                        .getMessage();
        assertTrue(
                message.endsWith("column detectorCalibration, and put detector first."), message);
    }

    @Test
    void aFinishedExamLeavesItsImagesAndKeepsItsRows() throws IOException {
        FeatureTable rows =
                FeatureTable.of(
                        List.of("a", "b"),
                        List.of("P01"),
                        List.of("lesion"),
                        new double[][] {{1 / 3.0, Double.NaN}},
                        List.of(exam().covariates()));
        WorkFolder work = open();
        work.save(
                Store.IMAGES,
                "P01",
                new Store.Saved(trace(), Optional.of(exam()), Optional.of(rows)));
        Store.Saved saved = work.load(Store.IMAGES, "P01").orElseThrow();
        assertTrue(saved.exam().isEmpty());
        FeatureTable is = saved.rows().orElseThrow();
        assertEquals(rows.features(), is.features());
        assertArrayEquals(rows.row(0), is.row(0));
        assertEquals(rows.covariates(0), is.covariates(0));
        Volume image = Nifti.read(out.resolve("images/P01/ct.nii.gz")).volume();
        assertArrayEquals(bits(ct()), bits(image.values()));
        assertTrue(image.geometry().isClose(OBLIQUE, 1e-5));
        Mask mask = Nifti.readMask(out.resolve("images/P01/organ.mask.nii.gz"));
        assertArrayEquals(new boolean[] {false, true}, mask.voxels());
        work.remove();
        assertFalse(Files.exists(out.resolve(".work")));
        assertTrue(Files.exists(out.resolve("images/P01/ct.nii.gz")));
    }

    @Test
    void aSaveThatWasCutShortIsNotFound() throws IOException {
        WorkFolder work = open();
        Files.createDirectories(saved("exams-0").getParent());
        Files.write(saved("exams-0").resolveSibling("P01.saved.part"), new byte[100]);
        assertFalse(work.has("exams-0", "P01"));
        assertTrue(work.load("exams-0", "P01").isEmpty());
    }

    @Test
    void aSaveThatWasDamagedIsNotReadAsAnExam() throws IOException {
        WorkFolder work = open();
        work.save(
                "exams-0", "P01", new Store.Saved(trace(), Optional.of(exam()), Optional.empty()));
        byte[] bytes = Files.readAllBytes(saved("exams-0"));
        Files.write(saved("exams-0"), Arrays.copyOf(bytes, bytes.length - 1));
        assertEquals(
                "exam P01 cannot be read back: the saved exam is cut short",
                assertThrows(UncheckedIOException.class, () -> work.load("exams-0", "P01"))
                        .getMessage());
    }

    @Test
    void aRunGoesOnOnlyWithItsOwnRecipeAndTable() throws IOException {
        Store.Saved saved = new Store.Saved(trace(), Optional.of(exam()), Optional.empty());
        open().save("exams-0", "P01", saved);
        assertTrue(WorkFolder.open(out, true, "hash").has("exams-0", "P01"));
        assertEquals(
                "--resume: the killed run had another recipe or cohort table. Give those, or leave"
                        + " --resume out to start anew.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> WorkFolder.open(out, true, "other"))
                        .getMessage());
        assertTrue(Files.exists(saved("exams-0")));
        assertFalse(WorkFolder.open(out, false, "other").has("exams-0", "P01"));
    }

    @Test
    void removingDoesNotFollowLinks() throws IOException {
        Path mine = Files.createDirectories(out.resolve("mine"));
        Files.writeString(mine.resolve("thesis.txt"), "years of work");
        open();
        Files.createSymbolicLink(out.resolve(".work/link"), mine);
        WorkFolder.open(out, false, "hash").remove();
        assertTrue(Files.exists(mine.resolve("thesis.txt")));
    }
}
