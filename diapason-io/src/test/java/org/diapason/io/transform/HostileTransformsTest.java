package org.diapason.io.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.diapason.volume.Affine;
import org.diapason.volume.BsplineTransform;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Transform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that ask for too much, or for what makes no sense. */
class HostileTransformsTest {
    private static final String HEAD = "#Insight Transform File V1.0\n";
    private static final String COMPOSITE = "Transform: CompositeTransform_double_3_3\n";
    private static final String HUGE =
            "Transform: AffineTransform_double_3_3\nParameters: 1e200 0 0 0 1 0 0 0 1 0 0 0\n"
                    + "FixedParameters: 0 0 0\n";

    @TempDir Path folder;

    private String tfm(String text) throws IOException {
        return message(Given.file(folder, "t.tfm", HEAD + text));
    }

    private static String message(Path file) {
        return assertThrows(DataException.class, () -> Transforms.read(file)).getMessage();
    }

    private static String field(String parameters, String fixed) {
        return "Transform: DisplacementFieldTransform_double_3_3\nParameters: "
                + parameters
                + "\nFixedParameters: "
                + fixed
                + "\n";
    }

    /** Each field is small enough, and is not looked for: together they fill any heap. */
    @Test
    void fieldsAreCountedTogetherBeforeTheFirstIsRead() throws IOException {
        String part =
                "{\"kind\": \"field\", \"file\": \"absent.nii.gz\", \"sha256\": \"0\", \"grid\":"
                        + " {\"ni\": 512, \"nj\": 512, \"nk\": 512, \"spacingMm\": [1, 1, 1],"
                        + " \"originMm\": [0, 0, 0], \"direction\": [1, 0, 0, 0, 1, 0, 0, 0, 1]}}";
        String parts = String.join(", ", Collections.nCopies(999, part));
        String back = "{\"kind\": \"inverse\", \"of\": [" + parts + "]}";
        String message =
                message(
                        Given.file(
                                folder,
                                "t.json",
                                "{\"format\": \"diapason transform\", \"version\": 1, \"maps\":"
                                        + " \"\", \"axes\": \"\", \"parts\": ["
                                        + back
                                        + "]}"));
        assertTrue(message.startsWith("t.json: its values take 1534464 MB of memory, "), message);
    }

    @Test
    void aTransformOfTheWrongLengthIsNotSaidToBeUnknown() throws IOException {
        assertEquals(
                "t.tfm, line 4: Similarity2DTransform_double_2_2 has 4 parameters and 2 fixed ones,"
                        + " found 3 and 2: the file is cut short or broken. Write it again.",
                tfm(
                        "Transform: Similarity2DTransform_double_2_2\nParameters: 1 0 2\n"
                                + "FixedParameters: 0 0\n"));
    }

    @Test
    void aGridOfMoreVoxelsThanAnArrayHoldsIsRefusedBeforeItIsMade() throws IOException {
        String grid = " 0 0 0 1 1 1 1 0 0 0 1 0 0 0 1";
        assertEquals(
                "t.tfm, line 4: DisplacementFieldTransform_double_3_3 has 844424930131968 parameters"
                        + " and 18 fixed ones, found 3 and 18: the file is cut short or broken."
                        + " Write it again.",
                tfm(field("1 2 3", "16777216 16777216 1" + grid)));
        assertEquals(
                "t.tfm, line 4: DisplacementFieldTransform_double_3_3 has 6039000000 parameters and"
                        + " 18 fixed ones, found 3 and 18: the file is cut short or broken. Write it"
                        + " again.",
                tfm(field("1 2 3", "1000 1000 2013" + grid)));
        assertEquals(
                "t.tfm, line 4: a grid has a size that is no whole number.",
                tfm(field("1 2 3", "1.5 1 1" + grid)));
        assertTrue(
                tfm(field("1 2 3", "1 1 1 0 0 0 1 1 1 1 0 0 1 0 0 0 0 1"))
                        .startsWith("t.tfm, line 4: direction is not orthogonal"));
    }

    @Test
    void numbersThatMultiplyBeyondAllBoundsAreNamed() throws IOException {
        assertEquals(
                "t.tfm: the numbers of its parts multiply beyond all bounds. Write it again.",
                tfm(COMPOSITE + HUGE + HUGE));
        assertEquals(
                "t.tfm, line 3: \"nan\" is no number: the file is cut short or broken. Write it"
                        + " again.",
                tfm("Transform: AffineTransform_double_3_3\nParameters: nan 0 0\n"));
    }

    @Test
    void aCompositeInsideAnotherIsNotCalledCutShort() throws IOException {
        assertEquals(
                "t.tfm, line 3: a composite stands inside or after another transform, and its order"
                        + " is not known. Give one CompositeTransform of plain transforms.",
                tfm(COMPOSITE + COMPOSITE));
    }

