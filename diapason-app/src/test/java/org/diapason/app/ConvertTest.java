package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.diapason.io.Images;
import org.diapason.io.dicom.DicomCtWriter;
import org.diapason.io.nifti.Nifti;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertTest {
    private static final Geometry GRID = Geometry.of(4, 3, 2, 1, 1.5, 2);

    @TempDir Path folder;

    private Path ct(Map<String, String> attributes) {
        Path scan = folder.resolve("scan");
        float[] hu = new float[24];
        for (int n = 0; n < 24; n++) {
            hu[n] = n - 20;
        }
        DicomCtWriter.write(scan, "s", GRID, hu, 1, -1024, attributes);
        return scan;
    }

    private Path film() {
        Path file = folder.resolve("film.nii.gz");
        List<float[]> planes = List.of(new float[24], new float[24]);
        planes.get(1)[5] = 7;
        Nifti.write(file, Volume.of(GRID, planes, Channels.frames(2, 0, 3), Quantity.BQ_ML));
        return file;
    }

    private static void failed(int code, String message, Cli.Said said) {
        assertEquals("diapason: " + message + "\n", said.err());
        assertEquals(code, said.code());
        assertEquals("", said.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.nii", "out.nii.gz", "out.nrrd", "out.mha", "out.mhd"})
    void aCtBecomesHounsfieldInEveryFormat(String name) {
        Path out = folder.resolve(name);
        Cli.Said said = Cli.run("convert", ct(Map.of()), out);
        assertEquals("", said.err());
        assertEquals(
                name + ": HU, 4 × 3 × 2 voxels of 1.000 × 1.500 × 2.000 mm, -20.00 … 3.00\n",
                said.out());
        Volume back = Images.read(out).volume();
        assertEquals(-20, back.values()[0]);
        assertEquals(3, back.values()[23]);
        assertTrue(GRID.isClose(back.geometry(), 1e-6));
    }

    @Test
    void rawAreTheStoredNumbers() {
        Path out = folder.resolve("raw.nrrd");
        Cli.Said said = Cli.run("convert", ct(Map.of()), out, "--quantity", "RAW");
        assertTrue(said.out().startsWith("raw.nrrd: stored, "), said.out());
        assertEquals(-20 + 1024, Images.read(out).volume().values()[0]);
    }

    @Test
    void aQuantityThatCannotBeIsRefusedAndNothingIsWritten() {
        Path out = folder.resolve("out.nii");
        Path scan = ct(Map.of("RescaleSlope", ""));
        Cli.Said said = Cli.run("convert", scan, out);
        assertEquals(1, said.code());
        assertTrue(said.err().contains("no RescaleSlope (0028,1053)"), said.err());
        assertTrue(said.err().endsWith("To keep the stored numbers: --quantity raw\n"), said.err());
        failed(
                1,
                "exam film.nii.gz, image image: the values are unknown as they came, and quantity hu"
                        + " was asked for. Give the DICOM series instead. To keep the stored numbers:"
                        + " --quantity raw",
                Cli.run("convert", film(), out, "--quantity", "hu"));
        assertTrue(Files.notExists(out));
    }

    @Test
    void aCtBecomesADerivedSeriesWithItsGeometryAndValues() {
        Path out = folder.resolve("derived");
        Cli.Said said = Cli.run("convert", ct(Map.of()), out);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        Path before = folder.resolve("before.nii");
        Path after = folder.resolve("after.nii");
        Cli.run("convert", ct(Map.of()), before);
        Cli.run("convert", out, after);
        Volume was = Images.read(before).volume();
        Volume is = Images.read(after).volume();
        assertArrayEquals(was.values(), is.values());
        assertTrue(was.geometry().isClose(is.geometry(), 1e-6));
        assertEquals("DERIVED", Images.read(out).tags().text("ImageType").get().split("\\\\")[0]);
    }

    @Test
    void aCtDoesNotBecomeUptake() {
        failed(
                1,
                "exam scan, image image: a CT image cannot become suvbw. Give units a pattern that"
                        + " leaves it out (image), or another quantity. To keep the stored numbers:"
                        + " --quantity raw",
                Cli.run("convert", ct(Map.of()), folder.resolve("o.nii"), "--quantity", "suvbw"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --quantity | suvbv  | --quantity suvbv: did you mean "suvbw"?
                    --frame    | 3      | --frame 3: the image has 2, counted from 1.
                    --frame    | 0      | --frame 0: the image has 2, counted from 1.
                    """)
    void settingsThatCannotBeAreNamed(String option, String value, String message) {
        failed(2, message, Cli.run("convert", film(), folder.resolve("o.nii"), option, value));
    }

    @Test
    void deidentifyingAsksThePixelsInEveryFormat() {
        Path scan = ct(Map.of("BurnedInAnnotation", "YES"));
        for (String name : new String[] {"out.nii", "derived"}) {
            Path out = folder.resolve(name);
            failed(
                    1,
                    "slice-0001.dcm: BurnedInAnnotation (0028,0301) is YES, so a name may stand in"
                            + " its pixels. Look at it, then mask it or add --accept-burned-in.",
                    Cli.run("convert", scan, out, "--deidentify"));
            assertTrue(Files.notExists(out));
            Cli.Said said = Cli.run("convert", scan, out, "--deidentify", "--accept-burned-in");
            assertEquals(0, said.code(), said.err());
        }
        assertEquals(
                "note: out.mha holds voxels and their place, nothing else of a patient, with or"
                        + " without --deidentify; film.nii.gz cannot say whether a name stands in its"
                        + " pixels. Look at it.\n",
                Cli.run("convert", film(), folder.resolve("out.mha"), "--deidentify").err());
    }

    @Test
    void theKeyOfADeidentificationIsAFileOfSomeLength() throws Exception {
        Path scan = ct(Map.of());
        Path key = Files.writeString(folder.resolve("key"), "sixteen bytes or more");
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        for (Path out : List.of(one, two)) {
            assertEquals(
                    0, Cli.run("convert", scan, out, "--deidentify", "--key-file", key).code());
        }
        assertEquals(
                -1, Files.mismatch(one.resolve("slice-0001.dcm"), two.resolve("slice-0001.dcm")));
        failed(
                2,
                "--key-file is the key of --deidentify, which is missing.",
                Cli.run("convert", scan, folder.resolve("o"), "--key-file", key));
        failed(
                2,
                "--key-file "
                        + folder
                        + ": is not a file, and a key must be the same when it is read again.",
                Cli.run(
                        "convert",
                        scan,
                        folder.resolve("o"),
                        "--deidentify",
                        "--key-file",
                        folder));
        Files.write(key, new byte[65537]);
        Cli.Said said =
                Cli.run("convert", scan, folder.resolve("o"), "--deidentify", "--key-file", key);
        assertTrue(said.err().contains(": has more than 65536 bytes, 32 are enough"), said.err());
    }

    @Test
    void aFormatThatIsNotWrittenNamesTheNearest() {
        failed(
                2,
                "out.nrd: images are not written as \".nrd\"; did you mean \".nrrd\"?",
                Cli.run("convert", film(), folder.resolve("out.nrd")));
        failed(
                2,
                "out.jpg: images are not written as \".jpg\"; known: .nii, .nii.gz, .nrrd, .mha,"
                        + " .mhd, .png, .tif, .tiff.",
                Cli.run("convert", film(), folder.resolve("out.jpg")));
        failed(
                2,
                "OUT is IN itself. Name another file.",
                Cli.run("convert", film(), folder.resolve("film.nii.gz")));
    }

    @Test
    void aFrameIsTakenOrAllAreKept() {
        Path one = folder.resolve("one.mha");
        Cli.run("convert", film(), one, "--frame", "2");
        assertEquals(7, Images.read(one).volume().values()[5]);
        Path all = folder.resolve("all.nrrd");
        Cli.Said said = Cli.run("convert", film(), all);
        assertEquals(
                "all.nrrd: unknown, 4 × 3 × 2 voxels of 1.000 × 1.500 × 2.000 mm, 2 frames, 0.00 …"
                        + " 7.00\n",
                said.out());
        Volume back = Images.read(all).volume();
        assertEquals(Channels.frames(2, 0, 3), back.meaning());
        assertArrayEquals(Images.read(one).volume().values(), back.channel(1));
    }

    @Test
    void aStepRefusesAFilmAndSaysHowToTakeAFrame() {
        Cli.Said said =
                Cli.run("step", "isotropic", film(), folder.resolve("o.nii"), "--spacing-mm", "1");
        assertEquals(1, said.code());
        assertTrue(
                said.err()
                        .contains(
                                "the image has 2 frames, and one channel is needed. Take one:"
                                        + " diapason convert IN OUT --frame N"),
                said.err());
    }

    @Test
    void aPetBecomesUptakeAndAPictureLosesItsPlace() {
        Path pet =
                Path.of(
                        System.getProperty("diapason.data", "../shared/data"),
                        "suv/dro/DRO_0_0/PT");
        Assumptions.assumeTrue(Files.isDirectory(pet), "the reference objects are not there");
        Path out = folder.resolve("pet.tif");
        Cli.Said said = Cli.run("convert", pet, out);
        assertEquals(0, said.code(), said.err());
        // suv/dro/expected.csv: SUV 4.00 is the highest in every object
        assertTrue(said.out().startsWith("pet.tif: SUVbw, 256 × 256 × "), said.out());
        assertTrue(
                said.out().endsWith(" … 4.00; the place in the patient is not kept\n"), said.out());
    }

    @Test
    void anInspectionKnowsTheFormatsAndTheirFrames() {
        film();
        Cli.run(
                "convert",
                folder.resolve("film.nii.gz"),
                folder.resolve("one.nrrd"),
                "--frame",
                "1");
        Cli.Said said = Cli.run("inspect", folder);
        assertTrue(said.out().contains("film.nii.gz: NIfTI of 2 frames, unknown"), said.out());
        assertTrue(said.out().contains("one.nrrd: NRRD, unknown, values unknown"), said.out());
        assertEquals(0, said.code(), said.out());
    }
}
