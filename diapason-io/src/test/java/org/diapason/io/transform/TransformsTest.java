package org.diapason.io.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.diapason.volume.Chain;
import org.diapason.volume.DataException;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Transform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransformsTest {
    @TempDir Path folder;

    static Stream<Arguments> whatEachFormHolds() {
        Transform chain = Given.SHEAR.then(Given.spline()).then(Given.field()).then(Given.SHEAR);
        return Stream.of(
                Arguments.of("a.tfm", Given.SHEAR),
                Arguments.of("a.mat", Given.SHEAR),
                Arguments.of("a.txt", Given.SHEAR),
                Arguments.of("a.json", Given.SHEAR),
                Arguments.of("s.tfm", Given.spline()),
                Arguments.of("s.mat", Given.spline()),
                Arguments.of("s.txt", Given.spline()),
                Arguments.of("s.json", Given.spline()),
                Arguments.of("f.nii", Given.field()),
                Arguments.of("f.nii.gz", Given.field()),
                Arguments.of("f.tfm", Given.field()),
                Arguments.of("c.tfm", chain),
                Arguments.of("c.txt", chain),
                Arguments.of("c.json", chain),
                Arguments.of("i.json", Given.SHEAR.then(Given.spline().inverse())));
    }

    /** The header of a NIfTI file rounds to float; all other numbers are exact. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("whatEachFormHolds")
    void whatIsWrittenIsReadAgain(String name, Transform transform) {
        Path file = folder.resolve(name);
        Transforms.write(file, transform);
        boolean exact = !name.startsWith("f.nii") && !name.equals("c.txt");
        Given.assertSame(transform, Transforms.read(file), exact ? 1e-12 : 1e-4);
    }

    @Test
    void aChainKeepsItsOrder() {
        Transform chain = Given.spline().then(Given.SHEAR);
        for (String name : new String[] {"c.tfm", "c.txt", "c.json"}) {
            Path file = folder.resolve(name);
            Transforms.write(file, chain);
            Chain read = (Chain) Transforms.read(file);
            assertEquals(chain, read, name);
        }
    }

    @Test
    void aFieldThatWasExchangedIsSeen() throws IOException {
        Path file = folder.resolve("t.json");
        Transforms.write(file, Given.field());
        Path other = folder.resolve("o.json");
        float[] still = new float[Given.field().geometry().voxels()];
        Transforms.write(
                other,
                org.diapason.volume.DisplacementField.of(
                        Given.field().geometry(), still, still, still));
        Files.copy(
                folder.resolve("o.field-1.nii.gz"),
                folder.resolve("t.field-1.nii.gz"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertEquals(
                "t.json: the shifts in t.field-1.nii.gz are others than were written. Copy both"
                        + " files again.",
                message(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"i.tfm", "i.txt", "i.mat"})
    void aWayBackHasNoWordElsewhere(String name) {
        Transform back = Given.spline().inverse();
        String message =
                assertThrows(
                                RefusedException.class,
                                () -> Transforms.write(folder.resolve(name), back))
                        .getMessage();
        assertTrue(message.contains(" cannot hold the way back of a deformation. "), message);
    }

    @Test
    void anAffineNeedsAGridForNifti() {
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Transforms.write(folder.resolve("a.nii"), Given.SHEAR))
                        .getMessage();
        assertEquals(
                "a.nii: NIfTI holds a transform as shifts on a grid, and this one has none. Name"
                        + " the fixed image with --like FIXED, or write .tfm or .json.",
                message);
    }

    @Test
    void anUnknownEndingIsMet() throws IOException {
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Transforms.write(folder.resolve("a.tmf"), Given.SHEAR))
                        .getMessage();
        assertTrue(message.startsWith("a.tmf: transforms are not written as \".tmf\"; "), message);
        assertTrue(message.contains(".tfm"), message);
        assertEquals(
                "a: transforms are not written as a name without an ending; known: .tfm, .txt,"
                        + " .mat, .json, .nii, .nii.gz.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Transforms.requireForm(folder.resolve("a")))
                        .getMessage());
        assertTrue(
                message(Given.file(folder, "a.h5", "\u0089HDF"))
                        .contains("HDF5 (.h5) is not read: write it as .tfm"));
        assertEquals("b.tfm: there is no such file.", message(folder.resolve("b.tfm")));
    }

    @Test
    void aFileOfAnotherVersionIsNotGuessedAt() throws IOException {
        Path file = folder.resolve("t.json");
        Transforms.write(file, Given.SHEAR);
        String text = Files.readString(file).replace("\"version\": 1", "\"version\": 2");
        assertEquals(
                "u.json: is \"diapason transform\", version 2, and version 1 of \"diapason"
                        + " transform\" is read. Give a file that diapason wrote.",
                message(Given.file(folder, "u.json", text)));
    }

    private static String message(Path file) {
        return assertThrows(DataException.class, () -> Transforms.read(file)).getMessage();
    }
}