    @Test
    void aMatrixThatSaysItIsLongerThanItsFileIsNotBelieved() throws IOException {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            ByteBuffer out = ByteBuffer.allocate(64).order(order);
            out.putInt(order == ByteOrder.BIG_ENDIAN ? 1000 : 0);
            out.putInt(Integer.MAX_VALUE).putInt(1).putInt(0).putInt(6);
            out.put("fixed\0".getBytes(StandardCharsets.US_ASCII));
            Path file = folder.resolve("t.mat");
            Files.write(file, out.array());
            assertEquals(
                    "t.mat, byte 4: a column of 2147483647 numbers is said to follow, and does not:"
                            + " the file is broken. Write it again.",
                    message(file));
        }
        Path large = folder.resolve("large.mat");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(3L << 30); // sparse: takes no room on the disk
        }
        assertEquals(
                "large.mat: has 3072 MB, and matrices of more than 256 MB are not read. Keep a field"
                        + " of shifts as NIfTI.",
                message(large));
    }

    @Test
    void aWayBackOfWhatIsLinearIsLinear() throws IOException {
        Path file = folder.resolve("t.json");
        Transforms.write(file, new Affine(Numbers.of(-2, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0)));
        String text = Files.readString(file);
        int open = text.indexOf('[', text.indexOf("\"parts\""));
        String parts = text.substring(open, text.lastIndexOf(']') + 1);
        String back =
                text.substring(0, open) + "[{\"kind\": \"inverse\", \"of\": " + parts + "}]\n}\n";
        Transform t = Transforms.read(Given.file(folder, "b.json", back));
        assertTrue(t instanceof Affine, "it is not looked for");
        Given.assertLeads(t, new double[] {-3, 4, 5}, new double[] {2, 4, 5}, 1e-15);
        String flat = back.replace("-2", "0");
        assertTrue(
                message(Given.file(folder, "f.json", flat))
                        .startsWith(
                                "f.json: is no transform of ours: the transform maps all of space"
                                        + " onto a plane"),
                "no way back of a flat one");
        StringBuilder deep = new StringBuilder(parts);
        for (int n = 0; n < 9; n++) {
            deep.insert(0, "[{\"kind\": \"inverse\", \"of\": ").append("}]");
        }
        assertEquals(
                "d.json: a transform needs 1 to 1000 parts in at most 8 ways back. Write the file"
                        + " again.",
                message(Given.file(folder, "d.json", text.substring(0, open) + deep + "\n}\n")));
    }

    /** A field of JSON lies in a file of the same name, whatever letters that has. */
    @Test
    void namesBeyondAsciiAreFoundAgain() {
        Path file = folder.resolve("prüfung.json");
        Transforms.write(file, Given.field());
        Given.assertSame(Given.field(), Transforms.read(file), 1e-12);
        Path elastix = folder.resolve("prüfung.txt");
        Transforms.write(elastix, Given.field().then(Given.SHEAR));
        Given.assertSame(Given.field().then(Given.SHEAR), Transforms.read(elastix), 1e-4);
    }

    /** The plane of a 2-D transform has no z, so it is the same in every slice. */
    @Test
    void aFieldOfAPlaneMovesEverySlice() throws IOException {
        Path file =
                Given.file(
                        folder,
                        "t.tfm",
                        HEAD
                                + "Transform: DisplacementFieldTransform_double_2_2\n"
                                + "Parameters: 1 2 1 2 1 2 1 2\n"
                                + "FixedParameters: 2 2 0 0 10 10 1 0 0 1\n");
        Given.assertLeads(Transforms.read(file), new double[] {3, 4, 0}, new double[] {4, 6, 0}, 0);
        Given.assertLeads(
                Transforms.read(file), new double[] {3, 4, 77}, new double[] {4, 6, 77}, 0);
    }

    @Test
    void aSplineOfAPlaneIsCalledByItsName() {
        Transform plane =
                new BsplineTransform(Geometry.of(4, 4, 1, 9, 9, 1), Numbers.of(new double[48]));
        for (String name : new String[] {"s.tfm", "s.mat", "s.txt"}) {
            String message =
                    assertThrows(
                                    RefusedException.class,
                                    () -> Transforms.write(folder.resolve(name), plane))
                            .getMessage();
            assertTrue(message.contains(" cannot hold a spline that is constant along an axis. "));
        }
    }

    @Test
    void aCommentMayFollowAnEntryOfElastix() throws IOException {
        Path file =
                Given.file(
                        folder,
                        "t.txt",
                        "// (all of it in mm)\n(Transform \"TranslationTransform\") // the kind\n"
                                + "(TransformParameters 1 2 3) // (mm)\n");
        Given.assertLeads(Transforms.read(file), new double[3], new double[] {1, 2, 3}, 0);
    }
}
