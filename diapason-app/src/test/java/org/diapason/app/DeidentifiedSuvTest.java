package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.diapason.io.Images;
import org.diapason.step.Trace;
import org.diapason.steps.units.Units;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * SUV before de-identification is SUV after it: of every way in which scanners say units, decay and
 * times, and in which the private elements of Philips and GE say them.
 */
class DeidentifiedSuvTest {
    @TempDir Path folder;

    /** All but the one whose private creator was lost, which the last test is about. */
    static Stream<PetObject> variants() {
        return SuvVariantsTest.variants().filter(o -> !o.id().equals("DRO_cnts_creator_lost"));
    }

    private Path scan(PetObject object) {
        object.with("PatientName", "Doe^Jane", "PatientID", "4711-77").write(folder);
        return folder.resolve(object.id()).resolve("PT");
    }

    private Path copy(Path scan) throws IOException {
        Path out = folder.resolve("copies");
        Cli.Said said = Cli.run("deidentify", scan, out);
        assertEquals("3 files: 3 done, 0 refused, 0 failed\n", said.out());
        try (Stream<Path> walk = Files.walk(out)) {
            return walk.filter(Files::isRegularFile).findFirst().orElseThrow().getParent();
        }
    }

    private static Volume suv(Path scan, String quantity) {
        Image image = Images.read(scan);
        Exam exam = Exam.of("e", Map.of("i", image), Map.of(), Map.of());
        return Units.of(quantity).orElseThrow().apply(exam, new Trace()).image("i").volume();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("variants")
    void suvBeforeIsSuvAfterToTheBit(PetObject object) throws IOException {
        Path scan = scan(object);
        Path copy = copy(scan);
        assertArrayEquals(suv(scan, "suvbw").values(), suv(copy, "suvbw").values());
        for (String date : new String[] {"AcquisitionDate", "RadiopharmaceuticalStartDateTime"}) {
            Optional<String> before = Images.read(scan).tags().text(date);
            Optional<String> after = Images.read(copy).tags().text(date);
            assertEquals(before.isPresent(), after.isPresent(), date);
            before.ifPresent(b -> assertNotEquals(b, after.get(), date));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("variants")
    void aDerivedSeriesHasTheSameUptakeWithThePatientAndWithout(PetObject object) {
        Path scan = scan(object);
        Path named = folder.resolve("named");
        Path nobody = folder.resolve("nobody");
        Cli.Said said = Cli.run("convert", scan, named);
        assertEquals(0, said.code());
        assertEquals( // 0.2 is 218.4467 steps of 30 / 32767: 0.4467 of one, 4.09e-4, is lost
                "note: DICOM holds whole numbers, so values are rounded by up to 4.1E-4 g/ml\n",
                said.err().replaceAll("(?m)^warning.*\\n", ""));
        assertEquals(0, Cli.run("convert", scan, nobody, "--deidentify").code());
        float[] values = suv(named, "suvbw").values();
        assertArrayEquals(values, suv(nobody, "suvbw").values());
        float[] before = suv(scan, "suvbw").values();
        for (int n = 0; n < values.length; n++) {
            // 30000 stored numbers are SUV 30: a step of 30 / 32767
            assertEquals(before[n], values[n], 30.0 / 32767 / 2 + 1e-6);
        }
        for (String tag : new String[] {"PatientWeight", "PatientSize", "PatientSex"}) {
            assertEquals(
                    Images.read(scan).tags().text(tag), Images.read(nobody).tags().text(tag), tag);
        }
    }

    @Test
    void aScaleWhoseCreatorWasLostGoesAndUptakeIsRefusedNotWrong() throws IOException {
        PetObject lost =
                SuvVariantsTest.variants()
                        .filter(o -> o.id().equals("DRO_cnts_creator_lost"))
                        .findFirst()
                        .orElseThrow();
        Path scan = scan(lost);
        assertEquals(4.0, suv(scan, "suvbw").values()[8], 1e-4);
        Path copy = copy(scan);
        String message =
                assertThrows(RefusedException.class, () -> suv(copy, "suvbw")).getMessage();
        assertTrue(message.contains("(7053,xx00) (missing since de-identified) nor"), message);
    }
}
